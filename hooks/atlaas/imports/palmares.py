"""The yearly palmarès: a list of labels -> territory files, with a sheet of what is left to settle.

Nothing is refused silently and nothing is overwritten: a level that contradicts the file's is
left to a person, who writes « remplacer » or « ignorer » in the sheet's column « décision ».
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from atlaas.edit.draft import Draft
from atlaas.edit.labels import (
    add_doubt,
    add_label,
    complete_label,
    drop_doubts,
    former_winner,
    won_by,
)
from atlaas.edit.new_record import RecordError, new_record, record_file, territory_draft
from atlaas.edit.workspace import Workspace
from atlaas.imports.decisions import IGNORE, Decisions, OpenQuestion, Option, Row, settle
from atlaas.imports.known import KnownNames
from atlaas.imports.levels import NO_LEVEL, level_of, says_level, says_none, tidy
from atlaas.imports.lines import (
    Plan,
    add_to_doubt,
    decisions_of,
    rows_of,
    sources_of,
    take_term,
    term_question,
    terms_of,
)
from atlaas.imports.placing import territory
from atlaas.imports.reading import ColumnError, SourceSheet, TableError, read_source
from atlaas.imports.sections import DOUBT, read_sections
from atlaas.imports.table import ORIGIN, PLACE, Table, Wanted, one_sheet, read_table
from atlaas.read.problem import first_error
from atlaas.text import plural

ROLES = {
    **PLACE,
    "région": ("region", "regions"),
    "lecture": ("lecture",),
    "code": ("insee", "siren", "code", "territory"),
    "édition": ("edition", "millesime", "annee", "year"),
    "type": ("type", "nature", "genre", "categorie", "kind"),
    "mention": ("mention", "mentions", "prix", "special"),
    "source": ("source", "sources", "url", "lien"),
    **ORIGIN,
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
_PLACE = "nom,code lu,département,région,code postal,type"
_LABEL = "niveau,mention,édition,source,vue,date,doute,lecture"
SHOWN = {role: role for role in f"{_PLACE},{_LABEL}".split(",")}
REPLACE = "remplacer"
_DIGIT = re.compile(r"(?<!\d)[1-5](?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
NO_LEVEL_SAID = re.compile(r"(?:niveau non (?:donné|connu)|ne donne pas (?:de|le) niveau)")


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

    known = KnownNames(space.index, space.reference)

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
    result = Plan(rows_of(table))
    for row in result.rows:
        row.values["édition"] = _edition(row, edition)
    found = {int(row.values["édition"]) for row in result.rows if row.values["édition"]}
    space = _with_editions(space, found)
    decisions = decisions_of(result.rows)
    settle(
        result.rows,
        decisions,
        lambda row: _question(row, space),
        lambda row, question, answer: _take(row, question, answer),
    )
    _agree(result.rows, decisions, space)
    new: dict[str, list[dict[str, Any]]] = {}
    for row in result.rows:
        sources = sources_of(row, source) if row.state == "réglée" and not row.effect else []
        if sources and _write(row, result.files, space, sources, decisions):
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


def _question(row: Row, space: Workspace) -> OpenQuestion | None:
    """The first thing that a line leaves open: its territory, edition, level, then mentions."""
    unsure = row.values.get(DOUBT, "") if row.values.get("niveau", "").endswith("?") else ""
    tidy(row.values)
    asked = territory(row, space)
    if asked:
        return replace(asked, text=f"{unsure} ; {asked.text}") if unsure else asked
    if row.state != "réglée":
        return None
    if not row.values["édition"] or int(row.values["édition"]) not in space.context.editions:
        row.refuse("aucune édition : écrivez son année dans la colonne « édition »")
        return None
    text = row.values.get("niveau", "")
    if unsure:
        return _which_level(unsure, unsure, [text])
    if level_of(text) is None and not says_none(text):
        return _which_level(f"niveau « {text} » illisible", f"niveau {text}", [text])
    mentions = space.context.vocabularies.get("mentions", {})
    unknown = terms_of(row.values.get("mention", ""), mentions)[1]
    return term_question("mention", unknown[0], mentions) if unknown else None


def _which_level(
    text: str, subject: str, seen: list[str], whys: Iterable[str] = ()
) -> OpenQuestion:
    """The question which level is right; those that were read come first, then « sans niveau »."""
    digits = dict.fromkeys(digit for one in seen for digit in reversed(_DIGIT.findall(one)))
    reasons = dict(zip(digits, whys, strict=False))
    options = [Option(digit, reasons.get(digit, "d'après la liste")) for digit in digits]
    if options:  # never the answer that a mere « oui » gives
        options.append(Option(NO_LEVEL, "le label est noté avec un doute"))

    def read(answer: str) -> str | None:
        return NO_LEVEL if says_none(answer) else str(level_of(answer) or "") or None

    return OpenQuestion("niveau", subject, text, tuple(options), read)


def _take(row: Row, question: OpenQuestion, answer: str) -> None:
    """Write an answer in the values of a line."""
    if question.about == "territoire":
        row.values["code"] = answer.partition(" ")[0]
    elif question.about == "niveau":
        row.values["niveau"] = answer
    else:
        unknown = question.text.partition("« ")[2].rpartition(" »")[0]
        take_term(row, question.about, unknown, answer)


def _winner(row: Row, space: Workspace) -> str:
    """The former commune that a line names, where it won before it merged."""
    named, edition = row.values.get("nom", ""), row.values["édition"]
    return former_winner(space.reference, row.code, named, edition) if named else ""


def _agree(rows: list[Row], decisions: Decisions, space: Workspace) -> None:
    """Lines of one label that give several levels are asked; one that says it again is done."""
    by_label: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.state == "réglée":
            key = row.code, row.values["édition"], _winner(row, space)
            by_label.setdefault(key, []).append(row)
    for (code, edition, _), same in by_label.items():
        levels = {level_of(row.values.get("niveau", "")) or 0 for row in same}
        if len(levels) > 1:
            _one_level(same, f"{code} {edition}", decisions)
        left = [row for row in same if row.state == "réglée"]
        for row in left[1:]:
            first = left[0]
            if row.values.get("mention", "") == first.values.get("mention", ""):
                row.effect = f"répète la ligne {first.number}"


def _one_level(rows: list[Row], subject: str, decisions: Decisions) -> None:
    """Ask which of the levels of one label is right, once for all its lines."""
    numbers = ", ".join(str(row.number) for row in rows)
    told = sorted(rows, key=lambda row: -(level_of(row.values.get("niveau", "")) or 0))
    seen = {
        str(level_of(row.values.get("niveau", "")) or ""): f"ligne {row.number}" for row in told
    }
    question = _which_level(
        f"même territoire, autre niveau : lignes {numbers}", subject, list(seen), seen.values()
    )
    with_cell = [row for row in rows if row.number in decisions.cells]
    for row in (*with_cell, *(row for row in rows if row not in with_cell)):
        answer = decisions.of(row, question)
        if answer == IGNORE:
            row.dismiss()
        elif answer is not None:
            row.values["niveau"] = answer


def _write(
    row: Row,
    files: dict[str, str],
    space: Workspace,
    sources: list[dict[str, Any]],
    decisions: Decisions,
) -> bool:
    """Put the label of a settled line in the file of its territory; whether it changes."""
    try:
        row.path, draft = territory_draft(space, row.code, files)
    except RecordError as error:
        row.refuse(str(error))
        return False
    wanted = _label(row, space, sources)
    against = conflict(draft, wanted)
    if against:
        answer = decisions.of(
            row,
            OpenQuestion(
                "écart",
                f"{row.code} {wanted['edition']}",
                against,
                (Option(REPLACE, f"écrire {wanted['level']} @, l'ancien niveau dans le doute"),),
            ),
        )
        if answer == IGNORE:
            row.dismiss()
        if answer != REPLACE:
            return False
        row.values["décision"] = REPLACE  # no other column says it
    row.effect = merge_label(draft, wanted)
    if row.effect == "déjà là":
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
    label = won_by(label, _winner(row, space))
    if mentions:
        label["mentions"] = mentions
    label["sources"] = [dict(source) for source in sources]
    if not level and not NO_LEVEL_SAID.search(row.values.get("doute", "")):
        why = says_none(row.values.get("niveau", "")) or "la liste ne donne pas de niveau"
        add_to_doubt(row, why)
    if row.values.get("doute"):
        label["doubt"] = row.values["doute"]
    return label


def conflict(draft: Draft, wanted: Mapping[str, Any]) -> str:
    """How the level of a label contradicts the one that is there, or « »."""
    labels = draft.data.get("labels") or ()
    who = wanted.get("won_by")
    own = (one for one in labels if one.get("won_by") == who)
    same = (one for one in own if str(one.get("edition")) == wanted["edition"])
    mine: Mapping[str, Any] = next(same, {})
    before, after = mine.get("level"), wanted.get("level")
    if not before or not after or str(before) == after:
        return ""
    return (
        f"la fiche donne {before} @ pour {wanted['edition']} ({_named(mine)}), "
        f"la liste {after} @ ({_named(wanted)})"
    )


def merge_label(draft: Draft, wanted: dict[str, Any]) -> str:
    """Put a label in a draft; what was done, in French.

    A label of the same edition is completed: level where it had none (then its doubt no longer
    says so), mentions, one more source. Another level takes the place of the one that is there,
    which stays in the doubt. The doubt of the line comes with its level.
    """
    edition = wanted["edition"]
    mine = add_label(draft, wanted)
    if mine is None:
        return f"label {edition} ajouté" + ("" if wanted.get("level") else ", sans niveau")
    done = []
    before, after = mine.get("level"), wanted.get("level")
    if before and after and str(before) != after:
        mine["level"] = after
        add_doubt(mine, f"une autre source donne {before} @")
        done.append(f"niveau {before} remplacé par {after}")
    elif after and not before:
        mine["level"] = after
        drop_doubts(mine, NO_LEVEL_SAID)
        done.append("niveau ajouté" + (", doute à relire" if mine.get("doubt") else ""))
    if done and wanted.get("doubt"):
        add_doubt(mine, wanted["doubt"])
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
