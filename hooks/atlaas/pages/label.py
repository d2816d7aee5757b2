"""The label: what it is, its editions, and what is known of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from atlaas import diagnosis, text
from atlaas.directory import Directory, LinkedEdition, LinkedTerritory
from atlaas.model import Label
from atlaas.pages import palmares, views
from atlaas.pages.page import PER_ROLL, Asset, ListingPage, Page, Site, page_kind, parts, root_of


@page_kind(order=60)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The index of the label, and one page per edition."""
    yield _index(directory)
    for edition in directory.editions.values():
        yield from _pages(directory, site, edition)


def _index(directory: Directory) -> Page:
    def values() -> dict[str, Any]:
        root = root_of("label/")
        return {
            "crumbs": [("Accueil", root), ("Label", None)],
            "editions": [
                (edition, views.total(edition), _ceremony(edition))
                for edition in reversed(directory.editions.values())
            ],
            "files": palmares.all_labels(directory).files,
            "mentions": [
                (term.label, f"{root}label/mentions/{term.id}/")
                for term in directory.vocabularies["mentions"].values()
            ],
        }

    return Page(
        "label/",
        "label",
        "label",
        "Le label Territoires, Villes et Villages Internet",
        "Le label national Territoires, Villes et Villages Internet : ses niveaux, ses mentions "
        "et toutes ses éditions connues.",
        values,
    )


def _ceremony(edition: LinkedEdition) -> str:
    ceremony = edition.record.ceremony
    if not ceremony:
        return ""
    words = (text.date(ceremony.date) if ceremony.date else "", ceremony.place or "")
    return ", ".join(word for word in words if word)


def _pages(directory: Directory, site: Site, edition: LinkedEdition) -> Iterator[Page]:
    roll = cache(lambda: _roll(directory, edition))
    for part in parts(edition.url, range(len(edition.labels)), PER_ROLL):

        def shown(part: ListingPage[int] = part) -> dict[str, Any]:
            return values(directory, site, edition, part, roll())

        yield Page(
            part.url,
            "edition",
            "label",
            f"Label {edition.year}{part.suffix}",
            f"L'édition {edition.year} du label Territoires, Villes et Villages Internet : "
            f"{views.known_labels(edition)}.{part.suffix}",
            shown,
            edition.path,
            about=edition,
        )


def values(
    directory: Directory,
    site: Site,
    edition: LinkedEdition,
    part: ListingPage[int],
    roll: list[_Line],
) -> dict[str, Any]:
    """What the template « edition » shows: the part of the roll, on the first page all the rest."""
    root = root_of(part.url)
    years = list(directory.editions)
    at = years.index(edition.year)
    previous = directory.editions[years[at - 1]] if at else None
    shown = {
        "e": edition,
        "crumbs": [("Accueil", root), ("Label", f"{root}label/"), (str(edition.year), None)],
        "groups": _groups(roll, part.items),
        "won": views.won(directory, (roll[index].label for index in part.items)),
        **part.pager(root + edition.url),
        "previous": previous,
        "next": directory.editions[years[at + 1]] if at + 1 < len(years) else None,
        "facts": views.facts(directory, edition.record, root),
        "sources": views.sources(directory, edition.record.sources),
        "upkeep": views.upkeep(directory, site, edition.path, root, add="territoire/"),
    }
    return shown if part.number > 1 else shown | _beside(directory, edition, previous)


def _beside(
    directory: Directory, edition: LinkedEdition, previous: LinkedEdition | None
) -> dict[str, Any]:
    """What is said of an edition as a whole."""
    counts, total = edition.record.counts, diagnosis.total_of(edition)
    mentioned: dict[str, list[LinkedTerritory]] = {}
    for territory, label in edition.labels:
        for id_ in label.mentions:
            if territory not in mentioned.setdefault(id_, []):
                mentioned[id_].append(territory)
    return {
        "ceremony": _ceremony(edition),
        "coverage": diagnosis.coverage(edition),
        "total": total,
        "total_words": views.counted(total) if total else "",
        "is_exact": diagnosis.is_exact(total),
        "counts": [
            (count, views.counted(count), views.sources(directory, count.sources))
            for count in counts
        ],
        "shares": palmares.shares(directory, edition),
        "moves": palmares.moves(edition, previous),
        "mentions": [
            (
                directory.term("mentions", id_),
                text.first_of(territories, palmares.NAMED),
                len(territories),
            )
            for id_, territories in mentioned.items()
        ],
        "named": palmares.NAMED,
        "files": palmares.list_of(edition).files,
        "green": views.GREEN,
    }


class _Line(NamedTuple):
    """A label in its place in the list of an edition."""

    level: int | None
    region: str
    region_url: str
    territory: LinkedTerritory
    label: Label


LevelGroup = tuple[
    int | None, int, bool, list[tuple[str, str, list[tuple[LinkedTerritory, Label]]]]
]


def _roll(directory: Directory, edition: LinkedEdition) -> list[_Line]:
    """All labels of an edition, from 5 @ down to unknown, by région."""
    named = {t.region: directory.territories.get(f"reg-{t.region}") for t, _ in edition.labels}
    places = {
        code: (region.name, region.url) if region else ("Hors de France", "")
        for code, region in named.items()
    }
    order = sorted(places, key=lambda code: text.sort_key(places[code][0]))
    rank = {code: number for number, code in enumerate(order)}
    by_level = sorted(
        edition.labels, key=lambda item: (-(item[1].level or 0), rank[item[0].region])
    )
    return [_Line(label.level, *places[t.region], t, label) for t, label in by_level]


def _groups(roll: list[_Line], shown: Sequence[int]) -> list[LevelGroup]:
    """(level, how many, whether others come before, [(région, its address, labels)])."""
    counts = Counter(line.level for line in roll)
    groups: list[LevelGroup] = []
    for level, of_level in groupby((roll[index] for index in shown), attrgetter("level")):
        regions = [
            (name, url, [(line.territory, line.label) for line in of_region])
            for (name, url), of_region in groupby(of_level, attrgetter("region", "region_url"))
        ]
        goes_on = not groups and shown[0] > 0 and roll[shown[0] - 1].level == level
        groups.append((level, counts[level], goes_on, regions))
    return groups
