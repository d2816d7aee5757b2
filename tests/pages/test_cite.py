"""The page « Citer »: a text, BibTeX and CSL-JSON, with the date of the data."""

from __future__ import annotations

import json
import re

from atlaas.pages.cite import Citation
from support import SITE_URL, Html, Small

TITLE = "Marché & services : 100 % en ligne"
CITED = Citation(TITLE, f"{SITE_URL}x/", "2026-03-01")


def test_a_line_of_text() -> None:
    assert CITED.text == (
        f"Contributeurs de l'Atlaas, {TITLE}, données du 1er mars 2026, Licence Ouverte 2.0, "
        "https://atlaas.example/x/."
    )
    assert Citation(TITLE, "", "").text == (
        f"Contributeurs de l'Atlaas, {TITLE}, Licence Ouverte 2.0."
    )


def test_bibtex_escapes_what_tex_reads() -> None:
    assert CITED.bibtex == (
        "@misc{atlaas,\n"
        '  author = "{Contributeurs de l\'Atlaas}",\n'
        '  title = "{Marché \\& services : 100 \\% en ligne}",\n'
        "  year = {2026},\n"
        "  month = mar,\n"
        "  howpublished = {\\url{https://atlaas.example/x/}},\n"
        "  note = {Données du 1er mars 2026, Licence Ouverte 2.0},\n"
        "}"
    )
    bare = Citation(TITLE, "", "").bibtex
    assert "year" not in bare and "url" not in bare
    assert bare.count("{") == bare.count("}")


def test_csl_json_has_the_fields_that_its_schema_knows() -> None:
    [item] = json.loads(CITED.csl)
    assert item == {
        "id": "atlaas",
        "type": "dataset",
        "title": TITLE,
        "author": [{"literal": "Contributeurs de l'Atlaas"}],
        "publisher": "Atlaas",
        "language": "fr",
        "URL": "https://atlaas.example/x/",
        "issued": {"date-parts": [[2026, 3, 1]]},
        "note": "Licence Ouverte 2.0",
    }


def test_the_page_shows_them_with_the_day_of_the_newest_record(sample: Small) -> None:
    html = sample.html("citer/")
    shown = [tag.text for tag in Html(html).all("code")]
    assert len(shown) == 3
    assert "données du 21 novembre 2026" in shown[0] and shown[0].endswith(f"{SITE_URL}.")
    assert re.search(r"year = \{2026\}, month = nov,", shown[1])
    assert json.loads(shown[2])[0]["issued"] == {"date-parts": [[2026, 11, 21]]}
