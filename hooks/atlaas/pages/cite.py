"""The page « Citer »: how to cite the data or a page, as a text, for LaTeX and for Zotero.

What stands there is made for the whole of the data; ``assets/js/cite.js`` puts the title and the
address of the page that a reader comes from in their place.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from atlaas import text
from atlaas.directory import Directory
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, any_date, page_kind, root_of

URL = "citer/"
AUTHOR = "Contributeurs de l'Atlaas"
TITLE = "Atlaas : territoires, actions numériques et label Villes Internet"
LICENCE = "Licence Ouverte 2.0"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL = re.compile(r"([&%$#_{}])")


class Citation(NamedTuple):
    """What is cited. ``date`` is the ISO date of the newest record, or empty."""

    title: str
    url: str
    date: str

    @property
    def text(self) -> str:
        """« Contributeurs de l'Atlaas, Titre, données du 21 novembre 2026, adresse. »"""
        dated = f"données du {text.date(self.date)}" if self.date else ""
        parts = (AUTHOR, self.title, dated, LICENCE, self.url)
        return f"{', '.join(filter(None, parts))}."

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX, which any style understands."""
        title = _SPECIAL.sub(r"\\\1", self.title)
        # Braces within quotes: a body is no « first name, name », and capitals stay.
        fields = {"author": f'"{{{AUTHOR}}}"', "title": f'"{{{title}}}"'}
        if self.date:
            fields["year"] = f"{{{self.date[:4]}}}"
            fields["month"] = _MONTHS[int(self.date[5:7]) - 1]
        if self.url:
            fields["howpublished"] = f"{{\\url{{{self.url}}}}}"
        said = f"Données du {text.date(self.date)}, {LICENCE}" if self.date else LICENCE
        fields["note"] = f"{{{said}}}"
        lines = (f"  {name} = {value},\n" for name, value in fields.items())
        return f"@misc{{atlaas,\n{''.join(lines)}}}"

    @property
    def csl(self) -> str:
        """An item of CSL-JSON, which Zotero and Pandoc read."""
        item: dict[str, Any] = {
            "id": "atlaas",
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": AUTHOR}],
            "publisher": "Atlaas",
            "language": "fr",
        }
        if self.url:
            item["URL"] = self.url
        if self.date:
            item["issued"] = {"date-parts": [[int(part) for part in self.date.split("-")]]}
        item["note"] = LICENCE
        return json.dumps([item], ensure_ascii=False, indent=2)


@page_kind(order=140, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page."""

    def values() -> dict[str, Any]:
        date = views.newest_change(directory)
        cited = Citation(TITLE, site.url, date)
        return {
            "crumbs": [("Accueil", root_of(URL)), ("Citer", None)],
            "date": text.date(date) if date else "",
            "cited": cited,
        }

    yield Page(
        URL,
        "cite",
        "donnees",
        "Citer l'Atlaas",
        "Citer une page ou les données de l'Atlaas : une ligne de texte, BibTeX, CSL-JSON.",
        values,
        scripts=("assets/js/cite.js",),
        dates=any_date,
    )
