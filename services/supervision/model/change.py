"""Changes of voted projects: adjusted, deferred, ended, and by whose decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

from .difference import DEFER, END, RESUME

#: Where a change stands.  A minor one is effective at once; a major one waits for its decision,
#: and is effective from then on, though it has still to be announced and reported.
PROPOSED, EFFECTIVE, REFUSED, WITHDRAWN = STATES = (
    "proposed",
    "effective",
    "refused",
    "withdrawn",
)
#: Who decides a major one; the steps that follow.
COMMITTEE, CONGRESS = DECIDERS = ("standing-committee", "congress")
ANNOUNCED, REPORTED = STEPS = ("announced", "reported")


@dataclass(frozen=True)
class Decider:
    """What the rule says of a change: why it is major, who decides, and what must follow."""

    majors: tuple[str, ...]
    body: str
    steps: tuple[str, ...]
    rule_id: str | None
    rule_digest: str


@dataclass(eq=False)
class Change(Aggregate):
    """A change of a voted project (调整、暂缓、终止), with each step and its paper.

    ``kind``: one of ``difference.CHANGE_KINDS``; ``content``: the plan that it would make, None
    where it makes none; ``deferred_until``: of a deferral, if that is known.  ``ground``: by the
    rule.  ``majors``: why it is major, empty for a minor one; ``decider``: who decides it then;
    ``steps``: what must follow a decision.  A major one changes no plan before it is decided, and
    a refused one stays on record.  Source: Shaanxi's measure, article 18.
    """

    id: str
    project_id: str
    kind: str
    content: dict[str, Any] | None
    deferred_until: dt.date | None
    ground: str
    reason: str
    unit_id: str
    majors: list[str]
    decider: str | None
    steps: list[str]
    rule_id: str | None
    rule_digest: str
    state: str
    happened_on: dt.date
    recorded_at: dt.datetime
    effective_on: dt.date | None = None
    decided_on: dt.date | None = None
    decided_by: str | None = None
    decision_document: str | None = None
    decision_text: str | None = None
    announced_on: dt.date | None = None
    announcement_document: str | None = None
    reported_on: dt.date | None = None
    report_document: str | None = None
    reported_to: str | None = None
    withdrawn_on: dt.date | None = None
    version: int = 0

    @classmethod
    def propose(
        cls,
        *,
        project_id: str,
        kind: str,
        content: dict[str, Any] | None,
        deferred_until: dt.date | None,
        ground: str,
        reason: str,
        unit_id: str,
        by: Decider,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Change:
        """A change that a unit proposes; a minor one is effective at once."""
        if deferred_until is not None and (kind != DEFER or deferred_until <= happened_on):
            raise Invalid(
                "deferred-until-impossible",
                "only a deferral has a last day, and it lies ahead",
                "只有暂缓才填暂缓至的日期,且应晚于提出之日",
                [{"pointer": "/deferred_until", "detail": "is of no deferral, or not later"}],
            )
        change = cls(
            id=new_id(),
            project_id=project_id,
            kind=kind,
            content=content,
            deferred_until=deferred_until,
            ground=ground,
            reason=reason,
            unit_id=unit_id,
            majors=list(by.majors),
            decider=by.body if by.majors else None,
            steps=list(by.steps) if by.majors else [],
            rule_id=by.rule_id,
            rule_digest=by.rule_digest,
            state=PROPOSED if by.majors else EFFECTIVE,
            happened_on=happened_on,
            recorded_at=recorded_at,
            effective_on=None if by.majors else happened_on,
        )
        change.record("change.proposed.v1")
        return change

    def decide(
        self, *, approved: bool, body: str, document: str, text: str, happened_on: dt.date
    ) -> None:
        """The body that the rule names approves it, which makes it effective, or refuses it."""
        self._must_be(PROPOSED)
        if body != self.decider:
            raise Invalid(
                "other-decider",
                f"this change is decided by the {self.decider}",
                "按现行规则,该调整应由另一机关决定",
                [{"pointer": "/body", "detail": f"must be {self.decider}"}],
            )
        self.decided_on = not_before(happened_on, self.happened_on)
        self.decided_by, self.decision_document, self.decision_text = body, document, text
        self.state = EFFECTIVE if approved else REFUSED
        self.effective_on = self.decided_on if approved else None
        self.record("change.decided.v1")

    def withdraw(self, *, happened_on: dt.date) -> None:
        """Who proposed it takes it back before it is decided."""
        self._must_be(PROPOSED)
        self.withdrawn_on = not_before(happened_on, self.happened_on)
        self.state = WITHDRAWN
        self.record("change.withdrawn.v1")

    def announce(self, *, document: str, happened_on: dt.date) -> None:
        """The decision is announced (公告)."""
        self._follows(ANNOUNCED, self.announced_on)
        self.announced_on = not_before(happened_on, self.decided_on)
        self.announcement_document = document
        self.record("change.announced.v1")

    def report(self, *, meeting: str, document: str, happened_on: dt.date) -> None:
        """The decision is reported to the next congress (报告)."""
        self._follows(REPORTED, self.reported_on)
        if ANNOUNCED in self.steps and self.announced_on is None:
            raise Conflict(
                "announce-first", "announce it before it is reported", "应先公告,再向大会报告"
            )
        self.reported_on = not_before(happened_on, self.announced_on or self.decided_on)
        self.reported_to, self.report_document = meeting, document
        self.record("change.reported.v1")

    @property
    def left(self) -> list[str]:
        """The steps that have still to follow."""
        done = {ANNOUNCED: self.announced_on, REPORTED: self.reported_on}
        return [step for step in self.steps if self.state == EFFECTIVE and done[step] is None]

    def _must_be(self, state: str) -> None:
        if self.state != state:
            raise Conflict(
                "change-not-open",
                f"this change is {self.state}, not {state}",
                "该调整已不在待决定状态",
            )

    def _follows(self, step: str, done_on: dt.date | None) -> None:
        if self.state != EFFECTIVE or step not in self.steps:
            raise Conflict(
                "step-not-due",
                "only a decided major change is announced and reported, as its rule says",
                "只有已决定的重大调整才按规则公告、报告",
            )
        if done_on is not None:
            raise Conflict("step-done", "this step was done already", "该步骤此前已完成")

    def public_state(self) -> dict[str, Any]:
        """For events: no reasons."""
        return {
            "id": self.id,
            "project_id": self.project_id,
            "kind": self.kind,
            "state": self.state,
            "majors": self.majors,
            "decider": self.decider,
            "happened_on": self.happened_on.isoformat(),
            **{
                name: value.isoformat() if (value := getattr(self, name)) else None
                for name in _DAYS
            },
        }


_DAYS = ("deferred_until", "effective_on", "decided_on", "announced_on", "reported_on")


@dataclass(frozen=True)
class Standing:
    """What the effective changes made of a project by a day."""

    deferred: bool = False
    deferred_until: dt.date | None = None
    ended_on: dt.date | None = None


def standing(changes: Iterable[Change], on: dt.date) -> Standing:
    """Deferred, ended or under way on a day; of several changes the latest effective one counts."""
    effective = [c for c in changes if c.effective_on is not None and c.effective_on <= on]
    found = Standing()
    for one in sorted(effective, key=lambda c: (c.effective_on or c.happened_on, c.recorded_at)):
        if one.kind == END:
            found = Standing(ended_on=one.effective_on)
        elif one.kind == DEFER:
            over = one.deferred_until is not None and one.deferred_until < on
            found = Standing() if over else Standing(True, one.deferred_until)
        elif one.kind == RESUME:
            found = Standing()
    return found
