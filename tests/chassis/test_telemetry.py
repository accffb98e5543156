"""``/metrics``, ``/live`` and ``/ready`` of every process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Unavailable

from .house import House, until
from .link import Link


def process_of(house: House, name: str) -> Any:
    """A running process of a house."""
    return next(p for p in house.processes if p.name == name and p.alive)


def test_the_three_paths(sqlite_house: House) -> None:
    """And nothing else is there."""
    notes = process_of(sqlite_house, "notes")
    assert notes.get("/live") == (200, "alive\n")
    status, text = notes.get("/ready")
    assert status == 200 and "notes ok\n" in text
    assert notes.get("/other")[0] == 404


def test_metrics_count_calls_and_events(sqlite_house: House) -> None:
    """By service, method, event and outcome; never by person."""
    house = sqlite_house
    notes, reader = process_of(house, "notes"), process_of(house, "reader")
    calls = 'minsheng_rpc_seconds_count{method="write",outcome="ok",service="notes"}'
    events = (
        'minsheng_event_seconds_count{event="notes.note.written.v1",outcome="done",service="reader"'
    )
    lag = 'minsheng_event_lag_seconds_count{event="notes.note.written.v1",service="reader"}'
    before = notes.metric(calls), reader.metric(events), reader.metric(lag)
    id_ = house.call("notes", "write", {"text": "合成"}, subject="somebody-in-particular")["id"]
    until(lambda: house.effects(id_))
    until(lambda: reader.metric(lag) == before[2] + 1)
    assert (notes.metric(calls), reader.metric(events)) == (before[0] + 1, before[1] + 1)
    for process in house.processes:
        text = process.get("/metrics")[1]
        assert "somebody-in-particular" not in text and id_ not in text


def test_metrics_show_what_is_counted_in_the_database(sqlite_house: House) -> None:
    """Soon after the start, with when it was counted."""
    notes = process_of(sqlite_house, "notes")
    when = 'minsheng_counted_timestamp_seconds{service="notes"}'
    until(lambda: notes.metric(when) > 0)
    assert notes.metric('minsheng_test_notes{service="notes"}') >= 0
    assert 'minsheng_test_notes{service="notes"}' in notes.get("/metrics")[1]


def test_errors_are_outcomes(sqlite_house: House) -> None:
    """Each typed error under its own name."""
    notes = process_of(sqlite_house, "notes")
    name = 'minsheng_rpc_seconds_count{method="fail",outcome="conflict",service="notes"}'
    before = notes.metric(name)
    with pytest.raises(Exception, match="some-code"):
        sqlite_house.call("notes", "fail", "Conflict")
    assert notes.metric(name) == before + 1


def steady(condition: Callable[[], bool], seconds: float = 1.5) -> bool:
    """Whether it holds all the time for a while."""
    try:
        until(lambda: not condition(), seconds)
    except AssertionError:
        return True
    return False


def test_not_ready_while_the_broker_is_away(own_house: House) -> None:
    """A process lives, says so, and is ready again when the broker is; also the gateway."""
    links = {name: Link(own_house.uri(name)) for name in ("notes", "gateway")}
    processes = [own_house.launch(name, AMQP_URI=link.uri) for name, link in links.items()]
    for process in processes:
        process.wait_ready()
    for link in links.values():
        link.cut()
    until(lambda: [p.get("/ready")[0] for p in processes] == [503, 503], 5)
    assert steady(lambda: [p.get("/ready")[0] for p in processes] == [503, 503])
    assert [p.get("/live")[0] for p in processes] == [200, 200]
    for link in links.values():
        link.mend()
    until(lambda: [p.get("/ready")[0] for p in processes] == [200, 200])
    assert all(process.alive for process in processes)


def test_not_ready_while_the_database_is_away(build: Any) -> None:
    """Calls are Unavailable at the latest after some seconds, nothing of them remains."""
    house = build("postgresql").declare()
    link = Link(house.urls["notes"])
    notes, _ = house.start_all("notes", "gateway", DATABASE_URL=link.uri)
    house.call("notes", "write", {"text": "合成"})
    link.cut()
    until(lambda: notes.get("/ready")[0] == 503, 5)
    with pytest.raises(Unavailable) as caught:
        house.call("notes", "write", {"text": "合成"}, idempotency_key="of-a-repeated-call")
    assert caught.value.code == "database-unavailable"
    assert notes.get("/live")[0] == 200 and notes.get("/metrics")[0] == 200
    link.mend()
    until(lambda: notes.get("/ready")[0] == 200, 5)
    house.call("notes", "write", {"text": "合成"}, idempotency_key="of-a-repeated-call")
    assert len(house.rows("notes", "notes")) == 2
    house.close()
