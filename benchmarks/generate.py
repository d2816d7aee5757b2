"""Seeded generator of realistic records, in a project folder of their own.

    python -m benchmarks.generate /tmp/projet --actions 20k [--seed 1]
    python -m benchmarks.generate /tmp/projet --actions official

The folder gets a copy of this project's code, content, reference and lists, and made-up
territories and actions that pass ``atlaas check``. The same size and seed always give
the same bytes. The skew is that of the real directory: one city with a quarter of all actions (at
most 5 000), one theme on a third of all, large cities first and villages of 200 last.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import shutil
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

from atlaas.text import slug
from benchmarks import corpus

ROOT = Path(__file__).resolve().parents[1]
CODE = ("mkdocs.yml", "hooks", "overrides", "content")
LISTS = ("reference", "vocabulary", "editions", "actors", "indicators", "context.yml", "LICENCE.md")
BUSIEST = 5000  # actions of the one city, at most a quarter of all
PER_TERRITORY = 10  # actions for each territory, until all communes are there
YEARS = (2005, 2025)
_TITLES = len(corpus.WHAT) * len(corpus.WHOM) * len(corpus.WHERE)
_STRIDE = 7919  # a prime that divides no number of titles: the walk meets each title once


class Place(NamedTuple):
    """A commune or an EPCI of the reference."""

    code: str
    name: str
    departement: str
    epci: str
    population: int


class Size(NamedTuple):
    """How many records."""

    actions: int
    territories: int


OFFICIAL = Size(35_000, 2_100)  # what the official directory claims


class Lists(NamedTuple):
    """What records pick their words from, as the vocabulary files give it."""

    themes: list[str]
    theme_weights: list[float]
    enjeux: list[str]
    usages: list[str]
    mentions: list[str]
    levels: list[str]
    actors: list[str]
    editions: list[int]


def number(text: str) -> int:
    """« 20k » is 20 000, « 1M » a million, « official » what the official directory claims."""
    if text == "official":
        return OFFICIAL.actions
    units = {"k": 1_000, "m": 1_000_000}
    unit = units.get(text[-1:].lower(), 0)
    return int(text[:-1]) * unit if unit else int(text)


def make_project(
    target: Path, actions: int, seed: int = 1, root: Path = ROOT, data: Path = ROOT / "data"
) -> dict[str, int]:
    """Fill ``target`` (made anew) with a whole project; how many records it holds.

    The lists and the geography are those of ``data``.
    """
    if target.exists():
        shutil.rmtree(target)
    copy_code(target, root)
    for name in LISTS:
        source = data / name
        if source.is_dir():
            shutil.copytree(source, target / "data" / name)
        elif source.exists():
            shutil.copy2(source, target / "data" / name)
    return write_records(target, actions, seed)


def copy_code(target: Path, root: Path = ROOT) -> None:
    """Copy (or refresh) the code, the templates and the hand-written pages."""
    for name in CODE:
        source = root / name
        if source.is_dir():
            shutil.rmtree(target / name, ignore_errors=True)
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
    (target / "data").mkdir(exist_ok=True)


def write_records(target: Path, actions: int, seed: int) -> dict[str, int]:
    """Write the territories and actions below ``target``/data."""
    communes, groups = _reference(target / "data" / "reference")
    lists = _lists(target / "data")
    random = Random(f"atlaas-{seed}-{actions}")
    places = _places(communes, actions, random)
    shares = _shares(places, actions, random)
    epcis = sorted({p.epci for p in places if p.epci}) if len(places) > 200 else []
    for place in places:
        _write(target, _territory_path(place), _territory(place, lists, random))
    for code in epcis[:: 10 if len(places) < 10_000 else 1]:
        _write(target, _territory_path(groups[code]), _territory(groups[code], lists, random))
    written = 0
    for place, count in zip(places, shares, strict=True):
        if count:
            written += _write_actions(target, place, count, lists, random)
    return {"territories": len(places), "actions": written}


def _lists(data: Path) -> Lists:
    def ids(name: str) -> list[str]:
        terms = yaml.safe_load((data / "vocabulary" / f"{name}.yml").read_text(encoding="utf-8"))
        return [term["id"] for term in terms]

    themes = ids("themes")
    # The first theme is on a third of all actions; the others share the rest, unevenly.
    weights = [1 / (rank + 2) for rank in range(len(themes) - 1)]
    first = sum(weights) / 2
    return Lists(
        themes,
        list(accumulate([first, *weights])),
        ids("enjeux"),
        ids("usages"),
        ids("mentions"),
        ids("membership-levels"),
        sorted(path.stem for path in (data / "actors").glob("*.yml")),
        sorted(int(path.stem) for path in (data / "editions").glob("*.yml")),
    )


def _reference(folder: Path) -> tuple[list[Place], dict[str, Place]]:
    """The communes, largest first, and the EPCI by code."""
    with gzip.open(folder / "communes.csv.gz", "rt", encoding="utf-8", newline="") as file:
        communes = [
            Place(r["insee"], r["nom"], r["dep"], r["epci_siren"], int(r["population"] or 0))
            for r in csv.DictReader(file)
        ]
    communes.sort(key=lambda place: (-place.population, place.code))
    with (folder / "epci.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return communes, {row[0]: Place(row[0], row[1], row[4], "", 0) for row in rows}


def _places(communes: list[Place], actions: int, random: Random) -> list[Place]:
    """Communes: the largest fifth by population, the others drawn among all."""
    count = min(len(communes), max(2, actions // PER_TERRITORY))
    if actions == OFFICIAL.actions:
        count = min(len(communes), OFFICIAL.territories)
    if actions >= 100_000:
        count = len(communes)
    large = communes[: max(1, count // 5)]
    drawn = random.sample(communes[len(large) :], count - len(large))
    return [*large, *sorted(drawn, key=lambda p: (-p.population, p.code))]


def _shares(places: list[Place], actions: int, random: Random) -> list[int]:
    """How many actions each place has: the first the most, the others by population."""
    busiest = min(BUSIEST, actions // 4)
    rest = [(p.population + 400) ** 0.6 for p in places[1:]]
    scale = (actions - busiest) / sum(rest)
    counts = [busiest]
    carried = 0.0
    for weight in rest:  # rounding is carried on, so that the sum is exact
        carried += weight * scale
        whole = int(carried + random.random() * 0.5)
        whole = min(whole, _TITLES)
        counts.append(whole)
        carried -= whole
    counts[1] += actions - sum(counts)
    return counts


def _folder(place: Place) -> str:
    return f"{place.code}-{slug(place.name)}"


def _territory_path(place: Place) -> str:
    return f"data/territories/{place.departement}/{_folder(place)}.yml"


def _write(target: Path, path: str, text: str) -> None:
    full = f"{target}/{path}"
    folder = full.rpartition("/")[0]
    if not os.path.isdir(folder):
        os.makedirs(folder)
    with open(full, "wb", buffering=0) as file:
        file.write(text.encode())


def _territory(place: Place, lists: Lists, random: Random) -> str:
    name = slug(place.name)
    lines = [f'code: "{place.code}"']
    if random.random() < 0.2:
        lines.append(f"website: https://www.exemple.org/{name}/")
    if random.random() < 0.3:
        lines += [
            "memberships:",
            f"  - level: {random.choice(lists.levels)}",
            f"    since: {random.randint(*YEARS)}",
            "    sources:",
            f"      - url: https://www.exemple.org/adhesions/{place.code}",
        ]
    if random.random() < 0.6:
        first = random.randrange(len(lists.editions))
        lines.append("labels:")
        level = random.randint(1, 4)
        for edition in lists.editions[first : first + random.randint(1, 6)]:
            level = min(5, level + (random.random() < 0.3))
            lines += [f"  - edition: {edition}", f"    level: {level}"]
            if random.random() < 0.2:
                lines += ["    mentions:", f"      - {random.choice(lists.mentions)}"]
            lines += [
                "    sources:",
                f"      - url: https://www.exemple.org/palmares/{edition}/",
                f"        date: {edition}",
            ]
            if random.random() < 0.05:
                lines.append("    doubt: niveau déduit d'un article de presse")
    if random.random() < 0.15:
        lines += [
            "services:",
            f"  - usage: {random.choice(lists.usages)}",
            f"    title: {random.choice(corpus.SERVICES)}",
            f"    url: https://www.exemple.org/{name}/services/",
        ]
    return "\n".join(lines) + "\n"


def _write_actions(target: Path, place: Place, count: int, lists: Lists, random: Random) -> int:
    folder = f"data/actions/{place.departement}/{_folder(place)}"
    for stem, text in actions_of(place, count, lists, random):
        _write(target, f"{folder}/{stem}.md", text)
    return count


def actions_of(place: Place, count: int, lists: Lists, random: Random) -> Iterator[tuple[str, str]]:
    """(file name without its ending, text) of the actions of a place, each title once."""
    start = random.randrange(_TITLES)
    choice, chance = random.choice, random.random
    for index in range(count):
        rank = (start + index * _STRIDE) % _TITLES
        rank, where = divmod(rank, len(corpus.WHERE))
        what, whom = divmod(rank, len(corpus.WHOM))
        title = f"{corpus.WHAT[what]} {corpus.WHOM[whom]} {corpus.WHERE[where]}"
        stem = slug(title)
        year = random.randint(*YEARS)
        themes = random.choices(
            lists.themes, cum_weights=lists.theme_weights, k=1 + (chance() < 0.35)
        )
        lines = ["---", f"title: {title}", f'territory: "{place.code}"']
        if place.epci and chance() < 0.04:
            lines += ["partners:", f'  - "{place.epci}"']
        if lists.actors and chance() < 0.02:
            lines += ["actors:", f"  - {choice(lists.actors)}"]
        lines.append("themes:")
        lines += [f"  - {theme}" for theme in dict.fromkeys(themes)]
        lines += ["enjeux:", f"  - {choice(lists.enjeux)}"]
        if chance() < 0.4:
            lines += ["usages:", f"  - {choice(lists.usages)}"]
        status = random.choices(("en-cours", "realisee", "arretee", ""), (50, 30, 3, 17))[0]
        if status:
            lines.append(f"status: {status}")
        lines.append(f"started: {year}" if chance() < 0.7 else f"started: {year}-0{1 + index % 9}")
        if chance() < 0.15:
            lines += recipe(year, random)
        if status == "arretee":
            lines.append(f"lessons: {choice(corpus.LESSONS)}")
        lines.append("sources:")
        if chance() < 0.85:
            lines.append(f"  - url: https://www.exemple.org/actualites/{place.code}/{stem}")
            lines.append(f"    seen: {random.randint(year + 1, 2026)}-01-{1 + index % 28:02d}")
        else:
            lines += [
                f"  - publisher: {choice(corpus.PUBLISHERS)}",
                f"    title: {title}",
                f"    date: {year}",
            ]
        if chance() < 0.1:
            lines.append("doubt: domaine déduit du contenu")
        lines += ["---", "", story(place, stem, year, random), ""]
        yield stem, "\n".join(lines)


def recipe(year: int, random: Random) -> list[str]:
    """What makes an action copyable: for whom, cost, tools, duration, results."""
    return [
        "audience:",
        f"  - {random.choice(corpus.AUDIENCES)}",
        "cost:",
        f"  amount: {random.randint(2, 90)}000",
        "  period: total",
        f"  date: {year}",
        "tools:",
        f"  - {random.choice(corpus.TOOLS)}",
        f"duration: {random.randint(2, 18)} mois",
        "results:",
        f"  - text: {random.randint(20, 900)} personnes accompagnées",
        f"    date: {min(year + 1, 2026)}",
    ]


def story(place: Place, stem: str, year: int, random: Random) -> str:
    """150 to 250 words in paragraphs, with a list and a link."""
    words = {"place": place.name, "year": year, "n": random.randint(3, 90)}
    words["link"] = (
        f"[{random.choice(corpus.LINK_TEXTS)}](https://www.exemple.org/{place.code}/{stem}/)"
    )
    middles = random.sample(corpus.MIDDLES, random.randint(4, 6))
    first = f"{random.choice(corpus.OPENINGS)} {middles[0]}"
    items = "\n".join(f"- {item}" for item in random.sample(corpus.ITEMS, 4))
    close = random.choice(corpus.CLOSINGS)
    head, tail = middles[1:3], middles[3:]
    text = f"{first}\n\n{' '.join(head)}\n\n{items}\n\n{' '.join(tail)}\n\n{close}"
    return text.format(**words)


def main() -> None:
    """Make one project from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", type=Path)
    parser.add_argument("--actions", type=number, default=20_000, help="1k, 20k, 1M, official")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(make_project(given.target, given.actions, given.seed))


if __name__ == "__main__":
    main()
