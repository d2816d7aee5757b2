"""The page /recherche/: a field, the facets, and what to do without script."""

from collections.abc import Iterator
from typing import Any

from atlaas import text
from atlaas.directory import Directory
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

URL = "recherche/"
KINDS = (
    ("action", "Actions"),
    ("theme", "Thèmes, enjeux, usages et mentions"),
    ("territoire", "Territoires"),
    ("acteur", "Acteurs"),
    ("edition", "Éditions du label"),
)
LEVELS = (
    *((str(n), text.plural(n, "arobase")) for n in (5, 4, 3, 2, 1)),
    ("0", "Niveau non connu"),
)


@page_kind(order=70, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page; what its script fetches is made by ``publish.search``."""

    def values() -> dict[str, Any]:
        communes = sum(map(len, directory.reference.codes_by_departement.values()))
        areas = [t for t in directory.territories.values() if t.kind in ("departement", "region")]
        return {
            "crumbs": [("Accueil", root_of(URL)), ("Recherche", None)],
            "kinds": KINDS,
            "facets": (
                ("theme", "Thème", "Tous", _terms(directory, "themes")),
                (
                    "region",
                    "Région",
                    "Toutes",
                    [(t.region, t.name) for t in areas if t.kind == "region" and t.population],
                ),
                (
                    "departement",
                    "Département",
                    "Tous",
                    [(t.departement, t.name) for t in areas if t.kind == "departement"],
                ),
                ("niveau", "Niveau du label", "Tous", LEVELS),
                (
                    "edition",
                    "Édition du label",
                    "Toutes",
                    [(str(year), str(year)) for year in reversed(directory.editions)],
                ),
                ("etat", "État de l'action", "Tous", _terms(directory, "statuses")),
            ),
            "communes": text.number(communes),
        }

    yield Page(
        URL,
        "search",
        "recherche",
        "Recherche",
        "Chercher un territoire, une action, un thème, un acteur ou une édition du label dans "
        "l'Atlaas.",
        values,
        scripts=("assets/js/search.js",),
    )


def _terms(directory: Directory, vocabulary: str) -> list[tuple[str, str]]:
    return [(id_, term.label) for id_, term in directory.vocabularies[vocabulary].items()]
