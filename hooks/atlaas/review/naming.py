"""What reviewers call a record and the ids inside it, and where its page stands."""

from collections.abc import Iterable

from atlaas.directory import territory_url
from atlaas.edit.workspace import Workspace
from atlaas.model import Term
from atlaas.read import Document
from atlaas.read.layout import carrier_of, code_of, stem_of
from atlaas.read.values import entries_of, values_of, word
from atlaas.review.pairs import RecordPair
from atlaas.review.wording import Glossary, short

_GENERAL = {
    "actor": "Acteurs",
    "edition": "Éditions",
    "collection": "Collections",
    "vocabulary": "Listes",
    "context": "Contexte",
}


def glossary_of(space: Workspace, pairs: Iterable[RecordPair]) -> Glossary:
    """The names of the project, and those that the records themselves give."""
    named: dict[str, str] = {}
    terms: dict[str, dict[str, str]] = {
        name: {id_: term.label for id_, term in listed.items() if isinstance(term, Term)}
        for name, listed in space.context.vocabularies.items()
    }
    for side in (side for pair in pairs for side in pair if side and not side.problems):
        data = values_of(side)
        if side.kind == "territory" and word(data, "name"):
            named[word(data, "code")] = word(data, "name")
        if side.kind == "vocabulary":
            listed = terms.setdefault(stem_of(side.path), {})
            for item in entries_of(side.data):
                listed.setdefault(word(item, "id"), word(item, "label"))
    return Glossary(
        lambda code: short(named.get(code) or space.name(code)),
        lambda vocabulary, id_: terms.get(vocabulary, {}).get(id_) or id_,
    )


def owner(document: Document, glossary: Glossary) -> str:
    """Whose record it is: a territory's name, or the part of the directory."""
    return _GENERAL.get(document.kind) or glossary.place(carrier(document))


def carrier(document: Document) -> str:
    """The code of the territory that a record is about, from its values or from its path."""
    data = values_of(document)
    if document.kind == "action":
        return word(data, "territory") or carrier_of(document.path)
    return word(data, "code") or code_of(stem_of(document.path))


def url_of(document: Document, glossary: Glossary) -> str:
    """The address of a record's page, or an empty text where it has none of its own."""
    stem = stem_of(document.path)
    if document.kind == "action":
        return f"actions/{carrier(document)}/{stem}/"
    if document.kind == "territory":
        code = carrier(document)
        if code_of(stem) != code or stem == code:
            return territory_url(code, glossary.place(code))
        return territory_url(code, stem.removeprefix(f"{code}-"))
    if document.kind == "actor":
        return f"acteurs/{stem}/"
    if document.kind == "collection":
        return f"collections/{stem}/"
    return f"label/{stem}/" if document.kind == "edition" else ""


def called(document: Document) -> str:
    """« action « … » », « fiche du territoire », « fiche « … » » of an actor."""
    data, stem = values_of(document), stem_of(document.path)
    match document.kind:
        case "action":
            return f"action « {short(word(data, 'title') or stem)} »"
        case "actor":
            return f"fiche « {short(word(data, 'name') or stem)} »"
        case "territory":
            return "fiche du territoire"
        case "collection":
            return f"collection « {short(word(data, 'title') or stem)} »"
        case "edition":
            return f"édition {stem}"
    return f"liste « {stem} »"
