"""What people hand over in a message: the link of a draft, or the text of a file.

A form of the site packs a draft into an address (overrides/assets/js/contribute-link.js); its
« Envoyer par courriel » writes that address and the file into a message. Either is found here in
whatever surrounds it. All of it comes from outside: it is checked for form and size, never run.
"""

import base64
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from typing import Any, Literal, NamedTuple

from atlaas.model.fields import MODELS, ModelField, fields_of

Kind = Literal["action", "territory"]
MAX_MESSAGE = 2 * 1024 * 1024  # bytes: a mail with what it quotes
_MAX_PACKED = 100_000  # characters of a link, as the form writes at most
_MAX_TEXT = 300_000  # bytes of a draft once unpacked
_MAX_VALUES = 2000

_LINK = re.compile(r"#brouillon=([\w-]{4,}(?:\s+[\w-]+){0,2000})", re.ASCII)
_MAIL = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
_QUOTE = re.compile(r"^(?:> ?)+", re.MULTILINE)
_PATH = re.compile(r"\bdata/(?:actions|territories)/[\w./-]+\.(?:md|yml)\b", re.ASCII)
_ACTION = re.compile(r"^---\n(?=(?:title|territory): )", re.MULTILINE)
_TERRITORY = re.compile(r"^code: ?\"?[0-9a-z-]{2,80}\"?$", re.MULTILINE)
END = "Fin de la fiche."  # under the file in a message
_OF = re.compile(r"actions/[\w-]{2,80}/[a-z0-9-]{1,80}|territories/[\w-]{2,80}", re.ASCII)
_MANY = ("group", "lines", "places", "choices", "actors")


class HandedDraft(NamedTuple):
    """A draft as a form packed it. ``of`` is the record that it corrects, « actions/59378/x »."""

    kind: Kind
    record: dict[str, Any]
    story: str
    of: str
    base: tuple[dict[str, Any], str] | None  # the record and story that it was made from


class HandedFile(NamedTuple):
    """The text of a file in a message, and the path that the message gives it, if any."""

    kind: Kind
    text: str
    path: str


class HandedError(Exception):
    """What was handed over cannot be read; the message says why, in French."""


def message_text(raw: bytes) -> str:
    """The words of a message: of a mail, its plain text; quotes and odd spaces are undone."""
    if len(raw) > MAX_MESSAGE:
        raise HandedError("Le message est trop long.")
    if _MAIL.match(raw):
        try:
            part = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
            text = str(part.get_content()) if part else ""
        except (LookupError, ValueError):  # a set of characters, or a coding, that nobody knows
            text = ""
        if not text:
            raise HandedError("Ce courriel n'a pas de texte simple : copiez-en le texte.")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = sum(line.startswith(">") for line in lines)
    return _QUOTE.sub("", text) if quoted * 2 > len(lines) else text


def draft_in(text: str) -> HandedDraft | None:
    """The draft of the link in a message, if there is one. Raises HandedError for a broken one."""
    found = _LINK.search(text)
    if not found:
        return None
    for packed in _joined(found[1]):
        given = _unpacked(packed)
        if given is not None:
            return _draft(given)
    raise HandedError("Le lien du brouillon a été modifié ou coupé : demandez-le à nouveau.")


def _joined(words: str) -> Iterator[str]:
    """A link, then the same with the lines that follow it: some programs cut long lines."""
    packed = ""
    for word in words.split():
        packed += word
        if len(packed) <= _MAX_PACKED:
            yield packed


def _unpacked(packed: str) -> Any:
    """The JSON of a link; None where it is cut, changed or too long."""
    try:
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        reader = zlib.decompressobj(-15)
        text = reader.decompress(raw, _MAX_TEXT)
        return json.loads(text) if reader.eof and not reader.unused_data else None
    except (ValueError, zlib.error, RecursionError):
        return None


def _draft(given: Any) -> HandedDraft:
    try:
        kind, of, base = given["kind"], given.get("of", ""), given.get("base")
        if kind not in ("action", "territory") or (of and not _OF.fullmatch(of)):
            raise ValueError
        fields, left = fields_of(MODELS[kind]), [_MAX_VALUES]
        was = base and (_formed(fields, base["record"], left), _text(base["body"], left))
        return HandedDraft(
            kind,
            _formed(fields, given["record"], left),
            _text(given.get("body", ""), left),
            of,
            was or None,
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        raise HandedError("Le lien ne contient pas de brouillon lisible.") from None


def _text(value: Any, left: list[int]) -> str:
    left[0] -= 1
    if not isinstance(value, str) or left[0] < 0:
        raise ValueError
    return value


def _formed(fields: Sequence[ModelField], given: Any, left: list[int]) -> dict[str, Any]:
    """A record of texts, lists and mappings with the model's keys. Raises ValueError."""
    if not isinstance(given, dict):
        raise ValueError
    record: dict[str, Any] = {}
    for field in fields:
        value = given.get(field.key)
        if value is None:
            continue
        if field.kind == "part":
            record[field.key] = _formed(field.fields, value, left)
        elif field.kind not in _MANY:
            record[field.key] = _text(value, left)
        elif not isinstance(value, list):
            raise ValueError
        else:
            left[0] -= len(value)
            record[field.key] = [
                _formed(field.fields, item, left) if field.fields else _text(item, left)
                for item in value
            ]
    return record


def file_in(text: str) -> HandedFile | None:
    """The text of a file in a message, from its first line to the end mark or the end."""
    kind: Kind = "action"
    found = _ACTION.search(text)
    if not found:
        kind, found = "territory", _TERRITORY.search(text)
    if not found:
        return None
    path = _PATH.search(text, 0, found.start())
    body, marked, _ = text[found.start() :].partition(f"\n{END}")
    if not marked:
        body = body.partition("\n-- \n")[0]  # a signature
    lines = (re.sub(r"^[ \u00a0]+", _spaces, line) for line in body.strip().split("\n"))
    return HandedFile(kind, "\n".join(lines) + "\n", path[0] if path else "")


def _spaces(margin: re.Match[str]) -> str:
    return " " * len(margin[0])
