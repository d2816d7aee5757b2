"""The small files by which other programs find their way in: robots.txt and OpenSearch."""

from collections.abc import Iterator
from html import escape

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export


@export(order=110)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``robots.txt``; and ``opensearch.xml`` where the site's address is known."""
    yield Asset("robots.txt", lambda: _robots(site).encode())
    if site.url:
        yield Asset("opensearch.xml", lambda: _opensearch(site).encode())


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
