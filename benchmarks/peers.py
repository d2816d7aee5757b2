"""The same site for the peers: from an Atlaas project that is already built to their source files.

    python -m benchmarks.peers PROJECT SITE TARGET hugo|mkdocs|zensical

Every page of the built site becomes a page at the same address. Hugo gets its own idioms: actions
as content, territories, themes, enjeux and usages as taxonomies whose terms list their actions,
lists paginated by 100, places without a record as content with a layout of their own. MkDocs and
Zensical, which have none, get the same as Markdown. What is left, which only the Atlaas works out
(diagnoses, départements, editions: some 1 500 pages at most, however many actions there are), is
given to all of them as HTML. Prints how many pages of each way there are, as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.places import as_markdown, light_pages

HERE = Path(__file__).resolve().parent
if TYPE_CHECKING:
    from atlaas.directory import Directory, LinkedAction, LinkedTerritory

_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_PAGE = re.compile(r"^(.*?)page/(\d+)/$")
TAXONOMIES = ("themes", "enjeux", "usages")
PER_PAGE = 100
SHOWN = 60
HIDDEN = {"build": {"render": "never", "list": "never"}}  # of a section of Hugo, not its pages


class Built(NamedTuple):
    """A built site and the records that it was made of."""

    site: Path
    directory: Directory
    urls: list[str]  # of every index.html, relative to the site's root

    def main(self, url: str) -> tuple[str, str]:
        """The title of a page and what stands in its ``main`` element."""
        html = (self.site / url / "index.html").read_text(encoding="utf-8")
        title, main = _TITLE.search(html), _MAIN.search(html)
        words = title[1].partition(" — ")[0] if title else url
        return words, re.sub(r"\n\s*\n", "\n", main[1]) if main else ""


def load(project: Path, site: Path) -> Built:
    """The records of a project, and the addresses of its site."""
    from atlaas import build
    from atlaas.project import Project

    urls = []
    for folder, _, files in os.walk(site):
        if "index.html" in files:
            path = os.path.relpath(folder, site).replace(os.sep, "/")
            urls.append("" if path == "." else f"{path}/")
    return Built(site, build.load(Project(project))[0], sorted(urls))


def card(action: LinkedAction) -> dict[str, str]:
    """What a list shows of an action."""
    return {
        "title": action.record.title,
        "url": action.url,
        "meta": f"{action.territory.name} · {action.year}",
    }


def beside(directory: Directory, action: LinkedAction) -> list[dict[str, str]]:
    """Three actions on the same theme: given to every peer, none has to look for them."""
    ring = directory.actions_by["themes"][action.record.themes[0]]
    start = directory.rank_in_theme[action.id]
    others = (ring[(start + step) % len(ring)] for step in (1, 2, 3))
    return [card(other) for other in others if other is not action]


def facts(directory: Directory, action: LinkedAction) -> list[tuple[str, str]]:
    """The strip of an action's page."""
    record = action.record
    rows = [("Porteur", action.territory.name), ("Début", record.started or "non connu")]
    if record.status:
        rows.append(("État", directory.term("statuses", record.status).label))
    for name in TAXONOMIES:
        labels = [directory.term(name, id_).label for id_ in getattr(record, name)]
        if labels:
            rows.append((name.capitalize(), ", ".join(labels)))
    return rows


def territory_facts(territory: LinkedTerritory) -> list[tuple[str, str]]:
    """The strip of a territory's page."""
    rows = [("Genre", territory.kind_label), ("Code", territory.code)]
    if territory.population:
        rows.append(("Population", f"{territory.population} habitants"))
    rows += [
        (f"Label {label.edition}", f"{label.level or '?'} sur 5") for label in territory.labels
    ]
    return rows


