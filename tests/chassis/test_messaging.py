"""Events that cannot take effect yet, or ever: tried again with waits, or parked."""

from __future__ import annotations

import json
import uuid
from itertools import pairwise
from typing import Any

import pytest

from services.chassis import deadletters, streams

from .house import House, make_event, minsheng, until

QUEUE = "reader.notes.note.written.v1"
PARKED = "reader.dead-letters"
MARKER = "13800000000-marker"


def data(behaviour: str = "", **more: Any) -> dict[str, Any]:
    """An event's data that makes the reader behave so."""
    return {"id": str(uuid.uuid4()), "revision": 0, "behaviour": behaviour} | more


def parked(house: House) -> dict[str, deadletters.DeadLetter]:
    """The reader's dead letters by id."""
    return {one.id: one for one in deadletters.read(house.uri("owner"), ["reader"])}


def test_a_handler_that_fails_is_tried_again_after_a_wait(house: House) -> None:
    """The waits double, nothing of a failed try remains, and then it takes effect once."""
    gate = uuid.uuid4().hex
    event = house.publish(data(f"raise:{gate}"))
    until(lambda: len(house.attempts(event.id)) == 2)
    assert house.effects(event.subject) == []
    house.open_gate(gate)
    until(lambda: house.effects(event.subject))
    waits = [later - earlier for earlier, later in pairwise(house.attempts(event.id))]
    # The second try may still have found the gate open; then there was only one wait.
    assert waits and all(wait >= least for wait, least in zip(waits, (0.1, 0.2), strict=False))
    assert len(house.effects(event.subject)) == 1 and event.id not in parked(house)


@pytest.mark.parametrize("behaviour", ["raise", "conflict"])
def test_poison_is_parked_after_its_deliveries(sqlite_house: House, behaviour: str) -> None:
    """Three tries here, then the dead letters, with the queue and the reason on it."""
    house = sqlite_house
    event = house.publish(data(behaviour))
    letter = until(lambda: parked(house).get(event.id))
    assert len(house.attempts(event.id)) == 3
    assert (letter.death["queue"], letter.death["reason"]) == (QUEUE, "delivery_limit")
    assert letter.envelope["data"] == event.data
    assert house.effects(event.subject) == []


def test_what_happened_elsewhere_is_heard_and_goes_no_further(sqlite_house: House) -> None:
    """Another deployment's event takes effect once; neither a feed nor the history has it."""
    house = sqlite_house
    assert minsheng(house, "districts", "add", "330108").exit_code == 0
    event = make_event(data())
    for _ in range(2):
        house.move_here(event, "330102", "all")
    until(lambda: house.effects(event.subject))
    until(lambda: house.depth(f"{QUEUE}.elsewhere") == 0)
    own = house.publish(data())  # what comes after it is in the history, and it is not
    until(lambda: house.effects(own.subject))
    assert len(house.effects(event.subject)) == 1
    kept = streams.read(house.uri("owner"), "history", "first", until_idle=1)
    subjects = [json.loads(text).get("subject") for text in kept]
    assert own.subject in subjects and event.subject not in subjects
    assert house.depth("feed.330108") == 0


def test_poison_does_not_hold_up_the_others(sqlite_house: House) -> None:
    """While it waits for its next try, what came later takes effect."""
    house = sqlite_house
    gate = uuid.uuid4().hex
    stuck = [house.publish(data(f"unavailable:{gate}")) for _ in range(5)]
    later = house.publish(data())
    until(lambda: house.effects(later.subject))
    assert house.effects(*(event.subject for event in stuck)) == []
    house.open_gate(gate)
    until(lambda: len(house.effects(*(event.subject for event in stuck))) == 5)


