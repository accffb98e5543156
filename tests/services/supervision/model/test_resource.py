"""What is owed to a project, under any order of deliveries and corrections."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from services.commons.errors import Conflict
from services.supervision.model.exact import exact, rounded
from services.supervision.model.resource import Resource
from services.supervision.model.rule import Rule
from services.supervision.rules import shipped

DAY, NOW = dt.date(2023, 5, 1), dt.datetime(2023, 5, 1, tzinfo=dt.UTC)
RULE = Rule.shipped("resources", shipped("resources"))


def land(quantity: float = 10) -> Resource:
    """Land owed to a project."""
    return Resource.owe(
        RULE,
        project_id="p",
        kind="land",
        name="(合成)用地",
        quantity=quantity,
        unit_of_measure="亩",
        unit_id="u",
        due_on=DAY,
        happened_on=DAY,
        recorded_at=NOW,
    )


def test_tenths_add_up() -> None:
    """Ten tenths are one: what was given in decimals is added exactly."""
    one = land(1)
    for day in range(10):
        deliver(one, 0.1, day)
    assert one.delivered_on == DAY + dt.timedelta(9)


def deliver(resource: Resource, quantity: float, day: int, **more: Any) -> str:
    """Deliver so many days after the first of May."""
    body: dict[str, Any] = {"unit_id": "u", "text": "", "corrects": None, "reason": None} | more
    on = DAY + dt.timedelta(day)
    return resource.deliver(quantity=quantity, happened_on=on, recorded_at=NOW, **body).id


@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_rounding_is_off_by_half_a_unit_at_most(thousandths: int, places: int) -> None:
    """And half goes away from zero."""
    number = exact(thousandths) / 1000
    error = abs(abs(exact(rounded(number, places))) - abs(number))
    assert error * 2 <= exact(1) / 10**places
    assert rounded(exact("0.125"), 2) == "0.13"
    assert rounded(exact("-0.125"), 2) == "-0.13"
    assert rounded(exact("-0.001"), 2) == "0.00"


class Deliveries(RuleBasedStateMachine):
    """Deliveries and corrections in any order against a plain list of what stands."""

    standing = Bundle("standing")

    def __init__(self) -> None:
        super().__init__()
        self.resource = land()
        self.plain: dict[str, tuple[int, int]] = {}
        self.made = 0

    @rule(target=standing, tenths=st.integers(1, 60), day=st.integers(0, 9))
    def deliver(self, tenths: int, day: int) -> str:
        """One more."""
        id_ = deliver(self.resource, tenths / 10, day)
        self.plain[id_] = (day, tenths)
        self.made += 1
        return id_

    @rule(target=standing, wrong=consumes(standing), tenths=st.integers(0, 60))
    def correct(self, wrong: str, tenths: int) -> str:
        """One is corrected; a second time it cannot be."""
        day, _ = self.plain.pop(wrong)
        id_ = deliver(self.resource, tenths / 10, day, corrects=wrong, reason="r")
        self.plain[id_] = (day, tenths)
        self.made += 1
        try:
            deliver(self.resource, 1, day, corrects=wrong, reason="r")
        except Conflict:
            return id_
        raise AssertionError("corrected twice")

    @invariant()
    def what_stands_counts(self) -> None:
        """All that was recorded is kept; the sum and the day are those of what stands."""
        assert len(self.resource.deliveries) == self.made
        assert {one.id for one in self.resource.standing_deliveries} == set(self.plain)
        total, reached = 0, None
        for day, tenths in sorted(self.plain.values()):
            total += tenths
            if reached is None and total >= 100:
                reached = DAY + dt.timedelta(day)
        assert exact(self.resource.delivered) * 10 == total
        assert self.resource.delivered_on == reached
        assert self.resource.state == ("owed" if reached is None else "delivered")


Deliveries.TestCase.settings = settings(
    max_examples=40, stateful_step_count=12, suppress_health_check=list(HealthCheck), deadline=None
)
TestDeliveries = Deliveries.TestCase
