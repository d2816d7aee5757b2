"""What the importers share: the lines of a list, words of a vocabulary, the source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from atlaas.imports.decisions import Decisions, OpenQuestion, Option, Row, groups
from atlaas.imports.table import Table
from atlaas.model import Term
from atlaas.text import fold, slug

_SOURCES = re.compile(r"\s*[|\n]\s*|\s+(?=https?://)")  # between the sources of a cell
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
SKIPPED = "sans"
_NOTHING = frozenset(["", "non", "aucune", "aucun", "neant", "sans", "0"])


@dataclass
class Plan:
    """What an import would do: the lines one by one, and the files as they would be."""

    rows: list[Row]
    files: dict[str, str] = field(default_factory=dict)  # path -> text, only where it changes

    def count(self, state: str) -> int:
        """How many lines are in this state."""
        return sum(row.state == state for row in self.rows)

    @property
    def decisions(self) -> int:
        """How many decisions are left to a person: one for all lines of a question."""
        return len(groups(self.rows)) + self.count("refusée")


def rows_of(table: Table) -> list[Row]:
    """The lines of a list; those of a review sheet under the number that it gives them.

    A code that a list prints is not one that a person has chosen: it stands under « code lu ».
    """
    rows = []
    for number, values in table.lines:
        given = values.get("ligne", "")
        if not table.is_sheet and values.get("code"):
            values = {**values, "code lu": values["code"], "code": ""}
        rows.append(Row(int(given) if given.isdecimal() else number, values))
    return rows


def decisions_of(rows: list[Row]) -> Decisions:
    """What the lines of a sheet say in their column « décision »."""
    told = {row.number: row.values.get("décision", "") for row in rows}
    return Decisions({number: text for number, text in told.items() if text})


def terms_of(text: str, terms: Mapping[str, Term]) -> tuple[list[str], list[str]]:
    """(ids of the terms that a cell names, what it names that is no term)."""
    known: dict[str, str] = {}
    for term in terms.values():
        for spelling in (term.id, term.label, *term.spellings):
            known.setdefault(_term_key(spelling), term.id)
    found: list[str] = []
    unknown: list[str] = []
    for part in _parts(text, known):
        id_ = known.get(_term_key(part))
        if id_ is None:
            unknown.append(part)
        elif id_ not in found:
            found.append(id_)
    return found, unknown


def _parts(text: str, known: Mapping[str, str]) -> list[str]:
    """A cell cut at its separators, each piece as long as a term's name allows."""
    parts: list[str] = []
    for piece in re.split(r"[;|\n+]", text):
        if _term_key(piece) in known:
            parts.append(piece)
            continue
        for smaller in re.split(r",|/", piece):
            if _term_key(smaller) in known:
                parts.append(smaller)
            else:
                halves = re.split(r"\bet\b|&", smaller)
                whole = all(_term_key(half) in known for half in halves)
                parts.extend(halves if whole else [smaller])
    return [part.strip() for part in parts if slug(part) not in _NOTHING]


def _term_key(text: str) -> str:
    words = slug(text).split("-")
    while words and words[0] in ("mention", "mentions", "prix", "speciale", "theme"):
        words = words[1:]
    return "-".join(words) or slug(text)


def near_terms(unknown: str, terms: Mapping[str, Term]) -> list[str]:
    """The terms whose name is nearest to an unknown one, for a person to choose from."""
    return [f"{terms[id_].label} ({id_})" for id_ in _near_ids(unknown, terms)]


def _near_ids(unknown: str, terms: Mapping[str, Term]) -> list[str]:
    labels = {term.id: term.label for term in terms.values()}
    best = process.extract(unknown, labels, scorer=fuzz.WRatio, score_cutoff=60, limit=3)
    return [id_ for _, _, id_ in best]


def term_question(role: str, unknown: str, terms: Mapping[str, Term]) -> OpenQuestion:
    """The question which term of a list an unknown word means; SKIPPED leaves it out."""
    near = [Option(terms[id_].label, "nom proche") for id_ in _near_ids(unknown, terms)]

    def read(text: str) -> str | None:
        found, others = terms_of(text, terms)
        return ", ".join(terms[id_].label for id_ in found) if found and not others else None

    skipped = Option(SKIPPED, f"sans « {unknown} », noté dans le doute")
    other = "un nom de la liste"
    return OpenQuestion(
        role, fold(unknown), f"{role} : « {unknown} » inconnu", (*near, skipped), read, other
    )


def take_term(row: Row, role: str, unknown: str, answer: str) -> None:
    """Write the term that a person has chosen in place of an unknown word."""
    new = "" if answer == SKIPPED else answer
    row.values[role] = row.values[role].replace(unknown, new).strip(" ,;|+")
    if not new:
        add_to_doubt(row, f"{role} « {unknown} » de la liste, non reprise")


def add_to_doubt(row: Row, words: str) -> None:
    """Add something to the doubt that a line's label or action gets."""
    doubts = [*filter(None, row.values.get("doute", "").split(" ; ")), words]
    row.values["doute"] = " ; ".join(dict.fromkeys(doubts))


def sources_of(row: Row, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sources that a line names, each seen on its day, else the one given for the whole list.

    The line is refused where it has none, or one that is neither address nor print.
    """
    found: list[dict[str, Any]] = []
    seen = row.values.get("vue", "")
    for text in _SOURCES.split(row.values.get("source", "").strip()):
        date = row.values.get("date", "") or given.get("date", "")
        words = [word.strip() for word in text.split(",")]
        if text.startswith(("https://", "http://")):
            found.append(source(text, date=row.values.get("date", ""), seen=seen))
        elif len(words) > 2 and _DATE.fullmatch(words[-1]):
            found.append(source("", words[0], ", ".join(words[1:-1]), words[-1], seen))
        elif len(words) > 1 and date:
            found.append(source("", words[0], ", ".join(words[1:]), date, seen))
        elif text:
            row.refuse(
                f"source « {text} » : écrivez son adresse (https://…), ou « éditeur, titre, date »"
            )
            return []
    if found:
        return found
    if not given:
        row.refuse("aucune source : donnez-en une dans la ligne, ou à la commande")
        return []
    here = {"date": row.values.get("date", ""), "seen": seen}
    return [{**given, **{key: value for key, value in here.items() if value}}]


def source(
    url: str = "", publisher: str = "", title: str = "", date: str = "", seen: str = ""
) -> dict[str, Any]:
    """A source's mapping, without its empty keys."""
    values = {"url": url, "publisher": publisher, "title": title, "date": date, "seen": seen}
    return {key: value for key, value in values.items() if value}
