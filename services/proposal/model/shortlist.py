"""Shortlists: the candidates that go to the vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from services.commons import canonical
from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

from . import route as routes
from .candidate import PROPOSED, RETURNED, Candidate
from .route import PASSED, Route
from .rule import Rule


@dataclass(eq=False)
class Shortlist(Aggregate):
    """The candidates of a year, put before the standing committee and then the congress.

    The standing committee must have deliberated on it first (Zhejiang, 讨论决定重大事项的规定,
    art. 4); ``adopted_by`` names that body.  From its adoption on nothing of it changes:
    ``candidates`` holds each as it was then, ``digest`` the SHA-256 of their canonical form
    (``services.commons.canonical``).  ``seats``: how many are to be chosen (应选数).  ``rule``: the
    stages that it goes through; ``stages``: those that were recorded, oldest first.
    """

    id: str
    year: int
    candidate_ids: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
    candidates: list[dict[str, Any]] | None = None
    adopted_by: str | None = None
    adopted_on: dt.date | None = None
    seats: int | None = None
    digest: str | None = None
    rule: dict[str, Any] | None = None
    stages: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0

    @classmethod
    def draw_up(
        cls,
        candidates: Sequence[Candidate],
        *,
        year: int,
        day: dt.date,
        recorded_at: dt.datetime,
        seats: int | None = None,
    ) -> Shortlist:
        """A new shortlist; Invalid if one is of another year, has gone back or is decided."""
        _must_stand(candidates, year)
        ids = [one.id for one in candidates]
        shortlist = cls(new_id(), year, ids, day, recorded_at, seats=seats)
        shortlist.record("shortlist.drawn-up.v1", candidate_ids=ids, happened_on=day.isoformat())
        return shortlist

    def follow(self, rule: Rule) -> None:
        """Go through the stages of a rule; once it follows one, a later rule changes nothing."""
        if self.rule is None:
            self.rule = Route.rule(rule)

    def pass_stage(
        self,
        code: str,
        outcome: str,
        day: dt.date,
        *,
        candidates: Sequence[Candidate] | None = None,
        by: str,
        **said: Any,
    ) -> None:
        """Note that a stage was passed, or that it gave the list back to the one before (退回).

        ``candidates``: the list as it left this stage, if it changed; ``said``: ``body``,
        ``person``, ``document_number``, ``note``.  Raises Conflict out of turn, Invalid without
        the document's number or the reason that it needs.
        """
        stage = self.route.step(code)
        self._check_step(stage, outcome, said, day)
        if self.adopted_on is not None:
            self._check_after(outcome, candidates)
        elif not stage.get("adopts") and not self.route.before_adoption(code):
            raise Conflict("shortlist-not-adopted", "it is adopted first", "该清单应先经审议通过")
        if candidates is not None:
            _must_stand(candidates, self.year)
            self.candidate_ids = [one.id for one in candidates]
        self._note(stage, outcome, day, by=by, **said)

    def adopt(
        self,
        candidates: Sequence[Candidate],
        by: str,
        day: dt.date,
        *,
        document_number: str | None = None,
        recorded_by: str = "",
        other: str | None = None,
    ) -> None:
        """Freeze it as it stands; records ``shortlist.adopted.v1``.

        It is the stage that adopts, unless that has been noted by itself.  ``other``: the id of
        another shortlist of its year that was adopted.  Conflict with such a one, the second time,
        without a required stage, or with fewer candidates than seats.
        """
        if self.adopted_on is not None:
            raise _frozen()
        if other is not None:
            raise _not_alone(self.year, other)
        self._check_seats()
        _must_stand(candidates, self.year)
        not_before(day, self.last_day)
        self._take_adopting_stage(by, day, document_number, recorded_by)
        by_id = {one.id: one for one in candidates}
        self.candidates = [by_id[id_].frozen() for id_ in self.candidate_ids]
        self.digest = canonical.digest(self.candidates)
        for one in candidates:
            one.shortlist()
        self.adopted_by, self.adopted_on = by, day
        self.record("shortlist.adopted.v1")

    @property
    def route(self) -> Route:
        """The stages, and those that were passed."""
        return Route.of(self.rule, self.stages)

    @property
    def last_day(self) -> dt.date:
        """The day of the latest stage, before which nothing more can happen."""
        days = [dt.date.fromisoformat(one["happened_on"]) for one in self.stages]
        return max([self.happened_on, *days])

    @property
    def margin(self) -> dict[str, Any] | None:
        """How many more candidates than seats there are (差额); None while the seats are open."""
        if self.seats is None:
            return None
        more = len(self.candidate_ids) - self.seats
        return {
            "candidates": len(self.candidate_ids),
            "seats": self.seats,
            "more": more,
            "share": str(Fraction(more, self.seats)),
        }

    @property
    def missing(self) -> list[dict[str, Any]]:
        """What it still lacks: required stages, candidates for its seats, its adoption."""
        found = [
            {
                "code": "stage-missing",
                "stage": one["code"],
                "zh": f"尚未经过必经阶段“{one['name']}”({one['body']})",
                "en": f"the required stage {one['code']} has not been passed",
            }
            for one in self.route.missing()
        ]
        short = -self.margin["more"] if self.margin else 0
        if short > 0:
            zh, en = f"候选项目比应选数少 {short} 项", f"{short} candidates fewer than seats"
            found.append({"code": "candidates-missing", "stage": None, "zh": zh, "en": en})
        if self.adopted_on is None:
            zh, en = "尚未审议通过", "it has not been adopted"
            found.append({"code": "adoption-missing", "stage": None, "zh": zh, "en": en})
        return found

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "year": self.year,
            "adopted_on": self.adopted_on.isoformat() if self.adopted_on else None,
            "candidates": self.candidates or [],
            "seats": self.seats,
            "digest": self.digest,
        }

    def _check_step(
        self, stage: dict[str, Any], outcome: str, said: dict[str, Any], day: dt.date
    ) -> None:
        not_before(day, self.last_day)
        if outcome == PASSED and stage["needs_document"] and not said.get("document_number"):
            raise Invalid(
                "document-number-missing",
                f"the stage {stage['code']} needs the number of its document",
                f"“{stage['name']}”阶段须填写文号",
                [{"pointer": "/document_number", "detail": "is required at this stage"}],
            )
        if outcome == routes.RETURNED and not said.get("note"):
            raise Invalid(
                "reason-missing",
                "a return needs its reason as a note",
                "退回须在备注中说明理由",
                [{"pointer": "/note", "detail": "is required for a return"}],
            )

    def _check_after(self, outcome: str, candidates: Sequence[Candidate] | None) -> None:
        if outcome != PASSED or candidates is not None:
            raise _frozen()

    def _check_seats(self) -> None:
        number = len(self.candidate_ids)
        if self.seats is not None and number < self.seats:
            raise Conflict(
                "candidates-missing",
                f"{number} candidates cannot fill {self.seats} seats",
                f"候选项目 {number} 项,少于应选数 {self.seats} 项",
            )

    def _take_adopting_stage(
        self, body: str, day: dt.date, document_number: str | None, by: str
    ) -> None:
        route = self.route
        stage = route.adopting
        if stage is None:
            missing = route.missing()
            if missing:
                raise routes.lacking(missing)
        elif stage["code"] not in route.passed:
            stage = route.step(stage["code"])
            said = {"body": body, "person": None, "document_number": document_number, "note": None}
            self._check_step(stage, PASSED, said, day)
            self._note(stage, PASSED, day, by=by, **said)

    def _note(self, stage: dict[str, Any], outcome: str, day: dt.date, **said: Any) -> None:
        one = {
            "id": new_id(),
            "stage": stage["code"],
            "name": stage["name"],
            "outcome": outcome,
            "happened_on": day.isoformat(),
            "candidate_ids": self.candidate_ids,
            **said,
        }
        self.stages = [*self.stages, one]
        told = ("stage", "outcome", "happened_on", "document_number", "candidate_ids")
        detail = {name: one[name] for name in told}
        what = "passed" if outcome == PASSED else "returned"
        self.record(f"shortlist.stage-{what}.v1", **detail)


def _must_stand(candidates: Sequence[Candidate], year: int) -> None:
    if any(one.year != year for one in candidates):
        raise Invalid(
            "candidate-of-another-year",
            f"every candidate of this shortlist must be one for {year}",
            f"候选项目必须都属于 {year} 年",
            [{"pointer": "/candidate_ids", "detail": "holds one of another year"}],
        )
    if any(one.state == RETURNED for one in candidates):
        raise Invalid(
            "candidate-returned",
            "a candidate of this shortlist has gone back to the reserve pool",
            "清单中有候选项目已退回储备库",
            [{"pointer": "/candidate_ids", "detail": "holds one that went back to the pool"}],
        )
    if any(one.state != PROPOSED for one in candidates):
        raise decided()


def decided() -> Invalid:
    """The error for a candidate that an adopted shortlist has already."""
    return Invalid(
        "candidate-decided",
        "a candidate of this shortlist stands on an adopted one already, or came to the vote",
        "清单中有候选项目已列入通过的清单或已经票决",
        [{"pointer": "/candidate_ids", "detail": "holds one that stands on an adopted shortlist"}],
    )


def _not_alone(year: int, other: str) -> Conflict:
    return Conflict(
        "year-adopted",
        f"another shortlist for {year} has been adopted already: {other}",
        f"{year} 年的候选项目清单已通过:{other}",
    )


def _frozen() -> Conflict:
    return Conflict(
        "shortlist-adopted", "this shortlist has been adopted already", "该候选项目清单已通过"
    )
