"""From an issue's text to a checked file: the text is data, whatever it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from atlaas import build
from atlaas.cli import main
from atlaas.contribute import intake
from atlaas.contribute.generated_files import issue_template, questions
from atlaas.contribute.intake import RequestError
from atlaas.edit.workspace import open_workspace
from atlaas.pages.contribute import choices
from atlaas.project import Project
from shared.rule_cases import PEOPLE
from support import tiny_tree

ANSWERS = {
    "territory": "Marcq en Baroeul",
    "title": "Le fablab des grands-parents",
    "themes": "Réseau social, Numérique éducatif",
    "status": "En cours",
    "started": "2024-07",
    "sources": "- https://exemple.fr/fablab\nLe Journal ; Un fablab : enfin ; 2024-02",
    "body": "Chaque mardi.\n\n- gratuit",
}
FILE = """\
---
title: Le fablab des grands-parents
territory: "59378"
themes:
  - reseau-social
  - numerique-educatif
status: en-cours
started: 2024-07
sources:
  - url: https://exemple.fr/fablab
  - publisher: Le Journal
    title: "Un fablab : enfin"
    date: 2024-02
---

Chaque mardi.

- gratuit
"""


def body(kind: str = "action", **given: str) -> str:
    """The text of an issue as GitHub makes it from its form."""
    answers = {**(ANSWERS if kind == "action" else {}), **given}
    return "\r\n\r\n".join(
        f"### {question.label}\r\n\r\n{answers.get(question.key) or '_No response_'}"
        for question in questions(kind)
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_tree(tmp_path)


def take(root: Path, kind: str, text: str) -> str:
    return intake.take(kind, text, build.load(Project(root))[0]).file.path


def made(root: Path, text: str) -> intake.Proposal:
    """What a request for an action gives, which is not written."""
    directory = build.load(Project(root))[0]
    return intake.make("action", text, open_workspace(directory.project), directory)


def refused(root: Path, kind: str, text: str) -> str:
    before = sorted((root / "data").rglob("*"))
    with pytest.raises(RequestError) as error:
        take(root, kind, text)
    after = sorted((root / "data").rglob("*"))
    assert [p for p in after if p.is_file()] == [p for p in before if p.is_file()]
    return "\n".join(error.value.reasons)


def test_what_makes_an_action_copyable(root: Path) -> None:
    given = {
        "audience": "Seniors, Jeunes",
        "cost.amount": "42000",
        "cost.period": "Par an",
        "cost.date": "2021",
        "tools": "- Decidim\n- bornes wifi",
        "results": "312 personnes ; 95 % de satisfaits ; 2023\n\n* Un prix;2024-05",
        "contact": "https://exemple.fr/contact",
    }
    path = take(root, "action", body(**given))
    head = (root / path).read_text("utf-8").partition("sources:")[0].partition("started:")[2]
    assert (
        head
        == """\
 2024-07
audience:
  - seniors
  - jeunes
cost:
  amount: 42000
  period: par-an
  date: 2021
tools:
  - Decidim
  - bornes wifi
results:
  - text: 312 personnes ; 95 % de satisfaits
    date: 2023
  - text: Un prix
    date: 2024-05
contact: https://exemple.fr/contact
"""
    )


def test_a_result_without_date_and_a_cost_without_year_are_asked_for(root: Path) -> None:
    reasons = refused(root, "action", body(results="312 personnes"))
    assert reasons == "« Date du résultat » : à compléter."
    reasons = refused(root, "action", body(**{"cost.amount": "42000"}))
    assert reasons == "« Année du coût » : à compléter."


def test_an_action(root: Path) -> None:
    path = take(root, "action", body())
    assert path == "data/actions/59/59378-marcq-en-baroeul/le-fablab-des-grands-parents.md"
    assert (root / path).read_text("utf-8") == FILE


def test_the_same_action_again_is_answered_before_a_file_is_made(root: Path) -> None:
    """Its twin is named with its territory, and so are those of the EPCI's other communes."""
    path = take(root, "action", body())
    there = f"« Le fablab des grands-parents », Marcq-en-Barœul (59378) : même titre ({path})"
    assert refused(root, "action", body()) == (
        f"Cette action a déjà sa fiche : {there}. Si c'est la même, dites ce qu'il faut y "
        "corriger ; sinon, précisez le titre (année, quartier, public)."
    )
    longer = "Chaque mardi, des enfants montrent à des aînés comment imprimer une pièce. " * 4
    near = made(root, body(title="Les fablabs des grands-parents"))
    assert near.notes == (
        f"Une action proche a sa fiche : {there.replace('même titre', 'titre proche')}. Est-ce la "
        "même ?",
    )
    told = body(title="Apprendre la fabrication numérique entre générations", body=longer)
    first = take(root, "action", told)
    around = made(root, told.replace("Marcq en Baroeul", "Lille"))
    assert around.notes == (
        "Une action proche a sa fiche : « Apprendre la fabrication numérique entre générations », "
        f"Marcq-en-Barœul (59378) : même titre ({first}). Est-ce la même ?",
    )


