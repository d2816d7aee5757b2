"""Says whether two builders made the same site, byte for byte.

``make hedge`` builds it with MkDocs and ProperDocs; a difference would mean that the way out is no
longer open. ``make pythons`` builds it with each Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

MOST = 20  # files named of each kind


def differences(site: Path, other: Path) -> list[str]:
    """Each file that only one of the sites has or that is not the same in both, in words."""
    ours, theirs = _files(site), _files(other)
    missing = [f"manque : {path}" for path in sorted(ours - theirs)]
    added = [f"en trop : {path}" for path in sorted(theirs - ours)]
    changed = [
        f"différent : {path}"
        for path in sorted(ours & theirs)
        if (site / path).read_bytes() != (other / path).read_bytes()
    ]
    return [line for lines in (missing, added, changed) for line in _first(lines)]


def _files(site: Path) -> set[str]:
    return {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}


def _first(lines: list[str]) -> list[str]:
    more = [f"… et {len(lines) - MOST} autres"] if len(lines) > MOST else []
    return lines[:MOST] + more


def main(arguments: list[str]) -> int:
    """Print the differences between two sites; 1 if any: SITE OTHER BUILDER-OF-OTHER BUILDER."""
    site, other = map(Path, arguments[:2])
    builder, reference = arguments[2:]
    for folder in (site, other):
        if not (folder / "index.html").is_file():
            print(f"Il n'y a pas de site dans {folder}/ : recommencez.")
            return 1
    found = differences(site, other)
    if found:
        print(f"{builder} ne construit pas le même site que {reference} ({other} et {site}) :")
        print("\n".join(found))
        return 1
    print(f"{builder} construit le même site que {reference} ({len(_files(site))} fichiers).")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
