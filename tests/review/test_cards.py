"""What stands on a card besides its changes: new sites, where a record went, problems, order."""

from __future__ import annotations

from collections.abc import Container

import pytest

from atlaas.edit.workspace import Workspace
from atlaas.read.problem import Problem
from atlaas.review.cards import host_of
from atlaas.review.diff import Diff, Rest, review
from atlaas.review.imported import LevelStep
from atlaas.review.risk import Risk
from atlaas.review.versions import Version
from scratch import action, label

LILLE = "data/actions/59/59350-lille"
ROUBAIX = "data/territories/59/59512-roubaix.yml"


def reviewed(space: Workspace, files: dict[str, tuple[str, str]], rest: Rest | None = None) -> Diff:
    """The meaning of files, each as (before, after), an empty text where there is none."""
    found = [
        Version(path, old.encode() or None, new.encode() or None, "M")
        for path, (old, new) in sorted(files.items())
    ]
    return review(space, found, rest)


def hosts(*known: str) -> Rest:
    def ask() -> Container[str]:
        return frozenset(known)

    return Rest(hosts=ask)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.A.example/x?y#z", "a.example"),
        ("http://a.example", "a.example"),
        ("www.a.example/x", "a.example"),
        ("https://a@b.example:8080/", "b.example:8080"),
        ("https://a.example?x=https://b.example", "a.example"),
    ],
)
def test_the_site_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_site_that_nothing_named_is_pointed_at(space: Workspace) -> None:
    text = action("Un atelier", "59350", "Voir https://neuf.example/a et https://su.example/.")
    [card] = reviewed(space, {f"{LILLE}/a.md": ("", text)}, hosts("exemple.fr", "su.example")).cards
    assert [(look.risk, look.text) for look in card.looks] == [
        (Risk.HOST, "site que l'annuaire ne citait pas : neuf.example, https://neuf.example/a")
    ]
    again = reviewed(space, {f"{LILLE}/a.md": (text, text + "Suite.\n")}, hosts("exemple.fr"))
    assert again.cards[0].looks == []  # the record named it before


def test_a_site_of_several_records_is_pointed_at_once(space: Workspace) -> None:
    files = {f"{LILLE}/{n}.md": ("", action(f"Un atelier {n}", "59350")) for n in "abc"}
    diff = reviewed(space, files, hosts())
    assert [look.text for look in diff.looks] == [
        "site que l'annuaire ne citait pas : exemple.fr (3 fiches), https://exemple.fr/page"
    ]
    assert not any(card.looks for card in diff.cards)


def test_without_the_rest_no_site_is_pointed_at(space: Workspace) -> None:
    diff = reviewed(space, {f"{LILLE}/a.md": ("", action("Un atelier", "59350"))})
    assert (diff.looks, diff.cards[0].looks) == ([], [])


def test_a_record_that_was_joined_to_another_says_to_which(space: Workspace) -> None:
    files = {
        f"{LILLE}/a.md": (action("Un atelier", "59350", "Bref."), ""),
        f"{LILLE}/b.md": (
            action("Des ateliers", "59350"),
            action("Des ateliers", "59350", "Le récit des deux."),
        ),
        ROUBAIX: (label("59512", (2018, 3)), ""),
        "data/actors/c.yml": ("name: C\n", ""),
    }
    redirects = {
        "actions/59350/a/": "actions/59350/b/",
        "territoires/59512-roubaix/": "territoires/59350-lille/",
        "acteurs/c/": "a-propos/",
    }
    diff = reviewed(space, files, Rest(redirects=redirects))
    assert {card.path: card.said for card in diff.cards if card.kind == "retrait"} == {
        f"{LILLE}/a.md": "réunie à Lille, action « Des ateliers » (actions/59350/b/)",
        ROUBAIX: "réunie à Lille (territoires/59350-lille/)",
        "data/actors/c.yml": "réunie à a-propos/",
    }
    assert not any(card.looks for card in diff.cards)


def problem(path: str, rule: str = "titre", severity: str = "error") -> Problem:
    return Problem(path, 3, 1, rule, "message", "Conseil", severity)  # type: ignore[arg-type]


def test_what_check_says_stands_on_the_card_of_its_file(space: Workspace) -> None:
    """A card with an error comes first, then by risk; other files' errors stand apart."""
    texts = {n: action(f"Un atelier {n}", "59350") for n in "abc"}
    files = {f"{LILLE}/{n}.md": (text, text + "Suite.\n") for n, text in texts.items()}
    diff = reviewed(space, files)
    assert [card.path[-4] for card in diff.cards] == ["a", "b", "c"]
    elsewhere = problem(ROUBAIX)
    diff.add_problems(
        [
            elsewhere,
            problem(f"{LILLE}/b.md", "courriel", "warning"),
            problem(f"{LILLE}/a.md", "style", "warning"),
            problem(f"{LILLE}/c.md"),
        ]
    )
    assert [card.path[-4] for card in diff.cards] == ["c", "b", "a"]
    assert [len(card.errors) for card in diff.cards] == [1, 0, 0]
    assert [(look.risk, look.text) for look in diff.cards[1].warned] == [
        (Risk.PERSON, "ligne 3 : message. Conseil")
    ]
    assert diff.cards[2].warned[0].risk == Risk.OTHER
    assert (diff.problems, diff.errors, diff.risks) == ([elsewhere], 2, 2)


