"""The steps in their order. What the MkDocs hook and the command line both call.

read -> check -> link -> measure -> render -> publish: ``load`` goes as far as the linked
directory, ``pages_of`` names every address, ``Renderer`` makes the bytes of any of them.
"""

import errno
import gc
import importlib
import os
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template

from atlaas import pages, publish
from atlaas.directory import Directory, LinkedAction, link, redirects
from atlaas.directory.loading import Reading
from atlaas.directory.outcomes import Outcomes
from atlaas.history.file_dates import History, lost
from atlaas.pages.page import ANY, Asset, Maker, Page, Site, root_of
from atlaas.pages.views import newest_change
from atlaas.project import Project
from atlaas.publish import page_heads
from atlaas.read import Seen, inventory, walk
from atlaas.read.door import tracked
from atlaas.read.problem import DataError, Problem, as_text, count_errors
from atlaas.render.body import compile_pages, make_environment
from atlaas.render.commune_map import marked_map
from atlaas.render.compiler import body
from atlaas.render.last_build import Few, LastBuild
from atlaas.render.outline import Outlines
from atlaas.render.parallel import Apart, Work
from atlaas.render.shell import Shells, attribute, nearer, shortened, words
from atlaas.render.write import NotOurs, Writer
from atlaas.work.cache import Stamp
from atlaas.work.processes import processes_for
from atlaas.work.progress import SILENT, Progress

PARTS = ("content", "records", "pages", "all")  # how much of the site to make; see ATLAAS_ONLY
WORDS = "assets/js/words.js"  # which every script of a page may use
_REFUSED = "le site n'est pas publié tant qu'il en reste."
_WAITING = "Une autre construction de ce site est en cours : celle-ci attend qu'elle finisse."
_FULL = errno.ENOSPC, errno.EDQUOT, errno.EFBIG
_CLOSED = errno.EROFS, errno.EACCES, errno.EPERM


class Loading:
    """Starts reading at once, in a second process where there is one; ``result`` links it all."""

    def __init__(
        self,
        project: Project,
        progress: Progress = SILENT,
        seen: Sequence[Seen] | None = None,
        known: Mapping[str, Stamp] | None = None,
    ) -> None:
        self._history, self._progress = History(project), progress
        found = inventory(str(project.root), seen, known)
        outcomes = Outcomes(project)
        self.reading = Reading(project, outcomes=outcomes, progress=progress, found=found)

    def result(self) -> tuple[Directory, list[Problem]]:
        """The linked directory and the warnings; raises DataError where there is any error."""
        checked = self.reading.result()
        if count_errors(checked.problems):
            raise DataError(checked.problems)
        self._progress.step("Liens entre les fiches")
        history = self._history
        directory = link(checked.reference, checked.records, history.dates, history.commits)
        return directory, checked.problems


def load(project: Project) -> tuple[Directory, list[Problem]]:
    """The linked directory and the warnings; raises DataError where there is any error."""
    return Loading(project).result()


def pages_of(directory: Directory, site: Site, part: str = "all") -> Iterator[Page | Asset]:
    """Every page made from records, in a stable order; ``records`` leaves the studies out."""
    yield from _made("record", directory, site)
    if part != "records":
        yield from _made("study", directory, site)


def published(
    directory: Directory, site: Site, pages: Sequence[Page], content: Sequence[str]
) -> Iterator[Asset]:
    """The files for machines: open data, API, feeds, the finder's, old addresses, the sitemap."""
    return _made("export", directory, replace(site, pages=pages, content=content))


def _made(stage: str, directory: Directory, site: Site) -> Iterator[Any]:
    for maker in makers():
        if maker.stage == stage:
            yield from maker(directory, site)


def makers() -> list[Maker[Any]]:
    """What the modules of ``pages`` and ``publish`` register, in order."""
    found: dict[Maker[Any], None] = {}  # what a module takes from another one counts once
    for package in (pages, publish):
        for _, name, _ in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            values = vars(importlib.import_module(name)).values()
            found |= dict.fromkeys(value for value in values if isinstance(value, Maker))
    return sorted(found, key=lambda maker: maker.order)


