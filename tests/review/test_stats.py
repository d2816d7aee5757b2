"""Counts of the records, on the tiny project; the figures are counted by hand in ``tiny``."""

from __future__ import annotations

from atlaas.directory.loading import read_and_check
from atlaas.project import Project
from atlaas.review.stats import count
from support import Small


def test_every_count(tiny: Small) -> None:
    checked = read_and_check(Project(tiny.root))
    counts = count(checked.records, checked.reference, 3)
    assert counts == {
        "fiches de territoires": 6,
        "par type": {"autre": 1, "commune": 4, "epci": 1},
        "actions": 4,
        "territoires qui portent une action": 3,
        "acteurs": 1,
        "éditions": 4,
        "labels": 5,
        "labels par édition": {"2018": 3, "2015": 1, "2017": 1},
        "labels par niveau": {"5 @": 3, "4 @": 1, "sans": 1},
        "actions par thème": {
            "numerique-educatif": 3,
            "mediation-numerique": 1,
            "reseau-social": 1,
        },
        "actions par état": {"sans": 2, "arretee": 1, "en-cours": 1},
        "départements présents": 2,
        "services": 1,
        "indicateurs": 2,
        "labels et actions à une seule source": 9,
        "points à vérifier": 3,
        "points à vérifier par question": {
            "Autre chose": 1,
            "Le niveau d'un label": 1,
            "Un thème, une mention": 1,
        },
        "actions jamais vérifiées": 3,
        "problèmes": 3,
    }
    assert list(counts["labels par édition"]) == ["2018", "2015", "2017"]
    assert list(counts["par type"]) == ["autre", "commune", "epci"]
