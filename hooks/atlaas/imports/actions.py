"""A list of actions -> action files, with the same review sheet as the palmarès.

An action that is already there is never changed. One whose title is near that of another action
of the territory is left to a person, who writes « ajouter » or « ignorer » in the sheet.
"""

import re
from collections.abc import Mapping
from typing import Any

from atlaas.edit.canonical import story
from atlaas.edit.duplicates import Item, compare, item
from atlaas.edit.new_record import RecordError, new_record
from atlaas.edit.workspace import Workspace
from atlaas.imports.lines import IGNORE, Plan, near_terms, place, row_of, sources_of, terms_of
from atlaas.imports.reading import read_source
from atlaas.imports.sheet import Row
from atlaas.imports.table import Table, Wanted, one_sheet, read_table
from atlaas.names.queries import words_of
from atlaas.read.problem import first_error

ROLES = {
    "décision": ("decision",),
    "ligne": ("ligne",),
    "département": ("departement", "departements", "dep", "dept", "dpt"),
    "code postal": ("postal", "postaux", "cp", "postcode", "codepostal", "zip"),
    "code": ("insee", "siren", "code"),
    "titre": ("titre", "intitule", "action", "actions", "projet", "title", "objet"),
    "thèmes": ("themes", "theme", "domaines", "domaine", "thematique", "domains"),
    "enjeux": ("enjeux", "enjeu"),
    "usages": ("usages", "usage"),
    "état": ("etat", "avancement", "statut"),
    "début": ("debut", "annee", "depuis", "start"),
    "texte": ("texte", "recit", "description", "resume", "faits", "facts"),
    "source": ("source", "sources", "url", "lien", "adresse"),
    "date": ("date",),
    "doute": ("doute", "doubt"),
    "type": ("type", "nature", "genre"),
    "nom": (
        *("territoire", "collectivite", "commune", "ville", "nom", "territory", "village"),
        *("beneficiaire", "structure", "porteur", "name", "libelle"),
    ),
}
NEEDED = ("nom", "titre", "thèmes")
_SHOWN = "nom département type titre thèmes enjeux usages état début texte source date doute"
SHOWN = {role: role for role in _SHOWN.split()}
ADD = "ajouter"
_LISTS = (("thèmes", "themes"), ("enjeux", "enjeux"), ("usages", "usages"))
_FACTS = re.compile(r"\s+;\s+")


def read(raw: bytes, chosen: Mapping[str, str], tab: str = "") -> Table:
    """A list of actions; raises TableError where it cannot be read."""
    want = Wanted(ROLES, NEEDED, chosen, tab=tab)
    return one_sheet(read_source(raw), tab, lambda sheet: read_table(sheet, want))


def plan(space: Workspace, table: Table, source: Mapping[str, Any]) -> Plan:
    """Settle every line of a list of actions, without writing anything."""
    result = Plan([row_of(number, values) for number, values in table.lines])
    known: dict[str, list[Item]] = {}
    for row in result.rows:
        if row.values.get("décision", "").lower() == IGNORE:
            row.refuse("écartée à la relecture")
            continue
        place(row, space, table.is_sheet)
        data = _data(row, space, source) if row.state == "réglée" else None
        if data is None:
            continue
        if row.code not in known:
            known[row.code] = _actions_of(row.code, space)
        _write(row, data, known[row.code], result.files, space)
    return result


def _data(row: Row, space: Workspace, source: Mapping[str, Any]) -> dict[str, Any] | None:
    """The front matter of a line, or None where a person must look at it first."""
    title = " ".join(row.values["titre"].split())
    if not title:
        row.refuse("la ligne n'a pas de titre")
        return None
    data: dict[str, Any] = {"title": title, "territory": row.code}
    for role, key in _LISTS:
        terms = space.context.vocabularies.get(key, {})
        found, unknown = terms_of(row.values.get(role, ""), terms)
        if unknown:
            row.doubt(f"{role} : « {unknown[0]} » inconnu", near_terms(unknown[0], terms))
            return None
        if found:
            data[key] = found
    if "themes" not in data:
        row.doubt("aucun thème")
        return None
    status = row.values.get("état", "")
    if status:
        statuses = space.context.vocabularies.get("statuses", {})
        found, unknown = terms_of(status, statuses)
        if unknown or len(found) != 1:
            row.doubt(
                f"état « {status} » inconnu", [f"{t.label} ({t.id})" for t in statuses.values()]
            )
            return None
        data["status"] = found[0]
    if row.values.get("début"):
        data["started"] = row.values["début"]
    sources = sources_of(row, source)
    if not sources:
        if sources is not None:
            row.refuse("aucune source : donnez-en une dans la ligne, ou à la commande")
        return None
    data["sources"] = sources
    if row.values.get("doute"):
        data["doubt"] = row.values["doute"]
    return data


def body_of(text: str) -> str:
    """The story of a cell: facts cut by « ; » become a list of points, a text stays as it is."""
    facts = [fact.strip() for fact in _FACTS.split(text) if fact.strip()]
    if len(facts) < 2:
        return story(text)
    return "\n".join(f"- {fact[0].upper()}{fact[1:].rstrip('.')}." for fact in facts)


def _actions_of(code: str, space: Workspace) -> list[Item]:
    found = []
    for path in space.actions.get(code, ()):
        document = space.document(path)
        if not document.problems:
            title = str(document.data.get("title") or "")
            found.append(item(path, code, title, document.body, space.reference))
    return found


def _write(
    row: Row, data: dict[str, Any], known: list[Item], files: dict[str, str], space: Workspace
) -> None:
    """Add the action of a settled line, unless it is already there or near another one."""
    body = body_of(row.values.get("texte", ""))
    title = data["title"]
    same = next((other for other in known if words_of(other.title) == words_of(title)), None)
    if same:
        row.path, row.effect = same.path, "déjà là"
        return
    mine = item("", row.code, title, body, space.reference)
    adding = row.values.get("décision", "").lower() == ADD
    for other in known if not adding else ():
        reason = compare(other, mine)
        if reason:
            row.doubt(f"{reason} : {other.path}", ["décision possible : ajouter, ou ignorer"])
            return
    try:
        made = new_record(space, "action", data, body, files)
    except RecordError as error:
        row.refuse(str(error))
        return
    problem = first_error(made.problems)
    if problem:
        row.refuse(f"le contrôle refuse la fiche : {problem}")
        return
    row.path = made.path
    row.effect = "action ajoutée"
    files[made.path] = made.text
    known.append(mine._replace(path=made.path))
