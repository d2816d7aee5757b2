"""Work in a second process that inherits everything by fork and sends its answer back as bytes.

Both cores are used so without copying the directory. Where there is no fork, or one core, callers
do the work themselves: ``processes_for`` then says 1.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator


def processes_for(count: int, fewest: int = 200) -> int:
    """How many processes to use for ``count`` things; ATLAAS_PROCESSES overrides.

    One for less than ``fewest``, which are not worth a process's start, and where fork is not
    safe to use (macOS, or while threads run) or absent (Windows).
    """
    if threading.active_count() > 1:
        return 1
    given = os.environ.get("ATLAAS_PROCESSES", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    if not sys.platform.startswith("linux") or count < fewest:
        return 1
    return len(os.sched_getaffinity(0))


def is_running(number: str) -> bool:
    """Whether a process of this number may be at work; where nobody can tell, it may."""
    if os.name != "posix" or not number.isdigit():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


_SYSTEM = 3  # the exit status of a process that the system refused something


class Fork:
    """A forked process at work. The caller must ask for its ``answer``."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        reader, sender = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(reader)
            _run(work, sender)
        os.close(sender)
        self._reader, self._ended = reader, False

    def answer(self) -> bytes:
        """Wait for the bytes; raises RuntimeError where the process failed.

        Or the OSError on which it ended: a full disk is no fault of the program.
        """
        self._ended = True
        with os.fdopen(self._reader, "rb") as pipe:
            answer = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        if status == _SYSTEM:
            raise OSError(*json.loads(answer))
        if status:
            raise RuntimeError("un des processus de la construction a échoué (voir ci-dessus)")
        return answer

    def cancel(self) -> None:
        """End the process and drop its answer, where it has given none yet."""
        if self._ended:
            return
        self._ended = True
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._reader)


class Shares:
    """The numbers from 0 to ``count`` - 1, of which each goes to one of the processes that ask.

    They wait in a pipe, four bytes each: whoever reads one has it. At most some thousand fit in.
    """

    def __init__(self, count: int) -> None:
        self._reader, sender = os.pipe()
        os.write(sender, b"".join(number.to_bytes(4, "big") for number in range(count)))
        os.close(sender)

    def __iter__(self) -> Iterator[int]:
        while number := os.read(self._reader, 4):
            yield int.from_bytes(number, "big")

    def close(self) -> None:
        """Let go of the pipe, in this process; a second time does nothing."""
        reader, self._reader = self._reader, -1
        if reader >= 0:
            os.close(reader)


def _run(work: Callable[[], bytes], sender: int) -> None:
    """Do the work in the child and end it without the parent's clean-up."""
    status = 1
    try:
        try:
            answer, done = work(), 0
        except OSError as error:
            answer = json.dumps([error.errno, error.strerror, str(error.filename or "")]).encode()
            done = _SYSTEM
        with os.fdopen(sender, "wb") as pipe:
            pipe.write(answer)
        status = done
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
