"""The canonical form: exact texts worked out by hand, then properties on whatever can be read."""

from __future__ import annotations

import json
from typing import Any

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlaas.edit.canonical import canonical, fix, normal, render, story
from atlaas.edit.draft import draft_of, insert
from atlaas.geography.reference import Reference
from atlaas.project import Project
from atlaas.read import inventory, parse, read_bytes, read_entry
from atlaas.rules import Context
from support import SAMPLE


def form(text: str, kind: str = "territory") -> str:
    document = read_bytes(text.encode(), "data/x.yml", kind)
    assert not document.problems
    return canonical(document)


MESSY = """\
# Fiche de Maurepas
labels:   # tous vérifiés
- level: '4'   # selon la presse
  edition: 2018
  # la page de la ville a disparu
  sources: [{url: "https://exemple.fr/a#b", seen: 2026-11-21}]
-   edition: "2019"
    mentions: [ numerique-educatif,  # lue sur l'affiche
      accessibilite ]
    sources:
    - {publisher: 'Ville : service presse', title: "No", date: 2019}
# le site a changé en 2020
website:   https://exemple.fr/
code: 78383
# fin
"""
NEAT = """\
# Fiche de Maurepas
code: "78383"
# le site a changé en 2020
website: https://exemple.fr/
labels:  # tous vérifiés
  - edition: 2018
    level: 4  # selon la presse
    # la page de la ville a disparu
    sources:
      - url: https://exemple.fr/a#b
        seen: 2026-11-21
  - edition: 2019
    mentions:
      - numerique-educatif  # lue sur l'affiche
      - accessibilite
    sources:
      - publisher: "Ville : service presse"
        title: "No"
        date: 2019
# fin
"""


def test_keys_quotes_lists_and_comments() -> None:
    assert form(MESSY) == NEAT
    assert form(NEAT) == NEAT


def test_blocks_and_quotes() -> None:
    assert form(
        "code: 'x-a'\nname: >\n  Un nom\n  sur deux lignes\ncountry: on\nkind: ~\n"
        "doubt: |  # à revoir\n  première  ligne \n\n  # pas un commentaire\nsuccessor: 01004\n"
    ) == (
        'code: "x-a"\nname: Un nom sur deux lignes\nkind:\ncountry: "on"\n'
        'successor: "01004"\n# à revoir\n'
        "doubt: |-\n  première ligne\n\n  # pas un commentaire\n"
    )


def test_values_that_other_readers_would_misread_are_quoted() -> None:
    text = form(
        'title: "2018"\nterritory: 59350\nthemes: [a]\nsources: [{title: "22:22", url: x#y}]\n'
        'doubt: "null"\nlessons: "- tiret"\nstarted: "2016-07"\nstatus: "@"\n'.join(
            ["---\n", "---\nTexte.\n"]
        ),
        "action",
    )
    assert text == (
        '---\ntitle: "2018"\nterritory: "59350"\nthemes:\n  - a\nstatus: "@"\nstarted: 2016-07\n'
        'lessons: "- tiret"\nsources:\n  - url: x#y\n    title: "22:22"\ndoubt: "null"\n---\n\n'
        "Texte.\n"
    )


def test_a_list_file_stands_at_the_margin() -> None:
    assert form(
        "- label: B\n  id: b\n  spellings: [x, y]\n\n- id: c\n  label: C\n", "vocabulary"
    ) == ("- id: b\n  label: B\n  spellings:\n    - x\n    - y\n- id: c\n  label: C\n")


def test_normal_characters() -> None:
    assert normal(" e\u0301cole\u00a0: l\u2019été \u202f») ") == "école : l’été »)"
    assert normal("a \n\n b\t c ") == "a\n\nb c"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n\nUn texte.  \n\nUn autre. \n\n", "Un texte.\n\nUn autre."),
        ("Une ligne,  \nune autre.", "Une ligne,\\\nune autre."),
        ("- a \n- b\u00a0!\n", "- a\n- b !"),
        ("```\ncode  \nsuite\n```", "```\ncode\nsuite\n```"),
    ],
)
def test_story(before: str, after: str) -> None:
    assert story(before) == after
    assert story(after) == after


def test_unreadable_is_left_alone() -> None:
    document = read_bytes(b"code: &a 1\n", "data/territories/x.yml", "territory")
    text, problems = fix(document, Context(Reference(Project(SAMPLE)), "2026-11-21"))
    assert text == document.text
    assert [p.rule for p in problems] == ["yaml-strict"]


def test_fixes_of_rules_are_made() -> None:
    document = read_bytes("code: 59350\nname: Li\u200blle\n".encode(), "x.yml", "territory")
    text, problems = fix(document, Context(Reference(Project(SAMPLE)), "2026-11-21"))
    assert (text, problems) == ('code: "59350"\nname: Lille\n', [])


