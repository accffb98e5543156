"""Logs: static names and ids; what somebody wrote stands nowhere but where it belongs."""

from __future__ import annotations

import json
import logging
import traceback
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from services.chassis import deadletters, logs
from services.commons.errors import Conflict, Internal, Invalid

from .house import House, until


def test_what_somebody_wrote_is_in_no_log_metric_or_dead_letter(house: House) -> None:
    """Whatever happens to a body: taken, refused, repeated wrongly, or in a failing call."""
    marker = f"13800000000-{uuid.uuid4().hex}"
    key = str(uuid.uuid4())
    who = f"{marker}-caller"
    body = {"text": marker, "behaviour": "raise"}
    made = house.call("notes", "write", body, idempotency_key=key, subject=who)
    refused: list[tuple[Callable[[], Any], type[Exception]]] = [
        (lambda: house.call("notes", "write", {"text": marker, marker: marker}), Invalid),
        (lambda: house.call("notes", "write", {"text": marker}, idempotency_key=key), Invalid),
        (lambda: house.call("notes", "break_down", marker), Internal),
        (lambda: house.call("notes", "no_such", marker), Internal),
        (lambda: house.call("notes", "fail", "Conflict", subject=who), Conflict),
    ]
    for call, error in refused:
        with pytest.raises(error):
            call()
    letters = until(
        lambda: [
            one
            for one in deadletters.read(house.uri("owner"), ["reader"])
            if one.envelope.get("subject") == made["id"]
        ]
    )
    assert marker not in letters[0].text() and marker not in letters[0].line()
    assert marker not in house.logs()
    for process in house.processes:
        assert marker not in process.get("/metrics")[1]


def test_a_handler_s_exception_keeps_its_text_to_itself(sqlite_house: House) -> None:
    """The log names the event, its type, the error's class and where it was raised."""
    house = sqlite_house
    event = house.publish({"id": str(uuid.uuid4()), "revision": 0, "behaviour": "raise"})
    until(lambda: f"event_id={event.id}" in house.logs())
    line = next(one for one in house.logs().splitlines() if f"event_id={event.id}" in one)
    assert "event_failed" in line and "type=notes.note.written.v1" in line
    assert "error=RuntimeError" in line and ":_misbehave" in line
    assert "secret-of-a-handler" not in house.logs()


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[str]]]:
    """A function: the lines printed so far.  Logging is as before afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield lambda: capsys.readouterr().out.splitlines()
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    structlog.reset_defaults()


@pytest.mark.parametrize("style", ["json", "text"])
def test_a_line_an_event(printed: Callable[[], list[str]], style: str) -> None:
    """With the service, the time, the level and a static name; as JSON where that is asked for."""
    logs.configure("notes", style, "info")
    structlog.get_logger().info("started", pid=1)
    structlog.get_logger().debug("unheard")
    (line,) = printed()
    if style == "text":
        assert line.startswith("notes       | ") and line.endswith(" info    started pid=1")
    else:
        found = json.loads(line)
        assert found.pop("timestamp").endswith("Z")
        assert found == {"service": "notes", "level": "info", "event": "started", "pid": 1}


def test_tracebacks_are_replaced(
    printed: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what dies somewhere in a library: where, and not with which text."""
    for name in ("print_exc", "print_exception"):  # to be put back
        monkeypatch.setattr(traceback, name, getattr(traceback, name))
    logs.configure("test", "json", "info")
    logs.replace_tracebacks()
    try:
        raise ValueError("13800000000")
    except ValueError as exc:
        traceback.print_exc()
        traceback.print_exception(type(exc), exc, exc.__traceback__)
    for line in map(json.loads, printed()):
        assert (line["event"], line["error"]) == ("thread_failed", "ValueError")
        assert "13800000000" not in json.dumps(line)


def test_libraries_messages_are_left_out(printed: Callable[[], list[str]]) -> None:
    """They may hold a body or a parameter; that they spoke is told."""
    logs.configure("test", "json", "info")
    logging.getLogger("some.library").warning("cannot decode %s", "13800000000")
    try:
        raise ValueError("13800000000")
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    first, second = map(json.loads, printed())
    assert first["event"] == second["event"] == "library_log"
    assert first["logger"] == "some.library" and second["error"] == "ValueError"
    assert "13800000000" not in json.dumps([first, second])
