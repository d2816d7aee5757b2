"""An approved issue -> the file of a record. The issue's text is data: it is read, never run.

Finds the answers to the questions of ``generated_files``, writes the file in canonical form and
checks it like any other. What cannot become a file is said in French, for a comment on the issue,
and nothing is left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from atlaas.contribute.generated_files import QUESTIONS, Question, field_of
from atlaas.directory import Directory
from atlaas.directory.loading import read_and_check
from atlaas.edit import draft as drafts
from atlaas.edit.canonical import new_text, render
from atlaas.model import PARTIAL_DATE
from atlaas.names.resolve import Known, index_of, resolve
from atlaas.pages import contribute
from atlaas.read import read_bytes
from atlaas.read.problem import Problem, count_errors, visible
from atlaas.rules.filing import MAX_STEM
from atlaas.text import slug

MAX_BYTES = 64 * 1024
_NOTHING = "_No response_"
_EMPTY = frozenset({"", _NOTHING, "None", "Aucun"})
_MARKS = re.compile(r"[`*_<>\[\]|@#]")  # of Markdown and HTML, in what a comment quotes


class Refused(Exception):
    """The issue can not become a file; each reason is a French sentence."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


class Made(NamedTuple):
    """The file that an issue gives: its path, its text, and what it is, in a few words."""

    path: str
    text: str
    title: str


def quoted(text: str) -> str:
    """A text of the issue as a comment may quote it: one line, no markup, no mention."""
    return _MARKS.sub("", visible(" ".join(text.split())))[:80]


def kind_of(body: str) -> str:
    """Which form an issue was written with: only that of an action asks for a story."""
    story = f"### {QUESTIONS['action'][-1].label}"
    return "action" if any(line.rstrip() == story for line in body.splitlines()) else "territory"


def answers(body: str, questions: tuple[Question, ...]) -> dict[str, str]:
    """Question key -> the text under its heading. Raises Refused where headings are missing.

    GitHub writes « ### label », a blank line, the answer. A heading counts only in the order of
    the form, so that an answer can not stand in for an earlier one; the last answer keeps
    whatever follows it.
    """
    if len(body.encode()) > MAX_BYTES:
        raise Refused(["Le texte est trop long."])
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found: dict[str, str] = {}
    at = 0
    starts: list[int] = []
    for question in questions:
        wanted = f"### {question.label}"
        start = next((i for i in range(at, len(lines)) if lines[i].rstrip() == wanted), None)
        if start is None:
            raise Refused([f"La rubrique « {question.label} » manque : reprenez le formulaire."])
        starts.append(start)
        at = start + 1
    for number, question in enumerate(questions):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        text = "\n".join(lines[starts[number] + 1 : end]).strip()
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


def _sources(text: str) -> list[dict[str, str]]:
    """One source a line: an address, or « éditeur ; titre ; date »."""
    found = []
    for raw in text.split("\n"):
        line = " ".join(raw.split()).removeprefix("- ").removeprefix("* ").strip()
        if not line or line.startswith("```"):
            continue
        address = re.fullmatch(r"<?(https?://[^\s<>]+)>?", line)
        if address:
            found.append({"url": address[1]})
            continue
        parts = [part.strip() for part in line.split(";") if part.strip()]
        source = dict(zip(("publisher", "title", "date"), parts, strict=False))
        urls = [part for part in parts if re.fullmatch(r"https?://\S+", part)]
        if urls:
            source = {"url": urls[0]}
        found.append(source)
    return found


def _place(text: str, directory: Directory) -> str:
    """The code of a territory given by code or name. Raises Refused."""
    text = " ".join(text.split()).strip('"« »')
    reference = directory.reference
    if text in reference.places or text in directory.territories:
        return text
    inside = re.search(r"\((\w{5}|\d{9})\)$", text)
    if inside and inside[1] in reference.places:
        return inside[1]
    own = [
        Known(t.code, t.name, t.kind)
        for t in directory.territories.values()
        if t.code.startswith("x-")
    ]
    found = resolve(text, index=index_of(reference, own))
    if found.code:
        return found.code
    if found.candidates:
        names = ", ".join(f"{c.name} ({c.code})" for c in found.candidates)
        raise Refused([f"Quel territoire est « {quoted(text)} » ? Écrivez son code : {names}."])
    raise Refused([f"Le territoire « {quoted(text)} » n'est pas connu : donnez son code INSEE."])


