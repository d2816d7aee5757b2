"""One line of a list without columns -> the territories that it names, each with what it says.

« Arras (62) @@@ », « - Les Abymes (@@@@) », « 5@ : Lille (59), Roubaix (59) », « Lille : 5/5 »: a
name comes with its level before or after it, its département or postcode, a mention.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from atlaas.imports.known import KnownNames
from atlaas.imports.levels import levels_in, title_of
from atlaas.names.queries import loose, words_of

_HOLE = "\0"  # where a level was
_MARKS = re.compile(  # bullets, titles and numbering of Markdown and of word processors
    r"^(?:[#>]+\s*|[-–—*+•●▪■‣·◦○➢►✓]\s+|[•●▪■‣·◦○➢►✓]|\[[ xX]?\]\s*|\(?\d{1,3}[.)°](?=\s))+\s*"
)
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w)])[*_](?!\w)")
_NUMBER = re.compile(r"\(?(2[ab]|\d{2,3})\)?", re.I)  # of a département
_POSTCODE = re.compile(r"(?:F-)?(\d{2} ?\d{3})(?: cedex(?: \d+)?)?", re.I)
_BEFORE = re.compile(r"(?:(\d{5})|(2[ab]|\d{2,3}))\s*[-–:]?\s+(\D.*)", re.I)
_AFTER = re.compile(r"(.*[^\W\d_].*?)[\s,–-]+\(?(?:(\d{5})|(2[ab]|\d{2,3}))\)?", re.I)
_PARENTHESIS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_BARE_LEVEL = re.compile(r"(?:[:=]|\.{2,}|…|\)|\s[–—-])\s*([1-5])$")
_EDGES = ' \t,;:=.…–—-→>|/"«»'
_GIVING = re.compile(  # what stands between a name and the level that it was given
    r"\s+(?:a |ont |est |sont |se voit |avec |qui )*(?:obtien(?:t|nent)|obtenu|reçoi(?:t|vent)|reçu"
    r"|(?:décroche|conserve|garde|remporte)(?:nt)?|(?:labellis|récompens)ée?s?"
    r"|passe(?:nt)? (?:de|à)|avec)"
    r"(?:\s+(?:le|la|les|un|une|son|ses|leurs?|label|niveau|de|par|territoire|ville|internet))*$",
    re.I,
)
_TO = re.compile(r"^(?:pour|à|aux?|:|=|–|—|-)\s+", re.I)
_MENTION = re.compile(r"\bmentions?\b(?:\s+spéciales?)?\s*:?\s*", re.I)
_OUTSIDE = re.compile(r"\bhors[- ]concours\b", re.I)
_HEAD = re.compile(r"(.+?)\s*(?::|\s[–—-])\s*(.+)")


@dataclass
class Piece:
    """A part of a line: what it says, and where its level stood."""

    values: dict[str, str] = field(default_factory=dict)
    before: bool = False  # the level comes before the name
    after_colon: bool = False  # the level comes after a colon


def bare(text: str) -> str:
    """A line without bullet, numbering, emphasis or the « : » of a title."""
    return _EMPHASIS.sub("", _MARKS.sub("", text.strip())).strip(" \t:|")


def names_of(cells: Iterable[str], known: KnownNames) -> tuple[list[dict[str, str]], int, bool]:
    """(what each name of a line says, the level that the line gives to all, whether it is sure)."""
    texts = [bare(cell) for cell in cells if bare(cell)]
    level, sure = 0, True
    if texts:
        head = _HEAD.fullmatch(texts[0])
        title = title_of(head[1]) if head else None
        if head and title:
            level, texts[0] = title.level, head[2]
    cut = [one for text in texts for one in _pieces(text, known)]
    pieces = [_piece(one, known) for one in cut]
    found: list[Piece] = []
    waiting: dict[str, str] = {}  # a département or level that stands alone before its name
    for piece in pieces:
        if found and _is_home(piece, found[-1], known):
            piece.values["département"] = piece.values.pop("nom")
        if piece.values.get("nom"):
            if found and "(" not in piece.values["nom"] and _is_about(piece, found, pieces, known):
                _add(found[-1].values, {"mention": piece.values["nom"]})
            else:
                found.append(Piece({**waiting, **piece.values}, piece.before, piece.after_colon))
                waiting = {}
        elif found:
            _add(found[-1].values, piece.values)
        else:
            level = level or int(piece.values.get("niveau", "0")[:1] or 0)
            waiting |= {k: v for k, v in piece.values.items() if k != "niveau"}
    told = [one for one in found if one.values.get("niveau")]
    if not level and len(found) > 1 and len(told) == 1:
        if told[0] is found[0] and found[0].before:
            level = _digit(told[0])
        elif told[0] is found[-1]:
            level, sure = _digit(told[0]), told[0].after_colon
    return [one.values for one in found], level, sure


def _digit(piece: Piece) -> int:
    text = piece.values["niveau"]
    return int(text) if text.isdecimal() else 0


def _is_home(piece: Piece, last: Piece, known: KnownNames) -> bool:
    """Whether a piece is the département of the name before it: « Lille, Nord, 5 @ »."""
    name, before = piece.values.get("nom", ""), last.values
    if set(piece.values) & {"département", "code postal"} or "département" in before:
        return False
    alone = known.departement(name) is not None and not known.is_commune(name)
    return alone and known.departement(before.get("nom", "")) is None


def _is_about(piece: Piece, found: list[Piece], pieces: list[Piece], known: KnownNames) -> bool:
    """Whether a text that names no territory says something of the one before it."""
    if set(piece.values) & {"département", "code postal", "niveau"}:
        return False
    if known.is_name(piece.values["nom"]):
        return False
    named = [one for one in pieces if one.values.get("nom") and known.is_name(one.values["nom"])]
    return len(found) == 1 or len(named) < 2


def _add(values: dict[str, str], more: dict[str, str]) -> None:
    for role, text in more.items():
        if role == "mention" and values.get(role):
            values[role] += f", {text}"
        elif not values.get(role):
            values[role] = text


def is_departement(text: str, known: KnownNames) -> bool:
    """Whether a text is the number or the name of a département."""
    return bool(_NUMBER.fullmatch(text)) or known.departement(text) is not None


def _pieces(text: str, known: KnownNames) -> list[str]:
    """A text cut between the names that it lists, never inside a parenthesis."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        cuts = sign in ",;|•·" or (sign == "/" and text[at - 1 : at + 2] == " / ")
        if cuts and depth <= 0:
            parts.append(text[start:at])
            start = at + 1
    parts = [part.strip() for part in (*parts, text[start:]) if part.strip()]
    last = re.split(r"\s+(?:et|&)\s+", parts[-1]) if parts else []
    if len(last) == 2 and ("(" in last[0] or not known.is_name(parts[-1])):
        halves = [_piece(half, known).values for half in last]
        if all(v.get("département") or known.is_name(v.get("nom", "")) for v in halves):
            parts[-1:] = last
    return parts


