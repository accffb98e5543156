"""The relay: what is committed is published, at once, in order, by one process at a time."""

from __future__ import annotations

import json
import signal
import statistics
import time
from typing import Any

import sqlalchemy as sa

from services.chassis import database, streams

from .house import House, Process, until
from .link import Link

PENDING = 'minsheng_outbox_pending{service="notes"}'
FAILURES = 'minsheng_relay_failures_total{service="notes"}'
PUBLISHED = 'minsheng_events_published_total{service="notes"}'


def write(house: House, **body: Any) -> str:
    """Write a note; its id."""
    return str(house.call("notes", "write", {"text": "合成"} | body)["id"])


def seconds_to_effect(house: House) -> float:
    """From the answer of a call to its effect at the reader."""
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


def test_what_a_dead_process_committed_is_published_by_the_next(own_house_on_each: House) -> None:
    """A crash after the commit delays the event and loses nothing."""
    house = own_house_on_each
    house.commit(copies=3)
    assert len(house.rows("notes", "outbox")) == 3
    house.start("notes")
    until(lambda: house.depth("reader.notes.note.written.v1") == 3)
    until(lambda: not house.rows("notes", "outbox"))


def test_an_event_that_reaches_no_queue_stays_in_the_outbox(own_house_on_each: House) -> None:
    """A metric tells; once the queues are declared it is published, in order."""
    house = own_house_on_each
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
    """One at a time, however many run; a killed one's turn passes on within a second."""
    house = own_house_on_each
    first, second, _, _ = house.start_all("notes", "notes", "reader", "gateway")
    for _ in range(6):  # by both: a commit of the other one wakes it too
        seconds_to_effect(house)
    until(lambda: first.metric(PUBLISHED) + second.metric(PUBLISHED) == 6)
    leader, other = _by(first, second)
    assert (leader.metric(PUBLISHED), other.metric(PUBLISHED)) == (6, 0)
    leader.kill()
    assert seconds_to_effect(house) < 2
    assert other.metric(PUBLISHED) == 1


def _by(first: Process, second: Process) -> tuple[Process, Process]:
    """The one that relays, and the other."""
    if first.metric(PUBLISHED):
        return first, second
    return second, first


def test_a_commit_of_another_replica_wakes_it_too(own_house_on_each: House) -> None:
    """By NOTIFY, or by the named pipe: the one that relays answers no calls here."""
    house = own_house_on_each
    house.start("notes", AMQP_URI=house.uri("notes"))
    leader = house.processes[-1]
    house.start_all("reader", "gateway")
    house.commit()
    until(lambda: leader.metric(PUBLISHED) == 1)  # found by the safety net
    other = house.start("notes")
    taken = [seconds_to_effect(house) for _ in range(9)]
    assert other.metric("minsheng_rpc_seconds_count") >= 3
    assert leader.metric(PUBLISHED) == 10
    assert max(taken) < 0.9 and statistics.median(taken) < 0.3


def test_a_relay_that_loses_its_lock_stops_and_takes_it_again(build: Any) -> None:
    """The lock lives as long as its connection: when that goes, somebody else may have it."""
    house = build("postgresql").declare()
    process, _, _ = house.start_all("notes", "reader", "gateway")
    seconds_to_effect(house)
    holders = sa.text(
        "SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database"
        " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
    )

    def holder(session: Any) -> list[int]:
        return list(session.execute(holders).scalars())

    def end(session: Any) -> Any:
        return session.execute(
            sa.text(f"SELECT pg_terminate_backend(pid) FROM ({holders.text}) AS holder")
        )

    (before,) = database.in_transaction(house.engine("notes"), holder)
    database.in_transaction(house.engine("notes"), end)
    until(lambda: database.in_transaction(house.engine("notes"), holder) not in ([], [before]))
    assert process.metric(FAILURES) == 1
    assert seconds_to_effect(house) < 2
    assert "Traceback" not in process.log()
    house.close()
