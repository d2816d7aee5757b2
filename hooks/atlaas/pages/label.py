"""The label: what it is, its editions, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from atlaas import diagnosis, text
from atlaas.directory import Directory, LinkedEdition, LinkedTerritory
from atlaas.model import Label
from atlaas.pages import palmares, views
from atlaas.pages.base import Asset, Page, Site, root_of

LEVELS: tuple[int | None, ...] = (5, 4, 3, 2, 1, None)


def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The index of the label, and one page an edition."""
    yield _index(directory)
    for edition in directory.editions.values():
        yield _page(directory, site, edition)


def _index(directory: Directory) -> Page:
    def values() -> dict[str, Any]:
        root = root_of("label/")
        return {
            "crumbs": [("Accueil", root), ("Label", None)],
            "editions": [
                (edition, diagnosis.coverage(edition), _ceremony(edition))
                for edition in reversed(directory.editions.values())
            ],
            "mentions": [
                (term.label, f"{root}label/mentions/{term.id}/")
                for term in directory.vocabularies["mentions"].values()
            ],
        }

    return Page(
        "label/", "label", "label", "Le label Territoires, Villes et Villages Internet",
        "Le label national Territoires, Villes et Villages Internet : ses niveaux, ses mentions "
        "et toutes ses éditions connues.",
        values,
    )  # fmt: skip


def _ceremony(edition: LinkedEdition) -> str:
    ceremony = edition.record.ceremony
    if not ceremony:
        return ""
    words = (text.date(ceremony.date) if ceremony.date else "", ceremony.place or "")
    return ", ".join(word for word in words if word)


def _page(directory: Directory, site: Site, edition: LinkedEdition) -> Page:
    known, total = diagnosis.coverage(edition)
    known_words = text.plural(known, "label connu", "labels connus")
    if total is not None:
        known_words += f" sur {text.number(total)}"
    return Page(
        edition.url, "edition", "label", f"Label {edition.year}",
        f"L'édition {edition.year} du label Territoires, Villes et Villages Internet : "
        f"{known_words}.",
        lambda: values(directory, site, edition),
        edition.path,
        about=edition,
    )  # fmt: skip


def values(directory: Directory, site: Site, edition: LinkedEdition) -> dict[str, Any]:
    """What the template « edition » shows."""
    root = root_of(edition.url)
    years = list(directory.editions)
    at = years.index(edition.year)
    counts = edition.record.counts
    mentioned: dict[str, list[LinkedTerritory]] = {}
    for territory, label in edition.labels:
        for id_ in label.mentions:
            mentioned.setdefault(id_, []).append(territory)
    return {
        "e": edition,
        "crumbs": [("Accueil", root), ("Label", f"{root}label/"), (str(edition.year), None)],
        "ceremony": _ceremony(edition),
        "coverage": diagnosis.coverage(edition),
        "counts": [
            (count, f"{'environ ' if count.approximate else ''}{text.number(count.value)}",
             views.sources(count.sources))
            for count in counts
        ],
        "groups": _groups(directory, edition),
        "shares": palmares.shares(directory, edition),
        "moves": palmares.moves(edition, directory.editions[years[at - 1]] if at else None),
        "mentions": [
            (directory.term("mentions", id_), territories)
            for id_, territories in mentioned.items()
        ],
        "green": views.GREEN,
        "previous": directory.editions[years[at - 1]] if at else None,
        "next": directory.editions[years[at + 1]] if at + 1 < len(years) else None,
        "sources": views.sources(edition.record.sources),
        "upkeep": views.upkeep(directory, site, edition.path, root),
    }  # fmt: skip


Group = tuple[int | None, int, list[tuple[str, str, list[tuple[LinkedTerritory, Label]]]]]


def _groups(directory: Directory, edition: LinkedEdition) -> list[Group]:
    """(level, count, [(région, its address, [(territory, label)])]) from 5 @ down to unknown."""
    groups = []
    for level in LEVELS:
        regions: dict[str, list[tuple[LinkedTerritory, Label]]] = {}
        for territory, label in edition.labels:
            if label.level == level:
                regions.setdefault(territory.region, []).append((territory, label))
        if not regions:
            continue
        named = []
        for code, labels in regions.items():
            region = directory.territories.get(f"reg-{code}")
            named.append((region.name if region else "Hors de France", region, labels))
        named.sort(key=lambda item: text.sort_key(item[0]))
        groups.append(
            (
                level,
                sum(len(labels) for labels in regions.values()),
                [(name, region.url if region else "", labels) for name, region, labels in named],
            )
        )
    return groups
