"""Faults as the client of the real gateway sees them: a problem, and the retry finds one thing."""

from __future__ import annotations

import signal
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from services.chassis.settings import SERVICES

from ..chassis.conftest import Builder
from ..chassis.house import House, Process, minsheng, post, until
from ..chassis.link import Link

BODY = {
    "year": 2023,
    "author_kind": "resident",
    "channel": "site",
    "aspect": "elderly-care",
    "title": "增设老年食堂(合成)",
    "text": "合成文本 13800000000",
    "happened_on": "2022-11-01",
}


class City:
    """The proposal service behind the real gateway, each over a link that can be cut."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.broker = Link(house.uri("gateway"))
        self.proposal: Process = house.launch("proposal")
        self.gateway: Process = house.launch(
            "real-gateway", AMQP_URI=self.broker.uri, RPC_DEADLINE="0.8"
        )
        for process in (self.proposal, self.gateway):
            process.wait_ready()
        done = minsheng(house, "token", "--role", "clerk", "--role", "recorder", "--subject", "x")
        self.token = done.stdout.strip()
        aspect = {"code": "elderly-care", "name": "养老"}
        assert self.post("/v1/aspects", aspect)[0] == 201

    def post(self, path: str, body: Any, key: str | None = None) -> tuple[int, Any]:
        """One request; its status and its body."""
        return post(
            self.gateway,
            path,
            body,
            Authorization=f"Bearer {self.token}",
            **{"Idempotency-Key": key or str(uuid.uuid4())},
        )

    def suggest(self, key: str | None = None) -> tuple[int, Any]:
        """A suggestion."""
        return self.post("/v1/suggestions", BODY, key)


@pytest.fixture(scope="module")
def city(build: Builder) -> Iterator[City]:
    """A city; each test leaves it whole."""
    made = City(build(services=SERVICES).declare())
    yield made
    assert "13800000000" not in made.house.logs()
    made.house.close()


def test_a_deadline_is_504_and_the_retry_finds_the_same_thing(city: City) -> None:
    """Whether the first request came through or not."""
    key = str(uuid.uuid4())
    city.proposal.signal(signal.SIGSTOP)
    began = time.monotonic()
    status, problem = city.suggest(key)
    assert (status, problem["type"]) == (504, "/problems/deadline-exceeded")
    assert time.monotonic() - began < 2
    city.proposal.signal(signal.SIGCONT)
    status, made = city.suggest(key)
    assert status == 201
    assert city.suggest(key) == (201, made)


def test_no_broker_is_503_and_nothing_is_half_done(city: City) -> None:
    """At once; the gateway comes back by itself, and the retry is the first to take effect."""
    key = str(uuid.uuid4())
    city.broker.cut()
    began = time.monotonic()
    status, problem = city.suggest(key)
    assert status in (503, 504) and time.monotonic() - began < 2
    assert problem["status"] == status and "127.0.0.1" not in str(problem)
    until(lambda: city.suggest(key)[0] == 503)
    city.broker.mend()
    made = until(lambda: _created(city.suggest(key)))
    assert city.suggest(key) == (201, made)


def _created(answer: tuple[int, Any]) -> Any:
    return answer[1] if answer[0] == 201 else None


def test_a_service_killed_and_started_again_is_a_pause(city: City) -> None:
    """504 while it is away; the same request then succeeds once."""
    key = str(uuid.uuid4())
    city.proposal.kill()
    assert city.suggest(key)[0] == 504
    city.proposal = city.house.start("proposal")
    status, made = city.suggest(key)
    assert (status, made["version"]) == (201, 1)
    assert city.suggest(key) == (201, made)
