"""An open-data file by official code -> the values of an indicator; nothing is written.

The columns are named by the caller. ARCEP's « Ma connexion internet » is the documented case:
``statistiques/last/commune/commune_techno.csv``, separated by semicolons, has ``code_insee``, the
number of premises ``nbr`` and, among others, those that fibre reaches, ``elig_ftth``; files by
speed have several lines per commune, distinguished by ``type``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from atlaas.directory.indicator_areas import Measure
from atlaas.directory.indicator_sets import misfit, number_of
from atlaas.geography.reference import Reference
from atlaas.imports.indicator_codes import Owner, Owners
from atlaas.imports.reading import Rows, SourceSheet, TableError, read_source
from atlaas.model.indicator_head import QUOTIENTS, IndicatorHead
from atlaas.read.problem import Problem
from atlaas.rules.rule import did_you_mean
from atlaas.text import fold, number, plural, shortened

MAX_BYTES = 64 * 1024 * 1024
_HEADINGS_WITHIN = 30  # rows: a table often opens with its title
_LONGEST = 131_072  # characters of a line: as much as the csv module takes of a cell
_SHOWN = 40  # characters of a cell that a message repeats
_MISSING = frozenset(
    "|s|ns|nd|n.d.|n/d|na|n/a|#n/a|nc|n.c.|n/c|-|–|—|...|…|..|null|none|nan|secret"
    "|non disponible|non communique".split("|")
)
_SENTINEL = re.compile(r"-9+|-1|-8+|9{4,}")
_FLAGS = {
    **dict.fromkeys("1 oui o vrai true t yes y x".split(), 1),
    **dict.fromkeys("0 non n faux false f no".split(), 0),
}


@dataclass(frozen=True)
class Columns:
    """Which columns hold what, and which lines count."""

    code: str = "code_insee"
    value: str = "elig_ftth"
    total: str = ""  # of a rate, what it is a part of; of an evolution, the earlier number
    date: str = ""  # where each line has its own
    where: Mapping[str, str] = field(default_factory=dict)  # column -> the value that it must have
    places: bool = False  # a line is a place: they are counted, or their values added up
    missing: str = ""  # a value that stands for none, as a person has said
    skip_unknown: bool = False  # leave out codes of no current place, and say how many
    clip: bool = False  # bring a part that exceeds its whole back to it, and say how many
    skip_odd: bool = False  # leave out lines whose values cannot be right, and say how many


class Converted(NamedTuple):
    """The values by code, what was left out and changed, and the problems of the file."""

    parts: dict[str, Measure]
    wholes: dict[str, Measure]
    problems: list[Problem]
    ignored: int = 0  # lines of a code of no current place
    missing: int = 0  # lines whose value is a marker of a missing one
    skipped: int = 0  # lines whose values cannot be right
    clipped: int = 0  # lines whose part was brought back to its whole
    added: tuple[str, ...] = ()  # communes whose value is the sum of their parts
    dates: tuple[str, str] | None = None  # the oldest and the newest


def convert(
    raw: bytes, name: str, columns: Columns, head: IndicatorHead, reference: Reference
) -> Converted:
    """Read the values of a file; with any problem there is nothing to import.

    Of ``head`` only what says which values it may have: its kind, level and classes.
    """
    if len(raw) > MAX_BYTES:
        return _refused(_problem(name, 1, "le fichier pèse plus de 64 Mo"))
    for line, text in enumerate(raw.split(b"\n"), 1):
        if len(text) > _LONGEST:
            message = f"cette ligne a plus de {number(_LONGEST)} caractères"
            return _refused(_problem(name, line, message, "Ce n'est pas un tableau de chiffres."))
    try:
        [sheet] = read_source(raw, MAX_BYTES)[:1]
    except TableError as error:
        return _refused(_problem(name, 1, str(error)))
    rows, at = _below_titles(sheet, columns)
    if not rows:
        return _refused(_problem(name, 1, "aucun tableau ne se lit dans ce fichier"))
    headings = rows[at][1]
    missing = list(_missing(name, headings, columns))
    if missing:
        return _refused(*missing)
    where = {heading: i for i, heading in enumerate(headings)}
    lines = [
        (line, {h: cells[i] if i < len(cells) else "" for h, i in where.items()})
        for line, cells in rows[at + 1 :]
    ]
    lines = [
        (line, row)
        for line, row in lines
        if all(row[column] == wanted for column, wanted in columns.where.items())
    ]
    reading = _Reading(name, columns, head, reference)
    reading.problems += _sentinels(name, lines, columns)
    for line, row in lines:
        reading.take(line, row)
    return reading.result()


def _refused(*problems: Problem) -> Converted:
    return Converted({}, {}, list(problems))


class _Reading:
    """Takes the lines of a file one after the other."""

    def __init__(
        self, name: str, columns: Columns, head: IndicatorHead, reference: Reference
    ) -> None:
        self._name, self._columns, self._head, self._reference = name, columns, head, reference
        self._owners = Owners(reference, head.level)
        self._classes = {fold(label): value for value, label in head.class_labels.items()}
        # place -> its own code or that of a part of it -> where it was read, and what
        self._found: dict[str, dict[str, tuple[int, Measure, Measure]]] = {}
        self._counts: Counter[str] = Counter()
        self._dates: set[str] = set()
        self.problems: list[Problem] = []

    def take(self, line: int, row: Mapping[str, str]) -> None:
        """Keep what a line says, or why it cannot be kept."""
        columns = self._columns
        owner = self._owners.find(row[columns.code])
        if owner is None:
            self._unknown(line, row[columns.code])
            return
        told = [row[column] for column in (columns.value, columns.total) if column]
        if any(_is_missing(text, columns) for text in told):
            self._counts["missing"] += 1
            return
        part = self._number(told[0]) if columns.value else 1
        whole = self._number(told[-1]) if columns.total else 0
        if part is None or whole is None:
            self._odd(line, f"la valeur de {owner.code} n'est pas un nombre")
            return
        if self._head.kind in QUOTIENTS and not whole and not part:
            self._counts["missing"] += 1
            return
        if self._head.kind == "taux" and part > whole > 0 and columns.clip:
            self._counts["clipped"] += 1
            part = whole
        message = misfit(self._head, part, whole)
        if message:
            self._odd(line, f"{owner.code} : {message}", part > whole > 0)
            return
        self._keep(line, owner, part, whole)
        if columns.date:
            self._dates.add(row[columns.date])

    def _number(self, text: str) -> Measure | None:
        """A number with a point or a comma, a yes or no, the label of a class; else None."""
        known = " ".join(fold(text).split())
        if self._head.kind == "oui-non":
            return _FLAGS.get(known)
        if known in self._classes:
            return self._classes[known]
        return number_of("".join(text.split()).removesuffix("%").replace(",", "."))

    def _keep(self, line: int, owner: Owner, part: Measure, whole: Measure) -> None:
        found = self._found.setdefault(owner.place, {})
        if owner.code not in found:
            found[owner.code] = line, part, whole
        elif self._columns.places:
            at, earlier, of = found[owner.code]
            most = max(earlier, part) if self._head.kind == "oui-non" else earlier + part
            found[owner.code] = at, most, of + whole
        else:
            self.problems.append(
                self._problem(
                    line,
                    f"{owner.code} a déjà une valeur",
                    "Choisissez les lignes avec --where, ou, si chaque ligne est un lieu, ajoutez "
                    "--places.",
                )
            )

    def _unknown(self, line: int, code: str) -> None:
        if self._columns.skip_unknown:
            self._counts["ignored"] += 1
            return
        what = "n'est le code d'aucune commune actuelle"
        if self._head.level != "commune":
            what = f"n'est pas un code actuel ({self._head.level})"
        self.problems.append(
            self._problem(
                line,
                f"« {shortened(code, _SHOWN)} » {what}",
                "Corrigez-le, ou ajoutez --skip-unknown pour passer ces lignes.",
            )
        )

    def _odd(self, line: int, message: str, exceeds: bool = False) -> None:
        if self._columns.skip_odd:
            self._counts["skipped"] += 1
            return
        clip = "--clip pour ramener les parts à leur total, ou " if exceeds else ""
        advice = f"Corrigez-la, ou ajoutez {clip}--skip-odd pour passer ces lignes."
        self.problems.append(self._problem(line, message, advice))

    def _problem(self, line: int, message: str, advice: str = "") -> Problem:
        return _problem(self._name, line, message, advice)

    def result(self) -> Converted:
        """The values of places, each made of its own line or of those of its parts."""
        parts: dict[str, Measure] = {}
        wholes: dict[str, Measure] = {}
        added = []
        for place, found in sorted(self._found.items()):
            taken = self._owners.wholes_first(place, found)
            if len(taken) > 1 or place not in taken:
                message = self._cannot_add(place, taken)
                if message:
                    self._odd(min(line for line, *_ in taken.values()), message)
                    continue
                if len(taken) > 1:
                    added.append(place)
            values = [part for _, part, _ in taken.values()]
            adds = self._head.kind in ("somme", *QUOTIENTS)
            parts[place] = sum(values) if adds else max(values)
            if self._head.kind in QUOTIENTS:
                wholes[place] = sum(whole for _, _, whole in taken.values())
        if not parts and not self.problems:
            self.problems.append(self._problem(1, "aucune ligne ne répond à ce qui est demandé"))
        if self.problems:
            return _refused(*self.problems)
        counts = {key: self._counts[key] for key in ("ignored", "missing", "skipped", "clipped")}
        dates = (min(self._dates), max(self._dates)) if self._dates else None
        return Converted(parts, wholes, [], **counts, added=tuple(added), dates=dates)

    def _cannot_add(self, place: str, taken: Mapping[str, tuple[int, Measure, Measure]]) -> str:
        """Why the values of parts do not make that of the place; an empty text where they do."""
        name = self._reference.places[place].name
        left = self._owners.missing_parts(place, taken) if not self._columns.places else []
        if left:
            every = len(self._owners.arrondissements_of(place))
            return f"{name} : il manque {len(left)} de ses {every} arrondissements ({left[0]}…)"
        if self._head.kind in ("nombre", "classe") and len({v for _, v, _ in taken.values()}) > 1:
            return f"{name} : les valeurs de ses parties ne s'additionnent pas"
        return ""


def _below_titles(sheet: SourceSheet, columns: Columns) -> tuple[Rows, int]:
    """The rows by the delimiter, and the index of the first, that name most of the columns."""
    named = (columns.code, columns.value, columns.total, columns.date, *columns.where)
    wanted = {*named} - {""}
    ways = [rows for rows in sheet.rows.values() if rows]
    ranked = [
        (len(wanted & set(cells)), len(cells), -at, rows)
        for rows in ways
        for at, (_, cells) in enumerate(rows[:_HEADINGS_WITHIN])
    ]
    if not ranked:
        return [], 0
    best = max(ranked, key=lambda one: one[:3])
    return best[3], -best[2]


def _is_missing(text: str, columns: Columns) -> bool:
    return (text != "" and text == columns.missing) or " ".join(fold(text).split()) in _MISSING


def _sentinels(
    name: str, lines: list[tuple[int, dict[str, str]]], columns: Columns
) -> Iterator[Problem]:
    """Ask about a number that stands for no value, such as -9999, once for all its lines."""
    values = [row[columns.value] for _, row in lines] if columns.value else []
    counted = Counter(v for v in values if _SENTINEL.fullmatch(v) and v != columns.missing)
    for value, count in counted.items():
        if not value.startswith("-") and count < 2:
            continue
        yield _problem(
            name,
            1,
            f"{plural(count, 'ligne vaut', 'lignes valent')} « {value} » : valeur, ou absence ?",
            f'Si elle manque : --missing "{value}".',
        )


def _missing(name: str, headings: Iterable[str], columns: Columns) -> Iterator[Problem]:
    known = [shortened(heading, _SHOWN) for heading in headings]
    named = (columns.code, columns.value, columns.total, columns.date, *columns.where)
    for column in named:
        if column and column not in known:
            advice = did_you_mean(column, known) or f"Colonnes du fichier : {', '.join(known)}."
            yield _problem(name, 1, f"la colonne « {column} » n'existe pas", advice)


def _problem(name: str, line: int, message: str, advice: str = "") -> Problem:
    return Problem(name, line, 1, "import-indicateur", message, advice)
