"""What is fed to the search index, and what the browser gets beside it."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import pytest

from atlaas.publish import pagefind, search
from atlaas.publish.lexicon import Lexicon
from support import Small, tiny_tree
from tiny import TINY


def test_a_summary_is_cut_between_two_words() -> None:
    assert search.shorten("Une **application** [utile](https://exemple.org).", 40) == (
        "Une application utile."
    )
    assert search.shorten("un deux trois", 9) == "un deux…"


def test_everything_has_a_number(tiny: Small) -> None:
    found = search.records(tiny.directory)
    kinds = {record.kind for record in found}
    assert kinds == {"territoire", "action", "theme", "acteur", "edition"}
    urls = [record.url for record in found]
    assert len(urls) == len(set(urls))
    assert set(urls) <= set(tiny.pages)


def test_a_theme_is_searched_without_the_word_that_all_share(tiny: Small) -> None:
    """« formation numérique » is to find what says so, not all that has such a theme."""
    found = {record.url: record for record in search.records(tiny.directory)}
    action = found["actions/59378/ecole-connectee/"].words.lower().split()
    assert "éducatif" in action and "numérique" not in action  # its theme: Numérique éducatif
    assert found["themes/numerique-educatif/"].title == "Numérique éducatif"


def test_an_action_is_found_by_its_public_and_its_tools(tiny: Small) -> None:
    found = {record.url: record for record in search.records(tiny.directory)}
    words = found["actions/59350/maison-du-numerique/"].words.split()
    assert {"Seniors", "Jeunes", "Decidim"} <= set(words)
    assert "Seniors" not in found["actions/59378/la-bonne-appli/"].words.split()


def test_the_columns_say_the_same_as_the_records(tiny: Small) -> None:
    found = search.records(tiny.directory)
    columns = search.facets(tiny.directory, found, Lexicon({}))
    kinds = [value for value, times in columns["kinds"] for _ in range(times)]
    assert kinds == [record.kind for record in found]
    themes = str(columns["themes"]).split(".")
    at = next(n for n, r in enumerate(found) if r.url == "actions/59378/la-bonne-appli/")
    # reseau-social is the second theme of the tiny vocabulary, numerique-educatif the first.
    assert themes[at] == "BA"
    assert str(columns["status"])[at] == "A"
    labels = columns["labels"]
    assert isinstance(labels, list)
    number, known = 0, {}
    for step, letters in zip(labels[::2], labels[1::2], strict=True):
        number += step
        known[found[number].url] = letters
    # Labels of 2018 and 2015: letters 28 and 25 after 1990.
    assert known["territoires/73008-aix-les-bains/"][0] == search.CODES[28]
    assert known["territoires/73008-aix-les-bains/"][2] == search.CODES[25]


def test_the_files_are_the_same_twice_and_kept(tiny: Small) -> None:
    first = {a.url: a.content() for a in search.assets(tiny.directory, tiny.site)}
    again = {a.url: a.content() for a in search.assets(tiny.directory, tiny.site)}  # kept
    [kept] = tiny.directory.project.cache.glob("search/0/*")
    kept.unlink()
    anew = {a.url: a.content() for a in search.assets(tiny.directory, tiny.site)}
    assert first == again == anew
    cards = json.loads(first["recherche/fiches/0.json"])
    assert cards[0][0] == search.records(tiny.directory)[0].url
    assert any(path.endswith(".pf_meta") for path in first)
    assert not any("fragment" in path or "pagefind-ui" in path for path in first)


def test_the_first_volume_holds_what_most_look_for(
    sample: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 200: 121 themes, actors and editions, 50 territories, then 29 actions."""
    directory = sample.directory
    found = search.records(directory)
    monkeypatch.setattr(search, "PER_VOLUME", len(found))
    assert search.shelved(directory, found) == [list(range(len(found)))]
    size = 200
    monkeypatch.setattr(search, "PER_VOLUME", size)
    shelves = search.shelved(directory, found)
    assert sorted(number for shelf in shelves for number in shelf) == list(range(len(found)))
    assert all(shelf == sorted(shelf) and len(shelf) <= size for shelf in shelves)
    first = [found[number] for number in shelves[0]]
    others = [record for record in found if record.kind not in ("territoire", "action")]
    assert [record for record in first if record.kind not in ("territoire", "action")] == others

    def known(url: str) -> int:
        territory = next(t for t in directory.territories.values() if t.url == url)
        return len(territory.actions) + len(territory.by_edition)

    here = {record.url for record in first if record.kind == "territoire"}
    away = {record.url for record in found if record.kind == "territoire"} - here
    assert len(here) == 50 and min(map(known, here)) >= max(map(known, away))
    since = {action.url: action.record.started or "" for action in directory.actions.values()}
    here = {record.url for record in first if record.kind == "action"}
    assert len(here) == 29
    assert min(map(since.get, here)) >= max(since[url] for url in since if url not in here)