@pytest.mark.parametrize(
    "given",
    [data("invalid"), {"id": str(uuid.uuid4()), "behaviour": ""}, data() | {"revision": "x"}],
    ids=["refused", "incomplete", "mistyped"],
)
def test_what_can_never_be_read_is_parked_at_once(
    sqlite_house: House, given: dict[str, Any]
) -> None:
    """Invalid means that a second try cannot succeed."""
    house = sqlite_house
    event = house.publish(given)
    letter = until(lambda: parked(house).get(event.id))
    assert letter.death["reason"] == "rejected"
    assert len(house.attempts(event.id)) == 1


def test_what_is_only_unavailable_is_tried_until_it_works(house: House) -> None:
    """More often than an event may fail, since it is no fault of the event."""
    gate = uuid.uuid4().hex
    event = house.publish(data(f"unavailable:{gate}"))
    until(lambda: len(house.attempts(event.id)) >= 6)
    assert event.id not in parked(house)
    house.open_gate(gate)
    until(lambda: house.effects(event.subject))
    waits = [later - earlier for earlier, later in pairwise(house.attempts(event.id))]
    assert max(waits) < 2 and len(house.effects(event.subject)) == 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"note": "%s"' % MARKER.encode(), "application/cloudevents+json"),
        (b"\xff\xfe\x80" + MARKER.encode(), "application/cloudevents+json"),
        (b'{"a": NaN, "b": "%s"}' % MARKER.encode(), "application/cloudevents+json"),
        (MARKER.encode(), "text/plain"),
        (b"cos\nsystem\n(S'%s'\ntR." % MARKER.encode(), "application/x-python-serialize"),
        (json.dumps(MARKER).encode(), "application/json"),
        (json.dumps([MARKER]).encode(), "application/cloudevents+json"),
        (json.dumps({"specversion": "1.0", "id": MARKER}).encode(), "application/cloudevents+json"),
        (
            make_event({"note": MARKER}, "ballot.result.certified.v1").to_json().encode(),
            "application/cloudevents+json",
        ),
    ],
    ids=["cut", "bytes", "nan", "text", "pickle", "json", "list", "part", "another's"],
)
def test_malformed_messages_are_parked_and_not_shown(
    sqlite_house: House, body: bytes, content_type: str
) -> None:
    """Never lost, never logged; a metric counts them, and the service goes on."""
    house = sqlite_house
    (reader,) = [process for process in house.processes if process.name == "reader"]
    depth = house.depth(PARKED)
    count = reader.metric("minsheng_undecodable_total")
    house.publish_raw(body, content_type=content_type)
    until(lambda: house.depth(PARKED) == depth + 1)
    assert reader.metric("minsheng_undecodable_total") == count + 1
    assert MARKER not in house.logs()
    after = house.publish(data())
    until(lambda: house.effects(after.subject))


def test_old_state_never_replaces_newer(house: House) -> None:
    """Events of one aggregate in any order, some twice: the copy is the newest state."""
    id_ = str(uuid.uuid4())
    state = {"id": id_, "behaviour": ""}
    events = [
        make_event(state | {"revision": version * 10}, version=version)
        for version in (3, 1, 7, 2, 6, 4, 5, 7, 3)
    ]
    house.publish_all(events + events[:4])
    until(lambda: len(house.effects(id_)) == len(events))
    until(lambda: house.depth(QUEUE) == 0)
    (copy,) = [row for row in house.rows("reader", "copies") if row.id == id_]
    assert (copy.revision, copy.seen) == (70, 7)
    assert not set(parked(house)) & {event.id for event in events}


def test_many_events_of_one_aggregate_at_once_are_all_taken(house: House) -> None:
    """Losing a race against another event is no failure of an event."""
    id_ = str(uuid.uuid4())
    state = {"id": id_, "revision": 0, "behaviour": ""}
    events = [make_event(state, version=version) for version in range(1, 31)]
    house.publish_all(events)
    until(lambda: len(house.effects(id_)) == 30)
    assert [row.seen for row in house.rows("reader", "copies") if row.id == id_] == [30]
    failed = "".join(line for line in house.logs().splitlines() if "event_failed" in line)
    assert not [event.id for event in events if event.id in failed]
