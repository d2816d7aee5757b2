"""Characters that nobody sees: control, bidirectional and zero-width characters."""

import unicodedata
from collections.abc import Iterator
from html import unescape

from atlaas.read import Document, KeyPath
from atlaas.rules.conditions import BrowserPattern, Finds
from atlaas.rules.rule import Context, Finding, Rule, body_start, escaped
from atlaas.rules.statements import everywhere
from atlaas.text.typed import without_invisible

# Control, format, private use, surrogate, line and paragraph separator; visible spaces are left.
_REFUSED = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_BLANK = ("\u115f", "\u1160", "\u2800", "\u3164", "\uffa0")  # letters and signs that show nothing
_CATEGORIES = "".join(rf"\p{{{name}}}" for name in sorted(_REFUSED))
_BROWSER = BrowserPattern(rf"(?![\n\t])[{_CATEGORIES}{''.join(_BLANK)}]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NAMES = {
    "\u00ad": "trait d'union invisible",
    "\u200b": "espace de largeur nulle",
    "\u200c": "séparateur invisible",
    "\u200d": "liant invisible",
    "\u2028": "saut de ligne caché",
    "\u2029": "saut de paragraphe caché",
    "\u2060": "espace de largeur nulle",
    "\ufeff": "marque d'ordre des octets",
}


def refused(text: str) -> Iterator[int]:
    """Where the invisible characters of a text stand, one place for a run of them."""
    before = -2
    for index, character in enumerate(text):
        if (character.isprintable() and character not in _BLANK) or character in "\n\t":
            continue
        if character in _BLANK or unicodedata.category(character) in _REFUSED:
            if index != before + 1:
                yield index
            before = index


def _suspect(text: str) -> bool:
    """Whether a text may hold an invisible character: quick, since most hold none."""
    if not text.replace("\n", "").isprintable():
        return True
    return not text.isascii() and any(blank in text for blank in _BLANK)


def _finding(where: KeyPath | int, character: str) -> Finding:
    if character in _BIDI:
        name = "caractère caché qui renverse le sens de lecture"
    elif unicodedata.category(character) == "Cc":
        name = "caractère de contrôle"
    else:
        name = _NAMES.get(character, "caractère invisible")
    return Finding(
        where,
        f"{name} (U+{ord(character):04X})",
        "Effacez-le : supprimez les lettres voisines et retapez-les.",
    )


def check_text(text: str) -> Iterator[Finding]:
    """No such character in a text, of which the places count."""
    if _suspect(text):
        for index in refused(text):
            yield _finding(index, text[index])


def check(document: Document, context: Context) -> Iterator[Finding]:
    """No control, bidirectional or zero-width character anywhere in a file."""
    text = document.text
    yield from check_text(text)
    for path, value in escaped(document):
        for index in refused(value):
            if value[index] not in text:
                yield _finding(path, value[index])
    if "&" in document.body:
        body = unescape(document.body)
        for index in refused(body):
            if body[index] not in text:
                yield _finding(body_start(document), body[index])


def fix(document: Document, context: Context) -> str:
    """The text without its invisible characters; a hidden line break becomes a space."""
    return without_invisible(document.text) if _suspect(document.text) else document.text


RULE = Rule(
    "caractere-invisible",
    "Une fiche ne contient ni caractère de contrôle, ni caractère invisible.",
    check,
    fix=fix,
    statements=everywhere(
        "Ce texte contient un caractère invisible (U+{code}) : effacez-le et retapez les lettres "
        "voisines.",
        Finds(".", _BROWSER),
    ),
)
