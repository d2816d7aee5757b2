"""All records linked, on the tiny project of tiny.TINY."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.directory import territory_url
from atlaas.project import Project
from atlaas.read.problem import DataError
from support import Small, tiny_tree

MEL, MARCQ, LILLE, AIX, ASCQ = "200093201", "59378", "59350", "73008", "59009"


def test_what_has_a_page(tiny: Small) -> None:
    """Six files, one commune that only an action names, 109 départements and 19 régions."""
    territories = tiny.directory.territories
    kinds = [t.kind for t in territories.values()]
    assert kinds.count("commune") == 5
    assert kinds.count("epci") == 1
    assert kinds.count("syndicat") == 1
    reference = tiny.directory.reference
    assert kinds.count("departement") == len(reference.departements)
    assert kinds.count("region") == len(reference.regions)
    assert len(territories) == 7 + len(reference.departements) + len(reference.regions)


def test_territories_stand_in_french_order(tiny: Small) -> None:
    names = [t.name for t in tiny.directory.territories.values() if t.kind in ("commune", "epci")]
    assert names == [
        "Aix-les-Bains",
        "Lille",
        "Marcq-en-Barœul",
        "Métropole Européenne de Lille",
        "Roubaix",
        "Villeneuve-d'Ascq",
    ]


def test_an_action_makes_a_territory_without_a_file(tiny: Small) -> None:
    lille = tiny.directory.territories[LILLE]
    assert (lille.name, lille.path, lille.url) == ("Lille", "", "territoires/59350-lille/")
    assert [a.record.title for a in lille.actions] == ["Maison du numérique"]
    assert lille.labels == []
    assert lille.latest is None


def test_a_territory_that_names_itself(tiny: Small) -> None:
    syndicat = tiny.directory.territories["x-nord-numerique"]
    assert (syndicat.name, syndicat.kind, syndicat.kind_label) == (
        "Nord numérique",
        "syndicat",
        "Syndicat",
    )
    assert syndicat.url == "territoires/x-nord-numerique/"
    assert (syndicat.departement, syndicat.region) == ("59", "32")
    assert (syndicat.population, syndicat.point, syndicat.place) == (0, None, None)


@pytest.mark.parametrize(
    ("code", "name", "url"),
    [
        ("59378", "Marcq-en-Barœul", "territoires/59378-marcq-en-baroeul/"),
        ("2A004", "Ajaccio", "territoires/2A004-ajaccio/"),
        ("dep-2A", "Corse-du-Sud", "departements/2A-corse-du-sud/"),
        ("reg-32", "Hauts-de-France", "regions/32-hauts-de-france/"),
        ("x-siel", "SIEL", "territoires/x-siel/"),
    ],
)
def test_addresses(code: str, name: str, url: str) -> None:
    assert territory_url(code, name) == url


def test_actions_are_grouped_by_territory_then_by_title(tiny: Small) -> None:
    assert list(tiny.directory.actions) == [
        "73008/tiers-lieu",
        "59350/maison-du-numerique",
        "59378/la-bonne-appli",  # « Appel à projets… » comes before « École connectée »
        "59378/ecole-connectee",
    ]


def test_an_action_knows_what_it_names(tiny: Small) -> None:
    action = tiny.directory.actions["59378/la-bonne-appli"]
    assert action.url == "actions/59378/la-bonne-appli/"
    assert action.territory is tiny.directory.territories[MARCQ]
    assert action.year == "2016"
    assert [p.code for p in action.partners] == [MEL]
    assert tiny.directory.territories[MEL].partner_in == [action]
    university = tiny.directory.actors["universite-de-lille"]
    assert action.actors == (university,)
    assert university.actions == [action]
    assert university.url == "acteurs/universite-de-lille/"


def test_labels_are_oldest_first(tiny: Small) -> None:
    aix = tiny.directory.territories[AIX]
    assert [(label.edition, label.level) for label in aix.labels] == [(2015, 5), (2018, 4)]
    assert aix.latest is not None
    assert aix.latest.edition == 2018


def test_an_edition_holds_its_labels_strongest_first_then_by_name(tiny: Small) -> None:
    editions = tiny.directory.editions
    assert list(editions) == [2015, 2016, 2017, 2018]
    of_2018 = [(t.name, label.level) for t, label in editions[2018].labels]
    assert of_2018 == [("Marcq-en-Barœul", 5), ("Roubaix", 5), ("Aix-les-Bains", 4)]
    assert editions[2016].labels == []
    assert [label.level for _, label in editions[2017].labels] == [None]


def test_indexes(tiny: Small) -> None:
    directory = tiny.directory
    by_theme = {id_: [a.id for a in found] for id_, found in directory.actions_by["themes"].items()}
    assert by_theme == {
        "mediation-numerique": ["73008/tiers-lieu"],
        "numerique-educatif": [
            "59350/maison-du-numerique",
            "59378/la-bonne-appli",
            "59378/ecole-connectee",
        ],
        "reseau-social": ["59378/la-bonne-appli"],
    }
    # counted only under its first theme
    assert directory.rank_in_theme == {
        "73008/tiers-lieu": 0,
        "59350/maison-du-numerique": 0,
        "59378/ecole-connectee": 2,
        "59378/la-bonne-appli": 0,
    }
    assert [a.id for a in directory.actions_by["enjeux"]["mediation"]] == ["59378/la-bonne-appli"]
    assert "emploi" not in directory.actions_by["enjeux"]
    assert list(directory.actions_by["usages"]) == ["demarches-administratives"]


def test_labels_by_mention(tiny: Small) -> None:
    found = {
        id_: [(t.code, label.edition) for t, label in labels]
        for id_, labels in tiny.directory.labels_by_mention.items()
    }
    assert found == {"arobase-verte": [(AIX, 2018)], "numerique-educatif": [(MARCQ, 2018)]}


def test_areas_hold_what_lies_in_them(tiny: Small) -> None:
    in_nord = {t.code for t in tiny.directory.inside("dep-59")}
    assert in_nord == {LILLE, MARCQ, MEL, ASCQ, "59512", "x-nord-numerique"}
    in_region = {t.code for t in tiny.directory.inside("reg-32")}
    assert in_region == in_nord | {"dep-02", "dep-59", "dep-60", "dep-62", "dep-80"}


def test_neighbours_are_labelled_and_nearest_first(tiny: Small) -> None:
    """From Marcq, Roubaix (north-east) is nearer than Villeneuve-d'Ascq; Lille has no label."""
    directory = tiny.directory
    found = directory.neighbours(directory.territories[MARCQ])
    assert [t.name for _, t in found] == ["Roubaix", "Villeneuve-d'Ascq"]
    assert 5 < found[0][0] < 7
    assert directory.neighbours(directory.territories[AIX]) == []
    assert directory.neighbours(directory.territories["x-nord-numerique"]) == []
    assert len(directory.neighbours(directory.territories[MARCQ], count=1)) == 1


