"""HTML: values are plain text, and the story of an action is Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from atlaas.read import Document
from atlaas.rules.rule import Context, Finding, Rule, body_start, escaped, shown
from atlaas.text import commonmark

TAG = re.compile(r"<[a-zA-Z/!?][^<>\n]{0,60}>?")
_NOT_TAG = re.compile(r"`[^`\n]*`|<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_OMITTED = "<!-- raw HTML omitted -->"  # what cmark writes instead


def check_values(document: Document, context: Context) -> Iterator[Finding]:
    """A title, a name, any value is plain text: neither tags nor entities."""
    text = document.text
    if "<" not in text and "&" not in text and "\\" not in text:
        return
    found = set()
    end = body_start(document)
    for match in TAG.finditer(text, 0, end):
        found.add(match[0])
        yield _tag(match.start(), match[0])
    for match in _ENTITY.finditer(text, 0, end):
        meant = unescape(match[0])
        if meant != match[0] and not _in_address(text, match.start()):
            found.add(match[0])
            yield Finding(
                match.start(),
                f"« {match[0]} » est un code HTML",
                f"Écrivez « {meant} »." if meant.isprintable() and meant.strip() else "Effacez-le.",
            )
    for path, value in escaped(document):
        tag = TAG.search(value)
        if tag and tag[0] not in found:
            yield _tag(path, tag[0])


def _tag(where: int | tuple[str | int, ...], tag: str) -> Finding:
    return Finding(
        where,
        f"« {shown(tag)} » est du HTML",
        "Supprimez-le : ici, la mise en forme n'est pas possible.",
    )


def _in_address(text: str, start: int) -> bool:
    word = text[max(0, start - 500) : start].split()
    return bool(word) and "://" in word[-1] and not text[start - 1].isspace()


def check_body(document: Document, context: Context) -> Iterator[Finding]:
    """No HTML in the story of an action: it would not be shown."""
    if "<" not in document.body:
        return
    if _OMITTED not in commonmark.to_html(document.body):
        return
    # Code spans and addresses may hold a « < »; blank them out without moving the rest.
    bare = _NOT_TAG.sub(lambda match: " " * len(match[0]), document.body)
    tag = TAG.search(bare)
    yield Finding(
        body_start(document) + (tag.start() if tag else 0),
        f"« {shown(tag[0] if tag else '<')} » est du HTML : il ne serait pas affiché",
        "Supprimez-le ; pour mettre en forme : **gras**, *italique*, ou « - » pour une liste.",
    )


VALUES = Rule(
    "html", "Un titre, un nom, toute valeur est du texte simple, sans HTML.", check_values
)
BODY = Rule(
    "html-dans-le-texte",
    "Le texte d'une action est en Markdown, sans HTML.",
    check_body,
    kinds=("action",),
)
