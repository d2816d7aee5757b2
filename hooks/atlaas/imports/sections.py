"""A list without columns, or laid out in sections, -> the lines of a table.

    Villes 5 @                                 Hauts-de-France
    Lille (59)                                 Arras (62) @@@
    Marcq-en-Barœul ; 59 ; Numérique éducatif  Lille (59) : 5@, Roubaix (59) : 4@

A title gives the level, the département or the région of the names under it; a line may give its
own. No line is dropped: one that may be a title or a name, and those whose level hangs on it, get
the level « 4 ? », which no import takes until a person has confirmed it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from atlaas.imports.freeline import apart, bare, is_departement, names_of
from atlaas.imports.known import SMALL, KnownNames
from atlaas.imports.levels import Title, is_title_words, level_of, says_level, title_of
from atlaas.imports.reading import DELIMITERS, WHOLE, Rows, SourceSheet
from atlaas.imports.table import Roles, Table, columns_of
from atlaas.names.queries import words_of

DOUBT = "lecture"  # role of the reason for which a line is left to a person
_KIND = re.compile(
    r"(?:r[ée]gions?|d[ée]partements?|d[ée]p\.)\s*(?:de la |de l['’]|du |des |de |d['’])?:?\s*",
    re.I,
)
_NUMBERS = re.compile(r"\(?\b(?:\d{2,3}|2[ab])\b\)?", re.I)  # of a département
_COUNT = re.compile(
    r"\(?\b\d+ (?:communes?|villes?|villages?|labels?|territoires?)\)?|\(\d+\)", re.I
)
_PROSE = 8  # words from which a line without level is no name
_IS_PROSE = re.compile(r"https?://|www\.|\S@\w|[.!?…]$")


@dataclass
class _Section:
    """A title and the lines under it that have no title of their own."""

    title: Title | None = None
    doubt: str = "avant le premier titre qui donne un niveau"
    headed: bool = False  # columns with levels came after the title: it may be of a legend
    lines: list[int] = field(default_factory=list)  # indexes in _Reader.lines


@dataclass
class _Area:
    """A line that may name the département or région of what follows it."""

    number: int
    text: str
    role: str  # département | région
    code: str
    at: int  # where its own line would stand in _Reader.lines


@dataclass
class _Reader:
    """Goes through the lines of a list; ``lines`` is what comes of them."""

    known: KnownNames
    roles: Roles
    edition: int | None
    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=lambda: [_Section()])
    area: _Area | None = None

    def read(self, number: int, cells: list[str]) -> None:
        """Take one line: a title, the headings of columns, or names."""
        filled = [cell for cell in cells if bare(cell)]
        title = self._title(filled)
        if title:
            self._open(title, number, " ; ".join(filled))
        if self._headings(cells, title) or title or not filled:
            return
        area = self._area(number, bare(filled[0])) if len(filled) == 1 else None
        if area:
            self.close_area()
            self.area = area
            return
        doubt, holds = self._alone(bare(filled[0])) if len(filled) == 1 else ("", False)
        if doubt is None:
            self.skipped.append(f"« {filled[0]} » (ligne {number})")
            return
        for values in self._with_columns(cells) if self.columns else self._free(number, filled):
            self._keep(number, values, doubt)
        if holds:
            text = bare(filled[0])
            self.sections.append(
                _Section(
                    self.sections[-1].title,
                    f"sous la ligne {number} (« {text} »), peut-être un titre : niveau à confirmer",
                )
            )

    # ---------------------------------------------------------------- what a line is

    def _title(self, filled: list[str]) -> Title | None:
        """The title that a line is: alone, or with the headings of columns next to it."""
        found = [title for cell in filled if (title := title_of(bare(cell)))]
        if len(found) != 1:
            return None
        others = [cell for cell in filled if not title_of(bare(cell))]
        if "niveau" in self.columns.values() and others:
            return None
        if not all(is_title_words(cell) or _is_heading(cell, self.roles) for cell in others):
            return None
        return found[0]

    def _open(self, title: Title, number: int, text: str) -> None:
        self.close_area()
        self.titles.append(f"« {text} » (ligne {number}) : {title.level} @")
        doubt = ""
        if title.year and self.edition and title.year != str(self.edition):
            doubt = f"le titre de la ligne {number} dit {title.year}, pas {self.edition}"
        self.sections.append(_Section(title, doubt))

    def _headings(self, cells: list[str], title: Title | None) -> bool:
        """Take a line that names two columns or more, or a title next to the name of another."""
        filled = [cell for cell in cells if cell]
        others = [cell for cell in filled if not (title and title_of(cell))]
        if not others or not all(_is_heading(cell, self.roles) for cell in others):
            return False
        columns = columns_of(cells, self.roles)
        if title:
            columns = {i: role for i, role in columns.items() if not title_of(cells[i])}
            at = next(i for i, cell in enumerate(cells) if cell and title_of(cell))
            if "nom" not in columns.values():
                columns[at] = "nom"
        if len(columns) < 2 or "nom" not in columns.values():
            return False
        self.columns, self.headings = columns, cells
        self.sections[-1].headed = "niveau" in columns.values()
        return True

    def _alone(self, text: str) -> tuple[str | None, bool]:
        """Of a text that fills its line alone: why to doubt it (None: to skip it), and whether

        the level of what follows hangs on it.
        """
        words = words_of(text)
        named = self.known.is_name(text)
        if text.isdecimal():
            return "un nombre seul : une page, un compte, un niveau ?", text in tuple("12345")
        if says_level(text):
            under = self.sections[-1].title
            found = names_of([text], self.known)[0]
            sure = any("département" in v or self.known.is_name(v["nom"]) for v in found)
            if (
                under
                and not sure
                and all(level_of(v.get("niveau", "")) != under.level for v in found)
            ):
                return "un titre, ou un nom avec son niveau ?", True
            return "", False
        if is_title_words(text):
            return ("un titre, ou un nom ?" if named else None), False
        if words[:1] in (("mention",), ("mentions",), ("prix",)):
            return ("", False) if named else ("un titre sans niveau ?", True)
        if not named and (len(words) > _PROSE or _IS_PROSE.search(text)):
            return None, False
        if self._area_of(text):
            return "une collectivité, ou le titre d'un groupe ?", False
        return "", False

    # ------------------------------------------------- départements and régions as titles

    def _area(self, number: int, text: str) -> _Area | None:
        found = None if says_level(text) else self._area_of(text)
        return _Area(number, text, *found, len(self.lines)) if found else None

    def _area_of(self, text: str) -> tuple[str, str] | None:
        """(role, bare code) of the département or région that a text names and nothing else."""
        short = _COUNT.sub("", text).strip(" :–—-")
        for one in (short, _KIND.sub("", short)):
            letters = _NUMBERS.sub("", one)
            if self.known.is_commune(letters) and not _KIND.match(short):
                continue
            code = self.known.departement(letters) if words_of(letters) else None
            region = self.known.region(one)
            if code:
                return "département", code
            if region:
                return "région", region
        return None

    def close_area(self) -> None:
        """Settle what the last line with an area's name was: a title, where names under it lie

        there; else a name of its own.
        """
        area, self.area = self.area, None
        if area is None:
            return
        under = self.lines[area.at :]
        names = [values.get("nom", "") for _, values in under]
        inside = sum(self.known.lies_in(name, area.role, area.code) for name in names)
        if inside and 2 * inside >= len(under):
            for _, values in under:
                if not values.get("département"):
                    values[area.role] = area.code
            self.titles.append(f"« {area.text} » (ligne {area.number}) : {area.role} {area.code}")
            return
        doubt = "une collectivité, ou le titre d'un groupe ?"
        moved = self.sections[-1].lines
        moved[:] = [at + 1 if at >= area.at else at for at in moved]
        self.lines.insert(area.at, (area.number, {"nom": area.text, DOUBT: doubt}))
        moved.append(area.at)

    # -------------------------------------------------------------- what a line says

    def _keep(self, number: int, values: dict[str, str], doubt: str | None) -> None:
        """One name, under the title that stands above it."""
        section = self.sections[-1]
        if section.title and section.title.kind:
            values.setdefault("type", section.title.kind)
        if doubt:
            values[DOUBT] = doubt
        section.lines.append(len(self.lines))
        self.lines.append((number, values))

    def finish(self) -> None:
        """Give each name its level: its own, or its title's; a doubt where they do not agree."""
        self.close_area()
        titled = any(section.title for section in self.sections)
        for section in self.sections:
            level = section.title.level if section.title else 0
            told = [self.lines[at][1] for at in section.lines]
            own = [values for values in told if values.get("niveau")]
            trusted = section.headed or not level or (len(own) > 1 and 2 * len(own) > len(told))
            for values in told:
                _give_level(values, level, trusted, section.doubt, titled)

    def _with_columns(self, cells: list[str]) -> list[dict[str, str]]:
        values = {role: cells[i] for i, role in self.columns.items() if i < len(cells)}
        values["nom"] = bare(values.get("nom", ""))
        for i, cell in enumerate(cells):  # what is under no heading
            named = i < len(self.headings) and self.headings[i]
            if cell and i not in self.columns and not named:
                self._place(cell, values)
        return [apart(values)]

    def _free(self, number: int, filled: list[str]) -> list[dict[str, str]]:
        """A line without columns: names, each with what it says."""
        if len(filled) > 1 and is_departement(filled[0], self.known):
            filled = [f"{filled[1]} ({filled[0].strip('()')})", *filled[2:]]
        found, level, sure = names_of(filled, self.known)
        for values in found:
            if level and not values.get("niveau"):
                values["niveau"] = str(level) if sure else f"{level} ?"
                if not sure:
                    values[DOUBT] = f"ligne {number} : le niveau de la fin vaut-il pour tous ?"
        return found or [{"nom": " ".join(filled)}]

    def _place(self, cell: str, values: dict[str, str]) -> None:
        """Put a cell of no known column where it belongs: an unknown text is a mention to check."""
        if "département" not in values and is_departement(cell, self.known):
            values["département"] = cell.strip("()")
        elif "niveau" not in values and says_level(cell) and level_of(cell):
            values["niveau"] = cell
        else:
            values["mention"] = ", ".join(filter(None, (values.get("mention", ""), cell)))


