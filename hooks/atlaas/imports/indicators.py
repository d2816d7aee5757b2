"""An open-data CSV by INSEE code -> data/indicators/<id>.csv and <id>.yml; nothing is written.

The columns are named by the caller. ARCEP's « Ma connexion internet » is the documented case:
``statistiques/last/commune/commune_techno.csv``, separated by semicolons, has ``code_insee``, the
number of premises ``nbr`` and, among others, those that fibre reaches, ``elig_ftth``; files by
speed have several lines per commune, distinguished by ``type``.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from atlaas.directory.indicator_sets import DECIMAL, IndicatorMeta
from atlaas.geography.reference import Reference
from atlaas.imports.reading import Rows, SourceSheet, TableError, read_source
from atlaas.read.problem import Problem
from atlaas.rules.rule import did_you_mean
from atlaas.text import fold, plural

MAX_BYTES = 64 * 1024 * 1024
_CENT = Decimal("0.01")
_HEADINGS_WITHIN = 30  # rows: a table often opens with its title
_MISSING = frozenset(
    "|s|ns|nd|n.d.|n/d|na|n/a|#n/a|nc|n.c.|n/c|-|–|—|...|…|..|null|none|nan|secret"
    "|non disponible|non communique".split("|")
)
_SENTINEL = re.compile(r"-9+|-1|-8+|9{4,}")


@dataclass(frozen=True)
class Columns:
    """Which columns hold what, and which lines count."""

    code: str = "code_insee"
    value: str = "elig_ftth"
    total: str = ""  # with one, the value is made a percentage of it
    where: Mapping[str, str] = field(default_factory=dict)  # column -> the value that it must have
    counts: bool = False  # the values are numbers that add up, not shares
    missing: str = ""  # a value that stands for none, as a person has said
    skip_unknown: bool = False  # leave out codes of no current commune, and say how many


class Converted(NamedTuple):
    """The values by commune, how many lines were left out, and the problems of the file."""

    values: dict[str, Decimal]
    ignored: int
    problems: list[Problem]
    missing: int = 0  # lines whose value is a marker of a missing one
    added: tuple[str, ...] = ()  # communes whose value is the sum of their parts


def convert(raw: bytes, name: str, columns: Columns, reference: Reference) -> Converted:
    """Read the values of a CSV file; with any problem there is nothing to import."""
    if len(raw) > MAX_BYTES:
        return Converted({}, 0, [_problem(name, 1, "le fichier pèse plus de 64 Mo")])
    try:
        [sheet] = read_source(raw, MAX_BYTES)[:1]
    except TableError as error:
        return Converted({}, 0, [_problem(name, 1, str(error))])
    rows, at = _below_titles(sheet, columns)
    headings = rows[at][1] if rows else []
    missing = list(_missing(name, headings, columns))
    if missing:
        return Converted({}, 0, missing)
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
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    parts: dict[str, dict[str, tuple[int, Decimal, Decimal]]] = {}  # commune -> part -> value
    problems: list[Problem] = list(_sentinels(name, lines, columns))
    ignored = gaps = 0
    owners = arrondissements(reference)
    for line, row in lines:
        code = row[columns.code].strip().upper().zfill(5)
        whole = owners.get(code, "")
        current = code if _is_commune(code, reference) else whole or reference.successor(code)
        if current is None:
            if columns.skip_unknown:
                ignored += 1
            else:
                problems.append(
                    _problem(
                        name,
                        line,
                        f"« {code} » n'est le code d'aucune commune actuelle",
                        "Corrigez-le, ou ajoutez --skip-unknown pour passer ces lignes.",
                    )
                )
            continue
        told = [row[column] for column in (columns.value, columns.total) if column]
        if any(_is_missing(text, columns) for text in told):
            gaps += 1
            continue
        value, total = _number(row[columns.value]), Decimal(1)
        if columns.total:
            found = _number(row[columns.total])
            total = found if found is not None else Decimal(-1)
        if value is None or total < 0:
            problems.append(_problem(name, line, f"la valeur de {code} n'est pas un nombre"))
        elif columns.total and value > total:
            problems.append(_problem(name, line, f"{code} : {value} dépasse le total {total}"))
        elif whole:
            parts.setdefault(whole, {})[code] = line, value, total
        elif current not in sums:
            sums[current] = (value, total)
        elif columns.total:  # merged communes: their counts add up
            sums[current] = (sums[current][0] + value, sums[current][1] + total)
        else:
            problems.append(
                _problem(
                    name,
                    line,
                    f"la commune {current} a déjà une valeur",
                    "Choisissez les lignes avec --where, ou donnez la colonne --total.",
                )
            )
    added = [commune for commune in parts if commune not in sums]
    for commune in added:  # where the list gives the whole too, the parts are left
        problems += _add_parts(name, commune, parts[commune], columns, reference, sums)
    values = {
        code: _percent(value, total) if columns.total else value
        for code, (value, total) in sorted(sums.items())
        if total or not columns.total
    }
    if not values and not problems:
        problems.append(_problem(name, 1, "aucune ligne ne répond à ce qui est demandé"))
    return Converted({} if problems else values, ignored, problems, gaps, tuple(added))


def _below_titles(sheet: SourceSheet, columns: Columns) -> tuple[Rows, int]:
    """The rows by the delimiter, and the index of the first, that name most of the columns."""
    wanted = {columns.code, columns.value, columns.total, *columns.where} - {""}
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


def arrondissements(reference: Reference) -> dict[str, str]:
    """The arrondissements of Paris, Lyon and Marseille, with the commune of each."""
    return {part.code: part.parent for part in reference.parts.values() if part.kind == "ARM"}


def _add_parts(
    name: str,
    commune: str,
    parts: Mapping[str, tuple[int, Decimal, Decimal]],
    columns: Columns,
    reference: Reference,
    sums: dict[str, tuple[Decimal, Decimal]],
) -> Iterable[Problem]:
    """Make the value of a commune from its arrondissements: counts, when all of them are there."""
    line = min(line for line, *_ in parts.values())
    whole = reference.places[commune].name
    every = [code for code, owner in arrondissements(reference).items() if owner == commune]
    left = [code for code in every if code not in parts]
    if left:
        yield _problem(
            name,
            line,
            f"{whole} : il manque {len(left)} de ses {len(every)} arrondissements ({left[0]}…)",
            "Donnez la ligne de la commune, ou celles de tous ses arrondissements.",
        )
    elif not columns.total and not columns.counts:
        yield _problem(
            name,
            line,
            f"{whole} : les parts de ses arrondissements ne s'additionnent pas",
            "Donnez la ligne de la commune, --total, ou pour des nombres --area somme.",
        )
    else:
        value = sum((one[1] for one in parts.values()), Decimal(0))
        total = sum((one[2] for one in parts.values()), Decimal(0))
        sums[commune] = value, total if columns.total else Decimal(1)


def _is_missing(text: str, columns: Columns) -> bool:
    return (text != "" and text == columns.missing) or " ".join(fold(text).split()) in _MISSING


def _sentinels(
    name: str, lines: list[tuple[int, dict[str, str]]], columns: Columns
) -> Iterable[Problem]:
    """Ask about a number that stands for no value, such as -9999, once for all its lines."""
    values = [row[columns.value] for _, row in lines]
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


def _is_commune(code: str, reference: Reference) -> bool:
    place = reference.get(code)
    return place is not None and place.kind == "commune"


def _number(text: str | None) -> Decimal | None:
    """A number with a point or a comma, with or without a percent sign; None for anything else."""
    cleaned = "".join((text or "").split()).removesuffix("%").replace(",", ".")
    return Decimal(cleaned) if DECIMAL.fullmatch(cleaned) else None


def _percent(value: Decimal, total: Decimal) -> Decimal:
    return (100 * value / total).quantize(_CENT, ROUND_HALF_UP).normalize()


def _missing(name: str, headings: Iterable[str], columns: Columns) -> Iterable[Problem]:
    known = list(headings)
    for column in (columns.code, columns.value, columns.total, *columns.where):
        if column and column not in known:
            advice = did_you_mean(column, known) or f"Colonnes du fichier : {', '.join(known)}."
            yield _problem(name, 1, f"la colonne « {column} » n'existe pas", advice)


def _problem(name: str, line: int, message: str, advice: str = "") -> Problem:
    return Problem(name, line, 1, "import-indicateur", message, advice)


def as_csv(values: Mapping[str, Decimal]) -> str:
    """The file ``<id>.csv``: ``code,value``, by code."""
    lines = [f"{code},{value:f}" for code, value in sorted(values.items())]
    return "\n".join(["code,value", *lines]) + "\n"


def as_yaml(meta: IndicatorMeta) -> str:
    """The file ``<id>.yml``: every text in quotes, so that nothing is misread."""
    lines = []
    for key, value in meta.model_dump(mode="json", exclude_none=True).items():
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
        lines.append(f"{key}: {text}")
    return "\n".join(lines) + "\n"


def sources_with(existing: str, meta: IndicatorMeta) -> str:
    """SOURCES.md of data/indicators/ with the line of this indicator added or replaced."""
    title = "# Sources des indicateurs importés\n\n"
    kept = [
        line
        for line in existing.splitlines()
        if line.startswith("- ") and not line.startswith(f"- `{meta.id}` ")
    ]
    kept.append(
        f"- `{meta.id}` : {meta.label}, {meta.publisher}, {meta.date}, {meta.licence}, "
        f"<{meta.source}>"
    )
    return title + "\n".join(sorted(kept)) + "\n"
