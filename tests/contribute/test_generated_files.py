"""Fields derived from the models: none forgotten, in any place that shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from atlaas import model
from atlaas.contribute import generated_files
from atlaas.model.fields import MODELS, fields_of, walk
from atlaas.pages import contribute, record_fields
from support import PROJECT, SAMPLE, Html, Small, text_of, tiny_tree, write_tree

KEYS = {kind: set(cls.model_fields) for kind, cls in MODELS.items()}


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_of_a_model_is_a_field(kind: str) -> None:
    fields = fields_of(MODELS[kind])
    assert [field.key for field in fields] == list(MODELS[kind].model_fields)
    for path, field in walk(fields):
        assert field.label and field.label[0].isupper(), path


def test_limits_and_choices_come_from_the_models() -> None:
    fields = dict(walk(fields_of(MODELS["action"])))
    assert (fields["title"].min_length, fields["title"].max_length) == (5, 140)
    assert fields["title"].required and fields["sources"].required
    assert not fields["status"].required
    assert (fields["themes"].kind, fields["themes"].words) == ("choices", "themes")
    assert (fields["themes"].min_items, fields["themes"].max_items) == (1, 3)
    assert fields["territory"].kind == "place" and fields["partners"].kind == "places"
    assert fields["started"].kind == "date" and fields["website"].kind == "url"
    assert fields["lessons"].kind == "long" and fields["sources.url"].kind == "url"
    fields = dict(walk(fields_of(MODELS["territory"])))
    assert (fields["labels.level"].words, fields["labels.level"].maximum) == ("levels", 5)
    assert fields["labels.mentions"].words == "mentions"
    assert fields["indicators.value"].kind == "number"
    assert fields["indicators.approximate"].kind == "flag"
    assert fields["memberships.through"].words == "epci"
    assert fields["labels.sources"].required and not fields["services.sources"].required


@pytest.mark.parametrize("form", contribute.FORMS, ids=lambda form: form.kind)
def test_every_field_is_in_the_form_once(tiny: Small, form: contribute.Form) -> None:
    keys = [f.key for _, fields in contribute.sections(form) for f in fields if f.key != "body"]
    assert sorted(keys) == sorted(KEYS[form.kind])
    page = Html(tiny.html(form.url))
    ids = [tag.attributes["id"] for tag in page.tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    for key in KEYS[form.kind]:
        assert f"f-{key}" in ids, key
    described = {i for tag in page.tags for i in tag.attributes.get("aria-describedby", "").split()}
    missing = {i for i in described if i not in ids and not i.startswith("f-approx")}
    assert missing == set()
    named = {tag.attributes["for"] for tag in page.all("label") if "for" in tag.attributes}
    assert named <= set(ids)


def test_every_field_is_explained_with_an_example(tiny: Small) -> None:
    page = Html(tiny.html("contribuer/champs/"))
    codes = {tag.text for tag in page.all("code")}
    for kind in ("action", "territory", "actor", "edition"):
        for path, _ in walk(fields_of(MODELS[kind])):
            if ".sources." not in path:
                assert path in codes, path
    for field in ("title", "themes", "started"):
        assert any(code.startswith(f"{field}: ") for code in codes)
    assert "numerique-educatif" in text_of(tiny.html("contribuer/champs/"))


def test_examples_are_valid() -> None:
    action = model.Action.model_fields
    for key in ("started", "verified"):
        assert model.PARTIAL_DATE.fullmatch(str((action[key].examples or [""])[0]))
    for _, field, _, example, _ in record_fields.lines(fields_of(MODELS["action"])):
        assert field.key in yaml.safe_load(example)


def test_generated_files_that_differ_are_named(tmp_path: Path) -> None:
    """Those of the project itself hold its vocabularies: « make drift » looks at them."""
    directory = Small(tiny_tree(tmp_path)).directory
    made = dict(generated_files.files(directory))
    assert generated_files.stale(directory) == list(made)
    write_tree(tmp_path, made)
    assert generated_files.stale(directory) == []
    form = ".github/ISSUE_TEMPLATE/action.yml"
    (tmp_path / form).write_text("name: autre\n", "utf-8")
    assert generated_files.stale(directory) == [form]


def test_issue_forms_ask_for_what_a_record_needs() -> None:
    for kind in generated_files.FILES:
        questions = generated_files.questions(kind)
        form = yaml.safe_load(
            (PROJECT / ".github/ISSUE_TEMPLATE" / generated_files.FILES[kind]).read_text("utf-8")
        )
        asked = [item for item in form["body"] if item["type"] != "markdown"]
        assert [item["attributes"]["label"] for item in asked] == [q.label for q in questions]
        assert len({item["id"] for item in asked}) == len(asked)
        required = {q.key for q in questions if q.required}
        needed = {field.key for field in fields_of(MODELS[kind]) if field.required}
        assert needed <= required
        for item in asked:
            options = item["attributes"].get("options", [])
            assert len(options) == len(set(options)), item["id"]
            assert all(isinstance(option, str) for option in options)


def test_settings_of_the_editor_name_files_that_exist() -> None:
    settings = json.loads((PROJECT / ".vscode/settings.json").read_text("utf-8"))
    for schema, pattern in settings["yaml.schemas"].items():
        assert (PROJECT / schema).is_file(), schema
        assert list(SAMPLE.glob(pattern)), pattern
    for name in ("extensions.json", "tasks.json", "atlaas.code-snippets"):
        json.loads((PROJECT / ".vscode" / name).read_text("utf-8"))


def test_hooks_before_a_commit_are_local() -> None:
    config = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system" and hook["entry"].startswith(".venv/bin/")
