"""What is fed to the search index, and what the browser gets beside it."""

from __future__ import annotations

import json

import pytest

from atlaas.publish import pagefind, search
from atlaas.publish.lexicon import Lexicon
from support import Small


def test_a_summary_is_cut_between_two_words() -> None:
    assert search.shorten("Une **application** [utile](https://example.org).", 40) == (
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
    [kept] = tiny.directory.project.cache.glob("search/*")
    kept.unlink()
    anew = {a.url: a.content() for a in search.assets(tiny.directory, tiny.site)}
    assert first == again == anew
    cards = json.loads(first["recherche/fiches/0.json"])
    assert cards[0][0] == search.records(tiny.directory)[0].url
    assert any(path.endswith(".pf_meta") for path in first)
    assert not any("fragment" in path or "pagefind-ui" in path for path in first)


def test_many_records_make_several_indexes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "PER_INDEX", 3)
    made = pagefind.make_files([pagefind.Words(f"mot{n}", "commun") for n in range(7)])
    assert {path.split("/")[0] for path in made} == {"0", "1", "2"}
    assert "1/pagefind.js" not in made
    assert "2/pagefind-entry.json" in made


def test_an_index_of_another_form_is_refused() -> None:
    with pytest.raises(pagefind.PagefindError, match="changé de format"):
        pagefind._unpack(__import__("gzip").compress(b"something else"))


def test_known_words_are_those_of_titles_the_most_frequent_first() -> None:
    titles = ["École et numérique", "L'école d'Évry en 2018", "Wi-Fi à l'école numérique"]
    found = [search.Record("action", "", title, "", "", "autrement") for title in titles]
    assert search.known_words(found) == ["école", "numérique", "évry"]
