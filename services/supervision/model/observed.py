"""What was observed of a project or a unit up to a day: the facts that measures are taken of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

PROJECT, UNIT = SUBJECTS = ("project", "unit")


@dataclass(frozen=True)
class Item:
    """A sub-item: which part of its target it has reached and should have reached by the plan.

    Both may exceed 1; ``planned`` None without a monthly plan.  ``due_on``: of its project.
    """

    id: str
    project_id: str
    reached: Fraction
    planned: Fraction | None
    completed_on: dt.date | None
    accepted_on: dt.date | None
    due_on: dt.date | None


@dataclass(frozen=True)
class LightOfMonth:
    """The colour of a project's light at the end of a month."""

    project_id: str
    day: dt.date
    colour: str


@dataclass(frozen=True)
class Reported:
    """The first entry of progress for a month, in time or late."""

    id: str
    late: bool


@dataclass(frozen=True)
class Obligation:
    """Something that was to be done by a day, and when it was; ``kind``, ``code``: of deadlines."""

    id: str
    kind: str
    code: str
    due_on: dt.date
    ended_on: dt.date | None


@dataclass(frozen=True)
class Opinion:
    """An opinion: whether it had been answered and solved by that day, and its last judgement."""

    id: str
    replied: bool
    solved: bool
    judgement: str | None


@dataclass(frozen=True)
class Problem:
    """A problem, and whether it had been solved by that day."""

    id: str
    solved: bool


@dataclass(frozen=True)
class Money:
    """The money of one project, or that one unit had of it; whole yuan."""

    id: str
    budget_yuan: int | None
    released_yuan: int
    spent_yuan: int


@dataclass(frozen=True)
class LookedBack:
    """A look-back at a project of an earlier year."""

    id: str
    effective: bool


@dataclass(frozen=True)
class Observed:
    """The facts; each list holds only what had happened by ``on``.

    ``monies``: of the projects; ``own_monies``: of what the unit itself got and spent.
    """

    on: dt.date
    items: tuple[Item, ...] = ()
    lights: tuple[LightOfMonth, ...] = ()
    reports: tuple[Reported, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    problems: tuple[Problem, ...] = ()
    monies: tuple[Money, ...] = ()
    own_monies: tuple[Money, ...] = field(default=())
    look_backs: tuple[LookedBack, ...] = ()

    def by(self, day: dt.date | None) -> bool:
        """Whether something that happened on that day had happened by then."""
        return day is not None and day <= self.on