class Renderer:
    """Makes the bytes of a page: the shell of its section and depth around its body."""

    def __init__(
        self,
        site: Site,
        shells: Shells,
        directory: Directory,
        environment: Environment | None = None,
    ) -> None:
        self.site = site
        self.directory = directory
        self.shells = shells
        project = directory.project
        contexts = {
            place.code: f"dep-{place.departement}"
            for place in directory.reference.places.except_communes()
            if place.kind == "epci"
        }
        self.outlines = Outlines(project, contexts)
        self.environment = environment or make_environment(project.overrides)
        self._templates: dict[str, Template] = {}
        self.environment.globals.update(
            owner=site.owner,
            forge=site.forge,
            outline_map=self.outlines.svg,
            france_map=self.outlines.france_svg,
            marked_map=marked_map(self.outlines),
        )

    def make(self, thing: Page | Asset) -> bytes:
        """The bytes of a page or of an asset."""
        return self.page(thing) if isinstance(thing, Page) else thing.content()

    def template(self, name: str) -> Template:
        """A template of pages, compiled when it is first asked for."""
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self.environment.get_template(f"pages/{name}.html")
        return template

    def page(self, page: Page) -> bytes:
        """The whole HTML of a page."""
        root = root_of(page.url)
        values = page.values()
        title, description = page.titled(values)
        html = body(self.template(page.template), {**values, "root": root})
        if not page.listed:
            html = shortened(html, page.url)
        elif isinstance(page.about, LinkedAction):
            html = nearer(html, page.url)
        shell = self.shells.get(page.section, page.url.count("/"))
        return shell.join(
            {
                "title": words(title),
                "description": words(description),
                "canonical": self._canonical(page),
                "head": self._head(page, root, values.get("crumbs", ())),
                "body": html.encode(),
            }
        )

    def _canonical(self, page: Page) -> bytes:
        if not self.site.url:
            return b""
        url = attribute(self.site.url + page.url)
        return b'<link rel="canonical" href="%s"><meta property="og:url" content="%s">' % (url, url)

    def _head(self, page: Page, root: str, crumbs: Sequence[tuple[str, str | None]]) -> bytes:
        lines = [page_heads.markup(self.directory, self.site, page, root, crumbs)]
        scripts = (WORDS, *page.scripts) if page.scripts else ()
        lines += [f'<script src="{root}{script}" defer></script>' for script in scripts]
        return "".join(lines).encode()


class Making:
    """Every page and file that comes from records, being made; started before content/ is built.

    ``few`` is what changed since the last build, where that is little: of the pages then only
    those are made that show it, the other ones are kept, of which ``sizes`` gives the bytes. The
    files for machines are all made.
    """

    def __init__(
        self,
        renderer: Renderer,
        content: Sequence[str],
        writer: Writer,
        part: str = "all",
        few: Few | None = None,
        sizes: Mapping[str, int] | None = None,
        progress: Progress = SILENT,
    ) -> None:
        self._progress = progress
        progress.step("Liste des pages")
        self._renderer, self._writer, self._part = renderer, writer, part
        directory, site = renderer.directory, renderer.site
        things: list[Page | Asset] = list(pages_of(directory, site, part))
        found = [thing for thing in things if isinstance(thing, Page)]
        if part == "all" and redirects.steps(directory.project):
            addresses = addresses_of(things, directory.project)
            wrong = redirects.misdirected(directory.project, addresses)
            if wrong:
                raise DataError(wrong)
        if few is not None and sizes is not None:
            things, same = showing(things, few)
            writer.keep({path: sizes[path] for path in [path_of(thing) for thing in same]})
        processes = processes_for(len(things))
        if processes > 1:  # each would compile them for itself
            for name in {page.template for page in things if isinstance(page, Page)}:
                renderer.template(name)
        first = Work(things, path_of, renderer.make, writer, processes, progress)
        self._works: list[Work[Any]] = [first]
        self._index: Apart[Any] | None = None
        if part == "all":
            self._publish(list(found), content, processes - 1)

    def _publish(self, pages: Sequence[Page], content: Sequence[str], busy: int) -> None:
        """Start on the files for machines; to list them takes time, in which pages are made.

        The search index waits for a program of its own most of the time, in a process of its own.
        ``busy`` others are at the pages already.
        """
        directory, site = self._renderer.directory, self._renderer.site
        make, writer = self._renderer.make, self._writer
        try:
            index = partial(_made, "index", directory, site)
            self._index = Apart(index, path_of, make, writer, processes_for(len(pages)) > 1)
            assets = list(published(directory, site, pages, content))
            processes = max(1, processes_for(len(assets)) - busy)
            more = Work(assets, path_of, make, writer, processes, self._progress, "Fichiers")
        except BaseException:
            self.cancel()
            raise
        self._works.insert(0, more)  # the other processes are at the pages already

    def finish(self) -> None:
        """Take a share of the work, and wait for the rest."""
        for work in self._works:
            work.finish()
        if self._index:
            self._progress.step("Index de recherche")
            self._index.finish()

    def cancel(self) -> None:
        """Drop everything: the build failed elsewhere."""
        for work in self._works:
            work.cancel()
        if self._index:
            self._index.cancel()


