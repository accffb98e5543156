"""Projects born from the vote, their sub-items and their monthly progress."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate
from services.commons.clock import not_before
from services.commons.errors import Invalid, NotFound

from .checks import month_begun
from .monthly import completion, standing
from .progress import Progress, Reported, check_course

#: In place of a ballot's id, where this system held none: the project was entered afterwards.
NO_BALLOT = "00000000-0000-0000-0000-000000000000"


@dataclass(eq=False)
class SubItem:
    """A countable part of a project (子项).

    ``target``: in ``unit_of_measure``; None where the project promises all that is asked for
    (愿接尽接), then progress is a share from 0 to 1.  ``position``: its place in the project.
    """

    id: str
    project_id: str
    position: int
    name: str
    target: float | None
    unit_of_measure: str


@dataclass(frozen=True)
class SubItemState:
    """A sub-item with where it stands: its latest month's entry, and the day of completion."""

    item: SubItem
    latest: Progress | None
    completed_on: dt.date | None

    @property
    def latest_month(self) -> str | None:
        """The latest month for which there is an entry."""
        return self.latest.month if self.latest else None

    @property
    def quantity(self) -> float | None:
        """The cumulative quantity of that month."""
        return self.latest.quantity if self.latest else None

    @property
    def share(self) -> float | None:
        """The share of that month, for a sub-item without a number."""
        return self.latest.share if self.latest else None


