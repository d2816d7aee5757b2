"""Names of places inside French sentences: articles, elision, contraction.

The same rules run in the browser (overrides/assets/js/words.js); tests/shared/grammar.json holds
both to one table of cases. What the name does not tell is INSEE's « type de nom en clair » (TNCC),
which data/reference/articles.csv holds: 0 no article, 1 none and elided, 2 le, 3 la, 4 les, 5 l'.
"""

import re
from typing import NamedTuple

_OWN = re.compile(r"(Le|La|Les|L'|L’)(?: |(?<=['’]))(?=\S)")  # the article that a name begins with
_BY_TNCC = {"2": "le", "3": "la", "4": "les", "5": "l'"}
# The nouns by which names of intercommunalités, syndicats and overseas territories begin.
_BY_NOUN = {
    "le": "district pays sivom sivu syndicat territoire",
    "la": "ca cc cu communauté métropole nouvelle-calédonie polynésie région ville",
    "les": "îles terres",
    "l'": "agglomération archipel eurométropole île union",
}
_ARTICLES = {noun: article for article, nouns in _BY_NOUN.items() for noun in nouns.split()}
_PROPER = re.compile(r" (agglo(mération)?|communauté|métropole)\b", re.IGNORECASE)
_SMALL = re.compile("Paris|Mayotte|Saint-|Wallis")  # areas that one says « à » of, not « en »
_VOWEL = re.compile("[aeiouyàâäéèêëîïôöùûüœæ]", re.IGNORECASE)


class _Noun(NamedTuple):
    article: str  # le, la, les, l', or empty
    own: bool  # whether the article is part of the name, with its capital
    name: str  # without an article of its own


def _noun(name: str, tncc: str) -> _Noun:
    name = name.replace("Métropole Européenne", "Métropole européenne")
    found = _OWN.match(name)
    if found:
        return _Noun(found[1].lower().replace("’", "'"), True, name[found.end() :])
    by_noun = _ARTICLES.get(name.split(" ", 1)[0].lower(), "")
    return _Noun(_BY_TNCC.get(tncc) or by_noun, False, name)


def _elided(name: str, tncc: str) -> bool:
    """Whether « de » loses its vowel before the name; an h is mute where INSEE says so."""
    return tncc == "1" or bool(_VOWEL.match(name))


def the(name: str, tncc: str = "") -> str:
    """« la Métropole européenne de Lille », « le Nord », « Agen », « Le Havre »."""
    article, own, bare = _noun(name, tncc)
    return bare if not article else _capital(article, bare) if own else _before(article, bare)


def of(name: str, tncc: str = "") -> str:
    """« d'Agen », « du Havre », « des Mureaux », « de la CC Flandre Lys », « de l'Ain »."""
    article, own, bare = _noun(name, tncc)
    if not article:
        return f"d'{bare}" if _elided(bare, tncc) else f"de {bare}"
    if article in ("le", "les"):
        return f"{'du' if article == 'le' else 'des'} {bare}"
    return f"de {_capital(article, bare) if own else _before(article, bare)}"


def at(name: str, tncc: str = "", area: bool = False) -> str:
    """« à Agen », « au Havre », « aux Mureaux », « à La Rochelle », « dans la CC Flandre Lys ».

    ``area`` says that it is a département or a région: « en Bretagne », but « à Mayotte ».
    """
    article, own, bare = _noun(name, tncc)
    if not article:
        return f"{'en' if area and not _SMALL.match(bare) else 'à'} {bare}"
    if not own:
        return f"dans {_before(article, bare)}"
    if article in ("le", "les"):
        return f"{'au' if article == 'le' else 'aux'} {bare}"
    return f"à {_capital(article, bare)}"


def _before(article: str, bare: str) -> str:
    return f"l'{bare}" if article == "l'" else f"{article} {bare}"


def _capital(article: str, bare: str) -> str:
    return f"L'{bare}" if article == "l'" else f"{article.capitalize()} {bare}"


def has_known_article(name: str, tncc: str = "") -> bool:
    """Whether a sentence can hold a name that is not in the reference: its noun is known, or it
    ends as proper names of intercommunalités do (« Lamballe Communauté »), without an article."""
    return bool(_noun(name, tncc).article or _PROPER.search(name))
