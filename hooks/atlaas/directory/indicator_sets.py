"""Imported indicators: data/indicators/<id>.yml says what, <id>.csv gives the values.

The CSV has two columns, ``code`` and ``value``, or three where two numbers are kept: ``code``,
``part`` and ``whole``. The code is that of the Atlaas (59350, 200093201, dep-59, reg-32), a number
is written with a point. What reading finds is kept for the next build.
"""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from re import compile as pattern
from typing import NamedTuple

from pydantic import ValidationError

from atlaas.directory.indicator_areas import (
    Amount,
    AreasAbove,
    Classes,
    Measure,
    amounts,
    classes_of,
    living,
    main_classes,
)
from atlaas.geography.reference import Reference
from atlaas.model.fields import fields_of
from atlaas.model.indicator_head import COUNTED, QUOTIENTS, IndicatorHead
from atlaas.read import MAX_BYTES, locate, read_bytes
from atlaas.read.problem import Problem
from atlaas.rules import addresses, numbers
from atlaas.text import shortened
from atlaas.work.cache import cached

MAX_CSV = 4 * 1024 * 1024
_WHOLE = pattern(r"[0-9]{1,12}").fullmatch
DECIMAL = pattern(r"-?\d{1,12}(\.\d{1,6})?")
BESIDE = ("README.md", "SOURCES.md")  # what stands next to the indicators
_MOST = 50  # problems of one file that are reported
_SHOWN = 40  # characters of a wrong value that a message repeats


@dataclass(frozen=True)
class IndicatorSet:
    """An imported indicator: its values, and what they make of areas.

    ``parts`` holds the value of each place of a row by code, ``wholes`` of what it is a part.
    """

    head: IndicatorHead
    path: str  # of the CSV file, relative to the project
    parts: Mapping[str, Measure]
    wholes: Mapping[str, Measure]
    areas: Mapping[str, Amount]  # of the areas above those places that have a value
    classes: Mapping[str, Classes]  # of a class, by area
    living: Mapping[str, int]  # inhabitants of the known places of an area that is known in part
    places: Collection[str]  # the codes of every place of the level

    def amount(self, code: str) -> Amount | None:
        """What is known of a place or an area; None where nothing is, or nothing adds up."""
        part = self.parts.get(code)
        if part is not None:
            return Amount(part, self.wholes.get(code, 0))
        if code in self.places:
            return Amount(0, 0) if self.head.absent == "zero" else None
        return self.areas.get(code)


def having(sets: Iterable[IndicatorSet]) -> dict[str, tuple[int, ...]]:
    """Code of a commune -> the numbers of those sets of which it has some.

    Of what is counted in communes alone, where absent means none: most communes have nothing.
    """
    found: dict[str, tuple[int, ...]] = {}
    for number, one in enumerate(sets):
        if one.head.level == "commune" and one.head.absent == "zero":
            for code, part in one.parts.items():
                if part:
                    found[code] = (*found.get(code, ()), number)
    return found


class _Stored(NamedTuple):
    """The fields of a set that are kept for the next build."""

    head: IndicatorHead
    path: str
    parts: dict[str, Measure]
    wholes: dict[str, Measure]
    areas: dict[str, Amount]
    classes: dict[str, Classes]
    living: dict[str, int]


class _KeptSets(NamedTuple):
    sets: list[_Stored]
    problems: list[Problem]


class _Values(NamedTuple):
    parts: dict[str, Measure]
    wholes: dict[str, Measure]
    problems: list[Problem]


def read_sets(
    folder: str, relative: str, reference: Reference
) -> tuple[list[IndicatorSet], list[Problem]]:
    """Every indicator of a folder, by id, and the problems of their files."""
    files, problems = _files(folder, relative)
    sources = [part for name, raw in sorted(files.items()) for part in (name, raw)]
    geography = [reference.folder / name for name in ("communes.csv.gz", "epci.csv", "ept.csv")]
    stored, found = cached(
        _KeptSets,
        reference.project.cache,
        "indicators",
        lambda: _read(files, relative, reference),
        relative,
        *sources,
        *geography,
    )
    sets = [IndicatorSet(*one, reference.codes(one.head.level)) for one in stored]
    return sets, [*problems, *found]


