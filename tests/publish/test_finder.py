"""The files of the finder: who is in which, and the place of everything that they point to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from atlaas.names.queries import word_lists

LILLE = "Métropole Européenne de Lille"


def read(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"finder/{name}.json"])


def entry(files: dict[str, bytes], name: str, code: str) -> list[Any]:
    """The one entry of a territory in a file, its EPCI's place as the name there."""
    found: list[Any]
    [found] = [entry for entry in read(files, name) if entry[0] == code]
    found[5] = read(files, "epci")[found[5] - 1] if found[5] else ""
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # With a page, a label of five @, and the first status of the list.
        ("n-m", ["59378", "Marcq-en-Barœul", "59", 40184, "59700", LILLE, "", "", "", "", 1, 5, 1]),
        # The newest label, not the best; of no member: the entry ends there.
        ("n-a", ["73008", "Aix-les-Bains", "73", 32406, "73100", "CA Grand Lac", *[""] * 4, 1, 4]),
        # A label without level is 0; parts and former codes.
        (
            "n-v",
            [
                *("59009", "Villeneuve-d'Ascq", "59", 62868, "59491 59493 59650", LILLE, ""),
                *("Annappes|Ascq|Flers-lez-Lille", "", "59020 59235", 1, 0, 3),
            ],
        ),
        # Neither file nor page: what the agreement of its group offers it.
        ("n-a", ["59017", "Armentières", "59", 26998, "59280", LILLE, *[""] * 4, 0, 0, 1]),
        ("n-l", ["200093201", LILLE, "59", 1195234, "", "", *[""] * 4, 1, 0, 2]),
        # Named by its own file alone.
        ("c-x", ["x-nord-numerique", "Nord numérique", "59", 0, "", "", *[""] * 4, 1, 0]),
        ("n-c", ["73065", "Chambéry", "73", 59964, "73000", "CA du Grand Chambéry"]),
    ],
)
def test_an_entry(files: dict[str, bytes], name: str, expected: list[Any]) -> None:
    assert entry(files, name, expected[0])[: len(expected)] == expected
    if len(expected) > 6:
        assert len(entry(files, name, expected[0])) == len(expected)


def test_a_commune_answers_by_its_name_its_postcodes_and_its_codes(files: dict[str, bytes]) -> None:
    """Lille: 59350, postcodes from 59000 to 59800, Lomme (59355) and Hellemmes (59298)."""
    names = {
        url.removeprefix("finder/").removesuffix(".json")
        for url in files
        if url.startswith("finder/") and url not in ("finder/index.json", "finder/epci.json")
        if any(entry[0] == "59350" for entry in read(files, url[7:-5]))
    }
    of_names = {name for name in names if name.startswith("n-")}
    of_codes = {name for name in names if name.startswith("c-")}
    assert of_names == {"n-l", "n-h"}  # Lille and Lomme, Hellemmes
    # 59298 | 59000 | 59160 | 59260, 59298 | 59350, 59355 | 59777 | 59800; and what begins them.
    assert {"c-590", "c-591", "c-592", "c-593", "c-597", "c-598", "c-59", "c-5"} == of_codes


def test_the_index_names_every_file_and_what_entries_point_to(files: dict[str, bytes]) -> None:
    index = read(files, "index")
    named = {f"{kind}-{stem}" for kind, stems in index["files"].items() for stem in stems.split()}
    there = {url[7:-5] for url in files if url.startswith("finder/")}
    assert named == there - {"index", "epci"}
    assert all(stems.split() == sorted(stems.split()) for stems in index["files"].values())
    assert index["members"] == [
        "peut devenir membre, par la Métropole européenne de Lille depuis 2016",
        "membre praemium, depuis le 2 juillet 2016",
        "membre praemium, depuis 2001",
    ]
    assert index["departements"]["59"] == "Nord" and index["departements"]["2A"] == "Corse-du-Sud"
    assert "200057966" in index["ept"] and "200093201" not in index["ept"]
    assert index["words"] == word_lists()
