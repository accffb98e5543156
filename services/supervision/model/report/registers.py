"""Records of the registers that grew beside the first ones: light, as those of :mod:`.records`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..matter_rates import Case


@dataclass(frozen=True)
class Ended:
    """A record of a project that ends some day: a question, a decision, a task, a deadline …

    ``state``: whatever tells more about it; ``due_on``: by when, where that is known.
    """

    id: str
    project_id: str | None
    state: str
    due_on: dt.date | None
    ended_on: dt.date | None
    happened_on: dt.date

    def has_ended(self, on: dt.date) -> bool:
        """Whether it had by that day."""
        return self.ended_on is not None and self.ended_on <= on


@dataclass(frozen=True)
class Payment:
    """Money of a project, released or spent; ``corrects``: the entry that it replaces."""

    id: str
    project_id: str
    kind: str
    amount_yuan: int
    corrects: str | None
    happened_on: dt.date


@dataclass(frozen=True)
class Owed:
    """Something owed to a project: how much."""

    id: str
    project_id: str
    quantity: float
    withdrawn_on: dt.date | None
    happened_on: dt.date


@dataclass(frozen=True)
class Delivered:
    """Some of it delivered; ``corrects``: the delivery that it replaces."""

    id: str
    resource_id: str
    quantity: float
    corrects: str | None
    happened_on: dt.date


@dataclass(frozen=True)
class LookBack:
    """A look-back at a project of an earlier year, with what came out."""

    id: str
    project_year: int
    effective: bool
    happened_on: dt.date


@dataclass(frozen=True)
class TaskCheck:
    """A check of an item of a task list."""

    id: str
    task_item_id: str
    happened_on: dt.date


@dataclass(frozen=True)
class Message:
    """A resident's message on a project's page."""

    id: str
    project_id: str
    forwarded_on: dt.date | None
    answered_on: dt.date | None
    happened_on: dt.date


@dataclass(frozen=True)
class Acceptance:
    """An acceptance of a sub-item; ``sequence``: their order."""

    id: str
    sub_item_id: str
    sequence: int
    passed: bool
    happened_on: dt.date


@dataclass(frozen=True)
class Change:
    """A change of a project; ``major``: whether it needs a decision."""

    id: str
    project_id: str
    kind: str
    major: bool
    effective_on: dt.date | None
    happened_on: dt.date


@dataclass(frozen=True)
class Registers:
    """All of them that may matter for a year; matters as they stood on the day asked for."""

    plans: Sequence[Ended] = field(default=())
    payments: Sequence[Payment] = field(default=())
    owed: Sequence[Owed] = field(default=())
    deliveries: Sequence[Delivered] = field(default=())
    decisions: Sequence[Ended] = field(default=())
    questions: Sequence[Ended] = field(default=())
    look_backs: Sequence[LookBack] = field(default=())
    deadlines: Sequence[Ended] = field(default=())
    escalations: Sequence[Ended] = field(default=())
    messages: Sequence[Message] = field(default=())
    opinions: Sequence[Case] = field(default=())
    problems: Sequence[Case] = field(default=())
    acceptances: Sequence[Acceptance] = field(default=())
    changes: Sequence[Change] = field(default=())
    #: Each project's light on the day asked for: its code and its name.
    lights: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    snaps: Sequence[Ended] = field(default=())
    tasks: Sequence[Ended] = field(default=())
    task_checks: Sequence[TaskCheck] = field(default=())
    calendar: Sequence[Ended] = field(default=())
    #: Those of the year's assessments, whatever project they are about.
    rectifications: Sequence[Ended] = field(default=())
