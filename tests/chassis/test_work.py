"""The unit of work: no event is lost, and versions count changes."""

from __future__ import annotations

import datetime as dt
import gc
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from marshmallow import Schema, fields

from services.chassis import database
from services.chassis.context import CallContext
from services.chassis.work import UnitOfWork
from services.commons.aggregate import new_id
from services.commons.errors import Invalid
from services.proposal.model.suggestion import Suggestion
from services.proposal.model.unit import Unit
from services.proposal.service import ProposalService

from ..harness import Harness

NOW = dt.datetime(2023, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def proposal(serve: Callable[[Any], Harness]) -> Harness:
    """A service with entities and events to try it on."""
    return serve(ProposalService)


def run(proposal: Harness, work: Callable[[UnitOfWork], Any]) -> list[dict[str, Any]]:
    """Run in one transaction as a command does; the envelopes that it left in the outbox.

    What nobody holds is collected before they are written, which takes seconds where much is held.
    """
    outbox = proposal.metadata.tables["outbox"]

    def transaction(session: Any) -> None:
        uow = UnitOfWork(session, CallContext(), proposal.settings)
        work(uow)
        gc.collect()
        uow.publish(outbox, proposal.contracts, lambda _session: None)

    database.in_transaction(proposal.engine, transaction)
    with proposal.engine.begin() as connection:
        rows = connection.execute(sa.select(outbox.c.body).order_by(outbox.c.sequence)).all()
        connection.execute(sa.delete(outbox))
    return [json.loads(body) for (body,) in rows]


def suggestion() -> Suggestion:
    """A suggestion."""
    return Suggestion.submit(
        year=2023,
        author_kind="resident",
        deputy_id=None,
        channel="site",
        aspect="a",
        title="合成",
        text="合成",
        place=None,
        happened_on=dt.date(2022, 11, 1),
        recorded_at=NOW,
    )


def test_entities_that_nobody_holds_keep_their_events(proposal: Harness) -> None:
    """What was added, flushed by a query and let go is published all the same, in order."""

    def add_many(uow: UnitOfWork) -> None:
        for number in range(20):
            uow.add(Unit.register(f"单位{number}", "department", None, NOW))
            uow.session.execute(sa.text("SELECT 1"))
            uow.session.flush()
            gc.collect()

    names = [event["data"]["name"] for event in run(proposal, add_many)]
    assert names == [f"单位{number}" for number in range(20)]


def test_loaded_entities_that_nobody_holds_keep_their_events(proposal: Harness) -> None:
    """What a query loaded and a loop changed is published too."""
    run(proposal, lambda uow: [uow.add(suggestion()) for _ in range(5)])

    def sort_all(uow: UnitOfWork) -> None:
        for one in uow.session.execute(sa.select(Suggestion)).scalars():
            one.sort("accepted", None, None, by="office", day=dt.date(2022, 12, 1))
        uow.session.flush()

    events = run(proposal, sort_all)
    assert [e["type"] for e in events] == ["proposal.suggestion.sorted.v1"] * 5
    assert {e["aggregateversion"] for e in events} == {2}


def test_a_flush_in_between_does_not_count_as_another_change(proposal: Harness) -> None:
    """A new thing is at version 1 in its event, however often the session was flushed."""

    def add(uow: UnitOfWork) -> None:
        uow.add(suggestion())
        uow.session.flush()
        uow.session.flush()

    (event,) = run(proposal, add)
    assert event["aggregateversion"] == 1


def test_an_event_without_a_changed_column_counts_as_a_change(proposal: Harness) -> None:
    """Consumers take only higher versions, so every event raises it."""
    run(proposal, lambda uow: uow.add(suggestion()))

    def touch(uow: UnitOfWork) -> None:
        one = uow.session.execute(sa.select(Suggestion)).scalars().one()
        uow.find(Suggestion, one.id)
        one.record("suggestion.submitted.v1")

    (event,) = run(proposal, touch)
    assert event["aggregateversion"] == 2


def test_an_event_without_a_contract_fails_the_command(proposal: Harness) -> None:
    """Nothing is published that nobody has promised."""

    def invent(uow: UnitOfWork) -> None:
        uow.add(suggestion()).record("suggestion.vanished.v1")

    with pytest.raises(KeyError):
        run(proposal, invent)


def test_what_a_body_refers_to_must_exist_and_be_named_once(proposal: Harness) -> None:
    """Invalid names the place; what is there comes in the order of the body."""
    units = [Unit.register(f"示例单位 {n}", "department", None, NOW) for n in range(3)]
    ids = [unit.id for unit in units]

    def refer(uow: UnitOfWork) -> None:
        for unit in units:
            uow.add(unit)
        uow.session.flush()
        assert uow.known(Unit, ids[1], "/unit_id") is units[1]
        assert uow.all_known(Unit, ids[::-1], "/units") == units[::-1]
        with pytest.raises(Invalid) as caught:
            uow.known(Unit, new_id(), "/unit_id")
        assert caught.value.errors[0]["pointer"] == "/unit_id"
        for named, place in (
            ([ids[0], new_id()], "/units/1"),
            ([ids[0], ids[2], ids[0]], "/units/2"),
        ):
            with pytest.raises(Invalid) as caught:
                uow.all_known(Unit, named, "/units")
            assert caught.value.errors[0]["pointer"] == place

    run(proposal, refer)


def test_an_answer_that_may_not_lie_about_is_not_kept(proposal: Harness) -> None:
    """The same key does it again; the table of keys is empty."""
    store = proposal._service("x", CallContext(idempotency_key="key-00001")).store

    def command(_: dict[str, Any], uow: UnitOfWork) -> Unit:
        return uow.add(Unit.register(new_id(), "department", None, uow.now))

    answers = [store.execute(command, Schema, {}, answer=_Shown, kept=False) for _ in range(2)]
    assert answers[0] != answers[1]
    with proposal.engine.connect() as connection:
        assert connection.execute(sa.select(proposal.metadata.tables["idempotency"])).all() == []


class _Shown(Schema):
    id = fields.String()


def test_what_is_removed_leaves_nothing(proposal: Harness) -> None:
    """Deleted in the transaction that found it."""
    made = Unit(new_id(), "单位(合成)", "department", None, NOW)
    run(proposal, lambda uow: uow.add(made))
    run(proposal, lambda uow: uow.remove(uow.get(Unit, made.id)))
    found: list[Unit | None] = []
    run(proposal, lambda uow: found.append(uow.find(Unit, made.id)))
    assert found == [None]


def test_what_is_locked_waits_for_who_came_first(proposal: Harness) -> None:
    """On PostgreSQL the row is locked, so a counter needs no second try; SQLite takes turns."""
    made = Unit(new_id(), "单位(合成)", "department", None, NOW)
    run(proposal, lambda uow: uow.add(made))
    tries: list[int] = []

    def count(uow: UnitOfWork) -> None:
        unit = uow.get(Unit, made.id, locked=True)
        tries.append(1)
        unit.name = f"{unit.name}+"

    def command() -> None:
        def transaction(session: Any) -> None:
            count(UnitOfWork(session, CallContext(), proposal.settings))

        database.in_transaction(proposal.engine, transaction)

    threads = [threading.Thread(target=command) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names: list[str] = []
    run(proposal, lambda uow: names.append(uow.get(Unit, made.id).name))
    assert names == ["单位(合成)" + "+" * 6] and len(tries) == 6
