"""Models -> the files that other tools read: issue forms, JSON Schemas and snippets for editors.

``atlaas generate`` writes them, or only says whether they are up to date. What the issue
forms ask is what ``intake`` reads back: both take it from ``questions``, and so from the models.
"""

import dataclasses
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from atlaas.directory import Directory
from atlaas.model.fields import MODELS, ModelField, field_of
from atlaas.pages import contribute
from atlaas.pages.page import Site
from atlaas.publish import schemas

LABEL = "fiche approuvée"  # what a maintainer puts on an issue to have its file made
WAITING = "fiche à relire"


class Question(NamedTuple):
    """One question of an issue form. ``key`` is that of the model, « labels.edition » inside it."""

    key: str
    label: str  # the heading over the answer
    field: ModelField
    control: str  # input | textarea | dropdown | many
    required: bool
    help: str


_SOURCES = (
    "Une source par ligne : l'adresse d'une page. Pour un document imprimé : éditeur ; titre ; "
    "date."
)
_RESULTS = "Un résultat par ligne, puis « ; » et sa date : 312 personnes accompagnées ; 2023"
_PLACE = "Son nom officiel, ou son code."
_CONTROLS = {"choice": "dropdown", "choices": "many"} | dict.fromkeys(
    ("place", "text", "long", "url", "date", "whole", "number"), "input"
)
_TEXTAREAS = ("sources", "results", "tools", "body")
_NOT_KNOWN = re.compile("Laissez « non connu » si")
_LAST = ("lessons", "body")  # the longer texts come at the end


@cache
def questions(kind: str) -> tuple[Question, ...]:
    """What the issue form of a kind asks: of an action, its fields; of a territory, a label."""
    if kind == "action":
        form = next(form for form in contribute.FORMS if form.kind == kind)
        asked = [
            item
            for _, fields in contribute.sections(form)
            for field in fields
            for item in _of_part(field)
        ]
        asked.sort(key=lambda item: _LAST.index(item[0]) + 1 if item[0] in _LAST else 0)
    else:
        code, labels = (field_of(MODELS[kind], key) for key in ("code", "labels"))
        asked = [
            ("code", code.name, code),
            *((f"labels.{field.key}", field.name, field) for field in labels.fields),
        ]
    return tuple(found for item in asked if (found := _question(*item)))


def _of_part(field: ModelField) -> list[tuple[str, str, ModelField]]:
    """(key, heading, field) of a field; of a part, those of each of its own fields."""
    if field.kind != "part":
        return [(field.key, field.name, field)]
    return [
        (
            f"{field.key}.{inner.key}",
            _heading(field, inner),
            dataclasses.replace(inner, required=False),
        )
        for inner in field.fields
    ]


def _heading(part: ModelField, inner: ModelField) -> str:
    """« Coût : montant »."""
    return f"{part.name} : {inner.name[:1].lower()}{inner.name[1:]}"


def _question(key: str, label: str, field: ModelField) -> Question | None:
    control = "textarea" if field.key in _TEXTAREAS else _CONTROLS.get(field.kind)
    if control is None or not field.shown.asked:
        return None
    written = {"sources": _SOURCES, "results": _RESULTS}
    words = _PLACE if field.kind == "place" else written.get(field.key, field.help)
    words = _NOT_KNOWN.sub("Ne choisissez rien si", words)  # GitHub offers no such choice
    return Question(key, label, field, control, field.required or key == "body", words)


FILES = {"action": "action.yml", "territory": "territoire.yml"}
_WORDS = {
    "action": (
        "Proposer une action",
        "Ajouter une action numérique d'un territoire, sans écrire de fichier.",
        "[Action] ",
        "Décrivez l'action avec vos mots. Aucune donnée personnelle : ni nom d'agent ou d'élu, ni "
        "adresse électronique, ni téléphone. Un bénévole relit, puis la fiche est rédigée "
        "pour vous.",
    ),
    "territory": (
        "Signaler un label",
        "Ajouter à la fiche d'un territoire un label qu'il a reçu.",
        "[Label] ",
        "Dites quel label ce territoire a reçu, et où vous l'avez lu. Un bénévole relit, puis la "
        "fiche est complétée pour vous.",
    ),
}


