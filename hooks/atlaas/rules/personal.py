"""No personal data: no e-mail address and no telephone number, anywhere in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import chain

from atlaas.read import Document, KeyPath
from atlaas.rules.rule import Context, Finding, Rule, body_start, escaped, shown

Search = Callable[[str], Iterator[tuple[int, str]]]

DOMAIN = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
SPELT = re.compile(  # « jean.martin [at] ville.fr »
    r"[ ]?[(\[](?:at|arobase|@)[)\]][ ]?[\w-]+(?:(?:\.|[ ]?[(\[](?:dot|point)[)\]][ ]?)[\w-]+)+",
    re.IGNORECASE,
)
_SPELT_SIGNS = tuple(re.compile(rf"\{sign}(?:[Aa][Tt]|[Aa][Rr][Oo])") for sign in "([")
_SEPARATOR = r"(?:[ \t\u00a0\u2000-\u200a\u2010-\u2013\u202f./-]|\n {0,12})?"
_ABROAD = rf"(?:33|262|508|590|594|596|681|687|689){_SEPARATOR}(?:\(0\){_SEPARATOR})?"
# National numbers by pairs (one separator throughout), numéros verts, and the French prefixes.
# Two patterns, each with a first character of its own, which ``re`` finds ten times as fast.
NUMBERS = (
    re.compile(
        rf"0(?:[1-9]({_SEPARATOR})\d\d(?:\1\d\d){{3}}"
        rf"|{_SEPARATOR}8\d\d(?:{_SEPARATOR}\d{{3}}){{2}}"
        rf"|0{_ABROAD}\d(?:{_SEPARATOR}\d){{5,9}})(?!\w)"
    ),
    re.compile(rf"\+{_ABROAD}\d(?:{_SEPARATOR}\d){{5,9}}(?!\w)"),
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark's: a backslash before punctuation
_SPACE_OR_QUOTE = re.compile(r"[\s\"'<>()\[\]«»]")


def _emails(text: str) -> Iterator[tuple[int, str]]:
    """(place, address) of each e-mail address; what comes before the @ is at most 64 long."""
    for pattern in (DOMAIN, SPELT):
        for match in pattern.finditer(text):
            start = match.start()
            while start > 0 and match.start() - start < 64 and _in_local_part(text[start - 1]):
                start -= 1
            if start < match.start() and not _is_user_of_address(text, start):
                yield start, text[start : match.end()]


def _in_local_part(character: str) -> bool:
    return character.isalnum() or character in "._+-"


def _is_user_of_address(text: str, start: int) -> bool:
    """Whether this is the user of ``https://user:password@site``: rule « adresse » tells it."""
    before = text[max(0, start - 200) : start]
    opening = before.rfind("://")
    return opening >= 0 and not re.search(r"[\s/?#]", before[opening + 3 :])


def _in_address(text: str, start: int) -> bool:
    """Whether a place of a text is inside the address of a page."""
    before = text[max(0, start - 500) : start]
    opening = before.rfind("://")
    return opening >= 0 and not _SPACE_OR_QUOTE.search(before[opening + 3 :])


def _phones(text: str) -> Iterator[tuple[int, str]]:
    found = chain.from_iterable(pattern.finditer(text) for pattern in NUMBERS)
    end = 0
    for match in sorted(found, key=lambda match: match.start()):
        start = match.start()
        if start < end:  # « +33 03 20 … » is one number
            continue
        end = match.end()
        if start and (text[start - 1].isalnum() or text[start - 1] in "_+"):
            continue
        if start > 1 and text[start - 1] in ".,-/" and text[start - 2].isdigit():
            continue
        if not _in_address(text, start):
            yield start, match[0]


def _scan(document: Document, search: Search, name: str, advice: str) -> Iterator[Finding]:
    """A finding for all that ``search`` sees, even behind YAML's escapes or those of the story."""
    found = set()
    for start, what in search(document.text):
        found.add(what)
        yield Finding(start, f"{name} « {shown(what)} »", advice)
    behind: list[tuple[KeyPath | int, str]] = list(escaped(document))
    if "&" in document.body or "\\" in document.body:
        behind.append((body_start(document), as_read(document.body)))
    for where, text in behind:
        for _, what in search(text):
            if what not in found:
                found.add(what)
                yield Finding(where, f"{name} « {shown(what)} »", advice)


def as_read(body: str) -> str:
    """A Markdown text with the characters that its entities and its backslashes stand for."""
    return unescape(_ESCAPED.sub(r"\1", body))


def check_email(document: Document, context: Context) -> Iterator[Finding]:
    """No e-mail address in a file: it is published for good, and gathered by robots."""
    text = document.text
    if (
        "@" in text
        or "\\" in text
        or "&" in document.body
        or any(sign.search(text) for sign in _SPELT_SIGNS)
    ):
        yield from _scan(
            document,
            _emails,
            "adresse électronique",
            "Supprimez-la ; au besoin, donnez l'adresse https de la page de contact.",
        )


def check_phone(document: Document, context: Context) -> Iterator[Finding]:
    """No telephone number in a file."""
    text = document.text
    national, foreign = NUMBERS
    if (
        "\\" in text
        or "&" in document.body
        or national.search(text)
        or ("+" in text and foreign.search(text))
    ):
        yield from _scan(
            document,
            _phones,
            "numéro de téléphone",
            "Supprimez-le ; au besoin, donnez l'adresse https de la page de contact.",
        )


EMAIL = Rule("courriel", "Une fiche ne contient aucune adresse électronique.", check_email)
PHONE = Rule("telephone", "Une fiche ne contient aucun numéro de téléphone.", check_phone)
