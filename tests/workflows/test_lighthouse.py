"""make lighthouse: what it reads in a report."""

from __future__ import annotations

from typing import Any

import pytest
from scripts.lighthouse import run


def report(accessibility: float | None, audit: dict[str, Any]) -> dict[str, Any]:
    """A report of two audits, the one given and one that weighs nothing."""
    refs = [{"id": "one", "weight": 7}, {"id": "told", "weight": 0}]
    return {
        "categories": {
            "accessibility": {"score": accessibility, "auditRefs": refs},
            "best-practices": {"score": 1, "auditRefs": []},
            "seo": {"score": 1, "auditRefs": []},
        },
        "audits": {"one": {"title": "Une chose", **audit}, "told": {"title": "Autre", "score": 0}},
    }


def test_a_failing_audit_is_named_with_its_place() -> None:
    nodes = {"items": [{"node": {"snippet": "<a>"}}]}
    found = run.reading(report(0.996, {"score": 0, "details": nodes}))
    assert found.scores == [99, 100, 100]  # never rounded up to 100
    assert found.failing == ["one : Une chose\n      <a>"]


@pytest.mark.parametrize("score", [1, None], ids=["passed", "not applicable"])
def test_a_good_page_has_no_failing_audit(score: int | None) -> None:
    found = run.reading(report(1, {"score": score}))
    assert (found.scores, found.failing) == ([100, 100, 100], [])


def test_a_page_that_could_not_be_read_is_not_a_good_page() -> None:
    with pytest.raises(run.AuditError, match="statut 404"):
        run.reading({"runtimeError": {"message": "statut 404"}})
    with pytest.raises(run.AuditError, match="accessibility"):
        run.reading(report(None, {"score": None}))


def test_the_end_says_whether_all_is_at_100(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def audit(address: str, skipped: list[str]) -> Any:
        asked.append((address.split("/", 3)[3], skipped))
        return run.Result([100, 100, 90 if "carte" in address else 100], [])

    monkeypatch.setattr(run, "audit", audit)
    assert run.main(["acteurs", "introuvable"]) == 0
    assert asked == [("acteurs/", []), ("404.html", ["is-crawlable"])]
    assert run.main(["carte"]) == 1
    assert run.main(["aucun genre de ce nom"]) == 1
    assert "Pages lues : 1 ; à reprendre : 1" in capsys.readouterr().out
