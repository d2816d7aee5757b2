"""The cases of tests/hostile/cases/: what somebody may commit or send, and what must become of it.

One YAML file a case: ``what`` it tries, in a sentence; ``put``, files of the project by path, a
text, or one of ``hex``, ``link``, ``fifo``, ``folder``, or ``text`` ``times`` over with ``before``,
``after`` and ``mode``; ``answers`` of a request; ``becomes`` refused, harmless or either of both;
``says``, what a refusal names; ``pages`` on which it is shown.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import yaml

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """One of them."""

    door: str
    name: str
    becomes: str
    says: list[str]
    pages: list[str]
    put: dict[str, Any]
    answers: dict[str, Any]

    def place(self, root: Path) -> None:
        """Have a project hold it."""
        for path, value in self.put.items():
            _place(root / path, value)


def all_cases() -> list[Case]:
    """Every case, by door and name."""
    found = []
    for path in sorted(CASES.rglob("*.yml")):
        given = yaml.safe_load(path.read_text("utf-8"))
        assert given.pop("what"), path
        lists = {key: given.pop(key, []) for key in ("says", "pages")}
        maps = {key: given.pop(key, {}) for key in ("put", "answers")}
        found.append(Case(path.parent.name, path.stem, given.pop("becomes"), **lists, **maps))
        assert not given, path
    return found


def text_of(value: Any) -> str:
    """The text of a value, which may say that a part of it is repeated."""
    if isinstance(value, str):
        return value
    repeated = str(value["text"]) * value.get("times", 1)
    return f"{value.get('before', '')}{repeated}{value.get('after', '')}"


def _place(file: Path, value: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_file() or file.is_symlink():
        file.unlink()
    given = value if isinstance(value, dict) else {"text": value}
    if "link" in given:
        file.symlink_to(given["link"])
    elif "fifo" in given:
        os.mkfifo(file)
    elif "folder" in given:
        file.mkdir()
    elif "hex" in given:
        file.write_bytes(bytes.fromhex(given["hex"]))
    else:
        file.write_text(text_of(given), "utf-8", newline="")
        file.chmod(int(given.get("mode", "644"), 8))


def restore(root: Path, kept: Path) -> None:
    """Have a project hold again what a copy of it holds, apart from caches."""
    for name in ("data", "content"):
        shutil.rmtree(root / name)
        shutil.copytree(kept / name, root / name)
