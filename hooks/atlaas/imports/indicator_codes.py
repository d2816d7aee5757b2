"""The codes of an open-data file -> the places of the Atlaas that they belong to.

A commune may stand there by its present code, by codes of communes that have merged into it, or by
codes of its parts: arrondissements, communes déléguées and associées.
"""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from atlaas.geography.reference import Reference

T = TypeVar("T")


class Owner(NamedTuple):
    """A code of the file, and the place whose value it makes."""

    code: str
    place: str


class Owners:
    """Finds the places of a level by what files call them."""

    def __init__(self, reference: Reference, level: str) -> None:
        self._reference, self._level = reference, level
        self._codes = reference.codes(level)
        self._arrondissements: dict[str, list[str]] = {}
        for part in reference.parts.values():
            if part.kind == "ARM":
                self._arrondissements.setdefault(part.parent, []).append(part.code)

    def find(self, written: str) -> Owner | None:
        """The place of a code, or None: « 1001 », « 59 » or « dep-59 », a SIREN."""
        code = written.strip().upper()
        if self._level == "epci":
            return Owner(code, code) if code in self._codes else None
        if self._level in ("departement", "region"):
            prefix = f"{self._level[:3]}-"
            code = prefix + code.removeprefix(prefix.upper()).zfill(2)
            return Owner(code, code) if code in self._codes else None
        code = code.zfill(5)
        if code in self._codes:
            return Owner(code, code)
        part = self._reference.parts.get(code)
        place = part.parent if part else self._reference.successor(code)
        return Owner(code, place) if place and place in self._codes else None

    def arrondissements_of(self, place: str) -> list[str]:
        """The codes of the arrondissements of Paris, Lyon or Marseille."""
        return self._arrondissements.get(place, [])

    def wholes_first(self, place: str, found: Mapping[str, T]) -> dict[str, T]:
        """What is read of a place, without its arrondissements where the whole is there too."""
        if place not in found:
            return {**found}
        parts = set(self.arrondissements_of(place))
        return {code: value for code, value in found.items() if code not in parts}

    def missing_parts(self, place: str, found: Mapping[str, object]) -> list[str]:
        """The arrondissements that are not there, where some are and the whole is not."""
        parts = self.arrondissements_of(place)
        if place in found or not any(code in found for code in parts):
            return []
        return [code for code in parts if code not in found]