def issue_form(kind: str, options: dict[str, list[tuple[str, str]]]) -> dict[str, Any]:
    """An issue form of GitHub, as a value to be written in YAML."""
    name, description, title, intro = _WORDS[kind]
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": intro}}]
    for question in questions(kind):
        field = question.field
        attributes: dict[str, Any] = {"label": question.label, "description": question.help}
        if question.control in ("dropdown", "many"):
            attributes["options"] = [label for _, label in options[field.words]]
            if question.control == "many":
                attributes["multiple"] = True
        elif field.example and question.control == "input" and field.kind != "place":
            attributes["placeholder"] = field.example
        control = "dropdown" if question.control == "many" else question.control
        asked = {"type": control, "id": question.key.replace(".", "-"), "attributes": attributes}
        body.append(asked | {"validations": {"required": question.required}})
    head = {"name": name, "description": description, "title": title, "labels": [WAITING]}
    return head | {"body": body}


def issue_template(kind: str, options: dict[str, list[tuple[str, str]]]) -> str:
    """The same questions as a template of GitLab: headings, with their help in comments."""
    _, _, _, intro = _WORDS[kind]
    parts = [f"<!-- {intro} -->"]
    for question in questions(kind):
        help_ = question.help if question.required else f"{question.help} Facultatif.".strip()
        if question.control in ("dropdown", "many"):
            labels = [label for _, label in options[question.field.words]]
            few = "plusieurs, séparés par des virgules" if question.control == "many" else "un seul"
            help_ = f"{help_} Au choix ({few}) : {' ; '.join(labels)}."
        parts.append(f"### {question.label}\n\n<!-- {help_.strip()} -->")
    return "\n\n".join(parts) + f'\n\n/label ~"{WAITING}"\n'


CONFIG = {"blank_issues_enabled": True, "contact_links": []}


def _yaml(value: Any) -> str:
    """A value in YAML; every text in the quotes of JSON, which YAML reads."""
    return "\n".join(_lines(value, "")) + "\n"


def _lines(value: Any, margin: str) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, dict) and item:
            yield f"{margin}{key}:"
            yield from _lines(item, f"{margin}  ")
        elif isinstance(item, list) and item:
            yield f"{margin}{key}:"
            for entry in item:
                if isinstance(entry, dict):
                    first, *rest = _lines(entry, f"{margin}    ")
                    yield f"{margin}  - {first.lstrip()}"
                    yield from rest
                else:
                    yield f"{margin}  - {json.dumps(entry, ensure_ascii=False)}"
        else:
            yield f"{margin}{key}: {json.dumps(item, ensure_ascii=False)}"


def _snippets(options: dict[str, list[tuple[str, str]]]) -> dict[str, Any]:
    """What VS Code proposes in an empty file: the front matter of an action, a territory."""

    def choice(number: int, name: str) -> str:
        return f"${{{number}|{','.join(id_ for id_, _ in options[name])}|}}"

    source = [
        "sources:",
        "  - url: ${8:https://}",
        "    seen: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE",
    ]
    return {
        "Atlaas : une action": {
            "scope": "markdown",
            "prefix": "atlaas-action",
            "description": "L'en-tête d'une action et la place de sa description",
            "body": [
                "---",
                "title: ${1:Ce que fait l'action, en une ligne}",
                'territory: "${2:59378}"',
                "themes:",
                f"  - {choice(3, 'themes')}",
                f"status: {choice(4, 'statuses')}",
                "started: ${5:2026}",
                *source,
                "---",
                "",
                "$0",
            ],
        },
        "Atlaas : un territoire": {
            "scope": "yaml",
            "prefix": "atlaas-territoire",
            "description": "Un territoire et un label",
            "body": [
                'code: "${1:59378}"',
                "labels:",
                f"  - edition: {choice(2, 'editions')}",
                f"    level: {choice(3, 'levels')}",
                *(f"    {line}" for line in source),
                "$0",
            ],
        },
    }


def files(directory: Directory) -> Iterator[tuple[str, str]]:
    """(path relative to the project, text) of every generated file that is committed."""
    options = contribute.choices(directory)
    note = "# Fait par `make generate` depuis hooks/atlaas/model/ et data/vocabulary/.\n"
    for kind, name in FILES.items():
        yield f".github/ISSUE_TEMPLATE/{name}", note + _yaml(issue_form(kind, options))
        yield f".gitlab/issue_templates/{Path(name).stem}.md", issue_template(kind, options)
    yield ".github/ISSUE_TEMPLATE/config.yml", note + _yaml(CONFIG)
    for asset in schemas.assets(directory, Site()):
        if asset.url.count("/") == 1:
            yield asset.url, asset.content().decode()
    snippets = json.dumps(_snippets(options), ensure_ascii=False, indent=2)
    yield ".vscode/atlaas.code-snippets", snippets + "\n"


def stale(directory: Directory) -> list[str]:
    """The generated files that are missing or differ from what the models now give."""
    found = []
    for path, text in files(directory):
        file = directory.project.root / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            found.append(path)
    return found
