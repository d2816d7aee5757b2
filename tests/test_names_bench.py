"""The benchmark of names: its counts on the small reference, and how it judges."""

from __future__ import annotations

import re

import pytest
from benchmarks import finding, names, palmares
from benchmarks.finding import Found
from benchmarks.names import Case, Line

from atlaas.geography.reference import Place, Reference
from support import SAMPLE


@pytest.fixture(scope="module")
def measured() -> tuple[list[Line], list[Found]]:
    """All that is measured."""
    return names.measure(SAMPLE, size=100)


@pytest.fixture(scope="module")
def lines(measured: tuple[list[Line], list[Found]]) -> dict[str, Line]:
    """What becomes of names, by line."""
    return {line.name: line for line in measured[0]}


def test_the_place_meant_is_found_first(measured: tuple[list[Line], list[Found]]) -> None:
    found = {line.name: line for line in measured[1]}
    assert found["live postcodes"].rows > 700
    for line in found.values():
        assert line.share >= line.goal, line.missed


def test_a_question_is_counted_where_its_place_stands() -> None:
    line = Found("x", 1.0)
    line.add("59700", {"59378", "59650"}, ["59650", "59378"])
    line.add("Lille", {"59350"}, ["59009", "59350"])
    line.add("Lomme", {"59350"}, [])
    assert (line.rows, line.first, line.among, f"{line.share:.2f}") == (3, 1, 1, "0.33")
    assert line.missed == ["Lille = 59350 -> 59009 59350", "Lomme = 59350 -> "]
    assert "| x | 3 | 1 | 1 | 1 | 33.33% | 100% |" in finding.table([line])


def test_goals_are_held(lines: dict[str, Line]) -> None:
    """None settled wrong, most settled, the true one first among what is asked."""
    assert len(lines) == 15
    for line in lines.values():
        assert line.rows >= 40
        small = line.name.startswith("palmarès")  # 100 lines here: a line is one in a hundred
        assert not {"settled wrong", "first"} & set(line.misses), (line.name, line.seen)
        assert small or not line.misses, (line.name, line.seen)
        assert line.settled >= (line.goal or 0) - 0.04 * small, (line.name, line.seen)


def test_every_line_of_the_palmares_is_counted(lines: dict[str, Line]) -> None:
    for layout in ("CSV", "sections", "without département"):
        line = lines[f"palmarès, {layout}"]
        assert line.rows == sum(line.counts.values()) == 100


@pytest.mark.parametrize(
    ("settled", "candidates", "outcome"),
    [
        ("59350", [], "right"),
        ("59009", [], "wrong"),
        (None, ["59350", "59009"], "first"),
        (None, ["59009", "59350"], "among"),
        (None, ["59009"], "absent"),
        (None, [], "absent"),
    ],
)
def test_an_outcome_is_reported_by_the_place_meant(
    settled: str | None, candidates: list[str], outcome: str
) -> None:
    line = Line("x")
    line.add(Case("Lille", "59", "59350", shared=False), settled, candidates)
    assert line.counts == line.clear == {outcome: 1}


def test_a_part_that_is_settled_as_its_whole_is_wrong() -> None:
    line = Line("x")
    line.add(Case("Lyon 3e Arrondissement", "", "69123", False, part=True), "69123", [])
    assert line.misses == ["settled wrong"]


def test_shares_are_of_the_names_that_one_place_carries() -> None:
    line = Line("x", 0.6)
    line.add(Case("a", "", "1", shared=False), "1", [])
    line.add(Case("b", "", "1", shared=False), None, ["2", "1"])
    line.add(Case("c", "", "1", shared=True), None, ["1"])
    assert (line.settled, line.first, line.rows, line.shared) == (0.5, 0.0, 3, 1)
    assert line.misses == ["settled"]  # one question is too few for a share
    assert "| x | 3 | 1 | 1 | 1 | 1 | 0 | 0 | 50.0% | 0.0% | settled |" in names.table([line])
    assert names.confusions([line]).endswith(
        "== x: among, 1\nb = 1 -> 2 1\n== x: first, 1\nc = 1 (shared) -> 1\n"
    )


