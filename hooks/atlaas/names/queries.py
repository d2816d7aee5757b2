"""What a written name says: its words, the kind and the département that it states.

The browser does the same (overrides/assets/js/names.js) with the lists of :func:`word_lists`;
tests/shared/names.json holds both to one table of cases.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from atlaas.text import fold

# Words that names keep or drop at will: they tell two names apart only where nothing else does.
SMALL_WORDS = frozenset("a au aux d de des du en et l la le les lez ss sous sur".split())
# Words in so many names that they lead to no file of the finder.
COMMON_WORDS = SMALL_WORDS | frozenset(
    (
        "agglomeration ca cc commune communaute communes cu departement ept mairie metropole "
        "region saint sainte ville"
    ).split()
)
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_COMMUNES, _EPCI, _EPT = ("commune",), ("epci", "ept"), ("ept",)
_DEPARTEMENTS, _REGIONS = ("departement",), ("region",)
_COLLECTIVITES = ("departement", "region")
# Words that open a name and state its kind: (words, kinds, nature). Longer ones come first.
OPENINGS: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = tuple(
    (tuple(words.split()), kinds, nature)
    for words, kinds, nature in (
        ("collectivite territoriale unique", _COLLECTIVITES, ""),
        ("etablissement public territorial", _EPT, "EPT"),
        ("territoire des iles", _COLLECTIVITES, ""),
        ("collectivite d outre mer", _COLLECTIVITES, ""),
        ("collectivite territoriale", _COLLECTIVITES, ""),
        ("communaute d agglomeration", _EPCI, "CA"),
        ("communaute de communes", _EPCI, "CC"),
        ("communaute urbaine", _EPCI, "CU"),
        ("conseil departemental", _DEPARTEMENTS, ""),
        ("conseil general", _DEPARTEMENTS, ""),
        ("conseil regional", _REGIONS, ""),
        ("hotel de ville", _COMMUNES, ""),
        ("collectivite", _COLLECTIVITES, ""),
        ("agglomeration", _EPCI, ""),
        ("intercommunalite", _EPCI, ""),
        ("departement", _DEPARTEMENTS, ""),
        ("eurometropole", _EPCI, ""),
        ("metropole", _EPCI, ""),
        ("commune", _COMMUNES, ""),
        ("village", _COMMUNES, ""),
        ("mairie", _COMMUNES, ""),
        ("region", _REGIONS, ""),
        ("agglo", _EPCI, ""),
        ("ville", _COMMUNES, ""),
        ("ept", _EPT, "EPT"),
        ("cc", _EPCI, "CC"),
        ("ca", _EPCI, "CA"),
        ("cu", _EPCI, "CU"),
    )
)
# Words that say « intercommunalité » anywhere in a name.
EPCI_WORDS = frozenset("metropole eurometropole agglomeration agglo agglopole communaute".split())

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_OVER = re.compile(r"\bs\s?/\s?s\b|\bs\s?/")  # Le Mée s/ Seine
_SLASH = re.compile(r"([a-z])\s?/\s?(?=[a-z])")  # Le Mée/Seine
_CEDEX = re.compile(r"\bcedex\b(?:\s*\d{1,2}\b)?")
_ORDINAL = re.compile(r"\b(\d{1,2}) ?(?:eme|ieme|nd)\b")
_DIGITS = re.compile(r"2[ab]\d{0,3}|\d+")
_OWN_CODE = re.compile(r"(?:dep|reg)-\d[\dab]\d?")
_PLACE = re.compile(r"(?:[013-9]\d|2[\dab]) ?\d{3}")  # a postcode or an INSEE code, in a name
_CODE = re.compile(rf"{_PLACE.pattern}|\d{{9}}")
_BESIDE_CODE = re.compile(r"[\s.\-\"'«»“”‘’]")
_COUNTRY = re.compile(r",\s*france\s*$")  # as maps write it: « Roubaix, France »
_PARENTHESES = re.compile(r"\(([^()]*)\)")


class Query(NamedTuple):
    """One way to read what was written. All that it states must hold of what answers."""

    words: tuple[str, ...]
    departement: str = ""  # bare code
    kinds: tuple[str, ...] = ()
    nature: str = ""
    code: str = ""  # a postcode, INSEE code or SIREN that stands beside the name
    weight: int = 0  # how much was taken away to read it so

    @property
    def says_epci(self) -> bool:
        """Whether a word says that an intercommunalité is meant."""
        kinds = self.kinds or opening(self.words)[0]
        return "ept" in kinds or not EPCI_WORDS.isdisjoint(self.words)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, ligatures, hyphens, apostrophes; St is Saint.

    « s/ », « s/s » and a slash become « ss », which stands for sur and sous alike.
    """
    text = fold(name)
    if "/" in text:
        text = _SLASH.sub(r"\1 ss ", _OVER.sub(" ss ", text))
    if "cedex" in text:
        text = _CEDEX.sub(" ", text)
    return tuple(ABBREVIATIONS.get(w, w) for w in _NOT_WORD.split(_ORDINAL.sub(r"\1e", text)) if w)


