"""What became of candidates and projects, as other services tell it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate


@dataclass(eq=False)
class HeardResult(Aggregate):
    """A copy: what the certified result says of one candidate; ``id`` is the candidate's."""

    id: str
    ballot_id: str
    year: int
    name: str
    chosen: bool
    reason: str | None
    round: int | None
    approve: int | None
    oppose: int | None
    abstain: int | None
    certified_on: dt.date
    version: int = 0

    @property
    def votes(self) -> dict[str, int] | None:
        """The public counts, if the event had them."""
        counts = {"approve": self.approve, "oppose": self.oppose, "abstain": self.abstain}
        known = {name: count for name, count in counts.items() if count is not None}
        return known if len(known) == len(counts) else None

    def public_state(self) -> dict[str, Any]:
        """Never published: it is a copy."""
        return {"id": self.id}


@dataclass(eq=False)
class HeardLookBack(Aggregate):
    """A copy: a look-back (回头看) at a project, which it names by name and year only."""

    id: str
    project_name: str
    project_year: int
    effective: bool
    happened_on: dt.date
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Never published: it is a copy."""
        return {"id": self.id}


@dataclass(eq=False)
class HeardProject(Aggregate):
    """A copy: how far a project is and how it was scored; ``id`` is the candidate's.

    ``heard``: the version of the newest event about its state.  ``sub_item_ids``: all of them;
    ``progress``: for a sub-item and a month ``[event version, share]``; events may come in any
    order.  ``scores``: ``{questionnaire_id, title, grade, top1, top2, published_on}``.
    """

    id: str
    year: int
    name: str
    heard: int = 0
    completed_on: dt.date | None = None
    sub_item_ids: list[str] = field(default_factory=list)
    progress: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    scores: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0

    def take_state(self, data: dict[str, Any], version: int) -> None:
        """Take over the project's state from an event, unless a newer one was heard."""
        if version > self.heard:
            self.heard = version
            self.name, self.completed_on = data["name"], data["completed_on"]
            self.sub_item_ids = [one["id"] for one in data["sub_items"]]

    def take_progress(self, data: dict[str, Any], version: int) -> None:
        """Take over one month's progress of one sub-item; the newest entry of a month counts."""
        said = data["progress"]
        targets = {one["id"]: one["target"] for one in data["sub_items"]}
        months = dict(self.progress.get(said["sub_item_id"], {}))
        if version > months.get(said["month"], [0])[0]:
            months[said["month"]] = [version, _share(said, targets.get(said["sub_item_id"]))]
            self.progress = {**self.progress, said["sub_item_id"]: months}

    def take_score(self, score: dict[str, Any]) -> None:
        """Take over what a questionnaire found; the same one again replaces itself."""
        others = [s for s in self.scores if s["questionnaire_id"] != score["questionnaire_id"]]
        self.scores = sorted([*others, score], key=lambda one: str(one["published_on"]))

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1: the mean of its sub-items, each at most whole."""
        if self.completed_on is not None:
            return 1.0
        if not self.sub_item_ids:
            return 0.0
        return sum(map(self._share_of, self.sub_item_ids)) / len(self.sub_item_ids)

    def _share_of(self, sub_item_id: str) -> float:
        months = self.progress.get(sub_item_id)
        return float(months[max(months)][1]) if months else 0.0

    def public_state(self) -> dict[str, Any]:
        """Never published: it is a copy."""
        return {"id": self.id}


def _share(said: dict[str, Any], target: float | None) -> float:
    """Of the target; of a sub-item without a number the share that was reported."""
    if said["quantity"] is None or target is None:
        return min(1.0, said["share"] or 0.0)
    return min(1.0, said["quantity"] / target) if target else 1.0
