"""The level that a cell or a title gives, however a palmarès writes it: 4, 4@, @@@@, 4 arobases."""

import re
from itertools import pairwise
from typing import NamedTuple

from atlaas.names.queries import words_of
from atlaas.text import fold

_AROBASE = ("arobase", "arobases", "arrobase", "arrobases")
_SIGNS = re.compile(r"(?:@\s*){1,5}")
_LEVEL = re.compile(r"([1-5])(?:[.,]0+)?(?: ?(?:@+|arr?obas(?:es?)?|a|/ ?5|sur 5))?")
_WORDS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}

# The same inside other words. An @ that touches a letter is of an address: contact@…, @ville.
_INSIDE = re.compile(
    r"(?<![a-z0-9@])(?:"
    r"(?P<signs>@(?: ?@){0,4})(?![a-z0-9@])"
    r"|(?P<digit>[1-5]) ?(?:@+|arr?obas(?:es?)?)(?![a-z0-9@])"
    rf"|(?P<word>{'|'.join(_WORDS)}) arr?obases?(?![a-z])"
    r"|(?P<of>[1-5]) ?/ ?5(?![0-9/])"
    r"|niveau (?P<niveau>[1-5])(?! ?(?:@|arr?ob|[0-9/]))"
    r")|(?<=[a-z)])(?P<glued>@{2,5}|[1-5]@)(?![a-z0-9@])",
    re.I,
)
NO_LEVEL = "sans niveau"
_WITHOUT = frozenset([NO_LEVEL, "aucun", "neant", "nc", "n.c.", "nd", "sans objet", "non precise"])
_OUTSIDE = re.compile(r"\bhors[- ]concours\b")
_OUTSIDE_HERE = re.compile(r"[(\[]?\bhors[- ]concours\b[)\]]?", re.I)
_HAS_LEVEL = re.compile(r"[@?\d]|arr?obas|niveau", re.I)
_TOKENS = re.compile(r"[a-z]+|\d+|@+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# What is counted in a title: « 5 @ : 3 villes ».
_COUNTED = frozenset(
    "ville villes village villages commune communes collectivite collectivites territoire "
    "territoires laureat laureats laureate laureates".split()
)
_KINDS = {
    "intercommunalite": "epci",
    "intercommunalites": "epci",
    "epci": "epci",
    "agglomeration": "epci",
    "agglomerations": "epci",
    "communaute": "epci",
    "communautes": "epci",
    "metropole": "epci",
    "metropoles": "epci",
    "departement": "departement",
    "departements": "departement",
    "region": "region",
    "regions": "region",
}
# Words of which a title may be made; with another one it may be the name of a territory.
TITLE_WORDS = (
    _COUNTED
    | set(_KINDS)
    | frozenset(
        "label labels labellise labellisee labellises labellisees niveau niveaux palmares liste "
        "listes edition editions annee categorie categories resultat resultats internet obtenu "
        "obtenus obtenues obtiennent ayant recu recoivent decerne decernes attribue attribues "
        "avec pour par en a au aux de des du d le la les l et ou nos nouveau nouveaux nouvelle "
        "nouvelles suite total nombre arobase arobases arrobase arrobases nom noms dep dept".split()
    )
)


def level_of(text: str) -> int | None:
    """The level that a cell gives: « 4 », « 4@ », « @@@@ », « 4 arobases »; None where unreadable.

    0 for an empty cell: the list does not say.
    """
    bare = " ".join(text.replace("niveau", "").replace("Niveau", "").split())
    if not bare or bare in ("-", "–"):
        return 0
    if _SIGNS.fullmatch(bare + " ") or _SIGNS.fullmatch(bare):
        return bare.count("@")
    found = _LEVEL.fullmatch(bare.lower())
    if found:
        return int(found[1])
    words = words_of(bare)
    if words and words[0] in _WORDS and words[1:] in ((), *((word,) for word in _AROBASE)):
        return _WORDS[words[0]]
    return None


def says_none(text: str) -> str:
    """Why a cell gives no level, in words for a doubt: « hors concours »; « » where it may."""
    plain = _plain(text)
    if _OUTSIDE.search(plain):
        return "hors concours, d'après la liste"
    return "la liste ne donne pas de niveau" if plain in _WITHOUT else ""


def tidy(values: dict[str, str]) -> None:
    """Put what is said of a level, in whichever column it stands, in that of the levels.

    « hors concours » may stand with the name or the mention, a level with the mention, and a
    mention where the level should be.
    """
    for role in ("nom", "mention", "type"):
        text = values.get(role, "")
        if _OUTSIDE.search(_plain(text)):
            values[role] = _OUTSIDE_HERE.sub("", text).strip(" ,;:–-")
            values["niveau"] = values.get("niveau") or "hors concours"
    level, mention = values.get("niveau", ""), values.get("mention", "")
    if not level and level_of(mention):
        values["niveau"], values["mention"] = mention, ""
    elif level_of(level) is None and not says_none(level) and not _HAS_LEVEL.search(level):
        values["niveau"] = ""
        values["mention"] = ", ".join(filter(None, (mention, level)))


class Title(NamedTuple):
    """A title that gives the level of what is under it."""

    level: int
    year: str  # the edition that it names, or « »
    kind: str  # epci | departement | region where all under it are said to be, or « »


def says_level(text: str) -> bool:
    """Whether a level is given somewhere in a text: « Lille 5 @ », « de 1 à 5 arobases »."""
    return bool(_INSIDE.search(_plain(text)))


def levels_in(text: str) -> list[tuple[int, int, int]]:
    """Each level that is written in a text: (level, where it starts, where it ends)."""
    return [(_level(found), *found.span()) for found in _INSIDE.finditer(text)]


def title_of(text: str) -> Title | None:
    """Read « 5 @ », « Villes 5@ », « Label 2025 - 4 arobases » or « 3 @ : 12 villes ».

    None where there is no level, several, or a word that no title is made of.
    """
    plain = _plain(text)
    found = list(_INSIDE.finditer(plain))
    if len(found) != 1:
        return None
    [level] = found
    tokens = _TOKENS.findall(f"{plain[: level.start()]} {plain[level.end() :]}")
    for token, after in pairwise([*tokens, ""]):
        counts = token.isdecimal() and (len(token) > 1 or after in _COUNTED)
        if not counts and token not in TITLE_WORDS:
            return None
    kinds = {_KINDS[token] for token in tokens if token in _KINDS}
    kind = kinds.pop() if len(kinds) == 1 and not _COUNTED.intersection(tokens) else ""
    year = next((token for token in tokens if _YEAR.fullmatch(token)), "")
    return Title(_level(level), year, kind)


def is_title_words(text: str) -> bool:
    """Whether a text without level is made of nothing but words and numbers of titles."""
    tokens = _TOKENS.findall(_plain(text))
    return any(token.isalpha() for token in tokens) and all(
        token.isdecimal() or token in TITLE_WORDS for token in tokens
    )


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _level(found: re.Match[str]) -> int:
    if found["word"]:
        return _WORDS[found["word"].lower()]
    digit = found["digit"] or found["niveau"] or found["of"]
    signs = found["signs"] or found["glued"] or ""
    return int(digit or (signs[0] if signs[0].isdecimal() else signs.count("@")))
