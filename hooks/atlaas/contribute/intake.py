"""An approved issue -> the file of a record. The issue's text is data: it is read, never run.

Finds the answers to the questions of ``generated_files``, and writes the file in canonical form
once the rules accept it. What cannot become a file is reported in French, for a comment on the
issue, and nothing is written.
"""

import re
from collections.abc import Container, Iterator, Sequence
from typing import Any, NamedTuple

from atlaas.contribute.generated_files import Question, questions
from atlaas.contribute.request_words import in_words, key_missing
from atlaas.directory import Directory
from atlaas.edit.given_place import place_given
from atlaas.edit.labels import add_label
from atlaas.edit.likely_twins import Twin, likely_twins
from atlaas.edit.new_record import RecordError, RecordFile, new_record, record_file, territory_draft
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.model import PARTIAL_DATE
from atlaas.pages import contribute
from atlaas.read import read_bytes
from atlaas.read.layout import kind_of as kind_of_path
from atlaas.read.problem import visible
from atlaas.text.quoted import escape
from atlaas.text.typed import address_typed, date_typed, number_typed, text_pasted

MAX_BYTES = 64 * 1024
_QUOTED = 80  # characters; a title is never cut without a sign of it
_NOTHING = "_No response_"
_EMPTY = frozenset({"", _NOTHING, "None", "Aucun"})
_HIDDEN = re.compile(r"<!--[\s\S]*?-->|^/label .*$", re.MULTILINE)  # of a template of GitLab
_MARKS = re.compile(r"[`*_<>\[\]|@#]")  # of Markdown and HTML, in what a comment quotes


class RequestError(Exception):
    """The issue cannot become a file; each reason is a French sentence."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


class Proposal(NamedTuple):
    """The file that an issue gives, what it is, and what a person should look at again."""

    file: RecordFile
    title: str
    notes: tuple[str, ...] = ()  # French sentences: names of people, actions that look like it


def quoted(text: str) -> str:
    """A text of the issue as a comment may quote it: one line, no markup, no mention."""
    plain = _MARKS.sub("", visible(" ".join(text.split())))
    return plain if len(plain) <= _QUOTED else f"{plain[: _QUOTED - 1].rstrip()}…"


def kind_of(body: str) -> str:
    """Which form an issue was written with: only that of an action asks for a story."""
    story = f"### {questions('action')[-1].label}"
    return "action" if any(line.rstrip() == story for line in body.splitlines()) else "territory"


def answers(body: str, asked: tuple[Question, ...]) -> dict[str, str]:
    """Question key -> the text under its heading. Raises RequestError where headings are missing.

    GitHub and Forgejo write « ### label », a blank line, the answer; a template of GitLab has the
    same headings. A heading counts only in the order of
    the form, so that an answer cannot stand in for an earlier one; the last answer keeps
    whatever follows it.
    """
    if len(body.encode()) > MAX_BYTES:
        raise RequestError(["Le texte est trop long."])
    plain = _HIDDEN.sub("", body.replace("\r\n", "\n").replace("\r", "\n"))
    lines = plain.split("\n")
    found: dict[str, str] = {}
    at = 0
    starts: list[int] = []
    reasons: list[str] = []
    for question in asked:
        wanted = f"### {question.label}"
        start = next((i for i in range(at, len(lines)) if lines[i].rstrip() == wanted), None)
        if start is None:
            reasons.append(f"La rubrique « {question.label} » manque : reprenez le formulaire.")
            continue
        starts.append(start)
        at = start + 1
    if reasons:
        raise RequestError(reasons)
    for number, question in enumerate(asked):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        text = text_pasted("\n".join(lines[starts[number] + 1 : end])).strip()
        found[question.key] = "" if text in _EMPTY else text
    return found


def _chosen(text: str, options: list[tuple[str, str]]) -> list[str]:
    """The ids of the labels in « a, b »; labels may hold commas. Raises KeyError(rest)."""
    by_label = sorted(options, key=lambda item: -len(item[1]))
    rest, ids = " ".join(text.split()), []
    while rest:
        match = next(
            ((i, label) for i, label in by_label if rest == label or rest.startswith(f"{label},")),
            None,
        )
        if match is None:
            raise KeyError(rest)
        ids.append(match[0])
        rest = rest[len(match[1]) :].lstrip(", ")
    return ids


def _lines(text: str) -> Iterator[str]:
    """The lines that say something, without the dash or star of a list."""
    for raw in text.split("\n"):
        line = " ".join(raw.split()).removeprefix("- ").removeprefix("* ").strip()
        if line and not line.startswith("```"):
            yield line


def _results(text: str) -> list[dict[str, str]]:
    """One result a line, « 312 personnes accompagnées ; 2023 »; without a date, the rules ask."""
    found = []
    for line in _lines(text):
        what, _, when = line.rpartition(";")
        if what and PARTIAL_DATE.fullmatch(when.strip()):
            found.append({"text": what.strip(), "date": when.strip()})
        else:
            found.append({"text": line})
    return found


def _nested(values: dict[str, Any]) -> dict[str, Any]:
    """« cost.amount » and « cost.date » as a mapping under « cost »."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        part, _, inner = key.rpartition(".")
        if part:
            found.setdefault(part, {})[inner] = value
        else:
            found[key] = value
    return found