def test_a_request_is_told_of_the_same_names_as_a_form(root: Path) -> None:
    """Some of tests/shared/people.json: the third side of tests/rules/test_people.py."""
    directory = build.load(Project(root))[0]
    space = open_workspace(directory.project)
    cases = [*PEOPLE["named"].items(), *((text, "") for text in PEOPLE["nobody"])]
    for text, name in cases[::4]:
        request = body(title="Un titre que rien ne rappelle", body=f"{text}\n\nChaque mardi.")
        notes = intake.make("action", request, space, directory).notes
        assert [f"« {name} »" in note for note in notes[:1]] == ([True] if name else []), text


def test_a_name_is_noted_and_the_file_made(root: Path) -> None:
    noted = made(root, body(body="Porté par Mme X, adjointe au maire, chaque mardi."))
    assert [note.partition(".")[0] for note in noted.notes] == [
        "Nom de personne possible : « Mme X »"
    ]
    assert intake.noted(noted).startswith(
        "La fiche est proposée. À regarder, avant de l'accepter :"
    )
    assert intake.noted(made(root, body(title="Un autre titre", body="Chaque lundi."))) == ""


def test_all_problems_are_in_one_answer(root: Path) -> None:
    """What cannot be read does not hide what the rules refuse elsewhere."""
    changes = {
        "title": "",
        "territory": "Zzyzx",
        "themes": "Astrologie",
        "started": "hier",
        "sources": "un article",
        "body": "Écrire à jean@ville.fr.",
        "results": "312 personnes",
    }
    said = refused(root, "action", body(**changes)).splitlines()
    assert {reason.partition(".")[0] for reason in said} == {
        "Le territoire « Zzyzx » n'est pas connu : donnez son code INSEE",
        "« Titre » n'a pas de réponse",
        "« Astrologie » n'est pas un choix de « Thèmes »",
        "« Début » : écrivez une année (2016), un mois (juillet 2016) ou un jour (2 juillet 2016, "
        "02/07/2016)",
        "« Date du résultat » : à compléter",
        "Sans adresse, il faut aussi le titre et la date",
        "Adresse électronique « jean@ville",
    }
    assert len(said) == 7
    body_without = body().replace("### Thèmes", "### ?").replace("### Sources", "### ?")
    assert refused(root, "action", body_without).count("manque : reprenez le formulaire") == 2


def test_dates_as_people_type_them(root: Path) -> None:
    sources = "- https://exemple.fr/fablab\nLe Journal ; Un fablab : enfin ; février 2024"
    path = take(root, "action", body(started="juillet 2024", sources=sources))
    assert (root / path).read_text("utf-8") == FILE


def test_a_label_joins_the_file_that_is_there(root: Path) -> None:
    path = "data/territories/73/73008-aix-les-bains.yml"
    file = root / path
    file.write_text("# tenu par Aix\n" + file.read_text("utf-8"), encoding="utf-8")
    given = {
        "code": "73008",
        "labels.edition": "2017",
        "labels.level": "5 arobases",
        "labels.sources": "https://exemple.fr/2017",
    }
    assert take(root, "territory", body("territory", **given)) == path
    text = file.read_text("utf-8")
    assert text.startswith("# tenu par Aix\n")
    assert "  - edition: 2017\n    level: 5\n    sources:\n      - url: https://ex" in text
    assert "2017" in refused(root, "territory", body("territory", **given))


