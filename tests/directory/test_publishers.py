"""Who publishes at a host: the list first, then the town hall whose site it is."""

from __future__ import annotations

import pytest

from atlaas.directory.publishers import Publishers
from atlaas.geography.reference import Reference
from atlaas.model import Term

TERMS = [Term(id="gazette", label="La Gazette", spellings=["gazette.fr", "lille.fr"])]


class Towns(Reference):
    """The places of the geography, and a few sites of town halls."""

    def __init__(self, reference: Reference) -> None:
        vars(self).update(vars(reference))
        self.websites = {
            "59368": "https://www.ville-lamadeleine.fr",
            "59350": "https://lille.fr",
            "33063": "https://www.bordeaux.fr/",
            "59378": "https://commun.fr",  # of two communes
            "59332": "https://commun.fr",
            "59163": "https://cc-croix.fr",  # of a communauté
            "59560": "https://sites.example/seclin",  # a page at somebody else's
            "59328": "https://exemple.fr",  # which does not name Lambersart
        }


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("gazette.fr", "La Gazette"),
        ("lille.fr", "La Gazette"),
        ("ville-lamadeleine.fr", "Mairie de La Madeleine"),
        ("imap.ville-lamadeleine.fr", "Mairie de La Madeleine"),
        ("opendata.bordeaux.fr", "Mairie de Bordeaux"),
        *((host, None) for host in ("commun.fr", "cc-croix.fr", "sites.example", "exemple.fr")),
        *((host, None) for host in ("fr", "", "notbordeaux.fr", "bordeaux.fr.evil.org")),
    ],
)
def test_who_publishes(reference: Reference, host: str, words: str | None) -> None:
    assert Publishers(TERMS, Towns(reference)).of(host) == words
