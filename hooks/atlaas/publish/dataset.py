"""The data as search engines for data sets find them: schema.org's Dataset, on /donnees/."""

from atlaas.pages.cite import AUTHOR, TITLE
from atlaas.pages.page import Site
from atlaas.publish.action_tables import all_tables
from atlaas.publish.data_package import FOLDER
from atlaas.publish.formats import LICENCE_URL, Json

DESCRIPTION = (
    "Territoires français, leurs actions numériques, et ce que des sources publiques disent du "
    "label « Territoires, Villes et Villages Internet », avec les sources de chaque fait."
)
_OTHERS = (  # file, media type
    ("atlaas.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("atlaas.sqlite", "application/vnd.sqlite3"),
    ("territoires.geojson", "application/geo+json"),
    ("actions.ndjson.gz", "application/gzip"),
)


def dataset(site: Site, modified: str) -> Json:
    """All tables as one data set; ``modified`` is the ISO date of its newest record, or empty."""
    author = {"@type": "Organization", "name": AUTHOR, "url": site.url}
    found: Json = {
        "@type": "Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        "url": f"{site.url}{FOLDER}",
        "identifier": f"{site.url}{FOLDER}#jeu",
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": "fr",
        "keywords": ["collectivités", "numérique", "label", "communes", "intercommunalités"],
        "spatialCoverage": {"@type": "Country", "name": "France"},
        "creator": author,
        "distribution": [_download(site, *file) for file in _files()],
    }
    if modified:
        found["dateModified"] = modified
    return found


def _files() -> list[tuple[str, str]]:
    return [*_OTHERS, *((f"{table.name}.csv", "text/csv") for table in all_tables())]


def _download(site: Site, file: str, media: str) -> Json:
    url = f"{site.url}{FOLDER}{file}"
    return {"@type": "DataDownload", "encodingFormat": media, "contentUrl": url}
