"""The charts of /fracture/: one question each, made from imported indicators."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from statistics import median

from atlaas import text
from atlaas.diagnosis.digital_divide import FAR, Band, DigitalDivide
from atlaas.diagnosis.figure_words import compared_unit, compared_words, unit
from atlaas.diagnosis.sizes import decimal
from atlaas.model.indicator_head import IndicatorHead
from atlaas.pages.chart_pages import Asked
from atlaas.pages.charts import Chart, Datum

_Maker = Callable[[DigitalDivide, IndicatorHead, str, str], Chart]
DRAWN = 12  # départements of a chart; the table has all
FLIGHT = (
    "À vol d'oiseau, de mairie à mairie, sans les collectivités d'outre-mer : la route est plus "
    "longue, et une île peut paraître proche."
)
_BY_CLASS = "Habitants et lieux de toutes les communes de chaque classe, additionnés."


def said(divide: DigitalDivide, head: IndicatorHead) -> str:
    """« ANCT, France services, 18 septembre 2024, il y a 2 ans »."""
    words = (head.publisher, head.dataset, *divide.figures.when(head))
    return ", ".join(filter(None, words))


def asked(divide: DigitalDivide) -> dict[str, Asked]:
    """Every chart by its id, which is that of its indicator and what it is drawn by."""
    found = {}
    for head in divide.heads:
        for by, question, make in _of(head):
            name = f"{head.id}-{by}"
            chart = partial(make, divide, head, name, question)
            found[name] = Asked(question, chart, said(divide, head), head.licence)
    return found


def _of(head: IndicatorHead) -> Iterator[tuple[str, str, _Maker]]:
    label = head.label
    match head.topic:
        case "couverture":
            yield "departements", f"{label} : où y en a-t-il le moins ?", _least
        case "zones-blanches":
            yield "departements", f"{label} : où y en a-t-il le plus ?", _most
        case _:
            yield "densite", f"{label} : combien, de la ville à la campagne ?", _by_density
    if head.topic == "accueil":
        yield "distance", f"{label} : à quelle distance de chez soi ?", _by_distance
        yield "eloignement", f"{label} : où en est-on loin ?", _far


def _note(divide: DigitalDivide, head: IndicatorHead, *words: str) -> str:
    return " ".join(filter(None, [*words, f"Source : {said(divide, head)}.", head.note or ""]))


def _least(divide: DigitalDivide, head: IndicatorHead, id_: str, question: str) -> Chart:
    areas = divide.areas(head.id, "departement")
    known = sorted((a for a in areas if a.value is not None), key=lambda a: a.value or 0)
    rows: list[tuple[Datum, ...]] = [(a.place.name, _shown(a.value, 1)) for a in known]
    rows += [(a.place.name, None) for a in areas if a.value is None]
    answer = "Aucun département n'est connu"
    if known:
        middle = Fraction(median([a.value for a in known if a.value is not None]))
        answer = (
            f"{known[0].place.name} : {compared_words(head, known[0].value)}, le moins de "
            f"{text.plural(len(known), 'département connu', 'départements connus')} ; "
            f"médiane : {compared_words(head, middle)}"
        )
    columns = ("département", compared_unit(head))
    note = _note(divide, head, "Du moins au plus.")
    return Chart(id_, question, answer, note, columns, rows, zeros=True, most=DRAWN)


def _most(divide: DigitalDivide, head: IndicatorHead, id_: str, question: str) -> Chart:
    areas = divide.areas(head.id, "departement")
    known = sorted((a for a in areas if a.amount), key=lambda a: -a.amount.part if a.amount else 0)
    rows: list[tuple[Datum, ...]] = [
        (a.place.name, int(a.amount.part), _shown(a.value, 2)) for a in known if a.amount
    ]
    rows += [(a.place.name, None, None) for a in areas if not a.amount]
    answer = "Aucun département n'est connu"
    if known and known[0].amount:
        total = sum(int(a.amount.part) for a in known if a.amount)
        most = int(known[0].amount.part)
        answer = (
            f"{text.number(total)} {unit(head, Fraction(total))} dans "
            f"{text.plural(len(known), 'département connu', 'départements connus')} ; le plus : "
            f"{known[0].place.name}, {text.number(most)}"
        )
    columns = ("département", head.plural or head.unit, compared_unit(head))
    note = _note(divide, head, "Du plus au moins.")
    return Chart(id_, question, answer, note, columns, rows, zeros=True, most=DRAWN)


def _by_density(divide: DigitalDivide, head: IndicatorHead, id_: str, question: str) -> Chart:
    classes = divide.densities(head.id)
    rows: list[tuple[Datum, ...]] = [
        (
            one.label or "Communes hors de la grille",
            _shown(one.value, 2),
            int(one.amount.part),
            one.having,
            one.communes,
            one.people,
        )
        for one in classes
    ]
    told = sorted(
        (c for c in classes if c.value is not None and c.label), key=lambda c: c.value or 0
    )
    answer = "La densité des communes n'est pas connue"
    if told:
        least, most = told[0], told[-1]
        answer = (
            f"{most.label} : {compared_words(head, most.value)} ; "
            f"{least.label[:1].lower()}{least.label[1:]} : {compared_words(head, least.value)}"
        )
    columns = (
        "densité",
        compared_unit(head),
        head.plural or head.unit,
        "communes qui en ont",
        "communes",
        "habitants",
    )
    return Chart(id_, question, answer, _note(divide, head, _BY_CLASS), columns, rows, zeros=True)


def _by_distance(divide: DigitalDivide, head: IndicatorHead, id_: str, question: str) -> Chart:
    bands = divide.bands(divide.distances(head.id))
    people = sum(band.people for band in bands)
    rows: list[tuple[Datum, ...]] = [
        (_band(band), _share(band.people, people), band.people, band.communes) for band in bands
    ]
    far = [band for band in bands if band.least >= FAR]
    answer = "Aucune distance n'est connue"
    if people:
        count = sum(band.communes for band in far)
        answer = (
            f"{text.number(sum(band.people for band in far))} habitants, dans "
            f"{text.plural(count, 'commune')}, sont à plus de {FAR} km d'une commune qui en a"
        )
    columns = ("distance", "part des habitants (%)", "habitants", "communes")
    return Chart(id_, question, answer, _note(divide, head, FLIGHT), columns, rows, zeros=True)


def _far(divide: DigitalDivide, head: IndicatorHead, id_: str, question: str) -> Chart:
    found = divide.far_shares(divide.distances(head.id))
    found.sort(key=lambda one: -Fraction(one[1], one[2] or 1))
    rows: list[tuple[Datum, ...]] = [
        (place.name, _share(far, people), far, communes) for place, far, people, communes in found
    ]
    answer = "Aucune distance n'est connue"
    if rows:
        answer = (
            f"{found[0][0].name} : {text.number(rows[0][1] or 0)} % des habitants sont à plus de "
            f"{FAR} km d'une commune qui en a"
        )
    columns = (
        "département",
        "part des habitants (%)",
        f"habitants à plus de {FAR} km",
        f"communes à plus de {FAR} km",
    )
    note = _note(divide, head, FLIGHT, "Une liste incomplète éloigne.")
    return Chart(id_, question, answer, note, columns, rows, zeros=True, most=DRAWN)


def _band(band: Band) -> str:
    if not band.most:
        return f"plus de {band.least} km" if band.least else "dans la commune"
    return f"de {band.least} à {band.most} km" if band.least else f"{band.most} km au plus"


def _share(part: int, whole: int) -> float | None:
    return _shown(Fraction(100 * part, whole), 1) if whole else None


def _shown(value: Fraction | None, digits: int) -> float | None:
    return None if value is None else float(decimal(value, digits))
