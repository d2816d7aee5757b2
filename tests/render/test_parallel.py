"""Files made by other processes: all there, said once, and nothing left where one fails."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from atlaas.render.parallel import Apart, Work
from atlaas.render.write import Writer


def numbers(count: int = 5) -> Iterator[str]:
    for number in range(count):
        yield f"n/{number}.txt"


@pytest.mark.parametrize("forked", [False, True])
def test_what_is_made_apart_joins_the_site(tmp_path: Path, forked: bool) -> None:
    """Five files of seven bytes each; the second time, the one that changed is written."""
    for content, written in ((str.encode, 5), (lambda path: path[::-1].encode(), 5)):
        for again in (written, 0):
            writer = Writer(tmp_path / "site")
            apart = Apart(numbers, str, content, writer, forked)
            apart.finish()
            done = writer.finish()
            assert (done.written, done.total_bytes, done.removed) == (again, 35, 0)
    assert (tmp_path / "site" / "n" / "3.txt").read_text() == "txt.3/n"


@pytest.mark.parametrize("forked", [False, True])
def test_an_address_that_the_site_has_is_refused(tmp_path: Path, forked: bool) -> None:
    writer = Writer(tmp_path / "site")
    writer.register("n/1.txt")
    apart = Apart(numbers, str, str.encode, writer, forked)
    with pytest.raises(ValueError, match=r"deux pages à la même adresse : n/1\.txt"):
        apart.finish()
    apart.cancel()  # as a build does after any failure
    writer.close()


def test_a_failure_apart_is_one_of_the_build(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(path: str) -> bytes:
        raise LookupError(f"rien sur {path}")

    writer = Writer(tmp_path / "site")
    apart = Apart(numbers, str, fails, writer, forked=True)
    with pytest.raises(RuntimeError, match="un des processus"):
        apart.finish()
    apart.cancel()
    writer.close()
    assert "rien sur n/0.txt" in capfd.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_full_disk_in_another_process_is_said_as_such(tmp_path: Path) -> None:
    """Also where other work has ended before: all of it is cancelled then."""

    def full(path: str) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    writer = Writer(tmp_path / "site")
    done = Work(["a"], str, str.encode, writer, processes=2)
    done.finish()
    names = [f"n/{number}" for number in range(50)]
    failing = Work(names, str, full, writer, processes=2)
    with pytest.raises(OSError, match="n/") as caught:
        failing.finish()
    assert caught.value.errno == errno.ENOSPC
    for work in (done, failing, done):
        work.cancel()
    writer.close()
    for fork in failing._others:  # none is left
        with pytest.raises(ChildProcessError):
            os.waitpid(fork._pid, os.WNOHANG)
