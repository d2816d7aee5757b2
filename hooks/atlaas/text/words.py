"""Small rules of French text that several steps share: slugs, sorting, numbers, dates."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

NBSP = "\u00a0"  # before a colon and inside guillemets
NNBSP = "\u202f"  # before ; ! ? and between groups of digits

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "’": "'"})
_LIGATURE = re.compile(f"[{''.join(map(chr, _LIGATURES))}]").search
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SORT_ORDER = str.maketrans({" ": "\x01", "-": "\x02", "'": "\x03", "’": "\x03"})
MONTHS = tuple(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)


class _Bases(dict[int, str]):
    """Characters without their marks, ligatures as letters; found out when first asked for."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).translate(_LIGATURES))
        base = "".join(c for c in decomposed if not unicodedata.combining(c))
        self[code] = base
        return base


class _SortedBases(_Bases):
    """The same, in the order of the French alphabet."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _BASES[code].translate(_SORT_ORDER)
        return found


_BASES, _SORTED = _Bases(), _SortedBases()


def fold(text: str) -> str:
    """Lower-case text without accents or ligatures: « Évry-Cœur » gives « evry-coeur »."""
    if text.isascii():
        return text.lower()
    return text.translate(_BASES).lower()


def slug(text: str) -> str:
    """The part of an address or file name that is for people: a-z, 0-9 and single hyphens."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def sort_key(text: str) -> tuple[str, str, str]:
    """French alphabetical order, equal to ICU's fr_FR on all commune names.

    Base letters first (space < hyphen < apostrophe < letters), then accents, then case.
    """
    if text.isascii():
        lower = text.lower()
        return lower.translate(_SORT_ORDER), lower, text.swapcase()
    expanded = text.translate(_LIGATURES) if _LIGATURE(text) else text
    folded = expanded.casefold()
    return folded.translate(_SORTED), unicodedata.normalize("NFD", folded), expanded.swapcase()


def number(value: object) -> str:
    """A number as French readers write it: 1195234 gives « 1 195 234 », 0.5 gives « 0,5 ».

    An empty text, which stands for a number that is not known, stays one.
    """
    if value == "":
        return ""
    whole, _, decimals = str(value).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", NNBSP)
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def date(value: str) -> str:
    """A date in words: « 2016 », « juillet 2016 », « 2 juillet 2016 », « 1er mars 2016 »."""
    parts = value.split("-")
    if len(parts) == 1:
        return value
    month = MONTHS[int(parts[1]) - 1]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    day = int(parts[2])
    return f"{'1er' if day == 1 else day} {month} {parts[0]}"


def moment(value: str) -> str:
    """A date as an adverb: « en 2016 », « en juillet 2016 », « le 2 juillet 2016 »."""
    return f"{'le' if len(value) == 10 else 'en'} {date(value)}"


def since(value: str) -> str:
    """A date as a beginning: « depuis 2016 », « depuis le 2 juillet 2016 »."""
    return f"depuis {'le ' if len(value) == 10 else ''}{date(value)}"


def shortened(words: str, longest: int) -> str:
    """A text of at most so many characters, the last one « … » where it was cut."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def first_of(items: Sequence[T], most: int) -> Sequence[T]:
    """The first ``most``, or all where at most a fifth more is left: « 60 sur 62 » names 62."""
    return items if len(items) <= most + most // 5 else items[:most]


def plural(count: int, one: str, many: str | None = None) -> str:
    """« 0 action », « 1 action », « 2 actions »: French plurals start at two."""
    return f"{number(count)} {one if count < 2 else many or one + 's'}"
