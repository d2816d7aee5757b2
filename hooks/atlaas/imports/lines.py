"""What the importers share: which territory a line names, words of a vocabulary, the source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz, process

from atlaas.edit.workspace import Workspace
from atlaas.imports.known import SMALL
from atlaas.imports.sheet import Row
from atlaas.model import Term
from atlaas.names.queries import words_of
from atlaas.names.resolve import Candidate, Resolution, resolve
from atlaas.text import slug

KINDS = {  # words of a « type » column -> kind that resolve() knows
    "commune": "commune",
    "communes": "commune",
    "ville": "commune",
    "village": "commune",
    "epci": "epci",
    "agglomeration": "epci",
    "communaute": "epci",
    "intercommunalite": "epci",
    "interco": "epci",
    "metropole": "epci",
    "ca": "epci",
    "cc": "epci",
    "cu": "epci",
    "ept": "ept",
    "departement": "departement",
    "region": "region",
}
_DEPARTEMENT = re.compile(r"\s*\(?(\d{1,3}|2[abAB])\b")
_SOURCES = re.compile(r"\s*[|\n]\s*|\s+(?=https?://)")  # between the sources of a cell
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_CODE = re.compile(r"\d{1,5}|\d[AB]\d{3}|\d{9}|(?:dep|reg|x)-\S+", re.I)
_SAME_NAME = 60  # of 100: under it, a code and a name are not of one territory
IGNORE = "ignorer"  # a decision of the sheet
_NOTHING = frozenset(["", "non", "aucune", "aucun", "neant", "sans", "0"])


@dataclass
class Plan:
    """What an import would do: the lines one by one, and the files as they would be."""

    rows: list[Row]
    files: dict[str, str] = field(default_factory=dict)  # path -> text, only where it changes

    def count(self, state: str) -> int:
        """How many lines are in this state."""
        return sum(row.state == state for row in self.rows)


def row_of(number: int, values: dict[str, str]) -> Row:
    """A line under its own number, or the one that its sheet gives."""
    given = values.get("ligne", "")
    return Row(int(given) if given.isdecimal() else number, values)


def departement_of(text: str, space: Workspace) -> str | None:
    """The bare code of a département given by number, name or both; None where unreadable."""
    known = space.index.departements
    words = [word for word in words_of(text) if word not in SMALL]
    found = known.get(" ".join(words))
    if found:
        return found
    number = _DEPARTEMENT.match(text)
    if number:
        bare = number[1].upper()
        for code in (bare, f"0{bare}", bare.lstrip("0").zfill(2)):
            if code in space.reference.departements:
                return code
    for start in range(len(words)):  # « 59 - Nord », « dép. du Nord », « Nord (59) »
        for stop in range(len(words), start, -1):
            found = known.get(" ".join(words[start:stop]))
            if found:
                return found
    return None


def place(row: Row, space: Workspace, is_sheet: bool) -> None:
    """Settle the territory of a line: its code, or a doubt with candidates, or a refusal."""
    code = row.values.get("code", "")
    name = row.values.get("nom", "")
    if code and not _CODE.fullmatch(code):  # a column « territoire » may hold either
        code, name = "", name or code
    if code:
        _by_code(row, code, name, space, is_sheet)
        return
    if not name:
        row.refuse("la ligne ne nomme aucun territoire")
        return
    stated = row.values.get("département", "")
    departement = departement_of(stated, space) if stated else None
    kind = next((KINDS[w] for w in words_of(row.values.get("type", "")) if w in KINDS), None)
    region = row.values.get("région", "")
    if region and not stated:
        departement = _within(name, region, kind, space)
    found = resolve(name, index=space.index, departement=departement, kind=kind)
    if found.status == "unknown" and kind:
        found = resolve(name, index=space.index, departement=departement)
    found = _with_postcode(found, row.values.get("code postal", ""), space)
    if found.status == "settled" and found.code:
        if stated and departement is None:
            row.doubt(f"département « {stated} » inconnu", _shown(found.candidates))
            return
        row.code = found.code
        return
    if found.status == "unknown":
        row.doubt("aucun territoire de ce nom ni d'un nom proche : cherchez son code")
    elif len(found.candidates) == 1:
        row.doubt("nom à confirmer", _shown(found.candidates))
    else:
        row.doubt("plusieurs territoires possibles", _shown(found.candidates))


def _within(name: str, region: str, kind: str | None, space: Workspace) -> str | None:
    """The one département of a région in which a name is settled, where there is just one."""
    departements = space.reference.departements.items()
    bare = space.reference.regions.get(region.zfill(2))
    found = set()
    for code, place in departements:
        if bare and place.region == bare.region:
            one = resolve(name, index=space.index, departement=code, kind=kind)
            found |= {code} if one.status == "settled" else set()
    return found.pop() if len(found) == 1 else None


def _with_postcode(found: Resolution, postcode: str, space: Workspace) -> Resolution:
    """Of homonyms, the one that has the postcode; a settled name that has another one is asked."""
    digits = "".join(postcode.split()).upper().removeprefix("F-").zfill(5)
    if not postcode or not digits[:5].isdecimal() or found.status == "unknown":
        return found
    places = [space.reference.get(c.code) for c in found.candidates]
    having = [place.code for place in places if place and digits[:5] in place.postcodes]
    exact = [c for c in found.candidates if c.code in having and "proche" not in c.reason]
    if len(having) == 1 and exact:
        return Resolution(found.name, "settled", having[0], tuple(exact))
    home = places[0].departement if places and places[0] else ""
    start = "20" if home in ("2A", "2B") else home[:2]  # postcodes of Corsica are those of 1975
    if found.status == "settled" and not having and not digits.startswith(start):
        return replace(found, status="doubtful", code=None)
    return found


def _shown(candidates: tuple[Candidate, ...]) -> list[str]:
    return [f"{c.code} {c.name} : {c.reason}" for c in candidates]


def _by_code(row: Row, code: str, name: str, space: Workspace, is_sheet: bool) -> None:
    """Settle by a code, chosen in the sheet or printed in the list."""
    known = space.index.known
    spellings = (code, code.upper(), code.upper().zfill(5))
    wanted = next((one for one in spellings if one in known), spellings[-1])
    if wanted not in known:
        later = [c for c in space.reference.former.get(wanted, ()) if c in known]
        if len(later) != 1:
            row.doubt(
                f"le code « {code} » n'existe pas",
                [f"{c} {known[c].name} : a succédé à ce code" for c in later],
            )
            return
        wanted = later[0]
    official = known[wanted].name
    alike = fuzz.token_set_ratio(" ".join(words_of(official)), " ".join(words_of(name)))
    if name and not is_sheet and alike < _SAME_NAME:
        row.doubt(
            f"le code « {code} » est celui de {official}, la ligne dit « {name} »",
            [f"{wanted} {official} : selon le code"],
        )
        return
    row.code = wanted


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
    labels = {term.id: term.label for term in terms.values()}
    best = process.extract(unknown, labels, scorer=fuzz.WRatio, score_cutoff=60, limit=3)
    return [f"{label} ({id_})" for label, _, id_ in best]


def sources_of(row: Row, given: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The sources that a line names, else the one given for the whole list.

    None, and the line is left to a person, where it names what is neither address nor print.
    """
    found: list[dict[str, Any]] = []
    for text in _SOURCES.split(row.values.get("source", "").strip()):
        date = row.values.get("date", "") or given.get("date", "")
        words = [word.strip() for word in text.split(",")]
        if text.startswith(("https://", "http://")):
            found.append(source(text, date=row.values.get("date", "")))
        elif len(words) > 2 and _DATE.fullmatch(words[-1]):
            found.append(source("", words[0], ", ".join(words[1:-1]), words[-1]))
        elif len(words) > 1 and date:
            found.append(source("", words[0], ", ".join(words[1:]), date))
        elif text:
            row.doubt(
                f"source « {text} » : écrivez son adresse (https://…), ou « éditeur, titre, date »"
            )
            return None
    if found or not given:
        return found
    here = {"date": row.values["date"]} if row.values.get("date") else {}
    return [{**given, **here}]


def source(
    url: str = "", publisher: str = "", title: str = "", date: str = "", seen: str = ""
) -> dict[str, Any]:
    """A source's mapping, without its empty keys."""
    values = {"url": url, "publisher": publisher, "title": title, "date": date, "seen": seen}
    return {key: value for key, value in values.items() if value}
