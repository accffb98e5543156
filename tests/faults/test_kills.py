"""Any process killed at any moment: nothing answered is lost, nothing happens twice."""

from __future__ import annotations

import json
import time

from services.chassis import deadletters, streams

from ..chassis.conftest import Builder
from ..chassis.house import House, make_event, until
from .client import Clients, check

QUEUE = "reader.notes.note.written.v1"


def test_the_relay_killed_between_confirm_and_marking(own_house_on_each: House) -> None:
    """The next process publishes the events again, and every effect is there exactly once."""
    house = own_house_on_each
    house.start("reader")
    ids = {house.commit(text="合成") for _ in range(25)}
    (house.folder / "lives").write_text("1")
    assert house.launch("mortal-notes").popen.wait(20) == -9
    assert len(house.rows("notes", "outbox")) == 25
    house.start("mortal-notes")
    until(lambda: not house.rows("notes", "outbox"))
    published = list(streams.read(house.uri("owner"), "history", "first", until_idle=0.5))
    assert len(published) == 50
    assert {json.loads(text)["subject"] for text in published} == ids
    until(lambda: house.depth(QUEUE) == 0)
    assert sorted(row.subject for row in house.effects()) == sorted(ids)


def test_services_killed_in_the_middle_of_their_work(own_house_on_each: House) -> None:
    """Producer and consumer by turns, under load; clients repeat with the same keys."""
    house = own_house_on_each
    victims = {process.name: process for process in house.start_all("notes", "reader", "gateway")}
    clients = Clients(house)
    for name in ("notes", "reader", "notes"):
        time.sleep(0.3)
        victims[name].kill()
        victims[name] = house.start(name)
    clients.stop()
    assert not clients.failures
    assert clients.repeated and len(clients.answers) > 50
    check(house, clients)


def test_a_message_that_kills_whoever_takes_it(build: Builder) -> None:
    """It is parked at its limit, here of two, and the next process works on."""
    own_house = build().declare(DELIVERIES="2")
    poison = make_event({"id": "33333333-3333-4333-8333-333333333333"} | DIE)
    own_house.publish_all([poison])
    for _ in range(2):
        assert own_house.launch("reader").popen.wait(20) == -9
    own_house.start("reader")
    (letter,) = deadletters.read(own_house.uri("owner"), ["reader"])
    assert (letter.id, letter.death["reason"]) == (poison.id, "delivery_limit")
    after = own_house.publish({"id": "44444444-4444-4444-8444-444444444444"} | WORK)
    until(lambda: own_house.effects(after.subject))
    assert own_house.effects(poison.subject) == []
    own_house.close()


DIE = {"revision": 0, "behaviour": "die"}
WORK = {"revision": 0, "behaviour": ""}