def key(words: Iterable[str]) -> str:
    """The words as one text."""
    return " ".join(words)


def loose(words: Iterable[str]) -> str:
    """The words that tell a name, as one text."""
    return " ".join(w for w in words if w not in SMALL_WORDS)


def bare(words: tuple[str, ...]) -> str:
    """The words that tell an intercommunalité, without those that say that it is one."""
    return " ".join(w for w in opening(words)[2] if w not in SMALL_WORDS and w not in EPCI_WORDS)


def telling(words: Iterable[str]) -> list[str]:
    """The words by which a name is found: all of them where all are common."""
    words = list(words)
    return [word for word in words if word not in COMMON_WORDS] or words


def opening(words: tuple[str, ...]) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Split the words that state the kind from the rest: (kinds, nature, rest)."""
    for opens, kinds, nature in OPENINGS:
        if words[: len(opens)] == opens:
            rest = words[len(opens) :]
            while len(rest) > 1 and rest[0] in SMALL_WORDS:
                rest = rest[1:]
            if rest and (len(rest) > 1 or rest[0] not in SMALL_WORDS):
                return kinds, nature, rest
    return (), "", words


def code_of_digits(text: str) -> str:
    """The code or the beginning of one that is all that was written: « 59 000 », « 2a004 »."""
    folded = fold(text).strip()
    if _OWN_CODE.fullmatch(folded):
        return folded
    compact = _BESIDE_CODE.sub("", folded)
    return compact if len(compact) > 1 and _DIGITS.fullmatch(compact) else ""


def inside_parentheses(name: str, departements: Mapping[str, str]) -> list[str]:
    """What stands between parentheses and is no département: it may be another name."""
    found = [(inside, loose(words_of(inside))) for inside in _PARENTHESES.findall(name)]
    return [inside for inside, words in found if words and words not in departements]


def queries(name: str, departements: Mapping[str, str]) -> list[Query]:
    """The ways to read a name, from the most faithful on; none where nothing was written.

    ``departements`` gives the bare code by the loose key of a name, and by the code in lower case.
    """
    text = _COUNTRY.sub("", fold(name))
    stated = code = ""
    for inside in _PARENTHESES.findall(text):
        found = departements.get(loose(words_of(inside))) or departements.get(inside.strip())
        place = _CODE.fullmatch(inside.strip())
        if found or place:
            stated = stated or found or ""
            code = code or (place[0].replace(" ", "") if place else "")
            text = text.replace(f"({inside})", " ", 1)
    around = re.fullmatch(rf"({_PLACE.pattern})\b(.*[a-z].*)|(.*[a-z].*)\b({_PLACE.pattern})", text)
    if around and not code:
        code = (around[1] or around[4]).replace(" ", "")
        text = around[2] or around[3]
    whole = words_of(text)
    if not whole:
        return []
    readings = [Query(whole, stated, code=code)]
    outside = words_of(_PARENTHESES.sub(" ", text))
    if outside and outside != whole:
        readings.append(Query(outside, stated, code=code, weight=1))
    if not stated and not code:
        readings += _with_departement(outside or whole, departements)
    for reading in list(readings):
        kinds, nature, rest = opening(reading.words)
        if kinds:
            readings.append(
                reading._replace(words=rest, kinds=kinds, nature=nature, weight=reading.weight + 1)
            )
    return readings


def _with_departement(words: tuple[str, ...], departements: Mapping[str, str]) -> list[Query]:
    """The reading with a département at an end: « Lille Nord », « Lille 59 », « 59 Lille »."""
    first = words[0]
    if len(words) > 1 and first[0].isdigit() and first in departements:
        return [Query(words[1:], departements[first], weight=1)]
    for start in range(1, len(words)):
        rest = loose(words[:start])
        found = departements.get(loose(words[start:]))
        if found and rest and opening(words[:start])[2] and not _is_opening(words[:start]):
            return [Query(words[:start], found, weight=1)]
    return []


def _is_opening(words: tuple[str, ...]) -> bool:
    """Whether words only state a kind: « Département du » of « Département du Nord »."""
    telling_words = loose(words)
    return any(loose(opens) == telling_words for opens, _, _ in OPENINGS)


def word_lists() -> dict[str, Any]:
    """The lists that the browser needs to read a name in the same way."""
    return {
        "small": sorted(SMALL_WORDS),
        "common": sorted(COMMON_WORDS),
        "abbreviations": ABBREVIATIONS,
        "openings": [[key(words), list(kinds)] for words, kinds, _ in OPENINGS],
        "epci": sorted(EPCI_WORDS),
    }
