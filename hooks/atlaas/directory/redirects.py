"""data/redirects.yml: old addresses that go on answering, a list of {from, to} in order.

Both are addresses of pages, relative to the site, ending in a slash.
"""

import re
from collections.abc import Collection, Mapping

from atlaas.project import Project
from atlaas.read import MAX_BYTES, Document, locate, read_bytes
from atlaas.read.problem import Problem
from atlaas.text import shortened

PATH = "data/redirects.yml"
_ADDRESS = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*/)+")
_MOST = 500  # characters of an address


def _document(project: Project) -> Document | None:
    """The file, if there is one that says something."""
    full = project.root / PATH
    if full.is_symlink() or not full.is_file():
        return None
    with full.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    return read_bytes(raw, PATH, "vocabulary") if raw.strip() else None


def steps(project: Project) -> dict[str, str]:
    """Old address -> the one written next to it, of entries without a problem."""
    return {old: new for old, new, _ in _steps(_document(project))}


def _steps(document: Document | None) -> list[tuple[str, str, int]]:
    """Old address, new one and place in the list of each entry that is well formed."""
    if document is None or document.problems or not isinstance(document.data, list):
        return []
    return [
        (entry["from"], entry["to"], index)
        for index, entry in enumerate(document.data)
        if isinstance(entry, dict)
        and set(entry) == {"from", "to"}
        and all(is_address(url) for url in entry.values())
    ]


def is_address(url: object) -> bool:
    """Whether a value has the form of a page's address."""
    return isinstance(url, str) and len(url) <= _MOST and bool(_ADDRESS.fullmatch(url))


def misdirected(project: Project, addresses: Collection[str]) -> list[Problem]:
    """The entries that would stand in for a page of the site, or lead to none.

    ``addresses`` are those of all pages, old ones of merged communes apart.
    """
    document = _document(project)
    found = []
    entries = _steps(document)
    old_ones = {old for old, _, _ in entries}
    for old, new, index in entries:
        message = ""
        if old in addresses:
            message = f"« {old} » est l'adresse d'une page du site : rien ne peut en partir"
            advice = "Supprimez cette entrée, ou la page."
        elif new not in addresses and new not in old_ones:
            message = f"« {new} » n'est l'adresse d'aucune page du site"
            advice = "Corrigez « to », ou supprimez cette entrée."
        if message and document:
            place = locate(document, (index,))
            found.append(Problem(PATH, *place, "redirection", message, advice))
    return found


def problems(project: Project) -> list[Problem]:
    """What is wrong in the file: its form, an address sent to two places, a circle."""
    document = _document(project)
    if document is None or document.problems:
        return document.problems if document else []
    found: list[Problem] = []
    steps: dict[str, str] = {}

    def report(index: int, message: str, advice: str) -> None:
        found.append(Problem(PATH, *locate(document, (index,)), "redirection", message, advice))

    for index, entry in enumerate(document.data):
        if not isinstance(entry, dict) or set(entry) != {"from", "to"}:
            report(
                index, "une redirection a deux clés, « from » et « to »", "Comparez aux voisines."
            )
            continue
        old, new = str(entry["from"]), str(entry["to"])
        wrong = next((url for url in (old, new) if not is_address(url)), None)
        if wrong is not None:
            report(
                index,
                f"« {shortened(wrong, 80)} » n'est pas l'adresse d'une page",
                "Écrivez par exemple actions/59378/la-bonne-appli/.",
            )
        elif old in steps:
            report(index, f"« {old} » est redirigée deux fois", "Gardez une seule des deux lignes.")
        else:
            steps[old] = new
    for index, entry in enumerate(document.data):
        if isinstance(entry, dict) and _circles(steps, str(entry.get("from"))):
            report(index, "cette redirection tourne en rond", "Corrigez son « to ».")
    return found


def _circles(steps: Mapping[str, str], start: str) -> bool:
    seen = {start}
    at = steps.get(start, "")
    while at in steps and at not in seen:
        seen.add(at)
        at = steps[at]
    return at in seen
