"""data/redirects.yml: old addresses that go on answering, a list of {from, to} in order.

Both are addresses of pages, relative to the site, ending in a slash. ``rename`` and ``merge``
write the file, ``publish`` makes a page at each old address. A step is never a chain: when a
target moves in its turn, the older entries are brought up to date.
"""

import re
from collections.abc import Mapping

from atlaas.edit.canonical import render
from atlaas.edit.draft import Draft, draft_of
from atlaas.project import Project
from atlaas.read import locate, read_bytes
from atlaas.read.problem import Problem

PATH = "data/redirects.yml"
_ADDRESS = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*/)+")


def read(project: Project) -> Draft:
    """The file as a draft: its comments are kept when entries are added. Empty without a file."""
    full = project.root / PATH
    if not full.is_file() or not full.read_text(encoding="utf-8").strip():
        return Draft("redirects", [])
    document = read_bytes(full.read_bytes(), PATH, "vocabulary")
    if document.problems or not isinstance(document.data, list):
        raise ValueError(f"{PATH} est illisible : corrigez-le d'abord")
    draft = draft_of(document)
    draft.kind = "redirects"
    return draft


def add(draft: Draft, moves: Mapping[str, str]) -> str:
    """The text of the file with these moves (old address -> new one) on top of what it says.

    Entries that led to an address which moves now lead to its new one; an address that is in use
    again no longer redirects.
    """
    moves = {old: new for old, new in moves.items() if old and new and old != new}
    entries = [entry for entry in draft.data if isinstance(entry, dict)]
    for entry in entries:
        entry["to"] = moves.get(str(entry.get("to")), entry.get("to"))
        entry["to"] = moves.get(str(entry.get("from")), entry["to"])
    known = {str(entry.get("from")) for entry in entries}
    entries += [{"from": old, "to": new} for old, new in moves.items() if old not in known]
    live = set(moves.values())
    draft.data[:] = [e for e in entries if e.get("from") not in live and e.get("from") != e["to"]]
    return render(draft)


def problems(project: Project) -> list[Problem]:
    """What is wrong in the file: its form, an address sent to two places, a circle."""
    full = project.root / PATH
    if not full.is_file() or not full.read_text(encoding="utf-8", errors="replace").strip():
        return []
    document = read_bytes(full.read_bytes(), PATH, "vocabulary")
    if document.problems:
        return document.problems
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
        wrong = next((url for url in (old, new) if not _ADDRESS.fullmatch(url)), None)
        if wrong is not None:
            report(
                index,
                f"« {wrong} » n'est pas l'adresse d'une page",
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
