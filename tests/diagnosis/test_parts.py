"""Membership, usages, mosaic, sizes, network: on the tiny project, worked out by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from atlaas.diagnosis import membership, quality, sizes, usages
from atlaas.diagnosis.mosaic import Mosaics
from atlaas.publish.finder import members_of
from support import Html, Small, text_of, tiny_tree
from tiny import TINY

MEL = "200093201"


def test_a_commune_may_become_a_member_by_its_epci(tiny: Small) -> None:
    """The agreement is an offer: nothing says that the commune took it."""
    found = membership.status(tiny.directory, tiny.directory.territories["59512"])
    assert found and found.derived
    assert membership.in_words(found) == (
        "peut devenir membre, par la Métropole européenne de Lille depuis 2016"
    )


def test_its_own_membership_comes_first(tiny: Small) -> None:
    found = membership.status(tiny.directory, tiny.directory.territories["59009"])
    assert found and not found.derived
    assert membership.in_words(found) == "membre praemium, depuis 2001"
    text = tiny.text("territoires/59009-villeneuve-d-ascq/")
    assert "Membre praemium, depuis 2001." in text
    assert "Peut devenir membre, par la Métropole européenne de Lille depuis 2016." in text


def test_its_own_file_may_name_the_epci_that_it_joined_through(tmp_path: Path) -> None:
    text = (
        'code: "59512"\nmemberships:\n  - level: membre\n    since: 2018\n'
        f'    through: "{MEL}"\n    sources:\n      - url: https://exemple.org/roubaix\n'
    )
    directory = Small(
        tiny_tree(tmp_path, {"data/territories/59/59512-roubaix.yml": text})
    ).directory
    [found] = membership.own(directory, directory.territories["59512"])
    assert found.through is directory.territories[MEL] and not found.derived
    assert membership.in_words(found) == "membre, par la Métropole européenne de Lille depuis 2018"


def test_a_membership_known_of_one_date_is_not_one_of_today(tmp_path: Path) -> None:
    text = (
        'code: "59512"\nmemberships:\n  - level: membre\n    attested: 2011\n'
        "    sources:\n      - url: https://exemple.org/roubaix\n"
    )
    small = Small(tiny_tree(tmp_path, {"data/territories/59/59512-roubaix.yml": text}))
    [found] = membership.own(small.directory, small.directory.territories["59512"])
    assert membership.in_words(found) == "membre en 2011"
    today = membership.status(small.directory, small.directory.territories["59512"])
    assert today and today.derived  # it may become one, by its EPCI
    page = small.text("territoires/59512-roubaix/")
    assert "Membre en 2011." in page
    assert "Peut devenir membre, par la Métropole européenne de Lille depuis 2016." in page
    users = small.text("territoires/200093201-metropole-europeenne-de-lille/")
    assert "Roubaix (membre en 2011)" in users
    assert "Roubaix membre en 2011" in small.text("departements/59-nord/")


def test_who_is_no_member(tiny: Small) -> None:
    assert membership.status(tiny.directory, tiny.directory.territories["73008"]) is None


def test_an_agreement_offers_what_its_record_says(tmp_path: Path) -> None:
    path = "data/territories/59/200093201-metropole-europeenne-de-lille.yml"
    text = (
        'code: "200093201"\nmemberships:\n  - level: praemium\n    since: 2016-07-02\n'
        "    offers: praemium\n    sources:\n      - url: https://exemple.org/mel\n"
    )
    small = Small(tiny_tree(tmp_path, {path: text}))
    assert (
        "Peut devenir membre praemium, par la Métropole européenne de Lille depuis 2016."
        in small.text("territoires/59512-roubaix/")
    )


def test_all_communes_of_the_agreement_are_reported_by_the_finder(tiny: Small) -> None:
    words, places = members_of(tiny.directory)
    communes = {place.code for place in tiny.directory.reference.members(MEL)}
    assert len(communes) == 95
    assert set(places) == communes | {MEL}
    assert words[places["59001"] - 1] if "59001" in places else True
    assert words[places["59512"] - 1] == (
        "peut devenir membre, par la Métropole européenne de Lille depuis 2016"
    )
    assert words[places["59009"] - 1] == "membre praemium, depuis 2001"


def test_the_epci_shows_who_makes_use_of_it(tiny: Small) -> None:
    text = Html(tiny.html("territoires/200093201-metropole-europeenne-de-lille/")).section(
        "Adhésion"
    )
    assert "Sur ses 95 communes d'aujourd'hui, qui peuvent toutes en profiter" in text
    assert "1 commune est connue comme membre : Villeneuve-d'Ascq (membre praemium, depuis" in text
    assert "2 communes portent des actions dans l'Atlaas : Lille, Marcq-en-Barœul" in text
    assert "3 communes ont un label connu depuis l'édition 2016" in text


def test_usages_are_covered_by_oneself_by_a_wider_one_or_not(tiny: Small) -> None:
    territories = tiny.directory.territories
    [own] = usages.Usages(tiny.directory).grid(territories["59378"])
    assert (own.by, len(own.services), len(own.actions)) == ("own", 1, 1)
    [partner] = usages.Usages(tiny.directory).grid(territories[MEL])  # as a partner of that action
    assert (partner.by, len(partner.actions)) == ("own", 1)
    [above] = usages.Usages(tiny.directory).grid(territories["59512"])
    assert above.by == "above" and above.carrier is territories[MEL]
    [none] = usages.Usages(tiny.directory).grid(territories["73008"])
    assert (none.by, none.carrier) == ("", None)


def _usages_of(small: Small, url: str) -> str:
    return Html(small.html(url)).section("Usages")


# Two more usages than the one of the tiny project.
TWO_MORE = """\
- id: visioconference
  label: Visioconférence
