"""How much one plan differs from another, in the measures by which a change may be major."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from services.commons.places import metres

from .condition import Measure, Value, holds
from .plan_content import LEAD, Content, PlanUnit, Target
from .project import Project

ADJUST, DEFER, END, RESUME = CHANGE_KINDS = ("adjust", "defer", "end", "resume")


def voted(project: Project, units: tuple[PlanUnit, ...]) -> Content:
    """What was voted, as a plan that says no more: what a first plan is compared with.

    Who is responsible and what it costs the first plan settles (Shaanxi's measure, article 17), so
    the ``units`` are its own, and the budget on the ballot is left out.
    """
    return Content(
        units=units,
        targets=tuple(Target(item.id, item.target) for item in project.sub_items),
        due_on=project.due_on,
    )


@dataclass(frozen=True)
class Difference:
    """Two contents side by side; ``kind``: one of CHANGE_KINDS."""

    before: Content
    after: Content
    kind: str = ADJUST

    @property
    def target_lowered(self) -> float:
        """The largest part by which a target was lowered."""
        return max((_less(old, new) for old, new in self._targets()), default=0.0)

    @property
    def target_raised(self) -> float:
        """The largest part by which a target was raised."""
        return max((_less(new, old, of=old) for old, new in self._targets()), default=0.0)

    @property
    def due_later(self) -> int:
        """By how many days the due day moves back, the project's or a milestone's."""
        moved = [_days(self.before.due_on, self.after.due_on)]
        days = {one.code: one.due_on for one in self.before.milestones}
        moved += [_days(days.get(one.code), one.due_on) for one in self.after.milestones]
        return max(moved)

    @property
    def lead_changed(self) -> bool:
        """Whether another unit leads."""
        return _lead(self.before) != _lead(self.after)

    @property
    def site_moved(self) -> float:
        """By how many metres a site moves at most; sites by their code."""
        points = {one.code: _point(one.place) for one in self.before.sites}
        pairs = ((points.get(one.code), _point(one.place)) for one in self.after.sites)
        return max((metres(old, new) for old, new in pairs if old and new), default=0.0)

    @property
    def sites_dropped(self) -> int:
        """How many sites are left out."""
        return len({one.code for one in self.before.sites} - {one.code for one in self.after.sites})

    @property
    def funds_less(self) -> float:
        """The part by which the total funds shrink."""
        return _less(self.before.funds.total_yuan, self.after.funds.total_yuan)

    @property
    def funds_more(self) -> float:
        """The part by which they grow."""
        old, new = self.before.funds.total_yuan, self.after.funds.total_yuan
        return _less(new, old, of=old)

    def _targets(self) -> Iterable[tuple[float | None, float | None]]:
        for one in self.after.targets:
            yield self.before.target(one.sub_item_id), one.target


MEASURES: dict[str, Measure] = {
    "target-lowered": Measure("目标调低", "target lowered", lambda d: d.target_lowered, share=True),
    "target-raised": Measure("目标调高", "target raised", lambda d: d.target_raised, share=True),
    "due-later-days": Measure("期限推迟天数", "days later", lambda d: d.due_later),
    "lead-changed": Measure("更换牵头单位", "lead unit changed", lambda d: d.lead_changed),
    "site-moved-metres": Measure("点位移动米数", "site moved, metres", lambda d: d.site_moved),
    "sites-dropped": Measure("取消点位数", "sites dropped", lambda d: d.sites_dropped),
    "funds-less": Measure("资金减少", "funds cut", lambda d: d.funds_less, share=True),
    "funds-more": Measure("资金增加", "funds added", lambda d: d.funds_more, share=True),
    "deferral": Measure("暂缓", "deferral", lambda d: d.kind == DEFER),
    "ending": Measure("终止", "ending", lambda d: d.kind == END),
}


def major(conditions: Iterable[dict[str, Any]], difference: Difference) -> list[str]:
    """The codes of the rule's conditions that the difference meets; empty: it is minor."""
    found: dict[str, Value] = {name: measure.of(difference) for name, measure in MEASURES.items()}
    return [one["code"] for one in conditions if holds(one, found)]


def major_together(
    conditions: Sequence[dict[str, Any]], step: Difference, decided: Iterable[Content]
) -> list[str]:
    """The same, also for what the step meets only together with minor ones before it.

    ``decided``: what was last voted or decided; a condition counts from there only if the step
    itself goes further that way.  So nobody lowers a target bit by bit without a decision.
    """
    moved = {name for name, measure in MEASURES.items() if measure.of(step)}
    found = set(major(conditions, step))
    for before in decided:
        further = [one for one in conditions if one["measure"] in moved]
        found |= set(major(further, replace(step, before=before)))
    return [one["code"] for one in conditions if one["code"] in found]


def _less(old: float | None, new: float | None, of: float | None = None) -> float:
    """By which part of the old (or of ``of``) the new is less; 0 where either has no number."""
    whole = old if of is None else of
    if old is None or new is None or new >= old:
        return 0.0
    return float((Fraction(str(old)) - Fraction(str(new))) / Fraction(str(whole))) if whole else 1.0


def _days(old: dt.date | None, new: dt.date | None) -> int:
    return max(0, (new - old).days) if old and new else 0


def _lead(content: Content) -> str:
    return next(one.unit_id for one in content.units if one.role == LEAD)


def _point(place: dict[str, Any]) -> tuple[float, float] | None:
    longitude, latitude = place["longitude"], place["latitude"]
    return None if longitude is None or latitude is None else (longitude, latitude)
