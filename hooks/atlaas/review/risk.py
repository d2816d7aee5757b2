"""Why a change deserves a look, the gravest reason first."""

from enum import IntEnum
from typing import NamedTuple


class Risk(IntEnum):
    """What may go wrong; those of a lower number are read first."""

    REFUSED = 0
    FIGURE = 1
    REMOVED = 2
    HOST = 3
    SOURCE = 4
    PERSON = 5
    CODE = 6
    OTHER = 7

    @property
    def word(self) -> str:
        """What the reviewer reads: « chiffre », « retrait »…; nothing where it is none of them."""
        return _WORDS[self]


_WORDS = {
    Risk.REFUSED: "refusé",
    Risk.FIGURE: "chiffre",
    Risk.REMOVED: "retrait",
    Risk.HOST: "nouveau site",
    Risk.SOURCE: "source",
    Risk.PERSON: "personne",
    Risk.CODE: "code",
    Risk.OTHER: "",
}


class Look(NamedTuple):
    """What deserves a look, and why."""

    risk: Risk
    text: str
    path: str = ""


def called(risk: Risk) -> str:
    """« À regarder (chiffre) »: how a line begins that deserves a look."""
    return f"À regarder ({risk.word})" if risk.word else "À regarder"
