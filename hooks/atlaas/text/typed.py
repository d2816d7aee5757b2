"""Dates, numbers, addresses and texts as people type and paste them -> as files hold them.

The same rules run in the browser (overrides/assets/js/words.js and contribute-paste.js);
tests/shared/typed.json holds both to one table of cases. What is not understood comes back as it
was typed, for the rules to say.
"""

import datetime
import re
import unicodedata

from atlaas.text.words import MONTHS, fold

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_MONTH = re.compile(r"(\d{1,2})[-/. ](\d{4})")
_WORDS = re.compile(r"(?:(?:le )?(\d{1,2})(?:er)? )?([^\W\d_]{3,})\.? (\d{4})")
_QUOTES = re.compile("^[\\s\u2018-\u201f«»]+|[\\s\u2018-\u201f«»]+$")
_GROUPS = re.compile(r"\s+|(?<=\d)[_'’](?=\d)", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,6})?", re.ASCII)
_FOLDED = [fold(month) for month in MONTHS]


def bare(text: str) -> str:
    """A text without the typographic quotes that a word processor put around it."""
    return _QUOTES.sub("", text)


def date_typed(text: str) -> str:
    """« 02/07/2016 », « 2 juillet 2016 », « sept. 2021 », « 7/2016 » as files hold them."""
    typed = " ".join(text.split())
    year, month, day = "", "", ""
    if found := _ISO.fullmatch(typed):
        year, month, day = found[1], found[2] or "", found[3] or ""
    elif found := _DAY.fullmatch(typed):
        day, month, year = found.groups()
    elif found := _MONTH.fullmatch(typed):
        month, year = found.groups()
    elif found := _WORDS.fullmatch(typed):
        named = [at for at, name in enumerate(_FOLDED, 1) if name.startswith(fold(found[2]))]
        if len(named) == 1:
            day, month, year = found[1] or "", str(named[0]), found[3]
    if not year:
        return text
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return text
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def number_typed(text: str) -> str:
    """« 210 000 », « 1'200,5 » as files hold them: 210000, 1200.5."""
    plain = _GROUPS.sub("", text.replace("\u00a0", " ").replace("\u202f", " "))
    return plain.replace(",", ".") if _NUMBER.fullmatch(plain) else text


# Of an address, what only tells a page where its readers come from.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid)(?:=.*)?", re.ASCII | re.I
)
_NAMED = re.compile(r"\[[^\]]*\]\(\s*<?(https?://[^\s<>]+?)>?\s*\)", re.ASCII)  # of Markdown
_COMPLETE = re.compile(r"https?://[^\s<>]+", re.ASCII)
_AROUND = " \t\n<>\"'«»“”„‘’\u00a0\u202f"


def address_typed(text: str) -> str:
    """« [Page](https://a.fr/x?utm_source=b) », « <https://a.fr/x> » as files hold them."""
    given = without_invisible(text).strip(_AROUND)
    named = _NAMED.fullmatch(given)
    url = named[1] if named else given
    if not _COMPLETE.fullmatch(url):
        return text
    before, hash_, fragment = url.partition("#")
    page, asked, query = before.partition("?")
    kept = [part for part in query.split("&") if not _TRACKING.fullmatch(part)]
    if asked and len(kept) < query.count("&") + 1:
        before = f"{page}?{'&'.join(kept)}" if kept else page
    fragment = fragment.partition(":~:")[0]  # a browser's « link to this text »
    return f"{before}#{fragment}" if fragment or (hash_ and url.endswith("#")) else before


_BULLET = re.compile(
    r"^[ \t\u00a0]*(?:[•●▪◦‣■□➢\uf0b7\uf0a7\uf0d8][ \t\u00a0]*|[-–—*·o]\t[ \t\u00a0]*)(?=\S)", re.M
)
_RANK = re.compile(r"^[ \t\u00a0]*(\d{1,2})[.)]\t[ \t\u00a0]*(?=\S)", re.M | re.ASCII)
_BREAKS = dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", " ")
_SEEN = str.maketrans(_BREAKS | {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢"})  # bullets of Word
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that show nothing


def without_invisible(text: str) -> str:
    """A text without the characters that nobody sees; hidden line breaks become spaces."""
    if text.replace("\n", "").isprintable() and (text.isascii() or _BLANK.isdisjoint(text)):
        return text
    return "".join(
        c
        for c in text.translate(_SEEN)
        if c in "\n\t" or (c not in _BLANK and unicodedata.category(c) not in _HIDDEN)
    )


def bulleted(text: str) -> str:
    """The bullets of a word processor, « • » and tabs, as those of Markdown."""
    return _RANK.sub(r"\1. ", _BULLET.sub("- ", text))


def text_pasted(text: str) -> str:
    """What is pasted from a word processor, a page or a PDF, as it would have been typed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = without_invisible(bulleted(lines)).replace("\u00a0", " ").replace("\u202f", " ")
    return unicodedata.normalize("NFC", plain)
