"""The house itself: what README.md shows of hooks/atlaas/, and names that mean one thing."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from support import PROJECT

PACKAGE = PROJECT / "hooks" / "atlaas"
# Stems that stand in several folders: the same subject at another step.
SHARED_STEMS = {
    "action",
    "check",
    "collections",
    "diagnosis",
    "diff",
    "evaluation",
    "explorer",
    "fields",
    "freshness",
    "grid",
    "indicators",
    "intake",
    "labels",
    "map",
    "recipe",
    "membership",
    "moves",
    "news",
    "offline",
    "palmares",
    "redirects",
    "reference",
    "report",
    "search",
    "stats",
    "territory",
}


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not path.stem.startswith("__")]


def test_the_picture_of_the_readme_is_the_package() -> None:
    text = (PROJECT / "README.md").read_text("utf-8")
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    rooms |= {path.name for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    linked = re.findall(r"\(hooks/atlaas/(\w+(?:\.py)?)/?\)", text)
    assert sorted(linked) == sorted(rooms)


def test_the_way_of_the_readme_is_the_contract() -> None:
    """The order of the picture is that of the layers which lint-imports holds."""
    text = (PROJECT / "README.md").read_text("utf-8")
    picture = re.findall(r"^   (\w+) ", text.split("```text")[1].split("```")[0], re.MULTILINE)
    layers = (PROJECT / "pyproject.toml").read_text("utf-8").split("layers = [")[1].split("]")[0]
    order = [word for line in re.findall(r'"(.+)"', layers) for word in line.split(" | ")]
    assert picture == [room for room in reversed(order) if room in picture]


def test_nothing_is_loose_that_belongs_to_a_folder() -> None:
    loose = {path.stem for path in PACKAGE.glob("*.py")}
    assert loose == {"__init__", "__main__", "build", "forge", "preview", "project"}


def test_a_stem_stands_once_or_for_one_subject() -> None:
    folders = defaultdict(list)
    for path in modules():
        folders[path.stem].append(path.parent.name)
    shared = {stem for stem, found in folders.items() if len(found) > 1}
    assert shared <= SHARED_STEMS, {stem: folders[stem] for stem in shared - SHARED_STEMS}


def test_no_two_types_have_one_name() -> None:
    found = defaultdict(list)
    for path in modules():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if re.fullmatch("[A-Z][a-z]+[A-Za-z]*", name):  # the alias of a type
                    found[name].append(path)
    twice = {name: paths for name, paths in found.items() if len(paths) > 1}
    assert not twice


def test_the_tests_stand_as_the_code_does() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    apart = {"browser", "examples", "hostile", "sample", "shared", "site", "vendor", "workflows"}
    top = PROJECT / "tests"
    folders = {path.relative_to(top).parts[0] for path in top.glob("*/**/*.py")}
    assert folders <= rooms | apart
