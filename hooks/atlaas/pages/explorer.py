"""/actions/: all actions, the newest first, which a script narrows, sorts and shows on a map.

Without script it is a paginated list. What the script fetches is made by ``publish.explorer``.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from atlaas import text
from atlaas.diagnosis.comparable import grid
from atlaas.directory import Directory
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, page_kind, parts, root_of

URL = "actions/"
# Choices fetched when they are opened: name -> (field of an action, vocabulary).
ON_DEMAND = {
    "theme": ("themes", "themes"),
    "usage": ("usages", "usages"),
    "enjeu": ("enjeux", "enjeux"),
    "public": ("audience", "audiences"),
}
COLLECTION = "collection"  # fetched in the same way
# Classes of population: the least of each, and how it is named.
SIZES = (
    (0, "Moins de 500 habitants"),
    (500, "De 500 à 2 000 habitants"),
    (2_000, "De 2 000 à 10 000 habitants"),
    (10_000, "De 10 000 à 50 000 habitants"),
    (50_000, "De 50 000 à 100 000 habitants"),
    (100_000, "100 000 habitants et plus"),
)
SCRIPTS = tuple(f"assets/js/{name}.js" for name in ("embed", "finder", "explorer"))
RADII = (20, 50, 100, 200)  # kilometres


def around(code: str, departement: str) -> str:
    """The explorer around a commune or an EPCI, sorted by likeness; of another place, as it is.

    The script reads a commune's département off its code.
    """
    if len(code) not in (5, 9) or not code[2:].isdigit():
        return URL
    also = "" if code.startswith(departement) else f"&departement={departement}"
    return f"{URL}?commune={code}{also}&tri=ressemblance"


@page_kind(order=71)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The pages of the list; the first one is the explorer."""
    actions = sorted(directory.actions.values(), key=lambda a: a.by_title)
    actions.sort(key=lambda a: a.record.started or "", reverse=True)
    count = text.plural(len(actions), "action")
    for part in parts(URL, actions):
        first = part.number == 1

        def values(part: Any = part, first: bool = first) -> dict[str, Any]:
            root = root_of(part.url)
            return {
                "crumbs": [("Accueil", root), ("Actions", None)],
                "title": "Actions",
                "lead": f"Toutes les actions numériques de l'annuaire : {count}.",
                "cards": [views.action_card(directory, a) for a in part.items],
                **part.pager(root + URL),
                **(_choices(directory) if first else {}),
            }

        yield Page(
            part.url,
            "explorer" if first else "listing",
            "actions",
            "Actions" + part.suffix,
            "Toutes les actions numériques de l'annuaire, à filtrer par sujet, territoire et "
            f"distance.{part.suffix}",
            values,
            scripts=SCRIPTS if first else (),
        )


def _choices(directory: Directory) -> dict[str, Any]:
    collections = [(id_, one.record.title) for id_, one in directory.collections.items()]
    terms = partial(_terms, directory)
    regions = [(t.region, t.name) for t in directory.territories.values() if t.kind == "region"]
    return {
        "choices": (
            ("theme", "Thème", "Tous", terms("themes")),
            ("usage", "Usage", "Tous", terms("usages")),
            ("etat", "État", "Tous", terms("statuses")),
            ("taille", "Taille du territoire", "Toutes", list(enumerate(n for _, n in SIZES))),
            ("region", "Région", "Toutes", regions),
        ),
        "more": (
            ("enjeu", "Enjeu", "Tous", terms("enjeux")),
            ("public", "Public", "Tous", terms("audiences")),
            ("densite", "Densité", "Toutes", _densities(directory)),
            *([(COLLECTION, "Collection", "Toutes", collections)] if collections else []),
            ("label", "Label", "Tous", [("oui", "Territoire dont un label est connu")]),
            ("complete", "Fiche", "Toutes", [("oui", "Fiche complète")]),
        ),
        "collections": bool(collections),
        "radii": RADII,
        "sizes": ",".join(str(least) for least, _ in SIZES),
        "on_demand": ",".join((*ON_DEMAND, *([COLLECTION] if collections else []))),
    }


def _densities(directory: Directory) -> list[tuple[int, str]]:
    found = grid(directory, "densite")
    return [(one.value, one.label) for one in found.head.classes] if found else []


def _terms(directory: Directory, vocabulary: str) -> list[tuple[str, str]]:
    return [(id_, term.label) for id_, term in directory.vocabularies.get(vocabulary, {}).items()]
