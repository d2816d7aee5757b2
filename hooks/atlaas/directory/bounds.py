"""data/bounds.yml: what must stay true of the records of this repository, whatever is added.

A list of facts, « label/2018/59378/5 » (or « label/2018/59378 », whatever its level), and of least
numbers of them, « count: label » with ``least``. Kinds of facts: territory, action, actor, edition,
label, membership, indicator.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from atlaas.directory import Records
from atlaas.project import Project
from atlaas.read import locate, read_bytes
from atlaas.read.problem import Problem

PATH = "data/bounds.yml"
_FORM = "Écrivez « - label/2018/59378/5 », ou « - count: label » avec « least: 290 »."
_FIX = "Remettez ce qui manque ; si une source s'est trompée, corrigez aussi data/bounds.yml."


def problems(project: Project, records: Records) -> list[Problem]:
    """The bounds that no longer hold, and those that cannot be read; none without the file."""
    full = project.root / PATH
    if not full.is_file():
        return []
    document = read_bytes(full.read_bytes(), PATH, "vocabulary")
    if document.problems:
        return document.problems
    known = list(_facts(records))
    kinds = [fact.partition("/")[0] for fact in known]
    found = []
    for index, entry in enumerate(document.data):
        message, fix = "", _FIX
        if isinstance(entry, str):
            held = any(f"{fact}/".startswith(f"{entry}/") for fact in known)
            message = "" if held else f"« {entry} » n'est plus dans les fiches"
        elif (
            isinstance(entry, dict)
            and set(entry) == {"count", "least"}
            and str(entry["least"]).isdecimal()
        ):
            kind, count = entry["count"], kinds.count(entry["count"])
            if count < int(str(entry["least"])):
                message = f"{count} de « {kind} », au lieu de {entry['least']} au moins"
        else:
            message, fix = "ce n'est ni un fait ni un nombre à garder", _FORM
        if message:
            place = locate(document, (index,))
            found.append(Problem(PATH, *place, "borne", message, fix))
    return found


def _facts(records: Records) -> Iterator[str]:
    for path, action, _ in records.actions:
        yield f"action/{action.territory}/{PurePosixPath(path).stem}"
    for path, _actor in records.actors:
        yield f"actor/{PurePosixPath(path).stem}"
    for _, edition in records.editions:
        yield f"edition/{edition.edition}"
    for _, record in records.territories:
        yield f"territory/{record.code}"
        for label in record.labels:
            yield f"label/{label.edition}/{record.code}/{label.level or '?'}"
        for membership in record.memberships:
            yield f"membership/{record.code}/{membership.level}"
        for figure in record.indicators:
            yield f"indicator/{record.code}/{figure.value:f}"
