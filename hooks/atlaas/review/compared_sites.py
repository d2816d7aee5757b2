"""The sites before and after a proposal: which pages differ, and those to look at, side by side.

The pages of the records that were edited come first and are never left out. Of the pages that
follow from them, only the number is said. What is kept opens by a double click, without a server.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from atlaas.publish.offline import to_files
from atlaas.review.cards import Card
from atlaas.review.forge_report import kinds_of
from atlaas.text import plural
from atlaas.text.quoted import code
from atlaas.text.quoted import escape as in_markdown

MOST = 40  # pages kept that follow from the edited ones
_SIDES = ("avant", "apres")
_NEEDED = re.compile(rb"""(?:\b(?:href|src)="|url\(["']?)(?![a-z][a-z0-9+.-]*:|//|#)([^"'?#)]+)""")
_KEPT = (".css", ".js", ".svg", ".png", ".woff2", ".ico")  # what a page needs to be seen


class EditedPage(NamedTuple):
    """A page of a record that was edited: its address before and after, empty where none is."""

    title: str
    old: str
    new: str


def edited_pages(cards: Iterable[Card]) -> list[EditedPage]:
    """The pages of the records on these cards, in their order; those without a page left out."""
    return [
        EditedPage(f"{card.who}, {card.called}", card.old_url, card.url)
        for card in cards
        if card.url or card.old_url
    ]


def build(project: Path, target: Path) -> bool:
    """Build a site with the code of its own checkout; False where it cannot be built."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["--config-file", str(project / "mkdocs.yml"), "--site-dir", str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project, capture_output=True, check=False, env=environment)
    return done.returncode == 0


def differing(old: Path, new: Path) -> tuple[list[str], list[str], list[str]]:
    """(added, changed, removed) pages between two sites, as addresses from the root."""

    def pages(site: Path) -> dict[str, Path]:
        return {p.relative_to(site).as_posix(): p for p in sorted(site.rglob("*.html"))}

    before, after = pages(old), pages(new)
    both = before.keys() & after.keys()
    return (
        sorted(after.keys() - before.keys()),
        sorted(path for path in both if before[path].read_bytes() != after[path].read_bytes()),
        sorted(before.keys() - after.keys()),
    )


def compare_sites(
    before: Path, after: Path, scratch: Path, edited: Iterable[EditedPage], folder: Path
) -> list[str]:
    """Build the sites of two checkouts, keep what to look at in ``folder``, say it in Markdown.

    ``folder`` gets ``pages.txt``, the pages that differ, and ``apercu/``, whose index.html opens
    the edited ones before and after.
    """
    old, new = scratch / "old", scratch / "new"
    if not build(after, new):
        return ["", "Le site ne se construit pas avec cette proposition."]
    if not build(before, old):
        return ["", "Le site d'avant ne se construit pas : pas de comparaison des pages."]
    added, changed, removed = differing(old, new)
    names = [f"+ {p}" for p in added] + [f"~ {p}" for p in changed] + [f"- {p}" for p in removed]
    (folder / "pages.txt").write_text("\n".join([*names, ""]), encoding="utf-8")
    known = [page for page in edited if _file(page.old, old) or _file(page.new, new)]
    if not known and not names:
        return ["", "Aucune page du site ne change."]
    own = {file for page in known for file in (_file(page.old, old), _file(page.new, new)) if file}
    derived = [path for path in [*added, *changed] if path not in own]
    keep(old, folder / "apercu" / _SIDES[0], [*own, *derived[:MOST]])
    keep(new, folder / "apercu" / _SIDES[1], [*own, *derived[:MOST]])
    index = _index(known, derived, old, new)
    (folder / "apercu" / "index.html").write_text(index, encoding="utf-8")
    return list(_told(known, [p for p in [*added, *changed, *removed] if p not in own], new))


def _file(url: str, site: Path) -> str:
    """The file of an address, from the root of a site; empty where the site has none."""
    path = f"{url}index.html"
    return path if url and (site / path).is_file() else ""


def keep(site: Path, target: Path, pages: Iterable[str]) -> None:
    """Copy pages, as they open from a disk, and the styles, scripts and pictures that they need."""
    needed: set[str] = set()
    for page in pages:
        if (site / page).is_file():
            raw = (site / page).read_bytes()
            needed |= _needed(raw, page)
            _write(target / page, to_files(raw))
    while needed:
        path = needed.pop()
        if (target / path).exists() or not (site / path).is_file():
            continue
        raw = (site / path).read_bytes()
        if path.endswith(".css"):
            needed |= _needed(raw, path)
        _write(target / path, raw)


def _write(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def _needed(raw: bytes, page: str) -> set[str]:
    """The files of the site that a page or a style sheet names, from its root."""
    found = set()
    for match in _NEEDED.finditer(raw):
        name = unquote(match[1].decode("utf-8", "replace"))
        path = os.path.normpath(os.path.join(os.path.dirname(page), name))
        if path.endswith(_KEPT) and not path.startswith(".."):
            found.add(path.replace(os.sep, "/"))
    return found


def _told(known: list[EditedPage], derived: list[str], site: Path) -> Iterator[str]:
    """What the report says of the pages; ``site`` is the one after the proposal."""
    yield from ("", "**Aperçu** : les pages des fiches, avant et après, sont dans l'artefact")
    yield "(`apercu/index.html`, à ouvrir d'un double clic)."
    for page in known:
        verb = "modifiée" if page.old and page.new else "nouvelle" if page.new else "retirée"
        if verb == "retirée" and _file(page.old, site):
            verb = "redirigée"
        yield f"- {in_markdown(page.title)} : {verb}, {code('/' + (page.new or page.old))}"
    if derived:
        count = plural(len(derived), "autre page change", "autres pages changent")
        yield ""
        yield f"{count} : {in_markdown(kinds_of(derived))}."


_PAGE = """\
<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Aperçu de la proposition</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; }}
.sides {{ display: flex; flex-wrap: wrap; gap: 1rem; }}
.sides > section {{ flex: 1 1 24rem; }}
iframe {{ border: 1px solid #767676; width: 100%; height: 40rem; }}
</style>
<h1>Aperçu de la proposition</h1>
<p>Chaque fiche, avant et après. Les autres pages du site n'y sont pas toutes : un lien peut ne
mener nulle part.</p>
{pages}
{derived}
</html>
"""


def _index(known: list[EditedPage], derived: list[str], old: Path, new: Path) -> str:
    """The page that shows both versions of each edited page, the first of them open."""
    shown = [
        f"<details{' open' if number == 0 else ''}><summary>{escape(page.title)}</summary>\n"
        f'<div class="sides">\n{_side("Avant", 0, _file(page.old, old))}'
        f"{_side('Après', 1, _file(page.new, new))}</div>\n</details>"
        for number, page in enumerate(known)
    ]
    links = "".join(
        f'<li><a href="{_SIDES[1]}/{escape(path)}">/{escape(path.removesuffix("index.html"))}</a>'
        for path in derived[:MOST]
    )
    title = f"<h2>Pages qui changent avec elles</h2>\n<p>{escape(kinds_of(derived))}</p>"
    rest = f"{title}\n<ul>{links}</ul>"
    return _PAGE.format(pages="\n".join(shown), derived=rest if derived else "")


def _side(title: str, side: int, path: str) -> str:
    if not path:
        return f"<section><h2>{title}</h2><p>Pas de page.</p></section>\n"
    address = f"{_SIDES[side]}/{escape(path)}"
    return (
        f'<section><h2><a href="{address}">{title}</a></h2>\n'
        f'<iframe src="{address}" title="{title}" loading="lazy"></iframe></section>\n'
    )