def content_of(folder: Path) -> list[str]:
    """The addresses of the pages of content/, the home page apart, which is not one of them."""
    return [f"{page.stem}/" for page in sorted(folder.glob("*.md")) if page.stem != "index"]


def addresses_of(things: Iterable[Page | Asset], project: Project) -> set[str]:
    """The addresses of the pages among these things, and of those of content/."""
    own = {thing.url for thing in things if isinstance(thing, Page)}
    return {"", *own, *content_of(project.root / "content")}


class BuildError(Exception):
    """The site cannot be built; says why, and what to do about it."""

    @classmethod
    def of(cls, error: Exception) -> "BuildError | None":
        """What stopped a build, in words; None for what nobody foresaw."""
        match error:
            case BuildError():
                return error
            case DataError():
                return cls(f"{as_text(error.problems)}\n{error} : {_REFUSED}")
            case NotOurs():
                return cls(str(error))
            case OSError() if error.errno in (*_FULL, *_CLOSED):
                what = "il n'y a plus de place" if error.errno in _FULL else "écriture refusée"
                place = f" ({error.filename})" if error.filename else ""
                return cls(f"Le site n'a pas été changé : {what}{place}.")
        return None


class SiteBuild:
    """One build of the site, from its start to what is visible; ``finish`` or ``cancel`` ends it.

    The pages of content/ are made by others meanwhile, below ``staging``; at the end they join
    those made from records, which prevail at an address that both have. Where nothing changed since
    the last build, its files stay; see atlaas.render.last_build. The variable ATLAAS_ONLY is one of
    ``PARTS``: less than all is made only to measure what each part costs.
    Where ATLAAS_HISTORY is « required », a history that is not all there stops the build.
    Raises BuildError for another one, and where the records have an error.
    """

    def __init__(
        self,
        project: Project,
        folder: Path,
        site: Site,
        shells: Shells,
        content: Sequence[str],
        report: Callable[[str], object],
    ) -> None:
        part = os.environ.get("ATLAAS_ONLY") or "all"
        self._project, self._folder, self._report, self._part = project, folder, report, part
        if part not in PARTS:
            raise BuildError(f"ATLAAS_ONLY={part} : écrivez {', '.join(PARTS)}.")
        gc.disable()  # nearly all that is made is kept
        self._making: Making | None = None
        self.modified = ""  # the date of the newest record
        with self._cancelled():
            wrong = tracked(str(project.root))
            if wrong:
                raise DataError(wrong)
            self._lost = lost(project)
            if self._lost and os.environ.get("ATLAAS_HISTORY") == "required":
                raise BuildError(self._lost)
            self._writer = Writer(folder, lambda: report(_WAITING))
            self.staging = self._writer.staging
            if part != "content":
                self._start(site, shells, content)

    def _start(self, site: Site, shells: Shells, content: Sequence[str]) -> None:
        """Read the records and start to make their pages, in other processes where possible."""
        seen = walk(str(self._project.root))
        settings = (self._part, repr(site), *content)
        look = self._writer.look
        last = self._last = LastBuild(self._project, self._folder, settings, seen, look)
        sizes = {path: size for path, (_, size) in last.files.items()}
        if last.same:
            self._writer.keep(sizes)
            self._held, self._warnings = dict(last.held), last.warnings
            self.modified = last.modified
            return
        self._writer.look_away()
        progress = Progress(self._report)
        loading = Loading(self._project, progress, seen, last.now)
        del seen  # nothing needs it further, and other processes would have it
        makers()  # the modules and templates of all pages are read while a second process reads
        environment = make_environment(self._project.overrides)
        if loading.reading.shared:
            compile_pages(environment, self._project.overrides)
        directory, warnings = loading.result()
        self._held, self.modified = dict(summary(directory)), newest_change(directory)
        self._warnings = as_text(warnings) if warnings else ""
        few = last.few(loading.reading.before, loading.reading.again, directory)
        del loading  # nor what is known of files
        renderer = Renderer(site, shells, directory, environment)
        self._making = Making(renderer, content, self._writer, self._part, few, sizes, progress)

    def finish(self) -> None:
        """Finish the pages of records, add those of content/, and make the whole visible."""
        with self._cancelled():
            if self._making:
                self._making.finish()
                self._making = None
            made = self._writer.paths()
            self._writer.join()
            written, changed = self._writer.finish(), self._writer.changed()
        if self._part == "content":
            return
        held = self._held
        untouched = not written.written and not written.removed
        self._last.save(made, changed, held, self._warnings, self.modified, untouched)
        if self._warnings:
            self._report(self._warnings)
        kept = f" (dont {written.kept} sans être refaits)" if written.kept else ""
        self._report(
            f"{written.written} fichiers écrits, {written.unchanged} inchangés{kept}, "
            f"{written.removed} retirés ({written.total_bytes / 1e6:.1f} Mo)"
        )
        self._report(
            f"Site : {self._folder} ({held['territories']} territoires, "
            f"{held['actions']} actions, {held['labels']} labels)"
        )
        if self._lost:
            self._report(self._lost)
        gc.freeze()  # at its end, Python would look through everything once more

    @contextmanager
    def _cancelled(self) -> Iterator[None]:
        """Cancel the build where a step of it fails, and say in words what can be said so."""
        try:
            yield
        except BaseException as error:
            self.cancel()
            said = BuildError.of(error) if isinstance(error, Exception) else None
            if said:
                raise said from None
            raise

    def cancel(self) -> None:
        """Stop the other processes and leave nothing behind; the site stays as it was."""
        making, self._making = self._making, None
        if making:
            making.cancel()
        if hasattr(self, "_writer"):
            with suppress(OSError):
                self._writer.close()


def showing(
    things: Iterable[Page | Asset], few: Few
) -> tuple[list[Page | Asset], list[Page | Asset]]:
    """The things that show any of this, and the others."""
    shown: list[Page | Asset] = []
    others: list[Page | Asset] = []
    dated = frozenset() if few.dated is None else few.dated | {ANY}
    for thing in things:
        shows = isinstance(thing.about, LinkedAction) and thing.about.path in few.texts
        if dated and not shows:
            dates = thing.dates() if thing.dates else ()
            shows = getattr(thing, "source", "") in dated or not dated.isdisjoint(dates)
        (shown if shows else others).append(thing)
    return shown, others


def path_of(thing: Page | Asset) -> str:
    """The file of a page or asset, relative to the site's root."""
    return f"{thing.url}index.html" if isinstance(thing, Page) else thing.url


def summary(directory: Directory) -> Mapping[str, int]:
    """What the build holds, for its closing line."""
    from atlaas.diagnosis import totals

    return totals(directory)._asdict()
