"""data/redirects.yml: old addresses that go on answering, a list of {from, to} in order.

Both are addresses of pages, relative to the site, ending in a slash. ``rename`` and ``merge``
write the file, ``publish`` makes a page at each old address. A step is never a chain: when a
target moves in its turn, the older entries are brought up to date.
"""

from collections.abc import Mapping

from atlaas.directory.redirects import PATH
from atlaas.edit.canonical import render
from atlaas.edit.draft import Draft, draft_of
from atlaas.project import Project
from atlaas.read import read_bytes


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
