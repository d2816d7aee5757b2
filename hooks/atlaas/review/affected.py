"""Which published pages show a record: its own, its territory's, and those of its terms.

Pages that count the whole (home, map, statistics, search) show everything and are not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from atlaas.directory import territory_url
from atlaas.edit.workspace import Workspace
from atlaas.read import Document
from atlaas.read.values import mappings, texts, values_of, word
from atlaas.review.wording import Glossary

Pages = dict[str, str]  # address -> nouvelle | modifiée | supprimée
_FOLDERS = {"themes": "themes", "enjeux": "enjeux", "usages": "usages"}
_TERMS = {"themes": "themes", "enjeux": "enjeux", "usages": "usages", "mentions": "label/mentions"}


def affected(
    before: Document | None,
    after: Document | None,
    url_of: Callable[[Document, Glossary], str],
    glossary: Glossary,
    space: Workspace,
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
    for document in (before, after):
        if document:
            for url in _around(document, before, after, glossary, space):
                pages.setdefault(url, "modifiée")
    return pages


def _around(
    document: Document,
    before: Document | None,
    after: Document | None,
    glossary: Glossary,
    space: Workspace,
) -> Iterator[str]:
    data = values_of(document)
    if document.kind == "action":
        code = word(data, "territory")
        yield from _places(code, glossary, space, itself=True)
        for partner in texts(data, "partners"):
            yield territory_url(partner, glossary.place(partner))
        for key, folder in _FOLDERS.items():
            for id_ in texts(data, key):
                yield f"{folder}/{id_}/"
        for actor in texts(data, "actors"):
            yield f"acteurs/{actor}/"
    elif document.kind == "territory":
        labels = values_of(before).get("labels"), values_of(after).get("labels")
        if labels[0] != labels[1]:
            yield from _places(word(data, "code"), glossary, space, itself=False)
            other = after if document is before else before
            known = mappings(values_of(other), "labels")
            for label in mappings(data, "labels"):
                if label not in known:
                    yield f"label/{word(label, 'edition')}/"
                    for id_ in texts(label, "mentions"):
                        yield f"label/mentions/{id_}/"
    elif document.kind == "vocabulary" and isinstance(document.data, list):
        listed = _TERMS.get(document.path.rpartition("/")[2].removesuffix(".yml"))
        other = after if document is before else before
        known = other.data if other and isinstance(other.data, list) else []
        for item in document.data:
            if listed and isinstance(item, dict) and item not in known:
                yield f"{listed}/{word(item, 'id')}/"


def _places(code: str, glossary: Glossary, space: Workspace, itself: bool) -> Iterator[str]:
    """The pages of a territory and of the areas in which it stands."""
    if itself and code:
        yield territory_url(code, glossary.place(code))
    place = space.reference.get(code)
    if place is None:
        return
    if place.epci and (place.epci in space.territories or place.epci in space.actions):
        yield territory_url(place.epci, glossary.place(place.epci))
    if place.departement and place.kind != "departement":
        area = f"dep-{place.departement}"
        yield territory_url(area, glossary.place(area))
    if place.region and place.kind != "region":
        area = f"reg-{place.region}"
        yield territory_url(area, glossary.place(area))
