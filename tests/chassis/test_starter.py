"""Commands that a service starts in processes of their own."""

from __future__ import annotations

import datetime as dt
import subprocess
import time
import types
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.chassis.starter import Nightly, Starter
from services.commons import clock

ZONE = ZoneInfo("Asia/Shanghai")


def replica(nightly: dt.time | None = dt.time(3), *, leading: bool = True) -> Any:
    """A store as the night sees it."""
    settings = types.SimpleNamespace(nightly=nightly, zone=ZONE)
    return types.SimpleNamespace(settings=settings, relay=types.SimpleNamespace(leading=leading))


def looks(monkeypatch: pytest.MonkeyPatch, store: Any, *times: str) -> list[bool]:
    """What the night says at several local times of 2023."""
    nightly = Nightly()
    return [look(monkeypatch, nightly, store, text) for text in times]


def look(monkeypatch: pytest.MonkeyPatch, nightly: Nightly, store: Any, text: str) -> bool:
    """What it says at one."""
    now = dt.datetime.fromisoformat(f"2023-{text}").replace(tzinfo=ZONE).astimezone(dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    return nightly(store)


def test_the_night_comes_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first look after its time, and again on the next day."""
    times = ("11-27 02:59", "11-27 03:00", "11-27 03:01", "11-27 23:59", "11-28 03:05")
    assert looks(monkeypatch, replica(), *times) == [False, True, False, False, True]


def test_a_start_by_day_is_no_night(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that starts when the night is over waits for the next one."""
    assert looks(monkeypatch, replica(), "11-27 06:00", "11-27 12:00") == [False, False]


def test_a_start_by_night_is_not_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds or an hour after its time, once; over midnight too."""
    assert looks(monkeypatch, replica(), "11-27 03:00:05", "11-27 03:00:15") == [True, False]
    late = replica(dt.time(23, 30))
    assert looks(monkeypatch, late, "11-28 00:40", "11-28 00:41") == [True, False]
    assert looks(monkeypatch, late, "11-28 23:29", "11-28 23:30") == [False, True]


def test_who_begins_to_lead_by_night_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever led before may have ended without; when the night is over nobody begins."""
    nightly, store = Nightly(), replica(leading=False)
    assert not look(monkeypatch, nightly, store, "11-27 03:00:00")
    store.relay.leading = True
    assert look(monkeypatch, nightly, store, "11-27 03:00:10")
    assert not look(monkeypatch, nightly, store, "11-27 03:00:20")
    store.relay.leading = False
    assert not look(monkeypatch, nightly, store, "11-28 05:59")
    store.relay.leading = True
    assert not look(monkeypatch, nightly, store, "11-28 06:00")


def test_only_who_leads_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the replicas; and none where it is off."""
    times = ("11-27 02:59", "11-27 03:00")
    assert looks(monkeypatch, replica(leading=False), *times) == [False, False]
    assert looks(monkeypatch, replica(None), *times) == [False, False]


def test_a_command_runs_once_at_a_time() -> None:
    """It is a process of its own; the next one starts only after it ended."""
    one = Starter("asyncio", lambda _store: True, every=1)  # waits for what it is told
    started = [one.look(None), one.look(None)]
    assert started == [True, False] and one.child is not None
    one.child.kill()
    one.child.wait()
    assert one.look(None)
    one.child.kill()
    one.child.wait()


def test_a_command_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """By its name; it is started again when it is due."""
    one = Starter("no_such_module", lambda _store: True, every=1)
    assert one.look(None) and isinstance(one.child, subprocess.Popen)
    one.child.wait(10)
    time.sleep(0.01)
    assert one.look(None)
    assert one.child is not None
    one.child.wait(10)


def test_what_is_not_due_is_not_started() -> None:
    """Nothing runs."""
    one = Starter("asyncio", lambda _store: False, every=1)
    assert not one.look(None) and one.child is None
