"""Pages on paper: as PDF, the way a mayor's office prints them."""

from __future__ import annotations

import pytest

from browser.printing import Printed, printed
from support import Open

MEL = "territoires/200093201-metropole-europeenne-de-lille/"
A4 = {(210, 297)}


def _well_printed(found: Printed) -> None:
    """On A4, each sheet numbered and none nearly empty, no head away from its matter."""
    assert found.sizes == A4
    count = len(found.sheets)
    assert found.numbers == [f"{n} / {count}" for n in range(1, count + 1)]
    assert found.orphans() == []
    assert all(len(sheet) > 200 for sheet in found.sheets)


@pytest.mark.parametrize("url", [MEL, "departements/59-nord/", "regions/32-hauts-de-france/"])
def test_a_diagnosis_on_paper(visit: Open, url: str) -> None:
    with visit() as visited:
        page = visited.go(f"{url}diagnostic/")
        found = printed(page)
        _well_printed(found)
        first = found.sheets[0]
        assert "En bref" in first and "Imprimer" not in first
        for term in ("Label", "Adhésion", "Actions", "Sans action connue", "À compléter"):
            assert term in first
        assert "".join(found.sheets).count("Actions par territoire et par thème") == 1


def test_a_button_prints(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(f"{MEL}diagnostic/")
        page.evaluate("window.print = () => { window.printed = true; }")
        page.get_by_role("button", name="Imprimer").click()
        assert page.evaluate("window.printed")
    with visit(java_script_enabled=False) as visited:
        page = visited.go(f"{MEL}diagnostic/")
        assert not page.get_by_text("Imprimer").is_visible()


def test_a_head_that_ends_a_sheet_is_seen(visit: Open) -> None:
    """What the other tests rely on: here a head is forced away from its paragraph."""
    with visit() as visited:
        page = visited.page
        style = "<style>@page { margin: 9mm; @bottom-right { content: counter(page) } }</style>"
        for broken, expected in (("page", ["Une tête"]), ("auto", [])):
            text = f"<h2>Une tête</h2><p style='break-before: {broken}'>Son texte</p>"
            page.set_content(style + text)
            assert printed(page).orphans() == expected
