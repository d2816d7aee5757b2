"""Reporting how far a long build is. A short one says nothing: it is over before it would."""

import time
from collections.abc import Callable

from atlaas.text import number

EVERY = 5.0  # seconds between two messages, and before the first


class Progress:
    """Reports the step at hand and how much of it is done, at most once in ``every`` seconds."""

    def __init__(
        self,
        report: Callable[[str], object] | None = None,
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._report, self._every, self._clock = report, every, clock
        self._what, self._total = "", 0
        self._begun = self._reported = clock()

    def step(self, what: str, total: int = 0) -> None:
        """Begin a step of so many things, 0 where they are not counted."""
        self._what, self._total, self._begun = what, total, self._clock()
        self.at(0)

    def at(self, done: int) -> None:
        """Say how many things of the step are done; cheap where there is nothing to report."""
        now = self._clock()
        if self._report is None or now - self._reported < self._every:
            return
        self._reported = now
        if not self._total or not done:
            self._report(f"{self._what}…")
            return
        remaining = (now - self._begun) * (self._total - done) / done
        self._report(
            f"{self._what} : {number(done)} sur {number(self._total)} "
            f"({100 * done // self._total} %), encore {_duration(remaining)}"
        )


def _duration(seconds: float) -> str:
    """« 40 s », « 3 min »."""
    return f"{max(1, round(seconds))} s" if seconds < 100 else f"{round(seconds / 60)} min"


SILENT = Progress()
