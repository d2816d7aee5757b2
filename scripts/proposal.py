"""What a proposal changes, for those who review it: the semantic diff and the pages that differ.

``proposal.py BASE FOLDER [--number N]`` builds the site of BASE (in a worktree of its own) and
that of the working tree, and writes into FOLDER: ``report.md``, ``number``, ``pages.txt`` and
``pages/``, the new version of each page that differs. Only HTML counts as a page.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from gate import changed, mixed, warning

ROOT = Path(__file__).resolve().parents[1]
MOST = 300  # pages kept in the artefact
SHOWN = 40  # pages named in the report


def build(project: Path, target: Path) -> bool:
    """Build a site; False where it can not be built."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--config-file",
            str(project / "mkdocs.yml"),
            "--site-dir",
            str(target),
        ],
        cwd=project,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(project / "hooks"), "NO_MKDOCS_2_WARNING": "1"},
    )
    return done.returncode == 0


def differing(old: Path, new: Path) -> tuple[list[str], list[str], list[str]]:
    """(added, changed, removed) pages between two sites, as addresses from the root."""

    def pages(site: Path) -> dict[str, Path]:
        return {p.relative_to(site).as_posix(): p for p in sorted(site.rglob("*.html"))}

    before, after = pages(old), pages(new)
    both = before.keys() & after.keys()
    return (
        sorted(after.keys() - before.keys()),
        sorted(path for path in both if before[path].read_bytes() != after[path].read_bytes()),
        sorted(before.keys() - after.keys()),
    )


def _list(title: str, paths: list[str]) -> list[str]:
    if not paths:
        return []
    names = [f"- `/{path.removesuffix('index.html')}`" for path in paths[:SHOWN]]
    more = [f"- … et {len(paths) - SHOWN} autres"] if len(paths) > SHOWN else []
    return ["", f"### {title} ({len(paths)})", "", *names, *more]


def pages_of(base: str, folder: Path) -> list[str]:
    """Build both sites, keep the pages that differ, and tell which they are, in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        old = scratch / "base"
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", str(old), base], cwd=ROOT, check=True
        )
        try:
            if not build(ROOT, scratch / "new"):
                return ["", "Le site ne se construit pas avec cette proposition."]
            if not build(old, scratch / "old"):
                return ["", "Le site d'avant ne se construit pas : pas de comparaison des pages."]
            added, other, removed = differing(scratch / "old", scratch / "new")
            for path in [*added, *other][:MOST]:
                target = folder / "pages" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(scratch / "new" / path, target)
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(old)], cwd=ROOT, check=False
            )
    names = [f"+ {p}" for p in added] + [f"~ {p}" for p in other] + [f"- {p}" for p in removed]
    (folder / "pages.txt").write_text("\n".join([*names, ""]), encoding="utf-8")
    return [
        *_list("Pages nouvelles", added),
        *_list("Pages changées", other),
        *_list("Pages retirées", removed),
    ] or ["", "Aucune page du site ne change."]


def main() -> int:
    """Write the folder; exits with 0 even where the records hold errors: `check` says those."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--number", default="")
    given = parser.parse_args()
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    (given.folder / "number").write_text(given.number, encoding="utf-8")
    diff = subprocess.run(
        [sys.executable, "-m", "atlaas", "diff", given.base, "--format", "markdown"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    parts = [diff.stdout.strip() or "Le contrôle des fiches dit ce qui ne peut pas être lu."]
    words = warning(*mixed(changed(given.base)))
    if words:
        parts.extend(["", f"**À noter** : {words}"])
    parts.extend(pages_of(given.base, given.folder))
    (given.folder / "report.md").write_text("\n".join(parts) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
