"""Every hostile case at its door: refused in words with its place, by a build as by ``check``."""

from __future__ import annotations

import shutil
from pathlib import Path

import markdown
import pytest
import yaml
from click.testing import CliRunner

from atlaas import build
from atlaas.cli import main
from atlaas.contribute.generated_files import questions
from atlaas.contribute.intake import RequestError, comment, take
from atlaas.project import Project
from atlaas.read.problem import DataError
from atlaas.render.page_html import clean, fill
from atlaas.text import commonmark
from hostile.hostile import Case, all_cases, restore, text_of
from support import PROJECT, tiny_tree, two_departements

DOORS = {"content", "grid", "indicators", "records", "redirects", "requests"}
ALL = all_cases()
SHOWN_BY_SITE = {"content"}  # of which a part is only seen when the page is made
ANSWERS = {
    "territory": "Marcq-en-Barœul",
    "title": "Le fablab des grands-parents",
    "themes": "Réseau social",
    "status": "En cours",
    "started": "2024-07",
    "sources": "- https://exemple.fr/fablab",
    "body": "Chaque mardi, dans la salle du conseil.",
}


def named(cases: list[Case]) -> list[object]:
    return [pytest.param(case, id=f"{case.door}-{case.name}") for case in cases]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny project with pages of its own and the geography of two départements."""
    root = tiny_tree(tmp_path_factory.mktemp("kept"))
    two_departements(root / "data" / "reference")
    (root / "content").mkdir()
    for name in ("index", "contribuer"):
        (root / "content" / f"{name}.md").write_text(f"# {name}\n", "utf-8")
    (root / "mkdocs.yml").write_text("site_name: x\n")
    return root


@pytest.fixture(scope="module")
def project(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(kept, tmp_path_factory.mktemp("project") / "x", symlinks=True))


@pytest.fixture
def root(kept: Path, project: Path) -> Path:
    """A project without any case."""
    restore(project, kept)
    return project


def checked(root: Path) -> tuple[int, str]:
    """What ``check`` answers and says; an exception that it did not mean is raised."""
    done = CliRunner().invoke(main, ["--project", str(root), "check"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def test_there_are_cases_at_every_door() -> None:
    counts = {door: sum(case.door == door for case in ALL) for door in DOORS}
    assert {case.door for case in ALL} == DOORS
    assert {case.becomes for case in ALL} == {"refused", "harmless", "either"}
    assert min(counts.values()) >= 7 and sum(counts.values()) > 150, counts


def test_without_a_case_nothing_is_wrong(root: Path) -> None:
    assert checked(root)[0] == 0


@pytest.mark.parametrize(
    "case", named([c for c in ALL if c.becomes == "refused" and c.door not in ("requests",)])
)
def test_it_is_refused_in_words(root: Path, case: Case) -> None:
    """By ``check`` and by a build; what only the made page shows, by the step that makes it."""
    case.place(root)
    code, said = checked(root)
    if code == 0 and case.door in SHOWN_BY_SITE:
        assert refused_by_the_page(root / next(iter(case.put)), case)
        return
    assert code == 1, said
    for rule in case.says:
        assert f" {rule}: " in said, said
    assert len(said) < 20_000  # and not as much as it was given
    if "redirection: «" not in said:  # which needs the addresses of all pages
        with pytest.raises(DataError):
            build.load(Project(root))


def refused_by_the_page(file: Path, case: Case) -> bool:
    """Whether the steps of hooks/mkdocs_hooks.py refuse a page, in the words of the case."""
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8").partition("markdown_extensions:")[2]
    extensions = yaml.safe_load(settings.partition("\nnav:")[0])
    names = [name if isinstance(name, str) else next(iter(name)) for name in extensions]
    try:
        text = fill(file.read_text("utf-8"), {}, PROJECT / "overrides")
    except ValueError as error:
        return all(words in str(error) for words in case.says)
    html, refused = clean(markdown.markdown(text, extensions=names))
    assert all(words in refused for words in case.says), refused
    assert "alert" not in html or "<" not in html.partition("alert")[0][-8:]
    return bool(refused)


@pytest.mark.parametrize("case", named([c for c in ALL if c.becomes == "either"]))
def test_it_is_refused_or_only_shown(root: Path, case: Case) -> None:
    case.place(root)
    code, said = checked(root)
    assert code in (0, 1) and "Traceback" not in said


@pytest.mark.parametrize("case", named([c for c in ALL if c.door == "requests"]))
def test_a_request_becomes_a_file_of_data_or_an_answer(root: Path, case: Case) -> None:
    answers = {**ANSWERS, **{key: text_of(value) for key, value in case.answers.items()}}
    text = "\n\n".join(
        f"### {question.label}\n\n{answers.get(question.key) or '_No response_'}"
        for question in questions("action")
    )
    before = {path for path in (root / "data").rglob("*") if path.is_file()}
    try:
        made = take("action", text, build.load(Project(root))[0])
    except RequestError as error:
        assert case.becomes == "refused", error.reasons
        said = comment(error.reasons)
        html = commonmark.to_html(said)
        assert "<a " not in html and "<img" not in html and len(said) < 20_000
        assert {path for path in (root / "data").rglob("*") if path.is_file()} == before
        return
    assert case.becomes == "harmless", made.file.path
    assert made.file.path.startswith("data/actions/59/59378-marcq-en-baroeul/")
    assert "/.." not in made.file.path and made.file.path.endswith(".md")
    assert checked(root)[0] == 0
