"""Figures from imported indicators: of a place, of all places of a level, of any communes.

A figure comes with what stands beside it, like with like: comparable territories (``comparable``)
and the whole country, each by the same formula, and of how many territories. What is counted is
compared per 10 000 inhabitants.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from statistics import median
from typing import NamedTuple

from atlaas import text
from atlaas.diagnosis.comparable import ComparableGroup, comparables_of
from atlaas.diagnosis.figure_words import (
    MADE_OF,
    PER,
    compared,
    compared_words,
    dates,
    plain,
    short_words,
    shown_number,
    signed,
    words,
)
from atlaas.diagnosis.sizes import FEWEST
from atlaas.directory import Directory
from atlaas.directory.indicator_areas import Amount, Measure, amount_of
from atlaas.directory.indicator_sets import IndicatorSet, having
from atlaas.geography.reference import FRANCE
from atlaas.model.indicator_head import QUOTIENTS, IndicatorHead

OLD = 2  # years from which a figure says its age
_Group = ComparableGroup | None
_ORDER = ("somme", "taux", "evolution", "nombre", "classe", "oui-non")  # of kinds on a page


class Beside(NamedTuple):
    """What stands beside a figure."""

    id: str  # comparables | france
    words: str  # « 43 communes comparables », « France »
    value: str  # with its unit: « médiane 0,4 lieu pour 10 000 habitants »
    short: str  # next to the figure itself: « 0,4 pour 10 000 », « 7 sur 15 », « 12,8 % »
    note: str  # what it is: « médiane de 43 communes », or empty
    number: Fraction | None  # the same as ``OpenFigure.compared``
    n: int  # territories that it is made of


class OpenFigure(NamedTuple):
    """A figure of a place, in words and numbers."""

    head: IndicatorHead
    amount: Amount
    value: str  # « 9 lieux », « 23 % », « petites villes », « 12 communes sur 95 »
    per: str  # « 0,8 lieu pour 10 000 habitants », of what is counted; else empty
    people: int  # inhabitants that what is counted is compared by
    made_of: str  # « connu pour 93 communes sur 95 », where some are not known
    classes: tuple[tuple[str, int, int], ...]  # of an area: (label, communes, inhabitants)
    beside: tuple[Beside, ...]
    date: str  # « 18 septembre 2024 »
    age: str  # « il y a 5 ans », of an old one
    nothing: bool  # whether there is none, and mostly none in comparable territories

    @property
    def compared(self) -> Fraction | None:
        """The number that is compared: a percentage, a rate per 10 000 inhabitants…"""
        return compared(self.head, self.amount, self.people)

    @property
    def shares(self) -> list[tuple[str, str]]:
        """(class, share of the inhabitants) of an area, the most first."""
        people = sum(inhabitants for *_, inhabitants in self.classes) or 1
        ordered = sorted(self.classes, key=lambda one: -one[2])
        return [
            (label, f"{shown_number(Fraction(100 * inhabitants, people), 1)}{text.NBSP}%")
            for label, _, inhabitants in ordered
        ]

    @property
    def row(self) -> tuple[str, str, str, str]:
        """Measure, unit, part and whole as plain texts, for CSV and JSON."""
        head, amount = self.head, self.amount
        part, whole = plain(amount.part), plain(amount.whole)
        if head.kind in QUOTIENTS:
            value = "" if self.compared is None else signed(self.compared, 1)
            return value, "%", part, whole
        if head.kind == "classe":
            return part, "classe", "", ""
        if head.kind == "oui-non":
            known = amount.known > 1 or amount.of > 1
            return part, "communes" if known else "oui-non", "", whole if known else ""
        return part, head.unit, "", ""


class OpenFigures:
    """The figures of a directory's indicators; what many places share is made once."""

    def __init__(self, directory: Directory) -> None:
        self._directory, self._reference = directory, directory.reference
        self.comparables = comparables_of(directory)
        self._ordered = sorted(directory.indicators, key=_in_order)
        self._sets = {item.head.id: item for item in self._ordered}
        self._besides: dict[tuple[str, int], tuple[Beside, ...]] = {}
        self._wholes: dict[str, Beside | None] = {}  # id -> the country
        self._dates: dict[str, tuple[str, str]] = {}
        self._worded: dict[tuple[str, Measure, Measure], str] = {}
        # What many communes share: a figure of a value; where there is nothing, a whole row.
        self._same: dict[tuple[str, Measure, int], OpenFigure] = {}
        self._rows: dict[int, list[OpenFigure | None]] = {}

    # ------------------------------------------------------------------ what others ask

    def of(self, code: str) -> list[OpenFigure]:
        """The figures that are known of a place: in the order of the heads' ranks."""
        group = self.comparables.of(code)
        if code in self._reference.populations:
            row = self._row(group).copy()
            for number in (*self._measured, *self._having.get(code, ())):
                row[number] = self._figure(self._ordered[number], code, group)
        else:
            row = [self._figure(item, code, group) for item in self._ordered]
        return [figure for figure in row if figure]

    def of_level(self, id_: str, level: str) -> dict[str, Amount]:
        """The amounts of every place of a level (commune, epci, departement, region) by code."""
        item = self._sets[id_]
        codes = self._reference.codes(level)
        return {code: amount for code in codes if (amount := item.amount(code))}

    def of_places(self, id_: str, codes: Iterable[str]) -> Amount | None:
        """What any places of the indicator's own level make together: the communes of a class."""
        item = self._sets[id_]
        return amount_of(item.head, item.parts, item.wholes, codes)

    def compared(self, id_: str, amount: Amount, people: int) -> Fraction | None:
        """The number by which amounts of an indicator are compared, coloured, ranked.

        A percentage of a rate, an evolution, or the places of an area that have a thing; a rate per
        10 000 inhabitants of what is counted; the number or class itself. None where nobody lives.
        """
        return compared(self._sets[id_].head, amount, people)

    def people(self, code: str) -> int:
        """The inhabitants of a place, an area or the country."""
        found = self._reference.populations.get(code)
        if found is not None:
            return found
        if code == FRANCE:
            return self._people_of_france
        place = self._reference.get(code)
        return place.population if place else 0

    def when(self, head: IndicatorHead) -> tuple[str, str]:
        """The date in words, and the age of an old figure."""
        found = self._dates.get(head.id)
        if found is None:
            years = self._year - int((head.since or head.date)[:4])
            age = f"il y a {years} ans" if years >= OLD else ""
            found = self._dates[head.id] = dates(head), age
        return found

    def beside(self, id_: str, code: str) -> tuple[Beside, ...]:
        """What stands beside a figure of an indicator, of a place and of those comparable to it."""
        item = self._sets[id_]
        return self._beside(item, code not in item.places, self.comparables.of(code))

    def living(self, id_: str, code: str) -> int:
        """The inhabitants that an indicator's amount is compared by.

        Those of the place or area; of an area that is known in part, those of what is known.
        """
        found = self._sets[id_].living.get(code)
        return self.people(code) if found is None else found

    def worded(self, head: IndicatorHead, amount: Amount, area: bool = False) -> str:
        """The value of a place in words; it is what it is, whoever lives there."""
        if area:
            return words(head, amount, area)
        key = head.id, amount.part, amount.whole
        found = self._worded.get(key)
        if found is None:
            found = self._worded[key] = words(head, amount, area)
        return found

    # ------------------------------------------------------------------ how they are made

    @cached_property
    def _people_of_france(self) -> int:
        return sum(self._reference.populations.values())

    @cached_property
    def _year(self) -> int:
        """The newest year that the records know of: there is no clock."""
        days = [*self._directory.changed.values()]
        days += [s.head.imported for s in self._directory.indicators if s.head.imported]
        return int(max(days, default="0")[:4])

    @cached_property
    def _having(self) -> dict[str, tuple[int, ...]]:
        return having(self._ordered)

    @cached_property
    def _measured(self) -> list[int]:
        """The indicators of communes of which what is absent is not known."""
        heads = enumerate(item.head for item in self._ordered)
        return [n for n, head in heads if head.level == "commune" and head.absent != "zero"]

    def _row(self, group: _Group) -> list[OpenFigure | None]:
        """The figures of a commune of this group that has nothing of what is counted."""
        row = self._rows.get(id(group))  # ``comparables`` keeps every group
        if row is None:
            row = self._rows[id(group)] = [None] * len(self._ordered)
            one = group.codes[0] if group else ""
            for number, item in enumerate(self._ordered):
                if item.head.level == "commune" and item.head.absent == "zero":
                    row[number] = self._made(item, one, Amount(0), False, group)
        return row

    def _figure(self, item: IndicatorSet, code: str, group: _Group) -> OpenFigure | None:
        amount = item.amount(code)
        if amount is None:
            return None
        head, area = item.head, code not in item.places
        if area or head.kind in QUOTIENTS or (head.kind == "somme" and amount.part):
            return self._made(item, code, amount, area, group)
        key = head.id, amount.part, id(group)
        found = self._same.get(key)
        if found is None:
            found = self._same[key] = self._made(item, code, amount, area, group)
        return found

    def _made(
        self, item: IndicatorSet, code: str, amount: Amount, area: bool, group: _Group
    ) -> OpenFigure:
        head = item.head
        people = self.living(head.id, code) if head.kind == "somme" else 0
        counted = head.kind == "somme" and amount.part and people
        classes = item.classes.get(code, {}) if area else {}
        labels = head.class_labels
        known = ""
        if amount.known < amount.of:
            places = text.plural(amount.known, *MADE_OF[head.level])
            known = f"connu pour {places} sur {text.number(amount.of)}"
        beside = self._beside(item, area, group)
        return OpenFigure(
            head,
            amount,
            self.worded(head, amount, area),
            compared_words(head, compared(head, amount, people)) if counted else "",
            people,
            known,
            tuple((labels[value], *counts) for value, counts in classes.items()),
            beside,
            *self.when(head),
            not amount.part and head.absent == "zero" and _nothing(head, amount, beside),
        )

    def _beside(self, item: IndicatorSet, area: bool, group: _Group) -> tuple[Beside, ...]:
        if item.head.kind == "classe":
            return ()
        key = item.head.id, id(group)
        found = self._besides.get(key)
        if found is None:
            if item.head.id not in self._wholes:
                self._wholes[item.head.id] = self._whole(item)
            whole = self._wholes[item.head.id]
            both = (self._middle(item, group, area) if group else None, whole)
            found = self._besides[key] = tuple(one for one in both if one)
        return found

    def _numbers(self, item: IndicatorSet, group: ComparableGroup, area: bool) -> list[float]:
        """What is compared of each of these territories, as far as it is known; zeros are last."""
        head, codes = item.head, group.codes
        if area:
            found = [(code, *a[:2]) for code in codes if (a := item.amount(code))]
        else:
            parts, wholes = item.parts, item.wholes
            known = group.members.intersection(parts) if len(parts) < len(codes) else codes
            found = [(c, parts[c], wholes.get(c, 0)) for c in known if c in parts]
        match head.kind:
            case "somme":
                living = item.living
                people = self.people
                numbers = [
                    PER * float(part) / n
                    for c, part, _ in found
                    if (n := living.get(c) or people(c))
                ]
            case "nombre":
                numbers = [float(part) for _, part, _ in found]
            case "evolution":
                numbers = [100 * float(part) / float(whole) - 100 for _, part, whole in found]
            case _:
                numbers = [100 * float(part) / (float(whole) or 1.0) for _, part, whole in found]
        if head.absent == "zero" and not area:
            numbers += [0.0] * (len(codes) - len(found))
        return numbers

    def _middle(self, item: IndicatorSet, group: ComparableGroup, area: bool) -> Beside | None:
        """The median of comparable territories, or how many of them have a thing."""
        head, numbers = item.head, self._numbers(item, group, area)
        n = len(numbers)
        if n < FEWEST:
            return None
        name = f"{text.number(n)} {group.many} comparables"
        if head.kind == "oui-non" and not area:
            having = sum(map(bool, numbers))
            value = f"{text.number(having)} sur {text.number(n)}"
            return Beside("comparables", name, value, value, "", Fraction(100 * having, n), n)
        middle = Fraction(median(numbers)).limit_denominator(10**9)
        value, short = f"médiane {compared_words(head, middle)}", short_words(head, middle)
        note = f"médiane de {text.number(n)} {group.many}"
        return Beside("comparables", name, value, short, note, middle, n)

    def _whole(self, item: IndicatorSet) -> Beside | None:
        """The whole country by the same formula; of a number, the median of its places."""
        head = item.head
        if head.kind == "nombre":
            numbers = [Fraction(value) for value in item.parts.values()]
            if not numbers:
                return None
            middle = median(numbers)
            places = text.plural(len(numbers), *MADE_OF[head.level])
            value, short = f"médiane {compared_words(head, middle)}", short_words(head, middle)
            note = f"médiane de {places}"
            return Beside("france", f"France, {places}", value, short, note, middle, len(numbers))
        amount = item.areas.get(FRANCE)
        number = compared(head, amount, self.living(head.id, FRANCE)) if amount else None
        if amount is None or number is None:
            return None
        value, note = compared_words(head, number), ""
        if head.kind == "oui-non":
            note = words(head, amount, area=True)
            value = f"{note} ({value})"
        short = short_words(head, number)
        return Beside("france", "France", value, short, note, number, amount.known)


