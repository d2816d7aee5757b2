"""An imported indicator as a layer of the map: that of the sample."""

from __future__ import annotations

from playwright.sync_api import Browser, expect


def test_the_layer_shades_the_departements_that_have_a_value(
    browser: Browser, at_root: str, axe: str
) -> None:
    context = browser.new_context(locale="fr-FR", bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{at_root}carte/")
    page.locator("#map-indicator").select_option("fibre")
    expect(page.locator(".map-value")).to_have_count(2)  # the Nord and the Savoie
    expect(page.locator("#map-indicator-key")).to_contain_text("33,3 %")
    page.locator(".carte-values summary").first.click()
    expect(page.locator(".carte-values details").first.locator("tbody tr")).to_have_count(2)
    page.evaluate(axe)
    assert page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))") == []
    page.locator("#map-indicator").select_option("")
    expect(page.locator(".map-value")).to_have_count(0)
    assert wrong == []
    page.goto(f"{at_root}territoires/59378-marcq-en-baroeul/")
    expect(page.locator("#couverture + table")).to_contain_text("75,0 %")
    context.close()
