"""The generator of the benchmarks, and the limits of benchmarks/budgets.toml on a small site."""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from benchmarks import generate, goals, measure, merging, peers, report, weigh
from benchmarks.places import as_markdown, light_pages

from atlaas import build
from atlaas.directory import LinkedAction
from atlaas.pages.action import pages as action_pages
from atlaas.pages.page import Site
from atlaas.project import Project
from atlaas.render import body
from atlaas.render.shell import TOKENS, Shells
from support import SAMPLE, build_environment, build_options, two_departements, write_tree

ROOT = Path(__file__).resolve().parents[1]
DATA = SAMPLE / "data"
ACTIONS = 200

# A build that says at its end how many kB it ever held (what a parent measures counts its own).
_PEAK = """
import atexit, pathlib, re, sys
from mkdocs.__main__ import cli

status = pathlib.Path("/proc/self/status")
atexit.register(lambda: print(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]))
cli(sys.argv[1:], prog_name="mkdocs")
"""


def _build(project: Path) -> None:
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "ATLAAS_SITE_URL": "https://atlaas.example.org/",
        "ATLAAS_FORGE_URL": "https://forge.example.org/atlaas",
    }
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small generated directory, built."""
    folder = tmp_path_factory.mktemp("bench") / "project"
    assert generate.make_project(folder, ACTIONS, data=DATA)["actions"] == ACTIONS
    _build(folder)
    return folder


def _records(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in ("territories", "actions")
        for path in sorted((folder / "data" / name).rglob("*.*"))
    }


def test_same_seed_gives_same_bytes_and_another_does_not(project: Path, tmp_path: Path) -> None:
    first = _records(project)
    for seed in (1, 2):
        generate.make_project(tmp_path / "again", ACTIONS, seed, data=DATA)
        assert (_records(tmp_path / "again") == first) is (seed == 1)


def test_generated_records_pass_the_real_check(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "atlaas", "--project", str(project), "check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert "0 erreur" in done.stdout  # near twins are warned of: titles are made of few words


def test_stories_and_skew_are_those_of_a_real_directory(project: Path) -> None:
    actions = [text.decode() for path, text in _records(project).items() if path.endswith(".md")]
    for action in actions:
        story = action.split("---\n", 2)[2]
        assert 140 <= len(story.split()) <= 260
        assert "\n- " in story and "](https://" in story
    places = [re.search(r'territory: "(\w+)"', action)[1] for action in actions]
    assert places.count("75056") == ACTIONS // 4  # Paris, the one city
    busiest_theme = sum("- numerique-educatif\n" in action for action in actions)
    assert ACTIONS / 4 < busiest_theme < ACTIONS / 2


@pytest.mark.parametrize(
    ("text", "value"), [("20k", 20_000), ("1M", 1_000_000), ("64", 64), ("official", 35_000)]
)
def test_sizes_are_written_short(text: str, value: int) -> None:
    assert generate.number(text) == value


def test_pages_stay_within_their_bytes(project: Path) -> None:
    limits = weigh.budgets()["bytes"]
    weights = weigh.weigh(project / "site", sample=60)
    assert 0 < weights.action_page <= limits["action_page"], weights
    assert 0 < weights.recipe_page <= limits["recipe_page"], weights
    assert 0 < weights.light_page <= limits["light_page"], weights
    assert weights.median_page <= limits["median_page"], weights
    assert weights.first_view[1] <= limits["first_view"], weights
    assert 0 < weights.map_view <= limits["map_view"], weights


def test_a_small_change_stays_small_and_no_change_changes_nothing(project: Path) -> None:
    site = project / "site"
    before = measure.fingerprint(site)
    _build(project)
    again = measure.fingerprint(site)
    assert again == before
    action = sorted((project / "data" / "actions").rglob("*.md"))[0]
    text = action.read_text(encoding="utf-8")
    action.write_text(f"{text}\nUne phrase de plus.\n", encoding="utf-8")
    _build(project)
    after = measure.fingerprint(site)
    changed = [path for path, now in after.items() if before.get(path) != now]
    assert set(after) == set(before)
    assert 1 <= len(changed) <= weigh.budgets()["counts"]["files_per_change"], changed


def test_a_record_is_held_in_few_bytes(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What 100 actions more hold once linked; their texts of some 1 400 bytes wait on disk."""
    monkeypatch.setenv("ATLAAS_PROCESSES", "1")
    generate.make_project(tmp_path / "half", ACTIONS // 2, data=DATA)
    held = []
    for folder in (tmp_path / "half", project):
        for _ in range(2):  # what stays for all time: of reading files, then of what is kept
            build.load(Project(folder))
        found = []
        for _ in range(2):  # tables of Python grow by leaps, of which one may fall in one of both
            tracemalloc.start()
            directory, _ = build.load(Project(folder))
            gc.collect()
            found.append(tracemalloc.get_traced_memory()[0])
            tracemalloc.stop()
            assert len(directory.actions) == (ACTIONS if folder == project else ACTIONS // 2)
            del directory
        held.append(min(found))
    assert 800 < (held[1] - held[0]) / (ACTIONS // 2) < 2_100, held


def test_a_page_to_be_made_is_held_in_few_bytes(project: Path) -> None:
    """Of a page, its address, its record and what makes it: neither its title nor its sentence."""
    directory, _ = build.load(Project(project))
    site = Site("https://atlaas.example.org/")
    list(action_pages(directory, site))  # what stays for all time
    tracemalloc.start()
    pages = list(action_pages(directory, site))
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(pages) == ACTIONS
    assert held / ACTIONS < 250, held


def test_pages_that_were_made_are_not_held(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_printed", {})  # else with what the tests before have printed
    directory, _ = build.load(Project(project))
    site = Site("https://atlaas.example.org/")
    shells = Shells(lambda section, depth: f"{TOKENS['title']}{TOKENS['body']}")
    renderer = build.Renderer(site, shells, directory)
    pages = [p for p in build.pages_of(directory, site) if isinstance(p.about, LinkedAction)]
    assert len(pages) == ACTIONS
    for page in pages[:20]:  # templates and what pages share
        renderer.make(page)
    tracemalloc.start()
    made = sum(len(renderer.make(page)) for page in pages[20:])
    gc.collect()
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept < 0.6 * made, (kept, made)  # what renderers remember for good reason


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_the_peak_of_a_build_grows_little_with_the_records(tmp_path: Path) -> None:
    """Of 300 actions more: their records, and neither their pages nor their documents (20 kB)."""
    data = shutil.copytree(DATA, tmp_path / "data")
    two_departements(data / "reference")
    builds = []
    for count in (50, 350):
        project = tmp_path / str(count)
        generate.make_project(project, count, data=data)
        command = [sys.executable, "-c", _PEAK, *build_options(project, project / "site"), "-q"]
        environment = build_environment(ATLAAS_PROCESSES="1")
        pipe = subprocess.PIPE
        builds.append(subprocess.Popen(command, cwd=project, env=environment, stdout=pipe))
    few, many = (int(build.communicate()[0].split()[-1]) for build in builds)
    assert [build.returncode for build in builds] == [0, 0]
    assert 5 < (many - few) / 300 < 30, (few, many)  # kB for each action


def test_first_view_counts_what_the_page_names_and_no_canonical(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("x" * 3000, encoding="utf-8")
    page = tmp_path / "p" / "index.html"
    page.parent.mkdir()
    page.write_text(
        '<link rel="canonical" href="https://x.example/a.css"><main></main>', encoding="utf-8"
    )
    alone = weigh.first_view(tmp_path, "p/")
    page.write_text('<link rel="stylesheet" href="../a.css"><main></main>', encoding="utf-8")
    assert weigh.first_view(tmp_path, "p/") != alone


def test_a_report_gives_each_measure_as_a_ratio() -> None:
    part = {
        "builds": {"atlaas": [3.0, 6.0, 200.0], "hugo": [4.0, 8.0, 500.0], "floor": [0.5, 1, 90]},
        "pages": {"hugo": {"pages": 12, "bytes": 3_000_000}},
        "tree": {"pages": 12, "bytes": 6_000_000},
        "rebuilds": {"atlaas": {"unchanged": [1.0, 1.0, 50.0], "one_change": [2.0, 2.0, 60.0]}},
    }
    measures, ratios = report._builds(part)
    assert measures[0] == ["**Atlaas, the pages**", "3.00", "6.00", "200", "4", "6"]
    # Wall, CPU, memory, pages a second and bytes to Hugo; the same but memory to the floor.
    of_hugo = ["0.75", "0.75", "0.40", "1.33", "2.00"]
    assert ratios[0] == ["**Atlaas, the pages**", *of_hugo, "6.00", "6.00", "0.17", "1.00"]
    assert ratios[2][:4] == ["the floor", "0.12", "0.12", ""]
    assert ratios[3][0] == "Atlaas again, the pages, nothing changed" and ratios[3][5] == ""
    part["pages"]["hugo"]["pages"] = 11  # type: ignore[index]  # a peer that made fewer pages
    with pytest.raises(ValueError, match="hugo made 11 pages instead of 12"):
        report._builds(part)


def test_a_publication_of_a_text_is_told_beside_one_with_nothing_kept() -> None:
    part: dict[str, Any] = {
        "actions": 20_000,
        "builds": {"atlaas": [3.0, 6.0, 200.0]},
        "pages": {},
        "tree": {"pages": 12, "bytes": 6_000_000},
        "merge": {"merged": [2.0, 3.0, 90.0], "anew": [10.0, 8.0, 300.0]},
    }
    told = [row[:4] for row in report._builds(part)[0][-2:]]
    assert told == [
        ["Publication in CI, everything, nothing kept", "10.00", "8.00", "300"],
        ["Publication in CI, everything, one text merged, the rest kept", "2.00", "3.00", "90"],
    ]
    name = "a publication of one text, × one with nothing kept"
    rows = [row for row in goals.rows(part, [part]) if row[0].startswith(name)]
    assert rows == [
        [f"{name}: time", "0.25", "0.20", "held"],
        [f"{name}: CPU", "0.25", "0.38", "**missed**"],
    ]


def test_the_two_publications_are_compared_byte_for_byte(tmp_path: Path) -> None:
    write_tree(tmp_path / "one", {"a": "1", "b/c": "2", "d": "3"})
    write_tree(tmp_path / "other", {"a": "1", "b/c": "4", "e": "3"})
    assert merging._different(tmp_path / "one", tmp_path / "other") == ["b/c", "d", "e"]
    assert merging._different(tmp_path / "one", tmp_path / "one") == []


def _addresses_for_hugo(folder: Path, paginated: dict[str, int]) -> list[str]:
    """Where Hugo will write the pages of a project, the lists of which have so many items."""
    found = []
    for path in (folder / "content").rglob("*.*"):
        front = path.read_text(encoding="utf-8").split("---\n")[1]
        values = dict(line.split(": ", 1) for line in front.splitlines())
        if "build" in values:  # a section that is no page
            continue
        own = path.relative_to(folder / "content").as_posix()
        own = own.removesuffix("_index.md") if own.endswith("_index.md") else own[:-3] + "/"
        found.append(json.loads(values["url"])[1:] if "url" in values else own)
    for url, count in paginated.items():
        found += [f"{url}page/{n}/" for n in range(2, -(-count // 100) + 1)]
    return found


@pytest.fixture(scope="module")
def built(sample_root: Path, built_site: Path) -> peers.Built:
    """The sample and its site, as the peers are given them."""
    return peers.load(sample_root, built_site)


def test_the_project_of_hugo_has_each_page_once(built: peers.Built, tmp_path: Path) -> None:
    given = peers.hugo(built, tmp_path / "hugo")
    paginated = {url: len(items) for url, items in peers.lists(built).items()}
    assert sorted(_addresses_for_hugo(tmp_path / "hugo", paginated)) == built.urls
    as_html = list((tmp_path / "hugo/content/pages").glob("*.html"))
    light = list((tmp_path / "hugo/content/places").glob("[0-9]*.md"))
    assert len(as_html) == given and given < len(light) == len(list(built.directory.unrecorded()))
    assert not [path for path in as_html if b"Pas encore de fiche" in path.read_bytes()]


def test_the_project_of_mkdocs_has_each_page_once(built: peers.Built, tmp_path: Path) -> None:
    peers.markdown(built, tmp_path)
    found = [p.relative_to(tmp_path / "docs") for p in (tmp_path / "docs").rglob("*.md")]
    assert sorted(path.as_posix().removesuffix("index.md") for path in found) == built.urls


def test_peers_say_of_a_place_without_a_record_what_its_page_says(built: peers.Built) -> None:
    pages, shared = light_pages(built.directory)
    page = next(page for page in pages if page.values["code"] == "59001")
    assert page.url == "territoires/59001-abancourt/"
    assert page.values["where"][0]["title"] == "Commune, 441 habitants"
    assert page.values["facts"] == [["Code postal", "59268"], ["Code INSEE", "59001"]]
    assert (page.values["near"][0]["title"], page.values["near"][0]["km"]) == ("Saulzoir", 16)
    above, ideas = shared.above[page.values["above"]], shared.ideas[page.values["ideas"]]
    assert (above["name"], above["communes"]) == ("CA de Cambrai", 55)
    html = (built.site / page.url / "index.html").read_text(encoding="utf-8")
    text = as_markdown(page, shared)
    for item in (*page.values["crumbs"], *page.values["near"], *ideas["cards"], above):
        address = item["url"].removeprefix("/territoires/").removeprefix("/")
        assert address in html, item
        assert f"{item['url'][1:]})" in text, item
    assert page.values["none"] in text and "441 habitants" in text
