"""The questionnaire (测评): all deputies judge every project and sub-item of a year, once.

Opened from what supervision adopted, answered until its last day, closed by a person, then
published.  Until the closing nobody can read a count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Invalid

from .basis import basis_of
from .form import Item, items_of, marks_on
from .heard import HeardDeputy, HeardLookBack, HeardProject
from .method import AssessmentMethod
from .score import ItemScore, score_item, with_basis
from .tally import Tally


@dataclass(eq=False, kw_only=True)
class Questionnaire(Aggregate):
    """One assessment of one year's projects by all deputies of a congress (全体代表).

    ``items``: the form's lines as data; ``look_backs``: what was found at projects of earlier
    years, a ground for judging (测评依据); ``basis``: what they do to the score by the method, None
    where it says nothing of them; ``eligible``: how many may answer.  All are frozen at the
    opening.
    ``opens_on`` to ``closes_on``: the days, both included, on which answers are taken.  Nothing
    here changes when an answer comes in: that is the tally's matter.
    """

    id: str
    year: int
    title: str
    congress: str
    audience: str
    method: AssessmentMethod
    opens_on: dt.date
    closes_on: dt.date
    items: list[dict[str, Any]]
    look_backs: list[dict[str, Any]]
    eligible: int
    opened_on: dt.date
    recorded_at: dt.datetime
    closed_on: dt.date | None = None
    published_on: dt.date | None = None
    basis: list[dict[str, Any]] | None = None
    version: int = 0

    @classmethod
    def open(
        cls,
        *,
        year: int,
        title: str,
        congress: str,
        audience: str,
        method: AssessmentMethod,
        opens_on: dt.date,
        closes_on: dt.date,
        projects: Iterable[HeardProject],
        look_backs: Iterable[HeardLookBack],
        deputies: Iterable[HeardDeputy],
        opened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> tuple[Questionnaire, Tally]:
        """The questionnaire and its blank tally; raises Invalid or Conflict if it cannot be."""
        _check_days(method, opens_on, closes_on, opened_on)
        known = {project.id: project for project in projects}
        bearing = [one for one in look_backs if one.bears_on(year, opened_on)]
        items = items_of(project for project in known.values() if project.year == year)
        roll = [deputy.id for deputy in deputies if deputy.belongs_to(congress, opened_on)]
        _check_grounds(items, roll, year, congress)
        rule = method.formula.look_back
        basis = basis_of(rule, year, projects=known, items=items, look_backs=bearing)
        items += basis.items
        questionnaire = cls(
            id=new_id(),
            year=year,
            title=title,
            congress=congress,
            audience=audience,
            method=method,
            opens_on=opens_on,
            closes_on=closes_on,
            items=[item.to_data() for item in items],
            look_backs=[one.finding() for one in bearing],
            basis=basis.entries if rule else None,
            eligible=len(roll),
            opened_on=opened_on,
            recorded_at=recorded_at,
        )
        questionnaire.record("questionnaire.opened.v1", items=questionnaire.items)
        tally = Tally.blank(
            questionnaire.id,
            roll=roll,
            items=[item.item_id for item in items],
            codes=method.formula.codes,
        )
        return questionnaire, tally

    @property
    def state(self) -> str:
        """``open``, ``closed`` or ``published``."""
        if self.published_on is not None:
            return "published"
        return "open" if self.closed_on is None else "closed"

    def answer(
        self, tally: Tally, deputy_id: str, answers: list[dict[str, Any]], on: dt.date
    ) -> None:
        """Count a deputy's filled-in form, ``[{"item_id", "grade"}]``; raises what its parts raise.

        ``on`` decides whether it is in time (Conflict) and is kept nowhere.
        """
        if self.closed_on is not None or not self.opens_on <= on <= self.closes_on:
            raise Conflict(
                "questionnaire-not-open",
                f"answers are taken from {self.opens_on} to {self.closes_on}, until the closing",
                f"测评时间为 {self.opens_on} 至 {self.closes_on},结束后不再受理",
            )
        items = [item["item_id"] for item in self.items]
        marks = marks_on(answers, items=items, codes=self.method.formula.codes)
        tally.take(deputy_id, marks)

    def close(self, tally: Tally, on: dt.date) -> None:
        """End the answering: after its last day, on it, or as soon as everybody has answered."""
        if self.closed_on is not None:
            raise Conflict("questionnaire-closed", "the questionnaire is closed", "测评已经结束")
        if on < self.opens_on or (on < self.closes_on and tally.returned < tally.eligible):
            raise Conflict(
                "questionnaire-running",
                f"the questionnaire runs to {self.closes_on} and not everybody has answered",
                f"测评截止日为 {self.closes_on},且尚有代表未参加",
            )
        self.closed_on = on

    def publish(self, tally: Tally, on: dt.date) -> None:
        """Publish the score to everyone who listens; raises Conflict or Invalid."""
        if self.published_on is not None:
            raise Conflict("score-published", "the score is published", "测评结果已经公布")
        scores = self.score(tally)
        if self.closed_on is not None and on < self.closed_on:
            raise Invalid(
                "published-before-closing",
                "the score cannot be published before the day of the closing",
                "公布日期不能早于测评结束日期",
                errors=[{"pointer": "/happened_on", "detail": f"早于 {self.closed_on}"}],
            )
        self.published_on = on
        basis: dict[str, Any] = {} if self.basis is None else {"basis": self.basis}
        self.record(
            "score.published.v1",
            returned=tally.returned,
            items=[item.to_data() | _as_data(score) for item, score in scores],
            **basis,
        )

    def score(self, tally: Tally) -> list[tuple[Item, ItemScore]]:
        """What came out, item by item; raises Conflict while answers are still taken."""
        if self.closed_on is None:
            raise Conflict(
                "questionnaire-running",
                "no count can be read before the questionnaire is closed",
                "测评结束前不得查看计票情况",
            )
        formula = self.method.formula
        return [
            (
                Item(**item),
                with_basis(
                    formula,
                    score_item(
                        formula,
                        tally.counts[item["item_id"]],
                        eligible=tally.eligible,
                        returned=tally.returned,
                    ),
                    item["item_id"],
                    self.basis or [],
                ),
            )
            for item in self.items
        ]

    def public_state(self) -> dict[str, Any]:
        """Everything but the lines of the form, which the events add in their own way."""
        return {
            "id": self.id,
            "year": self.year,
            "title": self.title,
            "congress": self.congress,
            "audience": self.audience,
            "method": self.method.public_state(),
            "opens_on": self.opens_on.isoformat(),
            "closes_on": self.closes_on.isoformat(),
            "eligible": self.eligible,
            "state": self.state,
            "opened_on": self.opened_on.isoformat(),
            "closed_on": self.closed_on and self.closed_on.isoformat(),
            "published_on": self.published_on and self.published_on.isoformat(),
        }


def _check_days(
    method: AssessmentMethod, opens_on: dt.date, closes_on: dt.date, opened_on: dt.date
) -> None:
    if not method.in_force_on(opened_on):
        raise Conflict(
            "method-not-adopted",
            "the method must have been adopted by the day the questionnaire is set up",
            "测评办法应在测评发起之前通过",
        )
    if not opened_on <= opens_on <= closes_on:
        raise Invalid(
            "days-out-of-order",
            "needs happened_on ≤ opens_on ≤ closes_on",
            "日期应满足:发起日 ≤ 开始日 ≤ 截止日",
            errors=[{"pointer": "/opens_on", "detail": "发起日 ≤ 开始日 ≤ 截止日"}],
        )


def _check_grounds(items: list[Item], roll: list[str], year: int, congress: str) -> None:
    # Their events may still be on the way, so the same request can succeed a moment later.
    if not items:
        raise Conflict(
            "nothing-to-assess",
            f"no adopted project of {year} has arrived here (yet)",
            f"尚未收到 {year} 年度的民生实事项目",
        )
    if not roll:
        raise Conflict(
            "nobody-to-ask",
            f"no deputy of congress {congress} enrolled by that day has arrived here (yet)",
            f"尚未收到该日 {congress} 人大的在册代表",
        )


def _as_data(score: ItemScore) -> dict[str, Any]:
    changed = {
        "counted_grade": score.counted_grade,
        "adjusted": {name: str(rate) for name, rate in score.adjusted.items()},
        "look_backs": score.look_backs,
    }
    return (changed if score.look_backs else {}) | {
        "counts": score.counts,
        "denominator": score.denominator,
        "top1": score.top1 and str(score.top1),
        "top2": score.top2 and str(score.top2),
        "grade": score.grade,
    }