def _give_level(
    values: dict[str, str], level: int, trusted: bool, doubt: str, titled: bool
) -> None:
    """Write the level of one name; ``level`` is that of its title, 0 where it has none."""
    own = level_of(values.get("niveau", ""))
    why = values.get(DOUBT, "")
    if own and not trusted and own != level:
        why = why or f"la ligne dit {own} @, son titre {level} @"
    elif own is None or (own and trusted):
        pass
    elif trusted and level:
        why = why or f"la ligne ne dit pas son niveau, le dernier titre {level} @"
    elif titled or not why:
        why = why or (doubt if titled else "la ligne ne donne pas de niveau")
    if own is not None:
        shown = str(own or level or "")
        values["niveau"] = f"{shown} ?".strip() if why else shown
    if why:
        values[DOUBT] = why


def read_sections(
    sheet: SourceSheet, roles: Roles, known: KnownNames, edition: int | None, has_columns: bool
) -> Table | None:
    """The lines of a list without columns; None where neither title nor line gives a level.

    Of a list that could be read by its columns, only titles count.
    """
    reader = _Reader(known, roles, edition)
    for number, cells in _rows(sheet, roles):
        reader.read(number, cells)
    titled = any(section.title for section in reader.sections)
    own = any(level_of(values.get("niveau", "")) for _, values in reader.lines)
    if not titled and (has_columns or not own):
        return None
    reader.finish()
    found = {role: reader.headings[i] for i, role in reader.columns.items()}
    ignored = [h for i, h in enumerate(reader.headings) if h and i not in reader.columns]
    return Table(reader.lines, found, ignored, reader.titles, reader.skipped, sheet.name)


def _rows(sheet: SourceSheet, roles: Roles) -> Rows:
    """The rows by the delimiter that names most columns or splits most lines."""
    whole = sheet.rows.get(WHOLE, [])
    best: tuple[int, Rows] = (0, [(n, [cell.strip('"') for cell in cells]) for n, cells in whole])
    for delimiter in DELIMITERS:
        rows = sheet.rows.get(delimiter, [])
        split = sum(len(cells) > 1 for _, cells in rows)
        named = max((_named(cells, roles) for _, cells in rows), default=0)
        score = 1000 * (named > 1) * named + split
        if (named > 1 or 2 * split >= len(rows)) and score > best[0]:
            best = (score, rows)
    return best[1]


def _is_heading(cell: str, roles: Roles) -> bool:
    """Whether a cell is made of words that name columns, and of nothing else."""
    known = {word for words in roles.values() for word in words}
    return set(words_of(cell)) <= known | SMALL


def _named(cells: Sequence[str], roles: Roles) -> int:
    """How many columns a line names, if it does nothing else."""
    if any(cell and not (_is_heading(cell, roles) or title_of(cell)) for cell in cells):
        return 0
    return len(columns_of(cells, roles))