def test_a_label_of_a_territory_without_a_file(root: Path) -> None:
    given = {
        "code": "Ambérieu-en-Bugey",
        "labels.edition": "2018",
        "labels.mentions": "Arobase verte",
        "labels.sources": "https://exemple.fr/2018",
    }
    path = take(root, "territory", body("territory", **given))
    assert path == "data/territories/01/01004-amberieu-en-bugey.yml"
    assert (root / path).read_text("utf-8") == (
        'code: "01004"\nlabels:\n  - edition: 2018\n    mentions:\n      - arobase-verte\n'
        "    sources:\n      - url: https://exemple.fr/2018\n"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "« Titre » n'a pas de réponse"),
        ({"themes": "Réseau social, Astrologie"}, "« Astrologie » n'est pas un choix"),
        ({"territory": "Saint-Denis"}, "Quel territoire"),
        ({"territory": "Zzyzx"}, "Zzyzx"),
        ({"started": "hier"}, "écrivez une année"),
        ({"sources": "un article"}, "Sans adresse, il faut aussi"),
        ({"title": "Écrire à jean@ville.fr"}, "Adresse électronique"),
        ({"body": "Un <script>alert(1)</script> récit"}, "HTML"),
    ],
)
def test_what_cannot_be_a_file_is_reported(root: Path, changes: dict[str, str], words: str) -> None:
    assert words in refused(root, "action", body(**changes))


@pytest.mark.parametrize(
    "title",
    [
        "$(touch pirate) `id` ${{ secrets.GITHUB_TOKEN }}",
        "../../../.github/workflows/pirate",
        'x"\nterritory: "75056',
        "::set-output name=path::/etc/passwd",
    ],
)
def test_the_text_stays_data(root: Path, title: str) -> None:
    path = take(root, "action", body(title=title))
    assert path.startswith("data/actions/59/59378-marcq-en-baroeul/")
    assert ".." not in path
    document = next(a for a in build.load(Project(root))[0].actions.values() if a.path == path)
    assert document.record.title == " ".join(title.split())
    assert document.record.territory == "59378"


def test_headings_inside_an_answer_do_not_count(root: Path) -> None:
    story = "Un récit.\n\n### Titre\n\nUn autre titre\n\n### Territoire\n\n75056"
    path = take(root, "action", body(body=story))
    assert (root / path).read_text("utf-8").startswith("---\ntitle: Le fablab")


def test_a_template_of_gitlab_is_read_as_a_form(root: Path) -> None:
    """Its headings are the same; its help, in comments, and its last line are no answer."""
    directory = build.load(Project(root))[0]
    text = issue_template("action", choices(directory))
    for question in questions("action"):
        answer = ANSWERS.get(question.key, "")
        head = f"### {question.label}\n"
        assert head in text
        text = text.replace(head, f"{head}\n{answer}\n", 1)
    path = take(root, "action", text)
    assert (root / path).read_text("utf-8") == FILE


def test_a_missing_heading_and_a_huge_text_are_refused(root: Path) -> None:
    assert "« Thèmes » manque" in refused(root, "action", body().replace("### Thèmes", "### ?"))
    assert "trop long" in refused(root, "action", body(body="é" * 40_000))


def test_what_a_comment_quotes_is_only_text() -> None:
    assert (
        intake.quoted("@alice [x](http://y) <b> `z` #1\n::error")
        == "alice x(http://y) b z 1 ::error"
    )
    assert intake.quoted("é" * 80) == "é" * 80
    assert intake.quoted("é" * 78 + " suite") == "é" * 78 + "…"  # cut, and that is seen


def test_the_command(root: Path, tmp_path: Path) -> None:
    issue, outputs, message = (tmp_path / name for name in ("issue.md", "outputs", "a/message.md"))
    files = {"--outputs": outputs, "--answer": message}
    arguments = ["--project", str(root), "intake", str(issue)]
    arguments += [str(word) for pair in files.items() for word in pair]
    issue.write_text(body(title="Un titre\nmade=false"), "utf-8")
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    lines = outputs.read_text("utf-8").splitlines()
    assert lines[0] == "made=true" and lines[-1] == "message=false" and len(lines) == 4
    assert lines[1].removeprefix("path=") in done.output
    outputs.unlink()
    issue.write_text(body(themes="Astrologie"), "utf-8")
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert outputs.read_text("utf-8") == "made=false\nmessage=true\n"
    assert "Astrologie" in message.read_text("utf-8")


def test_the_command_reads_the_variable_of_the_forge(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISSUE_BODY", body(themes="Astrologie"))
    done = CliRunner().invoke(main, ["--project", str(root), "intake"])
    assert done.exit_code == 1 and "Astrologie" in done.output