def lists(built: Built) -> dict[str, list[dict[str, str]]]:
    """Address of the first page of each paginated list -> what it lists, in order."""
    directory = built.directory
    found = {"actions/": [card(action) for action in directory.actions.values()]}
    found["territoires/"] = [
        {"title": t.name, "url": t.url, "meta": t.kind_label}
        for t in directory.territories.values()
        if t.path or t.actions
    ]
    for name in TAXONOMIES:
        index = directory.actions_by[name]
        for id_ in directory.vocabularies[name]:
            found[f"{name}/{id_}/"] = [card(action) for action in index.get(id_, ())]
    return found


class Tree:
    """Writes files below a folder made anew."""

    def __init__(self, target: Path) -> None:
        shutil.rmtree(target, ignore_errors=True)
        self.target = target

    def put(self, path: str, text: str) -> None:
        """Write one file."""
        full = self.target / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, encoding="utf-8")


def _front(values: dict[str, Any]) -> str:
    """Front matter as YAML, of which JSON is a part: the quickest way to have it right."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "---\n" + "\n".join(lines) + "\n---\n"


def chrome(built: Built) -> tuple[str, str]:
    """The header and the footer of the Atlaas's own pages, with addresses from the root."""
    url = next(iter(built.directory.actions.values())).url
    html = (built.site / url / "index.html").read_text(encoding="utf-8")
    html = html.replace("../" * url.count("/"), "/")
    head, _, rest = html.partition("<main")
    return head.partition("<body>")[2], rest.partition("</main>")[2].partition("</body>")[0]


def hugo(built: Built, target: Path) -> int:
    """A Hugo project: benchmarks/hugo with the content; how many pages it is given as HTML."""
    tree, directory = Tree(target), built.directory
    shutil.copytree(HERE / "hugo", target)
    header, footer = chrome(built)
    tree.put("layouts/partials/header.html", header)
    tree.put("layouts/partials/footer.html", footer)
    shutil.copytree(built.site / "assets", target / "static" / "assets")
    done = {"", "actions/", "territoires/"}
    tree.put("content/_index.md", _front({"title": "Atlaas"}) + built.main("")[1])
    for name in ("actions", "territoires"):
        tree.put(f"content/{name}/_index.md", _front({"title": name.capitalize()}))
    for action in directory.actions.values():
        record = action.record
        values = {
            "title": record.title,
            "territoires": [action.territory.url.split("/")[1]],
            **{name: getattr(record, name) for name in TAXONOMIES},
            "facts": facts(directory, action),
            "meta": card(action)["meta"],
            "sources": [{"url": s.url, "title": s.title or s.url} for s in record.sources],
            "beside": beside(directory, action),
            "file": action.path,
        }
        tree.put(f"content/{action.url[:-1]}.md", _front(values) + action.body)
        done.add(action.url)
    for territory in directory.territories.values():
        if territory.url.startswith("territoires/"):
            values = {"title": territory.name, "facts": territory_facts(territory)}
            values |= {"meta": territory.kind_label, "file": territory.path}
            values["listed"] = bool(territory.path or territory.actions)
            tree.put(f"content/{territory.url}_index.md", _front(values))
            done.add(territory.url)
    done |= _hugo_places(directory, tree)
    for name in TAXONOMIES:
        tree.put(f"content/{name}/_index.md", _front({"title": name.capitalize()}))
        done.add(f"{name}/")
        for id_, term in directory.vocabularies[name].items():
            values = {"title": term.label, "description": term.definition or ""}
            tree.put(f"content/{name}/{id_}/_index.md", _front(values))
    done |= {url for base, items in lists(built).items() for url in _pages_of(base, len(items))}
    tree.put("content/pages/_index.md", _front(HIDDEN))
    given = [url for url in built.urls if url not in done]
    for index, url in enumerate(given):
        title, html = built.main(url)
        values = {"title": title, "url": f"/{url}", "layout": "plain"}
        tree.put(f"content/pages/{index}.html", _front(values) + html)
    return len(given)


