"""The table tests/shared/grammar.json in the browser, and the typography of what scripts show."""

from __future__ import annotations

import json
from pathlib import Path

from support import Open

TABLE = json.loads((Path(__file__).parents[1] / "shared" / "grammar.json").read_text("utf-8"))


def test_the_browser_writes_as_python_does(visit: Open) -> None:
    with visit() as visited:
        found = visited.go("").evaluate(
            """({ places, plurals, typography }) => ({
              places: places.map(([name, tncc, , , , area]) => [
                atlaasWords.the(name, tncc), atlaasWords.of(name, tncc),
                atlaasWords.at(name, tncc, Boolean(area))]),
              plurals: plurals.map(([count, one, many]) =>
                atlaasWords.plural(count, one, many ?? undefined)),
              typography: typography.map(([text]) => atlaasWords.typeset(text)),
            })""",
            TABLE,
        )
    assert found["places"] == [case[2:5] for case in TABLE["places"]]
    assert found["plurals"] == [case[3] for case in TABLE["plurals"]]
    assert found["typography"] == [case[1] for case in TABLE["typography"]]


def test_the_browser_understands_what_is_typed_as_python_does(visit: Open) -> None:
    table = json.loads((Path(__file__).parents[1] / "shared" / "typed.json").read_text("utf-8"))
    with visit() as visited:
        found = visited.go("").evaluate(
            """({ dates, numbers }) => [
              dates.map(([typed]) => [atlaasWords.dateTyped(typed),
                atlaasWords.dateRead(atlaasWords.dateTyped(typed))]),
              numbers.map(([typed]) => [atlaasWords.numberTyped(typed),
                atlaasWords.numberRead(atlaasWords.numberTyped(typed))]),
            ]""",
            table,
        )
    assert found == [[case[1:] for case in table[name]] for name in ("dates", "numbers")]


def test_what_a_script_shows_is_set(visit: Open) -> None:
    with visit() as visited:
        shown = visited.go("").evaluate(
            """async () => {
              const box = document.getElementById("finder-status");
              for (const tag of ["b", "code"]) {
                const element = document.createElement(tag);
                element.textContent = "l'eau : 3 %";
                box.append(element);
              }
              await new Promise((done) => setTimeout(done));
              return box.innerHTML;
            }"""
        )
    assert shown == ("<b>l’eau&nbsp;: 3\u202f%</b><code>l'eau : 3 %</code>")
