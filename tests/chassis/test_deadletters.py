"""Dead letters: looked at, put back, dropped; by the library and by ``minsheng dead-letters``."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from services.chassis import deadletters
from services.chassis.settings import SERVICES
from services.commons.errors import NotFound

from .conftest import Builder
from .house import House, make_event, minsheng, until

CERTIFIED = "ballot.result.certified.v1"


def data(behaviour: str = "") -> dict[str, Any]:
    """An event's data that makes the reader behave so."""
    return {"id": str(uuid.uuid4()), "revision": 0, "behaviour": behaviour}


def parked(house: House, service: str) -> set[str]:
    """The ids of a service's dead letters."""
    return {one.id for one in deadletters.read(house.uri("owner"), [service])}


def test_what_is_put_back_takes_effect_once_its_cause_is_gone(sqlite_house: House) -> None:
    """It counts its tries anew, and leaves the dead letters."""
    house = sqlite_house
    gate = uuid.uuid4().hex
    event = house.publish(data(f"raise:{gate}"))
    until(lambda: event.id in parked(house, "reader"))
    assert len(house.attempts(event.id)) == 3
    house.open_gate(gate)
    assert until(lambda: put_back(house, event.id)) == 1
    until(lambda: house.effects(event.subject))
    assert event.id not in parked(house, "reader")


def test_put_back_too_early_it_returns(sqlite_house: House) -> None:
    """All its tries again, then the dead letters; nothing is lost or doubled."""
    house = sqlite_house
    event = house.publish(data("raise"))
    until(lambda: event.id in parked(house, "reader"))
    until(lambda: put_back(house, event.id))
    until(lambda: len(house.attempts(event.id)) == 6)
    until(lambda: event.id in parked(house, "reader"))


def put_back(house: House, event_id: str) -> int:
    """Put one back; 0 while it is on its way back from somebody who has just looked at it."""
    try:
        return deadletters.retry(house.uri("owner"), "reader", event_id)
    except NotFound:
        return 0


@pytest.fixture(scope="module")
def operated(build: Builder) -> House:
    """A house in which proposal has four dead letters: refused, poisonous, malformed."""
    house = build(services=SERVICES).declare()
    house.start("proposal")
    for _ in range(2):
        house.publish_all([make_event({"year": "none"}, CERTIFIED)])
    sub_item = {"id": str(uuid.uuid4()), "name": "x"}
    candidate = {
        "candidate_id": str(uuid.uuid4()),
        "name": "x",
        "chosen": True,
        "sub_items": [sub_item],
    }
    # No database takes this for a number.
    poison = {"id": str(uuid.uuid4()), "year": 10**30, "certified_on": "2023-02-10"}
    poison |= {"candidates": [candidate]}
    house.publish_all([make_event(poison, CERTIFIED)])
    house.publish_raw(b"\xff\xfe not json", type_=CERTIFIED)
    until(lambda: house.depth("proposal.dead-letters") == 4)
    return house


def listed(house: House) -> list[list[str]]:
    """What ``list`` prints, in columns."""
    done = minsheng(house, "dead-letters", "list", "--service", "proposal")
    assert done.exit_code == 0, done.output
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_list_tells_what_and_why(operated: House) -> None:
    """A line each: service, event, type, reason, time; looking changes nothing."""
    lines = listed(operated)
    assert len(lines) == 4 == len(listed(operated))
    assert {line[0] for line in lines} == {"proposal"}
    found = sorted((line[2], line[3]) for line in lines)
    assert found[3] == ("unreadable", "rejected")
    assert found[:3] == [
        (CERTIFIED, "delivery_limit"),
        (CERTIFIED, "rejected"),
        (CERTIFIED, "rejected"),
    ]


def test_show_prints_one(operated: House) -> None:
    """The event and why it is there; an id that is not there is an error of one line."""
    id_ = next(line[1] for line in listed(operated) if line[3] == "delivery_limit")
    done = minsheng(operated, "dead-letters", "show", "proposal", id_)
    shown = json.loads(done.stdout)
    assert shown["event"]["id"] == id_ and shown["reason"] == "delivery_limit"
    assert shown["queue"] == f"proposal.{CERTIFIED}"
    unreadable = minsheng(operated, "dead-letters", "show", "proposal", "unreadable")
    assert json.loads(unreadable.stdout)["event"] == "unreadable"
    missing = minsheng(operated, "dead-letters", "show", "proposal", "no-such-id")
    assert missing.exit_code == 1
    assert len(missing.stderr.splitlines()) == 1


def test_retry_all_visits_each_once_even_if_they_come_back(operated: House) -> None:
    """What is refused again at once does not keep the command busy for ever."""
    done = minsheng(operated, "dead-letters", "retry", "proposal", "all")
    assert done.stdout == "put back: 4\n"
    until(lambda: operated.depth("proposal.dead-letters") == 4)


def test_drop_throws_one_away_and_leaves_the_rest(operated: House) -> None:
    """By id, or all."""
    first = listed(operated)[0][1]
    assert minsheng(operated, "dead-letters", "drop", "proposal", first).stdout == "dropped: 1\n"
    assert first not in {line[1] for line in listed(operated)}
    assert minsheng(operated, "dead-letters", "drop", "proposal", "all").stdout == "dropped: 3\n"
    assert listed(operated) == []
    assert minsheng(operated, "dead-letters", "drop", "proposal", "all").stdout == "dropped: 0\n"


def test_a_letter_that_is_gone_cannot_be_put_back(sqlite_house: House) -> None:
    """NotFound, with its id."""
    with pytest.raises(NotFound, match="no-such"):
        deadletters.retry(sqlite_house.uri("owner"), "reader", "no-such")
