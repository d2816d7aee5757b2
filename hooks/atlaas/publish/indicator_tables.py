"""The tables of imported indicators: what they are, their classes, and all their values."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from atlaas.directory import Directory
from atlaas.directory.indicator_areas import Amount
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.geography.reference import FRANCE
from atlaas.model.indicator_head import QUOTIENTS, IndicatorClass, IndicatorHead
from atlaas.publish.tables import Cells, Column, DataTable, ForeignKey, columns, of_each

_INDICATOR = Column(
    "indicator",
    "Indicateur",
    "Identifiant de l'indicateur (table « indicateurs_importes »).",
    lambda e: e.owner.id,
    required=True,
)
_TO_INDICATOR = ForeignKey(("indicator",), "indicateurs_importes", ("id",))


def tables() -> tuple[DataTable, ...]:
    """What is named comes first."""
    return (
        DataTable(
            "indicateurs_importes",
            "Indicateurs importés",
            "Indicateurs repris de données ouvertes : ce qui est mesuré, sa date, son producteur, "
            "et sa licence, qui est celle des valeurs.",
            ("id",),
            columns(IndicatorHead, exclude=("classes",)),
            of_each(lambda d: ((item.head, None) for item in d.indicators)),
        ),
        DataTable(
            "indicateurs_classes",
            "Classes des indicateurs",
            "Une ligne par classe d'un indicateur de nature « classe ».",
            ("indicator", "value"),
            (_INDICATOR, *columns(IndicatorClass)),
            of_each(
                lambda d: ((one, item.head) for item in d.indicators for one in item.head.classes)
            ),
            (_TO_INDICATOR,),
        ),
        DataTable(
            "indicateurs_valeurs",
            "Valeurs des indicateurs",
            "Une ligne par indicateur et par territoire : les lignes du fichier repris, puis ce "
            "qu'elles font des intercommunalités, départements, régions et de la France.",
            ("indicator", "territory"),
            (
                _INDICATOR,
                Column(
                    "territory",
                    "Territoire",
                    "Code INSEE, SIREN d'un EPCI, dep-59, reg-32, ou « france ». Une commune "
                    "absente vaut 0 si la fiche de l'indicateur dit « absent : zero » ; sinon sa "
                    "valeur n'est pas connue.",
                    lambda e: e.record[0],
                ),
                Column(
                    "value",
                    "Valeur",
                    "Le nombre, la somme, la part d'un taux, la classe (pour un territoire plus "
                    "grand, celle de la plupart de ses habitants), 1 ou 0 (le nombre de communes "
                    "qui l'ont).",
                    lambda e: e.record[1].part,
                    "number",
                    required=True,
                ),
                Column(
                    "whole",
                    "Total",
                    "Ce dont la valeur est une part : taux = 100 × valeur ÷ total ; évolution = "
                    "100 × (valeur ÷ total − 1). Vide pour les autres natures.",
                    lambda e: e.record[1].whole if e.owner.kind in QUOTIENTS else None,
                    "number",
                ),
                _count("known", "Connus", "Territoires du fichier dont la valeur est faite.", 2),
                _count("of", "Sur", "Territoires du fichier qu'il y a en tout.", 3),
            ),
            of_each(_values),
            (_TO_INDICATOR,),
            _rows,
            ("territory",),
        ),
    )


def _count(name: str, title: str, description: str, at: int) -> Column:
    get = itemgetter(at)
    return Column(
        name, title, description, lambda e: get(e.record[1]), "integer", required=True, minimum=0
    )


def _values(directory: Directory) -> Iterator[tuple[tuple[str, Amount], IndicatorHead]]:
    for item in directory.indicators:
        for row in values_of(item):
            yield row, item.head


def _rows(directory: Directory) -> Iterator[Cells]:
    """What the columns say of each entry: there are more than a hundred thousand."""
    for item in directory.indicators:
        id_, quotient = item.head.id, item.head.kind in QUOTIENTS
        for code, (part, whole, known, of) in values_of(item):
            yield id_, code, part, whole if quotient else None, known, of


def values_of(item: IndicatorSet) -> Iterator[tuple[str, Amount]]:
    """(code, amount) of each row of an indicator, then of each area, the country last."""
    wholes = item.wholes
    for code, part in item.parts.items():
        yield code, Amount(part, wholes.get(code, 0))
    for code, amount in sorted(item.areas.items(), key=_country_last):
        yield code, amount


def _country_last(row: tuple[str, Any]) -> tuple[bool, str]:
    return row[0] == FRANCE, row[0]
