"""A meeting's opinion on the report as a state machine: none is lost, none closed unanswered."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.commons.errors import Conflict, ServiceError
from services.supervision.model.report.opinion import ReportOpinion, Vote

UNITS = ["u1", "u2", "u3"]
RULE = {"threshold": {"share": "1/2", "inclusive": False}, "of": "members"}
START = dt.date(2023, 12, 28)


class Life(RuleBasedStateMachine):
    """Whatever is tried in whatever order, against a plain account of who has answered."""

    def __init__(self) -> None:
        super().__init__()
        self.day = START
        self.missing = set(UNITS)
        self.rounds = 1
        self.closed = False
        self.opinion = ReportOpinion.issue(
            edition_id="e",
            year=2023,
            number=1,
            text="(合成)",
            unit_ids=list(UNITS),
            happened_on=START,
            recorded_at=dt.datetime(2023, 12, 28, tzinfo=dt.UTC),
        )

    @rule(days=st.integers(0, 40))
    def wait(self, days: int) -> None:
        """Time passes."""
        self.day += dt.timedelta(days)

    @rule(unit=st.sampled_from(UNITS))
    def answer(self, unit: str) -> None:
        """Taken from whom it is awaited, refused from others."""
        awaited = unit in self.missing and not self.closed
        try:
            self.opinion.answer(unit_id=unit, text="(合成)", happened_on=self.day)
        except Conflict:
            assert not awaited
        else:
            assert awaited
            self.missing.discard(unit)

    @rule(approve=st.integers(0, 60))
    def vote(self, approve: int) -> None:
        """Taken when all have answered; more than half of all members close it."""
        ready = not self.missing and not self.closed
        heads = Vote(members=60, present=60, approve=approve, oppose=60 - approve, abstain=0)
        try:
            satisfied = self.opinion.vote(heads, rule=RULE, rule_id="", digest="x", on=self.day)
        except Conflict:
            assert not ready
            return
        assert ready and satisfied == (approve > 30)
        self.closed = satisfied
        if not satisfied:
            self.rounds, self.missing = self.rounds + 1, set(UNITS)

    @rule()
    def close(self) -> None:
        """Taken when all have answered."""
        ready = not self.missing and not self.closed
        try:
            self.opinion.close("(合成)", self.day)
        except Conflict:
            assert not ready
        else:
            assert ready
            self.closed = True

    @precondition(lambda self: self.day > START)
    @rule()
    def go_back(self) -> None:
        """Nothing happens before what happened last."""
        with pytest.raises(ServiceError):
            self.opinion.answer(unit_id="u1", text="x", happened_on=dt.date(2023, 1, 1))
        with pytest.raises(ServiceError):
            self.opinion.close("x", dt.date(2023, 1, 1))

    @invariant()
    def it_waits_for_whom_it_should(self) -> None:
        """Open, it waits for who is missing, or for the meeting; closed, for nobody."""
        assert (self.opinion.state == "closed") == self.closed
        assert set(self.opinion.waits_for()) == (set() if self.closed else self.missing)
        assert self.opinion.round == self.rounds


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestLife = Life.TestCase
