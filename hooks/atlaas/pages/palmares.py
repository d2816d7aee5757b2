"""What an edition's page adds to its list: sizes, régions, movements; and /label/5-arobases/.

Here stand also the lists of labels that are files for spreadsheets, made by ``publish.palmares``.
Two editions are compared only where both are known of a territory: an edition whose list is
incomplete says nothing of those it leaves out.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from atlaas import text
from atlaas.diagnosis.commune_counts import TOWN_CLASSES, town_class
from atlaas.directory import Directory, LinkedEdition, LinkedTerritory
from atlaas.model import Label
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, PageValues, Site, page_kind, root_of

FULL = "label/5-arobases/"
NAMED = 150  # territories named of an edition; its own page has them all


class LabelList(NamedTuple):
    """Known labels that are to be had as files: of an edition, of all, of five @."""

    page: str  # the address of the page that shows them
    name: str  # of its files, without their ending
    title: str
    known: str  # « 47 labels connus sur 205 collectivités labellisées »
    labels: list[tuple[LinkedTerritory, Label]]

    @property
    def files(self) -> dict[str, str]:
        """What a file is for -> its address; none where no label is known."""
        base = self.page + self.name
        endings = (f"{base}.xlsx", f"{base}-excel.csv", f"{base}.csv")
        return dict(zip(_FORMATS, endings, strict=True)) if self.labels else {}


_FORMATS = ("Tableur (.xlsx)", "CSV pour Excel en français", "CSV standard")


def list_of(edition: LinkedEdition) -> LabelList:
    """The labels of an edition."""
    title = f"Label Territoires, Villes et Villages Internet, édition {edition.year}"
    name = f"palmares-{edition.year}"
    return LabelList(edition.url, name, title, views.known_labels(edition), edition.labels)


def all_labels(directory: Directory) -> LabelList:
    """The labels of all editions, newest first."""
    labels = [item for e in reversed(directory.editions.values()) for item in e.labels]
    title = "Label Territoires, Villes et Villages Internet, toutes les éditions"
    count = text.plural(len(labels), "label connu", "labels connus")
    return LabelList("label/", "palmares", title, count, labels)


def full_labels(directory: Directory) -> LabelList:
    """Those of them that are known with five @."""
    labels = [item for item in all_labels(directory).labels if item[1].level == 5]
    title = "Label Territoires, Villes et Villages Internet, cinq arobases connues"
    count = text.plural(len(labels), "label connu", "labels connus")
    return LabelList(FULL, "5-arobases", title, count, labels)


def lists(directory: Directory) -> Iterator[LabelList]:
    """Every list that has a label."""
    editions = (list_of(edition) for edition in directory.editions.values())
    found = (all_labels(directory), full_labels(directory), *editions)
    return (one for one in found if one.labels)


class LevelChange(NamedTuple):
    """A territory whose level is known in an edition and in the one before."""

    territory: LinkedTerritory
    before: int
    now: int


class LevelChanges(NamedTuple):
    """What is known of the way from one edition to the next."""

    edition: int  # the one before
    rises: list[LevelChange]
    falls: list[LevelChange]
    same: int
    first: list[LinkedTerritory]  # no label known before


def moves(edition: LinkedEdition, before: LinkedEdition | None) -> LevelChanges | None:
    """Movements since the edition before; None where no label of it is known."""
    if before is None or not before.labels or not edition.labels:
        return None
    # What a commune won before it merged is no step of the territory's own way.
    earlier = {(t.code, label.won_by): label.level for t, label in before.labels}
    both = [
        LevelChange(territory, level, label.level)
        for territory, label in edition.labels
        if label.level and (level := earlier.get((territory.code, label.won_by)))
    ]
    by_name = sorted(both, key=lambda move: text.sort_key(move.territory.name))
    new = (t for t, _ in edition.labels if t.labels[0].edition == edition.year)
    first = dict.fromkeys(new)  # not a set, whose order is that of memory: names may be the same
    return LevelChanges(
        before.year,
        [move for move in by_name if move.now > move.before],
        [move for move in by_name if move.now < move.before],
        sum(move.now == move.before for move in both),
        sorted(first, key=lambda t: (text.sort_key(t.name), t.code)),
    )


def shares(directory: Directory, edition: LinkedEdition) -> dict[str, Any]:
    """Known labels by région and by size of commune, as rows for bars."""
    root = root_of(edition.url)
    regions = Counter(territory.region for territory, _ in edition.labels)
    named = []
    for code, count in regions.items():
        region = directory.territories.get(f"reg-{code}")
        href = f"{root}{region.url}" if region else None
        named.append((region.name if region else "Hors de France", count, href))
    named.sort(key=lambda row: (-row[1], text.sort_key(row[0])))
    towns = [t for t, _ in edition.labels if t.kind == "commune"]
    sizes = Counter(town_class(t.population).id for t in towns)
    others = len(edition.labels) - len(towns)
    rows = [(c.label, sizes[c.id], None) for c in TOWN_CLASSES]
    if others:
        rows.append(("intercommunalités et autres", others, None))
    return PageValues({"regions": named, "sizes": rows})


@page_kind(order=90, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """Every territory known with five @, by edition."""

    def values() -> dict[str, Any]:
        root = root_of(FULL)
        editions = []
        kept: Counter[str] = Counter()
        won: dict[str, str] = {}
        for edition in reversed(directory.editions.values()):
            full = [(t, label) for t, label in edition.labels if label.level == 5]
            unknown = sum(label.level is None for _, label in edition.labels)
            kept.update({t.code for t, _ in full})
            won |= views.won(directory, (label for _, label in full))
            if full:
                editions.append(
                    (
                        edition,
                        text.first_of(full, NAMED),
                        len(full),
                        unknown,
                        views.known_labels(edition),
                    )
                )
        often = [(directory.territories[code], n) for code, n in kept.items() if n > 2]
        often.sort(key=lambda item: (-item[1], text.sort_key(item[0].name), item[0].code))
        return {
            "crumbs": [("Accueil", root), ("Label", f"{root}label/"), ("5 arobases", None)],
            "editions": editions,
            "count": len(kept),
            "often": (shown := text.first_of(often, NAMED)),
            "often_more": len(often) - len(shown),
            "files": full_labels(directory).files,
            "green": views.GREEN,
            "won": won,
        }

    yield Page(
        FULL,
        "palmares-full",
        "label",
        "Territoires connus avec 5 arobases",
        "Les territoires dont cinq arobases sont connues, édition par édition.",
        values,
    )