def _hugo_places(directory: Directory, tree: Tree) -> set[str]:
    """Content for places that no record names, and as data what their pages share."""
    pages, shared = light_pages(directory)
    tree.put("content/places/_index.md", _front(HIDDEN))
    for page in pages:
        tree.put(
            f"content/places/{page.values['code']}.md",
            _front({"url": f"/{page.url}"} | page.values),
        )
    for name, data in shared._asdict().items():
        tree.put(f"data/{name}.json", json.dumps(data, ensure_ascii=False))
    return {page.url for page in pages}


def _pages_of(base: str, count: int) -> Iterator[str]:
    yield base
    for number in range(2, -(-count // PER_PAGE) + 1):
        yield f"{base}page/{number}/"


def _links(items: list[dict[str, str]], root: str) -> str:
    return "\n".join(f"- [{c['title']}]({root}{c['url']}) {c['meta']}" for c in items)


def _table(rows: list[tuple[str, str]]) -> str:
    return "\n".join(["| Fait | Valeur |", "|---|---|", *(f"| {k} | {v} |" for k, v in rows)])


def markdown(built: Built, target: Path) -> int:
    """A MkDocs project with Material, which Zensical reads as it is; how many pages are HTML."""
    tree, directory = Tree(target), built.directory
    tree.put("mkdocs.yml", (HERE / "mkdocs-peer.yml").read_text(encoding="utf-8"))
    territories = {t.url: t for t in directory.territories.values()}
    actions = {a.url: a for a in directory.actions.values()}
    paginated, given = lists(built), 0
    pages, shared = light_pages(directory)
    light = {page.url: page for page in pages}
    for url in built.urls:
        root = "../" * url.count("/")
        action, territory = actions.get(url), territories.get(url)
        page = _PAGE.match(url)
        base, number = (page[1], int(page[2])) if page else (url, 1)
        if action:
            values = {"title": action.record.title}
            same = [card(a) for a in action.territory.actions[:4] if a is not action]
            sources = [
                {"title": s.title or s.url or "", "url": s.url or "", "meta": ""}
                for s in action.record.sources
            ]
            text = (
                f"# {action.record.title}\n\n"
                f"[{action.territory.name}]({root}{action.territory.url})\n\n"
                f"{_table(facts(directory, action))}\n\n{action.body}\n\n"
                f"## Sources\n\n{_links(sources, '')}\n\n"
                f"## Dans le même territoire\n\n{_links(same, root)}\n\n"
                f"## Sur le même thème\n\n{_links(beside(directory, action), root)}\n"
            )
        elif territory and url.startswith("territoires/"):
            values = {"title": territory.name}
            cards = [card(a) for a in territory.actions[:SHOWN]]
            text = f"# {territory.name}\n\n{_table(territory_facts(territory))}\n\n"
            text += f"## Actions\n\n{_links(cards, root)}\n"
        elif url in light:
            values, text = {"title": light[url].values["title"]}, as_markdown(light[url], shared)
        elif base in paginated:
            values = {"title": built.main(url)[0]}
            shown = paginated[base][(number - 1) * PER_PAGE : number * PER_PAGE]
            text = f"# {values['title']}\n\n{_links(shown, root)}\n"
        else:
            title, html = built.main(url)
            values, text = {"title": title}, f"<div>\n{html}\n</div>\n"
            given += 1
        tree.put(f"docs/{url}index.md", _front(values) + text)
    return given


def html_pages(folder: Path) -> set[str]:
    """The addresses of every HTML page below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


PEERS = {"hugo": hugo, "mkdocs": markdown, "zensical": markdown}


def main() -> None:
    """Write the project of one peer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("site", type=Path, help="its pages, built")
    parser.add_argument("target", type=Path)
    parser.add_argument("peer", choices=PEERS)
    given = parser.parse_args()
    built = load(given.project, given.site)
    as_html = PEERS[given.peer](built, given.target)
    print(json.dumps({"pages": len(built.urls), "given as HTML": as_html}))


if __name__ == "__main__":
    main()
