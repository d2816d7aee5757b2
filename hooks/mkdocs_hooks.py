"""The only file that imports MkDocs: its events, a few lines each, that call the package.

MkDocs builds the pages of content/ into a folder of its own; when it is done, the pages made
from data/ join them, and together they become the site (see atlaas.render.write).
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HOOKS = Path(__file__).parent
if str(HOOKS) not in sys.path:
    sys.path.insert(0, str(HOOKS))

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from atlaas import build
from atlaas.directory.outcomes import Stamp
from atlaas.forge import Forge
from atlaas.pages.page import Site
from atlaas.preview import Preview
from atlaas.project import Project
from atlaas.read import problem, walk
from atlaas.read.watcher import listen
from atlaas.render.csp import add_policy
from atlaas.render.last_build import LastBuild, stamps
from atlaas.render.shell import TOKENS, Shells
from atlaas.render.write import Writer
from atlaas.work.progress import Progress

PROJECT = Project(HOOKS.parent)
log = logging.getLogger("mkdocs.hooks.atlaas")


class _State:
    """What one build carries from event to event; MkDocs keeps this module across rebuilds."""

    site_dir = Path()
    staging = Path()
    shells: Shells
    content: list[str]
    writer: Writer
    last: LastBuild
    files: list[str]  # those made from records
    held: Mapping[str, int]  # how many records, for the closing line
    warnings: str
    preview: Preview | None = None  # while serving
    server: LiveReloadServer | None = None
    making: build.Making | None = None


def _part() -> str:
    """How much to build, to measure what each part costs: content, records, pages, or all."""
    part = os.environ.get("ATLAAS_ONLY") or "all"
    if part not in ("content", *build.PARTS):
        raise Abort(f"ATLAAS_ONLY={part} : écrivez content, {', '.join(build.PARTS)}.")
    return part


def on_startup(command: str, dirty: bool) -> None:
    """Know whether a preview is running."""
    if command in ("build", "serve"):
        gc.disable()  # nearly all that is made is kept; a preview turns it on again, when it stands
    _State.preview = Preview(PROJECT) if command == "serve" else None
    if _State.preview:
        files = _State.preview.files
        files.trusted = listen(PROJECT.data, _wake, files) is not None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Start on the records, and build content/ beside the site, not into it.

    MkDocs empties the folder it builds into, so it is given another one.
    """
    config.theme.static_templates.discard("sitemap.xml")  # ours names every page, by Git's dates
    _State.site_dir = Path(config.site_dir)
    _State.shells = _shells(config)
    names = sorted(Path(config.docs_dir).glob("*.md"))
    _State.content = [f"{name.stem}/" for name in names if name.stem != "index"]
    if _State.preview:
        _State.preview.start_reading()
        return config
    _State.staging = Path(tempfile.mkdtemp(prefix="atlaas-"))
    config.site_dir = str(_State.staging)
    if _part() != "content":
        _start(config)
    return config


def _site(config: MkDocsConfig) -> Site:
    forge = config.extra.get("forge") or {}
    return Site(
        config.site_url or "",
        Forge(forge.get("url", "").rstrip("/"), forge["branch"]),
        api=config.extra.get("api", True),
    )


def _start(config: MkDocsConfig) -> None:
    """Read the records and start to make their pages, in other processes where there are any.

    Where nothing changed since the last build, its files stay; see atlaas.render.last_build.
    """
    site, part = _site(config), _part()
    seen = walk(str(PROJECT.root))
    last = LastBuild(PROJECT, _State.site_dir, (part, repr(site), *_State.content), seen)
    _State.last = last
    _State.writer = Writer(_State.site_dir)
    sizes = {path: size for path, (_, size) in last.files.items()}
    if last.changed == []:
        _State.writer.keep(sizes)
        _State.files, _State.held, _State.warnings = list(sizes), last.held, last.warnings
        return
    progress = Progress(log.info)
    loading = build.Loading(PROJECT, progress, seen)
    del seen  # nothing needs it further, and other processes would have it
    try:
        directory, warnings = loading.result()
    except problem.DataError as error:
        shutil.rmtree(_State.staging)
        log.error("%s\n%s", error, problem.as_text(error.problems))
        raise Abort("Le site n'est pas publié tant que les données portent une erreur.") from None
    _State.held = build.summary(directory)
    _State.warnings = problem.as_text(warnings) if warnings else ""
    texts = last.texts(loading.reading.before, loading.reading.again)
    del loading  # what is known of files is not needed further, and other processes would have it
    renderer = build.Renderer(site, _State.shells, directory)
    _State.making = build.Making(
        renderer, _State.content, _State.writer, part, texts, sizes, progress
    )


