"""docs/forge.md names every setting that the workflows need; the guides link to what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from support import PROJECT

GITHUB = PROJECT / ".github"
PAGE = (PROJECT / "docs" / "forge.md").read_text("utf-8")
GUIDES = ("README.md", "CONTRIBUTING.md", "docs/forge.md")


def workflow(name: str) -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = yaml.load(
        (GITHUB / "workflows" / f"{name}.yml").read_text("utf-8"), yaml.BaseLoader
    )
    return found


def labels() -> set[str]:
    """Those that the issue forms put, that a workflow waits for, that a script creates."""
    found = set()
    for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml"):
        found |= set(yaml.load(path.read_text("utf-8"), yaml.BaseLoader).get("labels", ()))
    for path in (GITHUB / "workflows").glob("*.yml"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"label\.name == '([^']+)'", text))
        found |= set(re.findall(r"sticky_issue\.sh (\S+)", text))
    return found


def test_every_label_is_told() -> None:
    assert labels() == {"fiche à relire", "fiche approuvée", "fraîcheur", "publication"}
    for label in labels():
        assert f"`{label}`" in PAGE, label


def test_the_check_that_protects_the_branch_is_told() -> None:
    """One name to require, which waits for all others (see test_workflows.py)."""
    assert f"« {workflow('check')['jobs']['verdict']['name']} »" in PAGE


def test_the_teams_to_replace_are_told() -> None:
    owners = re.findall(r"@[\w-]+/[\w-]+", (GITHUB / "CODEOWNERS").read_text("utf-8"))
    reported = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    assert ".github/CODEOWNERS" in reported and "docs/forge.md" in reported
    for owner in set(owners):
        assert f"`{owner}`" in PAGE, owner


def test_what_else_the_workflows_need_is_told() -> None:
    text = "".join(path.read_text("utf-8") for path in (GITHUB / "workflows").glob("*.yml"))
    for action in set(re.findall(r"uses: ([\w-]+/[\w-]+)@", text)):
        assert action.startswith("actions/") or f"`{action}@*`" in PAGE, action
    assert "secrets." not in text and "Aucun secret" in PAGE
    for name in set(re.findall(r"vars\.(\w+)", text)):
        assert f"`{name}`" in PAGE, name
    assert workflow("publish")["on"]["push"]["branches"] == ["main"] and "`main`" in PAGE
    assert "deploy-pages" in text and "« GitHub Actions »" in PAGE
    assert "create-pull-request" in text and "create and approve pull requests" in PAGE
    assert "attest-build-provenance" in text and "attestation" in PAGE
    for name in (path.stem for path in (GITHUB / "workflows").glob("*.yml")):
        assert f"`{name}`" in PAGE, name


@pytest.mark.parametrize("guide", GUIDES)
def test_guides_lead_to_what_is_there(guide: str) -> None:
    path = PROJECT / guide
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    assert targets
    for target in targets:
        if "://" not in target:
            assert Path(path.parent, target).exists(), target
