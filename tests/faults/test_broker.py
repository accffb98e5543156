"""The broker away, and back, under load."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from ..chassis.house import House, until
from .client import Clients, check

PENDING = 'minsheng_outbox_pending{service="notes"}'


@pytest.fixture
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A broker of this test's own, to be killed."""
    from deploy.local.broker import BrokerNode

    made = BrokerNode(tmp_path_factory.mktemp("node"))
    made.start()
    yield made
    made.stop()


def test_the_broker_killed_and_started_again(node: Any, tmp_path: Any) -> None:
    """Writes commit meanwhile, the outbox grows, a metric tells, it drains; once each."""
    house = House(node, tmp_path, lambda service: f"sqlite:///{tmp_path / service}.db").declare()
    try:
        notes, *others = house.start_all("notes", "reader", "gateway")
        clients = Clients(house)
        time.sleep(0.7)
        node.kill()
        before = notes.metric(PENDING)
        committed = {house.commit(text=f"while it was away {n}"): n for n in range(20)}
        until(lambda: notes.metric(PENDING) >= before + 20)
        until(lambda: [p.get("/ready")[0] for p in (notes, *others)] == [503] * 3)
        assert clients.failures == []
        node.start()
        for process in (notes, *others):
            process.wait_ready()
        time.sleep(0.5)
        clients.stop()
        assert clients.repeated
        until(lambda: notes.metric(PENDING) == 0, 20)
        for id_, number in committed.items():
            clients.answers[f"while it was away {number}"] = {"id": id_}
        check(house, clients)
    finally:
        house.close()
