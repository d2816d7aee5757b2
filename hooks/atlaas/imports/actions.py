"""A list of actions -> action files, with the same review sheet as the palmarès.

An action that is already there is never changed. One whose title is near that of another action
of the territory is left to a person, who writes « ajouter » or « ignorer » in the sheet.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from atlaas.edit.canonical import story
from atlaas.edit.duplicates import Item, compare, item
from atlaas.edit.new_record import RecordError, new_record
from atlaas.edit.workspace import Workspace
from atlaas.imports.decisions import IGNORE, Decisions, OpenQuestion, Option, Row, settle
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
from atlaas.imports.table import ORIGIN, PLACE, Table, Wanted, one_sheet, read_table
from atlaas.names.queries import words_of
from atlaas.read.problem import first_error

ROLES = {
    **PLACE,
    "code": ("insee", "siren", "code"),
    "titre": ("titre", "intitule", "action", "actions", "projet", "title", "objet"),
    "thèmes": ("themes", "theme", "domaines", "domaine", "thematique", "domains"),
    "enjeux": ("enjeux", "enjeu"),
    "usages": ("usages", "usage"),
    "état": ("etat", "avancement", "statut"),
    "début": ("debut", "annee", "depuis", "start"),
    "texte": ("texte", "recit", "description", "resume", "faits", "facts"),
    "source": ("source", "sources", "url", "lien", "adresse"),
    **ORIGIN,
    "type": ("type", "nature", "genre"),
    "nom": (
        *("territoire", "collectivite", "commune", "ville", "nom", "territory", "village"),
        *("beneficiaire", "structure", "porteur", "name", "libelle"),
    ),
}
NEEDED = ("nom", "titre", "thèmes")
_SHOWN = "nom département type titre thèmes enjeux usages état début texte source vue date doute"
SHOWN = {role: role for role in ("nom", "code lu", "code postal", *_SHOWN.split()[1:])}
ADD = "ajouter"
_LISTS = (("thèmes", "themes"), ("enjeux", "enjeux"), ("usages", "usages"))
_FACTS = re.compile(r"\s+;\s+")
_SENTENCE = re.compile(r"[.!?…]\s+[«A-ZÀ-Ý]|[.!?…]\s*\Z")  # what a list of facts has not


def read(raw: bytes, chosen: Mapping[str, str], tab: str = "") -> Table:
    """A list of actions; raises TableError where it cannot be read."""
    want = Wanted(ROLES, NEEDED, chosen, tab=tab)
    return one_sheet(read_source(raw), tab, lambda sheet: read_table(sheet, want))


def plan(space: Workspace, table: Table, source: Mapping[str, Any]) -> Plan:
    """Settle every line of a list of actions, without writing anything."""
    result = Plan(rows_of(table))
    decisions = decisions_of(result.rows)
    settle(result.rows, decisions, lambda row: _question(row, space), _take)
    known: dict[str, list[Item]] = {}
    for row in result.rows:
        sources = sources_of(row, source) if row.state == "réglée" else []
        if not sources:
            continue
        if row.code not in known:
            known[row.code] = _actions_of(row.code, space)
        data = _data(row, space, sources)
        _write(row, data, known[row.code], result.files, space, decisions)
    return result


def _question(row: Row, space: Workspace) -> OpenQuestion | None:
    """The first thing that a line leaves open: its territory, then words of the lists."""
    asked = territory(row, space)
    if asked or row.state != "réglée":
        return asked
    if not row.values.get("titre", "").strip():
        row.refuse("la ligne n'a pas de titre : écrivez-le dans la colonne « titre »")
        return None
    for role, key in (*_LISTS, ("état", "statuses")):
        terms = space.context.vocabularies.get(key, {})
        found, unknown = terms_of(row.values.get(role, ""), terms)
        if unknown:
            return term_question(role, unknown[0], terms)
        if role == "thèmes" and not found:
            return replace(
                term_question(role, "", terms), text="aucun thème", options=(), subject=row.code
            )
    return None


def _take(row: Row, question: OpenQuestion, answer: str) -> None:
    """Write an answer in the values of a line."""
    if question.about == "territoire":
        row.values["code"] = answer.partition(" ")[0]
    elif not row.values.get(question.about):
        row.values[question.about] = answer
    else:
        unknown = question.text.partition("« ")[2].rpartition(" »")[0]
        take_term(row, question.about, unknown, answer)


def _data(row: Row, space: Workspace, sources: list[dict[str, Any]]) -> dict[str, Any]:
    """The front matter of a settled line."""
    title = " ".join(row.values["titre"].split())
    data: dict[str, Any] = {"title": title, "territory": row.code}
    for role, key in _LISTS:
        found = terms_of(row.values.get(role, ""), space.context.vocabularies.get(key, {}))[0]
        if found:
            data[key] = found
    status = terms_of(row.values.get("état", ""), space.context.vocabularies.get("statuses", {}))[0]
    if status:
        data["status"] = status[0]
    if row.values.get("début"):
        data["started"] = row.values["début"]
    data["sources"] = sources
    if row.values.get("doute"):
        data["doubt"] = row.values["doute"]
    return data


def body_of(text: str) -> str:
    """The story of a cell: facts cut by « ; » become a list of points, sentences stay so."""
    facts = [fact.strip() for fact in _FACTS.split(text) if fact.strip()]
    if len(facts) < 2 or _SENTENCE.search(text):
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
    row: Row,
    data: dict[str, Any],
    known: list[Item],
    files: dict[str, str],
    space: Workspace,
    decisions: Decisions,
) -> None:
    """Add the action of a settled line, unless it is already there or near another one."""
    body = body_of(row.values.get("texte", ""))
    title = data["title"]
    same = next((other for other in known if words_of(other.title) == words_of(title)), None)
    if same:
        row.path, row.effect = same.path, "déjà là"
        return
    mine = item("", row.code, title, body, space.reference)
    for other in known:
        reason = compare(other, mine)
        if not reason:
            continue
        adding = Option(ADD, "écrire une action de plus")
        key = f"{row.code} {title}"
        answer = decisions.of(
            row, OpenQuestion("doublon", key, f"{reason} : {other.path}", (adding,))
        )
        if answer == IGNORE:
            row.dismiss()
        if answer != ADD:
            return
        row.values["décision"] = ADD  # no other column says it
        break
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
