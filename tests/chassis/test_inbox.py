"""Events coming in take effect once."""

from __future__ import annotations

from .house import House, until


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
    event = house.publish(data)
    house.publish(data, id=event.id)
    until(lambda: len(house.attempts(event.id)) == 2)
    until(lambda: house.depth("reader.notes.note.written.v1") == 0)
    assert [row.event_id for row in house.effects(event.subject)] == [event.id]