def _piece(text: str, known: KnownNames) -> Piece:
    """What one part of a line says."""
    piece = Piece()
    levels = levels_in(text)
    plain = _BARE_LEVEL.search(text) if not levels else None
    if plain:
        levels = [(int(plain[1]), plain.start(1), plain.end(1))]
    name, tail = text, ""
    if levels:
        start, stop = levels[0][1], levels[-1][2]
        one = len({level for level, *_ in levels}) == 1
        piece.values["niveau"] = str(levels[0][0]) if one else text[start:stop]
        piece.after_colon = text[:start].rstrip(" (").endswith(":")
        name, _, tail = _around(f"{text[:start]}{_HOLE}{text[stop:]}").partition(_HOLE)
        if not name.strip(_EDGES + "()") and tail.strip(_EDGES + "()"):
            name, tail, piece.before = _TO.sub("", tail.strip()), "", True
    if _OUTSIDE.search(text) and "niveau" not in piece.values:
        piece.values["niveau"] = "hors concours"
    name, tail = _OUTSIDE.sub("", name), _OUTSIDE.sub("", tail)
    for words in (name, tail):
        found = _MENTION.search(words)
        if found and words[: found.start()].strip(_EDGES + "(+") != words.strip(_EDGES):
            _add(piece.values, {"mention": words[found.end() :].strip(_EDGES + "()")})
            name = name[: found.start()] if words is name else name
            tail = tail[: found.start()] if words is tail else tail
    rest = tail.strip(_EDGES + "()+")
    name = _name(name, piece.values, known).strip(_EDGES)
    given = _GIVING.sub("", name)
    name = given if loose(words_of(given)) else name  # « La Garde » is a name
    if rest and (is_departement(rest, known) or _POSTCODE.fullmatch(rest)):
        _place(rest, piece.values, known)
    elif rest:
        left = _name(tail, piece.values, known).strip(_EDGES + "()+")
        _add(piece.values, {"mention": left} if left else {})
    if name in tuple("12345") and not levels:
        piece.values["niveau"] = name
    elif name and not levels and (_NUMBER.fullmatch(name) or _POSTCODE.fullmatch(name)):
        _place(name, piece.values, known)
    elif name:
        piece.values |= {"nom": name}
        piece.values = apart(piece.values)
    return piece


def _around(text: str) -> str:
    """A text whose hole is taken out of the parenthesis in which it may stand."""

    def moved(found: re.Match[str]) -> str:
        inside = (found[1] or found[2] or "").replace(_HOLE, "").strip(_EDGES)
        return (f"({inside})" if inside else "") + _HOLE

    return re.sub(rf"\(([^()]*{_HOLE}[^()]*)\)|\[([^\[\]]*{_HOLE}[^\[\]]*)\]", moved, text)


def _name(text: str, values: dict[str, str], known: KnownNames) -> str:
    """A name without the parentheses that say where it is; what follows them is a mention."""
    name = text
    for found in _PARENTHESIS.finditer(text):
        parts = [part.strip() for part in re.split(r"[,;]", found[1] or found[2] or "")]
        places = [part for part in parts if _place(part, values, known)]
        if places and len(places) == len([part for part in parts if part]):
            before, after = name.split(found[0], 1)
            name = before
            if after.strip(_EDGES + "()+") and not _GIVING.fullmatch(f" {after.strip(_EDGES)}"):
                _add(values, {"mention": after.strip(_EDGES + "()+")})
            break
    return name


def _place(text: str, values: dict[str, str], known: KnownNames) -> bool:
    """Take a text for a département or a postcode, if it is one."""
    postcode = _POSTCODE.fullmatch(text)
    if postcode:
        values.setdefault("code postal", postcode[1].replace(" ", ""))
    elif is_departement(text, known):
        values.setdefault("département", text.strip("()"))
    return bool(postcode) or is_departement(text, known)


def apart(values: dict[str, str]) -> dict[str, str]:
    """« 59 - Lille », « Lille (59) » and « 59000 Lille »: the number says where the name is."""
    name = values["nom"]
    before, after = _BEFORE.fullmatch(name), _AFTER.fullmatch(name)
    name, postcode, number = (
        (before[3], before[1], before[2])
        if before
        else (after[1], after[2], after[3])
        if after
        else (name, "", "")
    )
    if postcode and "code postal" not in values:
        return values | {"nom": name, "code postal": postcode}
    if number and "département" not in values:
        return values | {"nom": name, "département": number}
    return values
