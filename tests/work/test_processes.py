from __future__ import annotations

import json
import sys
import threading

import pytest

from atlaas.work.processes import Fork, Shares, processes_for

pytestmark = pytest.mark.skipif(  # elsewhere the program never calls what is tested here
    not sys.platform.startswith("linux"), reason="fork is only used on Linux"
)


def test_few_things_take_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATLAAS_PROCESSES", raising=False)
    assert processes_for(199) == 1
    assert processes_for(200) >= 1


def test_nothing_forks_while_threads_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAAS_PROCESSES", "3")
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert processes_for(10_000) == 1
    finally:
        done.set()
        thread.join()


def test_the_environment_overrides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # servers of other tests run on
    monkeypatch.setenv("ATLAAS_PROCESSES", "3")
    assert processes_for(1) == 3
    monkeypatch.setenv("ATLAAS_PROCESSES", "beaucoup")
    assert processes_for(1) == 1


def test_a_fork_inherits_and_answers() -> None:
    inherited = ["é" * 100_000]  # more than a pipe holds at once
    assert Fork(lambda: inherited[0].encode()).answer() == inherited[0].encode()


def test_a_failing_fork_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> bytes:
        raise ValueError("une page impossible")

    with pytest.raises(RuntimeError, match="processus"):
        Fork(fail).answer()
    assert "une page impossible" in capfd.readouterr().err


def test_each_share_goes_to_one_process() -> None:
    """Three processes and this one take from the same hundred numbers."""
    shares = Shares(100)
    forks = [Fork(lambda: json.dumps([*shares]).encode()) for _ in range(3)]
    taken = [*shares, *(number for fork in forks for number in json.loads(fork.answer()))]
    shares.close()
    assert sorted(taken) == list(range(100))
