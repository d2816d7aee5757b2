"""``_headers``: what a host is to say with every file, for those that read such a list.

A page can say its content policy itself, but not who may frame it, nor that files are what their
kind says. Lists, the map and what stands under /integrer/ are made for frames of other sites; a
host joins the rules that fit an address, so that no rule for all says who may frame. Pages of any
site may read the data; a copy may be kept for ten minutes, as GitHub Pages has it. Netlify and
Cloudflare Pages read this file; docs/hebergement.md has the same for others.
"""

from collections.abc import Iterator

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export

HEADERS = (
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
FRAMED = ("actions", "carte", "integrer")
# Of what other sites fetch.
OPEN = ("/api/*", "/donnees/*", "/flux/*", "/schemas/*", "/integrer/*")
OPEN_HEADERS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Cache-Control", "public, max-age=600, must-revalidate"),
)


@export(order=95)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """The list: what is the same for all files, who may frame pages, what is said of data."""
    (frames, *others), rules = HEADERS, dict[str, tuple[tuple[str, str], ...]]()
    rules["/*"] = tuple(others)
    urls = {*(page.url for page in site.pages), *site.content}
    tops = {url.partition("/")[0] for url in urls} - set(FRAMED)
    for path in sorted(f"/{top}/*" if top else "/" for top in tops):
        rules[path] = (frames,)
    for path in OPEN:
        rules[path] = (*rules.get(path, ()), *OPEN_HEADERS)
    lines = []
    for path, headers in rules.items():
        lines += [path, *(f"  {name}: {value}" for name, value in headers)]
    yield Asset("_headers", lambda: "\n".join([*lines, ""]).encode())
