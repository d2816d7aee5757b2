"""No personal data: no e-mail address and no telephone number, anywhere in a file."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import chain

from atlaas.read import Document, KeyPath
from atlaas.rules.conditions import Finds
from atlaas.rules.rule import Context, Finding, Rule, body_start, escaped, shown
from atlaas.rules.statements import ESCAPED, IN_ADDRESS, everywhere

_INSTEAD = "; au besoin, donnez l'adresse https de la page de contact."
Search = Callable[[str], Iterator[tuple[int, str]]]

_DOMAIN = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
_SPELT = re.compile(  # « jean.martin [at] ville.fr »
    r"[ ]?[(\[](?:at|arobase|@)[)\]][ ]?[\w-]+(?:(?:\.|[ ]?[(\[](?:dot|point)[)\]][ ]?)[\w-]+)+",
    re.IGNORECASE,
)
_SPELT_SIGNS = tuple(re.compile(rf"\{sign}(?:[Aa][Tt]|[Aa][Rr][Oo])") for sign in "([")
_SEPARATOR = r"(?:[ \t\u00a0\u2000-\u200a\u2010-\u2013\u202f./-]|\n {0,12})?"
_ABROAD = rf"(?:33|262|508|590|594|596|681|687|689){_SEPARATOR}(?:\(0\){_SEPARATOR})?"
# National numbers by pairs (one separator throughout), numéros verts, and the French prefixes.
# Two patterns, each with a first character of its own, which ``re`` finds ten times as fast.
_NATIONAL = re.compile(
    rf"0(?:[1-9]({_SEPARATOR})\d\d(?:\1\d\d){{3}}"
    rf"|{_SEPARATOR}8\d\d(?:{_SEPARATOR}\d{{3}}){{2}}"
    rf"|0{_ABROAD}\d(?:{_SEPARATOR}\d){{5,9}})(?!\w)"
)
_FOREIGN = re.compile(rf"\+{_ABROAD}\d(?:{_SEPARATOR}\d){{5,9}}(?!\w)")
_LOCAL_PART = re.compile(r"[\w.+-]{1,64}\Z")
_USER = re.compile(r"://[^\s/?#]*\Z")  # of https://user:password@site: rule « adresse »
EMAILS = tuple(Finds(".", shape, _LOCAL_PART, _USER) for shape in (_DOMAIN, _SPELT))
PHONES = Finds(
    ".",
    re.compile(f"{_NATIONAL.pattern}|{_FOREIGN.pattern}"),
    unless=re.compile(rf"[\w+]\Z|\d[.,/-]\Z|{IN_ADDRESS.pattern}"),
)


def emails(text: str) -> Iterator[tuple[int, str]]:
    """(place, address) of each e-mail address in a text."""
    return chain.from_iterable(shape.within(text) for shape in EMAILS)


def findings_of(document: Document, search: Search, name: str, advice: str) -> Iterator[Finding]:
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
    return unescape(ESCAPED.sub(r"\1", body))


def check_email(document: Document, context: Context) -> Iterator[Finding]:
    """No e-mail address in a file: it is published for good, and gathered by robots."""
    text = document.text
    if (
        "@" in text
        or "\\" in text
        or "&" in document.body
        or any(sign.search(text) for sign in _SPELT_SIGNS)
    ):
        yield from findings_of(document, emails, "adresse électronique", f"Supprimez-la {_INSTEAD}")


def check_phone(document: Document, context: Context) -> Iterator[Finding]:
    """No telephone number in a file."""
    text = document.text
    if (
        "\\" in text
        or "&" in document.body
        or _NATIONAL.search(text)
        or ("+" in text and _FOREIGN.search(text))
    ):
        yield from findings_of(
            document, PHONES.within, "numéro de téléphone", f"Supprimez-le {_INSTEAD}"
        )


EMAIL = Rule(
    "courriel",
    "Une fiche ne contient aucune adresse électronique.",
    check_email,
    statements=everywhere(f"Retirez cette adresse électronique {_INSTEAD}", *EMAILS),
)
PHONE = Rule(
    "telephone",
    "Une fiche ne contient aucun numéro de téléphone.",
    check_phone,
    statements=everywhere("Retirez ce numéro de téléphone : « {match} ».", PHONES),
)