def test_an_index_of_another_form_is_refused() -> None:
    with pytest.raises(pagefind.PagefindError, match="changé de format"):
        pagefind._unpack(__import__("gzip").compress(b"something else"))


def test_known_words_are_those_of_titles_the_most_frequent_first() -> None:
    titles = ["École et numérique", "L'école d'Évry en 2018", "Wi-Fi à l'école numérique"]
    found = [search.Record("action", "", title, "", "", "autrement") for title in titles]
    assert search.known_words(found) == ["école", "numérique", "évry"]


@pytest.mark.parametrize(
    "expected",
    [
        search.Record(
            *("territoire", "territoires/73008-aix-les-bains/", "Aix-les-Bains"),
            *("Commune, Savoie", "", "73008 73100 ", "73", "84"),
            labels=((2018, 4), (2015, 5)),
        ),
        search.Record(  # neither a département nor a région is said to lie in one
            *("territoire", "departements/59-nord/", "Nord", "Département", "", "dep-59 "),
            *("59", "32"),
        ),
        search.Record(
            *("territoire", "regions/32-hauts-de-france/", "Hauts-de-France", "Région", ""),
            *("reg-32 ", "", "32"),
        ),
        search.Record(
            *("territoire", "territoires/x-nord-numerique/", "Nord numérique"),
            *("Syndicat, Nord", "", "x-nord-numerique ", "59", "32"),
        ),
        search.Record(
            *("action", "actions/59378/la-bonne-appli/", "Appel à projets « La bonne appli »"),
            *("Marcq-en-Barœul", "Les habitants proposent une application."),
            *("Réseau social  éducatif Université de Lille ", "59", "32"),
            themes=("reseau-social", "numerique-educatif"),
            status="en-cours",
        ),
        search.Record(
            *("theme", "themes/numerique-educatif/", "Numérique éducatif", "Thème"),
            *("Le numérique à l'école.", ""),
            themes=("numerique-educatif",),
        ),
        search.Record("theme", "enjeux/mediation/", "Médiation", "Enjeu", "", ""),
        search.Record("theme", "label/mentions/arobase-verte/", "Arobase verte", "Mention", "", ""),
        search.Record(
            *("acteur", "acteurs/universite-de-lille/", "Université de Lille", "université", ""),
            *("Lille", "59", "32"),
        ),
    ],
    ids=lambda record: str(record.url),
)
def test_what_is_known_of_a_thing_to_find(tiny: Small, expected: search.Record) -> None:
    [found] = [r for r in search.records(tiny.directory) if r.url == expected.url]
    assert found == expected


def test_an_edition_is_found_by_its_year_and_its_place(tiny: Small) -> None:
    found = {r.title: r for r in search.records(tiny.directory) if r.kind == "edition"}
    assert list(found) == ["Label 2015", "Label 2016", "Label 2017", "Label 2018"]
    assert [record.place for record in found.values()] == ["", "", "Paris", ""]
    assert [record.labels for record in found.values()][2] == ((2017, 0),)
    assert "palmarès" in found["Label 2018"].words


def test_an_actor_of_which_little_is_known(tmp_path: Path) -> None:
    text = "name: Simplon\nsources:\n  - url: https://exemple.org/simplon\n"
    small = Small(tiny_tree(tmp_path, {"data/actors/simplon.yml": text}))
    [found] = [r for r in search.records(small.directory) if r.title == "Simplon"]
    assert found == search.Record("acteur", "acteurs/simplon/", "Simplon", "Acteur", "", "")