def _files(folder: str, relative: str) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of a folder by name, as far as they may be read, and what is none of them."""
    files: dict[str, bytes] = {}
    problems = []
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in names:
        path, absolute = f"{relative}/{name}", f"{folder}/{name}"
        extension = os.path.splitext(name)[1]
        if name in BESIDE:
            continue
        if extension not in (".yml", ".csv") or os.path.islink(absolute):
            message = "ce fichier n'est pas un indicateur"
        elif not os.path.isfile(absolute):
            message = "ceci n'est pas un fichier"
        else:
            with open(absolute, "rb") as file:
                files[name] = file.read((MAX_CSV if extension == ".csv" else MAX_BYTES) + 1)
            continue
        advice = "Un indicateur est fait de deux fichiers, <id>.yml et <id>.csv."
        problems.append(Problem(path, 1, 1, "emplacement", message, advice))
    return files, problems


def _read(files: Mapping[str, bytes], relative: str, reference: Reference) -> _KeptSets:
    """What is kept of each set, and the problems."""
    sets: list[_Stored] = []
    levels: dict[str, AreasAbove] = {}
    problems: list[Problem] = []
    for name in sorted(files):
        stem, extension = os.path.splitext(name)
        path, table = f"{relative}/{name}", f"{stem}.csv"
        if extension == ".csv":
            if f"{stem}.yml" not in files:
                problems.append(_problem(path, 1, f"la fiche {stem}.yml manque à côté"))
            continue
        head, found = read_head(files[name], path, stem)
        problems += found
        if table not in files:
            problems.append(_problem(path, 1, f"le fichier {table} manque à côté"))
        elif head:
            parts, wholes, found = parse_values(
                files[table], f"{relative}/{table}", head, reference
            )
            if not found and len(parts) != head.rows:
                message = f"« rows » dit {head.rows}, le CSV a {len(parts)} lignes"
                found = [_problem(path, 1, message)]
            problems += found
            if not found:
                above = levels.get(head.level) or AreasAbove(reference, head.level)
                levels[head.level] = above
                classes = classes_of(head, parts, above)
                areas = amounts(head, parts, wholes, above) | main_classes(classes, above)
                known = living(head, parts, above)
                stored = _Stored(head, f"{relative}/{table}", parts, wholes, areas, classes, known)
                sets.append(stored)
    return _KeptSets(sets, problems)


def _problem(path: str, line: int, message: str) -> Problem:
    advice = "Refaites l'import plutôt que de corriger."
    return Problem(path, line, 1, "indicateur", message, advice)


def read_head(raw: bytes, path: str, stem: str) -> tuple[IndicatorHead | None, list[Problem]]:
    """The head of an indicator whose file is named ``stem``, or its problems."""
    document = read_bytes(raw, path, "indicator")
    if document.problems:
        return None, document.problems
    try:
        head = IndicatorHead.model_validate(document.data)
    except ValidationError as error:
        keys = ", ".join(wrong_keys(error)) or "fiche"
        return None, [_problem(path, 1, f"clé manquante, inconnue ou invalide : {keys}")]
    for at, message, advice in numbers.quoted(document, fields_of(IndicatorHead)):
        rule = numbers.QUOTED.id
        return None, [Problem(path, *locate(document, at), rule, message, advice)]
    if head.id != stem:
        return None, [_problem(path, 1, f"l'identifiant « {head.id} » n'est pas le nom du fichier")]
    wrong = addresses.wrong(head.source)
    return (None, [_problem(path, 1, f"source : {wrong[0]}")]) if wrong else (head, [])


def wrong_keys(error: ValidationError) -> list[str]:
    """The keys of a head that are wrong; of a rule over several keys, the one that it names."""
    found = set()
    for item in error.errors():
        key = ".".join(map(str, item["loc"]))
        found.add(key or item["msg"].removeprefix("Value error, "))
    return sorted(found)


def columns_of(head: IndicatorHead) -> list[str]:
    """The columns of the CSV file of an indicator."""
    return ["code", "part", "whole"] if head.kind in QUOTIENTS else ["code", "value"]


def parse_values(raw: bytes, path: str, head: IndicatorHead, reference: Reference) -> _Values:
    """The values of a CSV file of this project by code, and its problems.

    No cell is ever quoted: a line is cut at its commas.
    """
    if len(raw) > MAX_CSV:
        return _Values({}, {}, [_problem(path, 1, "le fichier pèse plus de 4 Mo")])
    try:
        lines = raw.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return _Values({}, {}, [_problem(path, 1, "le fichier n'est pas en UTF-8")])
    columns = columns_of(head)
    if lines[0].rstrip("\r") != ",".join(columns):
        message = f"l'en-tête n'est pas « {','.join(columns)} »"
        return _Values({}, {}, [_problem(path, 1, message)])
    found = _Values({}, {}, [])
    parts, wholes, problems = found
    places, count, quick = reference.codes(head.level), len(columns), _quick(head)
    for line, text in enumerate(lines[1:], 2):
        if not text and line == len(lines):
            break
        cells = text.rstrip("\r").split(",")
        code = cells[0]
        if (
            len(cells) == count
            and code in places
            and code not in parts
            and all(map(_WHOLE, cells[1:]))
            and quick(cells)
        ):
            parts[code] = int(cells[1])
            if count > 2:
                wholes[code] = int(cells[2])
            continue
        message = f"{len(cells)} valeurs au lieu de {count}" if len(cells) != count else ""
        message = message or _take(cells, head, places, found)
        if message:
            problems.append(_problem(path, line, message))
            if len(problems) == _MOST:
                break
    return found


def _quick(head: IndicatorHead) -> Callable[[list[str]], bool]:
    """Whether whole numbers fit without a further look: most lines are such."""
    match head.kind:
        case "taux":
            return lambda cells: 0 < int(cells[2]) >= int(cells[1])
        case "evolution":
            return lambda cells: int(cells[2]) > 0
        case "oui-non":
            return lambda cells: cells[1] in ("0", "1")
        case "classe":
            known = {str(value) for value in head.class_labels}
            return lambda cells: cells[1] in known
    return lambda cells: True


def _take(cells: list[str], head: IndicatorHead, places: Collection[str], found: _Values) -> str:
    """Keep the values of a line; or say why they cannot be."""
    code, *texts = cells
    if code not in places:
        return f"« {shortened(code, _SHOWN)} » n'est pas un code actuel ({head.level})"
    if code in found.parts:
        return f"{code} a déjà une valeur"
    numbers = [number_of(text) for text in texts]
    for text, number in zip(texts, numbers, strict=True):
        if number is None:
            return f"« {shortened(text, _SHOWN)} » n'est pas un nombre"
    part, *wholes = [number for number in numbers if number is not None]
    message = misfit(head, part, *wholes)
    if message:
        return f"{code} : {message}"
    found.parts[code] = part
    if wholes:
        found.wholes[code] = wholes[0]
    return ""


def misfit(head: IndicatorHead, part: Measure, whole: Measure = 0) -> str:
    """Why a value cannot be one of this indicator; an empty text where it can."""
    if head.kind == "classe" and part not in head.class_labels:
        return f"{part} n'est pas une classe de la fiche"
    if head.kind == "oui-non" and part not in (0, 1):
        return f"{part} n'est ni 1 (oui) ni 0 (non)"
    if head.kind in (*QUOTIENTS, *COUNTED) and part < 0:
        return f"{part} est négatif"
    if head.kind in QUOTIENTS and whole <= 0:
        return f"le total {whole} n'est pas positif"
    if head.kind == "taux" and part > whole:
        return f"{part} dépasse le total {whole}"
    return ""


def number_of(text: str) -> Measure | None:
    """A number with a point: whole ones as int; None for anything else."""
    if text.isdigit() and text.isascii() and len(text) < 13:
        return int(text)
    if not DECIMAL.fullmatch(text):
        return None
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number
