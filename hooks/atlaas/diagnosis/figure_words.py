"""Figures of imported indicators in words and numbers: the formulas by which they are compared."""

from fractions import Fraction

from atlaas import text
from atlaas.diagnosis.sizes import decimal, rounded
from atlaas.directory.indicator_areas import Amount, Measure
from atlaas.model.indicator_head import QUOTIENTS, IndicatorHead

PER = 10_000  # inhabitants that counted things are compared by
MADE_OF = {
    "commune": ("commune", "communes"),
    "epci": ("intercommunalité", "intercommunalités"),
    "departement": ("département", "départements"),
    "region": ("région", "régions"),
}


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


def words(head: IndicatorHead, amount: Amount, area: bool) -> str:
    """The value of a place with its unit, or of an area."""
    if head.kind in QUOTIENTS:
        part, whole = amount.part, amount.whole
        if not whole or type(part) is not int or type(whole) is not int:
            return compared_words(head, compared(head, amount, 0))
        return _percent(head, 100 * (part - whole if head.kind == "evolution" else part), whole)
    if head.kind == "classe":
        return head.class_labels[int(amount.part)]
    if head.kind == "oui-non":
        if not area:
            return "oui" if amount.part else "non"
        many = text.plural(int(amount.part), *MADE_OF[head.level])
        return f"{many} sur {text.number(amount.whole)}"
    return f"{_number(amount.part)} {unit(head, Fraction(amount.part))}"


def _percent(head: IndicatorHead, numerator: int, denominator: int) -> str:
    """« 23,0 % », « +1,5 % »: a quotient of whole numbers, since there are many to say."""
    if not numerator:
        return f"0{text.NBSP}%"
    sign = "-" if numerator < 0 else "+" if head.kind == "evolution" else ""
    shown = text.number(rounded(abs(numerator), denominator, 1))
    return f"{sign}{shown}{text.NBSP}%"


def unit(head: IndicatorHead, value: Fraction) -> str:
    """The unit of a value: French plurals start at two."""
    return head.unit if abs(value) < 2 else head.plural or head.unit


def compared_words(head: IndicatorHead, value: Fraction | None) -> str:
    """A number that is compared, with its unit: « 23,0 % », « 0,8 lieu pour 10 000 habitants »."""
    if value is None:
        return "non connu"
    if head.kind in (*QUOTIENTS, "oui-non"):
        return _percent(head, value.numerator, value.denominator)
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


def signed(value: Fraction, digits: int) -> str:
    """A number with so many decimals, rounded half away from zero; « 0 » where it is none."""
    if not value:
        return "0"
    shown = decimal(abs(value), digits)
    return f"-{shown}" if value < 0 else shown


def plain_number(value: Fraction) -> str:
    """A number that is compared, for machines: four decimals at most, with a point."""
    return signed(value, 4).rstrip("0").rstrip(".") if value else "0"


def shown_number(value: Fraction, digits: int) -> str:
    """The same as French readers write it."""
    return text.number(signed(value, digits))


def _per(value: Fraction) -> str:
    """A rate per 10 000 inhabitants: the smaller, the more decimals."""
    return shown_number(value, 1 if value >= 1 else 2 if value >= Fraction(1, 100) else 4)


def _number(value: Measure | Fraction) -> str:
    """A number as it is, with at most one decimal."""
    exact = Fraction(value)
    return text.number(int(exact)) if exact.denominator == 1 else shown_number(exact, 1)


def plain(value: Measure) -> str:
    """A measure for machines, as it is."""
    return str(value) if isinstance(value, int) else f"{value:f}"
