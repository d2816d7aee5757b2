"""How words are read, compared and filed, by the rule itself; worked out by hand."""

from __future__ import annotations

import pytest

from atlaas.names import index as filing
from atlaas.names.index import Index, NamedPlace, file_of, sound
from atlaas.names.queries import telling, word_lists
from atlaas.names.resolve import resolve
from atlaas.names.search import TOO_FAR, distance, faults


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ville de saint denis", ["denis"]),
        ("communaute de communes du pays", ["pays"]),
        ("la ville", ["la", "ville"]),  # nothing but common words: all of them
    ],
)
def test_common_words_lead_nowhere_but_alone(words: str, found: list[str]) -> None:
    assert telling(words.split()) == found


@pytest.mark.parametrize(
    ("word", "most"), [("eus", 0), ("nice", 1), ("roubaix", 1), ("grenoble", 2)]
)
def test_how_many_faults_a_length_bears(word: str, most: int) -> None:
    """3 letters: none; 4 to 7: one; from 8 on: two."""
    assert faults(word) == most


@pytest.mark.parametrize(
    ("wanted", "name", "far"),
    [
        ("nice", "nice", 0),
        ("nyce", "nice", 1),
        ("eux", "eus", TOO_FAR),  # no fault in three letters
        ("narseil", "marseillan", 2),  # 1 from « marseil », 1 for being a beginning
        ("lile", "lillebonne", TOO_FAR),  # 1 from « lill », but four letters begin too much
        ("ruobaix", "roubaix", 1),  # two letters swapped
        ("rouen", "roubaix", TOO_FAR),
    ],
)
def test_distance(wanted: str, name: str, far: int) -> None:
    assert distance(wanted, name) == far


def test_the_browser_reads_by_the_same_lists() -> None:
    lists = word_lists()
    assert {"sur", "lez"} <= set(lists["small"]) <= set(lists["common"])
    assert "mairie" in lists["common"] and "mairie" not in lists["small"]
    assert lists["abbreviations"]["ste"] == "sainte"
    assert ["communaute de communes", ["epci", "ept"]] in lists["openings"]
    assert "agglopole" in lists["epci"]


def test_a_full_file_keeps_the_exact_name_and_the_largest(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than two places: « abc » itself, the largest that begins so, and what is no commune."""
    monkeypatch.setattr(filing, "LARGEST", 2)
    monkeypatch.setattr(filing, "SHORTENED", 1)
    named = (("1", "Abc", 10), ("2", "Abcd", 30), ("3", "Abce", 20), ("4", "Abcf", 40))
    known = {
        code: NamedPlace(code, name, "commune", population=people) for code, name, people in named
    }
    known["5"] = NamedPlace("5", "Abcg", "epci", population=50)
    files = Index(known, {}).files
    assert files["n-ab"] == ["4", "5"]
    assert files["n-abc"] == ["4", "1", "5"]
    assert files["n-abce"] == ["3"]
    assert file_of("n-abcex", files) == "n-abce"
    assert file_of("n-xyz", files) == ""


def france(*places: NamedPlace) -> Index:
    """An index of these places alone."""
    return Index({place.code: place for place in places}, {"nord": "59", "59": "59"})


def commune(code: str, name: str, people: int, **more: tuple[str, ...]) -> NamedPlace:
    more.setdefault("departements", (code[:2],))
    return NamedPlace(code, name, "commune", population=people, **more)


def test_a_commune_comes_before_the_epci_of_its_name() -> None:
    body = NamedPlace("200000001", "Valmont", "epci", departements=("76",), population=9000)
    found = resolve("Valmont", index=france(body, commune("76719", "Valmont", 900)))
    assert (found.status, found.code) == ("settled", "76719")


def offered(name: str, *places: NamedPlace, departement: str | None = None) -> list[str]:
    found = resolve(name, index=france(*places), departement=departement)
    assert found.status == "doubtful"
    return [candidate.code for candidate in found.candidates]


def test_the_very_name_comes_before_the_larger_of_nearly_that_name() -> None:
    places = commune("59001", "La Chapelle", 100), commune("62001", "Chapelle", 5000)
    assert offered("La Chapelle", *places) == ["59001", "62001"]


def test_a_large_place_that_carries_the_name_comes_before_a_former_one() -> None:
    former = commune("59001", "Autreville", 300, formers=("La Chapelle",))
    assert offered("Chapelle", former, commune("59002", "La Chapelle-Grande", 5000)) == [
        "59002",
        "59001",
    ]


def test_words_of_two_names_in_common_are_offered() -> None:
    """Two words are enough where they are those of an intercommunalité of the département."""
    body = NamedPlace("200000001", "CC Vallée Scarpe Sensée", "epci", "CC", ("59",))
    assert offered("CC Sensée Scarpe", body, departement="59") == ["200000001"]


def test_a_code_beside_the_name_tells_homonyms_apart() -> None:
    north = commune("59400", "Merville", 9800, postcodes=("59660",))
    south = commune("31341", "Merville", 6700, postcodes=("31330",))
    index = france(north, south)
    assert index.by_code["31330"] == ["31341"]
    assert resolve("Merville 31330", index=index).code == "31341"
    assert resolve("Merville", index=index, postcode="59660").code == "59400"
    assert resolve("Merville", index=index).code is None


def test_names_that_sound_alike_are_filed_together() -> None:
    """Without vowels; qu and c are k, x and z are s, a doubled letter is one."""
    assert sound(("grand", "quessoy")) == "grndks"
    assert sound(("marcq",)) == sound(("marque",)) == "mrk"
