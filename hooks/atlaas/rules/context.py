"""What rules know besides the document at hand: the inventory and the lists already read."""

from collections.abc import Iterable

from pydantic import ValidationError

from atlaas.geography.reference import Reference
from atlaas.model import VOCABULARIES, Term
from atlaas.read import Document, Entry
from atlaas.read.layout import stem_of
from atlaas.read.values import is_year
from atlaas.rules.rule import Context


def make_context(
    reference: Reference, entries: Iterable[Entry], documents: Iterable[Document], today: str
) -> Context:
    """The context of a run; ``documents`` are the lists already read, other kinds are passed over.

    A term or an edition that holds a mistake still counts as known, so that the records which
    name it are not refused as well. A list without a file is empty: each of its values is unknown.
    """
    paths: dict[str, list[str]] = {}
    for entry in entries:
        paths.setdefault(entry.kind, []).append(entry.path)
    stems = {kind: [stem_of(path) for path in found] for kind, found in paths.items()}

    present = set(stems.get("vocabulary", ()))
    vocabularies: dict[str, dict[str, Term]] = {
        name: {} for name in VOCABULARIES if name not in present
    }
    editions = {int(stem) for stem in stems.get("edition", ()) if is_year(stem)}
    for document in documents:
        if document.kind == "vocabulary" and isinstance(document.data, list):
            vocabularies[stem_of(document.path)] = _terms(document.data)
        elif document.kind == "edition" and isinstance(document.data, dict):
            year = document.data.get("edition")
            if is_year(year):
                editions.add(int(year))
    return Context(
        reference=reference,
        today=today,
        vocabularies=vocabularies,
        editions=frozenset(editions),
        actors=frozenset(stems.get("actor", ())),
        own_codes=frozenset(s for s in stems.get("territory", ()) if s.startswith("x-")),
        paths={kind: tuple(found) for kind, found in paths.items()},
    )


def _terms(data: list[object]) -> dict[str, Term]:
    terms = {}
    for item in data:
        name = item.get("id") if isinstance(item, dict) else None
        if isinstance(name, str):
            try:
                terms[name] = Term.model_validate(item)
            except ValidationError:
                terms[name] = Term.model_construct(id=name, label=name)
    return terms
