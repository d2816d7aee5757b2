"""The steps in their order. What the MkDocs hook and the command line both call.

read -> check -> link -> measure -> render -> publish: ``load`` goes as far as the linked
directory, ``pages_of`` names every address, ``Renderer`` makes the bytes of any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atlaas.directory import Directory, Records, link
from atlaas.history import History
from atlaas.pages import action, contribute, home, label, listings, map, terms, territory
from atlaas.pages.base import Asset, Maker, Page, Site, root_of
from atlaas.problem import DataError, Problem, count_errors
from atlaas.publish import finder, sitemap
from atlaas.read import Document, Entry, inventory, read_entry
from atlaas.reference import Reference
from atlaas.render.body import make_environment
from atlaas.render.outline import Outlines
from atlaas.render.shell import Shells, attribute
from atlaas.render.work import make_all, processes_for
from atlaas.render.write import Writer
from atlaas.rules import check
from atlaas.rules.base import Context
from atlaas.rules.context import make_context

_LISTS = ("vocabulary", "edition", "actor")
_MAKERS: tuple[Maker, ...] = (
    home.pages, map.pages, territory.pages, action.pages, terms.pages, label.pages,
    listings.pages, contribute.pages,
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What reading and checking found: the valid records and all problems, by place."""

    reference: Reference
    records: Records
    problems: list[Problem]


def read_and_check(
    root: Path, only: Callable[[str], bool] | None = None, today: str | None = None
) -> Checked:
    """Read every record below ``root``/data and check it.

    ``only`` tells which paths to check; the lists are read in any case, since records name them.
    """
    entries, problems = inventory(str(root))
    if only:
        problems = [problem for problem in problems if only(problem.path)]
    reference = Reference(root / "data" / "reference")
    lists = [read_entry(entry) for entry in entries if entry.kind in _LISTS]
    context = make_context(reference, entries, lists, today or date.today().isoformat())
    records = Records(vocabularies=context.vocabularies)
    for document in _documents(entries, lists):
        if only is None or only(document.path):
            problems.extend(_check_into(records, document, context))
    return Checked(reference, records, sorted(problems))


def _documents(entries: Iterable[Entry], lists: Iterable[Document]) -> Iterator[Document]:
    yield from lists
    for entry in entries:
        if entry.kind not in _LISTS:
            yield read_entry(entry)


def _check_into(records: Records, document: Document, context: Context) -> list[Problem]:
    """Check one document and keep its record, if it has a valid one."""
    if document.problems:
        return document.problems
    record, problems = check(document, context)
    if record is not None and not count_errors(problems):
        match document.kind:
            case "territory":
                records.territories.append((document.path, record))
            case "action":
                records.actions.append((document.path, record, document.body))
            case "actor":
                records.actors.append((document.path, record))
            case "edition":
                records.editions.append((document.path, record))
            case "context":
                records.context.extend(record)
    return problems


def load(root: Path) -> tuple[Directory, list[Problem]]:
    """The linked directory and the warnings; raises DataError where there is any error."""
    history = History(root)
    checked = read_and_check(root)
    if count_errors(checked.problems):
        raise DataError(checked.problems)
    return link(checked.reference, checked.records, history.dates), checked.problems


def pages_of(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """Every page made from records, in a stable order."""
    for maker in _MAKERS:
        yield from maker(directory, site)


def published(
    directory: Directory, site: Site, pages: Iterable[Page], content: Iterable[str], cache: Path
) -> Iterator[Asset]:
    """The files for machines: the finder's, and the sitemap with the pages of content/ too."""
    yield from finder.assets(directory, cache)
    yield from sitemap.assets(pages, content, site.url, directory.changed)


class Renderer:
    """Makes the bytes of a page: the shell of its section and depth around its body."""

    def __init__(self, root: Path, site: Site, shells: Shells, reference: Reference) -> None:
        self.site = site
        self.shells = shells
        self.cache = root / ".cache"
        contexts = {
            place.code: f"dep-{place.departement}"
            for place in reference.places.beside_communes()
            if place.kind == "epci"
        }
        self.outlines = Outlines(reference.folder, self.cache, contexts)
        self.environment = make_environment(root / "overrides", self.cache / "jinja")
        self.environment.globals["outline_map"] = self.outlines.svg
        self.environment.globals["france_map"] = self.outlines.france_svg

    def make(self, thing: Page | Asset) -> bytes:
        """The bytes of a page or of an asset."""
        return self.page(thing) if isinstance(thing, Page) else thing.content()

    def page(self, page: Page) -> bytes:
        """The whole HTML of a page."""
        root = root_of(page.url)
        template = self.environment.get_template(f"pages/{page.template}.html")
        body = template.render({**page.values(), "root": root})
        shell = self.shells.get(page.section, page.url.count("/"))
        return shell.join(
            {
                "title": attribute(page.title),
                "description": attribute(page.description),
                "canonical": self._canonical(page),
                "head": _head(page, root),
                "body": body.encode(),
            }
        )

    def _canonical(self, page: Page) -> bytes:
        if not self.site.url:
            return b""
        return b'<link rel="canonical" href="%s">' % attribute(self.site.url + page.url)


def _head(page: Page, root: str) -> bytes:
    lines = [f'<script src="{root}{script}" defer></script>' for script in page.scripts]
    if page.noindex:
        lines.append('<meta name="robots" content="noindex">')
    return "\n".join(lines).encode()


def write_site(
    directory: Directory, renderer: Renderer, content: Iterable[str], writer: Writer
) -> None:
    """Make every page and file that comes from records, and hand it to the writer."""
    pages: list[Page] = []
    things: list[Page | Asset] = []
    for thing in pages_of(directory, renderer.site):
        things.append(thing)
        if isinstance(thing, Page):
            pages.append(thing)
    things.extend(published(directory, renderer.site, pages, content, renderer.cache))
    make_all(things, path_of, renderer.make, writer, processes_for(len(things)))


def path_of(thing: Page | Asset) -> str:
    """The file of a page or asset, relative to the site's root."""
    return f"{thing.url}index.html" if isinstance(thing, Page) else thing.url


def summary(directory: Directory) -> Mapping[str, int]:
    """What the build holds, for its closing line."""
    from atlaas.diagnosis import totals

    return totals(directory)._asdict()