def _shells(config: MkDocsConfig) -> Shells:
    """The theme's own template, rendered once per section and depth when first asked for."""
    env = config.theme.get_env()
    files = Files([])

    def render(section: str, depth: int) -> str:
        template = env.get_template("record.html")
        file = File.generated(config, "x/" * depth + "index.md", content="")
        page = MkDocsPage("x", file, config)
        context: dict[str, Any] = dict(get_context(Navigation([], []), files, config, page))
        html = template.render({**context, "shell": TOKENS, "section": section})
        return _with_policy(html, wasm=section == "recherche")

    return Shells(render)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what the theme ships and no page of ours asks for."""
    for file in list(files):
        unused = file.src_uri.startswith(
            ("assets/javascripts/", "assets/stylesheets/", "assets/vendor/inter/")
        )
        if (
            unused
            or file.src_uri.startswith(("pages/", "macros/"))
            or file.src_uri == "sitemap.xml"
        ):
            files.remove(file)
    return files


def _with_policy(html: str, wasm: bool = False) -> str:
    """Add the content policy; not in a preview, where MkDocs adds a script of its own."""
    return html if _State.preview else add_policy(html, wasm)


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Give the pages of content/ the same content policy."""
    return _with_policy(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """And the page of addresses that lead nowhere."""
    return _with_policy(output_content) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Finish the pages of records, add those of content/, and make the whole visible at once."""
    if _State.preview:
        _refresh(config, _State.preview)
        return
    if _part() == "content":
        shutil.rmtree(_State.site_dir, ignore_errors=True)
        shutil.move(_State.staging, _State.site_dir)
        return
    making, _State.making = _State.making, None
    if making:
        making.finish()
        _State.files = _State.writer.paths()
    _join_content(_State.writer)
    written = _State.writer.finish()
    held = _State.held
    _State.last.save(_State.files, held, _State.warnings)
    if _State.warnings:
        log.info(_State.warnings)
    log.info(
        "%d fichiers écrits, %d inchangés, %d retirés (%.1f Mo)",
        written.written,
        written.unchanged,
        written.removed,
        written.total_bytes / 1e6,
    )
    log.info(
        "Site : %s (%d territoires, %d actions, %d labels)",
        _State.site_dir,
        held["territories"],
        held["actions"],
        held["labels"],
    )
    gc.freeze()  # at its end, Python would look through everything once more


def _refresh(config: MkDocsConfig, preview: Preview) -> None:
    """Have the preview take the files of data/ as they now are."""
    problems = preview.refresh(_site(config), _State.shells, _State.content)
    if problems:
        log.info("Fiches à corriger :\n%s", problem.as_text(problems))


def _written_by_hand(config: MkDocsConfig) -> dict[str, Stamp]:
    """What MkDocs builds from: where it is the same, a change of data/ is for the preview alone."""
    folders = (config.docs_dir, str(PROJECT.overrides), str(HOOKS))
    found = {path: stamp for folder in folders for path, stamp in stamps(folder, folder)}
    return found | dict.fromkeys([config.config_file_path], _changed(config.config_file_path))


def _changed(path: str) -> Stamp:
    info = os.stat(path)
    return info.st_mtime_ns, info.st_size


def on_build_error(error: Exception) -> None:
    """Stop the other processes and leave nothing behind; the site stays as it was."""
    if _State.making:
        _State.making.cancel()
        _State.making = None
    if not _State.preview:
        shutil.rmtree(_State.staging, ignore_errors=True)


def _join_content(writer: Writer) -> None:
    """Add what MkDocs built; where a record's page has the same address, it stands."""
    for file in sorted(_State.staging.rglob("*")):
        path = file.relative_to(_State.staging).as_posix()
        if file.is_file() and not writer.has(path):
            writer.put(path, file.read_bytes())
    shutil.rmtree(_State.staging)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Answer for the pages of records, and rebuild when a file of data/ or a template changes."""
    preview = _State.preview
    if preview is None:
        return server
    root = Path(server.root)  # where MkDocs has put the files of assets/, which no record makes
    whole, made_of = server.builder, _written_by_hand(config)

    def rebuild(*given: Any, **named: Any) -> None:
        nonlocal made_of
        now = _written_by_hand(config)
        if now == made_of:
            _refresh(config, preview)
        else:
            made_of = now
            whole(*given, **named)

    server.builder = rebuild

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        inside = path.removeprefix(server.mount_path)
        if inside != path and ".." not in inside and not path.startswith("/livereload/"):
            file = f"{inside}index.html" if inside.endswith("/") or not inside else inside
            with server._epoch_cond:  # a page is made of one state of the files
                server._epoch_cond.wait_for(
                    lambda: server._visible_epoch == server._wanted_epoch, timeout=60
                )
                if not file.startswith("assets/"):
                    preview.put(file, root)
        answer: Iterable[bytes] = server.serve_request(environ, start_response)
        return answer

    server.set_app(serve)
    _State.server = server
    if preview.files.waiting():
        _wake()
    listen(PROJECT.overrides, _wake)
    return server


def _wake() -> None:
    """Have the preview look at what changed; before there is a server, nothing was shown yet."""
    server = _State.server
    if server:
        with server._rebuild_cond:
            server._want_rebuild = True
            server._rebuild_cond.notify_all()
