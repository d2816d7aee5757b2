"""The data as search engines for data sets find them: schema.org's Dataset, on /donnees/."""

from atlaas.pages.cite import AUTHOR, TITLE
from atlaas.pages.page import Site
from atlaas.publish.data_files import FOLDER, DataFile, data_files
from atlaas.publish.formats import LICENCE_URL, Json

DESCRIPTION = (
    "Territoires français, leurs actions numériques, et ce que des sources publiques disent du "
    "label « Territoires, Villes et Villages Internet », avec les sources de chaque fait."
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
        "distribution": [_download(site, file) for file in data_files()],
    }
    if modified:
        found["dateModified"] = modified
    return found


def _download(site: Site, file: DataFile) -> Json:
    url = f"{site.url}{FOLDER}{file.name}"
    return {
        "@type": "DataDownload",
        "name": file.title,
        "encodingFormat": file.media,
        "contentUrl": url,
    }
