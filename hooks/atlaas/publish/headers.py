"""``_headers``: what a host is to say with every file, for those that read such a list.

A page can say its content policy itself, but not who may frame it, nor that files are what their
kind says. Netlify and Cloudflare Pages read this file; docs/forge.md has the same for others.
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


@export(order=95)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """The list, the same for all files."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS)]
    yield Asset("_headers", lambda: "\n".join([*lines, ""]).encode())
