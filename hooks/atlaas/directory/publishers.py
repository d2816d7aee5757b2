"""Who publishes at a host: the list of data/vocabulary/publishers.yml, else the town halls."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from atlaas.geography.reference import Reference
from atlaas.model import Term
from atlaas.text import grammar, slug

_OF_SEVERAL = re.compile(r"^(cc|ca|cdc|com-?com)-|communaute|agglo|metropole|interco|syndicat")


class Publishers:
    """Host -> the words for who publishes there."""

    def __init__(self, terms: Iterable[Term], reference: Reference) -> None:
        self._named = {host: term.label for term in terms for host in term.spellings}
        self._reference = reference

    def of(self, host: str) -> str | None:
        """« France Bleu », « Mairie d'Onnaing »; None where nobody is known to publish there."""
        if named := self._named.get(host):
            return named
        parts = host.split(".")
        for at in range(len(parts) - 1):  # « opendata.bordeaux.fr » is of « bordeaux.fr »
            site = ".".join(parts[at:])
            code = self._town_halls.get(site, "")
            if code and self._names(site, code):
                name = self._reference.places[code].name
                return f"Mairie {grammar.of(name, self._reference.articles.get(code, ''))}"
        return None

    @cached_property
    def _town_halls(self) -> dict[str, str]:
        """Host -> INSEE code of the one commune whose site it is."""
        sites = [
            (code, host.removeprefix("www."))
            for code, url in self._reference.websites.items()
            for host, _, path in [url.split("/", 2)[2].partition("/")]
            if not path
        ]
        many = Counter(host for _, host in sites)
        return {host: code for code, host in sites if many[host] == 1}

    def _names(self, host: str, code: str) -> bool:
        """Whether a host has the name of a commune in it, which no portal of several has."""
        place = self._reference.places.get(code)
        named = place is not None and slug(place.name).replace("-", "") in host.replace("-", "")
        return named and not _OF_SEVERAL.search(host)
