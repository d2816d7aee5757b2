"""data/evaluation/grille.yml: what it holds, and how its mistakes are reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlaas.directory import loading
from atlaas.pages.evaluation import GridIndex, known_answers
from atlaas.project import Project
from atlaas.read.problem import as_text
from support import Small, tiny_tree
from tiny import TINY

PATH = "data/evaluation/grille.yml"
SMALL = """\
version: 1
date: 2026-11-21
title: Petite grille
note: Faite pour les essais.
answered: 50
strength: 70
lead: 40
classes:
  - id: ville
    label: Ville
    kinds: [commune]
    reason: toutes
answers:
  - id: "non"
    label: Non
    points: 0
  - id: partiel
    label: En partie
    points: 2
  - id: "oui"
    label: "Oui"
    points: 4
steps:
  - level: 1
    least: 0
    least_each: 0
    reason: participation
statements:
  - id: ecole
    enjeu: emploi
    theme: numerique-educatif
    text: L'école est équipée.
    weights:
      ville: 2
    reason: essai
  - id: demarches
    enjeu: mediation
    theme: mediation-numerique
    usages: [demarches-administratives]
    text: Les démarches se font en ligne.
    weights:
      ville: 3
    reason: essai
sources:
  - url: https://exemple.org/grille
"""


def _problems(folder: Path, text: str) -> str:
    root = tiny_tree(folder, {PATH: text})
    return as_text([p for p in loading.read_and_check(Project(root)).problems if p.path == PATH])


def test_the_small_grid_is_right(tmp_path: Path) -> None:
    assert _problems(tmp_path, SMALL) == ""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "enjeu: emploi",
            "enjeu: emplois",
            "30:12: grille-mot: « emplois » n'est pas dans data/vocabulary/enjeux.yml\n"
            "    Vouliez-vous dire « emploi » ?",
        ),
        (
            "theme: numerique-educatif",
            "theme: numerique-educatifs",
            "31:12: grille-mot: « numerique-educatifs » n'est pas dans data/vocabulary/themes.yml\n"
            "    Vouliez-vous dire « numerique-educatif » ?",
        ),
        (
            "      ville: 2",
            "      ville: 0",
            "34:7: grille-classes: cet énoncé ne pèse pour personne\n"
            "    Donnez-lui un poids dans une classe, ou supprimez-le.",
        ),
        (
            "      ville: 2",
            "      ville: 2\n      bourg: 1",
            "35:7: grille-classes: « bourg » n'est pas une classe de cette grille",
        ),
        (
            "  - id: demarches",
            "  - id: ecole",
            "36:9: grille-double: « ecole » est déjà pris plus haut\n"
            "    Donnez un identifiant à chacun.",
        ),
        (
            "    reason: participation\n",
            "    reason: participation\n  - level: 1\n    least: 5\n    least_each: 0\n"
            "    reason: encore\n",
            "28:12: grille-double: « 1 » est déjà pris plus haut",
        ),
        (
            "strength: 70",
            "strength: 170",
            "6:11: champ: « 170 » est trop grand\n    Le maximum est 100.",
        ),
        (
            "strength: 70",
            'strength: "70"',
            "6:11: nombre-entre-guillemets: « strength: 70 » s'écrit sans guillemets\n"
            "    Écrivez 70, sans guillemets autour.",
        ),
        (
            "lead: 40",
            "lead: &x 40",
            "7:7: yaml-strict: le signe « & » au début d'une valeur n'est pas accepté",
        ),
    ],
)
def test_a_mistake_is_reported_in_french(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert SMALL.count(old) == 1
    assert _problems(tmp_path, SMALL.replace(old, new)).startswith(f"{PATH}:{expected}")


def test_a_site_without_a_grid_has_no_evaluation(tiny: Small) -> None:
    assert "evaluation/" not in tiny.pages


def test_what_records_let_a_territory_answer(tmp_path: Path) -> None:
    """Marcq: a stopped action says nothing, the others « in part »; of Lille a theme alone."""
    small = Small(tiny_tree(tmp_path, {PATH: SMALL}))
    grid = small.directory.grid
    assert grid is not None
    index = GridIndex(grid, small.directory.vocabularies["usages"])
    territories = small.directory.territories
    assert known_answers(index, territories["59378"]) == {
        "demarches": (
            "partiel",
            [
                ("Appel à projets « La bonne appli »", "actions/59378/la-bonne-appli/"),
                ("Portail famille", "territoires/59378-marcq-en-baroeul/#services"),
            ],
        )
    }
    assert known_answers(index, territories["59350"]) == {
        "ecole": ("", [("Maison du numérique", "actions/59350/maison-du-numerique/")])
    }
    nord = json.loads(small.assets["evaluation/depart/59.json"].content())
    assert set(nord) == {"59378", "59350"}


@pytest.mark.parametrize(
    ("label", "status", "answer"),
    [
        ("Démarches administratives", "en-cours", "partiel"),
        ("Démarches administratives", "prevue", "prevu"),
        ("Carte cantine ou culture", "en-cours", ""),
        ("Télétravail, télémédecine, télé-éducation", "en-cours", ""),
        ("Billettique et information multimodale", "prevue", ""),
    ],
)
def test_a_usage_that_is_several_proposes_nothing(
    tmp_path: Path, label: str, status: str, answer: str
) -> None:
    """An action on « télémédecine » says nothing of pupils, though both share a usage."""
    words, statuses = "data/vocabulary/usages.yml", "data/vocabulary/statuses.yml"
    action = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
    changes = {
        PATH: SMALL,
        words: TINY[words].replace("Démarches administratives", label),
        statuses: TINY[statuses] + "- id: prevue\n  label: Prévue\n",
        action: TINY[action].replace("en-cours", status).replace("started: 2016", "started: 2026"),
        "data/territories/59/59378-marcq-en-baroeul.yml": 'code: "59378"\n',
    }
    small = Small(tiny_tree(tmp_path, changes))
    assert small.directory.grid is not None
    index = GridIndex(small.directory.grid, small.directory.vocabularies["usages"])
    assert known_answers(index, small.directory.territories["59378"])["demarches"][0] == answer


def test_the_page_names_its_sizes_in_french(sample: Small) -> None:
    text = sample.text("evaluation/")
    assert "(intercommunalité)" in text and "intercommunalite" not in text


def test_the_grid_of_the_sample_covers_every_enjeu_and_class(sample: Small) -> None:
    grid = sample.directory.grid
    assert grid is not None
    for class_ in grid.classes:
        asked = {s.enjeu for s in grid.statements if s.weights[class_.id]}
        assert asked == set(sample.directory.vocabularies["enjeux"]), class_.id
    content = json.loads(sample.assets["evaluation/grille.json"].content())
    assert len(content["statements"]) == len(grid.statements)
    assert content["classes"][0]["below"] == 2000
    text = sample.text("evaluation/")
    assert "ne préjuge pas du jury" in text
