"""Which published pages show a record: its own, its territory's, and those of its terms.

Pages that count the whole (home, map, statistics, search) show everything and are not listed.
"""

from collections.abc import Iterator

from atlaas.directory import territory_url
from atlaas.edit.workspace import Workspace
from atlaas.read import Document
from atlaas.read.layout import stem_of
from atlaas.read.values import entries_of, mappings, texts, values_of, word
from atlaas.review.naming import url_of
from atlaas.review.wording import Glossary

Pages = dict[str, str]  # address -> nouvelle | modifiée | supprimée
_TERMS = {"themes": "themes", "enjeux": "enjeux", "usages": "usages", "mentions": "label/mentions"}


def affected(
    before: Document | None, after: Document | None, glossary: Glossary, space: Workspace
) -> Pages:
    """Address -> what becomes of the page, for the pages that show a record before or after."""
    old = url_of(before, glossary) if before else ""
    new = url_of(after, glossary) if after else ""
    pages: Pages = {}
    if old and old != new:
        pages[old] = "supprimée"
    if new:
        pages[new] = "modifiée" if old == new else "nouvelle"
    if before and after and before.data == after.data:
        return pages  # only the story: no other page shows it
    for document, other in ((before, after), (after, before)):
        if document:
            for url in _around(document, other, glossary, space):
                pages.setdefault(url, "modifiée")
    return pages


def _around(
    document: Document, other: Document | None, glossary: Glossary, space: Workspace
) -> Iterator[str]:
    """The other pages that show this version of a record, where ``other`` does not say the same."""
    data = values_of(document)
    if document.kind == "action":
        yield from _places(word(data, "territory"), glossary, space, itself=True)
        for partner in texts(data, "partners"):
            yield territory_url(partner, glossary.place(partner))
        for key in ("themes", "enjeux", "usages"):
            for id_ in texts(data, key):
                yield f"{_TERMS[key]}/{id_}/"
        for actor in texts(data, "actors"):
            yield f"acteurs/{actor}/"
    elif document.kind == "territory":
        if data.get("labels") != values_of(other).get("labels"):
            yield from _places(word(data, "code"), glossary, space, itself=False)
        known = mappings(values_of(other), "labels")
        for label in (label for label in mappings(data, "labels") if label not in known):
            yield f"label/{word(label, 'edition')}/"
            for id_ in texts(label, "mentions"):
                yield f"label/mentions/{id_}/"
    elif document.kind == "vocabulary":
        folder = _TERMS.get(stem_of(document.path))
        known = entries_of(other.data if other else None)
        for term in entries_of(document.data):
            if folder and term not in known:
                yield f"{folder}/{word(term, 'id')}/"


def _places(code: str, glossary: Glossary, space: Workspace, itself: bool) -> Iterator[str]:
    """The pages of a territory and of the areas in which it stands."""
    if itself and code:
        yield territory_url(code, glossary.place(code))
    place = space.reference.get(code)
    if place is None:
        return
    if place.epci and (place.epci in space.territories or place.epci in space.actions):
        yield territory_url(place.epci, glossary.place(place.epci))
    if place.departement:
        area = f"dep-{place.departement}"
        yield territory_url(area, glossary.place(area))
    if place.region:
        area = f"reg-{place.region}"
        yield territory_url(area, glossary.place(area))
