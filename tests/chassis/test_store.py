"""Commands over the wire: each once, all of it or nothing."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.commons.errors import Invalid, NotFound, Stale

from .house import House, until


def at_once(calls: int, call: Any) -> list[Any]:
    """The answers to the same call made several times at once."""
    with ThreadPoolExecutor(calls) as pool:
        return list(pool.map(lambda _: call(), range(calls)))


def test_the_same_key_at_the_same_time_is_one_command(house: House) -> None:
    """However many repeats are under way at once, all get the one answer."""
    key = str(uuid.uuid4())
    body = {"text": key}
    answers = at_once(6, lambda: house.call("notes", "write", body, idempotency_key=key))
    assert len({answer["id"] for answer in answers}) == 1
    assert [row.text for row in house.rows("notes", "notes")].count(key) == 1
    until(lambda: house.effects(answers[0]["id"]))
    assert len(house.effects(answers[0]["id"])) == 1


def test_the_same_key_for_something_else_is_refused(house: House) -> None:
    """Another body, another caller or another operation."""
    key = str(uuid.uuid4())
    made = house.call("notes", "write", {"text": "合成"}, idempotency_key=key)
    for change in ({"text": "另一"}, {"text": "合成", "behaviour": "x"}):
        with pytest.raises(Invalid, match="idempotency-key-reused"):
            house.call("notes", "write", change, idempotency_key=key)
    with pytest.raises(Invalid, match="idempotency-key-reused"):
        house.call("notes", "write", {"text": "合成"}, idempotency_key=key, subject="another")
    with pytest.raises(Invalid, match="idempotency-key-reused"):
        house.call("notes", "revise", made["id"], {}, idempotency_key=key)


def test_commands_on_the_same_thing_at_once_all_take_effect(house: House) -> None:
    """Who loses a race is tried again, not refused: nobody named a version."""
    id_ = house.call("notes", "write", {"text": "合成"})["id"]
    answers = at_once(8, lambda: house.call("notes", "revise", id_, {}))
    assert sorted(answer["version"] for answer in answers) == list(range(2, 10))
    assert house.call("notes", "get_note", id_)["revision"] == 8
    until(lambda: len(house.effects(id_)) == 9)


def test_of_commands_on_the_same_version_one_takes_effect(house: House) -> None:
    """The others are Stale."""
    id_ = house.call("notes", "write", {"text": "合成"})["id"]

    def revise() -> Any:
        try:
            return house.call("notes", "revise", id_, {}, expected_version=1)["version"]
        except Stale as exc:
            return exc.code

    assert sorted(map(str, at_once(6, revise))) == ["2"] + ["version-stale"] * 5
    assert house.call("notes", "get_note", id_)["revision"] == 1


def test_what_is_not_there_is_not_found(house: House) -> None:
    """Whatever stands where the id should."""
    for id_ in (str(uuid.uuid4()), "", "x", "1' OR '1'='1", "\x00", str(uuid.uuid4()).upper()):
        with pytest.raises(NotFound):
            house.call("notes", "get_note", id_)
        with pytest.raises(NotFound):
            house.call("notes", "revise", id_, {})


def test_a_key_is_not_kept_as_it_was_sent(house: House) -> None:
    """Nor the caller, nor the body; only their hashes."""
    key, caller, text = (f"marker-{uuid.uuid4()}" for _ in range(3))
    house.call("notes", "write", {"text": text}, idempotency_key=key, subject=caller)
    kept = [
        bytes(value) if isinstance(value, bytes | memoryview) else repr(value).encode()
        for row in house.rows("notes", "idempotency")
        for name, value in row._mapping.items()
        if name != "answer"  # the representation that is given again
    ]
    assert not [one for one in kept if key.encode() in one or caller.encode() in one]
    assert not [one for one in kept if text.encode() in one]
