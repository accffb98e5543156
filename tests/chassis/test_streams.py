"""The history of all events, read as a subscriber would: ``minsheng events tail``."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import uuid

from kombu import Queue

from services.chassis import streams
from services.chassis.replay import replay
from services.chassis.topology import subscriptions

from .house import ROOT, House, make_event, minsheng, until
from .services_for_tests.reader.service import ReaderService

WRITTEN = "note.written.v1"


def test_the_history_holds_every_event_in_order(sqlite_house: House) -> None:
    """From the first one on, as often as one likes; what is no JSON does not stop the reader."""
    house = sqlite_house
    id_ = str(uuid.uuid4())
    data = {"id": id_, "revision": 0, "behaviour": ""}
    written = [make_event(data), make_event(data, "notes.note.revised.v1", version=2)]
    house.publish_raw(b"\xff\xfe{")
    house.publish_all(written)
    for _ in range(2):
        stream = streams.read(house.uri("owner"), "history", "first", until_idle=1)
        found = [one for one in map(json.loads, stream) if one.get("subject") == id_]
        assert found == [json.loads(event.to_json()) for event in written]


def test_tail_prints_types_that_are_asked_for(sqlite_house: House) -> None:
    """One JSON document a line; it ends after a count or when nothing comes."""
    house = sqlite_house
    id_ = str(uuid.uuid4())
    data = {"id": id_, "revision": 0, "behaviour": ""}
    types = ["notes.note.written.v1", "notes.note.revised.v1"]
    house.publish_all([make_event(data, type_) for type_ in types * 2])
    done = minsheng(
        house, "events", "tail", "--from", "first", "--type", types[1], "--until-idle", "0.7"
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {one["type"] for one in found} == {types[1]}
    assert [one.get("subject") for one in found].count(id_) == 2
    done = minsheng(house, "events", "tail", "--from", "first", "--count", "3")
    assert len(done.stdout.splitlines()) == 3


def test_tail_from_now_shows_what_comes(sqlite_house: House) -> None:
    """And nothing that was."""
    house = sqlite_house
    house.publish({"id": str(uuid.uuid4()), "revision": 0, "behaviour": ""})
    tail = subprocess.Popen(
        [sys.executable, "-m", "services.chassis.cli", "events", "tail", "--count", "1"],
        env=house.environ("owner"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    lines: list[bytes] = []
    reading = threading.Thread(target=lambda: lines.append(tail.communicate()[0]))
    reading.start()
    ids = set()

    def published_and_seen() -> bool:
        ids.add(house.publish({"id": str(uuid.uuid4()), "revision": 0, "behaviour": ""}).id)
        reading.join(0.2)
        return bool(lines)

    until(published_and_seen)
    assert json.loads(lines[0])["id"] in ids


def test_without_a_broker_the_line_says_so(sqlite_house: House) -> None:
    """One line and status 1, no traceback."""
    nowhere = "amqp://guest:guest@127.0.0.1:9/"
    for arguments in (["events", "tail"], ["dead-letters", "list"]):
        done = minsheng(sqlite_house, *arguments, AMQP_URI=nowhere)
        assert done.exit_code == 1
        assert len(done.stderr.splitlines()) == 1 and "guest" not in done.stderr, done.stderr


def test_a_stream_that_is_not_there_is_told_in_a_line(sqlite_house: House) -> None:
    """What the broker refuses is no failure of the command."""
    done = minsheng(sqlite_house, "events", "tail", "--stream", "history.330106")
    assert done.exit_code == 1 and "history.330106" in done.stderr


def test_a_service_is_given_the_past_that_it_missed(own_house: House) -> None:
    """Events from before its queue was there take effect, once, however often they are replayed."""
    house = own_house
    early = [make_event({"id": str(uuid.uuid4()), "revision": 0, "behaviour": ""}) for _ in "123"]
    heard, _ = (one for one in subscriptions("reader", ReaderService) if one.type == WRITTEN)
    with house.channel() as channel:
        Queue(heard.queue, channel=channel).delete()
    house.publish_all(early)
    house.declare()
    late = house.publish({"id": str(uuid.uuid4()), "revision": 0, "behaviour": ""})
    house.start("reader")
    until(lambda: len(house.effects()) == 1)
    for _ in range(2):
        put = replay(house.uri("owner"), [heard], [f"notes.{WRITTEN}"])
        assert put == {f"notes.{WRITTEN}": 4}
        until(lambda: house.depth(heard.queue) == 0 and len(house.effects()) == 4)
    assert {one.subject for one in house.effects()} == {e.subject for e in (*early, late)}
    assert replay(house.uri("owner"), [heard], ["notes.other.v1"]) == {}
