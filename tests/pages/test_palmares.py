"""Movements between editions, panels, charts, comparison files and the offline copy."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from atlaas.cli import main
from atlaas.diagnosis.commune_counts import count_towns, town_class
from atlaas.directory import LinkedTerritory
from atlaas.geography.reference import Reference
from atlaas.pages import label, palmares, panel, statistics
from atlaas.pages.charts import Chart
from atlaas.pages.compare import file_count, file_of
from atlaas.pages.page import Site
from atlaas.publish import compare_data, offline, panels
from atlaas.render import image
from support import PROJECT, SITE_URL, Html, Small, plain, tiny_tree

LABEL = "  - edition: {}\n    level: {}\n    sources:\n      - url: https://exemple.org/x\n"


def territory(code: str, *labels: tuple[int, int | str]) -> str:
    lines = "".join(LABEL.format(*label) for label in labels)
    return f'code: "{code}"\nlabels:\n{lines}'.replace("    level: inconnu\n", "")


# Next to Roubaix, of the tiny project, two more have five @ in 2018.
FIVE = {
    "data/territories/73/73008-aix-les-bains.yml": territory("73008", (2018, 5)),
    "data/territories/59/59378-marcq-en-baroeul.yml": territory("59378", (2018, 5)),
}


def test_only_levels_known_in_both_editions_are_compared(tmp_path: Path) -> None:
    files = {
        "73/73008-aix-les-bains": territory("73008", (2015, 3), (2018, 5)),
        "59/59378-marcq-en-baroeul": territory("59378", (2018, 4)),
        "59/59350-lille": territory("59350", (2015, "inconnu"), (2018, 2)),
        "73/73065-chambery": territory("73065", (2015, 4), (2018, 3)),
    }
    changes = {f"data/territories/{path}.yml": text for path, text in files.items()}
    small = Small(tiny_tree(tmp_path, changes))
    editions = small.directory.editions
    found = palmares.moves(editions[2018], editions[2015])
    assert found is not None
    assert [(m.territory.code, m.before, m.now) for m in found.rises] == [("73008", 3, 5)]
    assert [(m.territory.code, m.before, m.now) for m in found.falls] == [("73065", 4, 3)]
    assert found.same == 0
    assert [t.code for t in found.first] == ["59378", "59512"]  # Roubaix is of the tiny project
    assert palmares.moves(editions[2015], None) is None


@pytest.mark.parametrize("first", ["59058", "73034"])
def test_towns_of_one_name_are_always_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """Two are named Beaufort: by code, wherever they lie in memory, which orders sets."""
    monkeypatch.setattr(LinkedTerritory, "__hash__", lambda t: 0 if t.code == first else 1)
    codes = ["59058", "73034"]
    changes = {
        f"data/territories/{code[:2]}/{code}-beaufort.yml": territory(code, (2016, 5), (2017, 5))
        for code in codes
    }
    changes["data/territories/73/73008-aix-les-bains.yml"] = territory("73008", (2015, 3))
    editions = Small(tiny_tree(tmp_path, changes)).directory.editions
    found = palmares.moves(editions[2016], editions[2015])
    assert found is not None
    assert [t.code for t in found.first] == codes


def test_a_long_list_of_five_leads_to_the_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three have five @ in 2018, with Roubaix; one may be named, the others are a link away."""
    monkeypatch.setattr(palmares, "NAMED", 1)
    html = plain(Small(tiny_tree(tmp_path, FIVE)).html(palmares.FULL))
    assert "3 connus" in html and "2 autres territoires de l'édition 2018" in html
    assert 'href="../../label/2018/#niveau-5"' in html
    assert sum(html.count(name) for name in ("Aix-les-Bains", "Marcq-en-Barœul", "Roubaix")) == 1


