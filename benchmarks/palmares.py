"""A made palmarès: real names, a tenth of them written as people miswrite them.

Nothing is taken from the records. Sizes are drawn as those of towns that hold labels; some
intercommunalités and départements are among them, and names that several communes carry. The
same seed and reference give the same list.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from atlaas.geography.reference import Place, Reference
from atlaas.text import fold

SIZE = 331
EDITION = 2026
EPCI, DEPARTEMENTS, HOMONYMS, MISWRITTEN = 0.06, 0.01, 0.05, 0.1  # shares of the list
# Inhabitants below which a class ends -> its share of communes with a label (of 165 counted).
CLASSES = {500: 9, 1_000: 5, 2_000: 7, 5_000: 15, 10_000: 24, 20_000: 28, 50_000: 51} | {
    100_000: 13,
    10**9: 13,
}
_JOINT = re.compile(
    r"[- ](?:sur|sous|en|lès|lez|les|le|la|de|du|des|d'|l'|aux?|et)\b[- ']?.*", re.I
)
SHORTER = (("Sainte-", "Ste "), ("Saint-", "St "), ("-sur-", "/"), ("-sous-", " ss "))


class Entry(NamedTuple):
    """A line of the list: the territory that is meant, and what is written."""

    code: str
    written: str
    departement: str
    level: int
    how: str = ""  # it is miswritten: misspelt, abbreviated, cut, old


def key(name: str) -> str:
    """A name in capitals without accents, as La Poste writes it: L ABERGEMENT, ST OUEN."""
    plain = re.sub(r"[-'’ ]+", " ", fold(name)).upper().strip()
    return re.sub(r"\bSAINT(E?)\b", r"ST\1", plain)


class Owners:
    """Who carries a name, today or formerly, and whose begins so: in France, in a département."""

    def __init__(self, reference: Reference) -> None:
        self._codes: dict[tuple[str, str], set[str]] = {}
        self._begins: dict[tuple[str, str], Place] = {}
        for code in reference.places:
            place = reference.places[code]
            self._add(place.name, place.departement, code)
            if place.kind == "commune":
                self._begin(place)
        for name, departement, code in reference.former_names:
            self._add(name, departement, code)

    def _add(self, name: str, departement: str, code: str) -> None:
        for where in (departement, ""):
            self._codes.setdefault((key(name), where), set()).add(code)

    def _begin(self, place: Place) -> None:
        words = key(place.name).split()
        for count in range(1, len(words) + 1):
            for where in (place.departement, ""):
                start = " ".join(words[:count]), where
                known = self._begins.get(start)
                if known is None or place.population > known.population:
                    self._begins[start] = place

    def of(self, name: str, departement: str = "") -> set[str]:
        """The codes of today that a name may mean."""
        return self._codes.get((key(name), departement), set())

    def largest(self, name: str, departement: str = "") -> Place | None:
        """The largest commune whose name begins so, or is so."""
        return self._begins.get((key(name), departement))

    def shares(self, name: str, departement: str, code: str) -> bool:
        """Whether a name may mean another place: who carries it too, or a larger one, cut."""
        largest = self.largest(name, departement)
        return len(self.of(name, departement) | {code}) > 1 or (
            largest is not None and largest.code != code
        )


def make(reference: Reference, seed: int = 1, size: int = SIZE) -> list[Entry]:
    """The lines, in an order that says nothing."""
    dice = random.Random(seed)
    owners = Owners(reference)
    communes = [p for p in reference.places.values() if p.kind == "commune"]
    others = list(reference.places.except_communes())
    drawn = _drawn([p for p in others if p.kind == "epci"], size * EPCI, dice)
    drawn += _drawn([p for p in others if p.kind == "departement"], size * DEPARTEMENTS, dice)
    shared = [p for p in communes if len(owners.of(p.name)) > 1]
    drawn += _by_size(shared, round(size * HOMONYMS), dice)
    taken = {p.code for p in drawn}
    free = [p for p in communes if p.code not in taken]
    drawn += _by_size(free, size - len(drawn), dice)
    dice.shuffle(drawn)
    entries = [Entry(p.code, p.name, p.departement, dice.randint(1, 5)) for p in drawn]
    for number, entry in enumerate(_miswritten(drawn, reference, owners, dice, size)):
        entries[-1 - number] = entry
    dice.shuffle(entries)
    return entries


def _drawn(places: list[Place], count: float, dice: random.Random) -> list[Place]:
    return dice.sample(places, min(round(count), len(places)))


def _by_size(places: list[Place], count: int, dice: random.Random) -> list[Place]:
    """So many communes, each class of population with its share where there are enough."""
    classes: dict[int, list[Place]] = {top: [] for top in CLASSES}
    for place in places:
        classes[next(top for top in CLASSES if place.population < top)].append(place)
    found: list[Place] = []
    for top, share in CLASSES.items():
        found += _drawn(classes[top], count * share / sum(CLASSES.values()), dice)
    have = set(found)
    found += _drawn([p for p in places if p not in have], max(0, count - len(found)), dice)
    return found[:count]


# ------------------------------------------------------------------------ what people miswrite


def _miswritten(
    drawn: list[Place], reference: Reference, owners: Owners, dice: random.Random, size: int
) -> Iterator[Entry]:
    """What stands in place of the last tenth: each kind in turn, of communes drawn by size."""
    taken = {place.code for place in drawn}
    communes = [p for p in reference.places.values() if p.kind == "commune"]
    pool = _by_size([p for p in communes if p.code not in taken], 40 * size, dice)
    dice.shuffle(pool)
    former: dict[str, list[str]] = {}
    for name, _, code in reference.former_names:
        if "Arrondissement" not in name and key(name) != key(reference.places[code].name):
            former.setdefault(code, []).append(name)
    kinds: tuple[tuple[str, Callable[[Place], str]], ...] = (
        ("misspelt", lambda place: _misspelt(place, owners, dice)),
        ("abbreviated", _abbreviated),
        ("cut", lambda place: _cut(place, owners, reference)),
        ("old", lambda place: dice.choice(former.get(place.code, [""]))),
    )
    for number in range(round(size * MISWRITTEN)):
        how, write = kinds[number % len(kinds)]
        for place in pool:
            written = write(place)
            if written:
                pool.remove(place)
                yield Entry(place.code, written, place.departement, dice.randint(1, 5), how)
                break


def _misspelt(place: Place, owners: Owners, dice: random.Random) -> str:
    """One letter left out, doubled, replaced, or changed places with the next."""
    name = place.name
    at = dice.randrange(1, max(2, len(name) - 1))
    if len(name) < 6 or not name[at : at + 2].isalpha() or not name[at - 1].isalpha():
        return ""
    letter = dice.choice(
        ["", name[at] * 2, dice.choice("aeinorst"), name[at + 1 : at + 2] + name[at]]
    )
    skip = 2 if len(letter) == 2 and letter[0] != letter[1] else 1
    wrong = name[:at] + letter + name[at + skip :]
    return "" if key(wrong) == key(name) or owners.of(wrong) else wrong


def _abbreviated(place: Place) -> str:
    """SAINT-DENIS-SUR-LOIRE -> ST DENIS/LOIRE; nothing where nothing is to be shortened."""
    short = place.name
    for long, shorter in SHORTER:
        short = short.replace(long, shorter)
    return "" if short == place.name else fold(short).upper()


def short_name(name: str) -> str:
    """Marcq for Marcq-en-Barœul, Charleville for Charleville-Mézières; empty where none is."""
    short = _JOINT.sub("", name, count=1)
    if short == name and "-" in name:
        short = name.partition("-")[0]
    return "" if short == name or len(short) < 4 or fold(short) in ("saint", "sainte") else short


def _cut(place: Place, owners: Owners, reference: Reference) -> str:
    """A short name; nobody cuts a name down to that of a larger place, or near a larger one."""
    short = short_name(place.name)
    if not short or owners.largest(short, place.departement) != place:
        return ""
    rivals = [reference.places[code].population for code in owners.of(short)]
    return "" if max(rivals, default=0) >= place.population else short


# ------------------------------------------------------------------------------ how it is laid out


def as_csv(entries: Iterable[Entry], with_departement: bool = True) -> tuple[str, dict[int, Entry]]:
    """A table with headings, and the entry that stands on each line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["Collectivité", *(["Département"] if with_departement else []), "Niveau"])
    places = {}
    for number, entry in enumerate(entries, 2):
        writer.writerow(
            [entry.written, *([entry.departement] if with_departement else []), entry.level]
        )
        places[number] = entry
    return out.getvalue(), places


def as_sections(entries: Iterable[Entry]) -> tuple[str, dict[int, Entry]]:
    """A title for each level, and « name (département) » below it."""
    kept = list(entries)
    lines: list[str] = []
    places = {}
    for level in (5, 4, 3, 2, 1):
        lines.append(f"Palmarès {level} @")
        for entry in kept:
            if entry.level == level:
                lines.append(f"{entry.written} ({entry.departement})")
                places[len(lines)] = entry
        lines.append("")
    return "\n".join(lines), places
