"""A palmarès laid out in sections: a title gives the level of the names under it.

    Villes 5 @
    Lille (59)
    Marcq-en-Barœul ; 59 ; Numérique éducatif

That is how the association prints its list. Here it becomes the lines of a table with columns, and
no line is dropped: one that may be a title or a name, and those whose level hangs on it, get the
level « 4 ? », which no import takes until a person has written it without the question mark.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from atlaas.imports.levels import Title, is_title_words, level_of, says_level, title_of
from atlaas.imports.lines import SMALL
from atlaas.imports.reading import DELIMITERS, WHOLE, Rows, SourceSheet
from atlaas.imports.table import Roles, Table, columns_of
from atlaas.names.resolve import Index, words_of

DOUBT = "lecture"  # role of the reason for which a line is left to a person
_NUMBER = re.compile(r"\(?(2[ab]|\d{2,3})\)?", re.I)  # of a département
_BEFORE = re.compile(r"(2[ab]|\d{2,3})\s*[-–:]?\s+(\D.*)", re.I)
_AFTER = re.compile(r"(.*[^\W\d_].*?)[\s,–-]+\(?(2[ab]|\d{2,3})\)?", re.I)
_BULLET = re.compile(r"[•●▪■‣·*–—-]+\s+")


@dataclass
class _Reader:
    """Goes through the lines of a list; ``lines`` is what comes of them."""

    index: Index
    roles: Roles
    edition: int | None
    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    title: Title | None = None
    has_levels: bool = False  # columns with levels came after the title: it may be of a legend
    doubt: str = "avant le premier titre qui donne un niveau"

    def read(self, number: int, cells: list[str]) -> None:
        """Take one line: a title, the headings of columns, or names."""
        filled = [cell for cell in cells if cell]
        title = self._title(filled)
        if title:
            self._open(title, number, " ; ".join(filled))
        if self._headings(cells, title) or title or not filled:
            return
        doubt, holds = self._alone(filled[0]) if len(filled) == 1 else ("", False)
        if doubt is None:
            self.skipped.append(f"« {filled[0]} » (ligne {number})")
            return
        for values in self._with_columns(cells) if self.columns else self._free(filled):
            self._keep(number, values, doubt)
        if holds:
            self.doubt = (
                f"sous la ligne {number} (« {filled[0]} »), peut-être un titre : niveau à confirmer"
            )

    # ---------------------------------------------------------------- what a line is

    def _title(self, filled: list[str]) -> Title | None:
        """The title that a line is: alone, or with the headings of columns next to it."""
        found = [title for cell in filled if (title := title_of(cell))]
        if len(found) != 1:
            return None
        others = [cell for cell in filled if not title_of(cell)]
        if "niveau" in self.columns.values() and others:
            return None
        if not all(is_title_words(cell) or _is_heading(cell, self.roles) for cell in others):
            return None
        return found[0]

    def _open(self, title: Title, number: int, text: str) -> None:
        self.title, self.has_levels = title, False
        self.titles.append(f"« {text} » (ligne {number}) : {title.level} @")
        self.doubt = ""
        if title.year and self.edition and title.year != str(self.edition):
            self.doubt = f"le titre de la ligne {number} dit {title.year}, pas {self.edition}"

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
        self.has_levels = "niveau" in columns.values()
        return True

    def _alone(self, text: str) -> tuple[str | None, bool]:
        """Of a text that fills its line alone: why to doubt it (None: to skip it), and whether

        the level of what follows hangs on it.
        """
        words = " ".join(words_of(text))
        if text.isdecimal():
            return "un nombre seul : une page, un compte, un niveau ?", text in tuple("12345")
        if says_level(text):
            return "un titre, ou un nom avec son niveau ?", True
        if is_title_words(text):
            return ("un titre, ou un nom ?" if self._is_name(words) else None), False
        if words_of(text)[:1] in (("mention",), ("mentions",), ("prix",)):
            return ("", False) if self._is_name(words) else ("un titre sans niveau ?", True)
        area = " ".join(w for w in words_of(text) if w not in SMALL and not w.isdecimal())
        names = self.index.names
        if area not in names["commune"] and (
            area in self.index.departements or area in names["region"]
        ):
            return "une collectivité, ou le titre d'un groupe ?", False
        return "", False

    def _is_name(self, words: str) -> bool:
        return bool(words) and any(words in keys for keys in self.index.names.values())

    # -------------------------------------------------------------- what a line says

    def _keep(self, number: int, values: dict[str, str], doubt: str | None) -> None:
        """One name: its level is its title's, or its own where the list has a column of them."""
        level = self.title.level if self.title else 0
        own = level_of(values.get("niveau", ""))
        if own and (self.has_levels or not level):
            pass
        elif own and own != level:
            doubt = doubt or f"la ligne dit {own} @, son titre {level} @"
        elif self.has_levels and level:
            doubt = doubt or f"la ligne ne dit pas son niveau, le dernier titre {level} @"
        else:
            doubt = doubt or self.doubt
        if own is not None:
            shown = str(own or level or "")
            values["niveau"] = f"{shown} ?".strip() if doubt else shown
        if self.title and self.title.kind:
            values.setdefault("type", self.title.kind)
        self.lines.append((number, values | ({DOUBT: doubt} if doubt else {})))

    def _with_columns(self, cells: list[str]) -> list[dict[str, str]]:
        values = {role: cells[i] for i, role in self.columns.items() if i < len(cells)}
        values["nom"] = _BULLET.sub("", values.get("nom", ""), count=1)
        for i, cell in enumerate(cells):  # what is under no heading
            named = i < len(self.headings) and self.headings[i]
            if cell and i not in self.columns and not named:
                self._place(cell, values)
        return [_apart(values)]

    def _free(self, filled: list[str]) -> list[dict[str, str]]:
        """A line without columns: names, each with what follows it."""
        found: list[dict[str, str]] = []
        first = ""
        for cell in (_BULLET.sub("", cell, count=1) for cell in filled):
            if not found and len(filled) > 1 and _NUMBER.fullmatch(cell):
                first = cell
            elif not found or self._opens(cell, found[-1]):
                found.append({"nom": cell} | ({"département": first} if first else {}))
                first = ""
            else:
                self._place(cell, found[-1])
        if first:
            found.append({"nom": first})
        return [_apart(values) for values in found]

    def _opens(self, cell: str, before: dict[str, str]) -> bool:
        """Whether a cell is one more name of its line, rather than something about the last."""
        if "département" not in before and self._is_departement(cell):
            return False
        name = _apart({"nom": cell.partition("(")[0]})["nom"]
        return self._is_name(" ".join(words_of(name)))

    def _place(self, cell: str, values: dict[str, str]) -> None:
        """Put a cell of no known column where it belongs: an unknown text is a mention to check."""
        if "département" not in values and self._is_departement(cell):
            values["département"] = cell.strip("()")
        elif "niveau" not in values and says_level(cell) and level_of(cell):
            values["niveau"] = cell
        else:
            values["mention"] = ", ".join(filter(None, (values.get("mention", ""), cell)))

    def _is_departement(self, cell: str) -> bool:
        words = " ".join(w for w in words_of(cell) if w not in SMALL)
        return bool(_NUMBER.fullmatch(cell)) or words in self.index.departements


def _apart(values: dict[str, str]) -> dict[str, str]:
    """« 59 - Lille » and « Lille (59) »: the number is the département."""
    name = values["nom"]
    before, after = _BEFORE.fullmatch(name), _AFTER.fullmatch(name)
    if "département" not in values and before:
        return values | {"nom": before[2], "département": before[1]}
    if "département" not in values and after:
        return values | {"nom": after[1], "département": after[2]}
    return values


def read_sections(
    sheet: SourceSheet, roles: Roles, index: Index, edition: int | None
) -> Table | None:
    """The lines of a list laid out in sections; None where no title gives a level."""
    reader = _Reader(index, roles, edition)
    for number, cells in _rows(sheet, roles):
        reader.read(number, cells)
    if not reader.titles:
        return None
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
