"""Old addresses that go on answering: of communes that merged, and of records that moved.

A static host cannot answer « moved »: a tiny page sends browsers on and names the new address
to search engines. The API says it in JSON, and the old code's feed is made with the others.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape

from atlaas.directory import Directory, territory_url
from atlaas.directory.redirects import steps
from atlaas.pages.page import Asset, Site, export, root_of
from atlaas.project import Project
from atlaas.publish.documents import BASE
from atlaas.publish.formats import address, as_json
from atlaas.text import grammar
from atlaas.text.typography import typeset

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"


@export(order=100)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """A page and an API document at each old address.

    No page that exists is ever replaced. Where an old address is that of two, the commune that
    merged comes first. That of a commune that no record names has the address that a page had.
    """
    seen = {page.url for page in site.pages}
    for asset in _assets(directory, site):
        url = asset.url.removesuffix("index.html")
        if url not in seen:
            seen.add(url)
            yield asset


def _assets(directory: Directory, site: Site) -> Iterator[Asset]:
    reference = directory.reference
    names = reference.former_name
    for old, new in merged(directory):
        recorded, target = new in directory.territories, directory.address_of(new)
        urls = [f"territoires/{old}/"] if recorded else []
        if names.get(old):
            urls.append(territory_url(old, names[old]))
        now = grammar.of(
            directory.reference.places[new].name, directory.reference.articles.get(new, "")
        )
        words = f"{names.get(old) or 'Cette commune'} fait maintenant partie {now}."
        for url in urls:
            yield Asset(f"{url}index.html", partial(page, site, url, target, words))
        if site.api and recorded:
            yield _moved(site, f"territories/{old}", f"territories/{new}", target)
    for vocabulary, choice in (("themes", "theme"), ("usages", "usage")):
        for id_ in directory.vocabularies.get(vocabulary, {}):
            old = f"reseau/{vocabulary}/{id_}/"  # « Qui le fait déjà ? » until 2026
            yield Asset(f"{old}index.html", partial(page, site, old, f"actions/?{choice}={id_}"))
    yield Asset("reseau/index.html", partial(page, site, "reseau/", "actions/"))
    for old, new in written(directory.project).items():
        yield Asset(f"{old}index.html", partial(page, site, old, new))
        if site.api:
            yield from _moved_record(directory, site, old, new)


def merged(directory: Directory) -> Iterator[tuple[str, str]]:
    """(former code, current code) of communes that merged into one that is still there."""
    reference = directory.reference
    for old in sorted(reference.former):
        new = reference.successor(old)
        if new and new in reference.places and old not in directory.territories:
            yield old, new


def written(project: Project) -> dict[str, str]:
    """Old address -> the newest one, as data/redirects.yml has them.

    Chains are followed; a circle leads nowhere and is left out.
    """
    found = steps(project)
    return {old: last for old in found if (last := _last(found, old)) not in found}


def _last(steps: Mapping[str, str], url: str) -> str:
    seen = {url}
    while url in steps and steps[url] not in seen:
        url = steps[url]
        seen.add(url)
    return url


def page(site: Site, old: str, new: str, words: str = "Cette page a changé d'adresse.") -> bytes:
    """The page at an old address; ``words`` say why it moved."""
    target = escape(root_of(old) + new)
    canonical = f'<link rel="canonical" href="{escape(site.url + new)}">' if site.url else ""
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={target}">{canonical}'
        "<title>Page déplacée — Atlaas</title></head>"
        "<body><main><h1>Page déplacée</h1>"
        f'<p>{escape(typeset(words))} <a href="{target}">Aller à la nouvelle adresse</a>.'
        "</p></main></body></html>\n"
    ).encode()


def _moved(site: Site, old: str, new: str, url: str) -> Asset:
    document = {"moved": address(site, f"{BASE}{new}.json"), "url": address(site, url)}
    return Asset(f"{BASE}{old}.json", partial(as_json, document))


def _moved_record(directory: Directory, site: Site, old: str, new: str) -> Iterator[Asset]:
    """The API's answer for a territory or an action that moved, unless a record is there."""
    names = [_api_name(directory, url) for url in (old, new)]
    if names[0] and names[1] and names[0] != names[1]:
        kind, _, id_ = names[0].partition("/")
        if id_ not in (directory.actions if kind == "actions" else directory.territories):
            yield _moved(site, names[0], names[1], new)


def _api_name(directory: Directory, url: str) -> str:
    """The document of a page: « actions/59378/x », « territories/59378 », else an empty text."""
    folder, _, rest = url.strip("/").partition("/")
    if folder == "actions" and rest.count("/") == 1:
        return f"actions/{rest}"
    code = code_at(url)
    return f"territories/{code}" if code else ""


def code_at(url: str) -> str:
    """The code in the address of a territory's page, else an empty text."""
    folder, _, stem = url.strip("/").partition("/")
    if folder != "territoires" or not stem or "/" in stem:
        return ""
    return stem if stem.startswith("x-") else stem.partition("-")[0]