def test_a_long_palmares_goes_on_another_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three have five @ in 2018: Aix-les-Bains, then of Hauts-de-France Marcq and Roubaix."""
    monkeypatch.setattr(label, "PER_ROLL", 2)
    lille = {"data/territories/59/59350-lille.yml": territory("59350", (2018, 2))}
    rolls: list[int] = []
    real = label._roll
    monkeypatch.setattr(label, "_roll", lambda d, e: (rolls.append(e.year), real(d, e))[1])
    small = Small(tiny_tree(tmp_path, FIVE | lille))
    first, second = small.html("label/2018/"), small.html("label/2018/page/2/")
    names = ("Aix-les-Bains", "Marcq-en-Barœul", "Roubaix", "Lille")
    lists = [html[html.index('id="niveau-') :].partition("pager")[0] for html in (first, second)]
    assert [[name in part for name in names] for part in lists] == [
        [True, True, False, False],
        [False, False, True, True],
    ]
    assert "3 labels</h2>" in lists[0]
    assert "3 labels <small>suite</small></h2>" in lists[1] and "1 label</h2>" in lists[1]
    assert 'href="../../label/2018/page/2/"' in first
    assert 'href="../../../../label/2018/"' in second
    assert 'id="repartition"' in first and 'id="repartition"' not in second
    assert "label/2018/page/3/" not in small.pages
    assert rolls == [2018]  # put in order once for all pages


def test_lists_beside_a_palmares_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(palmares, "NAMED", 1)
    mention = "    mentions: [numerique-educatif]\n"
    files = {
        f"data/territories/{path}.yml": territory(path[3:8], (2018, 3)) + mention
        for path in ("59/59378-marcq-en-baroeul", "59/59350-lille", "73/73065-chambery")
    }
    small = Small(tiny_tree(tmp_path, files))
    words = " ".join(small.text("label/2018/").split())
    assert "Numérique éducatif : Chambéry, et 2 autres Sources" in words
    assert "Premier label connu Aucun label plus ancien n'est connu ici" in words
    assert "Chambéry Et 3 autres." in words  # Lille, Marcq-en-Barœul and Roubaix


def test_a_panel_is_shared_and_a_badge_leads_to_its_page(tiny: Small) -> None:
    aix = tiny.directory.territories["73008"]
    found = panel.of(aix, Site(SITE_URL))
    assert found is not None
    assert f'href="{SITE_URL}territoires/73008-aix-les-bains/"' in found.badge
    assert f'src="{SITE_URL}integrer/73008/badge.svg"' in found.badge
    assert panel.of(aix, Site("")).badge == ""
    assert panel.of(tiny.directory.territories["59350"], Site(SITE_URL)) is None


def test_panels_are_well_formed_and_the_same_twice(tiny: Small) -> None:
    made = {a.url: a.content() for a in panels.assets(tiny.directory, tiny.site)}
    [kept] = (tiny.directory.project.cache / "panels").iterdir()
    kept.unlink()
    again = {a.url: a.content() for a in panels.assets(tiny.directory, tiny.site)}
    assert made == again
    wanted = panels.panels(tiny.directory)
    assert len(made) == 4 * len(wanted)
    for url, content in made.items():
        if url.endswith(".svg"):
            root = ET.fromstring(content)
            assert "Villages Internet" in root[0].text
        else:
            with Image.open(io.BytesIO(content)) as picture:
                assert picture.size == (640, 264)


def test_as_many_strong_signs_as_the_level() -> None:
    svg = image.panel_svg(3, 2018, True, image.LIGHT).decode()
    assert svg.count(f'stroke="{image.LIGHT.pale}"') == 2
    assert svg.count(f'stroke="{image.LIGHT.green}"') == 1
    assert "3 arobases sur 5" in svg


def test_every_commune_is_in_one_class(reference: Reference) -> None:
    sizes, regions = count_towns(reference)
    assert sum(sizes.values()) == sum(regions.values()) == 1_535
    assert town_class(1999).id == "moins-de-2000"
    assert town_class(2000).id == "2000-9999"
    assert town_class(500_000).id == "100000-et-plus"


def test_a_chart_and_its_csv_hold_the_same_rows(tiny: Small) -> None:
    assert list(statistics.CHARTS) == list(statistics.QUESTIONS)
    for name, make in statistics.CHARTS.items():
        chart = make(tiny.directory)
        assert chart.id == name
        rows = list(csv.reader(io.StringIO(chart.csv().decode())))
        assert tuple(rows[0]) == chart.columns
        assert len(rows) == len(chart.rows) + 1 == len(chart.table()) + 1
        for bar in chart.bars():
            assert bar.x >= 0 and bar.x + bar.width <= 720
            assert bar.y >= 0 and bar.height > 0


def test_a_list_draws_only_what_is_known_and_names_the_rest() -> None:
    """Two of four rows; the longest name, 43 letters, is whole: no bar begins before its end."""
    long = "Terres australes et antarctiques françaises"
    rows = [(long, 30), ("Bretagne", 15), ("Corse", 0), ("Guyane", None)]
    chart = Chart("x", "Où ?", "Là", "Une note.", ("région", "communes"), rows)
    assert chart.flat_rows() == [(long, 30, None), ("Bretagne", 15, None)]
    assert chart.caption == "Une note. Non connu : Corse, Guyane."
    assert [name for name, _ in chart.table()] == [long, "Bretagne", "Corse", "Guyane"]
    bars, names = chart.bars(), [w for w in chart.words() if w.anchor == "end"]
    assert [w.words for w in names if w.y > 30] == ["Bretagne"]
    assert " ".join(w.words for w in names if w.y < 30) == long
    assert all(w.x < bar.x for w in names for bar in bars)
    assert all(w.x - 8 * len(w.words) >= 0 for w in names)
    assert bars[1].width == pytest.approx(bars[0].width / 2, abs=0.1)


def test_a_picture_says_what_it_shows_and_how_to_cite_it(tiny: Small) -> None:
    content = tiny.assets["statistiques/regions.svg"].content()
    drawing = ET.fromstring(content)
    said = " ".join(" ".join(drawing.itertext()).split())
    assert statistics.QUESTIONS["regions"] in said
    assert f"{SITE_URL}statistiques/regions/" in said and "Licence Ouverte 2.0" in said
    assert "Hauts-de-France" in said
    left, _, width, _ = map(float, drawing.attrib["viewBox"].split())
    for tag in drawing.iter("{http://www.w3.org/2000/svg}text"):
        if tag.get("text-anchor") is None:  # title, note, citation: never cut
            assert 7.2 * len(tag.text or "") <= width + left or float(tag.attrib["font-size"]) < 13


def test_each_chart_has_an_address_of_its_own(tiny: Small) -> None:
    page = Html(tiny.html("statistiques/regions/"))
    assert page.one("h1").text == "Où sont les communes dont un label est connu ?"
    cited = page.section("Pour citer ce graphique")
    assert cited == (
        "Atlaas, « Où sont les communes dont un label est connu ? », "
        f"{SITE_URL}statistiques/regions/, Licence Ouverte 2.0."
    )
    links = {t.attributes["href"] for t in page.all("a")}
    assert {"../regions.csv", "../regions.svg", "../editions/"} <= links
    # Three communes of the Nord and one of Savoie: no share is told of so few.
    rows = [t.text for t in page.all("tr")]
    assert [r for r in rows if r.startswith("Hauts-de-France3") and r.endswith("non connu")]
    # Nobody lives there: no row.
    assert not any("antarctiques" in r or "Clipperton" in r for r in rows)


def test_a_territory_is_in_the_file_that_its_code_tells(tiny: Small) -> None:
    files = {a.url: json.loads(a.content()) for a in compare_data.assets(tiny.directory)}
    count = file_count(len(tiny.directory.territories))
    assert len(files) == count == 16
    aix = files[f"comparer/{file_of('73008', count)}.json"]["73008"]
    assert aix["name"] == "Aix-les-Bains"
    assert aix["departement"] == "Savoie"
    assert aix["actions"] == 1
    assert aix["labels"][0][0] == 2018
    assert [file_count(n) for n in (0, 512, 513, 2000)] == [16, 16, 32, 64]


def test_links_of_the_offline_copy_lead_to_files() -> None:
    page = (
        b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        b'<a href="../../label/2018/#sources">a</a><a href="./">b</a><a href="../..">c</a>'
        b'<a href="https://exemple.org/">d</a><a href="#haut">e</a>'
        b'<a href="../carte/?edition=2018">f</a><script src="../a.js"></script>'
    )
    assert offline.to_files(page) == (
        b'<a href="../../label/2018/index.html#sources">a</a><a href="./index.html">b</a>'
        b'<a href="../../index.html">c</a><a href="https://exemple.org/">d</a>'
        b'<a href="#haut">e</a><a href="../carte/index.html?edition=2018">f</a>'
        b'<script src="../a.js"></script>'
    )


def test_what_is_fetched_stands_there_as_a_script_too() -> None:
    assert offline.twin("finder/ab.json", b'{"a": 1}\n') == (
        b'atlaasGive("finder/ab.json",{"a": 1});\n'
    )
    assert offline.twin("api/v1/index.json", b"{}") is None  # no page asks for it
    module = (
        'import { b as c, d } from "./nearest.js";\n'
        "export { d };\nexport const e = (x) => c(x);\n"
        "export async function f() { return import(x); }\n"
    )
    assert offline.twin("assets/js/names.js", module.encode()) == (
        b'atlaasGive("assets/js/names.js", (async () => {\n'
        b'const { b: c, d } = await globalThis.atlaasImport("./nearest.js");\n'
        b"\nconst e = (x) => c(x);\nasync function f() { return globalThis.atlaasImport(x); }\n\n"
        b"return { e, f, d };\n})());\n"
    )
    assert offline.twin("assets/js/atlaas.js", b"(() => {})();") is None  # no module
    page = b'<script src="../assets/js/atlaas.js"></script>'
    assert offline.to_files(page) == b'<script src="../assets/js/offline.js"></script>' + page


def test_the_zip_is_the_same_twice(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "index.html").write_text('<a href="a/">a</a>')
    (site / "a" / "index.html").write_text('<a href="../">b</a>')
    assert offline.pack(site, tmp_path / "1.zip", b"") == 4
    offline.pack(site, tmp_path / "2.zip", b"")
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert archive.read("atlaas/index.html") == b'<a href="a/index.html">a</a>'


def test_the_command_for_the_zip_needs_a_site(tmp_path: Path) -> None:
    arguments = ["--project", str(tmp_path), "offline", str(tmp_path / "new" / "site.zip")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2 and "lancez d'abord « make site »" in done.output
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>a</p>")
    (tmp_path / "overrides").symlink_to(PROJECT / "overrides")
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0 and " : 3 fichiers, 0.0 Mo" in done.output
    assert zipfile.is_zipfile(tmp_path / "new" / "site.zip")
