"""What becomes of names as people write them: ``python -m benchmarks.names`` (`make bench` too).

    python -m benchmarks.names [--reference PROJECT] [--seed 1] [--report FILE] [--write]

Every name of France goes through the resolver: as La Poste writes it, with its article last, as it
was before a merger, cut as people cut it; and a made palmarès of 331 lines through the import that
people use. A territory that is settled is right where it is the one meant, wrong otherwise,
without exception: whoever is larger, a name that several places carry is to be asked. Such names
(« shared ») are counted apart, since the share to settle is of the others. ``--write`` writes
benchmarks/NAMES.md, ``--report`` all that was not settled right.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.geography.reference import NATURES, Place, Reference
from atlaas.imports import palmares as imports
from atlaas.imports.decisions import Row
from atlaas.imports.placing import departement_of
from atlaas.names.resolve import resolve
from atlaas.project import Project
from benchmarks import finding, palmares
from benchmarks.finding import Found
from benchmarks.palmares import EDITION, Entry, Owners, key
from benchmarks.run import commit

ROOT = Path(__file__).resolve().parents[1]
WITH, WITHOUT, FIRST = 0.94, 0.85, 0.9  # goals: shares settled, and the true one first of asked
FEW = 5  # questions of which no share is to be reckoned
TOWN = 10_000  # inhabitants from which people cut a name
_ARTICLE = re.compile(r"(Le |La |Les |L'|Los |Las )(.+)")
_PART = re.compile(r"\d(er|e) Arrondissement$")


class Case(NamedTuple):
    """What is written, and the territory that is meant; nothing is where it is to be asked."""

    written: str
    departement: str
    meant: str
    shared: bool  # another place carries the name too, today or formerly
    part: bool = False  # of a whole: never to be settled


@dataclass
class Line:
    """A line of the table."""

    name: str
    goal: float | None = None
    rows: int = 0
    shared: int = 0
    counts: dict[str, int] = field(default_factory=dict)  # of all rows, by outcome
    clear: dict[str, int] = field(default_factory=dict)  # of the names that one place carries
    seen: list[tuple[str, str]] = field(default_factory=list)  # what went wrong: outcome, words

    def add(self, case: Case, settled: str | None, candidates: list[str]) -> None:
        """Count what became of a case."""
        outcome = _outcome(case, settled, candidates)
        self.rows += 1
        self.shared += case.shared
        for counts in (self.counts,) if case.shared else (self.counts, self.clear):
            counts[outcome] = counts.get(outcome, 0) + 1
        if outcome != "right":
            said = settled or " ".join(candidates) or "nothing"
            where = f" ; {case.departement}" if case.departement else ""
            mark = " (shared)" if case.shared else ""
            self.seen.append((outcome, f"{case.written}{where} = {case.meant}{mark} -> {said}"))

    @property
    def settled(self) -> float:
        """The share settled right of the names that one place carries."""
        return _share(self.clear.get("right", 0), sum(self.clear.values()))

    @property
    def asked(self) -> int:
        """How many of these were asked."""
        return sum(self.clear.get(outcome, 0) for outcome in ("first", "among", "absent"))

    @property
    def first(self) -> float:
        """The share of these asked for which the true one stands first."""
        return _share(self.clear.get("first", 0), self.asked)

    @property
    def wrong(self) -> int:
        """How many were settled wrong."""
        return self.counts.get("wrong", 0)

    @property
    def misses(self) -> list[str]:
        """The goals that are not held."""
        goals = {
            "settled wrong": not self.wrong,
            "settled": self.settled >= (self.goal or 0),
            "first": self.goal is None or self.first >= FIRST or self.asked < FEW,
        }
        return [goal for goal, held in goals.items() if not held]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _outcome(case: Case, settled: str | None, candidates: list[str]) -> str:
    if settled:
        return "right" if settled == case.meant and not case.part else "wrong"
    if candidates[:1] == [case.meant]:
        return "first"
    return "among" if case.meant in candidates else "absent"


# ------------------------------------------------------------------------------------ the cases


def _article_last(name: str) -> str:
    """ABYMES (LES), HAY LES ROSES (L'): as INSEE files its lists; empty without an article."""
    found = _ARTICLE.fullmatch(name)
    return f"{key(found[2])} ({found[1].strip().upper()})" if found else ""


def _written_out(place: Place) -> str:
    """Communauté de communes du Pays de Barr, for « CC du Pays de Barr »."""
    nature, _, rest = place.name.partition(" ")
    return f"{NATURES[nature].capitalize()} {rest}" if nature in NATURES else place.name


def _short_names(communes: list[Place], owners: Owners, here: bool) -> Iterator[Case]:
    """Charleville, Évry, Marcq: what people say for a town, and a smaller place may carry.

    The town meant is the largest whose name begins so, and twice as large as who carries it.
    """
    named: dict[tuple[str, str], int] = {}
    for place in communes:
        start = key(place.name), place.departement if here else ""
        named[start] = max(named.get(start, 0), place.population)
    seen = set()
    for place in communes:
        short = palmares.short_name(place.name) if place.population >= TOWN else ""
        start = key(short), place.departement if here else ""
        meant = owners.largest(short, start[1]) if short and start not in seen else None
        seen.add(start)
        if meant and meant.population >= 2 * named.get(start, 0) and key(meant.name) != start[0]:
            yield Case(short, start[1], meant.code, shared=False)


def cases(reference: Reference, owners: Owners) -> Iterator[tuple[Line, list[Case]]]:
    """The lines of the table that are names, each with its cases."""
    communes = [p for p in reference.places.values() if p.kind == "commune"]
    formers = [row for row in dict.fromkeys(reference.former_names) if not _PART.search(row[0])]
    parts = [row for row in dict.fromkeys(reference.former_names) if _PART.search(row[0])]
    for where, goal in (("with département", WITH), ("without", WITHOUT)):

        def case(name: str, departement: str, code: str, written: str, here: bool) -> Case:
            home = departement if here else ""
            shared = owners.shares(name, home, code)
            return Case(written, home, code, shared, bool(_PART.search(name)))

        here = where == "with département"
        names = [(p.name, p.departement, p.code) for p in communes]
        yield (
            Line(f"as La Poste writes, {where}", goal),
            [case(*row, key(row[0]), here) for row in names],
        )
        yield (
            Line(f"article last, {where}", goal),
            [case(*row, last, here) for row in names if (last := _article_last(row[0]))],
        )
        yield (Line(f"former names, {where}", goal), [case(*row, row[0], here) for row in formers])
        yield Line(f"arrondissements, {where}"), [case(*row, row[0], here) for row in parts]
        yield Line(f"short names of towns, {where}", 0), list(_short_names(communes, owners, here))
        yield (
            Line(f"intercommunalités, {where}", goal),
            [
                case(p.name, p.departement, p.code, _written_out(p), here)
                for p in reference.places.except_communes()
                if p.kind == "epci"
            ],
        )


def by_resolver(space: Workspace, line: Line, rows: Iterable[Case]) -> Line:
    """Put each case through the resolver."""
    for case in rows:
        found = resolve(
            case.written, index=space.index, departement=case.departement or None, kind=None
        )
        line.add(case, found.code, [c.code for c in found.candidates])
    return line


def by_import(space: Workspace, owners: Owners, seed: int, size: int) -> Iterator[Line]:
    """Put the made palmarès through the import, in its three layouts."""
    entries = palmares.make(space.reference, seed, size)
    for name, goal, (text, places) in (
        ("palmarès, CSV", WITH, palmares.as_csv(entries)),
        ("palmarès, sections", WITH, palmares.as_sections(entries)),
        ("palmarès, without département", WITHOUT, palmares.as_csv(entries, False)),
    ):
        line = Line(name, goal)
        table = imports.read(text.encode(), space, EDITION, imports.wanted(EDITION, {}))
        plan = imports.plan(space, table, EDITION, {"url": "https://exemple.org/palmares"})
        rows = {row.number: row for row in plan.rows}
        for number, entry in places.items():
            home = "" if name.endswith("without département") else entry.departement
            case = _palmares_case(entry, home, owners, space.name(entry.code))
            line.add(case, *_answer(rows.get(number), space))
        yield line


def _palmares_case(entry: Entry, home: str, owners: Owners, name: str) -> Case:
    """A name that is misspelt may mean all that it may well spelled."""
    meant = name if entry.how == "misspelt" else entry.written
    shared = owners.shares(meant, home, entry.code)
    how = f" [{entry.how}]" if entry.how else ""
    return Case(f"{entry.written}{how}", home, entry.code, shared)


def _answer(row: Row | None, space: Workspace) -> tuple[str | None, list[str]]:
    """What the import made of a line: its code, or the codes of its candidates.

    Where it asks something else first (« Oise (60) » may be a title), those of its name.
    """
    if row is None:
        return None, []
    if row.state == "réglée":
        return row.code, []
    if row.question and row.question.about != "territoire":
        home = departement_of(row.values.get("département", ""), space)
        found = resolve(row.values.get("nom", ""), index=space.index, departement=home)
        return None, [candidate.code for candidate in found.candidates]
    return None, [words.split()[0] for words in row.candidates if words]


# ------------------------------------------------------------------------------------ the report

INTRO = f"""# Names

Written by `make bench` (benchmarks/names.py): not edited by hand. « shared »: names that another
place carries too, today or formerly, or with which that of a larger one begins (Charleville), in
the département or in France. To settle one of them for another is wrong whoever is larger, and
the shares are of the other names. Goals: none settled wrong;
{WITH:.0%} settled with a département, {WITHOUT:.0%} without; of those asked, the true one first
for {FIRST:.0%}.
"""
FOUND = "What answers first where people search: the finder, the forms, the search."
HEADINGS = (
    *("", "rows", "shared", "settled right", "asked: first", "among", "absent", "settled wrong"),
    *("settled, of not shared", "first, of these asked", "missed"),
)


def table(lines: Iterable[Line]) -> str:
    """The lines as a table in Markdown."""
    shown = [HEADINGS, ("---", *["---:"] * (len(HEADINGS) - 2), "---")]
    for line in lines:
        counts = [line.counts.get(o, 0) for o in ("right", "first", "among", "absent", "wrong")]
        settled = f"{line.settled:.1%}" if line.goal else ""
        shares = (settled, "" if line.goal is None else f"{line.first:.1%}")
        missed = ", ".join(line.misses) or "none"
        shown.append((line.name, *map(str, (line.rows, line.shared, *counts)), *shares, missed))
    return "\n".join(f"| {' | '.join(row)} |" for row in shown)


def confusions(lines: Iterable[Line]) -> str:
    """What was not settled right, line by line, the worst first."""
    parts = []
    for line in lines:
        for outcome in ("wrong", "absent", "among", "first"):
            found = [words for what, words in line.seen if what == outcome]
            parts.append(f"== {line.name}: {outcome}, {len(found)}\n" + "\n".join(found))
    return "\n".join(parts) + "\n"


def measure(
    project: Path, seed: int = 1, size: int = palmares.SIZE
) -> tuple[list[Line], list[Found]]:
    """All lines, on the reference and the vocabularies of a project, and none of its records."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data").mkdir()
        for name in ("reference", "vocabulary"):  # of words, the names in use
            (root / "data" / name).symlink_to(project.resolve() / "data" / name)
        space = open_workspace(Project(root))
        owners = Owners(space.reference)
        lines = [by_resolver(space, *part) for part in cases(space.reference, owners)]
        lines += by_import(space, owners, seed, size)
        return lines, finding.measure(space.index, space.reference, owners)


def main() -> None:
    """Measure, print, and write what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reference", type=Path, default=ROOT, help="a project (this one)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--write", action="store_true", help="benchmarks/NAMES.md")
    given = parser.parse_args()
    start = time.perf_counter()
    lines, found = measure(given.reference, given.seed)
    tables = f"{table(lines)}\n\n{FOUND}\n\n{finding.table(found)}\n"
    print(tables)
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)
    if given.write:
        words = f"Commit {commit(ROOT)}, {time.strftime('%Y-%m-%d', time.gmtime())}."
        (ROOT / "benchmarks" / "NAMES.md").write_text(f"{INTRO}\n{words}\n\n{tables}", "utf-8")
    if given.report:
        missed = [f"== {line.name}: not first\n" + "\n".join(line.missed) for line in found]
        given.report.write_text(confusions(lines) + "\n".join(missed), encoding="utf-8")


if __name__ == "__main__":
    main()
