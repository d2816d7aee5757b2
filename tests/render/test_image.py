"""The pictures of the README and of the guide: there, small, described, and none left over."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from scripts import screens

from support import PROJECT

FOLDER = "docs/images/"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def pictures(name: str) -> dict[str, str]:
    """The pictures that a file of the project shows: path -> text in their place."""
    return {path: text for text, path in PICTURE.findall((PROJECT / name).read_text("utf-8"))}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_pictures_are_there_small_and_described(name: str) -> None:
    shown = pictures(name)
    assert len(shown) >= 5
    for path, text in shown.items():
        file = PROJECT / path
        assert file.is_file() and file.stat().st_size <= screens.MOST, path
        with Image.open(file) as picture:
            assert picture.format == "PNG" and picture.width <= 1280, path
        assert len(text.split()) >= 3, path


def test_the_readme_shows_the_five_pages() -> None:
    urls = [url for _, url, _ in screens.PAGES]
    assert [url.split("/")[0].split("?")[0] for url in urls] == [
        "",
        "carte",
        "territoires",
        "label",
        "recherche",
    ]
    assert list(pictures("README.md")) == [f"{FOLDER}{name}.png" for name, _, _ in screens.PAGES]


def test_no_picture_is_left_over() -> None:
    kept = {f"{FOLDER}{file.name}" for file in (PROJECT / FOLDER).iterdir()}
    assert kept == {*pictures("README.md"), *pictures("CONTRIBUTING.md")}
