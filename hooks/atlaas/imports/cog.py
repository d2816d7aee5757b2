"""The tables of data/reference/ rebuilt from npm's @etalab/decoupage-administratif, each spring.

Rebuilt: names, codes, EPCI, EPT, populations, postcodes, former codes. Kept from the present
tables, since that package has none: points, contours, sites of town halls. A commune or EPCI that
is new takes the point of the commune it comes from, or the middle of its members.
"""

import csv
import gzip
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from atlaas.imports.cog_history import (
    FILE,
    HISTORY,
    NamesOverTime,
    earlier_names,
    read_history,
    with_history,
)
from atlaas.work.packing import gzipped

JsonObject = dict[str, Any]
TableRow = dict[str, str]
PACKAGE = "@etalab/decoupage-administratif"
NEEDED = ("communes", "epci", "ept", "departements", "regions")
NATURES = {"METRO": "ME", "MET69": "ME"}
PRECISION = {"MET69": "métropole de Lyon (statut particulier)"}
_DAUGHTERS = {
    "commune-deleguee": ("COMD", "commune déléguée"),
    "commune-associee": ("COMA", "commune associée"),
    "arrondissement-municipal": ("ARM", "arrondissement municipal"),
}


class PackageError(Exception):
    """The folder is not the package's; the message says why, in French."""


def read_package(folder: Path) -> dict[str, list[JsonObject]]:
    """The package's tables: file name -> its rows."""
    data = folder / "package" if (folder / "package" / "data").is_dir() else folder
    tables: dict[str, list[JsonObject]] = {}
    for name in NEEDED:
        path = data / "data" / f"{name}.json"
        if not path.is_file():
            raise PackageError(f"{path} manque : donnez le dossier du paquet {PACKAGE} décompressé")
        tables[name] = json.loads(path.read_text(encoding="utf-8"))
    return tables


def read_states(folder: Path) -> NamesOverTime:
    """What became of communes, from the package that says it."""
    data = folder / "package" if (folder / "package" / "data").is_dir() else folder
    if not (data / "data" / FILE).is_file():
        raise PackageError(f"{data / 'data' / FILE} manque : donnez le paquet {PACKAGE} {HISTORY}")
    return read_history(data)


def read_rows(path: Path) -> list[TableRow]:
    """The rows of a table of data/reference/."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def rebuild(
    folder: Path, package: Mapping[str, list[JsonObject]], history: NamesOverTime | None = None
) -> dict[str, list[TableRow]]:
    """Table name -> its new rows; ``folder`` is the present data/reference/."""
    old = {name: read_rows(folder / name) for name in TABLES}
    current = [c for c in package["communes"] if c["type"] == "commune-actuelle"]
    if len(current) < 0.9 * len(old["communes.csv.gz"]):
        raise PackageError(
            f"la liste des communes du paquet est incomplète : {len(current)}, "
            f"et {len(old['communes.csv.gz'])} dans data/reference/"
        )
    epci_of = _members(package["epci"])
    ept_of = _members(package["ept"])
    communes = _communes(current, old["communes.csv.gz"], epci_of, ept_of, package["communes"])
    epci = _epci(package["epci"], communes, old["epci.csv"])
    names = {row["insee"]: row["nom"] for row in old["communes.csv.gz"]}
    before = old["mouvements.csv"]
    moves = with_history(_moves(package["communes"]), before, names, history or {})
    both = {row["insee"]: (names.get(row["insee"], ""), row["nom"]) for row in communes}
    daughters = _daughters(package["communes"], old["communes_filles.csv"])
    moves += earlier_names(moves, daughters, before, both, history or {})
    moves.sort(key=lambda row: (row["ancien_code"], row["nouveau_code"], row["date_effet"]))
    return {
        "communes.csv.gz": communes,
        "communes_filles.csv": daughters,
        "mouvements.csv": moves,
        "epci.csv": epci,
        "ept.csv": _ept(package["ept"]),
        "departements.csv": _areas(
            package["departements"], communes, old["departements.csv"], "dep", ("reg", "region")
        ),
        "regions.csv": _areas(package["regions"], communes, old["regions.csv"], "reg", None),
        "articles.csv": _articles(package),
    }


COLUMNS = {
    "communes.csv.gz": "insee nom dep reg zone epci_siren ept_siren siren population lat lon "
    "origine_point codes_postaux",
    "communes_filles.csv": "insee type nom commune_insee dep reg population lat lon codes_postaux",
    "mouvements.csv": "ancien_code ancien_nom nouveau_code nouveau_nom statut nature date_effet "
    "ambigu",
    "epci.csv": "siren nom nature precision dep_principal deps nb_communes population lat lon "
    "financement",
    "ept.csv": "siren nom nb_communes communes",
    "departements.csv": "code nom reg zone chef_lieu nb_communes population lat lon",
    "regions.csv": "code nom zone chef_lieu nb_communes population lat lon",
    "articles.csv": "code tncc",
}
TABLES = {name: tuple(columns.split()) for name, columns in COLUMNS.items()}


def as_bytes(name: str, rows: Iterable[TableRow]) -> bytes:
    """A table as its file holds it: CSV, gzipped without a date where its name says so."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, TABLES[name], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    raw = out.getvalue().encode()
    return gzipped([raw]) if name.endswith(".gz") else raw


