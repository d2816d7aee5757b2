"""What a reader of the finder meets first: every postcode, and names with their département.

The finder, the search and the forms rank by the same rules; here they are asked in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from atlaas.geography.reference import Reference
from atlaas.names.index import Index
from atlaas.names.search import search
from benchmarks.palmares import Owners, key

EVERY = 10  # names of which one is asked: all of them take minutes


@dataclass
class Found:
    """A line of the table: questions, and where the place meant stands in the answers."""

    name: str
    goal: float
    rows: int = 0
    first: int = 0
    among: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, query: str, meant: set[str], answers: list[str]) -> None:
        """Count a question: any of the places meant will do."""
        self.rows += 1
        if answers and answers[0] in meant:
            self.first += 1
            return
        self.among += not meant.isdisjoint(answers)
        self.missed.append(f"{query} = {' '.join(sorted(meant))} -> {' '.join(answers[:4])}")

    @property
    def share(self) -> float:
        """The share for which a place meant is the first answer."""
        return self.first / self.rows if self.rows else 1.0


def questions(reference: Reference, owners: Owners) -> Iterator[tuple[Found, str, set[str]]]:
    """Each question with its line and the places that are right."""
    communes = [p for p in reference.places.values() if p.kind == "commune"]
    with_postcode: dict[str, set[str]] = {}
    for place in communes:
        for postcode in place.postcodes:
            with_postcode.setdefault(postcode, set()).add(place.code)
    line = Found("live postcodes", 1.0)
    for postcode in sorted(with_postcode):
        yield line, postcode, with_postcode[postcode]
    alone, told = Found("names of one place alone", 1.0), Found("names with département", 1.0)
    for place in communes[::EVERY]:
        if len(owners.of(place.name)) == 1:
            yield alone, key(place.name), {place.code}
        here = reference.departements[place.departement]
        yield told, f"{place.name} ({here.name})", {place.code}
    former = Found("former names of one place alone", 0.95)  # today's come before
    for name, _, code in list(dict.fromkeys(reference.former_names))[::EVERY]:
        if owners.of(name) == {code}:
            yield former, name, {code}


def measure(index: Index, reference: Reference, owners: Owners) -> list[Found]:
    """All lines."""
    lines: dict[str, Found] = {}
    for line, query, meant in questions(reference, owners):
        lines.setdefault(line.name, line)
        line.add(query, meant, [match.place.code for match in search(query, index)])
    return list(lines.values())


def table(lines: Iterable[Found]) -> str:
    """The lines as a table in Markdown."""
    rows = ["| | asked | first | further down | absent | share first | goal |"]
    rows.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for line in lines:
        absent = line.rows - line.first - line.among
        counts = f"{line.rows} | {line.first} | {line.among} | {absent}"
        rows.append(f"| {line.name} | {counts} | {line.share:.2%} | {line.goal:.0%} |")
    return "\n".join(rows)
