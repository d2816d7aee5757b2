"""Flags a proposal that touches data and code at once: they are not reviewed by the same eye.

``gate.py BASE [--format github]`` compares the working tree's HEAD with the point where it left
BASE. It warns and never refuses: the report and the reviewer decide.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What stands beside the code but is written with the data: it does not count as either.
NEUTRAL = ("CHANGELOG.md", "schemas/", ".github/ISSUE_TEMPLATE/", ".vscode/")


def changed(base: str, root: Path = ROOT) -> list[str]:
    """The paths that HEAD changes since it left ``base``."""
    done = subprocess.run(
        ["git", "diff", "--name-only", "-z", "--no-renames", f"{base}...HEAD", "--"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [path for path in done.stdout.split("\0") if path]


def mixed(paths: list[str]) -> tuple[list[str], list[str]]:
    """(data, code) among the paths, in their order."""
    data = [path for path in paths if path.startswith("data/")]
    code = [p for p in paths if not p.startswith(("data/", *NEUTRAL))]
    return data, code


def warning(data: list[str], code: list[str]) -> str:
    """The French sentence for a proposal that touches both; empty for any other."""
    if not data or not code:
        return ""
    shown = ", ".join(path if path.isprintable() else "?" for path in code[:5])
    more = f" et {len(code) - 5} autres" if len(code) > 5 else ""
    return (
        f"Cette proposition touche {len(data)} fichier(s) de données et {len(code)} de code "
        f"({shown}{more}) : mieux vaut deux propositions, chacune se relit autrement."
    )


def main(arguments: list[str]) -> int:
    """Print the warning, as text or as an annotation; always exits with 0."""
    words = warning(*mixed(changed(arguments[0])))
    if words and "github" in arguments:
        print("::warning title=données et code::" + words.replace("%", "%25"))
    elif words:
        print(words)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
