"""What a proposal means as a whole: facts, looks, pages, and records that moved."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from atlaas.edit.duplicates import Item, item
from atlaas.edit.workspace import Workspace
from atlaas.review.diff import Diff, Rest, review
from atlaas.review.headlines import headline
from atlaas.review.versions import Version
from scratch import action, label

LILLE = "data/actions/59/59350-lille"
ROUBAIX = "data/territories/59/59512-roubaix.yml"
ACTOR = "name: {}\nsources:\n  - url: https://a.example/\n"
LONG = "Un récit bien assez long pour qu'on le reconnaisse ailleurs."


def reviewed(
    space: Workspace,
    files: dict[str, tuple[str | None, str | None]],
    redirected: Iterable[str] = (),
    near: Iterable[Item] = (),
) -> Diff:
    """The meaning of files, each as (before, after)."""
    found = [
        Version(
            path,
            None if old is None else old.encode(),
            None if new is None else new.encode(),
            "A" if old is None else "D" if new is None else "M",
        )
        for path, (old, new) in sorted(files.items())
    ]
    return review(space, found, Rest(lambda codes: near, dict.fromkeys(redirected, "b/")))


def facts(diff: Diff) -> list[str]:
    """« Lille : action « A », modifiée », then each change of what was there before."""
    said = []
    for card in diff.cards:
        name = f"{card.who} : {card.called}"
        changes = [note.text for note in card.notes if card.kind != "ajout"]
        said += [f"{card.who} : {headline(card)}"] if card.said or not changes else []
        said += [f"{name}, {change}" for change in changes]
    return said


def looks(diff: Diff) -> list[str]:
    """What deserves a look, of the whole and then of each card."""
    said = [f" : {look.text}" for look in diff.looks]
    for card in diff.cards:
        said += [f"{card.who} : {look.text}" for look in card.warned]
        said += [f"{card.who} : {note.look} : {note.text}" for note in card.risky]
    return said


@pytest.mark.parametrize(
    ("path", "text", "fact"),
    [
        (f"{LILLE}/a.md", action("Un atelier", "59350"), None),
        (ROUBAIX, label("59512", (2018, 3), (2019, 4)), None),
        ("data/actors/adico.yml", ACTOR.format("Adico"), "Acteurs : fiche « Adico », nouvelle"),
        ("data/editions/2030.yml", "edition: 2030\n", "Éditions : édition 2030, nouvelle"),
        (
            "data/vocabulary/couleurs.yml",
            "- id: bleu\n  label: Bleu\n",
            "Listes : liste « couleurs », nouvelle",
        ),
        (
            "data/context.yml",
            "- label: a\n  area: France\n",
            "Contexte : liste « context », nouvelle",
        ),
    ],
)
def test_new_records(space: Workspace, path: str, text: str, fact: str | None) -> None:
    expected = {
        f"{LILLE}/a.md": "Lille : action « Un atelier », nouvelle : solidarité numérique",
        ROUBAIX: "Roubaix : fiche du territoire, nouvelle : label 2018, 3 @ ; label 2019, 4 @",
    }
    done = reviewed(space, {path: (None, text)})
    assert facts(done) == [fact or expected[path]]
    assert looks(done) == []
    assert done.records == {"ajout": 1}


def test_a_new_territory_counts_what_it_holds(space: Workspace) -> None:
    text = (
        'code: "59512"\nmemberships:\n  - level: praemium\n'
        "services:\n  - title: Un\n  - title: Deux\n"
        "indicators:\n  - label: a\n  - label: b\n"
    )
    assert facts(reviewed(space, {ROUBAIX: (None, text)})) == [
        "Roubaix : fiche du territoire, nouvelle : 1 adhésion ; 2 services en ligne ; 2 indicateurs"
    ]
    assert facts(reviewed(space, {ROUBAIX: (None, 'code: "59512"\n')})) == [
        "Roubaix : fiche du territoire, nouvelle"
    ]


def test_a_record_that_left(space: Workspace) -> None:
    gone = {f"{LILLE}/a.md": (action("Un atelier", "59350"), None)}
    done = reviewed(space, gone)
    assert facts(done) == ["Lille : action « Un atelier », retirée"]
    assert looks(done) == ["Lille : fiche retirée sans redirection de actions/59350/a/"]
    assert done.pages["actions/59350/a/"] == "supprimée"
    assert done.records == {"retrait": 1}
    assert looks(reviewed(space, gone, ["actions/59350/a/"])) == []
    vocabulary = {"data/vocabulary/x.yml": ("- id: a\n  label: A\n", None)}
    done = reviewed(space, vocabulary)
    assert (facts(done), looks(done)) == (
        ["Listes : liste « x », retirée"],
        ["Listes : fiche retirée"],
    )


def test_a_record_that_cannot_be_read(space: Workspace) -> None:
    broken, whole = "name: [\n", ACTOR.format("Adico")
    path = "data/actors/adico.yml"
    done = reviewed(space, {path: (whole, broken)})
    assert facts(done) == ["Acteurs : fiche « adico », modifiée"]
    assert looks(done) == ["Acteurs : fiche illisible, ligne 2 : ligne mal alignée ou incomplète"]
    assert done.pages == {}
    assert facts(reviewed(space, {path: (broken, whole)})) == [
        "Acteurs : fiche « Adico », modifiée : elle ne se lisait pas",
        "Acteurs : fiche « Adico », source ajoutée : https://a.example/",
    ]
    assert facts(reviewed(space, {path: (broken, None)})) == ["Acteurs : fiche « adico », retirée"]


def test_a_change_of_form_alone(space: Workspace) -> None:
    old = label("59512", (2018, 3))
    done = reviewed(space, {ROUBAIX: (old, "# relu\n" + old)})
    assert facts(done) == ["Roubaix : fiche du territoire, modifiée : mise en forme seulement"]
    assert done.pages == {}
    assert done.records == {"modification": 1}


def test_an_action_that_moved(space: Workspace) -> None:
    old, new = action("Un atelier", "59350", LONG), action("Un autre titre", "59512", LONG)
    paths = f"{LILLE}/a.md", "data/actions/59/59512-roubaix/b.md"
    files = {paths[0]: (old, None), paths[1]: (None, new)}
    done = reviewed(space, files)
    assert facts(done) == [
        "Roubaix : action « Un autre titre », déplacée : adresse changée, actions/59350/a/ → "
        "actions/59512/b/",
        "Roubaix : action « Un autre titre », titre : « Un atelier » → « Un autre titre »",
        "Roubaix : action « Un autre titre », territoire : Lille → Roubaix",
    ]
    assert looks(done) == ["Roubaix : pas de redirection de actions/59350/a/"]
    assert done.records == {"renommage": 1}
    assert done.pages["actions/59350/a/"] == "supprimée"
    assert done.pages["actions/59512/b/"] == "nouvelle"
    assert looks(reviewed(space, files, ["actions/59350/a/"])) == []


def test_what_says_something_else_is_another_record(space: Workspace) -> None:
    old, new = action("Un atelier", "59350", "Bref."), action("Une maison", "59350", "Bref.")
    done = reviewed(space, {f"{LILLE}/a.md": (old, None), f"{LILLE}/b.md": (None, new)})
    assert done.records == {"retrait": 1, "ajout": 1}
    actors = {
        "data/actors/a.yml": (ACTOR.format("Adico"), None),
        "data/actors/b.yml": (None, ACTOR.format("Xylo")),
    }
    assert reviewed(space, actors).records == {"retrait": 1, "ajout": 1}
    nameless = {"data/actors/a.yml": ("kind: a\n", None), "data/actors/b.yml": (None, "kind: b\n")}
    assert reviewed(space, nameless).records == {"retrait": 1, "ajout": 1}
    codes = {
        "data/territories/59/59512-roubaix.yml": (label("59512", (2018, 3)), None),
        "data/territories/59/59350-lille.yml": (None, label("59350", (2018, 4))),
    }
    assert reviewed(space, codes).records == {"retrait": 1, "ajout": 1}


@pytest.mark.parametrize(
    ("letters", "records"), [(40, {"retrait": 1, "ajout": 1}), (41, {"renommage": 1})]
)
def test_a_story_of_more_than_40_letters_tells_a_record(
    space: Workspace, letters: int, records: dict[str, int]
) -> None:
    old, new = (action(title, "59350", "a" * letters) for title in ("Un atelier", "Une maison"))
    files = {f"{LILLE}/a.md": (old, None), f"{LILLE}/b.md": (None, new)}
    assert reviewed(space, files).records == records


def test_the_most_alike_of_two_is_the_one_that_moved(space: Workspace) -> None:
    files = {
        f"{LILLE}/a.md": (action("Un atelier", "59512", LONG), None),
        f"{LILLE}/b.md": (action("Un atelier", "59350", LONG), None),
        f"{LILLE}/c.md": (None, action("Un atelier", "59350", LONG)),
    }
    done = reviewed(space, files)
    assert done.records == {"renommage": 1, "retrait": 1}
    assert (
        "Lille : action « Un atelier », déplacée : adresse changée, actions/59350/b/ → "
        in "\n".join(facts(done))
    )


def test_records_renamed_by_their_name_or_code(space: Workspace) -> None:
    actors = {
        "data/actors/a.yml": (ACTOR.format("Adico"), None),
        "data/actors/b.yml": (None, ACTOR.format("Adico")),
    }
    assert facts(reviewed(space, actors)) == [
        "Acteurs : fiche « Adico », déplacée : adresse changée, acteurs/a/ → acteurs/b/"
    ]
    text = label("59512", (2018, 3))
    places = {ROUBAIX: (text, None), "data/territories/59/59512-autre.yml": (None, text)}
    assert facts(reviewed(space, places)) == [
        "Roubaix : fiche du territoire, déplacée : adresse changée, territoires/59512-roubaix/ → "
        "territoires/59512-autre/"
    ]


def test_files_that_are_no_record(space: Workspace) -> None:
    record = {ROUBAIX: (None, label("59512", (2018, 3)))}
    code = {f"hooks/{n}.py": ("", "x") for n in range(7)}
    done = reviewed(space, {**record, **code, "content/index.md": ("", "x")})
    assert done.others == ["content/index.md", *(f"hooks/{n}.py" for n in range(7))]
    shown = ", ".join(f"hooks/{n}.py" for n in range(5))
    assert looks(done) == [
        f" : cette proposition touche 1 fichier de données et 7 de code ({shown} et 2 autres) : "
        "mieux vaut deux propositions, chacune se relit autrement"
    ]
    five = reviewed(space, {**record, **{f"hooks/{n}.py": ("", "x") for n in range(5)}})
    assert looks(five) == [
        f" : cette proposition touche 1 fichier de données et 5 de code ({shown}) : "
        "mieux vaut deux propositions, chacune se relit autrement"
    ]
    assert looks(reviewed(space, code)) == [
        f" : cette proposition touche au code ({shown} et 2 autres) : elle se relit à part"
    ]
    assert looks(reviewed(space, {**record, "content/index.md": ("", "x")})) == []
    assert looks(reviewed(space, {"data/reference/communes.csv": ("", "x")})) == [
        " : la géographie officielle change"
    ]


def test_what_is_no_plain_file(space: Workspace) -> None:
    link = Version("data/actors/x.yml", None, None, "A", "lien symbolique")
    done = review(space, [link])
    assert done.others == ["data/actors/x.yml"]
    assert looks(done) == [" : lien symbolique : jamais accepté ici"]
    assert done.records == {}


def test_duplicates_of_what_is_new_or_retitled(space: Workspace) -> None:
    asked: list[set[str]] = []
    path, other = f"{LILLE}/a.md", f"{LILLE}/vieux.md"
    title = "Bus numérique itinérant des quartiers"
    text = action(title, "59350")
    near = [item(p, "59350", title, "Un récit.", space.reference) for p in (other, path)]

    def looked(before: str | None, after: str) -> list[str]:
        version = Version(path, before and before.encode(), after.encode(), "M")

        def around(codes: set[str]) -> list[Item]:
            asked.append(codes)
            return near

        done = review(space, [version], Rest(around))
        return [look for look in looks(done) if "doublon" in look]

    found = [f"Lille : doublon possible, même titre : {other}"]
    assert looked(None, text) == found
    assert looked(action("Ancien titre", "59350"), text) == found
    assert asked == [{"59350"}, {"59350"}]
    assert looked(text, text.replace("Un récit", "Le récit")) == []
    assert len(asked) == 2


def pages(done: Diff, status: str = "modifiée") -> set[str]:
    return {url for url, change in done.pages.items() if change == status}


def test_the_pages_that_show_an_action(space: Workspace) -> None:
    more = 'partners: ["59512"]\nactors: [adico]\nenjeux: [emploi]\nusages: [demarches]\n'
    path = f"{LILLE}/a.md"
    text = action("Un atelier", "59350", more=more)
    done = reviewed(space, {path: (None, text)})
    assert pages(done, "nouvelle") == {"actions/59350/a/"}
    around = {
        "territoires/59350-lille/",
        "territoires/59512-roubaix/",
        "themes/solidarite-numerique/",
        "enjeux/emploi/",
        "usages/demarches/",
        "acteurs/adico/",
        "departements/59-nord/",
        "regions/32-hauts-de-france/",
    }
    assert pages(done) == around
    story = reviewed(space, {path: (text, text + "\nSuite.\n")})
    assert pages(story) == {"actions/59350/a/"}
    other = reviewed(space, {path: (text, text.replace("emploi", "education"))})
    assert pages(other) == {*around, "enjeux/education/", "actions/59350/a/"}


def test_the_pages_that_show_a_territory(space: Workspace) -> None:
    old = label("59512", (2017, 3), (2018, 3))
    new = old.replace("level: 3", "level: 4", 1) + "    mentions: [arobase-verte]\n"
    done = reviewed(space, {ROUBAIX: (old, new)})
    assert pages(done) == {
        "territoires/59512-roubaix/",
        "departements/59-nord/",
        "regions/32-hauts-de-france/",
        "label/2017/",
        "label/2018/",
        "label/mentions/arobase-verte/",
    }
    site = reviewed(space, {ROUBAIX: (old, old + "website: https://a.example/\n")})
    assert pages(site) == {"territoires/59512-roubaix/"}
    area = "data/territories/59/dep-59-nord.yml"
    done = reviewed(space, {area: ("code: dep-59\n", label("dep-59", (2018, 3)))})
    assert pages(done) == {"departements/59-nord/", "regions/32-hauts-de-france/", "label/2018/"}
    area = "data/territories/regions/reg-32-hauts-de-france.yml"  # stands in no other region
    done = reviewed(space, {area: ("code: reg-32\n", label("reg-32", (2018, 3)))})
    assert pages(done) == {"regions/32-hauts-de-france/", "label/2018/"}


def test_the_pages_that_show_a_list(space: Workspace) -> None:
    old = "- id: a\n  label: A\n- id: b\n  label: B\n"
    new = "- id: a\n  label: A\n- id: b\n  label: Bé\n- id: c\n  label: C\n"
    for name, folder in (("themes", "themes"), ("mentions", "label/mentions")):
        done = reviewed(space, {f"data/vocabulary/{name}.yml": (old, new)})
        assert pages(done) == {f"{folder}/b/", f"{folder}/c/"}
    assert reviewed(space, {"data/vocabulary/natures.yml": (old, new)}).pages == {}


def test_names_come_from_the_records_of_the_proposal(space: Workspace) -> None:
    syndicate = "code: x-syndicat\nname: Syndicat du Nord\nkind: syndicat\n"
    files = {
        "data/territories/59/x-syndicat.yml": (None, syndicate),
        "data/actions/59/x-syndicat/a.md": (
            None,
            action("Un atelier", "x-syndicat").replace("solidarite-numerique", "nouveau"),
        ),
        "data/vocabulary/themes.yml": (None, "- id: nouveau\n  label: Nouveau thème\n"),
    }
    assert facts(reviewed(space, files)) == [
        "Syndicat du Nord : action « Un atelier », nouvelle : nouveau thème",
        "Syndicat du Nord : fiche du territoire, nouvelle",
        "Listes : liste « themes », nouvelle",
    ]


def test_a_page_that_comes_or_goes_is_not_said_to_change(space: Workspace) -> None:
    edition = "edition: {}\nsources:\n  - url: https://a.example/\n"
    files = {
        "data/editions/2018.yml": (edition.format(2018), None),
        "data/editions/2030.yml": (None, edition.format(2030)),
        ROUBAIX: (label("59512", (2018, 3)), label("59512", (2030, 3))),
    }
    done = reviewed(space, files)
    assert done.pages["label/2018/"] == "supprimée"
    assert done.pages["label/2030/"] == "nouvelle"
    actor = {
        f"{LILLE}/a.md": (None, action("Un atelier", "59350", more="actors: [adico]\n")),
        "data/actors/adico.yml": (None, ACTOR.format("Adico")),
    }
    assert reviewed(space, actor).pages["acteurs/adico/"] == "nouvelle"
