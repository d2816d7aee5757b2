"""Small outline maps: projection, simplification, shortness, and what happens at the edges."""

import json
from pathlib import Path

import pytest

from atlaas.project import Project
from atlaas.render.drawing import Projection, bounds, dots, path, simplify
from atlaas.render.outline import Outlines
from support import SAMPLE

# Four degrees by two around 60° N, where a degree of longitude is half as wide (cos 60° = 0.5):
# a square on the ground.
SQUARE = [(0.0, 61.0), (4.0, 61.0), (4.0, 59.0), (0.0, 59.0), (0.0, 61.0)]
ISLET = [(3.9, 59.1), (3.902, 59.1), (3.902, 59.098), (3.9, 59.1)]


def feature(code: str, *rings: list[tuple[float, float]], zone: str = "metro") -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"code": code, "nom": f"Nom {code}", "zone": zone},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
    }


@pytest.fixture
def outlines(tmp_path: Path) -> Outlines:
    features = [feature("59", SQUARE, ISLET), feature("2A", ISLET)]
    project = Project(tmp_path)
    project.reference.mkdir(parents=True)
    for name, drawn in (("departements", features), ("regions", [feature("32", SQUARE)])):
        (project.reference / f"{name}.geojson").write_text(json.dumps({"features": drawn}))
    return Outlines(project)  # and no epci.geojson: it is read only when an EPCI is asked for


@pytest.fixture(scope="module")
def france() -> Outlines:
    return Outlines(Project(SAMPLE))


def test_a_frame_shrinks_longitudes_by_the_cosine_of_the_middle_latitude() -> None:
    frame = Projection.of(bounds([SQUARE]), 200)
    assert (frame.width, frame.height) == (200, 200)
    assert frame.project(1.0, 60.5) == pytest.approx((50, 50))


def test_a_square_takes_one_move_and_three_lines() -> None:
    frame = Projection.of(bounds([SQUARE]), 200)
    assert path([SQUARE], frame) == "M0 0l200 0 0 200-200 0z"


def test_a_speck_is_left_out_beside_something_larger() -> None:
    frame = Projection.of(bounds([SQUARE]), 200)
    assert path([SQUARE, ISLET], frame) == path([SQUARE], frame)


def test_an_archipelago_keeps_its_specks_as_dots() -> None:
    frame = Projection.of(bounds([SQUARE]), 200)
    # 3.9° and 59.1° lie at (3.9 x 50, (61 - 59.1) x 100).
    assert path([ISLET], frame) == "M195 190h0"


@pytest.mark.parametrize(("tolerance", "kept"), [(1, 2), (0.4, 3)])
def test_a_point_within_the_tolerance_of_its_line_goes(tolerance: float, kept: int) -> None:
    assert len(simplify([(0, 0), (5, 0.5), (10, 0)], tolerance)) == kept


def test_dots_are_sorted_and_told_apart() -> None:
    assert dots([(10, 1), (2, 4), (3.2, 1), (3, 1)]) == "M3 1h0m7 0h0m-8 3h0"
    assert dots([]) == ""


def test_the_svg_of_a_departement_with_a_point(outlines: Outlines) -> None:
    assert outlines.svg("dep-59", "Lille & <b>", [(60.5, 1.0)]) == (
        '<svg class="outline-map" viewBox="0 0 216 216" fill="none" stroke="currentColor" '
        'stroke-linejoin="round" stroke-linecap="round" role="img">'
        "<title>Lille &amp; &lt;b&gt;</title>"
        '<path class="outline-area" d="M8 8l200 0 0 200-200 0z" fill="currentColor" '
        'fill-opacity=".14"/>'
        '<path class="outline-point" d="M58 58h0" stroke-width="11"/></svg>'
    )


def test_a_picture_without_a_title_is_an_ornament(outlines: Outlines) -> None:
    svg = outlines.svg("reg-32", "")
    assert 'aria-hidden="true"' in svg
    assert "<title>" not in svg and "role=" not in svg


def test_a_point_outside_the_picture_is_not_drawn(outlines: Outlines) -> None:
    assert "outline-point" not in outlines.svg("dep-59", "x", [(45.0, -71.0)])


@pytest.mark.parametrize("area", ["dep-00", "reg-99", "x-sherbrooke", "", "59378", "dep-"])
def test_what_is_not_known_is_empty(outlines: Outlines, area: str) -> None:
    assert outlines.svg(area, "x") == ""


def test_an_epci_stands_inside_its_departement(france: Outlines) -> None:
    alone = france.svg("200093201", "Métropole européenne de Lille")
    inside = france.svg("200093201", "Métropole européenne de Lille", context="dep-59")
    assert "outline-context" in inside and "outline-context" not in alone
    frame = inside.split('viewBox="')[1].split('"')[0]
    assert f'viewBox="{frame}"' in france.svg("dep-59", "Nord")


def test_small_maps_are_small(france: Outlines) -> None:
    sizes = [len(france.svg(f"dep-{c}", "Carte", [(48.0, 2.0)])) for c in france.departements]
    assert max(sizes) <= 1500
    assert sum(sizes) / len(sizes) <= 900
    assert max(len(france.svg(code, "Carte")) for code in france.epci) <= 1500


def test_the_picture_of_france(france: Outlines) -> None:
    grid = [(42.5 + i * 0.125, -1.0 + j * 0.1) for i in range(45) for j in range(45)]
    svg = france.france_svg(grid, "Carte des territoires labellisés")
    assert len(svg) <= 25_000
    for name in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"):
        assert f">{name}</text>" in svg
    assert "Nouvelle-Calédonie" not in svg
    noumea = (-22.27, 166.44)
    assert ">Nouvelle-Calédonie</text>" in france.france_svg([noumea], "Carte")


def test_the_same_picture_twice_and_no_inline_style(france: Outlines) -> None:
    points = [(50.63, 3.06), (16.24, -61.53)]
    first = france.france_svg(points, "Carte") + france.svg("dep-29", "Finistère", points)
    other = Outlines(Project(SAMPLE))
    second = other.france_svg(points, "Carte") + other.svg("dep-29", "Finistère", points)
    assert first == second
    assert "style" not in first and "<script" not in first