def test_numbers_lose_their_quotes_and_texts_keep_them() -> None:
    wrong = """code: "59350"\nlabels:\n  - edition: '2018'\n    level: "5"\n    doubt: "5"\n"""
    document = read_bytes(wrong.encode(), "x.yml", "territory")
    text, problems = fix(document, Context(Reference(Project(SAMPLE)), "2026-11-21"))
    assert problems == []
    assert text == ('code: "59350"\nlabels:\n  - edition: 2018\n    level: 5\n    doubt: "5"\n')


def test_insert_keeps_comments_with_their_items() -> None:
    draft = draft_of(read_bytes(NEAT.encode(), "x.yml", "territory"))
    insert(draft, ("labels",), 0, {"edition": "2017", "sources": [{"url": "https://a.fr/"}]})
    text = render(draft)
    assert (
        "  - edition: 2017\n    sources:\n      - url: https://a.fr/\n  - edition: 2018\n" in text
    )
    assert "level: 4  # selon la presse\n    # la page" in text


def test_files_of_the_sample_are_in_canonical_form() -> None:
    for entry in inventory(str(SAMPLE))[0]:
        document = read_entry(entry)
        assert canonical(document) == document.text, entry.path


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn", "Cf"], include_characters="\n\t#:-"),
    max_size=30,
)
KEYS = st.sampled_from(["code", "name", "labels", "website", "zz", "edition", "level", "doubt"])
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


@given(st.dictionaries(KEYS, VALUES, min_size=1), st.booleans())
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_and_twice_changes_nothing(data: dict[str, Any], indent: bool) -> None:
    if _depth(data) > 8:
        return
    text = json.dumps(data, ensure_ascii=False, indent=2 if indent else None)
    document = read_bytes(text.encode(), "x.yml", "territory")
    if document.problems:  # JSON escapes that YAML refuses
        return
    once = canonical(document)  # raises where values would not read back
    again = read_bytes(once.encode(), "x.yml", "territory")
    assert canonical(again) == once


COMMENT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)


@given(st.lists(COMMENT, min_size=9, max_size=9), st.booleans())
@settings(max_examples=100, deadline=None)
def test_comments_are_never_lost(comments: list[str], flow: bool) -> None:
    marks = [f"# {number}{words}" for number, words in enumerate(comments)]
    mentions = f"[a,  {marks[3]}\n      b]" if flow else f"{marks[3]}\n      - a\n      - b"
    text = (
        f"{marks[0]}\nlabels:  {marks[1]}\n  {marks[2]}\n  - mentions: {mentions}\n"
        f"    {marks[4]}\n    level: 'x' {marks[5]}\n{marks[6]}\ncode: 01004 {marks[7]}\n"
        f"{marks[8]}\n"
    )
    document = read_bytes(text.encode(), "x.yml", "territory")
    assert not document.problems
    once = canonical(document)
    assert all(once.count(f"# {number}") for number in range(9))
    again = read_bytes(once.encode(), "x.yml", "territory")
    assert canonical(again) == once


@given(st.text(st.sampled_from("ab *_`\\\n\t#-|1.>[]()"), max_size=60))
@settings(max_examples=150, deadline=None)
def test_story_is_stable(body: str) -> None:
    once = story(body)
    assert story(once) == once
    assert not any(line != line.rstrip() for line in once.split("\n"))


def test_story_keeps_what_readers_see() -> None:
    body = "Titre  \nsuite  \n\n- a  \n  b\n"
    assert "".join(cmarkgfm.github_flavored_markdown_to_html(story(body)).split()) == "".join(
        cmarkgfm.github_flavored_markdown_to_html(body).split()
    )


def test_strict_reader_and_draft_agree() -> None:
    assert parse(NEAT)["labels"][0]["level"] == "4"


def test_dates_and_numbers_as_people_type_them() -> None:
    assert form(
        'code: "78383"\nprogrammes:\n  - title: Plan fibre\n    started: septembre 2021\n'
        "indicators:\n  - programme: Plan fibre\n    label: taux\n    value: 1 200,5\n"
        "    date: 02/07/2016\n"
    ) == (
        'code: "78383"\nprogrammes:\n  - title: Plan fibre\n    started: 2021-09\n'
        "indicators:\n  - programme: Plan fibre\n    label: taux\n    value: 1200.5\n"
        "    date: 2016-07-02\n"
    )
    assert "date: printemps 2016\n" in form(
        'code: "78383"\nindicators:\n  - label: taux\n    date: printemps 2016\n'
    )
