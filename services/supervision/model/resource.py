"""What a project needs from others to be carried out, and what of it has been delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

from .correction import check_correction, standing
from .exact import exact
from .rule import Rule

OWED, DELIVERED, WITHDRAWN = "owed", "delivered", "withdrawn"


@dataclass(eq=False)
class Delivery:
    """One delivery; ``corrects``: the earlier one that it replaces, which is kept (更正).

    ``unit_id``: who says so.  ``sequence``: the order of recording, from 1.
    """

    id: str
    resource_id: str
    sequence: int
    quantity: float
    unit_id: str
    text: str
    corrects: str | None
    reason: str | None
    happened_on: dt.date
    recorded_at: dt.datetime


@dataclass(eq=False)
class Resource(Aggregate):
    """Something owed to a project (要素供给): funds, energy, land, people (资金、用能、用地、人才).

    ``kind``: a code of the rule ``resources`` (``rule_id``, None for the shipped one, and
    ``rule_digest``).  ``quantity``: in ``unit_of_measure``.  ``unit_id``: the unit that owes it,
    ``due_on``: by which day.  Withdrawn: it is needed no longer.
    """

    id: str
    project_id: str
    kind: str
    name: str
    quantity: float
    unit_of_measure: str
    unit_id: str
    due_on: dt.date
    rule_id: str | None
    rule_digest: str
    happened_on: dt.date
    recorded_at: dt.datetime
    withdrawn_on: dt.date | None = None
    withdrawal_reason: str | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    version: int = 0

    @classmethod
    def owe(
        cls,
        rule: Rule,
        *,
        project_id: str,
        kind: str,
        name: str,
        quantity: float,
        unit_of_measure: str,
        unit_id: str,
        due_on: dt.date,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Resource:
        """Record what is owed; Invalid for a kind or a unit of measure that the rule has not."""
        _check_kind(rule, kind, unit_of_measure)
        resource = cls(
            id=new_id(),
            project_id=project_id,
            kind=kind,
            name=name,
            quantity=quantity,
            unit_of_measure=unit_of_measure,
            unit_id=unit_id,
            due_on=not_before(due_on, happened_on, "/due_on"),
            rule_id=rule.id or None,
            rule_digest=rule.digest,
            happened_on=happened_on,
            recorded_at=recorded_at,
        )
        resource.record("resource.owed.v1")
        return resource

    def deliver(
        self,
        *,
        quantity: float,
        unit_id: str,
        text: str,
        corrects: str | None,
        reason: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Delivery:
        """Add a delivery or correct one; Conflict once withdrawn, Invalid for no quantity."""
        self._check_not_withdrawn()
        check_correction(self.deliveries, corrects, reason)
        if corrects is None and quantity <= 0:
            raise Invalid(
                "nothing-delivered",
                "a delivery has a quantity; one that did not happen is corrected to 0",
                "交付数量应大于 0;未发生的交付请以更正记为 0",
                [{"pointer": "/quantity", "detail": "must be more than 0"}],
            )
        before = self.delivered_on
        delivery = Delivery(
            id=new_id(),
            resource_id=self.id,
            sequence=len(self.deliveries) + 1,
            quantity=quantity,
            unit_id=unit_id,
            text=text,
            corrects=corrects,
            reason=reason,
            happened_on=not_before(happened_on, self.happened_on),
            recorded_at=recorded_at,
        )
        self.deliveries.append(delivery)
        if before is None and self.delivered_on is not None:
            self.record("resource.delivered.v1")
        return delivery

    def withdraw(self, *, reason: str, happened_on: dt.date) -> None:
        """It is needed no longer; Conflict the second time, or if all was delivered."""
        self._check_not_withdrawn()
        if self.delivered_on is not None:
            raise Conflict(
                "resource-delivered", "all of this has been delivered", "该要素已全部到位"
            )
        self.withdrawn_on = not_before(happened_on, self.happened_on)
        self.withdrawal_reason = reason
        self.record("resource.withdrawn.v1")

    @property
    def standing_deliveries(self) -> list[Delivery]:
        """The deliveries that no later one corrects, by day."""
        return sorted(standing(self.deliveries), key=lambda one: (one.happened_on, one.sequence))

    @property
    def delivered(self) -> float:
        """How much has been delivered; may exceed what is owed."""
        return float(_total(self.standing_deliveries))

    @property
    def delivered_on(self) -> dt.date | None:
        """The day on which all that is owed had been delivered; None before."""
        reached = Fraction(0)
        for delivery in self.standing_deliveries:
            reached += exact(delivery.quantity)
            if reached >= exact(self.quantity):
                return delivery.happened_on
        return None

    @property
    def state(self) -> str:
        """Owed, delivered or withdrawn."""
        if self.withdrawn_on is not None:
            return WITHDRAWN
        return OWED if self.delivered_on is None else DELIVERED

    def public_state(self) -> dict[str, Any]:
        """What is owed by whom, and whether it came; no texts."""
        return {
            "id": self.id,
            "project_id": self.project_id,
            "kind": self.kind,
            "quantity": self.quantity,
            "unit_of_measure": self.unit_of_measure,
            "unit_id": self.unit_id,
            "due_on": self.due_on.isoformat(),
            "delivered": self.delivered,
            "delivered_on": _iso(self.delivered_on),
            "withdrawn_on": _iso(self.withdrawn_on),
        }

    def _check_not_withdrawn(self) -> None:
        if self.withdrawn_on is not None:
            raise Conflict("resource-withdrawn", "this is needed no longer", "该要素需求已撤销")


def _total(deliveries: Iterable[Delivery]) -> Fraction:
    return sum((exact(one.quantity) for one in deliveries), Fraction(0))


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _check_kind(rule: Rule, kind: str, unit_of_measure: str) -> None:
    known = {one["code"]: one["units"] for one in rule.content}
    if kind not in known:
        raise Invalid(
            "resource-kind-unknown",
            f"the rule in force knows these kinds: {', '.join(known)}",
            f"现行规则中的要素类别为:{'、'.join(known)}",
            [{"pointer": "/kind", "detail": "is not a kind of the rule in force"}],
        )
    if unit_of_measure not in known[kind]:
        raise Invalid(
            "unit-of-measure-unfit",
            f"{kind} is measured in: {', '.join(known[kind])}",
            f"该类要素的计量单位为:{'、'.join(known[kind])}",
            [{"pointer": "/unit_of_measure", "detail": "does not fit this kind"}],
        )
