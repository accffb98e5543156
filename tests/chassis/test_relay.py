"""The relay: what is committed is published, at once, in order, by one process at a time."""

from __future__ import annotations

import json
import signal
import statistics
import time
from typing import Any

import sqlalchemy as sa

from services.chassis import database, streams

from .conftest import Builder, Houses, shared
from .house import House, until
from .link import Link

PENDING = 'minsheng_outbox_pending{service="notes"}'
FAILURES = 'minsheng_relay_failures_total{service="notes"}'
PUBLISHED = 'minsheng_events_published_total{service="notes"}'


def write(house: House, **body: Any) -> str:
    """Write a note; its id."""
    return str(house.call("notes", "write", {"text": "合成"} | body)["id"])


def seconds_to_effect(house: House) -> float:
    """From the answer of a call to its effect at the reader, while all is idle."""
    time.sleep(0.1)
    id_ = write(house)
    began = time.monotonic()
    until(lambda: house.effects(id_))
    return time.monotonic() - began


def published(house: House, subject: str, count: int) -> list[int]:
    """The versions of one aggregate in the order in which the broker has them."""
    stream = streams.read(house.uri("owner"), "history", "first", until_idle=5)
    versions: list[int] = []
    for text in stream:
        event = json.loads(text)
        if event.get("subject") == subject:
            versions.append(event["aggregateversion"])
        if len(versions) == count:
            break
    return versions


def test_it_wakes_at_once_on_a_commit(house: House) -> None:
    """Not at the next look of the safety net, which is a second away."""
    assert statistics.median(seconds_to_effect(house) for _ in range(9)) < 0.3


def test_events_of_an_aggregate_stay_in_order(house: House) -> None:
    """However many are waiting, the broker gets them as they were committed."""
    id_ = write(house)
    for _ in range(15):
        house.call("notes", "revise", id_, {})
    assert published(house, id_, 16) == list(range(1, 17))


def test_the_confirms_are_not_waited_for_one_by_one(own_house: House) -> None:
    """Over a link with 40 ms a round trip, 300 events take far less than 12 s."""
    link = Link(own_house.uri("notes"), delay=0.02)
    own_house.commit(copies=300)
    process = own_house.start("notes", AMQP_URI=link.uri)
    began = time.monotonic()
    until(lambda: process.metric(PENDING) == 0)
    assert time.monotonic() - began < 4
    assert own_house.depth("reader.notes.note.written.v1") == 300


def test_an_event_that_reaches_no_queue_stays_in_the_outbox(own_house: House) -> None:
    """A metric tells; once the queues are declared it is published, in order."""
    house = own_house
    process, _ = house.start_all("notes", "gateway")
    with house.channel() as channel:
        for queue in ("history", "reader.notes.note.written.v1", "reader.notes.note.revised.v1"):
            channel.queue_delete(queue)
    id_ = write(house)
    house.call("notes", "revise", id_, {})
    until(lambda: process.metric(FAILURES) >= 1)
    assert process.metric(PENDING) == 2
    assert len(house.rows("notes", "outbox")) == 2
    process.signal(signal.SIGSTOP)  # an event counts as routed as soon as one queue gets it
    house.declare()
    process.signal(signal.SIGCONT)
    until(lambda: process.metric(PENDING) == 0)
    assert published(house, id_, 2) == [1, 2]


def test_one_replica_relays_and_another_takes_over(own_house_on_each: House) -> None:
    """One at a time, however many run; it wakes on others' commits; when it dies the next one does.

    What was committed while none ran is published by the first.
    """
    house = own_house_on_each
    house.commit(copies=3)
    leader = house.start("notes")
    until(lambda: leader.metric(PUBLISHED) == 3)
    other, _, _ = house.start_all("notes", "reader", "gateway")
    taken = [seconds_to_effect(house) for _ in range(9)]
    # The calls went to both by turns; NOTIFY or the named pipe told the one that relays.
    assert other.metric("minsheng_rpc_seconds_count") >= 3
    assert max(taken) < 0.9 and statistics.median(taken) < 0.3
    assert (leader.metric(PUBLISHED), other.metric(PUBLISHED)) == (12, 0)
    leader.kill()
    assert seconds_to_effect(house) < 2
    assert other.metric(PUBLISHED) == 1


def test_a_relay_that_loses_its_lock_takes_it_again(houses: Houses, build: Builder) -> None:
    """The lock lives as long as its connection: when that goes, somebody else may have it."""
    house = shared("postgresql", houses, build)
    notes = next(one for one in house.processes if one.name == "notes")
    seconds_to_effect(house)
    failures = notes.metric(FAILURES)
    locks = (
        "SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database"
        " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
    )

    def run(query: str) -> list[Any]:
        engine = house.engine("notes")
        return database.in_transaction(engine, lambda s: list(s.execute(sa.text(query)).scalars()))

    before = run(locks)
    run(f"SELECT pg_terminate_backend(pid) FROM ({locks}) AS holder")
    until(lambda: run(locks) not in ([], before))
    assert notes.metric(FAILURES) == failures + 1
    assert seconds_to_effect(house) < 2
    assert "Traceback" not in notes.log()
