"""The only file that imports MkDocs: its events, a few lines each, that call the package.

MkDocs builds the pages of content/ next to the site, to which atlaas.build.SiteBuild adds them.
"""

import logging
import os
import sys
from pathlib import Path
from typing import Any

HOOKS = Path(__file__).parent
if str(HOOKS) not in sys.path:
    sys.path.insert(0, str(HOOKS))

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from atlaas import build
from atlaas.pages import settings
from atlaas.pages.page import Site, root_of
from atlaas.preview import LivePreview
from atlaas.project import Project
from atlaas.publish import page_heads
from atlaas.render.csp import add_policy
from atlaas.render.page_html import clean, fill
from atlaas.render.shell import TOKENS, Shells
from atlaas.text.typography import typeset, typeset_html
from atlaas.work.terminal import as_read

PROJECT = Project(HOOKS.parent)
# Of the theme, asked for by no page; the templates of record pages; of the offline copy alone.
UNUSED = (
    *("assets/javascripts/", "assets/stylesheets/", "assets/vendor/inter/", "sitemap.xml"),
    *("pages/", "macros/", "assets/js/offline.js"),
)
log = logging.getLogger("mkdocs.hooks.atlaas")


class _State:
    """What one build carries from event to event; MkDocs keeps this module across rebuilds."""

    building: build.SiteBuild | None = None
    preview: LivePreview | None = None  # while serving
    site: Site = Site()


def on_startup(command: str, dirty: bool) -> None:
    """Know whether a preview is running; say all as it is read."""
    for handler in logging.getLogger("mkdocs").handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(as_read(handler.stream))
    _State.preview = LivePreview(PROJECT, log.info) if command == "serve" else None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Start on the records, and build content/ next to the site, which MkDocs would empty."""
    config.theme.static_templates.discard("sitemap.xml")  # ours names every page, by Git's dates
    _without_icons(config.theme)
    site = _State.site = settings.site_of(config.site_url, config.extra)
    config.extra.update(owner=site.owner, forge=site.forge, issue=site.forge.issue())
    config.site_description = typeset(config.site_description or "")
    try:
        for remark in settings.remarks(site):
            # No warning of MkDocs, which --strict would refuse.
            print(remark, file=as_read(sys.stderr))
    except settings.WrongSetting as error:
        raise Abort(str(error)) from None
    content, shells = build.content_of(Path(config.docs_dir)), _shells(config)
    if _State.preview:
        _State.preview.prepare(site, shells, content)
        return config
    folder = Path(config.site_dir)
    try:
        _State.building = build.SiteBuild(PROJECT, folder, site, shells, content, log.info)
    except build.BuildError as error:
        raise Abort(str(error)) from None
    config.site_dir = str(_State.building.staging)
    return config


class _ThemeLoader(FileSystemLoader):
    """The theme's templates. MkDocs lists them all to find files, and then leaves out what has a
    dot before its name: 14 000 icons, a fifth of a build of which nothing changed."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for root in self.searchpath:
            for folder, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(os.path.relpath(os.path.join(folder, name), root) for name in names)
        return sorted(name.replace(os.sep, "/") for name in found)


def _without_icons(theme: Theme) -> None:
    """Have MkDocs not list what it leaves out."""
    get_env = theme.get_env

    def environment() -> Environment:
        env = get_env()
        env.loader = _ThemeLoader(theme.dirs)
        return env

    setattr(theme, "get_env", environment)  # noqa: B010  # a method, to mypy


def _shells(config: MkDocsConfig) -> Shells:
    """The theme's own template, rendered once per section and depth when first asked for."""
    template = config.theme.get_env().get_template("record.html")

    def render(section: str, depth: int) -> str:
        url = "x/" * depth
        page = Page("x", File.generated(config, f"{url}index.md", content=""), config)
        context = {"config": config, "page": page, "base_url": root_of(url).rstrip("/")}
        html = template.render(context, shell=TOKENS, section=section)
        return _with_policy(typeset_html(html), wasm=section == "recherche")

    return Shells(render)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what no page of ours asks for."""
    for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
        files.remove(file)
    return files


def _with_policy(html: str, wasm: bool = False) -> str:
    """Add the content policy; not in a preview, which adds scripts of its own."""
    return html if _State.preview else add_policy(html, wasm)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill in what a page of content/ says of this site: whose it is, how to write to it."""
    try:
        return fill(markdown, config.extra, PROJECT.overrides)
    except ValueError as error:
        raise Abort(f"content/{page.file.src_uri}{error}") from None


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Leave out what may not be there, at which a build stops; set what templates escape."""
    html, refused = clean(html)
    if refused:
        said = f"content/{page.file.src_uri} : le site refuse {', '.join(refused)}. Supprimez-le."
        if not _State.preview:
            raise Abort(said)
        log.warning(said)
    page.title = typeset(str(page.title))
    page.meta["description"] = typeset(page.meta.get("description", ""))
    return html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give the pages of content/ the same head, typography and content policy."""
    modified = _State.building.modified if _State.building else ""
    head = page_heads.of_written(_State.site, page.url, str(page.title), modified)
    return _with_policy(typeset_html(output.replace("</head>", f"{head}</head>", 1)))


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """And the page of addresses that lead nowhere."""
    if not template_name.endswith(".html"):
        return output_content
    return _with_policy(typeset_html(output_content))


def on_post_build(config: MkDocsConfig) -> None:
    """Join the pages of records and those of content/, and make the whole visible at once."""
    if _State.preview:
        _State.preview.refresh()
    elif _State.building:
        _State.building.finish()


def on_build_error(error: Exception) -> None:
    """Leave nothing behind, the site as it was, and say what can be said in words."""
    if _State.building:
        _State.building.cancel()
    said = build.BuildError.of(error)
    if said:
        raise Abort(str(said))


def on_serve(server: Any, config: MkDocsConfig, builder: object) -> Any:
    """Answer for the pages of records, and rebuild when a template changes."""
    if _State.preview:
        server.set_app(_State.preview.around(server.get_app(), config.site_url))
        server.watch(str(PROJECT.overrides))
    return server
