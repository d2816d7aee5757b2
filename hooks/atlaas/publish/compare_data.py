"""What /comparer/ fetches: facts of a few territories per file, ``comparer/<number>.json``.

The file of a territory follows from its code: the sum of its letters' numbers, modulo the number of
files, which the page carries. A file holds code -> facts; see ``facts`` for their form. Of places
that no record names, ``comparer/regions.json`` (département -> région) and the finder say enough.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from atlaas.diagnosis import membership
from atlaas.directory import Directory, LinkedTerritory
from atlaas.pages import views
from atlaas.pages.compare import URL, comparable, file_count, file_of
from atlaas.pages.compare import page as compare_page
from atlaas.pages.page import Asset, Page, Site, page_kind
from atlaas.pages.views import GREEN
from atlaas.publish import compare_figures
from atlaas.publish.formats import as_json


def assets(directory: Directory) -> Iterator[Asset]:
    """Every file; few territories each, all together what the territories' pages say."""
    kept = comparable(directory)
    count = file_count(len(kept))
    files: list[list[LinkedTerritory]] = [[] for _ in range(count)]
    for territory in kept:
        files[file_of(territory.code, count)].append(territory)
    for number, territories in enumerate(files):
        yield Asset(f"{URL}{number}.json", partial(_file, directory, territories))


def _file(directory: Directory, territories: Sequence[LinkedTerritory]) -> bytes:
    return as_json({t.code: facts(directory, t) for t in territories})


def facts(directory: Directory, t: LinkedTerritory) -> dict[str, Any]:
    """Words and numbers of a territory; what is not known is left out.

    ``labels`` holds [edition, level or 0, whether green, mentions], newest first; ``themes`` holds
    [theme, number of actions], most first.
    """
    reference = directory.reference
    above = {
        "departement": reference.departements.get(t.departement),
        "region": reference.get(f"reg-{t.region}"),
        "epci": reference.get(t.epci) if t.epci != t.code else None,
    }
    themes = Counter(id_ for action in t.actions for id_ in action.record.themes)
    order = {id_: rank for rank, id_ in enumerate(directory.vocabularies["themes"])}
    ranked = sorted(themes.items(), key=lambda item: (-item[1], order[item[0]]))
    statuses = membership.own(directory, t)
    offered = membership.offered(directory, t.epci)
    if offered and t.kind == "commune":
        statuses.append(offered)
    known = {
        "name": t.name,
        "kind": t.kind_label,
        "url": t.url,
        "population": t.population,
        **{key: place.name for key, place in above.items() if place and place.code != t.code},
        "labels": [
            [
                label.edition,
                label.level or 0,
                int(GREEN in label.mentions),
                [directory.term("mentions", id_).label for id_ in label.mentions],
            ]
            for label in reversed(t.by_edition.values())
        ],
        "actions": len(t.actions),
        "themes": [[directory.term("themes", id_).label, count] for id_, count in ranked],
        "services": [views.service(service) for service in t.record.services],
        "membership": [membership.in_words(status) for status in statuses],
    }
    return {key: value for key, value in known.items() if value or key == "actions"}


@page_kind(order=100, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page and its files."""
    yield compare_page(directory)
    yield from assets(directory)
    yield from compare_figures.assets(directory)
    reference = directory.reference
    found = {code: reference.regions[p.region].name for code, p in reference.departements.items()}
    yield Asset(f"{URL}regions.json", partial(as_json, found))
