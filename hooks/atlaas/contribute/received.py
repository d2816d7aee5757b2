"""A message of any form -> the file of a record, by the same door as the requests of the forge.

``handed`` finds a draft's link or a file's text in it; everything is checked as requests are, and
a draft never takes the place of what others wrote since.
"""

from typing import Any

from atlaas.contribute.generated_files import FILES, questions
from atlaas.contribute.handed import HandedDraft, HandedError, HandedFile, Kind, draft_in, file_in
from atlaas.contribute.intake import Proposal, RequestError, checked, kind_of, make, quoted, write
from atlaas.directory import Directory
from atlaas.edit.canonical import render
from atlaas.edit.draft import Draft, draft_of
from atlaas.edit.new_record import RecordError, RecordFile, new_record, record_file
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.model.fields import MODELS, field_of
from atlaas.read import read_bytes
from atlaas.read.layout import stem_of
from atlaas.read.problem import sentences

_NEEDED = {"action": ("title", "territory"), "territory": ("code",)}


def receive(text: str, directory: Directory) -> Proposal:
    """Write the file that a message gives; raises RequestError, and then writes nothing."""
    space = open_workspace(directory.project)
    return write(read_message(text, space, directory), space)


def is_request(text: str) -> bool:
    """Whether a text answers the questions of an issue form."""
    firsts = {f"### {questions(kind)[0].label}" for kind in FILES}
    return any(line.rstrip() in firsts for line in text.splitlines())


def read_message(text: str, space: Workspace, directory: Directory) -> Proposal:
    """The file that a message gives: of a request, of a draft's link, of a file's text."""
    if is_request(text):
        return make(kind_of(text), text, space, directory)
    try:
        draft, file = draft_in(text), file_in(text)
    except HandedError as error:
        raise RequestError([str(error)]) from None
    if draft:
        return checked(*_of_draft(draft, space), space)
    if file:
        return checked(*_of_file(file, space), space)
    raise RequestError(
        [
            "Rien à lire ici : il faut le lien d'un brouillon, le texte d'une fiche, ou une "
            "demande écrite avec un formulaire de la forge."
        ]
    )


def _of_draft(draft: HandedDraft, space: Workspace) -> tuple[RecordFile, str]:
    """The file of a draft: a new one, or that of the record which it corrects, if unchanged."""
    path = _corrected(draft.of, space)
    if not draft.of:
        return _new(draft.kind, draft.record, draft.story, space)
    if not path:
        raise RequestError([f"La fiche que ce brouillon corrige n'existe plus : {draft.of}."])
    was = draft_of(space.document(path))
    if not draft.base or render(Draft(draft.kind, *draft.base)) != render(
        Draft(draft.kind, was.data, was.body)
    ):
        raise RequestError(
            [
                f"{path} a changé depuis ce brouillon : ouvrez son lien dans un navigateur, "
                "choisissez entre les deux versions, et proposez le résultat."
            ]
        )
    changed = {
        key for key in {**was.data, **draft.record} if was.data.get(key) != draft.record.get(key)
    }
    was.data, was.body = draft.record, draft.story
    for notes in (was.above, was.trailing):  # a comment goes with the value that it explained
        for place in [place for place in notes if place[0] in changed and len(place) > 1]:
            del notes[place]
    return record_file(space, path, was), f"correction de {path}"


def _corrected(of: str, space: Workspace) -> str:
    """The path of the record that a form calls « actions/59378/x », or an empty text."""
    folder, _, rest = of.partition("/")
    code, _, stem = rest.partition("/")
    if folder == "territories":
        return space.territories.get(code, "")
    return next((path for path in space.actions.get(code, ()) if stem_of(path) == stem), "")


def _of_file(file: HandedFile, space: Workspace) -> tuple[RecordFile, str]:
    """The file of a pasted text; it does not say what it was made from, so never an old one."""
    if file.path and space.exists(file.path):
        raise RequestError(
            [
                f"{file.path} existe déjà, et ce texte ne dit pas de quelle version il part : "
                "demandez le lien du brouillon, ou reprenez la correction sur la forge."
            ]
        )
    document = read_bytes(file.text.encode(), file.path or "message", file.kind)
    if document.problems:
        raise RequestError([sentences(problem) for problem in document.problems])
    if not isinstance(document.data, dict):
        raise RequestError(["Le texte de la fiche ne se lit pas."])
    return _new(file.kind, document.data, document.body, space)


def _told(value: object) -> bool:
    """Whether this is a text, and not an empty one."""
    return isinstance(value, str) and bool(value.strip())


def _new(
    kind: Kind, values: dict[str, Any], story: str, space: Workspace
) -> tuple[RecordFile, str]:
    missing = [key for key in _NEEDED[kind] if not _told(values.get(key))]
    if missing:
        names = ", ".join(f"« {field_of(MODELS[kind], key).name} »" for key in missing)
        raise RequestError([f"Il manque {names}."])
    try:
        file = new_record(space, kind, values, story)
    except RecordError as error:
        raise RequestError([f"{quoted(str(error))}."]) from None
    what = values["title"] if kind == "action" else space.name(values["code"])
    return (
        file,
        f"{'nouvelle action' if kind == 'action' else 'nouveau territoire'} « {quoted(what)} »",
    )
