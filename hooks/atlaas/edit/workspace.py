"""The project as maintainers' commands see it: where each record is, and what rules may know.

Reads the lists (vocabularies, editions, actors) and the territories that name themselves, never
all records: a command that touches one file should not cost the reading of twenty thousand.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from atlaas.geography.reference import Reference
from atlaas.names.index import Index, NamedPlace, aliases_of, index_of
from atlaas.project import Project
from atlaas.read import Document, Entry, inventory, read_bytes, read_entry
from atlaas.read.layout import carrier_of, code_of, home, identity, kind_of, stem_of
from atlaas.read.problem import Problem
from atlaas.rules import Context, check, make_context

LISTS = ("vocabulary", "edition", "actor")


@dataclass(eq=False)
class Workspace:
    """The files of a project by what they hold."""

    project: Project
    entries: list[Entry]
    reference: Reference
    context: Context

    @cached_property
    def territories(self) -> dict[str, str]:
        """Code -> path of its file; the code is that of the file's name."""
        return {
            code_of(stem_of(entry.path)): entry.path
            for entry in self.entries
            if entry.kind == "territory"
        }

    @cached_property
    def actions(self) -> dict[str, list[str]]:
        """Code -> paths of the actions that it carries, in order."""
        result: dict[str, list[str]] = {}
        for entry in self.entries:
            if entry.kind == "action":
                result.setdefault(carrier_of(entry.path), []).append(entry.path)
        return result

    @cached_property
    def index(self) -> Index:
        """All names that lead to a territory."""
        others = []
        for code, path in self.territories.items():
            if code.startswith("x-"):
                data = self.document(path).data
                if isinstance(data, dict):
                    departement = data.get("departement")
                    homes = (str(departement),) if departement else ()
                    name = str(data.get("name") or code)
                    others.append(NamedPlace(code, name, str(data.get("kind") or ""), "", homes))
        aliases = aliases_of(self.context.vocabularies.get("aliases", {}))
        return index_of(self.reference, others, aliases, self.territories)

    def name(self, code: str) -> str:
        """The name of a territory, also of a former commune, or its code where it has none."""
        place = self.reference.get(code)
        if place:
            return place.name
        path = self.territories.get(code)
        data = self.document(path).data if path else None
        own = data.get("name") if isinstance(data, dict) else None
        return str(own or self.reference.former_name.get(code, code))

    def document(self, path: str) -> Document:
        """One record, as its file is now."""
        kind = kind_of(path)
        return read_bytes((self.project.root / path).read_bytes(), path, kind)

    def territory_path(self, code: str) -> str | None:
        """Where the file of a territory is, or belongs; None for a code that leads nowhere."""
        return self.territories.get(code) or self.official_path(code)

    def official_path(self, code: str) -> str | None:
        """Where the file of a territory belongs by its official name of today."""
        place = home(code, self.reference, self.context.own_folders)
        return f"data/territories/{place[0]}/{place[1]}.yml" if place else None

    def action_folder(self, code: str) -> str | None:
        """The folder in which the actions of a territory belong."""
        place = home(code, self.reference, self.context.own_folders)
        return f"data/actions/{place[0]}/{place[1]}" if place else None

    def exists(self, path: str) -> bool:
        """Whether something stands at this path."""
        return os.path.lexists(self.project.root / path)

    def is_taken(self, path: str) -> bool:
        """Whether a record stands at this path, or at one that differs by case or accents."""
        return self.exists(path) or (kind_of(path), identity(path)) in self._identities

    @cached_property
    def _identities(self) -> set[tuple[str, str]]:
        return {(entry.kind, identity(entry.path)) for entry in self.entries}

    def problems(self, path: str, text: str) -> list[Problem]:
        """What the rules say of a text that is to be written at this path."""
        document = read_bytes(text.encode(), path, kind_of(path))
        return document.problems or check(document, self.context)[1]

    def write(self, files: Iterable[tuple[str, str]]) -> None:
        """Write texts at their paths."""
        for path, text in files:
            full = self.project.root / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_text(text, encoding="utf-8", newline="\n")


def open_workspace(project: Project, today: str | None = None) -> Workspace:
    """Look at a project's files as they are."""
    entries, _ = inventory(str(project.root))
    reference = Reference(project)
    lists = [read_entry(entry) for entry in entries if entry.kind in LISTS]
    context = make_context(reference, entries, lists, today or date.today().isoformat())
    return Workspace(project, entries, reference, context)
