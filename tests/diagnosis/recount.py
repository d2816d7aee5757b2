"""A second count, from the files alone: nothing of atlaas.diagnosis is used here."""

from __future__ import annotations

import csv
import gzip
import io
import math
import subprocess
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from atlaas.pages.page import Asset
from support import SAMPLE, Small

MEL = "territoires/200093201-metropole-europeenne-de-lille/diagnostic/"
NORD = "departements/59-nord/diagnostic/"


def figures_of(small: Small, url: str) -> dict[tuple[str, str], dict[str, str]]:
    """The CSV file of a diagnosis: (section, id) -> line."""
    asset = small.assets[f"{url}diagnostic.csv"]
    assert isinstance(asset, Asset)
    rows = csv.DictReader(io.StringIO(asset.content().decode(), newline=""))
    found = {(row["section"], row["id"]): row for row in rows}
    for row in found.values():  # what is listed once is read as often as it is counted
        if row["same_records"]:
            section, _, id_ = row["same_records"].partition("/")
            assert row["records"] == "" and found[section, id_]["records"].count(" ") > 0
            row["records"] = found[section, id_]["records"]
    return found


def half_up(value: Fraction, digits: int) -> str:
    scaled = math.floor(value * 10**digits + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole}.{rest:0{digits}}"


def vocabulary(name: str) -> dict[str, str]:
    """Id -> label of a list of data/vocabulary/."""
    text = (SAMPLE / "data" / "vocabulary" / f"{name}.yml").read_text("utf-8")
    return {term["id"]: term["label"] for term in yaml.load(text, Loader=yaml.BaseLoader)}


def populations(table: str, key: str) -> dict[str, int]:
    """Code -> inhabitants, of a table of data/reference/."""
    with (SAMPLE / "data" / "reference" / table).open(encoding="utf-8") as file:
        return {row[key]: int(row["population"]) for row in csv.DictReader(file)}


def _communes() -> csv.DictReader[str]:
    raw = gzip.decompress((SAMPLE / "data" / "reference" / "communes.csv.gz").read_bytes())
    return csv.DictReader(io.StringIO(raw.decode(), newline=""))


def all_people() -> dict[str, int]:
    """INSEE code of every commune -> inhabitants."""
    return {row["insee"]: int(row["population"] or 0) for row in _communes()}


def all_communes(column: str) -> dict[str, list[str]]:
    """Code of an area, in a column of the table of communes -> the codes of its communes."""
    found: dict[str, list[str]] = {}
    for row in _communes():
        found.setdefault(row[column], []).append(row["insee"])
    return found


def imported(id_: str) -> dict[str, list[int]]:
    """Code -> the numbers of its row in data/indicators/<id>.csv."""
    with (SAMPLE / "data" / "indicators" / f"{id_}.csv").open(encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    return {code: [int(number) for number in numbers] for code, *numbers in rows}


def dates_of(root: Path, paths: list[Path]) -> dict[Path, str]:
    """The day of the last commit of each file in ``root``, asked of Git one by one."""
    return {
        path: subprocess.run(
            ["git", "log", "-1", "--format=%cs", "--", path.relative_to(SAMPLE)],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            check=False,
        ).stdout.strip()
        for path in paths
    }


@cache
def all_territories() -> dict[str, dict[str, Any]]:
    found = {}
    for path in (SAMPLE / "data" / "territories").glob("*/*.yml"):
        record = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        found[record["code"]] = {**record, "path": path}
    return found


@cache
def all_actions() -> list[dict[str, Any]]:
    found = []
    for path in (SAMPLE / "data" / "actions").glob("*/*/*.md"):
        front = path.read_text("utf-8").split("---\n")[1]
        record = yaml.load(front, Loader=yaml.BaseLoader)
        found.append({**record, "id": f"{record['territory']}/{path.stem}", "path": path})
    return found


def newest_edition() -> tuple[str, int, int | None]:
    """(year, labels known in the whole of France, published total) of the newest edition."""
    labels = [label for data in all_territories().values() for label in data.get("labels", ())]
    newest = max(label["edition"] for label in labels)
    text = (SAMPLE / "data" / "editions" / f"{newest}.yml").read_text("utf-8")
    counts = yaml.load(text, Loader=yaml.BaseLoader).get("counts", ())
    total = next((int(c["value"]) for c in counts if c.get("total") == "true"), None)
    return newest, sum(label["edition"] == newest for label in labels), total


@dataclass(frozen=True)
class Recount:
    """The records of some communes and of other territories, read with PyYAML alone."""

    communes: dict[str, int]  # INSEE code -> inhabitants
    others: tuple[str, ...]  # codes of the other territories of the area

    @cached_property
    def territories(self) -> dict[str, dict[str, Any]]:
        return {c: d for c, d in all_territories().items() if self._is_inside(c)}

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        return [action for action in all_actions() if self._is_inside(action["territory"])]

    def _is_inside(self, code: str) -> bool:
        return code in self.communes or code in self.others

    @property
    def population(self) -> int:
        return sum(self.communes.values())

    def labelled(self, edition: str = "") -> set[str]:
        """Codes of the communes with a known label, of one edition or of any."""
        return {
            code
            for code, data in self.territories.items()
            if code in self.communes
            and any(not edition or label["edition"] == edition for label in data.get("labels", ()))
        }

    def acting(self) -> set[str]:
        """Codes of the communes that carry an action."""
        return {a["territory"] for a in self.actions} & set(self.communes)

    def recorded(self) -> set[str]:
        """Codes of the communes with a file or an action."""
        return self.acting() | (set(self.territories) & set(self.communes))

    def changed_in_a_year(self, root: Path) -> tuple[int, str]:
        """Records changed less than 365 days before the newest date of all, and that limit."""
        records = [*self.territories.values(), *self.actions]
        dates = dates_of(root, [record["path"] for record in records])
        verified = [action.get("verified", "") for action in self.actions]
        newest = max([*dates.values(), *verified])
        if not newest:
            return 0, ""
        limit = (date.fromisoformat(newest) - timedelta(days=365)).isoformat()
        return sum(day > limit for day in dates.values()), limit

    def people(self, codes: set[str]) -> int:
        return sum(self.communes[code] for code in codes)


@cache
def _rows() -> list[dict[str, str]]:
    raw = gzip.decompress((SAMPLE / "data" / "reference" / "communes.csv.gz").read_bytes())
    return list(csv.DictReader(raw.decode("utf-8").splitlines()))


def of_epci(siren: str) -> Recount:
    rows = [row for row in _rows() if row["epci_siren"] == siren]
    return Recount({row["insee"]: int(row["population"] or 0) for row in rows}, (siren,))


def of_departement(code: str) -> Recount:
    """Its communes; its EPCI and other territories are those filed in its folder."""
    rows = [row for row in _rows() if row["dep"] == code]
    folder = Path(SAMPLE / "data" / "territories" / code)
    actions = Path(SAMPLE / "data" / "actions" / code)
    stems = {p.stem for p in folder.glob("*.yml")} | {p.name for p in actions.glob("*")}
    others = {s if s.startswith("x-") else s.split("-")[0] for s in stems}
    communes = {row["insee"]: int(row["population"] or 0) for row in rows}
    return Recount(communes, (*sorted(others - set(communes)), f"dep-{code}"))
