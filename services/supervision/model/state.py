"""Where a project stands on a day: what was planned, what was reached, and what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .light import Light


@dataclass(frozen=True)
class ItemState:
    """A sub-item on a day, by the plan in force.

    ``target``: None for all that ask (愿接尽接), then ``actual`` and ``planned`` are shares.
    ``planned``: what should have been reached; None without a monthly plan.
    """

    sub_item_id: str
    target: float | None
    actual: float
    planned: float | None
    finished_on: dt.date | None
    accepted_on: dt.date | None

    @property
    def completion(self) -> float:
        """Reached by target; may exceed 1."""
        return float(_exact(self.actual, self.target))

    @property
    def planned_completion(self) -> float | None:
        """Planned by target."""
        return None if self.planned is None else float(_exact(self.planned, self.target))

    @property
    def lag(self) -> float | None:
        """How much of the target is missing against the plan; never less than 0."""
        if self.planned is None:
            return None
        # Exact, so that what lags by just as much as a rule says does so.
        planned = min(Fraction(1), _exact(self.planned, self.target))
        return float(max(Fraction(0), planned - _exact(self.actual, self.target)))


@dataclass(frozen=True)
class ProjectState:
    """A project on a day.

    ``deferred_until``: of a deferral (暂缓), if known; ``ended_on``: once it is ended (终止).
    ``overdue_reports``: months without progress whose day has passed; ``late_reports``: first
    entries of a month that came after it.  ``milestones_late``: not reached by their day.
    """

    project_id: str
    on: dt.date
    due_on: dt.date | None
    items: Sequence[ItemState]
    overdue_reports: int = 0
    late_reports: int = 0
    milestones_late: int = 0
    deferred: bool = False
    deferred_until: dt.date | None = None
    ended_on: dt.date | None = None
    light: Light | None = None

    @property
    def completion(self) -> float | None:
        """The mean of the sub-items' completions, each as at most 1 until all have reached 1.

        So one that exceeds its target hides no other one; None without sub-items.
        """
        found = [_exact(item.actual, item.target) for item in self.items]
        if any(one < 1 for one in found):
            found = [min(one, Fraction(1)) for one in found]
        return _mean(found)

    @property
    def planned(self) -> float | None:
        """The mean of what was planned, of the sub-items that have a monthly plan."""
        known = [item for item in self.items if item.planned is not None]
        found = [_exact(item.planned or 0, item.target) for item in known]
        return _mean([min(one, Fraction(1)) for one in found])

    @property
    def lag(self) -> float | None:
        """The lag of the sub-item that is furthest behind its plan; None without a plan."""
        return max((item.lag for item in self.items if item.lag is not None), default=None)

    @property
    def finished_on(self) -> dt.date | None:
        """The day on which the last sub-item had reached its target; None while one has not."""
        return _last([item.finished_on for item in self.items])

    @property
    def accepted_on(self) -> dt.date | None:
        """The day on which the last sub-item was accepted; None while one is not."""
        return _last([item.accepted_on for item in self.items])


def _exact(reached: float, target: float | None) -> Fraction:
    whole = Fraction(1) if target is None else Fraction(str(target))
    return Fraction(str(reached)) / whole if whole else Fraction(1)


def _mean(values: Sequence[Fraction]) -> float | None:
    return float(sum(values, Fraction(0)) / len(values)) if values else None


def _last(days: Iterable[dt.date | None]) -> dt.date | None:
    known = list(days)
    found = [day for day in known if day is not None]
    return max(found) if found and len(found) == len(known) else None
