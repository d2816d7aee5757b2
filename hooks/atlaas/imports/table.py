"""Rows of a source -> lines with known columns: (line of the file, role -> text).

The columns are recognised by their headings, in whatever order and spelling, below whatever title
lines; what they do not tell is asked once, and answered by ``--column ROLE=HEADING``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atlaas.imports.reading import DELIMITERS, WHOLE, ColumnError, Rows, SourceSheet, TableError
from atlaas.names.queries import words_of
from atlaas.rules.rule import did_you_mean
from atlaas.text import fold

_HEADINGS_WITHIN = 30  # rows: a list often opens with its own title, or a covering letter
_LOOKED_AT = 200  # values of a column, to tell what it holds
# Role -> words of its heading, the surest first. Roles are tried in this order.
Roles = Mapping[str, Sequence[str]]
PLACE: Roles = {  # where a line is, in every kind of list, with what a review sheet adds
    "décision": ("decision",),
    "ligne": ("ligne",),
    "département": ("departement", "departements", "dep", "dept", "dpt", "department"),
    "code postal": ("postal", "postaux", "cp", "postcode", "codepostal", "zip"),
    "code lu": ("lu",),
}
ORIGIN: Roles = {  # when its source was published and seen, and what is doubtful
    "vue": ("seen", "vue", "vu", "lue", "consulte"),
    "date": ("date",),
    "doute": ("doute", "doubt", "reserve"),
}


@dataclass(frozen=True)
class Wanted:
    """What a kind of list has to say, and what a person has said of its columns."""

    roles: Roles
    needed: Sequence[str]
    chosen: Mapping[str, str] = field(default_factory=dict)  # role -> heading
    fits: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    """Role -> whether a text can be its value: a column that holds none is not that one."""
    shows: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    """Role -> whether a text can be nothing else: such a column needs no heading."""
    year: str = ""  # of two columns « Niveau 2024 » and « Niveau 2025 », that of this year
    tab: str = ""  # the sheet of a workbook that a person has named


@dataclass(frozen=True)
class Table:
    """The lines of a list: (line of the file, role -> text), and what was made of its headings."""

    lines: list[tuple[int, dict[str, str]]]
    found: dict[str, str]  # role -> heading
    ignored: list[str]  # headings that say nothing to us
    titles: list[str] = field(default_factory=list)  # of sections, see sections.py
    skipped: list[str] = field(default_factory=list)  # titles that give no level
    tab: str = ""  # the sheet of the workbook

    @property
    def is_sheet(self) -> bool:
        """Whether this is a review sheet that comes back."""
        return "décision" in self.found


def one_sheet(
    sheets: Sequence[SourceSheet], tab: str, read: Callable[[SourceSheet], Table]
) -> Table:
    """What the one sheet gives that can be read; asks where two can, says why where none can."""
    filled = [sheet for sheet in sheets if not sheet.is_empty]
    if tab:
        filled = [sheet for sheet in filled if fold(sheet.name) == fold(tab)]
        if not filled:
            raise TableError(f"pas de feuille « {tab} » : {_quoted(s.name for s in sheets)}")
    if not filled:
        raise TableError("la liste est vide")
    done: list[Table] = []
    errors: list[str] = []
    for sheet in filled:
        try:
            done.append(read(sheet))
        except TableError as error:
            errors.append(f"feuille « {sheet.name} » : {error}" if len(filled) > 1 else str(error))
    if not done:
        raise TableError(" ; ".join(errors))
    if len(done) > 1:
        raise TableError(
            f"quelle feuille lire ? Plusieurs conviennent : {_quoted(t.tab for t in done)}. "
            f'Répondez par --tab "{done[0].tab}"'
        )
    return done[0]


def read_table(sheet: SourceSheet, wanted: Wanted) -> Table:
    """The lines below the headings; raises TableError where a needed column is not to be found."""
    best: tuple[int, Rows, dict[int, str]] | None = None
    score = (0, 0)
    for delimiter in (*DELIMITERS, WHOLE):
        rows = sheet.rows.get(delimiter, [])
        for at, (_, headings) in enumerate(rows[:_HEADINGS_WITHIN]):
            below = rows[at + 1 :]
            if _is_data(headings, wanted) or 2 * sum(len(c) > 1 for _, c in below) < len(below):
                continue
            columns = _columns(headings, below, wanted)
            if columns and (len(columns), len(headings)) > score:
                best, score = (at, rows, columns), (len(columns), len(headings))
    if best is None:
        for heading in wanted.chosen.values():
            _exists(heading, sheet.rows)
        raise TableError(
            "aucune colonne reconnue : une ligne doit nommer les colonnes (nom, département…)"
        )
    at, rows, columns = best
    headings = rows[at][1]
    _ask(headings, columns, wanted)
    lines = []
    for number, cells in rows[at + 1 :]:
        values = {role: cells[i] for i, role in columns.items() if i < len(cells)}
        if any(values.values()):
            lines.append((number, values))
    found = {role: headings[i] for i, role in columns.items()}
    ignored = [h for i, h in enumerate(headings) if h and i not in columns]
    return Table(lines, found, ignored, tab=sheet.name)


def _is_data(cells: Sequence[str], wanted: Wanted) -> bool:
    """Whether a row cannot head columns: it is one cell wide, or holds a number or a value."""
    filled = [cell for cell in cells if cell]
    tests = list(wanted.shows.values())
    return len(filled) < 2 or any(c.isdecimal() or any(t(c) for t in tests) for c in filled)


def _exists(heading: str, rows: Mapping[str, Rows]) -> None:
    """Refuse a heading that a person has named and that no row holds."""
    every = [c for one in rows.values() for _, cells in one[:_HEADINGS_WITHIN] for c in cells]
    tops = [cell for cell in every if not any(delimiter in cell for delimiter in DELIMITERS)]
    if fold(heading) not in map(fold, tops):
        near = did_you_mean(heading, [cell for cell in tops if cell]) if any(tops) else ""
        raise TableError(f"--column : aucune colonne « {heading} » dans la liste. {near}".strip())


def _ask(headings: Sequence[str], columns: Mapping[int, str], wanted: Wanted) -> None:
    """Ask for the column of a role that is needed, or whose heading is of another year."""
    seen = _quoted(h for h in headings if h)
    for role in wanted.needed:
        if role in columns.values() or (role == "nom" and "code" in columns.values()):
            continue
        free = next((h for i, h in enumerate(headings) if h and i not in columns), "…")
        raise ColumnError(
            f"quelle colonne est le {role} ? Colonnes lues : {seen}. "
            f'Répondez par --column {role}="{free}"'
        )
    for i, role in columns.items():
        others = _years(headings[i]) - {wanted.year}
        if wanted.year and others and role not in wanted.chosen and role in wanted.shows:
            raise ColumnError(
                f"la colonne « {headings[i]} » n'est pas de {wanted.year}. Si c'est bien elle : "
                f'--column {role}="{headings[i]}"'
            )


def _columns(headings: Sequence[str], rows: Rows, wanted: Wanted) -> dict[int, str]:
    """Column -> role, by what a person said, the headings, then by what the columns hold."""
    columns: dict[int, str] = {}
    for role, heading in wanted.chosen.items():
        at = next((i for i, h in enumerate(headings) if fold(h) == fold(heading)), None)
        if at is None:
            return {}
        columns[at] = role
    values = _values(rows, len(headings))
    columns = columns_of(headings, wanted.roles, columns, _unfit(values, wanted), wanted.year)
    for role, shows in wanted.shows.items():
        free = [i for i in range(len(headings)) if columns.get(i) not in ("nom", "code")]
        alike = [i for i in free if _share(values[i], shows) > 0.5]
        if role not in columns.values() and columns and len(alike) == 1:
            columns[alike[0]] = role
    return columns


def _values(rows: Rows, width: int) -> list[list[str]]:
    return [
        [cells[i] for _, cells in rows[:_LOOKED_AT] if i < len(cells) and cells[i]]
        for i in range(width)
    ]


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _unfit(values: list[list[str]], wanted: Wanted) -> Callable[[int, str], bool]:
    def unfit(column: int, role: str) -> bool:
        fits = wanted.fits.get(role)
        return bool(fits and values[column] and _share(values[column], fits) < 0.3)

    return unfit


def columns_of(
    headings: Sequence[str],
    roles: Roles,
    known: Mapping[int, str] | None = None,
    unfit: Callable[[int, str], bool] = lambda column, role: False,
    year: str = "",
) -> dict[int, str]:
    """Column -> role, one column per role: the one whose heading fits best."""
    columns = dict(known or {})
    words = [heading_words(h) for h in headings]
    for role, words_of_role in roles.items():
        if role in columns.values():
            continue
        ranked = [
            (_of_year(headings[i], year), words_of_role.index(word), len(own), i)
            for i, own in enumerate(words)
            if i not in columns and not unfit(i, role)
            for word in own
            if word in words_of_role
        ]
        if ranked:
            columns[min(ranked)[-1]] = role
    return columns


def heading_words(heading: str) -> tuple[str, ...]:
    """The words of a heading; the @ of « Nb @ » is one of them, those of « 5 @ » are not."""
    names_it = heading.count("@") == 1 and not any(map(str.isdecimal, heading))
    return words_of(heading) + (("@",) if names_it else ())


def _years(heading: str) -> set[str]:
    return {word for word in words_of(heading) if len(word) == 4 and word[:2] in ("19", "20")}


def _of_year(heading: str, year: str) -> int:
    """0 for a heading that names the year, 1 for one without a year, 2 for one of another year."""
    years = _years(heading)
    return 0 if year in years else 2 if years else 1


def choices(given: Sequence[str], roles: Roles) -> dict[str, str]:
    """What ``--column ROLE=HEADING`` says; raises TableError for what is no role."""
    found: dict[str, str] = {}
    known = {fold(role): role for role in roles if role not in ("décision", "ligne")}
    for one in given:
        role, equals, heading = one.partition("=")
        if not equals or fold(role.strip()) not in known:
            near = did_you_mean(role, known.values())
            raise TableError(
                f"--column s'écrit ROLE=\"TITRE\" ; « {role} » n'est pas un rôle. "
                f"{near} Rôles : {', '.join(known.values())}".replace("  ", " ")
            )
        found[known[fold(role.strip())]] = heading.strip().strip('"').strip()
    return found


def _quoted(texts: Iterator[str] | Sequence[str]) -> str:
    return ", ".join(f"« {text} »" for text in texts)
