"""Long work beside a service: begun when it is due, begun again when it was ended."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis import database, oneshot
from services.chassis.oneshot import OneShot

_MODULE = """
import os, pathlib, time
here = pathlib.Path(__file__).parent
(here / "begun").open("a").write(f"{os.getpid()}\\n")
while not (here / "go").exists():
    time.sleep(0.01)
(here / "done").write_text("done")
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A module that takes until it may go, and what runs it until it is done."""
    (tmp_path / "long_work.py").write_text(_MODULE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(oneshot, "PAUSE", 0.02)
    monkeypatch.setattr(oneshot, "AFTER_FAILURE", 0.05)
    one = OneShot("long_work", lambda _: not (tmp_path / "done").exists())
    one.engine = database.create_engine(f"sqlite:///{tmp_path}/any.db")
    thread = eventlet.spawn(one._run)
    yield one
    one.stop()
    thread.wait()


def until(found: Callable[[], Any]) -> Any:
    """What is found, within some seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if result := found():
            return result
        eventlet.sleep(0.01)
    raise AssertionError


def begun(folder: Path) -> list[int]:
    """The processes that were begun."""
    file = folder / "begun"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def test_work_that_was_killed_is_begun_again(work: OneShot, tmp_path: Path) -> None:
    """One at a time, until nothing is due."""
    (first,) = until(lambda: begun(tmp_path))
    eventlet.sleep(0.2)
    assert begun(tmp_path) == [first]
    os.kill(first, signal.SIGKILL)
    until(lambda: len(begun(tmp_path)) == 2)
    (tmp_path / "go").touch()
    until(lambda: (tmp_path / "done").exists())
    eventlet.sleep(0.2)
    assert len(begun(tmp_path)) == 2


def test_work_ends_with_its_service(work: OneShot, tmp_path: Path) -> None:
    """It is due again wherever the next one looks."""
    (process,) = until(lambda: begun(tmp_path))
    work.stop()
    until(lambda: work.process is not None and work.process.poll() is not None)
    assert begun(tmp_path) == [process] and not (tmp_path / "done").exists()


def test_a_database_that_is_away_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look is made again later."""
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    one = OneShot("long_work", lambda session: bool(session.execute(sa.text("SELECT 1")).all()))
    one.engine = database.create_engine("postgresql://nobody@127.0.0.1:1/none")
    assert one._is_due() is False