def _row(table: str, *cells: str) -> TableRow:
    """A row from its cells, in the order of the columns."""
    return dict(zip(TABLES[table], cells, strict=True))


def _point(place: TableRow | None) -> tuple[str, str]:
    return (place["lat"], place["lon"]) if place else ("", "")


def _people(one: JsonObject) -> str:
    return str(one.get("population", ""))


def _postcodes(one: JsonObject) -> str:
    return " ".join(one.get("codesPostaux", ()))


def _members(groups: Sequence[JsonObject]) -> dict[str, str]:
    return {member["code"]: group["code"] for group in groups for member in group["membres"]}


def _by(rows: Iterable[TableRow], key: str) -> dict[str, TableRow]:
    return {row[key]: row for row in rows}


def _communes(
    current: Sequence[JsonObject],
    old: Sequence[TableRow],
    epci_of: Mapping[str, str],
    ept_of: Mapping[str, str],
    everything: Sequence[JsonObject],
) -> list[TableRow]:
    points = _by(old, "insee")
    before: dict[str, list[str]] = defaultdict(list)
    for one in everything:
        before[one["code"]].extend(one.get("anciensCodes", ()))
    rows = []
    for one in sorted(current, key=lambda c: str(c["code"])):
        code = one["code"]
        place = points.get(code)
        origin = place["origine_point"] if place else ""
        if place is None:
            place = next((points[c] for c in before[code] if c in points), None)
            origin = "ancienne commune" if place else ""
        rows.append(
            _row(
                "communes.csv.gz",
                code,
                one["nom"],
                one["departement"],
                one["region"],
                one["zone"],
                epci_of.get(code, ""),
                ept_of.get(code, ""),
                one.get("siren", ""),
                _people(one),
                *_point(place),
                origin,
                _postcodes(one),
            )
        )
    return rows


def _daughters(everything: Sequence[JsonObject], old: Sequence[TableRow]) -> list[TableRow]:
    points = {(row["insee"], row["type"]): row for row in old}
    rows = []
    for one in everything:
        if one["type"] not in _DAUGHTERS:
            continue
        kind = _DAUGHTERS[one["type"]][0]
        place = points.get((one["code"], kind))
        rows.append(
            _row(
                "communes_filles.csv",
                one["code"],
                kind,
                one["nom"],
                one.get("commune") or one.get("chefLieu", ""),
                one["departement"],
                one["region"],
                _people(one),
                *_point(place),
                _postcodes(one),
            )
        )
    return sorted(rows, key=lambda row: (row["type"], row["insee"]))


def _moves(everything: Sequence[JsonObject]) -> list[TableRow]:
    """Former code -> current code, from ``anciensCodes`` and from the daughters."""
    names = {c["code"]: c["nom"] for c in everything if c["type"] == "commune-actuelle"}
    daughters = {}
    for one in everything:
        if one["type"] in _DAUGHTERS:
            parent = one.get("commune") or one.get("chefLieu", "")
            daughters[one["code"], parent] = (one["nom"], _DAUGHTERS[one["type"]][1])
    parents = {code: parent for code, parent in daughters if code != parent}
    pairs = {
        (old, one["code"])
        for one in everything
        if one["type"] == "commune-actuelle"
        for old in one.get("anciensCodes", ())
        if parents.get(old, one["code"]) == one["code"]  # a daughter leads to its parent alone
    }
    pairs |= {(code, parent) for code, parent in daughters if code != parent}
    rows = []
    for old, new in sorted(pairs):
        name, status = daughters.get((old, new), ("", "code disparu"))
        rows.append(_row("mouvements.csv", old, name, new, names.get(new, ""), status, "", "", ""))
    return rows


