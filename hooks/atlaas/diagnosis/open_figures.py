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
from atlaas.diagnosis.sizes import FEWEST, decimal
from atlaas.directory import Directory
from atlaas.directory.indicator_areas import Amount, Measure, amount_of
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.geography.reference import FRANCE
from atlaas.model.indicator_head import QUOTIENTS, IndicatorHead

PER = 10_000  # inhabitants that counted things are compared by
OLD = 2  # years from which a figure says its age
_Group = ComparableGroup | None
_ORDER = ("somme", "taux", "evolution", "nombre", "classe", "oui-non")  # of kinds on a page
_MADE_OF = {
    "commune": ("commune", "communes"),
    "epci": ("intercommunalité", "intercommunalités"),
    "departement": ("département", "départements"),
    "region": ("région", "régions"),
}


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
    compared: Fraction | None  # the number that is compared: a percentage, a rate per 10 000…
    made_of: str  # « connu pour 93 communes sur 95 », where some are not known
    classes: tuple[tuple[str, int, int], ...]  # of an area: (label, communes, inhabitants)
    beside: tuple[Beside, ...]
    date: str  # « 18 septembre 2024 »
    age: str  # « il y a 5 ans », of an old one

    @property
    def shares(self) -> list[tuple[str, str]]:
        """(class, share of the inhabitants) of an area, the most first."""
        people = sum(inhabitants for *_, inhabitants in self.classes) or 1
        ordered = sorted(self.classes, key=lambda one: -one[2])
        return [
            (label, f"{_shown(Fraction(100 * inhabitants, people), 1)}{text.NBSP}%")
            for label, _, inhabitants in ordered
        ]

    @property
    def nothing(self) -> bool:
        """Whether there is none of what is counted, and mostly none in comparable territories.

        A programme that a commune is not in is nothing either way.
        """
        if self.amount.part or self.head.absent != "zero":
            return False
        if self.head.kind == "oui-non" and self.amount.of == 1:
            return True
        return not any(one.number for one in self.beside if one.id == "comparables")

    @property
    def row(self) -> tuple[str, str, str, str]:
        """Measure, unit, part and whole as plain texts, for CSV and JSON."""
        head, amount = self.head, self.amount
        part, whole = _plain(amount.part), _plain(amount.whole)
        if head.kind in QUOTIENTS:
            value = "" if self.compared is None else _signed(self.compared, 1)
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
        ordered = sorted(directory.indicators, key=_in_order)
        self._sets = {item.head.id: item for item in ordered}
        self._besides: dict[tuple[str, int], tuple[Beside, ...]] = {}
        self._wholes: dict[str, Beside | None] = {}  # id -> the country
        self._dates: dict[str, tuple[str, str]] = {}
        self._same: dict[tuple[str, Measure, int], OpenFigure] = {}  # what many places share

    # ------------------------------------------------------------------ what others ask

    def of(self, code: str) -> list[OpenFigure]:
        """The figures that are known of a place: in the order of the heads' ranks."""
        group = self.comparables.of(code)
        found = (self._figure(item, code, group) for item in self._sets.values())
        return [figure for figure in found if figure]

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

    def _figure(self, item: IndicatorSet, code: str, group: _Group) -> OpenFigure | None:
        amount = item.amount(code)
        if amount is None:
            return None
        head, area = item.head, code not in item.places
        if area or head.kind in QUOTIENTS or (head.kind == "somme" and amount.part):
            return self._made(item, code, amount, area, group)
        key = head.id, amount.part, id(group)  # ``comparables`` keeps every group
        found = self._same.get(key)
        if found is None:
            found = self._same[key] = self._made(item, code, amount, area, group)
        return found

    def _made(
        self, item: IndicatorSet, code: str, amount: Amount, area: bool, group: _Group
    ) -> OpenFigure:
        head = item.head
        number = compared(head, amount, self.living(head.id, code))
        classes = item.classes.get(code, {}) if area else {}
        labels = head.class_labels
        known = ""
        if amount.known < amount.of:
            places = text.plural(amount.known, *_MADE_OF[head.level])
            known = f"connu pour {places} sur {text.number(amount.of)}"
        counted = head.kind == "somme" and amount.part and number is not None
        return OpenFigure(
            head,
            amount,
            words(head, amount, number, area),
            compared_words(head, number) if counted else "",
            number,
            known,
            tuple((labels[value], *counts) for value, counts in classes.items()),
            self._beside(item, area, group),
            *self.when(head),
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
            places = text.plural(len(numbers), *_MADE_OF[head.level])
            value, short = f"médiane {compared_words(head, middle)}", short_words(head, middle)
            note = f"médiane de {places}"
            return Beside("france", f"France, {places}", value, short, note, middle, len(numbers))
        amount = item.areas.get(FRANCE)
        number = compared(head, amount, self.living(head.id, FRANCE)) if amount else None
        if amount is None or number is None:
            return None
        value, note = compared_words(head, number), ""
        if head.kind == "oui-non":
            note = words(head, amount, number, area=True)
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


def _in_order(item: IndicatorSet) -> tuple[int, int, str]:
    return item.head.rank, _ORDER.index(item.head.kind), item.head.id


# ---------------------------------------------------------------------- formulas and words


def _ratio(part: Measure, whole: Measure) -> Fraction:
    if type(part) is int and type(whole) is int:
        return Fraction(part, whole)
    return Fraction(part) / Fraction(whole)


def compared(head: IndicatorHead, amount: Amount, people: int) -> Fraction | None:
    """See ``OpenFigures.compared``."""
    part, whole = amount.part, amount.whole
    match head.kind:
        case "taux":
            return _ratio(100 * part, whole) if whole else None
        case "evolution":
            return _ratio(100 * (part - whole), whole) if whole else None
        case "oui-non":
            return _ratio(100 * part, whole or 1)
        case "somme":
            return _ratio(PER * part, people) if people else None
    return Fraction(part)


def words(head: IndicatorHead, amount: Amount, number: Fraction | None, area: bool) -> str:
    """The value of a place with its unit, or of an area; ``number`` is what is compared of it."""
    if head.kind in QUOTIENTS:
        return compared_words(head, number)
    if head.kind == "classe":
        return head.class_labels[int(amount.part)]
    if head.kind == "oui-non":
        if not area:
            return "oui" if amount.part else "non"
        many = text.plural(int(amount.part), *_MADE_OF[head.level])
        return f"{many} sur {text.number(amount.whole)}"
    return f"{_number(amount.part)} {unit(head, Fraction(amount.part))}"


def unit(head: IndicatorHead, value: Fraction) -> str:
    """The unit of a value: French plurals start at two."""
    return head.unit if abs(value) < 2 else head.plural or head.unit


def compared_words(head: IndicatorHead, value: Fraction | None) -> str:
    """A number that is compared, with its unit: « 23,0 % », « 0,8 lieu pour 10 000 habitants »."""
    if value is None:
        return "non connu"
    if head.kind in (*QUOTIENTS, "oui-non"):
        sign = "+" if head.kind == "evolution" and value > 0 else ""
        return f"{sign}{_shown(value, 1)}{text.NBSP}%"
    if head.kind == "somme":
        return f"{_per(value)} {unit(head, value)} pour {text.number(PER)} habitants"
    return f"{_number(value)} {unit(head, value)}"


def short_words(head: IndicatorHead, value: Fraction) -> str:
    """The same where the unit stands next to it: « 0,8 pour 10 000 »."""
    if head.kind == "somme":
        return f"{_per(value)} pour {text.number(PER)}"
    return compared_words(head, value)


def compared_unit(head: IndicatorHead) -> str:
    """The unit of the number that is compared, for a chart: « lieux pour 10 000 habitants »."""
    if head.kind in (*QUOTIENTS, "oui-non"):
        return "%"
    many = head.plural or head.unit
    return f"{many} pour {text.number(PER)} habitants" if head.kind == "somme" else many


def dates(head: IndicatorHead) -> str:
    """« 30 juin 2023 », « du 31 décembre 2022 au 31 mars 2023 »."""
    if head.since:
        return f"du {text.date(head.since)} au {text.date(head.date)}"
    return text.date(head.date)


def _signed(value: Fraction, digits: int) -> str:
    """A number with so many decimals, rounded half away from zero; « 0 » where it is none."""
    if not value:
        return "0"
    shown = decimal(abs(value), digits)
    return f"-{shown}" if value < 0 else shown


def plain_number(value: Fraction) -> str:
    """A number that is compared, for machines: four decimals at most, with a point."""
    return _signed(value, 4).rstrip("0").rstrip(".") if value else "0"


def _shown(value: Fraction, digits: int) -> str:
    return text.number(_signed(value, digits))


def _per(value: Fraction) -> str:
    """A rate per 10 000 inhabitants: the smaller, the more decimals."""
    return _shown(value, 1 if value >= 1 else 2 if value >= Fraction(1, 100) else 4)


def _number(value: Measure | Fraction) -> str:
    """A number as it is, with at most one decimal."""
    exact = Fraction(value)
    return text.number(int(exact)) if exact.denominator == 1 else _shown(exact, 1)


def _plain(value: Measure) -> str:
    return str(value) if isinstance(value, int) else f"{value:f}"
