"""Projects of former years that this system did not run, entered from their documents (归档)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

from .monthly import reaches
from .progress import Reported
from .project import NO_BALLOT, Project, check_number


@dataclass(eq=False)
class ArchivedProject(Aggregate):
    """Where a project comes from that was entered afterwards; its id is the project's.

    ``source``: the document that it was entered from, ``{"title", "number", "sha256"}``.
    ``satisfaction``: what that says of the deputies' assessment, in its words.  ``accepted``:
    ``{"sub_item_id", "accepted_on"}`` of the sub-items that were accepted (验收).
    """

    id: str
    source: dict[str, Any]
    satisfaction: str | None
    accepted: list[dict[str, Any]]
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @property
    def accepted_days(self) -> dict[str, dt.date]:
        """The days on which sub-items were accepted, by their id."""
        return {
            one["sub_item_id"]: dt.date.fromisoformat(one["accepted_on"]) for one in self.accepted
        }


def archive(
    *,
    year: int,
    sub_items: list[dict[str, Any]],
    source: dict[str, Any],
    satisfaction: str | None,
    adopted_on: dt.date,
    happened_on: dt.date,
    recorded_at: dt.datetime,
    **project: Any,
) -> tuple[Project, ArchivedProject]:
    """A project and where it comes from; raises Invalid for days and numbers that do not fit.

    From then on it is a project like others: what it reached is progress, its completion follows
    from that.
    """
    if year >= happened_on.year:
        raise _wrong(
            "/year", "year-not-over", "only former years are archived", "只有往年的项目可以归档"
        )
    if adopted_on.year > year:
        raise _wrong(
            "/adopted_on", "adopted-later", "it was chosen after its year", "确定日期晚于项目年度"
        )
    candidate = project | {
        "candidate_id": new_id(),
        "suggested_project_ids": [],
        "sub_items": [item | {"id": new_id()} for item in sub_items],
    }
    made = Project.adopt(
        candidate,
        year=year,
        ballot_id=NO_BALLOT,
        adopted_on=adopted_on,
        recorded_at=recorded_at,
    )
    for place, item in enumerate(candidate["sub_items"]):
        _reach(made, item, f"/sub_items/{place}", happened_on, recorded_at)
    # One event says it all: each entry told apart would have the same version.
    made.take_recorded()
    made.record("project.adopted.v1")
    if made.completed_on is not None:
        made.record("project.completed.v1")
    accepted = [
        {"sub_item_id": item["id"], "accepted_on": item["accepted_on"].isoformat()}
        for item in candidate["sub_items"]
        if item["accepted_on"]
    ]
    entered = ArchivedProject(made.id, source, satisfaction, accepted, happened_on, recorded_at)
    return made, entered


def _reach(
    project: Project, item: dict[str, Any], at: str, today: dt.date, recorded_at: dt.datetime
) -> None:
    """What a sub-item reached, and by when; None of it where the document says nothing."""
    reached_on, accepted_on = item["reached_on"], item["accepted_on"]
    if reached_on is None:
        if (item["quantity"], item["share"], accepted_on) != (None, None, None):
            raise _wrong(
                f"{at}/reached_on",
                "day-missing",
                "what was reached needs its day",
                "应填完成情况的日期",
            )
        return
    check_number(project.sub_item(item["id"]), item["quantity"], item["share"], at)
    if not project.adopted_on <= reached_on <= today:
        raise _wrong(
            f"{at}/reached_on",
            "day-out-of-order",
            "it lies between the decision and today",
            "应在项目确定之后、归档之前",
        )
    said = Reported(
        sub_item_id=item["id"],
        month=reached_on.isoformat()[:7],
        quantity=item["quantity"],
        share=item["share"],
        text=item["text"],
        happened_on=reached_on,
    )
    entry = project.report_progress(said, recorded_at=recorded_at)
    if accepted_on is None:
        return
    if not reached_on <= accepted_on <= today or not reaches(item["target"], entry):
        raise _wrong(
            f"{at}/accepted_on",
            "accepted-unfinished",
            "only what is finished is accepted, and not before",
            "完成之后才能验收",
        )


def _wrong(pointer: str, code: str, en: str, zh: str) -> Invalid:
    return Invalid(code, en, zh, [{"pointer": pointer, "detail": en}])
