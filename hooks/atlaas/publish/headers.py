"""``_headers``: what a host is to say with every file, for those that read such a list.

A page can say its content policy itself, but not who may frame it, nor that files are what their
kind says. Pages of any site may read the data; a copy may be kept for ten minutes, as GitHub Pages
has it. Netlify and Cloudflare Pages read this file; docs/forge.md has the same for others.
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
# Of what other sites fetch. (A host joins the rules that fit an address.)
OPEN = ("/api/*", "/donnees/*", "/flux/*", "/schemas/*")
OPEN_HEADERS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Cache-Control", "public, max-age=600, must-revalidate"),
)


@export(order=95)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """The list: what is the same for all files, then what is said of data."""
    rules = {"/*": HEADERS, **dict.fromkeys(OPEN, OPEN_HEADERS)}
    lines = []
    for path, headers in rules.items():
        lines += [path, *(f"  {name}: {value}" for name, value in headers)]
    yield Asset("_headers", lambda: "\n".join([*lines, ""]).encode())
