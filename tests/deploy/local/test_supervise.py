"""Processes that come back, by a real supervisord."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local.supervise import Supervisor

POLITE = """
import os, signal, sys, time
def leave(*_):
    print("left", flush=True)
    sys.exit()
signal.signal(signal.SIGTERM, leave)
print(f"here {os.environ['GREETING']} {os.environ['OWN']}", flush=True)
time.sleep(60)
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    """One program in two processes, in a folder whose name has a percent sign and a space."""
    (tmp_path / "polite.py").write_text(POLITE)
    programs = {name: [sys.executable, "polite.py"] for name in ("one", "two")}
    env = {**os.environ, "GREETING": "100% sure", "OWN": "common"}
    own = {"two": {"OWN": "50% mine, not theirs"}}
    supervisor = Supervisor(tmp_path / "50% full", programs, env, tmp_path, own=own)
    supervisor.start()
    _until(lambda: all("here" in _log(supervisor, name) for name in programs))
    yield supervisor
    supervisor.stop()


def test_a_killed_program_is_started_again(supervisor: Supervisor) -> None:
    """Whatever ends a program, it is back within seconds; the other one is left alone."""
    before = supervisor.pids()
    os.kill(before["one"], signal.SIGKILL)
    _until(lambda: _log(supervisor, "one").count("here") == 2)
    after = supervisor.pids()
    assert after["two"] == before["two"]
    assert after["one"] != before["one"]


def test_programs_get_the_environment_and_a_log_each(supervisor: Supervisor) -> None:
    """Settings pass through unchanged, signs that supervisord would expand included."""
    assert _log(supervisor, "one").strip() == "here 100% sure common"
    assert _log(supervisor, "two").strip() == "here 100% sure 50% mine, not theirs"


def test_stop_asks_the_programs_to_finish(supervisor: Supervisor) -> None:
    """A program sees SIGTERM and ends in its own way, then supervisord ends."""
    pids = supervisor.pids()
    supervisor.stop()
    assert not supervisor.running
    assert all(_log(supervisor, name).endswith("left\n") for name in pids)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids.values())


def _log(supervisor: Supervisor, name: str) -> str:
    file = supervisor.logs[name]
    return file.read_text() if file.exists() else ""


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
