"""The yearly palmarès: a list of labels -> territory files, with a sheet of what is left to settle.

Nothing is refused silently and nothing is overwritten: a level that contradicts the file's is
left to a person, who writes « remplacer » or « ignorer » in the sheet's column « décision ».
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from atlaas.edit.draft import Draft
from atlaas.edit.labels import add_doubt, add_label, complete_label
from atlaas.edit.new_record import RecordError, new_record, record_file, territory_draft
from atlaas.edit.workspace import Workspace
from atlaas.imports.levels import level_of
from atlaas.imports.lines import IGNORE, Plan, near_terms, place, row_of, terms_of
from atlaas.imports.sections import DOUBT, read_sections
from atlaas.imports.table import Row, Table, TableError, read_table, text_of
from atlaas.read.problem import first_error
from atlaas.text import plural

ROLES = {
    "décision": ("decision",),
    "ligne": ("ligne",),
    "département": ("departement", "departements", "dep", "dept", "dpt"),
    "code": ("insee", "siren", "code"),
    "type": ("type", "nature", "genre", "categorie"),
    "mention": ("mention", "mentions", "prix"),
    "niveau": ("niveau", "niveaux", "arobase", "arobases", "@", "label", "note"),
    "nom": (
        *("nom", "collectivite", "commune", "ville", "territoire", "village", "laureat"),
        *("collectivites", "communes", "villes", "territoires", "laureats"),
    ),
}
NEEDED = ("nom", "niveau")
SHOWN = {"nom": "nom", "département": "département", "type": "type", "niveau": "niveau"} | {
    "mention": "mention"
}
REPLACE = "remplacer"


def read(raw: bytes, space: Workspace, edition: int) -> Table:
    """A palmarès with a column of levels, or laid out in sections; raises TableError for others.

    Where both could be read, the titles count: a line whose own level is another is doubtful.
    """
    text = text_of(raw)
    table, error = None, None
    try:
        table = read_table(raw, ROLES, NEEDED)
    except TableError as why:
        error = why
    if table and table.is_sheet:
        return table
    sections = read_sections(text, ROLES, space.index, edition)
    if sections:
        return sections
    if table is None:
        raise TableError(f"{error} ; aucun titre non plus ne donne de niveau, comme « Villes 5 @ »")
    return table


def plan(space: Workspace, table: Table, edition: int, source: Mapping[str, Any]) -> Plan:
    """Settle every line of a palmarès, without writing anything."""
    space = _with_edition(space, edition)
    result = Plan([row_of(number, values) for number, values in table.lines])
    _settle(result.rows, space, table.is_sheet)
    for row in result.rows:
        if row.state == "réglée":
            _write(row, result.files, space, edition, source)
    values = {"edition": str(edition), "sources": [dict(source)]}
    if result.files:
        with suppress(RecordError):  # its file is there already
            made = new_record(space, "edition", values)
            result.files[made.path] = made.text
    return result


def _with_edition(space: Workspace, edition: int) -> Workspace:
    editions = space.context.editions | {edition}
    return replace(space, context=replace(space.context, editions=editions))


def _settle(rows: list[Row], space: Workspace, is_sheet: bool) -> None:
    """Territory, level and mentions of each line; then the lines that contradict each other."""
    mentions = space.context.vocabularies.get("mentions", {})
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        if row.values.get("décision", "").lower() == IGNORE:
            row.refuse("écartée à la relecture")
            continue
        place(row, space, is_sheet)
        if row.state != "réglée":
            if row.values.get(DOUBT):
                row.reason = f"{row.values[DOUBT]} ; {row.reason}"
            continue
        level = level_of(row.values.get("niveau", ""))
        unsure = row.values.get(DOUBT, "")
        unknown = terms_of(row.values.get("mention", ""), mentions)[1]
        if unsure:
            row.doubt(unsure, [f"{row.code} {space.name(row.code)} : même nom"])
        elif level is None:
            row.doubt(f"niveau « {row.values['niveau']} » illisible : écrivez un chiffre de 1 à 5")
        elif unknown:
            row.doubt(f"mention inconnue : « {unknown[0]} »", near_terms(unknown[0], mentions))
        else:
            by_code.setdefault(row.code, []).append(row)
    for same in by_code.values():
        _contradictions(same)


def _contradictions(rows: list[Row]) -> None:
    first, *others = rows
    levels = {level_of(row.values.get("niveau", "")) for row in rows}
    for row in rows if len(levels) > 1 else ():
        numbers = ", ".join(str(other.number) for other in rows if other is not row)
        row.doubt(f"même territoire, autre niveau à la ligne {numbers}")
    if len(levels) == 1:
        for row in others:
            if row.values.get("mention", "") == first.values.get("mention", ""):
                row.refuse(f"répète la ligne {first.number}")


def _write(
    row: Row, files: dict[str, str], space: Workspace, edition: int, source: Mapping[str, Any]
) -> None:
    """Put the label of a settled line in the file of its territory."""
    try:
        row.path, draft = territory_draft(space, row.code, files)
    except RecordError as error:
        row.refuse(str(error))
        return
    wanted = _label(row, space, edition, source)
    effect = merge_label(draft, wanted, row.values.get("décision", "").lower() == REPLACE)
    if effect.startswith("!"):
        row.doubt(effect[1:], ["décision possible : remplacer, ou ignorer"])
        return
    row.effect = effect
    if effect == "déjà là":
        return
    made = record_file(space, row.path, draft)
    problem = first_error(made.problems)
    if problem:
        row.refuse(f"le contrôle refuse la fiche : {problem}")
        return
    files[made.path] = made.text


def _label(row: Row, space: Workspace, edition: int, source: Mapping[str, Any]) -> dict[str, Any]:
    level = level_of(row.values.get("niveau", ""))
    mentions = terms_of(
        row.values.get("mention", ""), space.context.vocabularies.get("mentions", {})
    )[0]
    label: dict[str, Any] = {"edition": str(edition)}
    if level:
        label["level"] = str(level)
    if mentions:
        label["mentions"] = mentions
    return label | {"sources": [dict(source)]}


def merge_label(draft: Draft, wanted: dict[str, Any], replacing: bool) -> str:
    """Put a label in a draft; what was done, or « !why » where a person must decide.

    A label of the same edition is completed: level where it had none, mentions, one more source.
    """
    edition = wanted["edition"]
    mine = add_label(draft, wanted)
    if mine is None:
        return f"label {edition} ajouté"
    done = []
    before, after = mine.get("level"), wanted.get("level")
    if before and after and str(before) != after:
        if not replacing:
            return (
                f"!la fiche donne {before} @ pour {edition} ({_named(mine)}), "
                f"la liste {after} @ ({_named(wanted)})"
            )
        mine["level"] = after
        add_doubt(mine, f"une autre source donne {before} @")
        done.append(f"niveau {before} remplacé par {after}")
    elif after and not before:
        mine["level"] = after
        done.append("niveau ajouté" + (", doute à relire" if mine.get("doubt") else ""))
    mentions, sources = complete_label(mine, wanted)
    if mentions:
        done.append(plural(mentions, "mention ajoutée", "mentions ajoutées"))
    if sources:
        done.append("source ajoutée")
    return ", ".join(done) or "déjà là"


def _named(label: Mapping[str, Any]) -> str:
    first = (label.get("sources") or [{}])[0]
    return str(first.get("url") or first.get("publisher") or "sans source")