def _sources(text: str) -> list[dict[str, str]]:
    """One source a line: an address, or « éditeur ; titre ; date »."""
    found = []
    for line in _lines(text):
        address = address_typed(line)
        if re.fullmatch(r"https?://\S+", address):
            found.append({"url": address})
            continue
        parts = [part.strip() for part in line.split(";") if part.strip()]
        source = dict(zip(("publisher", "title", "date"), parts, strict=False))
        urls = [part for part in parts if re.fullmatch(r"https?://\S+", part)]
        if urls:
            source = {"url": urls[0]}
        found.append(source)
    return found


def _place(text: str, space: Workspace) -> str:
    """The code of a territory given by code or name. Raises RequestError."""
    found = place_given(text, space)
    if found.code:
        return found.code
    if found.candidates:
        names = ", ".join(f"{c.name} ({c.code}, {c.reason})" for c in found.candidates)
        raise RequestError(
            [f"Quel territoire est « {quoted(text)} » ? Écrivez son code : {names}."]
        )
    raise RequestError(
        [f"Le territoire « {quoted(text)} » n'est pas connu : donnez son code INSEE."]
    )


def read(
    kind: str, body: str, space: Workspace, directory: Directory
) -> tuple[dict[str, Any], str, dict[str, list[str]]]:
    """(values by question, story, what is wrong by question) of an issue's body."""
    options = contribute.choices(directory)
    given = answers(body, questions(kind))
    values: dict[str, Any] = {}
    wrong: dict[str, list[str]] = {}
    for question in questions(kind):
        reasons: list[str] = []
        text, key = given[question.key], question.key.rpartition(".")[2]
        if not text:
            if question.required:
                wrong[question.key] = [f"« {question.label} » n'a pas de réponse."]
            continue
        field = question.field
        try:
            if field.kind == "place":
                values[question.key] = _place(text, space)
            elif question.control in ("dropdown", "many"):
                ids = _chosen(text, options[field.words])
                values[question.key] = ids if question.control == "many" else ids[0]
            elif key == "sources":
                values[question.key] = _sources(text)
            elif key == "results":
                values[question.key] = _results(text)
            elif field.kind == "lines":
                values[question.key] = list(_lines(text))
            elif key == "body":
                values[question.key] = text
            else:
                values[question.key] = _typed(field.kind, " ".join(text.split()))
        except KeyError as error:
            reasons.append(
                f"« {quoted(str(error.args[0]))} » n'est pas un choix de « {question.label} »."
            )
        except RequestError as error:
            reasons.extend(error.reasons)
        if field.kind == "date" and not PARTIAL_DATE.fullmatch(values.get(question.key, "2000")):
            reasons.append(
                f"« {question.label} » : écrivez une année (2016), un mois (juillet 2016) ou un "
                "jour (2 juillet 2016, 02/07/2016)."
            )
            del values[question.key]
        if reasons:
            wrong[question.key] = reasons
    return values, values.pop("body", ""), wrong


def _typed(kind: str, value: str) -> str:
    """A value as files hold it."""
    if kind == "date":
        return date_typed(value)
    if kind == "url":
        return address_typed(value)
    return number_typed(value) if kind in ("number", "whole") else value


