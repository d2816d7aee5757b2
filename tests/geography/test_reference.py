"""The official geography. Counts are those of the sample: see its README."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from atlaas.geography.reference import Reference
from atlaas.project import Project
from support import REFERENCE

MEL = "200093201"


def test_counts(reference: Reference) -> None:
    communes = [place for place in reference.places.values() if place.kind == "commune"]
    home = [c for c in communes if c.zone != "com"]  # metropolitan France and DROM
    assert (len(home), sum(c.population for c in home)) == (1_527, 24_223_988)
    assert sum(c.lat is None for c in communes) == 1
    kinds = [place.kind for place in reference.places.values()]
    assert kinds.count("commune") == 1_535
    assert kinds.count("epci") == 259
    assert kinds.count("ept") == 11
    assert kinds.count("region") == 18 + 8  # the overseas collectivities stand beside the régions


def test_places_are_a_mapping_that_counts_each_place_once(reference: Reference) -> None:
    """Whatever was already asked for: communes are made when they are."""
    places = Reference(reference.project).places
    total = 1_535 + 259 + 11 + 26 + 109
    assert len(places) == total
    assert "59378" in places
    assert places["59378"] is places["59378"]
    assert len(places) == len(set(places)) == total
    assert "59999" not in places
    assert places.get("59999") is None
    with pytest.raises(KeyError):
        places["59999"]


def test_a_commune(reference: Reference) -> None:
    marcq = reference.get("59378")
    assert marcq is not None
    assert (marcq.name, marcq.kind, marcq.departement, marcq.region, marcq.epci) == (
        "Marcq-en-Barœul",
        "commune",
        "59",
        "32",
        MEL,
    )
    assert marcq.postcodes == ("59700",)
    assert marcq.lat is not None
    assert 50.6 < marcq.lat < 50.7
    assert marcq.zone == "metro"


def test_codes_with_letters_and_leading_zeros(reference: Reference) -> None:
    names = {code: reference.places[code].name for code in ("01004", "2A004", "97411")}
    assert names == {"01004": "Ambérieu-en-Bugey", "2A004": "Ajaccio", "97411": "Saint-Denis"}
    assert reference.places["2A004"].departement == "2A"
    assert reference.places["97411"].departement == "974"


def test_the_metropole_has_95_members(reference: Reference) -> None:
    place = reference.places[MEL]
    assert (place.kind, place.nature, place.departement) == ("epci", "ME", "59")
    members = reference.members(MEL)
    assert len(members) == 95
    assert {"59350", "59378", "59009", "59512", "59599"} <= {m.code for m in members}
    assert place.population == sum(m.population for m in members)


def test_a_territory_of_greater_paris_has_members_of_both_kinds(reference: Reference) -> None:
    plaine_commune = reference.places["200057867"]
    assert (plaine_commune.name, plaine_commune.kind) == ("Plaine Commune", "ept")
    members = reference.members("200057867")
    assert [m.code for m in members] == [
        "93001",
        "93027",
        "93031",
        "93039",
        "93066",
        "93070",
        "93072",
        "93079",
    ]
    assert {m.epci for m in members} == {"200054781"}  # the métropole du Grand Paris
    assert plaine_commune.population == sum(m.population for m in members)
    assert plaine_commune.lat is not None
    assert 48.9 < plaine_commune.lat < 49.0


def test_areas(reference: Reference) -> None:
    nord, hauts_de_france = reference.places["dep-59"], reference.places["reg-32"]
    assert (nord.name, nord.kind, nord.region) == ("Nord", "departement", "32")
    assert (hauts_de_france.name, hauts_de_france.kind) == ("Hauts-de-France", "region")
    in_region = {d.code for d in reference.departements.values() if d.region == "32"}
    assert in_region == {"dep-02", "dep-59", "dep-60", "dep-62", "dep-80"}


def test_former_codes(reference: Reference) -> None:
    assert len(reference.former) == 403
    assert reference.successor("69152") == "69149"  # Pierre-Bénite, now Oullins-Pierre-Bénite
    assert reference.successor("01018") == "01033"  # Arlod, now Valserhône
    assert reference.successor("59378") is None  # a commune of today
    assert reference.successor("99999") is None
    assert all(new in reference.places for codes in reference.former.values() for new in codes)


def test_a_split_commune_has_no_single_successor(reference: Reference) -> None:
    split = Reference(reference.project)
    split.__dict__["former"] = {"00001": ("59350", "59378")}
    assert split.successor("00001") is None
    assert split.split == {"00001"}


def test_a_dissolved_commune_has_no_successor_either(tmp_path: Path) -> None:
    """Its land went to several, though the table names one: the column « ambigu » says so."""
    shutil.copytree(REFERENCE, tmp_path / "data/reference")
    table = tmp_path / "data/reference/mouvements.csv"
    with table.open("a", encoding="utf-8") as rows:
        rows.write("59998,Ruine,59350,Lille,code disparu,suppression,1968-03-02,oui\n")
    reference = Reference(Project(tmp_path))
    assert reference.former["59998"] == ("59350",)
    assert reference.successor("59998") is None
    assert reference.split == {"59998"}


def test_former_names(reference: Reference) -> None:
    assert ("Oullins", "69", "69149") in reference.former_names
    assert ("Pierre-Bénite", "69", "69149") in reference.former_names
    assert ("Asnières", "92", "92004") in reference.former_names  # the code of the old Seine
    # Charleville-Mézières kept the code of Charleville: an earlier name, and no movement.
    assert ("Charleville", "08", "08105") in reference.former_names
    assert "08105" not in {move.code for move in reference.movements}
    # 75015 is Bry-sur-Marne under the code of the old Seine: no other name.
    assert "Bry-sur-Marne" not in {name for name, _, _ in reference.former_names}
    assert reference.former_name["01018"] == "Arlod"
    assert reference.former_name["01138"] == "Culoz"


def test_websites_are_addresses(reference: Reference) -> None:
    """Of the 1 313 values, one is an e-mail."""
    address = re.compile(r"https?://[^/@\s]+\.[^/@\s]+(/\S*)?")
    wrong = {code: url for code, url in reference.websites.items() if not address.fullmatch(url)}
    assert wrong == {}
    assert len(reference.websites) == 1_339


def test_an_unknown_code_has_no_place(reference: Reference) -> None:
    assert reference.get("nowhere") is None
    assert reference.members("nowhere") == []


def test_articles_of_what_a_name_does_not_tell(reference: Reference) -> None:
    articles = reference.articles
    assert articles["dep-59"] == "2"  # le Nord
    assert articles["dep-73"] == "3"  # la Savoie
    assert articles["reg-11"] == "1"  # d'Île-de-France
    assert articles["59295"] == "1"  # d'Hazebrouck
    assert "59350" not in articles  # Lille tells itself
