"""An open-data CSV by INSEE code -> data/indicators/<id>.csv and <id>.yml; nothing is written.

The columns are named by the caller. ARCEP's « Ma connexion internet » is the documented case:
``statistiques/last/commune/commune_techno.csv``, separated by semicolons, has ``code_insee``, the
number of premises ``nbr`` and, among others, those that fibre reaches, ``elig_ftth``; files by
speed have several lines per commune, distinguished by ``type``.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from atlaas.directory.indicator_sets import DECIMAL, IndicatorMeta
from atlaas.geography.reference import Reference
from atlaas.read.problem import Problem
from atlaas.rules.rule import did_you_mean

MAX_BYTES = 64 * 1024 * 1024
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Columns:
    """Which columns hold what, and which lines count."""

    code: str = "code_insee"
    value: str = "elig_ftth"
    total: str = ""  # with one, the value is made a percentage of it
    where: Mapping[str, str] = field(default_factory=dict)  # column -> the value that it must have
    skip_unknown: bool = False  # leave out codes of no current commune, and say how many


class Converted(NamedTuple):
    """The values by commune, how many lines were left out, and the problems of the file."""

    values: dict[str, Decimal]
    ignored: int
    problems: list[Problem]


def convert(raw: bytes, name: str, columns: Columns, reference: Reference) -> Converted:
    """Read the values of a CSV file; with any problem there is nothing to import."""
    if len(raw) > MAX_BYTES:
        return Converted({}, 0, [_problem(name, 1, "le fichier pèse plus de 64 Mo")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        advice = "Enregistrez-le en UTF-8."
        return Converted({}, 0, [_problem(name, 1, "le fichier n'est pas en UTF-8", advice)])
    head = text.partition("\n")[0]
    separator = max(";,\t|", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey="…")
    missing = list(_missing(name, reader.fieldnames or [], columns))
    if missing:
        return Converted({}, 0, missing)
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    problems: list[Problem] = []
    ignored = 0
    for row in reader:
        if any(row[column] != wanted for column, wanted in columns.where.items()):
            continue
        line = reader.line_num
        code = (row[columns.code] or "").strip().upper().zfill(5)
        current = code if _is_commune(code, reference) else reference.successor(code)
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
        value, total = _number(row[columns.value]), Decimal(1)
        if columns.total:
            found = _number(row[columns.total])
            total = found if found is not None else Decimal(-1)
        if value is None or total < 0:
            problems.append(_problem(name, line, f"la valeur de {code} n'est pas un nombre"))
        elif columns.total and value > total:
            problems.append(_problem(name, line, f"{code} : {value} dépasse le total {total}"))
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
    values = {
        code: _percent(value, total) if columns.total else value
        for code, (value, total) in sorted(sums.items())
        if total or not columns.total
    }
    if not values and not problems:
        problems.append(_problem(name, 1, "aucune ligne ne répond à ce qui est demandé"))
    return Converted({} if problems else values, ignored, problems)


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
