"""What a person reads on a terminal, and what programs and files get."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Sequence

import pytest

from atlaas.text.typography import typeset_message
from atlaas.work.terminal import as_read
from support import PROJECT, SAMPLE

NB, THIN = "\u00a0", "\u202f"


class Screen(io.StringIO):
    """A terminal of a given encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # StringIO has none
        return self._encoding

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a.yml:3:1: nombre : c'est dit ; quoi ?",
            f"a.yml:3:1: nombre{NB}: c’est dit{THIN}; quoi{THIN}?",
        ),
        ("« l'eau : 5 % » n'est pas", f"«{NB}l'eau : 5 %{NB}» n’est pas"),
        ("l'« agglo »", f"l’«{NB}agglo{NB}»"),
        ("« Appel « La bonne » » :", f"«{NB}Appel «{NB}La bonne{NB}»{NB}»{NB}:"),
        ('Écrivez "59350" (Lille).', 'Écrivez "59350" (Lille).'),
        ("https://a.fr/b?c:d", "https://a.fr/b?c:d"),
    ],
)
def test_messages(text: str, expected: str) -> None:
    assert typeset_message(text) == expected
    assert typeset_message(expected) == expected


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (Screen("utf-8"), f"l’eau{NB}:\n"),
        (Screen("latin-1"), "l'eau :\n"),  # it has no ’
        (Screen("no-such"), "l'eau :\n"),
        (io.StringIO(), "l'eau :\n"),  # a file
    ],
)
def test_only_a_terminal_that_can_is_typeset(stream: io.StringIO, expected: str) -> None:
    print("l'eau :", file=as_read(stream))
    assert stream.getvalue() == expected


def on_terminal(*arguments: str) -> str:
    """What « atlaas » shows on a terminal of its own."""
    main, other = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "hooks"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "atlaas", "--project", str(SAMPLE), *arguments]
    process = subprocess.Popen(
        command, stdin=other, stdout=other, stderr=other, env=environment, cwd=PROJECT
    )
    os.close(other)
    shown = b""
    while True:
        try:
            part = os.read(main, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    process.wait()
    os.close(main)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("arguments", "seen"),
    [
        (["fix", "--help"], [f"Usage{NB}: ", f"  --check  N’écrit rien{NB}: dit", f"Options{NB}:"]),
        (["check", "data/rien"], [f"le chemin «{NB}data/rien{NB}» n’existe pas"]),
        (["check", "--format", "xml"], [f"Valeur refusée pour '--format'{NB}: «{NB}xml{NB}»"]),
        (["completion", "bash"], ["local IFS=$'\\n'", "if [[ $type == 'dir' ]]; then"]),
        (["stats", "--format", "json"], ['"actions": ']),
    ],
)
def test_the_command_on_a_terminal(arguments: Sequence[str], seen: Sequence[str]) -> None:
    shown = on_terminal(*arguments)
    for words in seen:
        assert words in shown
