"""What a text or a date stands on: what ``build.showing`` finds, and nothing else.

A build over a kept site makes again what this names, and keeps all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from atlaas import build
from atlaas.directory import Directory, LinkedAction, link
from atlaas.directory.loading import Checked, read_and_check
from atlaas.pages.page import Asset, Page, Site
from atlaas.project import Project
from atlaas.render.last_build import Few
from atlaas.render.shell import TOKENS, Shells
from support import SITE_URL

NEWEST = "2025-12-31"
KINDS = ("actions", "territories", "vocabulary", "editions", "actors", "collections", "evaluation")


@pytest.fixture(scope="module")
def checked(sample_root: Path) -> Checked:
    return read_and_check(Project(sample_root))


@pytest.fixture(scope="module")
def dates(checked: Checked, sample_root: Path) -> dict[str, str]:
    """A day for every file of data/ and content/: from 2020 to NEWEST, all years among them."""
    tops = (sample_root / "data", sample_root / "content")
    files = [file for top in tops for file in sorted(top.rglob("*")) if file.is_file()]
    paths = [file.relative_to(sample_root).as_posix() for file in files]
    found = {p: f"{2020 + n % 6}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n, p in enumerate(paths)}
    return found | {"data/bounds.yml": NEWEST}


def made(directory: Directory, api: bool = True) -> tuple[list[Page | Asset], list[bytes]]:
    """Every page and file that is made of records, and its bytes, in a bare shell."""
    site = Site(SITE_URL, api=api)
    shells = Shells(lambda section, depth: f"{TOKENS['title']}{TOKENS['head']}{TOKENS['body']}")
    renderer = build.Renderer(site, shells, directory)
    things = list(build.pages_of(directory, site))
    return things, list(map(renderer.make, things))


def dated(checked: Checked, dates: Mapping[str, str], commits: Mapping[str, str]) -> Directory:
    return link(checked.reference, checked.records, dates, commits)


@pytest.fixture(scope="module")
def before(checked: Checked, dates: dict[str, str]) -> list[bytes]:
    return made(dated(checked, dates, dict.fromkeys(dates, "b" * 40)))[1]


CHOICES: dict[str, Callable[[list[str]], list[str]]] = {
    "an action": lambda paths: [p for p in paths if p.startswith("data/actions/")][7:8],
    "a territory": lambda paths: [p for p in paths if p.startswith("data/territories/")][7:8],
    "a list": lambda paths: ["data/vocabulary/themes.yml"],
    "all but these": lambda paths: [p for p in paths if not p.startswith(_RECORDS)],
    "all": lambda paths: paths,
}
_RECORDS = ("data/actions/", "data/territories/", "data/vocabulary/")


@pytest.mark.parametrize("choice", CHOICES)
def test_a_date_stands_on_what_says_so_alone(
    checked: Checked, dates: dict[str, str], before: list[bytes], choice: str
) -> None:
    """What Git says of these files is new; the newest day stays in its year."""
    paths = CHOICES[choice](sorted(dates))
    assert paths
    new = dates | dict.fromkeys(paths, NEWEST)
    commits = dict.fromkeys(dates, "b" * 40) | dict.fromkeys(paths, "a" * 40)
    things, after = made(dated(checked, new, commits))
    shown, others = build.showing(things, Few(frozenset(), frozenset(paths)))
    assert len(shown) + len(others) == len(things)
    kept = {id(thing) for thing in others}
    different = [thing for thing, old, now in zip(things, before, after, strict=True) if old != now]
    assert [build.path_of(thing) for thing in different if id(thing) in kept] == []
    assert different
    if len(paths) == 1:  # of the pages of the sample's other records none is made
        pages = [t for t in shown if isinstance(t, Page) and t.template in ("action", "territory")]
        assert len(pages) <= 1 and len(shown) < len(things) / 10


def test_a_day_is_shown_on_a_page_of_every_kind_of_record(
    checked: Checked, dates: dict[str, str]
) -> None:
    """Which is how the tests above can fail."""
    sources = {thing.source for thing in made_list(checked, dates) if isinstance(thing, Page)}
    for kind in ("actions", "territories", "vocabulary", "editions", "actors", "collections"):
        assert any(source.startswith(f"data/{kind}/") for source in sources), kind


def made_list(checked: Checked, dates: dict[str, str]) -> list[Page | Asset]:
    return list(build.pages_of(dated(checked, dates, {}), Site(SITE_URL)))


def test_a_text_stands_on_the_page_of_its_action_alone(checked: Checked) -> None:
    """And in the document for its form, without an API: new texts for every action."""
    directory = dated(checked, {}, {})
    things, before = made(directory, api=False)
    for action in directory.actions.values():
        action.text = f"Tout autre chose : {action.id}.".encode()
    after = made(directory, api=False)[1]
    changed = [t for t, old, now in zip(things, before, after, strict=True) if old != now]
    assert len(changed) == 2 * len(directory.actions)
    assert all(isinstance(thing.about, LinkedAction) for thing in changed)
    few = Few(frozenset(action.path for action in directory.actions.values()), None)
    assert [*map(id, build.showing(things, few)[0])] == [*map(id, changed)]
