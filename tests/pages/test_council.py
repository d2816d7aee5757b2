"""The files of the sheets for the council, worked out by hand on the tiny project."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from atlaas.pages import council
from atlaas.pages.compare import file_of
from support import Small, plain, tiny_tree
from tiny import TINY

MEL, MARCQ, LILLE, AIX = "200093201", "59378", "59350", "73008"
BORRE = "59091"  # 553 inhabitants, and no record


def facts(small: Small, code: str) -> dict[str, Any]:
    """What the file of a territory says of it, as the page reads it."""
    number = file_of(code, council.FILES)
    found: dict[str, Any] = json.loads(small.assets[f"fiche/lieux/{number}.json"].content())[code]
    return found


def group(small: Small, code: str) -> dict[str, Any]:
    name = facts(small, code)["group"]
    assert re.fullmatch("[0-9a-f]{10}", name)  # each place gives it
    found: dict[str, Any] = json.loads(small.assets[f"fiche/comparables/{name}.json"].content())
    return found


def test_a_commune_of_which_something_is_known(tiny: Small) -> None:
    found = facts(tiny, MARCQ)
    assert found["name"] == "Marcq-en-Barœul" and found["kind"] == "Commune"
    assert found["where"] == "Métropole Européenne de Lille, Nord, Hauts-de-France"
    assert found["people"] == 40184
    assert found["labels"] == [[2018, 5, 0, ["Numérique éducatif"]]]
    assert found["themes"] == ["numerique-educatif", "reseau-social"]
    assert plain(found["known"][0]) == (
        "2 actions connues : « Appel à projets « La bonne appli » », « École connectée »."
    )
    # One of its two actions was verified, one has a doubt; it offers a service on the one usage.
    assert dict(found["missing"]) == {"Actions": "1 sur 2 jamais vérifiée", "À vérifier": "1 point"}


def test_what_is_missing_is_said(tiny: Small) -> None:
    """Aix: labels of 2015 and 2018, with a doubt, no service, and nothing of the one usage."""
    assert dict(map(lambda item: (item[0], plain(item[1])), facts(tiny, AIX)["missing"])) == {
        "Actions": "1 sur 1 jamais vérifiée",
        "Services en ligne": "aucun connu",
        "Usages": "rien de connu pour 1 sur 1 : démarches administratives",
        "À vérifier": "1 point",
    }


def test_a_label_that_stops_is_said(tmp_path: Path) -> None:
    """Ascq: 2017 without a level, and labels of 2018 are known elsewhere."""
    small = Small(tiny_tree(tmp_path))
    assert dict(facts(small, "59009")["missing"])["Label"] == (
        "rien de connu depuis l'édition 2017, niveau non connu de 1 édition"
    )


def test_a_commune_without_a_record_has_a_sheet_too(tiny: Small) -> None:
    found = facts(tiny, BORRE)
    assert (found["name"], found["people"]) == ("Borre", 553)
    assert found["url"] == "territoires/59091-borre/"
    assert "missing" not in found and "labels" not in found


@pytest.mark.parametrize("code", [MEL, "dep-59", "reg-32", "dep-48"])
def test_an_area_counts_what_lies_in_it(tiny: Small, code: str) -> None:
    """Labelled: Marcq, Roubaix and Ascq. Actions: two of Marcq, one of Lille. Of the 95 communes
    of the Métropole four have a record or an action; the Lozère has nothing."""
    found = facts(tiny, code)
    if code == "dep-48":
        assert "known" not in found
        return
    assert plain(found["known"][0]) == (
        "Sur son territoire : 3 territoires avec un label connu et 3 actions connues."
    )
    assert found["diagnosis"] == 1
    if code == MEL:
        assert dict(found["missing"])["Communes"] == "rien de connu pour 91 sur 95"


def test_every_place_of_the_geography_has_its_sheet(tiny: Small) -> None:
    """35 000 communes, EPCI, départements, régions; of the others, those that can be asked."""
    held = set()
    for number in range(council.FILES):
        asset = tiny.assets.get(f"fiche/lieux/{number}.json")
        held |= set(json.loads(asset.content())) if asset else set()
    reference = tiny.directory.reference
    assert held == {*reference.populations, *(p.code for p in reference.places.except_communes())}
    assert "x-nord-numerique" not in held  # it has a successor: nothing is asked of it


def test_actions_come_from_comparable_places_then_from_those_of_near_size(tmp_path: Path) -> None:
    """No grid was imported: communes are comparable by population alone, 30 000 to 49 999 for
    Marcq (40 184). Aix (32 259) is among them, Lille (238 246) is not."""
    small = Small(tiny_tree(tmp_path))
    found = group(small, MARCQ)
    assert found["words"].startswith("communes de 30")
    ideas = [(title, code, alike) for title, _, _, code, _, alike in found["actions"]]
    assert ("Tiers-lieu au casino", AIX, 1) in ideas
    assert ideas[-1] == ("Maison du numérique", LILLE, 0)
    assert "École connectée" not in [title for title, _, _ in ideas]  # it was stopped
    metas = {idea[3]: plain(idea[2]) for idea in found["actions"]}
    assert metas[LILLE] == "Lille, 238 246 habitants · 2020"


def test_what_tells_most_how_to_do_it_comes_first(tmp_path: Path) -> None:
    path = "data/actions/73/73008-aix-les-bains/tiers-lieu.md"
    full = TINY[path].replace("sources:", "tools: [Decidim]\nduration: 8 mois\nsources:", 1)
    actions = group(Small(tiny_tree(tmp_path, {path: full})), MARCQ)["actions"]
    assert actions[0][0] == "Tiers-lieu au casino"


EDITION = """\
edition: 2019
number: 20
ceremony:
  date: 2019-02-05
  place: Lens
sources:
  - url: https://exemple.org/2019
"""


def test_the_next_edition_or_the_last(tiny: Small, tmp_path: Path) -> None:
    """2018 is the last with labels; nothing is said of a next one, then 2019 is announced."""
    found = council.next_edition(tiny.directory)
    assert found["words"] == (
        "La dernière connue est l'édition 2018. "
        "L'Atlaas ne connaît pas encore la date de la suivante."
    )
    assert found["url"] == "label/2018/"
    small = Small(tiny_tree(tmp_path, {"data/editions/2019.yml": EDITION}))
    assert council.next_edition(small.directory)["words"] == (
        "La prochaine est l'édition 2019, la 20e, remise le 5 février 2019 à Lens."
    )
    shared = json.loads(small.assets["fiche/commun.json"].content())
    assert shared["editions"] == [2015, 2016, 2017, 2018, 2019]
    assert shared["edition"]["url"] == "label/2019/"
