"""Imported indicators: data/indicators/<id>.yml says what, <id>.csv gives a value per commune.

The CSV has two columns, ``code`` and ``value``; the code is an INSEE code of the reference, the
value a decimal number with a point. Nothing is shown for which no data was imported.
"""

import csv
import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from atlaas.geography.reference import Place, Reference
from atlaas.model import Address, Identifier, LongText, Model, PartialDate, ShortText
from atlaas.read import MAX_BYTES, read_bytes
from atlaas.read.problem import Problem

MAX_CSV = 4 * 1024 * 1024
DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
COLUMNS = ["code", "value"]


class IndicatorMeta(Model):
    """What an imported indicator is: ``data/indicators/<id>.yml``."""

    id: Identifier
    label: ShortText
    unit: ShortText
    sum: Literal["moyenne", "somme"]  # how communes make an area: weighted mean, or sum
    date: PartialDate
    publisher: ShortText
    source: Address
    licence: ShortText
    imported: PartialDate | None = None
    note: LongText | None = None
    rows: Annotated[int, Field(ge=0)]
    ignored: Annotated[int, Field(ge=0)] = 0


@dataclass(frozen=True)
class IndicatorSet:
    """An imported indicator with its values by commune."""

    meta: IndicatorMeta
    path: str  # of the CSV file, relative to the project
    values: Mapping[str, Decimal]

    def median(self, codes: list[str]) -> Decimal | None:
        """The median of the values of some communes; None without any."""
        found = [self.values[code] for code in codes if code in self.values]
        return median(found) if found else None

    @cached_property
    def national(self) -> Decimal | None:
        """The median of all communes that have a value."""
        return median(self.values.values()) if self.values else None

    def of(self, communes: list[Place]) -> tuple[Decimal, int] | None:
        """The value of an area, and of how many of its communes it is made.

        A sum, or the mean of the communes weighted by their inhabitants (SOURCES.md says which).
        """
        known = [(self.values[c.code], c.population) for c in communes if c.code in self.values]
        if not known:
            return None
        if self.meta.sum == "somme" or len(known) == 1:
            return sum((value for value, _ in known), Decimal(0)), len(known)
        people = sum(population for _, population in known)
        if not people:
            return None
        total = sum((value * population for value, population in known), Decimal(0))
        return (total / people).quantize(Decimal("0.1")), len(known)


def read_sets(
    folder: str, relative: str, reference: Reference
) -> tuple[list[IndicatorSet], list[Problem]]:
    """Every indicator of a folder, by id, and the problems of their files."""
    sets: list[IndicatorSet] = []
    problems: list[Problem] = []
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in names:
        stem, extension = os.path.splitext(name)
        path = f"{relative}/{name}"
        if name in ("README.md", "SOURCES.md"):
            continue
        if os.path.islink(f"{folder}/{name}") or extension not in (".yml", ".csv"):
            advice = "Un indicateur est fait de deux fichiers, <id>.yml et <id>.csv."
            message = "ce fichier n'est pas un indicateur"
            problems.append(Problem(path, 1, 1, "emplacement", message, advice))
        elif extension == ".csv" and f"{stem}.yml" not in names:
            problems.append(_problem(path, 1, f"la fiche {stem}.yml manque à côté"))
        elif extension == ".yml":
            meta, found = _meta(f"{folder}/{name}", path, stem)
            problems += found
            csv_path = f"{relative}/{stem}.csv"
            if f"{stem}.csv" not in names:
                problems.append(_problem(path, 1, f"le fichier {stem}.csv manque à côté"))
            elif meta:
                with open(f"{folder}/{stem}.csv", "rb") as file:
                    values, found = parse_values(file.read(MAX_CSV + 1), csv_path, reference)
                if not found and len(values) != meta.rows:
                    message = f"« rows » dit {meta.rows}, le CSV a {len(values)} lignes"
                    found = [_problem(path, 1, message)]
                problems += found
                if not found:
                    sets.append(IndicatorSet(meta, csv_path, values))
    return sets, problems


def _problem(path: str, line: int, message: str) -> Problem:
    advice = "Refaites l'import plutôt que de corriger."
    return Problem(path, line, 1, "indicateur", message, advice)


def _meta(absolute: str, path: str, stem: str) -> tuple[IndicatorMeta | None, list[Problem]]:
    with open(absolute, "rb") as file:
        document = read_bytes(file.read(MAX_BYTES + 1), path, "indicator")
    if document.problems:
        return None, document.problems
    try:
        meta = IndicatorMeta.model_validate(document.data)
    except ValidationError as error:
        keys = sorted({".".join(map(str, item["loc"])) or "fiche" for item in error.errors()})
        message = f"clé manquante, inconnue ou invalide : {', '.join(keys)}"
        return None, [_problem(path, 1, message)]
    if meta.id != stem:
        return None, [_problem(path, 1, f"l'identifiant « {meta.id} » n'est pas le nom du fichier")]
    return meta, []


def parse_values(
    raw: bytes, path: str, reference: Reference
) -> tuple[dict[str, Decimal], list[Problem]]:
    """The values of a CSV file of this project by INSEE code, and its problems."""
    if len(raw) > MAX_CSV:
        return {}, [_problem(path, 1, "le fichier pèse plus de 4 Mo")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return {}, [_problem(path, 1, "le fichier n'est pas en UTF-8")]
    values: dict[str, Decimal] = {}
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    for row in reader:
        line = reader.line_num
        if line == 1:
            if row != COLUMNS:
                return {}, [_problem(path, 1, "l'en-tête n'est pas « code,value »")]
            continue
        message = _wrong(row, values, reference)
        if message:
            problems.append(_problem(path, line, message))
        else:
            values[row[0]] = Decimal(row[1])
    return values, problems


def _wrong(row: list[str], values: Mapping[str, Decimal], reference: Reference) -> str:
    if len(row) != 2:
        return f"{len(row)} valeurs au lieu de 2"
    code, value = row
    place = reference.get(code)
    if place is None or place.kind != "commune":
        return f"« {code} » n'est pas le code d'une commune actuelle"
    if code in values:
        return f"la commune {code} a déjà une valeur"
    return "" if DECIMAL.fullmatch(value) else f"« {value} » n'est pas un nombre"
