"""Lists of services or memberships -> entries of territory files, with the same review sheet.

An entry that is already there is never changed: it gets the sources that it lacks. One more kind
of list is one more ``EntryKind``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atlaas.edit.draft import same_source
from atlaas.edit.new_record import RecordError, record_file, territory_draft
from atlaas.edit.workspace import Workspace
from atlaas.imports.decisions import OpenQuestion, Row, settle
from atlaas.imports.lines import (
    Plan,
    decisions_of,
    rows_of,
    sources_of,
    take_term,
    term_question,
    terms_of,
)
from atlaas.imports.placing import territory
from atlaas.imports.reading import read_source
from atlaas.imports.table import ORIGIN, PLACE, Roles, Table, Wanted, one_sheet, read_table
from atlaas.names.queries import words_of
from atlaas.read.problem import first_error

_PLACE: Roles = {
    **PLACE,
    "code": ("insee", "siren", "code", "territory"),
    "source": ("source", "sources"),
    **ORIGIN,
    "type": ("type", "nature", "genre"),
}
_NAMES = (
    *("nom", "collectivite", "commune", "ville", "territoire", "village", "name", "adherent"),
    *("collectivites", "communes", "villes", "territoires", "membres", "beneficiaire", "libelle"),
)
_SHOWN = "nom,code lu,code postal,département,type"
_LAST = "source,vue,date,doute"


@dataclass(frozen=True)
class EntryKind:
    """One list of a territory's file, and what the columns of a list say of its entries."""

    name: str  # of its command
    summary: str  # of its command, in French
    help: str  # of its command, in French
    key: str  # of the list in the file
    said: str  # « service ajouté »
    columns: Roles  # role -> words of its heading
    keys: Mapping[str, str]  # role -> key of the entry
    lists: Mapping[str, str]  # role -> list that its words come from
    needed: tuple[str, ...]  # roles that every line fills in
    same: tuple[str, ...]  # keys that make it the same entry
    defaults: Mapping[str, str] = field(default_factory=dict)  # role -> what an empty cell means

    @property
    def roles(self) -> Roles:
        """Every role, in the order in which columns are recognised."""
        return {**_PLACE, **self.columns, "nom": _NAMES}

    @property
    def shown(self) -> dict[str, str]:
        """Columns of the review sheet."""
        roles = (*_SHOWN.split(","), *self.columns, *_LAST.split(","))
        return {role: role for role in roles}


KINDS = (
    EntryKind(
        "services",
        "Reprend une liste de services en ligne.",
        "Reprend une liste de services : territoire, usage, nom du service, adresse, source, "
        "doute. Un service sans adresse n'est jamais montré comme ouvert : « vu dans une source ».",
        "services",
        "service",
        {
            "usage": ("usage", "usages"),
            "titre": ("titre", "service", "title", "intitule"),
            "adresse": ("adresse", "url", "lien", "site"),
        },
        {"usage": "usage", "titre": "title", "adresse": "url"},
        {"usage": "usages"},
        ("titre",),
        ("title",),
    ),
    EntryKind(
        "memberships",
        "Reprend une liste d'adhérents.",
        "Reprend une liste d'adhérents de l'association : territoire, niveau (membre s'il n'est "
        "pas dit), depuis quand, ou à quelle date une source les dit membres (« membre en »). Une "
        "adhésion n'est pas un label.",
        "memberships",
        "adhésion",
        {
            "niveau": ("niveau", "level", "statut"),
            "depuis": ("depuis", "since", "debut"),
            "membre en": ("member", "membre", "attested", "annee", "year", "millesime"),
        },
        {"niveau": "level", "depuis": "since", "membre en": "attested"},
        {"niveau": "membership-levels"},
        ("niveau",),
        ("level", "since", "attested", "through"),
        {"niveau": "membre"},
    ),
)


def read(kind: EntryKind, raw: bytes, chosen: Mapping[str, str], tab: str = "") -> Table:
    """A list of entries; raises TableError where it cannot be read."""
    asked = tuple(role for role in kind.needed if role not in kind.defaults)
    want = Wanted(kind.roles, ("nom", *asked), chosen, tab=tab)
    return one_sheet(read_source(raw), tab, lambda sheet: read_table(sheet, want))


def plan(kind: EntryKind, space: Workspace, table: Table, source: Mapping[str, Any]) -> Plan:
    """Settle every line of a list of entries, without writing anything."""
    result = Plan(rows_of(table))
    for row in result.rows:
        for role, value in kind.defaults.items():
            row.values[role] = row.values.get(role) or value
    settle(result.rows, decisions_of(result.rows), lambda row: _question(kind, row, space), _take)
    for row in result.rows:
        sources = sources_of(row, source) if row.state == "réglée" else []
        if sources:
            _write(kind, row, _entry(kind, row, space, sources), result.files, space)
    return result


def _question(kind: EntryKind, row: Row, space: Workspace) -> OpenQuestion | None:
    """The first thing that a line leaves open: its territory, then words of the lists."""
    asked = territory(row, space)
    if asked or row.state != "réglée":
        return asked
    for role in kind.needed:
        if not row.values.get(role, "").strip():
            row.refuse(f"rien dans la colonne « {role} » : remplissez-la")
            return None
    for role, name in kind.lists.items():
        terms = space.context.vocabularies.get(name, {})
        unknown = terms_of(row.values.get(role, ""), terms)[1]
        if unknown:
            return term_question(role, unknown[0], terms)
    return None


def _take(row: Row, question: OpenQuestion, answer: str) -> None:
    """Write an answer in the values of a line."""
    if question.about == "territoire":
        row.values["code"] = answer.partition(" ")[0]
    else:
        unknown = question.text.partition("« ")[2].rpartition(" »")[0]
        take_term(row, question.about, unknown, answer)


def _entry(
    kind: EntryKind, row: Row, space: Workspace, sources: list[dict[str, Any]]
) -> dict[str, Any]:
    """The entry of a settled line."""
    entry: dict[str, Any] = {}
    for role, key in kind.keys.items():
        value = " ".join(row.values.get(role, "").split())
        if role in kind.lists:
            found = terms_of(value, space.context.vocabularies.get(kind.lists[role], {}))[0]
            value = found[0] if found else ""
        if value:
            entry[key] = value
    entry["sources"] = sources
    if row.values.get("doute"):
        entry["doubt"] = row.values["doute"]
    return entry


def _write(
    kind: EntryKind, row: Row, entry: dict[str, Any], files: dict[str, str], space: Workspace
) -> None:
    """Add the entry of a settled line to the file of its territory, or its sources to the same."""
    try:
        row.path, draft = territory_draft(space, row.code, files)
    except RecordError as error:
        row.refuse(str(error))
        return
    entries = draft.data.setdefault(kind.key, [])
    mine = next((one for one in entries if _same(kind, one) == _same(kind, entry)), None)
    if mine is None:
        entries.append(entry)
        row.effect = f"{kind.said} : ajout"
    else:
        known = mine.setdefault("sources", [])
        new = [one for one in entry["sources"] if not any(same_source(one, k) for k in known)]
        known.extend(new)
        row.effect = "source ajoutée" if new else "déjà là"
        if not new:
            return
    made = record_file(space, row.path, draft)
    problem = first_error(made.problems)
    if problem:
        row.refuse(f"le contrôle refuse la fiche : {problem}")
        return
    files[made.path] = made.text


def _same(kind: EntryKind, entry: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """What makes two entries the same: the words under some of its keys."""
    return [words_of(str(entry.get(key) or "")) for key in kind.same]
