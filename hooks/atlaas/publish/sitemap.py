"""The sitemap: every page with the date on which its record last changed, as Git knows it.

The pages of places that no record names are found by the links of their EPCI and département.
"""

from collections.abc import Iterator
from functools import partial
from html import escape

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.work.packing import gzipped

LARGEST = 10_000  # addresses of one file: more than 1 MB; the protocol allows five times as many


@export(order=120)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``sitemap.xml``, an index of further files, packed, where one would be large.

    Nothing without the site's address: the protocol takes full addresses only.
    """
    if not site.url:
        return
    lines = [f"<url><loc>{escape(site.url + url)}</loc></url>" for url in site.content]
    for page in site.pages:
        if page.listed:
            date = directory.changed.get(page.source)
            lastmod = f"<lastmod>{date}</lastmod>" if date else ""
            lines.append(f"<url><loc>{escape(site.url + page.url)}</loc>{lastmod}</url>")
    parts = [lines[i : i + LARGEST] for i in range(0, len(lines), LARGEST)]
    if len(parts) == 1:
        yield Asset("sitemap.xml", partial(_document, "urlset", lines))
        return
    names = [f"sitemap-{number}.xml.gz" for number in range(1, len(parts) + 1)]
    index = [f"<sitemap><loc>{escape(site.url + name)}</loc></sitemap>" for name in names]
    yield Asset("sitemap.xml", partial(_document, "sitemapindex", index))
    for name, part in zip(names, parts, strict=True):
        yield Asset(name, partial(_packed, part))


def _packed(lines: list[str]) -> bytes:
    return gzipped([_document("urlset", lines)], 6)


def _document(root: str, lines: list[str]) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} '
    namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + namespace + "\n".join(lines) + f"\n</{root}>\n").encode()
