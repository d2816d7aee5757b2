"""What /actions/ fetches to narrow and sort all actions: columns, below ``actions/explorer/``.

The order is that of the search (``publish.search``), whose cards are shown: that of action ``i`` is
that of record ``first + i``. ``actions.json`` and ``territoires.json`` are fetched at once; each
file of ``ON_DEMAND`` when its choice is opened, ``noms.json`` with the map, ``adresses.json`` to
download a selection. The form is made by ``pages.explorer``, the script is assets/js/explorer.js.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from atlaas.diagnosis.comparable import grid
from atlaas.diagnosis.recipe import is_full
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.pages.explorer import COLLECTION, ON_DEMAND
from atlaas.pages.page import Asset, Site, export
from atlaas.publish import search
from atlaas.publish.search import CODES, FIRST_YEAR, PER_BLOCK, runs

BASE = "actions/explorer/"


@export(order=75)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every file of the explorer."""
    territories = search.territories(directory)
    acting = [t for t in territories if t.actions]
    actions = [action for t in acting for action in t.actions]
    yield _asset("actions", partial(_actions, directory, acting, actions, len(territories)))
    yield _asset("territoires", partial(_territories, directory, acting))
    for name, (field, vocabulary) in ON_DEMAND.items():
        yield _asset(name, partial(_listed, directory, actions, field, vocabulary))
    if directory.collections:
        yield _asset(COLLECTION, partial(_collected, directory, actions))
    yield _asset("noms", lambda: [[t.name, t.url] for t in acting])
    yield _asset("adresses", lambda: [action.id for action in actions])


def _asset(name: str, value: Callable[[], object]) -> Asset:
    def content() -> bytes:
        return json.dumps(value(), ensure_ascii=False, separators=(",", ":")).encode()

    return Asset(f"{BASE}{name}.json", content)


def _actions(
    directory: Directory,
    acting: Sequence[LinkedTerritory],
    actions: Sequence[LinkedAction],
    first: int,
) -> dict[str, object]:
    """``counts`` says how many actions each territory has; the others are columns of actions.

    One of ``letters`` for ``status`` and for ``started`` (years since 1990), "." where it is not
    known; ``full`` is "1" for a whole record.
    """
    state = _letters(directory, "statuses")
    return {
        "first": first,
        "per_block": PER_BLOCK,
        "letters": CODES,
        "first_year": FIRST_YEAR,
        "counts": [len(t.actions) for t in acting],
        "status": "".join(state.get(action.record.status or "", ".") for action in actions),
        "started": "".join(_year(action) for action in actions),
        "full": "".join("1" if is_full(action.record) else "0" for action in actions),
    }


def _year(action: LinkedAction) -> str:
    since = int((action.record.started or "0")[:4]) - FIRST_YEAR
    return CODES[since] if 0 <= since < len(CODES) else "."


def _letters(directory: Directory, vocabulary: str) -> dict[str, str]:
    return dict(zip(directory.vocabularies.get(vocabulary, {}), CODES, strict=False))


def _listed(
    directory: Directory, actions: Sequence[LinkedAction], field: str, vocabulary: str
) -> str:
    """The terms of each action, as letters in the order of the vocabulary, "." between actions."""
    letters = _letters(directory, vocabulary)
    return ".".join(
        "".join(letters.get(id_, "") for id_ in getattr(action.record, field)) for action in actions
    )


def _collected(directory: Directory, actions: Sequence[LinkedAction]) -> str:
    """The collections of each action; those after the last of ``CODES`` cannot be chosen."""
    letters = dict(zip(directory.collections, CODES, strict=False))
    found = ([one.id for one in directory.collections_with.get(a.id, ())] for a in actions)
    return ".".join("".join(letters.get(id_, "") for id_ in ids) for ids in found)


def _territories(directory: Directory, acting: Sequence[LinkedTerritory]) -> dict[str, object]:
    """Columns of the territories that act.

    Places are in thousandths of a degree, 0 if not known; density is a class of the grid or ".".
    """
    density = grid(directory, "densite")
    levels = [density.amount(t.code) if density else None for t in acting]
    points = [t.point or (0, 0) for t in acting]
    return {
        "population": [t.population or 0 for t in acting],
        "lat": [round(lat * 1000) for lat, _ in points],
        "lon": [round(lon * 1000) for _, lon in points],
        "kinds": runs(acting, lambda t: t.kind),
        "departements": runs(acting, lambda t: t.departement),
        "regions": runs(acting, lambda t: t.region),
        "density": "".join(str(int(level.part)) if level else "." for level in levels),
        "labelled": "".join("1" if t.labels else "0" for t in acting),
    }
