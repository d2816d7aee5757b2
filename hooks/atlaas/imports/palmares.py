"""The yearly palmarès: a list of labels -> territory files, with a sheet of what is left to settle.

Nothing is refused silently and nothing is overwritten: a level that contradicts the file's is
left to a person, who writes « remplacer » or « ignorer » in the sheet's column « décision ».
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from atlaas.edit.draft import Draft
from atlaas.edit.labels import add_doubt, add_label, complete_label
from atlaas.edit.new_record import RecordError, new_record, record_file, territory_draft
from atlaas.edit.workspace import Workspace
from atlaas.imports.known import KnownNames
from atlaas.imports.levels import level_of, says_level
from atlaas.imports.lines import IGNORE, Plan, near_terms, place, row_of, sources_of, terms_of
from atlaas.imports.reading import ColumnError, SourceSheet, TableError, read_source
from atlaas.imports.sections import DOUBT, read_sections
from atlaas.imports.sheet import Row
from atlaas.imports.table import Table, Wanted, one_sheet, read_table
from atlaas.read.problem import first_error
from atlaas.text import plural

ROLES = {
    "décision": ("decision",),
    "ligne": ("ligne",),
    "département": ("departement", "departements", "dep", "dept", "dpt", "department"),
    "région": ("region", "regions"),
    "lecture": ("lecture",),
    "code postal": ("postal", "postaux", "cp", "postcode", "codepostal", "zip"),
    "code": ("insee", "siren", "code", "territory"),
    "édition": ("edition", "millesime", "annee", "year"),
    "type": ("type", "nature", "genre", "categorie", "kind"),
    "mention": ("mention", "mentions", "prix", "special"),
    "source": ("source", "sources", "url", "lien"),
    "date": ("date",),
    "doute": ("doute", "doubt", "reserve"),
    "niveau": (
        *("niveau", "niveaux", "level", "arobase", "arobases", "arrobase", "arrobases", "arobas"),
        *("@", "distinction", "recompense", "palmares", "label", "note"),
    ),
    "nom": (
        *("nom", "collectivite", "commune", "ville", "territoire", "village", "laureat"),
        *("collectivites", "communes", "villes", "territoires", "laureats", "name", "town"),
        *("beneficiaire", "beneficiaires", "municipality", "structure", "entite", "libelle"),
    ),
}
NEEDED = ("nom", "niveau")
_SHOWN = "nom,département,région,code postal,type,niveau,mention,édition,source,date,doute,lecture"
SHOWN = {role: role for role in _SHOWN.split(",")}
REPLACE = "remplacer"
_YEAR = re.compile(r"(?:19|20)\d\d")


def wanted(edition: int | None, chosen: Mapping[str, str], tab: str = "") -> Wanted:
    """What a palmarès has to say, with what a person has said of its columns."""
    return Wanted(
        ROLES,
        NEEDED,
        chosen,
        {"niveau": lambda text: level_of(text) is not None or says_level(text)},
        {"niveau": lambda text: bool(level_of(text)) and not text.isdecimal()},
        str(edition or ""),
        tab,
    )


def read(raw: bytes, space: Workspace, edition: int | None, want: Wanted) -> Table:
    """A palmarès with a column of levels, or laid out in sections; raises TableError for others.

    Where both could be read, the titles count: a line whose own level is another is doubtful.
    """

    known = KnownNames(space.reference)

    def of_sheet(sheet: SourceSheet) -> Table:
        table, error = None, None
        try:
            table = read_table(sheet, want)
        except TableError as why:
            error = why
        if table and (table.is_sheet or want.chosen or "édition" in table.found):
            return table
        has_columns = table is not None or isinstance(error, ColumnError)
        sections = read_sections(sheet, ROLES, known, edition, has_columns)
        if sections:
            return sections
        if isinstance(error, ColumnError):
            raise error
        if table is None:
            raise TableError(
                f"{error} ; et aucun titre ni aucune ligne ne donne de niveau, comme « 5 @ »"
            )
        return table

    return one_sheet(read_source(raw), want.tab, of_sheet)


def plan(space: Workspace, table: Table, edition: int | None, source: Mapping[str, Any]) -> Plan:
    """Settle every line of a palmarès, without writing anything.

    ``edition`` and ``source`` are those of the lines that do not say theirs.
    """
    result = Plan([row_of(number, values) for number, values in table.lines])
    for row in result.rows:
        row.values["édition"] = _edition(row, edition)
    found = {int(row.values["édition"]) for row in result.rows if row.values["édition"]}
    space = _with_editions(space, found)
    _settle(result.rows, space, table.is_sheet)
    new: dict[str, list[dict[str, Any]]] = {}
    for row in result.rows:
        sources = sources_of(row, source) if row.state == "réglée" else None
        if row.state == "réglée" and sources == []:
            row.refuse("aucune source : donnez-en une dans la ligne, ou à la commande")
        if sources and _write(row, result.files, space, sources):
            new.setdefault(row.values["édition"], sources)
    for year, sources in new.items():
        with suppress(RecordError):  # its file is there already
            made = new_record(space, "edition", {"edition": year, "sources": sources})
            result.files[made.path] = made.text
    return result


def _edition(row: Row, given: int | None) -> str:
    """The edition of a line: what its column says, else the one given for the list."""
    text = row.values.get("édition", "")
    year = _YEAR.search(text)
    if year and not text.endswith("?"):
        return year[0]
    return "" if text else str(given or "")


def _with_editions(space: Workspace, years: set[int]) -> Workspace:
    last = int(space.context.today[:4]) + 1
    editions = space.context.editions | {year for year in years if 1999 <= year <= last}
    return replace(space, context=replace(space.context, editions=editions))


def _settle(rows: list[Row], space: Workspace, is_sheet: bool) -> None:
    """Territory, level and mentions of each line; then the lines that contradict each other."""
    mentions = space.context.vocabularies.get("mentions", {})
    by_label: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.values.get("décision", "").lower() == IGNORE:
            row.refuse("écartée à la relecture")
            continue
        place(row, space, is_sheet)
        if row.state != "réglée":
            if row.values.get(DOUBT):
                row.reason = f"{row.values[DOUBT]} ; {row.reason}"
            continue
        if not row.values["édition"] or int(row.values["édition"]) not in space.context.editions:
            row.refuse("aucune édition : écrivez son année dans la colonne « édition »")
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
            by_label.setdefault((row.code, row.values["édition"]), []).append(row)
    for same in by_label.values():
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
    row: Row, files: dict[str, str], space: Workspace, sources: list[dict[str, Any]]
) -> bool:
    """Put the label of a settled line in the file of its territory; whether it changes."""
    try:
        row.path, draft = territory_draft(space, row.code, files)
    except RecordError as error:
        row.refuse(str(error))
        return False
    wanted = _label(row, space, sources)
    effect = merge_label(draft, wanted, row.values.get("décision", "").lower() == REPLACE)
    if effect.startswith("!"):
        row.doubt(effect[1:], ["décision possible : remplacer, ou ignorer"])
        return False
    row.effect = effect
    if effect == "déjà là":
        return False
    made = record_file(space, row.path, draft)
    problem = first_error(made.problems)
    if problem:
        row.refuse(f"le contrôle refuse la fiche : {problem}")
        return False
    files[made.path] = made.text
    return True


def _label(row: Row, space: Workspace, sources: list[dict[str, Any]]) -> dict[str, Any]:
    level = level_of(row.values.get("niveau", ""))
    mentions = terms_of(
        row.values.get("mention", ""), space.context.vocabularies.get("mentions", {})
    )[0]
    label: dict[str, Any] = {"edition": row.values["édition"]}
    if level:
        label["level"] = str(level)
    if mentions:
        label["mentions"] = mentions
    label["sources"] = [dict(source) for source in sources]
    if row.values.get("doute"):
        label["doubt"] = row.values["doute"]
    return label


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
    known = [_told(one) for one in mine.get("sources") or ()]
    new = [one for one in wanted["sources"] if _told(one) not in known]
    mentions, sources = complete_label(mine, {**wanted, "sources": new})
    if mentions:
        done.append(plural(mentions, "mention ajoutée", "mentions ajoutées"))
    if sources:
        done.append("source ajoutée")
    return ", ".join(done) or "déjà là"


def _told(source: Mapping[str, Any]) -> str:
    """A source as the open data writes it in a cell."""
    words = (source.get("publisher"), source.get("title"), source.get("date"))
    return str(source.get("url") or ", ".join(str(word) for word in words if word))


def _named(label: Mapping[str, Any]) -> str:
    first = (label.get("sources") or [{}])[0]
    return str(first.get("url") or first.get("publisher") or "sans source")