@pytest.mark.parametrize("rule", ["courriel", "telephone", "nom-de-personne", "contact-personnel"])
def test_names_of_people_are_a_risk_of_their_own(space: Workspace, rule: str) -> None:
    text = action("Un atelier", "59350")
    diff = reviewed(space, {f"{LILLE}/a.md": (text, text + "Suite.\n")})
    diff.add_problems([problem(f"{LILLE}/a.md", rule, "warning")])
    assert diff.cards[0].warned[0].risk == Risk.PERSON


def test_an_unreadable_record_says_so_once(space: Workspace) -> None:
    diff = reviewed(space, {"data/actors/c.yml": ("name: C\n", "name: [\n")})
    [card] = diff.cards
    assert [look.risk for look in card.warned] == [Risk.REFUSED]
    diff.add_problems([problem("data/actors/c.yml")])
    assert card.warned == []


def test_territories_stand_by_their_gravest_risk(space: Workspace) -> None:
    """Roubaix has a figure, Aix a source, Lille nothing: in no alphabet is this their order."""
    aix = "data/territories/73/73008-aix-les-bains.yml"
    printed = "      - publisher: Le Journal\n        title: Palmarès\n        date: 2018\n"
    files = {
        ROUBAIX: (label("59512", (2018, 3)), label("59512", (2018, 4))),
        aix: (label("73008", (2018, 3)) + printed, label("73008", (2018, 3))),
        "data/territories/59/59350-lille.yml": ("", label("59350", (2018, 4))),
    }
    assert [card.who for card in reviewed(space, files).cards] == [
        "Roubaix",
        "Aix-les-Bains",
        "Lille",
    ]


COMMUNES = "59350 59512 59378 73008 69029 13056 75056 33063 31555 06088 44109 67482".split()


def imported(space: Workspace, count: int, **odd: tuple[str, str]) -> Diff:
    """An import of the edition 2019 at level 3 of so many communes, level 4 in 2018 for Lille."""
    codes = COMMUNES[:count]
    files = {
        f"data/territories/{code[:2]}/{code}-x.yml": ("", label(code, (2019, 3))) for code in codes
    }
    lille = "data/territories/59/59350-x.yml"
    files[lille] = label("59350", (2018, 4)), label("59350", (2018, 4), (2019, 3))
    files.update({f"data/territories/59/{code[1:]}-x.yml": sides for code, sides in odd.items()})
    labels: dict[str, dict[str, int | None]] = {code: {"2019": 3} for code in codes}
    labels["59350"] = {"2018": 4, "2019": 3}
    labels["59009"] = {"2018": 2}
    labels["59017"] = {"2017": 2}
    return reviewed(space, files, Rest(labels=lambda: labels))


def test_a_dozen_labels_are_a_table(space: Workspace) -> None:
    diff = imported(space, 12)
    [done] = diff.imports
    assert diff.cards == []
    assert (done.edition, done.previous, done.count) == ("2019", "2018", 12)
    assert (done.levels, done.new) == ({"3": 12}, {"3": 11})
    assert done.jumps == [LevelStep("Lille", 4, 3, "2018")]
    assert len(done.newcomers) == 11 and "Roubaix" in done.newcomers
    assert [(step.before, step.after) for step in done.lost] == [(2, None)]


def test_a_jump_is_from_the_last_label_of_known_level(space: Workspace) -> None:
    """Lille had 4 in 2018; that of 2019 has no level, and does not hide it from 2020."""
    codes = COMMUNES[:12]
    files = {f"data/territories/59/{c}-x.yml": ("", label(c, (2020, 2))) for c in codes[1:]}
    before = label("59350", (2018, 4)) + "  - edition: 2019\n"
    lille = before, label("59350", (2018, 4), (2020, 2)) + "  - edition: 2019\n"
    diff = reviewed(space, {**files, "data/territories/59/59350-x.yml": lille}, Rest(labels=dict))
    assert diff.imports[0].jumps == [LevelStep("Lille", 4, 2, "2018")]


def test_fewer_labels_are_cards(space: Workspace) -> None:
    diff = imported(space, 11)
    assert (len(diff.cards), diff.imports) == (11, [])


def test_another_change_keeps_its_card(space: Workspace) -> None:
    """A record of the import that changes elsewhere too is counted, and read by itself."""
    more = label("59512", (2019, 3)).replace("labels:", "website: https://a.example/\nlabels:")
    diff = imported(space, 12, c59512=("", more))
    assert [card.who for card in diff.cards] == ["Roubaix"]
    assert diff.imports[0].count == 12


@pytest.mark.parametrize(
    ("before", "after", "far"),
    [(3, 4, False), (3, 5, True), (4, 3, True), (3, 3, False), (None, 5, False), (3, None, False)],
)
def test_what_jumps(before: int | None, after: int | None, far: bool) -> None:
    assert LevelStep("x", before, after).far is far
