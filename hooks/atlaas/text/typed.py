"""Dates and numbers as people type them -> as files hold them.

The same rules run in the browser (overrides/assets/js/words.js); tests/shared/typed.json holds
both to one table of cases. What is not understood comes back as it was typed, for the rules to say.
"""

import datetime
import re

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