def make(kind: str, body: str, space: Workspace, directory: Directory) -> Proposal:
    """The file that an issue gives, checked but not yet written. Raises RequestError.

    An answer that cannot be read leaves the others to be checked: all is said at once.
    """
    values, story, wrong = read(kind, body, space, directory)
    said = [reason for reasons in wrong.values() for reason in reasons]
    stand_in = {
        "title": "Titre à compléter",
        "territory": next(iter(space.territories), ""),
        "labels.edition": str(max(space.context.editions, default="")),
    }
    if "code" in wrong:  # the label is then that of nobody knows whom
        raise RequestError(said)
    values |= {key: stand_in[key] for key in wrong if key in stand_in}
    try:
        if kind == "action":
            file = new_record(space, "action", _nested(values), story)
            title = f"nouvelle action « {quoted(values['title'])} »"
        else:
            file, title = _labelled(values, space)
    except RecordError as error:
        raise RequestError([*said, f"{quoted(str(error))}."]) from None
    answered = {key.rpartition(".")[2] for key in wrong}
    try:
        return checked(file, title, space, said, answered)
    except RequestError as error:
        raise RequestError(list(dict.fromkeys(error.reasons))) from None


def checked(
    file: RecordFile,
    title: str,
    space: Workspace,
    said: Sequence[str] = (),
    answered: Container[str] = (),
) -> Proposal:
    """A file as a proposal. Raises RequestError with everything that the rules refuse.

    ``said`` is what else is wrong; a key that is missing is left out where it is among
    ``answered``, of which ``said`` tells already.
    """
    reasons, notes = list(said), []
    for problem in file.problems:
        if problem.severity == "warning":
            notes.append(in_words(problem, file.text))
        elif key_missing(problem) not in answered:
            reasons.append(in_words(problem, file.text))
    for twin in () if answered else _twins(file, space):
        if twin.here and twin.reason.startswith("même"):
            reasons.append(
                f"Cette action a déjà sa fiche : {twin.said}. Si c'est la même, dites ce qu'il "
                "faut y corriger ; sinon, précisez le titre (année, quartier, public)."
            )
        else:
            notes.append(f"Une action proche a sa fiche : {twin.said}. Est-ce la même ?")
    if reasons:
        raise RequestError(reasons)
    return Proposal(file, title, tuple(notes))


def _twins(file: RecordFile, space: Workspace) -> list[Twin]:
    """The actions that a new one may be."""
    document = read_bytes(file.text.encode(), file.path, kind_of_path(file.path))
    if document.kind != "action" or document.problems or space.exists(file.path):
        return []
    code, title = document.data["territory"], document.data["title"]
    return likely_twins(space, code, title, document.body)


def _labelled(values: dict[str, Any], space: Workspace) -> tuple[RecordFile, str]:
    """The file of a territory with one more label, and what it is."""
    code = values["code"]
    label = {key.partition(".")[2]: value for key, value in values.items() if "." in key and value}
    path, draft = territory_draft(space, code, {})
    if add_label(draft, label):
        raise RequestError(
            [f"La fiche a déjà un label de {label['edition']} : corrigez-la plutôt."]
        )
    return record_file(space, path, draft), f"{space.name(code)} : label {label['edition']}"


def take(kind: str, body: str, directory: Directory) -> Proposal:
    """Write the file that an issue gives; raises RequestError, and then writes nothing."""
    space = open_workspace(directory.project)
    return write(make(kind, body, space, directory), space)


def write(made: Proposal, space: Workspace) -> Proposal:
    """Write the file of a proposal. Raises RequestError where it has no place in data/."""
    project = space.project
    if not (project.root / made.file.path).resolve().is_relative_to(project.data.resolve()):
        raise RequestError(["Cette fiche n'a pas de place dans data/."])
    space.write([(made.file.path, made.file.text)])
    return made


def comment(reasons: list[str]) -> str:
    """What is answered on an issue that cannot become a file."""
    lines = "\n".join(f"- {escape(reason)}" for reason in reasons)
    return (
        "Cette proposition ne peut pas encore devenir une fiche :\n\n"
        f"{lines}\n\nModifiez votre texte ci-dessus. Un bénévole le relira et remettra "
        "l'étiquette : vous n'avez rien d'autre à faire.\n"
    )


def noted(made: Proposal) -> str:
    """What is answered on an issue whose file should be looked at again; empty without notes."""
    if not made.notes:
        return ""
    lines = "\n".join(f"- {escape(note)}" for note in made.notes)
    return f"La fiche est proposée. À regarder, avant de l'accepter :\n\n{lines}\n"


def outputs(made: Proposal | None, message: str) -> Iterator[str]:
    """``name=value`` lines for the workflow; values hold no line break."""
    yield f"made={'true' if made else 'false'}"
    if made:
        yield f"path={visible(made.file.path)}"
        yield f"title={visible(made.title)}"
    yield f"message={'true' if message else 'false'}"