def _middle(members: Iterable[TableRow]) -> tuple[str, str]:
    points = [(float(m["lat"]), float(m["lon"])) for m in members if m["lat"]]
    if not points:
        return "", ""
    return (
        f"{sum(p[0] for p in points) / len(points):.4f}",
        f"{sum(p[1] for p in points) / len(points):.4f}",
    )


def _epci(
    groups: Sequence[JsonObject], communes: Sequence[TableRow], old: Sequence[TableRow]
) -> list[TableRow]:
    points = _by(old, "siren")
    members: dict[str, list[TableRow]] = defaultdict(list)
    for commune in communes:
        members[commune["epci_siren"]].append(commune)
    rows = []
    for one in sorted(groups, key=lambda g: str(g["code"])):
        mine = members[one["code"]]
        known = points.get(one["code"])
        lat, lon = (known["lat"], known["lon"]) if known else _middle(mine)
        people: Counter[str] = Counter()
        for commune in mine:
            people[commune["dep"]] += int(commune["population"] or 0)
        deps = sorted({commune["dep"] for commune in mine})
        main = known["dep_principal"] if known and known["dep_principal"] in deps else ""
        rows.append(
            _row(
                "epci.csv",
                one["code"],
                one["nom"],
                NATURES.get(one["type"], str(one["type"])),
                PRECISION.get(one["type"], ""),
                main or max(deps, key=people.__getitem__, default=""),
                " ".join(deps),
                str(len(mine)),
                str(sum(people.values())),
                lat,
                lon,
                one.get("modeFinancement", ""),
            )
        )
    return rows


def _ept(groups: Sequence[JsonObject]) -> list[TableRow]:
    rows = []
    for one in sorted(groups, key=lambda g: str(g["code"])):
        codes = sorted(member["code"] for member in one["membres"])
        rows.append(_row("ept.csv", one["code"], one["nom"], str(len(codes)), " ".join(codes)))
    return rows


def _areas(
    areas: Sequence[JsonObject],
    communes: Sequence[TableRow],
    old: Sequence[TableRow],
    key: str,
    above: tuple[str, str] | None,
) -> list[TableRow]:
    points = _by(old, "code")
    members: dict[str, list[TableRow]] = defaultdict(list)
    for commune in communes:
        members[commune[key]].append(commune)
    rows = []
    for one in sorted(areas, key=lambda a: str(a["code"])):
        mine, known = members[one["code"]], points.get(one["code"])
        if known is None and not mine:
            continue
        lat, lon = (known["lat"], known["lon"]) if known else _middle(mine)
        row = {
            "code": one["code"],
            "nom": one["nom"],
            "zone": one["zone"],
            "chef_lieu": one.get("chefLieu", ""),
            "nb_communes": str(len(mine)),
            "population": str(sum(int(c["population"] or 0) for c in mine)),
            "lat": lat,
            "lon": lon,
        }
        if above:
            row[above[0]] = one[above[1]]
        rows.append(row)
    return rows


def _articles(package: Mapping[str, list[JsonObject]]) -> list[TableRow]:
    """INSEE's « type de nom en clair » of each name that does not tell its article or its elision:
    départements, régions, and communes that begin with an h, mute or not."""
    found = {
        f"{prefix}{one['code']}": str(one["typeLiaison"])
        for name, prefix in (("departements", "dep-"), ("regions", "reg-"), ("communes", ""))
        for one in package[name]
        if "typeLiaison" in one
        and (prefix or (one["type"] == "commune-actuelle" and one["nom"][0] == "H"))
    }
    return [_row("articles.csv", code, tncc) for code, tncc in sorted(found.items())]


def differences(
    name: str, old: Sequence[TableRow], new: Sequence[TableRow]
) -> tuple[int, int, int]:
    """How many rows of a table are new, gone and changed."""
    keys = {
        "communes_filles.csv": ("insee", "type"),
        "mouvements.csv": TABLES["mouvements.csv"][:3],
    }
    key = keys.get(name, TABLES[name][:1])
    was, now = ({tuple(row[k] for k in key): row for row in rows} for rows in (old, new))
    changed = sum(was[k] != now[k] for k in was.keys() & now.keys())
    return len(now.keys() - was.keys()), len(was.keys() - now.keys()), changed
