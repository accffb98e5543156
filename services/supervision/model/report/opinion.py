"""What a meeting says about a report, and what the units answer, until the meeting is satisfied."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid
from services.commons.rules import Threshold

STATES = ISSUED, ANSWERED, CLOSED = ("issued", "answered", "closed")
#: Of what the approvals are a share: all members (全体组成人员), or those present.
BASES = ("members", "present")


@dataclass(frozen=True)
class Vote:
    """A vote on the answers (对研究处理情况报告的表决): heads, and by which rule it was judged."""

    members: int
    present: int
    approve: int
    oppose: int
    abstain: int

    def __post_init__(self) -> None:
        if self.present > self.members or self.approve + self.oppose + self.abstain > self.present:
            raise Invalid(
                "vote-impossible",
                "more votes than are present, or more present than there are members",
                "票数不能多于出席人数,出席人数不能多于组成人员总数",
                [{"pointer": "/present", "detail": "does not fit the other numbers"}],
            )

    def passes(self, rule: dict[str, Any]) -> bool:
        """Whether it is satisfied with the answers, by the content of ``answer-votes``."""
        threshold = Threshold.from_data(rule["threshold"])
        return threshold.met_by(self.approve, getattr(self, rule["of"]))


@dataclass(eq=False)
class ReportOpinion(Aggregate):
    """A deliberation opinion (审议意见) on a report, answered by each unit that it goes to.

    ``round``: 1, and one more each time that the meeting is not satisfied; ``answers``:
    ``{"round", "unit_id", "text", "happened_on"}``; ``votes``: the numbers of each round, with what
    came of it and the rule that says so.
    """

    id: str
    edition_id: str
    year: int
    number: int
    text: str
    unit_ids: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = ISSUED
    round: int = 1
    answers: list[dict[str, Any]] = field(default_factory=list)
    votes: list[dict[str, Any]] = field(default_factory=list)
    closed_on: dt.date | None = None
    closing_reason: str | None = None
    version: int = 0

    @classmethod
    def issue(cls, *, recorded_at: dt.datetime, **fields: Any) -> ReportOpinion:
        """Record an opinion that the meeting gave."""
        opinion = cls(id=new_id(), recorded_at=recorded_at, **fields)
        opinion.record("report-opinion.issued.v1")
        return opinion

    def waits_for(self) -> list[str]:
        """The units whose answer of this round is missing; none once it is answered or closed."""
        answered = {one["unit_id"] for one in self.answers if one["round"] == self.round}
        return [unit for unit in self.unit_ids if unit not in answered]

    def answer(self, *, unit_id: str, text: str, happened_on: dt.date) -> None:
        """A unit answers what became of it; Conflict if nobody waits for its answer."""
        if unit_id not in self.unit_ids:
            raise Invalid(
                "not-asked",
                "this opinion does not go to that unit",
                "该审议意见未交该单位研究处理",
                [{"pointer": "/unit_id", "detail": "is not among unit_ids"}],
            )
        if unit_id not in self.waits_for():
            raise Conflict(
                "answer-not-awaited",
                "no answer of this unit is awaited now",
                "该审议意见现在不需要该单位答复",
            )
        self._not_before_last(happened_on)
        said = {"unit_id": unit_id, "text": text, "happened_on": happened_on.isoformat()}
        self.answers = [*self.answers, {"round": self.round, **said}]
        if not self.waits_for():
            self.state = ANSWERED
        self.record("report-opinion.answered.v1", unit_id=unit_id)

    def vote(
        self, vote: Vote, *, rule: dict[str, Any], rule_id: str, digest: str, on: dt.date
    ) -> bool:
        """The meeting votes on the answers: satisfied and closed, or all answer again."""
        if self.state != ANSWERED:
            raise Conflict(
                "answers-missing",
                "the meeting votes when all units have answered, and once",
                "各单位均已答复后方可表决,且只表决一次",
            )
        self._not_before_last(on)
        satisfied = vote.passes(rule)
        told = {name: getattr(vote, name) for name in vote.__dataclass_fields__}
        self.votes = [
            *self.votes,
            {"round": self.round, **told, "satisfied": satisfied, "happened_on": on.isoformat()}
            | {"rule_id": rule_id or None, "rule_digest": digest},
        ]
        if satisfied:
            self._close(on, None)
        else:
            self.round, self.state = self.round + 1, ISSUED
            self.record("report-opinion.returned.v1")
        return satisfied

    def close(self, reason: str, happened_on: dt.date) -> None:
        """Close it without a vote, all answers being there, with a reason."""
        if self.state != ANSWERED:
            raise Conflict(
                "answers-missing",
                "an opinion is closed when all units have answered, and once",
                "各单位均已答复后方可办结,且只办结一次",
            )
        self._not_before_last(happened_on)
        self._close(happened_on, reason)

    def _close(self, on: dt.date, reason: str | None) -> None:
        self.state, self.closed_on, self.closing_reason = CLOSED, on, reason
        self.record("report-opinion.closed.v1")

    def _not_before_last(self, day: dt.date) -> None:
        days = [one["happened_on"] for one in (*self.answers, *self.votes)]
        not_before(day, max([self.happened_on, *map(dt.date.fromisoformat, days)]))

    def public_state(self) -> dict[str, Any]:
        """For events: never a text."""
        return {
            "id": self.id,
            "edition_id": self.edition_id,
            "year": self.year,
            "number": self.number,
            "unit_ids": list(self.unit_ids),
            "state": self.state,
            "round": self.round,
            "happened_on": self.happened_on.isoformat(),
            "closed_on": self.closed_on.isoformat() if self.closed_on else None,
        }
