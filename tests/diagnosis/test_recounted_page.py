"""What a diagnosis counts on its page alone, next to its files: counted again from the records."""

from __future__ import annotations

import re
from typing import Any

from diagnosis.recount import Recount, newest_edition, vocabulary
from support import Html, Small, plain

Area = tuple[str, Recount]


def _used(again: Recount, key: str) -> set[str]:
    used = {id_ for action in again.actions for id_ in action.get(key, ())}
    if key == "usages":
        services = [s for data in again.territories.values() for s in data.get("services", ())]
        used |= {service["usage"] for service in services}
    return used


def test_what_no_action_is_known_of(area: Area, sample: Small) -> None:
    url, again = area
    shown = Html(sample.html(url)).section("Sans action connue").split(" | ")
    for key, name in (("themes", "Thèmes"), ("usages", "Usages")):
        terms = vocabulary(key)
        silent = [plain(label) for id_, label in terms.items() if id_ not in _used(again, key)]
        line = f"{name} ({len(silent)}) : {', '.join(silent)}."
        assert (line in shown) == bool(silent), line


def test_how_much_of_the_newest_edition_is_known(area: Area, sample: Small) -> None:
    """Labels of it known in the whole of France, next to the published total."""
    url, _ = area
    _, known, total = newest_edition()
    words = f"{known} label{'s' * (known > 1)} connu{'s' * (known > 1)}"
    words += (
        f" sur {total:,} collectivités labellisées".replace(",", " ")
        if total
        else ", total non connu"
    )
    assert f"({words} en France)" in sample.text(url)


def test_objective_against_existing(area: Area, sample: Small) -> None:
    """A line a figure; its number stands under its nature, and the other two cells are empty."""
    url, again = area
    lines: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = {}
    for code, data in again.territories.items():
        for figure in data.get("indicators", ()):
            key = (code, figure.get("programme", ""), figure["label"] + figure["unit"])
            newest = lines.setdefault(key, {}).get(figure["nature"], {"date": ""})
            if figure.get("date", "") >= newest.get("date", ""):
                lines[key][figure["nature"]] = figure
    assert lines, "nothing to count"
    tags = Html(sample.html(url)).tags
    cells = {
        nature: [t.text for t in tags if t.attributes.get("data-label") == nature.capitalize()]
        for nature in ("objectif", "existant", "contexte")
    }
    for nature, found in cells.items():
        expected = [natures.get(nature) for natures in lines.values()]
        assert len(found) == len(expected)
        numbers = [re.sub(r"\D", "", text.partition("(")[0]) for text in found]
        values = [re.sub(r"\D", "", figure["value"]) if figure else "" for figure in expected]
        assert sorted(numbers) == sorted(values), nature
        dates = sorted(figure["date"] for figure in expected if figure and "date" in figure)
        assert sorted(re.findall(r"(\d{4})\)", " ".join(found))) == [d[:4] for d in dates], nature


def test_newest_and_oldest_actions(area: Area, sample: Small) -> None:
    """Five at most of each. The oldest are those that nobody has said to be done or stopped."""
    url, again = area
    dated = [action for action in again.actions if action.get("started")]
    still = [a for a in dated if a.get("status", "en-cours") in ("en-cours", "prevue")]
    text = sample.html(url)
    part = text[text.index('id="actions"') : text.index('id="connaissance"')]
    newest, _, oldest = part.partition("<h3>Les plus anciennes")
    for shown, pool, back in ((newest, dated, True), (oldest, still, False)):
        ids = set(re.findall(r'href="[./]*/actions/([^"/]+/[^"/]+)/"', shown))
        expected = sorted((action["started"] for action in pool), reverse=back)[:5]
        assert sorted((a["started"] for a in pool if a["id"] in ids), reverse=back) == expected
        assert len(ids) == len(expected)


def test_the_map_has_a_mark_a_commune(area: Area, sample: Small) -> None:
    """A square for a label, a circle without; each says its number of actions."""
    url, again = area
    page = Html(sample.html(url))
    marks = [t for t in page.tags if t.attributes.get("class", "").split()[:1] == ["mark"]]
    squares = [mark for mark in marks if mark.name == "rect"]
    assert len(squares) == len(again.labelled())
    assert len(marks) == len(again.recorded())
    counts = [int(n) for m in marks for n in re.findall(r"(\d+) actions?\b", m.text)]
    mine = [action["territory"] for action in again.actions]
    assert sorted(counts) == sorted(mine.count(code) for code in again.acting())


def test_services_and_doubts_are_all_told(area: Area, sample: Small) -> None:
    """The page lists twelve of each and says how many more there are."""
    url, again = area
    doubts = sum("doubt" in action for action in again.actions)
    services = 0
    for data in again.territories.values():
        services += len(data.get("services", ()))
        parts = [*data.get("labels", ()), *data.get("memberships", ()), *data.get("indicators", ())]
        doubts += sum("doubt" in item for item in [data, *parts])
    headings = [tag.text for tag in Html(sample.html(url)).all("h3")]
    assert (f"À vérifier ({doubts})" in headings) == bool(doubts)
    listed = re.findall(r'href="[^"]*#services"', sample.html(url))
    assert len(listed) == min(services, 12)


def test_big_numbers_and_totals_of_lines(area: Area, sample: Small) -> None:
    """An action with two themes stands twice in its line, and counts once in its total."""
    url, again = area
    page = Html(sample.html(url))
    big = page.one("ul", **{"class": "counts"}).text
    carriers = {action["territory"] for action in again.actions}
    present = len(set(again.territories) | carriers)
    assert big.startswith(f"{len(again.communes)} communes ")
    assert f" {again.population:,} habitants ".replace(",", " ") in big
    assert f" {present} territoires dans l'Atlaas " in big
    assert big.endswith(f" {len(again.actions)} actions connues")
    totals = [t.text for t in page.all("td") if t.attributes.get("data-label") == "Actions"]
    mine = [action["territory"] for action in again.actions if action.get("themes")]
    assert sorted(totals) == sorted(str(mine.count(code)) for code in set(mine))
