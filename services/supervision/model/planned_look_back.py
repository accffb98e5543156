"""A look-back under way: planned, then visits and findings, then its conclusion (回头看)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, NotFound

from .look_back import FULLY, LookBack, not_of_a_later_year

STATES = PLANNED, UNDER_WAY, CONCLUDED, DROPPED = ("planned", "under-way", "concluded", "dropped")


@dataclass(eq=False)
class LookBackVisit:
    """A day on which somebody went to see (查看); ``group_id``: the group that went."""

    id: str
    look_back_id: str
    sequence: int
    group_id: str | None
    place: str
    division: str | None
    deputy_ids: list[str]
    unit_ids: list[str]
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime


@dataclass(eq=False)
class LookBackFinding:
    """What was found at one sub-item, or at the project as a whole (``sub_item_id`` None).

    ``operator_unit_id``, ``operator_name``: who runs it for good (长效管理单位), by its id in the
    register or, where it has none there, by its name.  ``running_yuan``: what running it costs a
    year, ``running_source``: who pays.  ``mechanisms``: the documents of its long-term management,
    ``{"title", "number", "sha256"}``.  A later finding at the same thing replaces an earlier one,
    which is kept.  ``settled_on``: when what was wrong had been put right.
    """

    id: str
    look_back_id: str
    sequence: int
    sub_item_id: str | None
    working: str
    operator_unit_id: str | None
    operator_name: str | None
    running_yuan: int | None
    running_source: str | None
    mechanisms: list[dict[str, Any]]
    problem_ids: list[str]
    recommendations: list[str]
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    settled_on: dt.date | None = None

    @property
    def defective(self) -> bool:
        """Whether something must be put right."""
        return self.working != FULLY or bool(self.problem_ids)


@dataclass(eq=False)
class PlannedLookBack(Aggregate):
    """A look-back that is to be made; its conclusion is a LookBack of the same id.

    ``round``: which one of the rule, none for one that somebody planned by hand.  ``due_on``: by
    when; ``rule_id``, ``rule_digest``: the rule that planned it.
    """

    id: str
    project_id: str | None
    project_name: str
    project_year: int
    round: str | None
    due_on: dt.date | None
    rule_id: str | None
    rule_digest: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    concluded_on: dt.date | None = None
    dropped_on: dt.date | None = None
    dropped_reason: str | None = None
    visits: list[LookBackVisit] = field(default_factory=list)
    findings: list[LookBackFinding] = field(default_factory=list)
    version: int = 0

    @classmethod
    def plan(
        cls,
        *,
        project_name: str,
        project_year: int,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        project_id: str | None = None,
        round: str | None = None,
        due_on: dt.date | None = None,
        rule_id: str | None = None,
        rule_digest: str | None = None,
    ) -> PlannedLookBack:
        """Plan a look-back; raises Invalid for a day before the planning or a year to come."""
        not_of_a_later_year(project_year, happened_on)
        return cls(
            new_id(),
            project_id,
            project_name,
            project_year,
            round,
            due_on,
            rule_id,
            rule_digest,
            happened_on,
            recorded_at,
        )

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.concluded_on:
            return CONCLUDED
        if self.dropped_on:
            return DROPPED
        return UNDER_WAY if self.visits or self.findings else PLANNED

    def visit(
        self, *, happened_on: dt.date, recorded_at: dt.datetime, **seen: Any
    ) -> LookBackVisit:
        """Record a visit; raises Conflict once it is concluded or dropped."""
        self._still_open()
        not_before(happened_on, self.happened_on)
        visit = LookBackVisit(
            id=new_id(),
            look_back_id=self.id,
            sequence=len(self.visits) + 1,
            happened_on=happened_on,
            recorded_at=recorded_at,
            **seen,
        )
        self.visits.append(visit)
        return visit

    def find(
        self, *, happened_on: dt.date, recorded_at: dt.datetime, **found: Any
    ) -> LookBackFinding:
        """Record what was found; raises Conflict before the first visit and after the end."""
        self._still_open()
        if not self.visits:
            raise Conflict(
                "nobody-went",
                "a finding needs a visit before it",
                "尚未记录查看,不能登记查看结果",
            )
        not_before(happened_on, min(visit.happened_on for visit in self.visits))
        finding = LookBackFinding(
            id=new_id(),
            look_back_id=self.id,
            sequence=len(self.findings) + 1,
            happened_on=happened_on,
            recorded_at=recorded_at,
            **found,
        )
        self.findings.append(finding)
        return finding

    def conclude(
        self,
        *,
        finding: str,
        effective: bool,
        sub_item_ids: Iterable[str],
        happened_on: dt.date,
        recorded_at: dt.datetime,
        lead_unit_id: str | None = None,
        aspect: str | None = None,
    ) -> LookBack:
        """End it with its conclusion; raises Conflict while a sub-item has not been looked at."""
        self._still_open()
        standing = self.standing
        self._all_seen(standing, sub_item_ids)
        not_before(happened_on, max(one.happened_on for one in standing))
        look_back = LookBack.make(
            id=self.id,
            project_name=self.project_name,
            project_year=self.project_year,
            project_id=self.project_id,
            lead_unit_id=lead_unit_id,
            aspect=aspect,
            round=self.round,
            finding=finding,
            effective=effective,
            sub_items=[
                {"sub_item_id": one.sub_item_id, "working": one.working}
                for one in standing
                if one.sub_item_id
            ],
            recommendations=[text for one in standing for text in one.recommendations],
            happened_on=happened_on,
            recorded_at=recorded_at,
        )
        self.concluded_on = happened_on
        return look_back

    def drop(self, *, reason: str, happened_on: dt.date) -> None:
        """It will not be made, for a reason; raises Conflict once it is concluded or dropped."""
        self._still_open()
        self.dropped_on = not_before(happened_on, self.happened_on)
        self.dropped_reason = reason

    @property
    def standing(self) -> list[LookBackFinding]:
        """The findings that no later one replaces."""
        last = {one.sub_item_id: one for one in sorted(self.findings, key=lambda f: f.sequence)}
        return list(last.values())

    @property
    def unsettled(self) -> list[LookBackFinding]:
        """What must still be put right."""
        return [one for one in self.standing if one.defective and one.settled_on is None]

    def follow_up(self, finding_id: str, *, solved: bool, happened_on: dt.date) -> LookBackFinding:
        """What became of a finding; raises Conflict unless it is concluded and still unsettled."""
        if self.concluded_on is None:
            raise Conflict(
                "look-back-open", "this look-back is not concluded yet", "该回头看尚未形成结论"
            )
        finding = next((one for one in self.standing if one.id == finding_id), None)
        if finding is None:
            raise NotFound(
                "finding-unknown",
                "this look-back has no such standing finding",
                "该回头看没有此项查看结果",
                [{"pointer": "/finding_id", "detail": "is not a standing finding of it"}],
            )
        if finding not in self.unsettled:
            raise Conflict(
                "nothing-to-settle",
                "nothing was wrong there, or it is settled already",
                "该处没有待整改的事项,或者已经整改到位",
            )
        not_before(happened_on, self.concluded_on)
        if solved:
            finding.settled_on = happened_on
        return finding

    def _still_open(self) -> None:
        if self.state in (CONCLUDED, DROPPED):
            raise Conflict(
                f"look-back-{self.state}",
                f"this look-back is {self.state} already",
                "该回头看已经形成结论或者取消",
            )

    @staticmethod
    def _all_seen(standing: list[LookBackFinding], sub_item_ids: Iterable[str]) -> None:
        seen = {one.sub_item_id for one in standing}
        missing = [] if None in seen else [id_ for id_ in sub_item_ids if id_ not in seen]
        if missing or not standing:
            raise Conflict(
                "not-all-seen",
                "each sub-item needs a finding, or the project as a whole one",
                "每个子项均应有查看结果,或者对项目整体登记查看结果",
                [{"pointer": "/findings", "detail": f"nothing about {id_}"} for id_ in missing],
            )


@dataclass(eq=False)
class LookBackFollowUp(Aggregate):
    """What was done about a finding (整改情况); ``solved``: somebody confirmed that it is right.

    ``unit_id``: the unit that reports it; a confirmation is never its own.
    """

    id: str
    look_back_id: str
    finding_id: str
    unit_id: str | None
    text: str
    solved: bool
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0