@dataclass(eq=False)
class Project(Aggregate):
    """A livelihood project that the congress has chosen (民生实事项目); its id is the candidate's.

    ``adopted_on``: the day on which the result of the vote was certified.
    """

    id: str
    year: int
    name: str
    description: str
    aspect: str
    lead_unit_id: str
    budget_yuan: int | None
    due_on: dt.date | None
    ballot_id: str
    suggested_project_ids: list[str]
    adopted_on: dt.date
    recorded_at: dt.datetime
    sub_items: list[SubItem] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    version: int = 0

    @classmethod
    def adopt(
        cls,
        candidate: dict[str, Any],
        *,
        year: int,
        ballot_id: str,
        adopted_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Project:
        """The project that a chosen candidate of a certified result becomes."""
        project = cls(
            id=candidate["candidate_id"],
            year=year,
            name=candidate["name"],
            description=candidate["description"],
            aspect=candidate["aspect"],
            lead_unit_id=candidate["lead_unit_id"],
            budget_yuan=candidate["budget_yuan"],
            due_on=candidate["due_on"],
            ballot_id=ballot_id,
            suggested_project_ids=candidate["suggested_project_ids"],
            adopted_on=adopted_on,
            recorded_at=recorded_at,
        )
        project.sub_items = [
            SubItem(
                item["id"],
                project.id,
                position,
                item["name"],
                item["target"],
                item["unit_of_measure"],
            )
            for position, item in enumerate(candidate["sub_items"], start=1)
        ]
        project.record("project.adopted.v1")
        return project

    def report_progress(self, said: Reported, *, recorded_at: dt.datetime) -> Progress:
        """Add an entry; its ``happened_on`` is the day on which the quantity stood.

        A district's part (``task_code``) is kept apart: it is compared with the project's own
        figure and never counted in it.  Raises NotFound for a sub-item of another project, Invalid
        for a number of the wrong kind, or one that falls without a reason.
        """
        check_number(self.sub_item(said.sub_item_id), said.quantity, said.share)
        not_before(said.happened_on, self.adopted_on)
        month_begun(said.month, said.happened_on)
        self._not_before_vote(said.month)
        mine = [one for one in self.progress if one.about == said.about]
        check_course(mine, said)
        before = self.completed_on
        first = all(one.month != said.month for one in mine)
        entry = Progress.of(said, self.id, len(self.progress) + 1, first, recorded_at)
        self.progress.append(entry)
        if entry.task_code is not None:
            self.record("project.task-progressed.v1", progress=_public_task(entry))
            return entry
        self.record("project.progressed.v1", progress=_public(entry))
        if before is None and self.completed_on is not None:
            self.record("project.completed.v1")
        return entry

    def sub_item(self, sub_item_id: str) -> SubItem:
        """The sub-item of that id; raises NotFound."""
        for item in self.sub_items:
            if item.id == sub_item_id:
                return item
        raise NotFound(
            "sub-item-unknown",
            "this project has no such sub-item",
            "该项目没有此子项",
            [{"pointer": "/sub_item_id", "detail": "is not a sub-item of this project"}],
        )

    @property
    def sub_item_states(self) -> list[SubItemState]:
        """Where each sub-item stands, from its dated progress and never from a flag."""
        return [self._state(item) for item in self.sub_items]

    @property
    def completed_on(self) -> dt.date | None:
        """The day on which the last of the sub-items was complete; None while one is not."""
        days = [state.completed_on for state in self.sub_item_states]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None

    @property
    def chosen_by(self) -> str | None:
        """The ballot that chose it; None for a project that was entered afterwards."""
        return None if self.ballot_id == NO_BALLOT else self.ballot_id

    @property
    def standing_ids(self) -> set[str]:
        """The ids of the entries of progress that no later one replaces."""
        return {entry.id for entry in standing(self.progress, lambda e: e.about)}

    def _not_before_vote(self, month: str) -> None:
        if month < f"{self.adopted_on:%Y-%m}":
            raise Invalid(
                "month-before-vote",
                f"the project was chosen on {self.adopted_on}: there is no month before that",
                f"项目于 {self.adopted_on} 确定,此前的月份没有进展",
                [{"pointer": "/month", "detail": f"is before {self.adopted_on:%Y-%m}"}],
            )

    @property
    def _own_progress(self) -> list[Progress]:
        """The entries of the project itself, without those of districts' parts."""
        return [entry for entry in self.progress if entry.task_code is None]

    def _state(self, item: SubItem) -> SubItemState:
        entries = [entry for entry in self._own_progress if entry.sub_item_id == item.id]
        complete = completion(item.target, entries)
        latest = max(standing(entries, lambda _: None), key=lambda e: e.month, default=None)
        return SubItemState(item, latest, complete.happened_on if complete else None)

    def public_state(self) -> dict[str, Any]:
        """The project and its sub-items with their days of completion."""
        return {
            "id": self.id,
            "year": self.year,
            "name": self.name,
            "aspect": self.aspect,
            "lead_unit_id": self.lead_unit_id,
            "due_on": _iso(self.due_on),
            "adopted_on": self.adopted_on.isoformat(),
            "completed_on": _iso(self.completed_on),
            "sub_items": [
                {
                    "id": state.item.id,
                    "name": state.item.name,
                    "target": state.item.target,
                    "unit_of_measure": state.item.unit_of_measure,
                    "completed_on": _iso(state.completed_on),
                }
                for state in self.sub_item_states
            ],
        }


def check_number(
    item: SubItem, quantity: float | None, share: float | None, pointer: str = ""
) -> None:
    """Raise Invalid unless it is the kind of number that the sub-item is counted in."""
    if item.target is not None and (quantity is None or share is not None):
        raise Invalid(
            "quantity-required",
            "this sub-item has a target in numbers: give the cumulative quantity and no share",
            "该子项有数量目标:请填累计数量,不填比例",
            [{"pointer": f"{pointer}/quantity", "detail": "is required for this sub-item"}],
        )
    if item.target is None and (share is None or quantity is not None):
        raise Invalid(
            "share-required",
            "this sub-item has no target in numbers: give the share done, from 0 to 1",
            "该子项没有数量目标:请填 0 至 1 之间的完成比例",
            [{"pointer": f"{pointer}/share", "detail": "is required for this sub-item"}],
        )


def _public(entry: Progress) -> dict[str, Any]:
    return {
        "sub_item_id": entry.sub_item_id,
        "month": entry.month,
        "quantity": entry.quantity,
        "share": entry.share,
        "happened_on": entry.happened_on.isoformat(),
        "unit_id": entry.unit_id,
        "funds_paid_yuan": entry.funds_paid_yuan,
        "late": entry.late,
    }


def _public_task(entry: Progress) -> dict[str, Any]:
    return _public(entry) | {"task_code": entry.task_code}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
