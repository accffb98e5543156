"""Operators' work on a service's database: many commands in one transaction, or only tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from services.chassis.context import CallContext, Principal
from services.chassis.store import BoundStore
from services.chassis.work import UnitOfWork
from services.commons import clock
from services.proposal.model.unit import Unit
from services.proposal.service import ProposalService

from ..harness import Harness


@pytest.fixture
def proposal(serve: Callable[[Any], Harness]) -> Harness:
    """A service whose units tell of themselves."""
    return serve(ProposalService)


def store(proposal: Harness) -> BoundStore:
    """An operator's store."""
    context = CallContext(principal=Principal("operator", frozenset({"clerk"})))
    return BoundStore(proposal.engine, proposal.metadata, proposal.settings, context)


def unit(name: str) -> Unit:
    """A unit."""
    return Unit.register(name, "department", None, clock.now())


def names(proposal: Harness) -> list[str]:
    """The units that there are."""
    return [one["name"] for one in proposal.call("list_units", {})["items"]]


def test_many_commands_are_one_transaction_with_their_events(proposal: Harness) -> None:
    """All of it or nothing."""

    def work(uow: UnitOfWork) -> int:
        for number in range(3):
            uow.add(unit(f"{number}(合成)"))
        return 3

    assert store(proposal).apply(work) == 3
    assert len(names(proposal)) == len(proposal.events("unit.registered.v1")) == 3

    def broken(uow: UnitOfWork) -> None:
        uow.add(unit("另一(合成)"))
        raise LookupError

    with pytest.raises(LookupError):
        store(proposal).apply(broken)
    assert len(names(proposal)) == len(proposal.events()) == 3


def test_who_loses_a_race_with_the_same_rows_looks_again(proposal: Harness) -> None:
    """Another wrote the row between the look and the writing."""
    tries: list[bool] = []

    def work(uow: UnitOfWork) -> None:
        known = uow.session.scalars(sa.select(Unit)).first() is not None
        tries.append(known)
        if not known:
            if len(tries) == 1:
                raise IntegrityError("INSERT", {}, Exception("unique"))
            uow.add(unit("一(合成)"))

    store(proposal).apply(work)
    store(proposal).apply(work)
    assert tries == [False, False, True] and names(proposal) == ["一(合成)"]


def test_what_is_only_tried_leaves_nothing(proposal: Harness) -> None:
    """Neither what was added nor what a statement wrote at once."""

    def work(uow: UnitOfWork) -> str:
        uow.add(unit("一(合成)"))
        uow.session.flush()
        row = {"id": unit("").id, "name": "二", "kind": "company", "version": 1}
        table = proposal.metadata.tables["units"]
        uow.session.execute(sa.insert(table).values(row | {"recorded_at": clock.now()}))
        return "done"

    assert store(proposal).rehearse(work) == "done"
    assert names(proposal) == [] and proposal.events() == []

    def broken(uow: UnitOfWork) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        store(proposal).rehearse(broken)


def test_a_look_up_is_made_once_in_a_transaction(proposal: Harness) -> None:
    """And again in the next one."""
    looks: list[int] = []

    def look() -> int:
        looks.append(1)
        return 7

    def work(uow: UnitOfWork) -> int:
        return uow.once("a", look) + uow.once("a", look) + uow.once("b", look)

    assert store(proposal).apply(work) == 21 and len(looks) == 2
    assert store(proposal).rehearse(work) == 21 and len(looks) == 4