def test_a_long_story_is_shown_by_its_beginning_and_searched_a_little_further(
    tmp_path: Path,
) -> None:
    """Shown to 160 letters, searched to 200."""
    story = " ".join(f"mot{number:02}" for number in range(60))  # six letters each, with its space
    path = "data/actions/73/73008-aix-les-bains/tiers-lieu.md"
    head, _, _ = TINY[path].rpartition("---\n")
    small = Small(tiny_tree(tmp_path, {path: f"{head}---\n\n{story}\n"}))
    [found] = [r for r in search.records(small.directory) if r.url.startswith("actions/73008/")]
    shown = found.summary.removesuffix("…").split()
    assert found.summary.endswith("mot25…") and len(shown) == 26  # 26 words are 155 letters
    assert {"mot26", "mot32"} <= set(found.words.split())
    assert "mot34" not in found.words


def test_every_column_has_a_value_for_each_record(sample: Small) -> None:
    found = search.records(sample.directory)
    columns = search.facets(sample.directory, found, Lexicon({}))
    for name in ("kind", "departement", "region"):
        runs: Any = columns[f"{name}s"]
        assert [value for value, times in runs for _ in range(times)] == [
            getattr(record, name) for record in found
        ]
    letters = str(columns["letters"])
    themes = list(sample.directory.vocabularies["themes"])
    assert [
        tuple(themes[letters.index(letter)] for letter in letters_of)
        for letters_of in str(columns["themes"]).split(".")
    ] == [record.themes for record in found]
    states = list(sample.directory.vocabularies["statuses"])
    assert [
        "" if letter == "." else states[letters.index(letter)] for letter in str(columns["status"])
    ] == [record.status for record in found]
    labels: dict[int, str] = {}
    at, column = 0, iter(cast("list[Any]", columns["labels"]))
    for step in column:
        at += step
        labels[at] = next(column)
    for number, record in enumerate(found):
        text = labels.get(number, "")
        pairs = zip(text[::2], text[1::2], strict=True)
        years = tuple((1990 + letters.index(year), int(level)) for year, level in pairs)
        assert years == record.labels


def test_the_browser_is_told_what_each_volume_holds(
    tiny: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = search.records(tiny.directory)
    monkeypatch.setattr(search, "PER_VOLUME", 12)
    files = {asset.url: asset for asset in search.assets(tiny.directory, tiny.site)}
    count = sum("/facettes/" in url for url in files)
    columns = [json.loads(files[f"recherche/facettes/{n}.json"].content()) for n in range(count)]
    volumes = columns[0]["volumes"]
    assert len(volumes) == count > 2 and not any("volumes" in some for some in columns[1:])
    for volume, some in zip(volumes, columns, strict=True):
        numbers = list(accumulate(some["steps"], initial=-1))[1:]
        records = [found[number] for number in numbers]
        assert volume["count"] == len(records)
        assert volume["genre"] == sorted({record.kind for record in records})
        assert volume["theme"] == sorted({theme for record in records for theme in record.themes})
        years = {str(year) for record in records for year, _ in record.labels}
        assert volume["edition"] == sorted(years)
        assert "" not in volume["departement"] + volume["region"] + volume["etat"]
        kinds = [kind for kind, times in some["kinds"] for _ in range(times)]
        assert kinds == [record.kind for record in records]
    assert {url.split("/")[2] for url in files if "/index/" in url} == {
        *map(str, range(count)),
        "pagefind.js",
        "wasm.unknown.pagefind",
    }


def test_an_edit_has_one_volume_indexed_again(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PER_VOLUME", 12)
    list(search.assets(tiny.directory, tiny.site))
    asked: list[str] = []
    monkeypatch.setattr(pagefind, "make_files", lambda words, folder: asked.append(folder) or {})
    list(search.assets(tiny.directory, tiny.site))
    assert asked == []
    edited = search.records(tiny.directory)
    edited[0] = edited[0]._replace(words="autrement")
    monkeypatch.setattr(search, "records", lambda directory: edited)
    list(search.assets(tiny.directory, tiny.site))
    [volume] = [n for n, all_ in enumerate(search.shelved(tiny.directory, edited)) if 0 in all_]
    assert asked == [str(volume)]


def test_cards_are_filed_by_eight(tiny: Small) -> None:
    found = search.records(tiny.directory)
    assets = {asset.url: asset for asset in search.assets(tiny.directory, tiny.site)}
    count = sum("/fiches/" in url for url in assets)
    blocks = [json.loads(assets[f"recherche/fiches/{n}.json"].content()) for n in range(count)]
    cards = [card for block in blocks for card in block]
    assert cards == [[r.url, r.title, r.place, r.summary] for r in found]
    assert {len(block) for block in blocks[:-1]} == {8}