- id: banque-en-ligne
  label: Banque en ligne
"""


def test_what_is_unknown_of_the_usages_is_one_folded_line(tmp_path: Path) -> None:
    """Marcq knows one of three; Aix none; what a source only cites is said so."""
    words = "data/vocabulary/usages.yml"
    programme = (
        f'code: "{MEL}"\nprogrammes:\n  - title: Accompagnement\n'
        "    usages: [visioconference]\n    sources:\n"
        "      - publisher: Villes Internet\n        title: Article\n        date: 2016-07-02\n"
    )
    whole = f"data/territories/59/{MEL}-metropole-europeenne-de-lille.yml"
    changes = {words: TINY[words] + TWO_MORE, whole: programme}
    small = Small(tiny_tree(tmp_path, changes))
    marcq = small.html("territoires/59378-marcq-en-baroeul/")
    assert "2 usages non connus sur 3" in Html(marcq).section("Usages")
    assert len([t for t in Html(marcq).all("li") if t.attributes.get("class") == "own"]) == 2
    assert "Aucun des 3 usages suivis n'est encore connu ici" in _usages_of(
        small, "territoires/73008-aix-les-bains/"
    )
    metropole = small.html("territoires/200093201-metropole-europeenne-de-lille/")
    assert "Visioconférence cité par la source de 2016, aucune action connue" in text_of(metropole)
    assert "1 usage non connu sur 3" in Html(metropole).section("Usages")
    # The commune does not take over what is only cited of its metropole.
    roubaix = _usages_of(small, "territoires/59512-roubaix/")
    assert "Visioconférence" in roubaix and "cité" not in roubaix


def test_nothing_is_asked_of_the_usages_of_what_is_gone(tiny: Small) -> None:
    """Nord numérique has a successor: « rien de connu » would ask it for something."""
    titles = [t.text for t in Html(tiny.html("territoires/x-nord-numerique/")).all("h2")]
    assert "Usages" not in titles and "Enjeux" not in titles


def test_usage_pages_show_services_too(tiny: Small) -> None:
    text = Html(tiny.html("usages/demarches-administratives/")).section("Services en ligne")
    assert "Portail famille : Marcq-en-Barœul" in text


def _with_ideas(count: int, population_codes: list[str]) -> dict[str, str]:
    return {
        f"data/actions/59/{code}-x/emploi-{n}.md": (
            f'---\ntitle: Emploi {code} {n}\nterritory: "{code}"\nthemes: [reseau-social]\n'
            "enjeux: [emploi]\nsources:\n  - url: https://exemple.org/e\n---\n\nTexte.\n"
        )
        for code in population_codes
        for n in range(count)
    }


def test_ideas_come_from_comparable_territories(tiny: Small, tmp_path: Path) -> None:
    """Roubaix (98 286) asks: Tourcoing (98 772) is near; Lille (238 246) is over 149 999."""
    files = {}
    for code, slug in (("59599", "tourcoing"), ("59350", "lille")):
        files.update({k.replace("-x/", f"-{slug}/"): v for k, v in _with_ideas(1, [code]).items()})
    small = Small(tiny_tree(tmp_path, files))
    territories = small.directory.territories
    ideas = Mosaics(small.directory).ideas(territories["59512"], "emploi")
    assert [a.territory.name for a in ideas] == ["Tourcoing"]
    back = Mosaics(small.directory).of(territories["59512"])
    assert [(lead.term.id, [a.territory.code for a in lead.ideas]) for lead in back.leads] == [
        ("emploi", ["59599"])
    ]
    assert "emploi" not in {term.id for term in back.others}
    mosaic = Mosaics(small.directory).of(territories["59599"])
    assert [(t.term.id, t.actions) for t in mosaic.tiles] == [("emploi", 1)]
    assert "mediation" in {term.id for term in mosaic.others}


def test_median_and_quartiles() -> None:
    """1, 2, 3, 4, 10: places 2, 3 and 4. Four values say nothing."""
    found = sizes.spread(Fraction(n) for n in (10, 1, 3, 2, 4))
    assert found == (5, 2, 3, 4)
    assert sizes.spread(map(Fraction, (1, 2, 3, 4))) == (4, None, None, None)
    assert sizes.spread(map(Fraction, (1, 2, 3, 4, 5, 6))).median == Fraction(7, 2)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(Fraction(1, 8), 2, "0.13"), (Fraction(5, 2), 0, "3"), (Fraction(1, 3), 1, "0.3")],
)
def test_rounding_is_half_up(value: Fraction, digits: int, expected: str) -> None:
    assert sizes.decimal(value, digits) == expected


def test_places_answer_for_every_commune(tiny: Small) -> None:
    nord = json.loads(tiny.assets["lieux/59.json"].content())
    assert nord["59350"][2] == tiny.directory.reference.places["59350"].population
    assert nord[MEL][3] == "epci"
    assert nord["59350"][5] == "Lille"


def test_quality_has_no_clock(tiny: Small) -> None:
    """The newest date of Marcq's own records is its action's verification."""
    assert quality.as_of(tiny.directory, [tiny.directory.territories["59378"]]) == "2026-11-21"
    assert quality.as_of(tiny.directory, [tiny.directory.territories["73008"]]) == ""


def test_the_three_nearest_in_population_give_ideas(tmp_path: Path) -> None:
    """Roubaix (98 892): Tourcoing, Caen, Rouen, then Amiens, each larger than the one before."""
    files = {}
    for folder in ("59/59599-tourcoing", "14/14118-caen", "76/76540-rouen", "80/80021-amiens"):
        [(_, text)] = _with_ideas(1, [folder[3:8]]).items()
        files[f"data/actions/{folder}/emploi-0.md"] = text
    small = Small(tiny_tree(tmp_path, files))
    mosaics, territories = Mosaics(small.directory), small.directory.territories
    ideas = mosaics.ideas(territories["59512"], "emploi")
    assert [a.territory.code for a in ideas] == ["59599", "14118", "76540"]
    ideas = mosaics.ideas(territories["80021"], "emploi")  # from the other side, to the very first
    assert [a.territory.code for a in ideas] == ["76540", "14118", "59599"]
