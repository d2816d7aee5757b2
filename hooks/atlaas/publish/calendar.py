"""The calendar of the label's editions, for calendar programs: /label/editions.ics (RFC 5545).

Only ceremonies whose day is known; each lasts a whole day.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from atlaas.directory import Directory, LinkedEdition
from atlaas.pages import views
from atlaas.pages.page import Asset, Site, export

URL = "label/editions.ics"
WIDTH = 75  # bytes of a line before it is folded


@export(order=80)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``label/editions.ics``."""
    yield Asset(URL, lambda: calendar(directory, site))


def calendar(directory: Directory, site: Site) -> bytes:
    """The calendar, its lines folded and ended by CRLF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Atlaas//Editions du label//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Label Territoires\\, Villes et Villages Internet",
    ]
    for edition in directory.editions.values():
        lines.extend(_event(edition, site, directory.changed.get(edition.path, "")))
    lines.append("END:VCALENDAR")
    return b"".join(map(fold, lines))


def _event(edition: LinkedEdition, site: Site, changed: str) -> Iterator[str]:
    ceremony = edition.record.ceremony
    if ceremony is None or not ceremony.date or len(ceremony.date) != 10:
        return
    day = date.fromisoformat(ceremony.date)
    # The time at which the event was last described: its file's last change, else its own day.
    stamp = (changed or ceremony.date).replace("-", "")
    described = f"Dans l'Atlaas : {views.known_labels(edition)}."
    yield "BEGIN:VEVENT"
    yield f"UID:edition-{edition.year}@atlaas"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(f'Label {edition.year} : remise des labels')}"
    if ceremony.place:
        yield f"LOCATION:{escape(ceremony.place)}"
    yield f"DESCRIPTION:{escape(described)}"
    if site.url:
        yield f"URL:{site.url}{edition.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escape(value: str) -> str:
    """A text as a property's value."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\n", "\\n")


def fold(line: str) -> bytes:
    """A line cut into pieces of at most 75 bytes, never inside a character."""
    pieces, piece, room = [], b"", WIDTH
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > room:
            pieces.append(piece)
            piece, room = b"", WIDTH - 1  # the space that starts the next line counts
        piece += encoded
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
