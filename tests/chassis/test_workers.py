"""A CPU worker beside its owner, as real processes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import streams
from services.commons.errors import Invalid, ServiceError
from services.proposal.similarity.building import ENOUGH
from services.proposal.tables.similarity import documents

from .conftest import Builder
from .house import SERVICES, House, Process, until


@pytest.fixture
def town(database_kind: str, build: Builder) -> Iterator[House]:
    """The proposal service and the gateway, with one aspect."""
    house = build(database_kind, tuple(SERVICES)).declare()
    house.start_all("proposal", "gateway")
    house.call("proposal", "define_aspect", {"code": "elderly-care", "name": "养老"})
    yield house
    house.close()


def start_worker(house: House) -> Process:
    """A worker on the database of proposal."""
    return house.start("similarity", DATABASE_URL=house.urls["proposal"])


def submit(house: House, text: str) -> str:
    """Submit a synthetic suggestion; its id."""
    body = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "site",
        "aspect": "elderly-care",
        "title": "增设老年食堂(合成)",
        "text": text,
        "happened_on": "2022-11-01",
    }
    return str(house.call("proposal", "submit_suggestion", body)["id"])


def found(house: House, text: str, **options: Any) -> set[str]:
    """What a search finds."""
    body = {"text": text, "limit": 20}
    answer = house.call("similarity", "search_similar_suggestions", body, **options)
    return {one["id"] for one in answer["items"]}


def test_a_worker_answers_from_its_owner_s_database(town: House) -> None:
    """What was answered with success is found in the next call."""
    worker = start_worker(town)
    made = {submit(town, f"老年食堂第{number}处") for number in range(3)}
    assert found(town, "老年食堂") == made
    assert worker.metric("minsheng_rpc_seconds_count") == 1
    assert worker.stop() == 0


def test_a_killed_worker_loses_nothing(town: House) -> None:
    """Whoever asks while it is away gets a typed error; the next worker knows all at once."""
    worker = start_worker(town)
    made = {submit(town, "老年食堂一")}
    assert found(town, "老年食堂") == made
    worker.kill()
    made.add(submit(town, "老年食堂二"))
    with pytest.raises(ServiceError):
        found(town, "老年食堂", deadline=0.5)
    start_worker(town)
    assert found(town, "老年食堂") == made


def test_two_workers_share_the_calls(town: House) -> None:
    """One process per core; both see the same."""
    workers = [start_worker(town), start_worker(town)]
    made = {submit(town, "老年食堂一")}
    answers: list[set[str]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(found(town, "老年食堂"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [made] * 8
    assert all(worker.metric("minsheng_rpc_seconds_count") for worker in workers)


def test_a_worker_sees_to_its_index(town: House) -> None:
    """When enough is pending, a process of its own makes segments of it, while calls go on."""
    start_worker(town)
    for number in range(ENOUGH):
        submit(town, f"老年食堂第{number}处")
    pending = sa.select(sa.func.count()).where(documents.c.pending)

    def settled() -> bool:
        engine = town.engine("proposal").execution_options(reading=True)
        with engine.connect() as connection:
            return int(connection.execute(pending).scalar_one()) == 0

    until(settled, 30)
    assert len(found(town, "老年食堂")) == 20


DEPUTY = {
    "name": "代表(合成)",
    "mandates": [{"congress": "330100", "level": "city", "delegation": "示例代表团"}],
    "happened_on": "2023-01-05",
}


@pytest.fixture
def hall(database_kind: str, build: Builder) -> Iterator[House]:
    """The ballot service, a worker that runs commands on its database, and the gateway."""
    house = build(database_kind, tuple(SERVICES)).declare()
    house.start_all("woken-ballot", "gateway")
    house.start("ballotbox", DATABASE_URL=house.urls["ballot"])
    yield house
    house.close()


def test_the_owner_publishes_what_its_worker_commits(hall: House) -> None:
    """Under the owner's name and contract, and woken by the worker: its relay never looks itself.

    The worker's own user of the broker may not publish at all.
    """
    ids = [hall.call("ballotbox", "enrol_deputy", DEPUTY)["id"] for _ in range(3)]
    history = streams.read(hall.uri("owner"), "history", "first", count=3, until_idle=10)
    events = [json.loads(text) for text in history]
    assert [one["subject"] for one in events] == ids
    assert {one["type"] for one in events} == {"ballot.deputy.enrolled.v1"}
    assert {one["source"] for one in events} == {"/330100/ballot"}
    (owner, _, worker) = hall.processes
    until(lambda: owner.metric('minsheng_events_published_total{service="ballot"}') == 3)
    assert worker.metric("minsheng_events_published_total") == 0
    assert "minsheng_outbox_pending{" in owner.get("/metrics")[1]
    assert "minsheng_outbox_pending{" not in worker.get("/metrics")[1]
    assert hall.call("ballot", "get_deputy", ids[0])["id"] == ids[0]


def test_a_worker_s_commands_are_done_once_and_whole(hall: House) -> None:
    """A repeat gets the answer of the first, from whichever process; a refusal leaves nothing."""
    first = hall.call("ballotbox", "enrol_deputy", DEPUTY, idempotency_key="the same key")
    assert hall.call("ballotbox", "enrol_deputy", DEPUTY, idempotency_key="the same key") == first
    assert hall.call("ballot", "enrol_deputy", DEPUTY, idempotency_key="the same key") == first
    with pytest.raises(Invalid):
        hall.call("ballotbox", "enrol_deputy", DEPUTY | {"mandates": []})
    last = hall.call("ballotbox", "enrol_deputy", DEPUTY)
    history = streams.read(hall.uri("owner"), "history", "first", count=2, until_idle=10)
    assert [json.loads(text)["subject"] for text in history] == [first["id"], last["id"]]
