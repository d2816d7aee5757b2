"""The small files by which others find their way in: robots.txt, OpenSearch, security.txt."""

from collections.abc import Iterator
from datetime import date, timedelta
from html import escape

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.pages.views import newest_change

SECURITY = ".well-known/security.txt"
_VALID = timedelta(days=365)  # RFC 9116 advises less than a year from when it is made


@export(order=110)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``robots.txt``; ``opensearch.xml`` where the site's address is known; whom to write to of a
    flaw, where that is known, and a date with it."""
    yield Asset("robots.txt", lambda: _robots(site).encode())
    if site.url:
        yield Asset("opensearch.xml", lambda: _opensearch(site).encode())
    newest = newest_change(directory)
    if site.owner.url and newest:
        yield Asset(SECURITY, lambda: _security(site, newest).encode())


def _robots(site: Site) -> str:
    """Everything may be read, the API too."""
    lines = ["User-agent: *", "Allow: /"]
    if site.url:
        lines.append(f"Sitemap: {site.url}sitemap.xml")
    return "\n".join(lines) + "\n"


def _opensearch(site: Site) -> str:
    """Source: the OpenSearch 1.1 description document."""
    url = escape(site.url, quote=True)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Atlaas</ShortName>
<Description>Chercher un territoire ou une action numérique dans l'Atlaas</Description>
<InputEncoding>UTF-8</InputEncoding>
<Language>fr</Language>
<Image width="16" height="16" type="image/svg+xml">{url}assets/img/logo.svg</Image>
<Url type="text/html" template="{url}recherche/?q={{searchTerms}}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="{url}opensearch.xml"/>
</OpenSearchDescription>
"""


def _security(site: Site, newest: str) -> str:
    """Source: RFC 9116. It ends a year after the newest record, as no page depends on the day."""
    lines = [
        f"Contact: {site.owner.url}",
        f"Expires: {date.fromisoformat(newest) + _VALID}T00:00:00Z",
        "Preferred-Languages: fr",
    ]
    if site.url:
        lines.append(f"Canonical: {site.url}{SECURITY}")
    if site.forge.url:
        lines.append(f"Policy: {site.forge.file('SECURITY.md')}")
    return "\n".join(lines) + "\n"
