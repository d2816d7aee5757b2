"""How words are searched: the tokens of what is written, and of what is asked.

Pagefind answers a word with all that begin with it and, where none does, with a shorter word:
« SIG » would give « signalement », « illectronisme » Ille-et-Vilaine. So each word becomes a token
with an end of its own, and only a token asked without its end is a beginning. assets/js/lexicon.js
does the same on what ``data`` gives; tests/shared/words.json is run by both.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from atlaas.model import Term
from atlaas.text import fold

END = "q"  # of a whole word: in French a q is followed by u
GROUP = "qz"  # opens the token of words that mean the same
_DIGIT = re.compile("[0-9]")
_COMPOUND = re.compile("[a-z0-9]+(?:[-\u2010\u2011][a-z0-9]+)*")
_PARTS = re.compile("[a-z0-9]+")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")

# Words that say little.
STOP_WORDS = frozenset(
    """
    a au aux avec c ce ces cette comment d dans de des du elle elles en est et eux il ils j je l la
    le les leur leurs lui m ma mais me mes mon n ne nos notre nous on ont ou par pas pour qu que
    quel quelle quelles quels qui s sa se ses son sont sur t ta te tes ton tu un une vos votre vous
    y
    """.split()
)

# Beginnings written apart, with a hyphen or joined: « cyber sécurité », « tiers-lieu ».
JOINED = frozenset(
    """
    anti audio auto bio block bus cap cloud co coffre crowd cyber data drive e eco espace
    fab fablab geo hack hot hyper inter intra living maker micro mini multi news online open photo
    pod post pre smart tele tiers trans video visio web wi
    """.split()
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A folded word without the endings of plural, feminine, infinitive and participle.

    After the minimal stemmer of J. Savoy (« A stemming procedure and stopword list for general
    French corpora », 1999), for words of four letters too, since « aide » and « aides » are one.
    """
    if len(word) > 3:
        if word.endswith("eaux"):
            word = word[:-1]
        elif word.endswith("aux") and len(word) > 4:
            word = word[:-2] + "l"
        elif word[-1] == "s" or word.endswith(("ux", "oix")):
            word = word[:-1]
    if len(word) > 4 and word.endswith("er") and not word.endswith("iller"):  # « conseiller »
        word = word[:-2]
    while len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return _DOUBLED.sub(r"\1", word) if len(word) > 3 else word


@lru_cache(maxsize=100_000)
def token(word: str) -> str:
    """What a folded word is in the index. Digits become letters, so that « 5G » stays one word."""
    return _DIGIT.sub(lambda digit: "q" + "abcdefghij"[int(digit[0])], stem(word)) + END


class _Word(NamedTuple):
    word: str  # folded
    compound: str  # the whole that a hyphen makes it a part of, without its hyphens; else ""
    left: int  # parts of the compound from this one on


@lru_cache(maxsize=100_000)
def _of_compound(compound: str) -> tuple[_Word, ...]:
    parts = _PARTS.findall(compound)
    whole = "".join(parts) if len(parts) > 1 else ""
    return tuple(_Word(part, whole, len(parts) - at) for at, part in enumerate(parts))


def _words(text: str) -> list[_Word]:
    return [word for compound in _COMPOUND.findall(fold(text)) for word in _of_compound(compound)]


class Slot(NamedTuple):
    """A word that is asked for."""

    token: str
    parts: tuple[str, ...]  # as it is written, where the token is that of a whole or of a meaning


class Lexicon:
    """Words that mean the same, from the vocabulary « synonyms »: a label and its spellings."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self.groups: dict[tuple[str, ...], str] = {}
        for term in terms.values():
            name = GROUP + _DIGIT.sub("", term.id.replace("-", "")) + END
            for form in (term.label, *term.spellings):
                words = _words(form)
                self.groups[stems(word.word for word in words)] = name
                if len(words) > 1 and words[0].left == len(words):
                    self.groups[(stem(words[0].compound),)] = name
        self._longest: dict[str, int] = {}
        for form_ in self.groups:
            self._longest[form_[0]] = max(len(form_), self._longest.get(form_[0], 0))

    @property
    def data(self) -> dict[str, object]:
        """What the browser needs to do the same."""
        groups: dict[str, list[str]] = {}
        for form, name in self.groups.items():
            groups.setdefault(name, []).append(" ".join(form))
        return {"stop": sorted(STOP_WORDS), "joined": sorted(JOINED), "groups": groups}

    def written(self, text: str) -> list[str]:
        """The tokens of a text: its words, its compounds joined, and what they mean."""
        words = _words(text)
        found = []
        for at, (word, compound, _) in enumerate(words):
            if word not in STOP_WORDS:
                found.append(token(word))
            if compound and (at == 0 or words[at - 1].left == 1):
                found += self._whole(compound)
            elif not compound and word in JOINED and at + 1 < len(words):
                found += self._whole(word + words[at + 1].word)
            if group := self._group(words, at):
                found.append(group[0])
        return found

    def _whole(self, joined: str) -> Iterator[str]:
        yield token(joined)
        if group := self.groups.get((stem(joined),)):
            yield group

    def _group(self, words: list[_Word], at: int) -> tuple[str, int] | None:
        """The token of the longest form that begins at a word, and how many words it has."""
        for count in range(self._longest.get(stem(words[at].word), 0), 0, -1):
            form = stems(word.word for word in words[at : at + count])
            if group := self.groups.get(form):
                return group, len(form)
        return None

    def asked(self, text: str) -> list[Slot]:
        """The words of a query, the longest that is known taken for one."""
        words = _words(text)
        slots = []
        at = 0
        while at < len(words):
            word, compound, left = words[at]
            group, count = self._group(words, at) or ("", 1)
            joined = ""
            if compound and left > 1 and count <= left:
                joined, count = compound, left
            elif not group and word in JOINED and at + 1 < len(words):
                joined, count = word + words[at + 1].word, 2
            whole = group or self.groups.get((stem(joined),), "") or (joined and token(joined))
            if joined and whole != token(joined):
                parts: tuple[str, ...] = (token(joined),)
            else:
                here = words[at : at + count]
                parts = tuple(token(one.word) for one in here if one.word not in STOP_WORDS)
            if whole:
                slots.append(Slot(whole, parts))
            elif parts:
                slots.append(Slot(parts[0], ()))
            at += count
        return slots


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The stems of folded words."""
    return tuple(map(stem, words))
