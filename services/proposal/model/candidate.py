"""Candidate projects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid, NotFound

from . import deliberation, sub_item
from . import plan as planning
from . import screening as scoring
from .candidate_version import CandidateVersion
from .rule import Rule

#: Put forward; on an adopted shortlist (列入清单); chosen or not by the congress; given back to the
#: pool without having come to the vote.
PROPOSED, SHORTLISTED, CHOSEN, NOT_CHOSEN, RETURNED = STATES = (
    "proposed",
    "shortlisted",
    "chosen",
    "not-chosen",
    "returned",
)
#: What an event says of a place: where it is exactly is no one's business there.
_PLACE = ("division", "name")


@dataclass(eq=False)
class Candidate(Aggregate):
    """A project that the government puts forward for the vote (候选项目).

    ``sub_items`` (子项): ``{id, name, target, unit_of_measure, due_on?}``; a target of None means
    as many as ask (愿接尽接).  ``total_yuan``, ``year_yuan``: whole yuan; ``sources`` ``{source,
    yuan}`` and ``years`` ``{year, yuan}`` divide the total.  ``places`` (布局布点): ``{division,
    name, longitude?, latitude?, datum?}``.  ``urgency`` (轻重缓急): a code of the rule in force.
    ``stages``: goals of several years, ``{name, goal, due_on}``.  ``supporting``: 配套设施、政策、
    服务; ``operation``: who runs it in the long term, and on what funds.  ``opinions``,
    ``screenings``: what its deliberation brought.
    """

    id: str
    year: int
    name: str
    description: str
    aspect: str
    lead_unit_id: str
    total_yuan: int
    year_yuan: int
    funding_source: str
    due_on: dt.date
    sub_items: list[dict[str, Any]]
    suggested_project_ids: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
    opinions: list[dict[str, Any]] = field(default_factory=list)
    goal: str | None = None
    co_unit_ids: list[str] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    years: list[dict[str, Any]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    urgency: str | None = None
    stages: list[dict[str, Any]] = field(default_factory=list)
    supporting: str | None = None
    operation: str | None = None
    pool_entry_id: str | None = None
    state: str = PROPOSED
    revision: int = 1
    revised_on: dt.date | None = None
    screenings: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0

    @classmethod
    def propose(
        cls,
        *,
        year: int,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        pool_entry_id: str | None = None,
        **body: Any,
    ) -> Candidate:
        """A new candidate; its sub-items get ids of their own.  Invalid if it does not add up."""
        fields = planning.from_body(body)
        candidate = cls(
            id=new_id(),
            year=year,
            happened_on=happened_on,
            recorded_at=recorded_at,
            pool_entry_id=pool_entry_id,
            **fields | {"sub_items": sub_item.named(fields["sub_items"])},
        )
        planning.check(candidate.plan, year, happened_on)
        candidate.record("candidate.proposed.v1")
        return candidate

    def revise(
        self, body: dict[str, Any], *, reason: str, by: str, day: dt.date, recorded_at: dt.datetime
    ) -> CandidateVersion:
        """Change what ``body`` names; gives the version that was there before, to be kept.

        Raises Conflict once it stands on an adopted shortlist, Invalid if nothing changes or the
        whole no longer adds up.
        """
        self._must_be_open()
        not_before(day, self.revised_on or self.happened_on)
        former, fields = self.plan, planning.from_body(body)
        if "sub_items" in fields:
            fields["sub_items"] = sub_item.renamed(self.sub_items, fields["sub_items"])
        for name, value in fields.items():
            setattr(self, name, value)
        planning.check(self.plan, self.year, self.happened_on)
        changed = [name for name, value in self.plan.items() if value != former[name]]
        if not changed:
            raise Invalid("nothing-changed", "this changes nothing", "修订内容与现有内容相同")
        kept = CandidateVersion.keep(
            self.id, self.revision, former, reason=reason, by=by, day=day, recorded_at=recorded_at
        )
        self.revision, self.revised_on = self.revision + 1, day
        self.record("candidate.revised.v1", changed=changed, happened_on=day.isoformat())
        return kept

    def give_opinion(
        self,
        criterion: str,
        text: str,
        deputy_id: str | None,
        day: dt.date,
        *,
        delegation: str | None = None,
        phase: str = deliberation.PRE_SESSION,
    ) -> None:
        """Note what a deputy or a delegation thinks of one criterion (审议意见)."""
        one = deliberation.opinion(
            criterion, text, deputy_id, day, delegation=delegation, phase=phase
        )
        self.opinions = [*self.opinions, one]
        self.record("candidate.deliberated.v1", opinion=deliberation.told(one))

    def answer_opinion(self, opinion_id: str, answer: dict[str, Any]) -> None:
        """Note a unit's answer to an opinion; once each.  NotFound, Conflict or Invalid."""
        one = next((one for one in self.opinions if one["id"] == opinion_id), None)
        if one is None:
            raise NotFound("not-found", "there is no such opinion", "未找到该审议意见")
        done = deliberation.answered(one, answer)
        self.opinions = [done if each is one else each for each in self.opinions]
        self.record(
            "candidate.opinion-answered.v1",
            opinion=deliberation.told(one),
            answer={name: answer[name] for name in ("adopted", "happened_on")},
        )

    def screen(self, rule: Rule, scores: dict[str, int], body: str, day: dt.date) -> None:
        """Note a body's scores by the principles in force; Invalid if they do not fit them."""
        one = scoring.screening(rule, scores, body, day)
        self.screenings = [*self.screenings, one]
        self.record(
            "candidate.screened.v1",
            screening={name: one[name] for name in ("id", "body", "rule", "happened_on")},
            standing=self.screening,
        )

    def shortlist(self) -> None:
        """It stands on an adopted shortlist, and is frozen; Conflict if it was or has gone back."""
        self._must_be_open()
        self.state = SHORTLISTED

    def settle(self, chosen: bool) -> bool:
        """The congress chose it or not; whether this is news."""
        if self.state in (CHOSEN, NOT_CHOSEN):
            return False
        self.state = CHOSEN if chosen else NOT_CHOSEN
        return True

    def give_back(self) -> None:
        """It goes back to the pool without having come to the vote; Conflict once it is frozen."""
        self._must_be_open()
        self.state = RETURNED

    @property
    def plan(self) -> dict[str, Any]:
        """What a revision may change, as versions keep it and compare it."""
        return {name: planning.as_json(getattr(self, name)) for name in planning.FIELDS}

    @property
    def budget(self) -> dict[str, Any]:
        """The budget as it was given."""
        names = (*planning.BUDGET, "sources", "years")
        return {name: getattr(self, name) for name in names}

    @property
    def screening(self) -> dict[str, Any] | None:
        """How it stands by the principles; None before the first screening."""
        return scoring.standing(self.screenings)

    def frozen(self) -> dict[str, Any]:
        """As one line of the shortlist: what the deputies decide on, without exact places."""
        said = {name: one for name, one in self.plan.items() if name != "total_yuan"}
        places = [{name: place[name] for name in _PLACE} for place in self.places]
        line = {"id": self.id, "year": self.year, **said}
        return line | {"budget_yuan": self.total_yuan, "places": places}

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return self.frozen() | {"state": self.state, "revision": self.revision}

    def _must_be_open(self) -> None:
        if self.state != PROPOSED:
            raise Conflict(
                "candidate-frozen",
                f"the candidate is {self.state}; it cannot be changed any more",
                "该候选项目已列入通过的清单或已退出,不能再修订",
            )