def read(kind: str, body: str, directory: Directory) -> tuple[dict[str, Any], str]:
    """(values by question, story) of an issue's body. Raises Refused with every reason."""
    options = contribute.choices(directory)
    given = answers(body, QUESTIONS[kind])
    values: dict[str, Any] = {}
    reasons: list[str] = []
    for question in QUESTIONS[kind]:
        text, key = given[question.key], question.key.rpartition(".")[2]
        if not text:
            if question.required:
                reasons.append(f"« {question.label} » n'a pas de réponse.")
            continue
        field = field_of(kind, question.key)
        try:
            if field.kind == "place":
                values[question.key] = _place(text, directory)
            elif question.control in ("dropdown", "many"):
                ids = _chosen(text, options[field.words])
                values[question.key] = ids if question.control == "many" else ids[0]
            elif key == "sources":
                values[question.key] = _sources(text)
            elif key == "body":
                values[question.key] = text
            else:
                values[question.key] = " ".join(text.split())
        except KeyError as error:
            reasons.append(
                f"« {quoted(str(error.args[0]))} » n'est pas un choix de « {question.label} »."
            )
        except Refused as refused:
            reasons.extend(refused.reasons)
        if field.kind == "date" and not PARTIAL_DATE.fullmatch(values.get(question.key, "2000")):
            reasons.append(f"« {question.label} » : écrivez 2016, 2016-07 ou 2016-07-02.")
    if reasons:
        raise Refused(reasons)
    return values, values.pop("body", "")


def make(kind: str, body: str, directory: Directory) -> Made:
    """The file that an issue gives, not yet written. Raises Refused."""
    values, story = read(kind, body, directory)
    if kind == "action":
        return _action(values, story, directory)
    return _label(values, directory)


def _home(code: str, directory: Directory) -> tuple[str, str]:
    """(folder of the département, name) of a territory's files."""
    place = directory.reference.places.get(code)
    if place is not None:
        return place.departement or "autres", f"{code}-{slug(place.name)}"
    return directory.territories[code].departement or "autres", code


def _action(values: dict[str, Any], story: str, directory: Directory) -> Made:
    code = values["territory"]
    folder, name = _home(code, directory)
    words = slug(values["title"])
    if len(words) > MAX_STEM:
        words = words[: MAX_STEM + 1].rpartition("-")[0] or words[:MAX_STEM]
    if not words:
        raise Refused(["Le titre ne contient aucun mot."])
    stem = words
    for number in range(2, 100):
        if f"{code}/{stem}" not in directory.actions:
            break
        stem = f"{words}-{number}"
    path = f"data/actions/{folder}/{name}/{stem}.md"
    text = new_text("action", {k: v for k, v in values.items() if v}, story)
    return Made(path, text, f"nouvelle action « {quoted(values['title'])} »")


def _label(values: dict[str, Any], directory: Directory) -> Made:
    code = values["code"]
    label = {key.partition(".")[2]: value for key, value in values.items() if "." in key and value}
    folder, name = _home(code, directory)
    territory = directory.territories.get(code)
    path = (territory.path if territory else "") or f"data/territories/{folder}/{name}.yml"
    title = f"label {label['edition']} de {territory.name if territory else name}"
    file = directory.project.root / path
    if not file.is_file():
        return Made(path, new_text("territory", {"code": code, "labels": [label]}), title)
    draft = drafts.draft_of(read_bytes(file.read_bytes(), path, "territory"))
    known = draft.data.setdefault("labels", [])
    years = [item.get("edition") for item in known]
    if label["edition"] in years:
        raise Refused([f"La fiche a déjà un label de {label['edition']} : corrigez-la plutôt."])
    at = next((i for i, year in enumerate(years) if year > label["edition"]), len(years))
    drafts.insert(draft, ("labels",), at, label)
    return Made(path, render(draft), title)


def take(kind: str, body: str, directory: Directory) -> tuple[Made, list[Problem]]:
    """Write the file and check it; raises Refused, and puts back what was there, on an error."""
    made = make(kind, body, directory)
    project = directory.project
    file = project.root / made.path
    if not file.resolve().is_relative_to(project.data.resolve()):
        raise Refused(["Cette fiche n'a pas de place dans data/."])
    before = file.read_bytes() if file.is_file() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(made.text, encoding="utf-8")
    problems = read_and_check(project, lambda path: path == made.path).problems
    if count_errors(problems):
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        raise Refused([_told(p) for p in problems if p.severity == "error"])
    return made, problems


def _told(problem: Problem) -> str:
    return f"{quoted(problem.message)} {quoted(problem.advice)}".strip()


def comment(reasons: list[str]) -> str:
    """What is answered on an issue that can not become a file."""
    lines = "\n".join(f"- {reason}" for reason in reasons)
    return (
        "Cette proposition ne peut pas encore devenir une fiche :\n\n"
        f"{lines}\n\nModifiez le texte ci-dessus, puis remettez l'étiquette.\n"
    )


def outputs(made: Made | None, message: str) -> Iterator[str]:
    """``name=value`` lines for the workflow; values hold no line break."""
    yield f"made={'true' if made else 'false'}"
    if made:
        yield f"path={visible(made.path)}"
        yield f"title={visible(made.title)}"
    yield f"message={'true' if message else 'false'}"
