"""How a process starts and ends: what is in flight finishes, and nothing keeps it."""

from __future__ import annotations

import signal
import socket
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from services.commons.errors import DeadlineExceeded

from .house import House, until
from .link import Link


class InFlight:
    """A call that goes on in a thread."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self.answer: Any = None
        self.thread = threading.Thread(target=self._run, args=(call,))
        self.thread.start()

    def _run(self, call: Callable[[], Any]) -> None:
        try:
            self.answer = call()
        except Exception as exc:
            self.answer = exc

    def result(self) -> Any:
        """Its answer, or its error."""
        self.thread.join(20)
        return self.answer


def write_slowly(house: House, seconds: float, **changes: Any) -> InFlight:
    """A call in flight, already at work."""
    call = InFlight(
        lambda: house.call("notes", "write_slowly", seconds, {"text": "合成"}, **changes)
    )
    time.sleep(0.2)
    return call


def test_what_is_in_flight_is_answered(own_house: House) -> None:
    """First the service ends in the middle of a call, then the gateway in the middle of a request.

    Both with 0; calls that come meanwhile wait for the next service.
    """
    notes, front = own_house.start_all("notes", "gateway")
    call = write_slowly(own_house, 1.0)
    notes.signal(signal.SIGTERM)
    later = InFlight(lambda: own_house.call("notes", "write", {"text": "合成"}))
    assert notes.stop() == 0
    assert call.result()["version"] == 1
    own_house.start("notes")
    assert later.result()["version"] == 1
    request = write_slowly(own_house, 1.0)
    assert front.stop() == 0
    assert request.result()["version"] == 1
    assert len(own_house.rows("notes", "notes")) == 3


def test_an_event_in_flight_takes_effect(own_house: House) -> None:
    """Once, also if the broker delivers it again to the next process."""
    reader = own_house.start("reader")
    event = own_house.publish({"id": str(uuid.uuid4()), "revision": 0, "behaviour": "slow"})
    until(lambda: own_house.attempts(event.id))
    assert reader.stop() == 0
    assert len(own_house.effects(event.subject)) == 1
    own_house.start("reader")
    until(lambda: own_house.depth("reader.notes.note.written.v1") == 0)
    assert len(own_house.effects(event.subject)) == 1


def test_what_lasts_longer_than_the_drain_is_cut(own_house: House) -> None:
    """The process ends all the same."""
    notes, _ = own_house.start_all("notes", "gateway", DRAIN="0.5")
    call = write_slowly(own_house, 20, deadline=3)
    began = time.monotonic()
    notes.stop()
    assert time.monotonic() - began < 3
    assert isinstance(call.result(), DeadlineExceeded)
    assert own_house.rows("notes", "notes") == []


def test_it_waits_for_its_broker_and_ends_without(own_house: House) -> None:
    """Started first, it is ready as soon as the broker is there; a signal ends it at any time."""
    link = Link(own_house.uri("notes"))
    link.cut()
    patient, hasty = (own_house.launch("notes", AMQP_URI=link.uri, DRAIN="1") for _ in range(2))
    for process in (patient, hasty):
        until(lambda: process.get("/live")[0] == 200, 10, process)  # noqa: B023
        assert process.get("/ready")[0] == 503
    hasty.stop(patience=3)
    link.mend()
    patient.wait_ready(5)
    link.cut()
    until(lambda: patient.get("/ready")[0] == 503)
    patient.stop(patience=4)


def test_a_taken_port_ends_it(own_house: House) -> None:
    """Not ready and not there: whoever watches it sees it end, with a line that says why."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        web = own_house.launch("gateway", GATEWAY_ADDRESS=address)
        metrics = own_house.launch("notes", METRICS_ADDRESS=address)
        for process, name in ((web, "GATEWAY"), (metrics, "METRICS")):
            assert process.popen.wait(15) == 2
            line = f"minsheng: MINSHENG_{name}_ADDRESS {address}: Address already in use"
            assert line in process.log().splitlines()
            assert "Traceback" not in process.log()


def test_several_services_in_one_process(own_house: House) -> None:
    """As small places run them: each with its own user, database and settings."""
    process = own_house.start("all")
    id_ = own_house.call("notes", "write", {"text": "合成"})["id"]
    until(lambda: own_house.effects(id_))
    parts = process.get("/ready")[1].splitlines()
    assert {"notes ok", "reader ok", "gateway ok"} <= set(parts)
    assert process.stop() == 0
