"""/a-verifier/: every doubtful spot of the records, by what would settle it.

The first page holds all spots while they are not too many, else the first of each group; a group
that it does not hold whole has pages of its own: ``a-verifier/<kind>/``.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from atlaas import text
from atlaas.diagnosis.doubts import DOUBT_KINDS, DoubtfulRecord, DoubtKind, doubts
from atlaas.directory import Directory
from atlaas.pages import views
from atlaas.pages.page import PER_ROLL, Asset, ListingPage, Page, Site, page_kind, parts, root_of

URL = "a-verifier/"
SPOTS = 800  # of the first page, all groups together
SOURCES = 2  # shown of each spot


class DoubtLine(NamedTuple):
    """One doubtful spot: the record, what it is about in it, its sources, the form."""

    title: str
    url: str
    sources: list[views.SourceView]
    form: str  # below the site's root; empty where no form corrects the record


class DoubtGroup(NamedTuple):
    """Spots that one kind of finding would settle, by reason, the commonest reason first."""

    kind: DoubtKind
    size: int  # of the whole group
    reasons: list[tuple[str, list[DoubtLine]]]
    more: str  # where the whole group is, below the site's root; empty: here


@page_kind(order=85, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The first page, then those of the groups that it does not hold whole."""
    found = list(doubts(directory))
    queues = by_kind(found)
    room = dict(zip(queues, shares([len(q) for q in queues.values()], SPOTS), strict=True))
    parted = [kind for kind, queue in queues.items() if len(queue) > room[kind]]

    def values() -> dict[str, Any]:
        return {
            "crumbs": [("Accueil", root_of(URL)), ("À vérifier", None)],
            "title": "À vérifier",
            "spots": text.plural(len(found), "point"),
            "records": text.plural(len({item.url for item in found}), "fiche"),
            "groups": [
                group(
                    directory,
                    kind,
                    len(queue),
                    queue[: room[kind]],
                    address(kind) if kind in parted else "",
                )
                for kind, queue in queues.items()
            ],
            "current": 1,
            "last": 1,
            "base": URL,
        }

    yield Page(
        URL,
        "to-verify",
        "contribuer",
        "À vérifier",
        "Les points incertains des fiches, rangés par ce qui les réglerait, avec leur source et un "
        "formulaire pour les corriger.",
        values,
    )
    for kind in parted:
        queue = queues[kind]
        title = f"À vérifier : {kind.title[0].lower()}{kind.title[1:]}"
        for part in parts(address(kind), queue, PER_ROLL):
            yield Page(
                part.url,
                "to-verify",
                "contribuer",
                title + part.suffix,
                f"Les points incertains que ceci réglerait : {kind.settled}{part.suffix}",
                partial(_part, directory, kind, title, len(queue), part),
            )


def _part(
    directory: Directory, kind: DoubtKind, title: str, size: int, part: ListingPage[DoubtfulRecord]
) -> dict[str, Any]:
    """The values of one page of a group."""
    root = root_of(part.url)
    return {
        "crumbs": [("Accueil", root), ("À vérifier", root + URL), (kind.title, None)],
        "title": title,
        "spots": "",
        "groups": [group(directory, kind, size, part.items, "")],
        **part.pager(root + address(kind)),
    }


def address(kind: DoubtKind) -> str:
    """Where a group has its own pages."""
    return f"{URL}{kind.id}/"


def by_kind(found: Sequence[DoubtfulRecord]) -> dict[DoubtKind, list[DoubtfulRecord]]:
    """The spots of each kind that has some, in the order of the kinds, commonest reasons first."""
    by_reason: dict[str, list[DoubtfulRecord]] = {}
    for item in found:
        by_reason.setdefault(item.doubt.reason, []).append(item)
    queues: dict[DoubtKind, list[DoubtfulRecord]] = {kind: [] for kind in DOUBT_KINDS}
    for alike in sorted(by_reason.values(), key=len, reverse=True):
        queues[alike[0].doubt.kind].extend(alike)
    return {kind: queue for kind, queue in queues.items() if queue}


def shares(sizes: Sequence[int], room: int) -> list[int]:
    """How many of each group are shown, ``room`` at most: small ones whole, the others alike."""
    shown = [0] * len(sizes)
    smallest_first = sorted(range(len(sizes)), key=sizes.__getitem__)
    for position, number in enumerate(smallest_first):
        shown[number] = min(sizes[number], room // (len(sizes) - position))
        room -= shown[number]
    return shown


def group(
    directory: Directory, kind: DoubtKind, size: int, shown: Sequence[DoubtfulRecord], more: str
) -> DoubtGroup:
    """What a page shows of a group of ``size`` spots, equal reasons told once."""
    reasons = [
        (reason, [_line(directory, item) for item in alike])
        for reason, alike in groupby(shown, lambda item: item.doubt.reason)
    ]
    return DoubtGroup(kind, size, reasons, more)


def _line(directory: Directory, item: DoubtfulRecord) -> DoubtLine:
    shown = text.first_of(views.sources(directory, item.doubt.sources), SOURCES)
    return DoubtLine(item.named, item.url, list(shown), _form(item))


def _form(item: DoubtfulRecord) -> str:
    """The form filled in with the record, with the doubt in view."""
    if not item.of:
        return ""
    folder = "action" if item.of.startswith("actions/") else "territoire"
    return f"contribuer/{folder}/?fiche={quote(item.of)}&doute={item.doubt.at}"
