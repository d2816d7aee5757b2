"""Which names exist, and in which départements: what tells a name from a title in a list.

It settles nothing: that is the resolver's part.
"""

from collections.abc import Iterator

from atlaas.geography.reference import Reference
from atlaas.names.index import Index, NamedPlace
from atlaas.names.queries import key, loose, words_of

SMALL = frozenset(["le", "la", "les", "l", "de", "du", "des", "d"])


class KnownNames:
    """The names of today and before, as the index of names has them."""

    def __init__(self, index: Index, reference: Reference) -> None:
        self._index, self._reference = index, reference

    def _named(self, text: str, own: bool = False) -> Iterator[NamedPlace]:
        """The places of this very name; only those whose own name of today it is, if asked."""
        for code, hows in self._index.by_key.get(f"= {key(words_of(text))}", {}).items():
            if not own or "name" in hows:
                yield self._index.known[code]

    def is_name(self, text: str) -> bool:
        """Whether a territory has this very name, before or without its parenthesis."""
        return any(self._named(text.partition("(")[0]))

    def is_commune(self, text: str) -> bool:
        """Whether a commune of today has this very name."""
        return any(place.kind == "commune" for place in self._named(text, own=True))

    def departement(self, text: str) -> str | None:
        """The bare code of the département that a text names or numbers; a digit is a level."""
        words = loose(words_of(text))
        return self._index.departements.get(words) if len(words) > 1 else None

    def region(self, text: str) -> str | None:
        """The bare code of the région that a text names."""
        codes = self._index.by_key.get(f"~ {loose(words_of(text))}", ())
        return next((code[4:] for code in codes if code.startswith("reg-")), None)

    def lies_in(self, name: str, role: str, code: str) -> bool:
        """Whether a territory of this name lies in a « département » or « région »."""
        homes = {h for place in self._named(name.partition("(")[0]) for h in place.departements}
        if role == "département":
            return code in homes
        departements = self._reference.departements
        return any(departements[home].region == code for home in homes if home in departements)
