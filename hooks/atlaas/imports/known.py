"""Which names exist, and in which départements: what tells a name from a title in a list.

It settles nothing: that is the resolver's part.
"""

from atlaas.geography.reference import Reference
from atlaas.names.queries import words_of

SMALL = frozenset(["le", "la", "les", "l", "de", "du", "des", "d"])


class KnownNames:
    """The names of today and before, by their words."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._communes: set[str] = set()
        self._homes: dict[str, set[str]] = {}  # name -> départements
        self.departements: dict[str, str] = {}  # name or number -> bare code
        self.regions: dict[str, str] = {}
        for place in [reference.places[code] for code in list(reference.places)]:
            key = " ".join(words_of(place.name))
            self._homes.setdefault(key, set()).add(place.departement)
            if place.kind == "commune":
                self._communes.add(key)
            elif place.kind == "departement":
                self.departements[_telling(place.name)] = place.departement
                self.departements[place.departement.lower()] = place.departement
            elif place.kind == "region":
                self.regions[_telling(place.name)] = place.region
        for name, departement, _code in reference.former_names:
            self._homes.setdefault(" ".join(words_of(name)), set()).add(departement)

    def is_name(self, text: str) -> bool:
        """Whether a territory has this very name, before or without its parenthesis."""
        return " ".join(words_of(text.partition("(")[0])) in self._homes

    def is_commune(self, text: str) -> bool:
        """Whether a commune of today has this very name."""
        return " ".join(words_of(text)) in self._communes

    def departement(self, text: str) -> str | None:
        """The bare code of the département that a text names or numbers."""
        return self.departements.get(_telling(text))

    def region(self, text: str) -> str | None:
        """The bare code of the région that a text names."""
        return self.regions.get(_telling(text))

    def lies_in(self, name: str, role: str, code: str) -> bool:
        """Whether a territory of this name lies in a « département » or « région »."""
        homes = self._homes.get(" ".join(words_of(name.partition("(")[0])), set())
        if role == "département":
            return code in homes
        regions = self._reference.departements
        return any(home in regions and regions[home].region == code for home in homes)


def _telling(text: str) -> str:
    return " ".join(word for word in words_of(text) if word not in SMALL)
