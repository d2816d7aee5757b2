"""The page of a review, opened from its file: keys decide, its sheet is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scratch import make_project

LABELS = ("--edition", "2025", "--source", "https://exemple.fr/palmares")
LIST = "Ville;Dép;Niveau\nHazebrouk;59;3\nAllonnes;;4\nXyzville;59;2\n</script><b>=1+1;59;1\n"


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_review_by_keys(browser: Browser, tmp_path: Path, width: int, scheme: str) -> None:
    project = make_project(tmp_path)
    project.write({"l.csv": LIST})
    first = project.run("import", "labels", str(tmp_path / "l.csv"), *LABELS, "--review")
    assert "Page de relecture, à ouvrir dans un navigateur" in first.output
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # playwright takes two literals, this is str
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.goto((tmp_path / "l-revue.html").as_uri())
    assert page.locator("#list > li").count() == 4
    page.keyboard.press("o")
    page.keyboard.press("2")
    page.keyboard.press("i")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("i")
    assert page.locator("#said").inner_text() == "4 sur 4 : tout est décidé."
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as download:
        page.click("#save")
    download.value.save_as(tmp_path / "corrigee.csv")
    context.close()
    assert errors == []
    done = project.run("import", "labels", "--apply", str(tmp_path / "corrigee.csv"), *LABELS)
    assert done.exit_code == 0, done.output
    assert "4 lignes : 2 réglées, 0 douteuse, 0 refusée, 2 écartées" in done.output
