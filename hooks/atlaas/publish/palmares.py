"""The known labels as people put them in a spreadsheet, with names: below /label/.

One list for each edition, one for all, one of five @ (``pages.palmares.lists``), each as CSV
(RFC 4180), as CSV for a French Excel (semicolons, a mark of UTF-8 first, codes as ``="01004"``,
which it would else read as numbers) and as a workbook (.xlsx) whose codes are texts. No clock: the
same labels give the same bytes.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from atlaas.directory import Directory, LinkedTerritory
from atlaas.model import Label
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, page_kind
from atlaas.pages.palmares import LabelList, lists
from atlaas.publish.formats import LICENCE_NAME, SEPARATOR, address, sources_text
from atlaas.publish.spreadsheets import Book, cell, delimited, excel_csv, workbook

LabelRow = list[str | int | None]

# French head -> width in the workbook, in characters.
COLUMNS = {
    "Édition": 8,
    "Territoire": 34,
    "Reçu par (avant une fusion)": 26,
    "Type": 22,
    "Code": 11,
    "Code du département": 20,
    "Département": 24,
    "Code de la région": 17,
    "Région": 28,
    "Population": 11,
    "Arobases": 10,
    "Mentions": 30,
    "Source": 46,
    "Adresse de la source": 50,
    "À vérifier": 40,
    "Page": 50,
}
_CODES = frozenset(n for n, head in enumerate(COLUMNS) if head.startswith("Code"))


@page_kind(order=95, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The files of every list that has a label."""
    for list_ in lists(directory):
        for url, make in zip(list_.files.values(), _MAKERS, strict=True):
            yield Asset(url, partial(_content, make, directory, site, list_))


def _content(
    make: Callable[[LabelList, list[LabelRow], Site, Path], bytes],
    directory: Directory,
    site: Site,
    list_: LabelList,
) -> bytes:
    rows = [_row(directory, site, *item) for item in list_.labels]
    return make(list_, rows, site, directory.project.cache)


def _row(directory: Directory, site: Site, t: LinkedTerritory, label: Label) -> LabelRow:
    """One label, in the order of ``COLUMNS``; nothing (None) is « not known »."""
    departement = directory.reference.departements.get(t.departement)
    region = directory.reference.regions.get(t.region)
    return [
        label.edition,
        t.name,
        directory.winner(label) or None,
        t.kind_label,
        None if t.code.startswith("x-") else t.code,
        t.departement or None,
        departement.name if departement else None,
        t.region or None,
        region.name if region else None,
        t.population or None,
        label.level,
        SEPARATOR.join(directory.term("mentions", id_).label for id_ in label.mentions) or None,
        SEPARATOR.join(views.source(directory, source).label for source in label.sources) or None,
        sources_text([source for source in label.sources if source.url]),
        label.doubt,
        address(site, t.url),
    ]


def _csv(list_: LabelList, rows: list[LabelRow], site: Site, cache: Path) -> bytes:
    return delimited(COLUMNS, ([cell(value) for value in row] for row in rows), ",")


def _excel_csv(list_: LabelList, rows: list[LabelRow], site: Site, cache: Path) -> bytes:
    told = (
        [f'="{v}"' if v and n in _CODES else cell(v) for n, v in enumerate(row)] for row in rows
    )
    return excel_csv(COLUMNS, told)


def _workbook(list_: LabelList, rows: list[LabelRow], site: Site, cache: Path) -> bytes:
    """One sheet of labels, that can be filtered, and one that says what they are."""

    def fill(book: Book) -> None:
        book.table("Labels connus", COLUMNS, rows, 2)
        notes = (list_.title, list_.known, *_NOTES, address(site, list_.page))
        book.notes(book.sheet("À lire"), notes)

    return workbook(list_.title, fill, cache)


_MAKERS = (_workbook, _excel_csv, _csv)
_NOTES = (
    "Une case vide : non connu. Un territoire absent peut avoir eu le label : les palmarès ne "
    "sont pas tous connus.",
    "Départements, régions et populations sont ceux d'aujourd'hui.",
    f"Licence : {LICENCE_NAME}. Source à citer : Atlaas.",
)
