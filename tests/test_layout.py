"""The house itself: what README.md shows of hooks/atlaas/, and names that mean one thing."""

from __future__ import annotations

import re

from support import PROJECT

PACKAGE = PROJECT / "hooks" / "atlaas"


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


def test_the_tests_stand_as_the_code_does() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    apart = {"browser", "examples", "sample", "shared", "site", "vendor", "workflows"}
    folders = {p.name for p in (PROJECT / "tests").iterdir() if p.is_dir() and p.name[0] != "_"}
    assert folders <= rooms | apart
