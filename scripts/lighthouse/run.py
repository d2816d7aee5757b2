"""Lighthouse over each kind of page of site/: accessibility, best practices, SEO, all at 100.

``make lighthouse`` installs what package-lock.json locks, serves site/ as GitHub Pages would
(texts packed) and prints a table; it ends with 1 when a score is under 100, with the audits that
failed. Arguments keep the kinds whose name holds one of them: ``make lighthouse KINDS=carte``.

Two things cannot be judged as they will be online:
- 404.html is read at its own address, because Lighthouse refuses a page whose status is 404. It
  asks not to be indexed, rightly: ``is-crawlable`` is left out for it.
- the canonical address is there only when the site was built with ATLAAS_SITE_URL.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.kinds import KINDS, NOWHERE
from scripts.serving import served

PROGRAM = Path("scripts/lighthouse/node_modules/lighthouse/cli/index.js")
CATEGORIES = {
    "accessibility": "Accessibilité",
    "best-practices": "Bonnes pratiques",
    "seo": "Référencement",
}
SKIPPED = {NOWHERE: ["is-crawlable"]}
PATIENCE = 180  # seconds that a page may take


@dataclass(frozen=True)
class AuditError(Exception):
    """Lighthouse could not read a page."""

    reason: str


@dataclass(frozen=True)
class Result:
    """Scores from 0 to 100 in the order of CATEGORIES, and the audits that cost points."""

    scores: list[int]
    failing: list[str]


def command(address: str, skipped: list[str]) -> list[str]:
    """The call of Lighthouse for one page: a phone, French, JSON on the standard output."""
    return [
        "node",
        str(PROGRAM),
        address,
        "--quiet",
        "--output=json",
        "--locale=fr",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        *([f"--skip-audits={','.join(skipped)}"] if skipped else []),
    ]


def reading(report: dict[str, Any]) -> Result:
    """The scores of a report of Lighthouse, and what failed with the first elements at fault."""
    if "runtimeError" in report:
        raise AuditError(report["runtimeError"]["message"])
    scores, failing = [], []
    for name in CATEGORIES:
        category = report["categories"][name]
        if category["score"] is None:
            raise AuditError(f"pas de note pour {name}")
        scores.append(int(category["score"] * 100))
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                failing.append(f"{part['id']} : {audit['title']}{_where(audit)}")
    return Result(scores, failing)


def _where(audit: dict[str, Any]) -> str:
    """The first things an audit points at."""
    found = []
    for item in audit.get("details", {}).get("items", [])[:3]:
        node = item.get("node") or {}
        found.append(str(node.get("snippet") or item.get("description") or item.get("url") or ""))
    return "".join(f"\n      {text[:150]}" for text in found if text)


def audit(address: str, skipped: list[str]) -> Result:
    """One page through Lighthouse."""
    try:
        done = subprocess.run(
            command(address, skipped),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "")},
        )
    except subprocess.TimeoutExpired:
        raise AuditError(f"rien après {PATIENCE} secondes") from None
    try:
        report = json.loads(done.stdout)
    except ValueError:
        raise AuditError(done.stderr.strip()[-500:] or "réponse illisible") from None
    return reading(report)


def main(words: list[str]) -> int:
    """Print the table; 1 if a page is not at 100 everywhere."""
    chosen = {k: u for k, u in KINDS.items() if not words or any(word in k for word in words)}
    wide = max((len(kind) for kind in chosen), default=0)
    print(" " * wide, *(f"{name:>16}" for name in CATEGORIES.values()))
    bad = 0
    with served(Path("site"), packed=True) as home:
        for kind, url in chosen.items():
            path = "404.html" if url == NOWHERE else url
            try:
                result = audit(home + path, SKIPPED.get(url, []))
            except AuditError as error:
                print(f"{kind:<{wide}} n'a pas pu être lue : {error.reason}", flush=True)
                bad += 1
                continue
            print(f"{kind:<{wide}}", *(f"{score:>16}" for score in result.scores), flush=True)
            for line in result.failing:
                print(f"    {line}", flush=True)
            bad += min(result.scores) < 100 or bool(result.failing)
    print(f"Pages lues : {len(chosen)} ; à reprendre : {bad}")
    return 1 if bad or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
