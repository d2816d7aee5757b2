"""Dates: possible, not in the future, in a possible order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from atlaas.model import PARTIAL_DATE
from atlaas.read import Document, KeyPath
from atlaas.rules.rule import Context, Finding, Rule, parts, shown

FIRST_YEAR = "1900"  # no fact of the Atlaas is older: an earlier year is a slip of the keyboard
_KEYS = {  # what a mapping is (see ``parts``) -> its keys that hold a date or a year
    "source": ("date", "seen"),
    "memberships": ("since",),
    "programmes": ("started",),
    "indicators": ("date",),
    "counts": ("date",),
    "context": ("date",),
    "action": ("started", "verified"),
}
_YEARS = {"vocabulary": "since", "edition": "edition"}  # whole numbers: rule « champ » types them
_FRENCH = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")


def _dates(document: Document) -> Iterator[tuple[KeyPath, str, dict[str, Any]]]:
    for path, part, what in parts(document):
        for key in _KEYS.get(what, ()):
            value = part.get(key)
            if isinstance(value, str):
                yield (*path, key), value, part


def _possible(value: str) -> bool:
    if not PARTIAL_DATE.fullmatch(value) or not value.isascii() or value < FIRST_YEAR:
        return False
    if len(value) == 10:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return True


def check_possible(document: Document, context: Context) -> Iterator[Finding]:
    """A date exists in the calendar and is written 2016, 2016-07 or 2016-07-02."""
    for path, value, _ in _dates(document):
        if not _possible(value):
            yield _impossible(path, value)
    if document.kind == "edition":
        ceremony = document.data.get("ceremony")
        held = ceremony.get("date") if isinstance(ceremony, dict) else None
        if isinstance(held, str) and not _possible(held):
            yield _impossible(("ceremony", "date"), held)


def _impossible(path: KeyPath, value: str) -> Finding:
    french = _FRENCH.fullmatch(value)
    if french:
        day, month, year = french.groups()
        wanted = f"{year}-{month:0>2}-{day:0>2}"
        if _possible(wanted):
            return Finding(
                path,
                f"la date « {shown(value)} » commence par le jour",
                f"L'année vient d'abord : écrivez {wanted}.",
            )
    return Finding(
        path,
        f"« {shown(value)} » n'est pas une date possible",
        "Écrivez une année (2016), un mois (2016-07) ou un jour (2016-07-02).",
    )


def check_future(document: Document, context: Context) -> Iterator[Finding]:
    """What is told has happened; only a ceremony, a planned action and an aim may lie ahead."""
    today = context.today
    for path, value, part in _dates(document):
        if value <= today or not _possible(value):
            continue
        planned = path[-1] == "started" and document.kind == "action"
        if planned and part.get("status") == "prevue":
            continue
        if path[-1] == "date" and part.get("nature") == "objectif":
            continue
        yield Finding(
            path,
            f"la date « {value} » est dans l'avenir",
            f"Nous sommes le {today} : corrigez-la, ou écrivez « status: prevue »."
            if planned
            else f"Nous sommes le {today} : corrigez-la.",
        )
    yield from _future_years(document, int(today[:4]))


def _future_years(document: Document, this_year: int) -> Iterator[Finding]:
    key = _YEARS.get(document.kind)
    if key is None:
        return
    # The labels of an edition are often known at the end of the year before.
    last = this_year + 1 if key == "edition" else this_year
    for path, part, what in parts(document):
        year = part.get(key)
        if what != document.kind or not isinstance(year, str) or not _is_year(year):
            continue
        if int(year) > last:
            yield Finding(
                (*path, key),
                f"l'année « {year} » est dans l'avenir",
                f"Écrivez {last} au plus tard.",
            )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def check_order(document: Document, context: Context) -> Iterator[Finding]:
    """A page is not seen before its date, nor an action verified before it started."""
    for path, part, what in parts(document):
        if what == "source":
            first, last = part.get("date"), part.get("seen")
            key, message = "seen", "cette source aurait été vue ({last}) avant sa date ({first})"
        elif what == "action" and part.get("status") != "prevue":
            first, last = part.get("started"), part.get("verified")
            key, message = "verified", "action vérifiée ({last}) avant d'avoir commencé ({first})"
        else:
            continue
        if (
            isinstance(first, str)
            and isinstance(last, str)
            and last < first[: len(last)]
            and _possible(first)
            and _possible(last)
        ):
            yield Finding(
                (*path, key),
                message.format(first=first, last=last),
                "Corrigez l'une des deux dates.",
            )


POSSIBLE = Rule(
    "date-impossible",
    "Une date existe au calendrier et s'écrit 2016, 2016-07 ou 2016-07-02.",
    check_possible,
)
FUTURE = Rule(
    "date-future",
    "Une date n'est pas dans l'avenir, sauf pour une cérémonie, une action prévue ou un objectif.",
    check_future,
)
ORDER = Rule(
    "dates-inversees",
    "Une source n'est pas vue avant sa date, ni une action vérifiée avant son début.",
    check_order,
)
