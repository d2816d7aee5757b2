"""The map of labelled territories: folium's frame, the data that it fetches, the page's list."""

import json
import re
from pathlib import Path

import pytest

from atlaas.directory import Directory, Records, link
from atlaas.geography.reference import Reference
from atlaas.model import Action, Label, Source, Term, Territory
from atlaas.pages import map as page
from atlaas.pages.page import Asset, Page, Site
from atlaas.project import Project
from atlaas.render import map as carte
from atlaas.render.body import make_environment
from atlaas.render.outline import Area, Outlines
from support import PROJECT, SAMPLE

HOSTILE = "</script><script>alert(1)</script>${alert(2)}"
SOURCE = [Source(url="https://exemple.fr/")]


def label(edition: int, level: int | None, *mentions: str) -> Label:
    return Label(edition=edition, level=level, mentions=list(mentions), sources=SOURCE)


@pytest.fixture(scope="module")
def directory() -> Directory:
    """Marcq (two labels, an action), a hostile foreign town, Aix (no label)."""
    from atlaas.model import Edition

    terms = {
        "themes": {"lien": Term(id="lien", label="Lien"), "école": Term(id="ecole", label="É")},
        "mentions": {"arobase-verte": Term(id="arobase-verte", label="Arobase verte")},
        "kinds": {
            "commune": Term(id="commune", label="Commune"),
            "commune-etrangere": Term(id="commune-etrangere", label="Commune étrangère"),
        },
    }
    records = Records(
        territories=[
            (
                "m.yml",
                Territory(code="59378", labels=[label(2021, 5, "arobase-verte"), label(2018, 4)]),
            ),
            (
                "x.yml",
                Territory(
                    code="x-ville",
                    name=HOSTILE,
                    kind="commune-etrangere",
                    country="Canada",
                    labels=[label(2018, None)],
                ),
            ),
            ("a.yml", Territory(code="73008")),
        ],
        actions=[
            (
                "a/appli.md",
                Action(title="La bonne appli", territory="59378", themes=["lien"], sources=SOURCE),
                "",
            )
        ],
        editions=[(f"{year}.yml", Edition(edition=year, sources=SOURCE)) for year in (2018, 2021)],
        vocabularies=terms,
    )
    return link(Reference(Project(SAMPLE)), records, {})


@pytest.fixture(scope="module")
def frame() -> carte.MapFrame:
    return carte.build_frame()


def test_the_frame_is_always_the_same(frame: carte.MapFrame) -> None:
    assert carte.build_frame() == frame
    assert not re.search(r"[0-9a-f]{16}", frame.html + frame.script)


def test_the_frame_asks_no_host_and_holds_no_inline_code(frame: carte.MapFrame) -> None:
    assert "//" not in frame.html + frame.script
    assert frame.html == '<div class="folium-map" id="map_1" ></div>'


def test_the_frame_sets_the_zooms_without_which_clusters_stay_empty(frame: carte.MapFrame) -> None:
    assert '"maxZoom": 11' in frame.script and '"minZoom": 3' in frame.script
    assert frame.script.strip().endswith("atlaasMap.start(map_1, marker_cluster_2);")


def test_the_frame_is_kept_and_a_spoilt_copy_made_anew(
    tmp_path: Path, frame: carte.MapFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert carte.frame(tmp_path) == frame
    (kept,) = tmp_path.rglob("map-frame/*")
    kept.write_text("{")
    assert carte.frame(tmp_path) == frame

    def never() -> carte.MapFrame:
        raise AssertionError("folium was asked again")

    monkeypatch.setattr(carte, "build_frame", never)
    assert carte.frame(tmp_path) == frame


def test_rows_of_territories(directory: Directory) -> None:
    data = json.loads(carte.territories_json(directory, directory.labelled))
    place = directory.reference.places["59378"]
    rows = {row[0]: dict(zip(data["fields"], row, strict=True)) for row in data["territories"]}
    assert rows["59378"] == {
        "code": "59378",
        "name": "Marcq-en-Barœul",
        "url": "territoires/59378-marcq-en-baroeul/",
        "lat": place.lat,
        "lon": place.lon,
        "kind": [k for k, _ in data["kinds"]].index("commune"),
        "member": 0,
        "labels": [[2021, 5, [0]], [2018, 4, []]],  # newest first
        "themes": [0],
        "actions": 1,
    }
    assert rows["x-ville"]["lat"] is None
    assert set(rows) == {"59378", "x-ville"}


def test_the_data_can_not_break_out_of_a_page(directory: Directory) -> None:
    data = carte.territories_json(directory, directory.labelled)
    assert b"<" not in data and b"&" not in data
    assert HOSTILE in {row[1] for row in json.loads(data)["territories"]}


def test_outlines_travel_as_steps() -> None:
    ring = [(3.0, 50.0), (3.1, 50.0), (3.1, 49.9), (3.0, 50.0)]
    data = json.loads(carte.areas_json({"59": Area("Nord", "metro", [ring])}))
    assert data["scale"] == 1000
    assert data["areas"] == [["59", "Nord", [49.95, 3.05], [[3000, 50000, 100, 0, 0, -100]]]]


def test_the_assets_keep_to_their_budgets(directory: Directory) -> None:
    sizes = {
        made.url: len(made.content())
        for made in page.pages(directory, Site())
        if isinstance(made, Asset)
    }
    assert sizes["carte/regions.json"] <= 60_000
    assert sizes["carte/departements.json"] <= 110_000
    assert sizes["carte/cadre.js"] <= 1_000
    assert (PROJECT / "overrides/assets/js/carte.js").stat().st_size <= 14_500


@pytest.fixture(scope="module")
def body(directory: Directory) -> str:
    (made,) = (p for p in page.pages(directory, Site()) if isinstance(p, Page))
    environment = make_environment(PROJECT / "overrides")
    environment.globals["outline_map"] = Outlines(Project(SAMPLE)).svg
    template = environment.get_template(f"pages/{made.template}.html")
    return template.render({**made.values(), "root": "../"})


def test_without_script_the_list_is_whole(body: str) -> None:
    assert re.findall(r'data-code="([^"]+)"', body) == ["x-ville", "59378"]
    assert '<a href="../territoires/59378-marcq-en-baroeul/">Marcq-en-Barœul</a>' in body
    assert "5 arobases sur 5, dont une verte, 2021" in body
    assert "2 territoires</p>" in body
    assert "La carte a besoin de JavaScript" in body
    assert "&lt;/script&gt;" in body


def test_the_page_has_no_inline_code(body: str) -> None:
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|https?:", body)


def test_filters_offer_what_is_there(body: str) -> None:
    assert re.findall(r"<option>(\d+)</option>", body) == ["2021", "2018"]
    assert '<option value="lien">Lien</option>' in body and "ecole" not in body
    views = re.findall(r'data-bounds="[^"]+">(?:<svg.*?</svg>)?([^<]+)</button>', body)
    assert views == ["Métropole", "Guadeloupe", "Guyane", "La Réunion", "Martinique", "Mayotte"]


def test_the_script_writes_texts_only_and_asks_no_host() -> None:
    script = (PROJECT / "overrides" / "assets" / "js" / "carte.js").read_text("utf-8")
    for danger in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert danger not in script
    assert not re.search(r"https?:", script)
