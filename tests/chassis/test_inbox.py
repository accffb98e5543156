"""Events coming in take effect once."""

from __future__ import annotations

from .house import House, make_event, until


def note(house: House, behaviour: str = "") -> str:
    """Write a note; its id."""
    return str(house.call("notes", "write", {"text": "合成", "behaviour": behaviour})["id"])


def test_an_event_takes_effect_in_another_service(house: House) -> None:
    """From the call's commit to the reader's, over the broker."""
    id_ = note(house)
    until(lambda: house.effects(id_))


def test_the_same_event_twice_takes_effect_once(house: House) -> None:
    """The second delivery is acked and changes nothing."""
    data = {"id": "22222222-2222-4222-8222-222222222222", "revision": 7, "behaviour": ""}
    (reader,) = [process for process in house.processes if process.name == "reader"]
    done = 'minsheng_event_seconds_count{event="notes.note.written.v1",outcome="done"'
    before = reader.metric(done)
    event = make_event(data)
    house.publish_all([event, event])
    until(lambda: reader.metric(done) == before + 2)
    assert len(house.attempts(event.id)) == 2
    assert [row.event_id for row in house.effects(event.subject)] == [event.id]
