"""What an assessment found below the adopted line, put right by a unit (整改任务)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate
from services.commons.clock import not_before
from services.commons.errors import Conflict

from .confirmation import Confirmer
from .deadline import CONFIRM, Deadline

STATES = OPEN, REPORTED, CONFIRMED = ("open", "reported", "confirmed")
#: What can be done with one; each step is kept.
ASSIGNMENT, REPORT, RETURN, EXTENSION, CONFIRMATION = STEPS = (
    "assignment",
    "report",
    "return",
    "extension",
    "confirmation",
)


@dataclass(eq=False, kw_only=True)
class Rectification(Aggregate):
    """A rectification task (整改任务), born from a requirement of the survey and of its id.

    ``measure``, ``value``, ``line``, ``grade``: what was held against which line, exactly;
    ``then``: what follows by the assessment's method; ``times``: how many times it has fallen
    below.  ``project_id``: as the survey told it, or as the project is called here; None for the
    assessment as a whole.  ``unit_id``: the unit that must do it; None while the office has not
    said which.  ``round``: 1, and one more each time that its report is returned.  ``steps``:
    ``{"kind", "round", "unit_id", "by", "deputy_id", "text", "sha256", "happened_on"}`` in order,
    ``by`` the subject of whoever entered it.  ``happened_on``: the day of the decision on the
    score.  ``deadlines`` are read, never written, through here.
    """

    id: str
    questionnaire_id: str
    year: int
    project_id: str | None
    item_id: str | None
    item_kind: str
    item_name: str
    former_year: int | None
    measure: str
    value: str | None
    percent: str | None
    line: str | None
    inclusive: bool | None
    grade: str | None
    then: list[str]
    times: int
    method_id: str
    method_title: str
    unit_id: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = OPEN
    round: int = 1
    steps: list[dict[str, Any]] = field(default_factory=list)
    reported_on: dt.date | None = None
    confirmed_on: dt.date | None = None
    version: int = 0
    deadlines: list[Deadline] = field(default_factory=list)

    @property
    def due_on(self) -> dt.date | None:
        """By when the unit must report; None once it has, or where no rule says."""
        days = [one.due_on for one in self.deadlines if one.is_open() and one.code != CONFIRM]
        return min(days, default=None)

    def assign(self, unit_id: str, *, reason: str, by: str, happened_on: dt.date) -> None:
        """The office says which unit must do it; Conflict once one has reported."""
        self._must_be(OPEN)
        self._note(ASSIGNMENT, happened_on, by=by, unit_id=unit_id, text=reason)
        self.unit_id = unit_id

    def report(self, *, text: str, sha256: str | None, by: str, happened_on: dt.date) -> None:
        """The unit says what it has put right (整改报告); Conflict without a unit, or twice."""
        if self.unit_id is None:
            raise Conflict(
                "rectification-unassigned",
                "no unit has been told to do this yet; the office assigns it first",
                "该整改任务尚未明确责任单位,请先交办",
            )
        self._must_be(OPEN)
        more = {"unit_id": self.unit_id, "text": text, "sha256": sha256}
        self._note(REPORT, happened_on, by=by, **more)
        self.state, self.reported_on = REPORTED, happened_on
        self.record("rectification.reported.v1")

    def give_back(self, confirmer: Confirmer, *, reason: str, happened_on: dt.date) -> None:
        """It is not put right yet, for a reason (退回): the unit goes on, and reports again."""
        self._must_be(REPORTED)
        self._judge(RETURN, confirmer, reason, happened_on)
        self.state, self.round = OPEN, self.round + 1
        self.record("rectification.returned.v1")

    def confirm(self, confirmer: Confirmer, *, text: str, happened_on: dt.date) -> None:
        """Somebody else than the unit found that it is put right (确认整改到位)."""
        self._must_be(REPORTED)
        self._judge(CONFIRMATION, confirmer, text, happened_on)
        self.state, self.confirmed_on = CONFIRMED, happened_on
        self.record("rectification.confirmed.v1")

    def extend(self, *, reason: str, by: str, happened_on: dt.date) -> None:
        """Note that there is more time, and why (延期)."""
        self._must_be(OPEN)
        self._note(EXTENSION, happened_on, by=by, text=reason)

    def public_state(self) -> dict[str, Any]:
        """For events: never a text, nor who confirmed."""
        return {
            "id": self.id,
            "requirement_id": self.id,
            "questionnaire_id": self.questionnaire_id,
            "year": self.year,
            "project_id": self.project_id,
            "item_id": self.item_id,
            "item_kind": self.item_kind,
            "unit_id": self.unit_id,
            "state": self.state,
            "round": self.round,
            "decided_on": self.happened_on.isoformat(),
            "reported_on": _iso(self.reported_on),
            "confirmed_on": _iso(self.confirmed_on),
        }

    def _judge(self, kind: str, confirmer: Confirmer, text: str, day: dt.date) -> None:
        """Forbidden for the unit, and for whoever entered one of its reports."""
        entered = {one["by"] for one in self.steps if one["kind"] == REPORT}
        confirmer.checked({self.unit_id, *entered})
        deputy_id = confirmer.id if confirmer.kind == "deputy" else None
        self._note(kind, day, by=confirmer.by, deputy_id=deputy_id, text=text)

    def _note(self, kind: str, day: dt.date, **more: Any) -> None:
        last = self.steps[-1]["happened_on"] if self.steps else None
        not_before(day, dt.date.fromisoformat(last) if last else self.happened_on)
        step = {"unit_id": None, "deputy_id": None, "sha256": None} | more
        step |= {"kind": kind, "round": self.round, "happened_on": day.isoformat()}
        self.steps = [*self.steps, step]

    def _must_be(self, state: str) -> None:
        if self.state != state:
            raise Conflict(
                f"rectification-{self.state}",
                f"this rectification task is {self.state}, and would have to be {state}",
                f"该整改任务现为“{_CALLED[self.state]}”,此步须在“{_CALLED[state]}”时办理",
            )


_CALLED = {OPEN: "整改中", REPORTED: "已报告", CONFIRMED: "已确认"}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