def test_a_share_of_some_questions_is_a_goal() -> None:
    line = Line("x", 0.0)
    for _ in range(names.FEW):
        line.add(Case("b", "", "1", shared=False), None, ["2", "1"])
    assert line.misses == ["first"]


@pytest.mark.parametrize(
    ("name", "written", "last", "short"),
    [
        ("Saint-Étienne-du-Rouvray", "ST ETIENNE DU ROUVRAY", "", "Saint-Étienne"),
        ("L'Haÿ-les-Roses", "L HAY LES ROSES", "HAY LES ROSES (L')", "L'Haÿ"),
        ("Les Abymes", "LES ABYMES", "ABYMES (LES)", ""),
        ("Sainte-Anne", "STE ANNE", "", ""),
        ("Saintes", "SAINTES", "", ""),
        ("Marcq-en-Barœul", "MARCQ EN BAROEUL", "", "Marcq"),
        ("Charleville-Mézières", "CHARLEVILLE MEZIERES", "", "Charleville"),
        ("Villeneuve-d'Ascq", "VILLENEUVE D ASCQ", "", "Villeneuve"),
    ],
)
def test_names_are_written_as_people_write(name: str, written: str, last: str, short: str) -> None:
    assert palmares.key(name) == written
    assert names._article_last(name) == last
    assert palmares.short_name(name) == short


def test_an_abbreviation_shortens_saints_and_rivers(reference: Reference) -> None:
    place: Place = reference.places["59350"]
    written = {
        name: palmares._abbreviated(place._replace(name=name))
        for name in ("Saint-Denis-sur-Loire", "Sainte-Marie-sous-Bois", "Lille")
    }
    assert list(written.values()) == ["ST DENIS/LOIRE", "STE MARIE SS BOIS", ""]


def test_a_palmares_is_the_same_for_the_same_seed(reference: Reference) -> None:
    entries = palmares.make(reference, size=100)
    assert entries == palmares.make(reference, size=100) != palmares.make(reference, 2, 100)
    assert len(entries) == len({entry.code for entry in entries}) == 100
    wrong = [entry for entry in entries if entry.how]
    assert len(wrong) == 10
    assert {entry.how for entry in wrong} == {"misspelt", "abbreviated", "cut", "old"}
    kinds = [reference.places[entry.code].kind for entry in entries]
    assert kinds.count("epci") >= 5 and kinds.count("departement") == 1
    for entry in entries:
        assert entry.how or entry.written == reference.places[entry.code].name


def test_layouts_give_each_line_its_number() -> None:
    lille = palmares.Entry("59350", "Lille", "59", 5)
    bray = palmares.Entry("59107", "Bray/Dunes", "59", 4, "abbreviated")
    text, places = palmares.as_csv([bray, lille])
    assert text == "Collectivité;Département;Niveau\nBray/Dunes;59;4\nLille;59;5\n"
    assert places == {2: bray, 3: lille}
    assert palmares.as_csv([lille], False)[0] == "Collectivité;Niveau\nLille;5\n"
    text, places = palmares.as_sections([bray, lille])
    assert re.sub(r"\n+", "|", text).startswith("Palmarès 5 @|Lille (59)|Palmarès 4 @|Bray/Dunes")
    assert {text.splitlines()[n - 1]: e.code for n, e in places.items()} == {
        "Lille (59)": "59350",
        "Bray/Dunes (59)": "59107",
    }


def test_a_name_is_shared_by_who_carries_it_and_with_larger_towns_that_are_called_so(
    reference: Reference,
) -> None:
    owners = palmares.Owners(reference)
    assert owners.shares("Charleville", "", "51129")  # Charleville-Mézières, 08
    assert not owners.shares("Charleville", "51", "51129")
    assert owners.shares("Saint-Denis", "", "97411")
    assert not owners.shares("Saint-Denis", "974", "97411")
    assert owners.shares("Andrezé", "49", "77004") and not owners.shares("Andrezé", "49", "49023")
    assert not owners.shares("Lille", "59", "59350")