def test_the_agreement_of_the_epci_is_offered_to_its_communes(tiny: Small) -> None:
    directory = tiny.directory
    offered = directory.agreement(directory.territories[LILLE].epci)
    assert offered is not None
    membership, epci = offered
    assert (membership.offers, epci.code) == ("membre", MEL)
    assert directory.agreement(directory.territories[AIX].epci) is None
    assert directory.agreement(directory.territories[MEL].epci) is None


def test_a_commune_that_merged_is_refused_with_its_successor(tmp_path: Path) -> None:
    old = 'code: "69152"\nlabels: []\n'
    with pytest.raises(DataError) as caught:
        Small(tiny_tree(tmp_path, {"data/territories/69/69152-pierre-benite.yml": old}))
    [problem] = [p for p in caught.value.problems if p.rule.startswith("code")]
    assert (problem.line, problem.column) == (1, 7)
    assert "69149" in problem.message + problem.advice
    assert "Oullins-Pierre-Bénite" in problem.message + problem.advice


def test_the_order_of_files_does_not_matter(tiny: Small, tmp_path: Path) -> None:
    """Records are linked in the same order whatever the order in which they were read."""
    from atlaas.directory import link
    from atlaas.directory.loading import read_and_check

    checked = read_and_check(Project(tiny.root))
    for records in (checked.records.territories, checked.records.actions, checked.records.actors):
        records.reverse()
    checked.records.editions.reverse()
    other = link(checked.reference, checked.records, {})
    assert list(other.territories) == list(tiny.directory.territories)
    assert list(other.actions) == list(tiny.directory.actions)
    assert list(other.editions) == list(tiny.directory.editions)
    for year, edition in other.editions.items():
        names = [t.code for t, _ in edition.labels]
        assert names == [t.code for t, _ in tiny.directory.editions[year].labels]


def test_names_inside_sentences(tiny: Small) -> None:
    territories = tiny.directory.territories
    assert territories[MEL].headed("Actions") == "Actions de la Métropole européenne de Lille"
    assert territories["dep-59"].of == "du Nord"
    assert territories["dep-59"].at == "dans le Nord"
    assert territories["reg-11"].at == "en Île-de-France"
    syndicat = territories["x-nord-numerique"]
    syndicat.name, name = "Inforoutes", syndicat.name
    assert syndicat.headed("Actions numériques") == "Inforoutes : actions numériques"
    syndicat.name = name


def test_an_overseas_collectivite_is_no_region(tiny: Small) -> None:
    territories = tiny.directory.territories
    assert territories["reg-988"].kind_label == "Collectivité d'outre-mer"
    assert territories["reg-32"].kind_label == "Région"
