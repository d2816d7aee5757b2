"""What several tests share: trees of files, the tiny project, builds in a subprocess, a parser.

Nothing here runs at import time. Fixtures are in conftest.py.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from atlaas import build
from atlaas.directory import Directory
from atlaas.pages.page import Asset, Page, Site
from atlaas.project import Project
from atlaas.render.shell import TOKENS, Shells
from tiny import TINY

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT / "tests" / "sample"
REFERENCE = SAMPLE / "data" / "reference"
SITE_URL = "https://atlaas.example/"
FORGE_URL = "https://forge.example/atlaas/atlaas"
CONTACT = "bonjour@atlaas.example"


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below ``folder`` from a dict of relative path -> content."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read_tree(folder: Path) -> dict[str, bytes]:
    """The other way: relative path -> content of every file below ``folder``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# ---------------------------------------------------------------------------- a tiny project
def tiny_tree(folder: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """The tiny project in ``folder``, with files replaced, added or (None) left out."""
    files = {**TINY, **(changes or {})}
    write_tree(folder, {path: content for path, content in files.items() if content is not None})
    shutil.copytree(REFERENCE, folder / "data" / "reference")
    if not (folder / "overrides").exists():
        (folder / "overrides").symlink_to(PROJECT / "overrides")
    return folder


def many_actions(count: int) -> dict[str, str]:
    """``count`` actions of Lille on one theme, as files of the tiny project."""
    return {
        f"data/actions/59/59350-lille/atelier-numero-{number:03}.md": (
            f'---\ntitle: Atelier numéro {number:03}\nterritory: "59350"\n'
            "themes: [reseau-social]\nsources:\n  - url: https://exemple.org/ateliers\n"
            "---\n\nUn atelier.\n"
        )
        for number in range(1, count + 1)
    }


class Small:
    """A linked directory with its pages, and what they render to inside a bare shell."""

    def __init__(self, root: Path, url: str = SITE_URL) -> None:
        self.root = root
        self.directory: Directory
        self.directory, self.warnings = build.load(Project(root))
        self.site = Site(url)
        things = list(build.pages_of(self.directory, self.site))
        self.pages = {thing.url: thing for thing in things if isinstance(thing, Page)}
        self.assets = {thing.url: thing for thing in things if isinstance(thing, Asset)}
        shells = Shells(lambda section, depth: f"{TOKENS['title']}\n{TOKENS['body']}")
        self._renderer = build.Renderer(self.site, shells, self.directory)

    def html(self, url: str) -> str:
        """The title and body of a page."""
        return self._renderer.page(self.pages[url]).decode()

    def text(self, url: str) -> str:
        """The text of a page's body, every run of white space made one plain space."""
        return text_of(self.html(url))


# ------------------------------------------------------------------------------------ HTML

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_PLAIN_SPACES = re.compile(r"[\s\u00a0\u202f]+")


class Tag(NamedTuple):
    """A start tag: its name, its attributes, and the text inside it."""

    name: str
    attributes: dict[str, str]
    text: str
    line: int


# A tag -> the elements that it ends, and those inside which others of these stand.
_ENDED_BY = {
    "li": (("li",), ("ul", "ol")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
}


class Html(HTMLParser):
    """A page as a flat list of tags with the text of each, in the order of the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.doctype = ""
        self.duplicated: list[str] = []  # attributes written twice
        self._parts: list[list[str]] = []
        self._open: list[int] = []
        self.feed(source)
        self.close()
        self.tags = [
            tag._replace(text=plain("".join(parts)))
            for tag, parts in zip(self.tags, self._parts, strict=True)
        ]

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(dict(attrs)) != len(attrs):
            self.duplicated.append(tag)
        self._end_before(tag)
        given = {name: value or "" for name, value in attrs}
        self.tags.append(Tag(tag, given, "", self.getpos()[0]))
        self._parts.append([])
        if tag not in _VOID:
            self._open.append(len(self.tags) - 1)

    def _end_before(self, tag: str) -> None:
        """End the items whose end tags were left out, as HTML allows: the next one ends each."""
        ended, kept = _ENDED_BY.get(tag, ((), ()))
        near = [self.tags[i].name for i in self._open if self.tags[i].name in (*ended, *kept)]
        if near and near[-1] in ended:
            self.handle_endtag(near[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for position in range(len(self._open) - 1, -1, -1):
            if self.tags[self._open[position]].name == tag:
                del self._open[position:]
                return

    def handle_data(self, data: str) -> None:
        for index in self._open:
            self._parts[index].append(data)

    def all(self, *names: str) -> list[Tag]:
        """The tags of these names."""
        return [tag for tag in self.tags if tag.name in names]

    def one(self, name: str, /, **attributes: str) -> Tag:
        """The one tag of this name with these attributes; fails where it is not exactly one."""
        found = [
            tag
            for tag in self.all(name)
            if all(tag.attributes.get(key) == value for key, value in attributes.items())
        ]
        assert len(found) == 1, f"{len(found)} <{name} {attributes}>"
        return found[0]

    def links(self) -> dict[str, str]:
        """Text -> address of the links; the last of equal texts counts."""
        return {tag.text: tag.attributes["href"] for tag in self.all("a")}

    def section(self, heading: str) -> str:
        """The text after the h2 that has this text, up to the next h2."""
        return self._between(heading, ("h2",))

    def _between(self, heading: str, ends: tuple[str, ...]) -> str:
        found = [i for i, tag in enumerate(self.tags) if tag.name in ends and heading == tag.text]
        assert len(found) == 1, f"{len(found)} titres « {heading} »"
        words = []
        for tag in self.tags[found[0] + 1 :]:
            if tag.name in ends:
                break
            if tag.name in ("p", "li", "tr", "summary", "h3", "h4", "dt", "dd"):
                words.append(tag.text)
        return " | ".join(words)


def unzipped(content: bytes) -> bytes:
    """The one file of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        [name] = packed.namelist()
        return packed.read(name)


def plain(text: str) -> str:
    """A text as data has it: runs of white space, no-break or not, and apostrophes made plain."""
    return _PLAIN_SPACES.sub(" ", text).strip().replace("’", "'")


def text_of(html: str) -> str:
    """The text of a piece of HTML."""
    return Html(f"<html>{html}</html>").tags[0].text


def parse_errors(source: bytes) -> list[str]:
    """The errors that the standard's parsing algorithm finds in a page, by line."""
    import html5lib

    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(source, transport_encoding="utf-8")
    return [f"{line}:{column} {code} {data}" for (line, column), code, data in parser.errors]


# ------------------------------------------------------------------------------------ builds

# The type of the fixture « visit » of tests/browser/conftest.py.
Open = Callable[..., AbstractContextManager[Any]]


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of a build: nothing of the caller's ATLAAS_… settings, then ``more``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATLAAS_")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", **more}


def build_options(project: Path, target: Path) -> list[str]:
    """What MkDocs is told to build the site of ``project`` into ``target``."""
    config = str(project / "mkdocs.yml")
    return ["build", "--strict", "--config-file", config, "--site-dir", str(target)]


def build_command(project: Path, target: Path) -> list[str]:
    """What builds the site of ``project`` into ``target``."""
    return [sys.executable, "-m", "mkdocs", *build_options(project, target)]


def build_environment(**more: str) -> dict[str, str]:
    """That of a build with the settings of the tests, then ``more``."""
    settings = {
        "ATLAAS_SITE_URL": SITE_URL,
        "ATLAAS_FORGE_URL": FORGE_URL,
        "ATLAAS_CONTACT": CONTACT,
        "ATLAAS_PUBLISHER": "Association Exemple",
        "ATLAAS_DIRECTOR": "La présidence",
        "ATLAAS_HOST": "Hébergeur Exemple",
        **more,
    }
    return clean_environment(**settings)


def build_site(
    project: Path, target: Path, *options: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build ``project`` into ``target`` with the settings of the tests; all it says in stdout."""
    return subprocess.run(
        [*build_command(project, target), *options],
        cwd=project,
        env=build_environment(**environment),
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )


def copy_project(target: Path, records: Mapping[str, str] | None = None) -> Path:
    """The code of this project with the records of the sample, without Git, caches or a site.

    Where ``records`` are given, as files of data/, they stand in place of the sample's.
    """
    for name in ("content", "hooks", "overrides"):
        shutil.copytree(PROJECT / name, target / name)
    shutil.copy(PROJECT / "mkdocs.yml", target)
    if records is None:
        shutil.copytree(SAMPLE / "data", target / "data")
    else:
        write_tree(target, records)
        shutil.copytree(REFERENCE, target / "data" / "reference")
    return target


def two_departements(reference: Path) -> None:
    """Keep the Nord and the Savoie of a copy of the geography: a site of far fewer files."""
    kept = {
        "regions.csv": lambda row: row[0] in ("32", "84"),
        "departements.csv": lambda row: row[0] in ("59", "73"),
        "epci.csv": lambda row: row[4] in ("59", "73"),
        "ept.csv": lambda row: False,
        "communes.csv.gz": lambda row: row[2] in ("59", "73"),
        "communes_filles.csv": lambda row: row[4] in ("59", "73"),
    }
    for name, wanted in kept.items():
        path = reference / name
        packed = path.suffix == ".gz"
        text = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
        head, *rows = csv.reader(io.StringIO(text.decode(), newline=""))
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([head, *filter(wanted, rows)])
        data = out.getvalue().encode()
        path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    aliases = reference.parent / "vocabulary" / "aliases.yml"  # that of Lille stands first
    if aliases.is_file():
        first, *_others = aliases.read_text("utf-8").split("\n- id:", 1)
        aliases.write_text(f"{first}\n", "utf-8")


def git(folder: Path, *arguments: str, day: str = "") -> str:
    """What git answers in a folder, at noon of a day where one is given."""
    moment = f"{day}T12:00:00+00:00"
    dated = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment} if day else {}
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@exemple.fr", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **dated},
    )
    return done.stdout.strip()


def until(page: Any, true: str) -> None:
    """Wait for an expression; the content policy refuses what playwright would wait with."""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"toujours faux : {true}")
