"""HTML: values are plain text, and the story of an action is Markdown."""

import re
from collections.abc import Iterator
from html import unescape

from atlaas.read import Document
from atlaas.rules.conditions import Decodes, Finds, OfField
from atlaas.rules.rule import Context, Finding, Rule, body_start, escaped, shown
from atlaas.rules.statements import IN_ADDRESS, VERBATIM, Statement
from atlaas.text import commonmark

TAG = re.compile(r"<[a-zA-Z/!?][^<>\n]{0,60}>?")
_ENTITIES = Finds(
    ".",
    re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"),
    unless=IN_ADDRESS,
)
_TEXT = OfField("kind", ("text", "long"))
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
    for start, entity in _ENTITIES.within(text[:end]):
        meant = unescape(entity)
        if meant != entity:
            found.add(entity)
            yield Finding(
                start,
                f"« {entity} » est un code HTML",
                f"Écrivez « {meant} »." if meant.isprintable() and meant.strip() else "Effacez-le.",
            )
    for path, value in escaped(document):
        tag = TAG.search(value)
        if tag and tag[0] not in found:
            yield _tag(path, tag[0])


def _tag(where: int | tuple[str | int, ...], tag: str) -> Finding:
    advice = "Supprimez-le : ici, la mise en forme n'est pas possible."
    return Finding(where, f"« {shown(tag)} » est du HTML", advice)


def check_body(document: Document, context: Context) -> Iterator[Finding]:
    """No HTML in the story of an action: it would not be shown."""
    if "<" not in document.body or _OMITTED not in commonmark.to_html(document.body):
        return
    # Code spans and addresses may hold a « < »; blank them out without moving the rest.
    bare = VERBATIM.sub(lambda match: " " * len(match[0]), document.body)
    tag = TAG.search(bare)
    yield Finding(
        body_start(document) + (tag.start() if tag else 0),
        f"« {shown(tag[0] if tag else '<')} » est du HTML : il ne serait pas affiché",
        "Supprimez-le ; pour mettre en forme : **gras**, *italique*, ou « - » pour une liste.",
    )


VALUES = Rule(
    "html",
    "Un titre, un nom, toute valeur est du texte simple, sans HTML.",
    check_values,
    statements=(
        Statement("value", _TEXT & Finds(".", TAG), "« {match} » est du HTML : retirez-le."),
        Statement(
            "value",
            _TEXT & Decodes(".") & _ENTITIES,
            "« {match} » est un code HTML : écrivez le caractère lui-même.",
        ),
    ),
)
BODY = Rule(
    "html-dans-le-texte",
    "Le texte d'une action est en Markdown, sans HTML.",
    check_body,
    kinds=("action",),
    statements=(
        Statement(
            "story",
            Finds("bare", TAG),
            "« {match} » est du HTML : il ne serait pas affiché. Retirez-le.",
        ),
    ),
)
