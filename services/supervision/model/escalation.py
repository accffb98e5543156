"""What happens when something stays overdue (督办): reminder, leader, public list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from services.commons.aggregate import Aggregate, new_id
from services.commons.workdays import Duration

from .deadline import Deadline


@dataclass(frozen=True)
class Step:
    """A rung of the rule ``escalation``: when, counted from the last day of the deadline.

    ``kinds``, ``codes``: for which deadlines, none named: all.  ``public``: it stands on the public
    list (公开通报).
    """

    code: str
    after: Duration
    public: bool
    kinds: frozenset[str]
    codes: frozenset[str]

    @classmethod
    def of(cls, data: dict[str, Any]) -> Step:
        """A rung as the rule writes it."""
        after = Duration(data["after"]["amount"], data["after"]["unit"])
        kinds, codes = frozenset(data["kinds"]), frozenset(data["codes"])
        return cls(data["step"], after, data["public"], kinds, codes)

    def is_for(self, deadline: Deadline) -> bool:
        """Whether it is for deadlines of this kind and term."""
        return (not self.kinds or deadline.kind in self.kinds) and (
            not self.codes or deadline.code in self.codes
        )

    def reached(self, due_on: dt.date, zone: ZoneInfo) -> dt.date:
        """The day on which what was due on a day comes to this rung."""
        return self.after.after(due_on, zone).day


@dataclass(eq=False, kw_only=True)
class Escalation(Aggregate):
    """An overdue deadline came to a rung of the ladder; once each.

    ``happened_on``: the day on which it did.  It stands until the deadline is met.
    """

    id: str
    deadline_id: str
    kind: str
    code: str
    subject_id: str
    project_id: str | None
    unit_id: str | None
    step: str
    public: bool
    due_on: dt.date
    happened_on: dt.date
    recorded_at: dt.datetime
    rule_id: str | None = None
    rule_digest: str | None = None
    version: int = 0

    @classmethod
    def raised(cls, deadline: Deadline, step: Step, **more: Any) -> Escalation:
        """A new one; records ``escalation.raised.v1``."""
        made = cls(
            id=new_id(),
            deadline_id=deadline.id,
            kind=deadline.kind,
            code=deadline.code,
            subject_id=deadline.subject_id,
            project_id=deadline.project_id,
            unit_id=deadline.unit_id,
            step=step.code,
            public=step.public,
            due_on=deadline.due_on,
            **more,
        )
        made.record("escalation.raised.v1")
        return made

    def public_state(self) -> dict[str, Any]:
        """For events: no person is in it."""
        return {
            "id": self.id,
            "deadline_id": self.deadline_id,
            "kind": self.kind,
            "code": self.code,
            "subject_id": self.subject_id,
            "project_id": self.project_id,
            "unit_id": self.unit_id,
            "step": self.step,
            "public": self.public,
            "due_on": self.due_on.isoformat(),
            "happened_on": self.happened_on.isoformat(),
        }


def due_steps(
    deadline: Deadline,
    ladder: Iterable[Step],
    taken: frozenset[str],
    today: dt.date,
    zone: ZoneInfo,
) -> list[tuple[Step, dt.date]]:
    """The rungs that an overdue deadline has come to and that were not taken, with their days."""
    if not deadline.is_over(today):
        return []
    found = []
    for step in ladder:
        if step.code in taken or not step.is_for(deadline):
            continue
        day = step.reached(deadline.due_on, zone)
        if day <= today:
            found.append((step, day))
    return found