@lru_cache(maxsize=1)
def open_figures_of(directory: Directory) -> OpenFigures:
    """Those of a directory, made once for all pages."""
    return OpenFigures(directory)


def telling(figures: Sequence[OpenFigure], count: int = 5) -> list[OpenFigure]:
    """The few that say most, in their order: what is there before what is nothing, what measures
    before what answers yes or no; classes, which nothing stands beside, last."""
    rank = {id(figure): number for number, figure in enumerate(figures)}

    def place(figure: OpenFigure) -> tuple[bool, bool, bool]:
        kind = figure.head.kind
        return kind == "classe", figure.nothing, kind == "oui-non"

    first = sorted(figures, key=place)
    return sorted(first[:count], key=lambda f: rank[id(f)])


def nothing_words(figures: Iterable[OpenFigure]) -> str:
    """« Fabriques de territoire, Cités éducatives (ANCT, 18 septembre 2024) », of what is none."""
    groups: dict[str, list[str]] = {}
    for figure in figures:
        if figure.nothing:
            groups.setdefault(f"{figure.head.publisher}, {figure.date}", []).append(
                figure.head.label
            )
    return " ; ".join(f"{', '.join(labels)} ({where})" for where, labels in groups.items())


def _nothing(head: IndicatorHead, amount: Amount, beside: Sequence[Beside]) -> bool:
    """Whether none is nothing to tell: a programme that a commune is not in is so either way."""
    if head.kind == "oui-non" and amount.of == 1:
        return True
    return not any(one.number for one in beside if one.id == "comparables")


def _in_order(item: IndicatorSet) -> tuple[int, int, str]:
    return item.head.rank, _ORDER.index(item.head.kind), item.head.id
