"""The questionnaire (测评问卷): what is asked about a year's projects, by which method, and when.

Drafted, opened with what supervision adopted, answered by its audiences, closed by a person, then
published.  Until the closing nobody can read a count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Invalid

from .audience import Audience
from .basis import basis_of
from .form import Form, Item, Kind, default_questions, items_of
from .heard import HeardLookBack, HeardProject
from .method import AssessmentMethod
from .scoring import check_fit
from .template import QuestionnaireTemplate


@dataclass(eq=False, kw_only=True)
class Questionnaire(Aggregate):
    """One assessment of one year's projects.

    ``questions``: the form as data, None (of the release before): a grade for every line;
    ``form_version``: counts its revisions, from 1.  ``item_kinds``, ``item_ids``: which lines are
    asked about, None: all.  ``follows``: the questionnaire to which this one is the second.
    ``template_id``: the edition of a template that the questions were taken from.

    Frozen at the opening: ``items``, the lines as data; ``look_backs``, what was found at projects
    of earlier years, a ground for judging (测评依据); ``basis``, what they do to the score by the
    method, None where it says nothing of them.  ``audience``, ``eligible``: of the leading group,
    the one of the audience that was added first; ``opens_on`` to ``closes_on``: of all audiences.
    """

    id: str
    year: int
    title: str
    congress: str
    method: AssessmentMethod
    questions: list[dict[str, Any]] | None
    recorded_at: dt.datetime
    drafted_on: dt.date | None = None
    form_version: int = 1
    item_kinds: list[str] | None = None
    item_ids: list[str] | None = None
    follows: str | None = None
    template_id: str | None = None
    audience: str | None = None
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    items: list[dict[str, Any]]
    look_backs: list[dict[str, Any]]
    eligible: int | None = None
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    published_on: dt.date | None = None
    basis: list[dict[str, Any]] | None = None
    version: int = 0

    @classmethod
    def draft(
        cls,
        *,
        follows: Questionnaire | None = None,
        questions: list[dict[str, Any]] | None = None,
        template: QuestionnaireTemplate | None = None,
        method: AssessmentMethod,
        **given: Any,
    ) -> Questionnaire:
        """One that nobody is asked yet; raises Invalid or Conflict."""
        if follows is not None:
            follows.check_followed(given["year"], given["congress"], given["item_ids"])
        if template is not None:
            template.check_grades(method.formula.codes)
            questions = template.questions
        questionnaire = cls(
            id=new_id(),
            questions=questions or default_questions(),
            method=method,
            follows=None if follows is None else follows.id,
            template_id=None if template is None else template.id,
            items=[],
            look_backs=[],
            **given,
        )
        _ = questionnaire.form
        return questionnaire

    @property
    def state(self) -> str:
        """``draft``, ``open``, ``closed`` or ``published``."""
        if self.published_on is not None:
            return "published"
        if self.closed_on is not None:
            return "closed"
        return "draft" if self.opened_on is None else "open"

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The questions as data."""
        return self.questions or default_questions()

    @property
    def grade_questions(self) -> list[str]:
        """The codes of the questions that are answered by a grade; they are the dimensions."""
        return [one.code for one in self.form.questions if one.kind is Kind.GRADE]

    @property
    def form(self) -> Form:
        """What is asked; without lines before the opening."""
        items = [Item(**item) for item in self.items]
        options = self.method.formula.options
        return Form.from_data(self.asked, items, options, self.form_version)

    def form_for(self, audience: Audience) -> Form:
        """What one audience is asked."""
        form = self.form
        return form if audience.item_ids is None else form.only(audience.item_ids)

    def check_followed(self, year: int, congress: str, item_ids: Sequence[str] | None) -> None:
        """Whether a second questionnaire may follow, about these lines; Conflict or Invalid."""
        if self.closed_on is None:
            raise Conflict(
                "questionnaire-running",
                "a second questionnaire follows one that is closed",
                "首次测评结束后方可再次测评",
            )
        if (year, congress) != (self.year, self.congress):
            at = "/year" if year != self.year else "/congress"
            raise Invalid(
                "follows-another",
                "a second questionnaire is about the same year and congress as the first",
                "再次测评的年度和人大应与首次测评一致",
                errors=[{"pointer": at, "detail": "须与首次测评一致"}],
            )
        known = {item["item_id"] for item in self.items}
        if not item_ids:
            raise _bad_items(["/item_ids"])
        if unknown := [n for n, id_ in enumerate(item_ids) if id_ not in known]:
            raise _bad_items([f"/item_ids/{n}" for n in unknown])

    def lines(
        self, projects: Iterable[HeardProject], followed: Questionnaire | None = None
    ) -> list[Item]:
        """The lines that it asks about: of this year's projects, or of the questionnaire before."""
        if followed is None:
            known = items_of(project for project in projects if project.year == self.year)
        else:
            known = [Item(**item) for item in followed.items]
        return [
            item
            for item in known
            if (self.item_kinds is None or item.kind in self.item_kinds)
            and (self.item_ids is None or item.item_id in self.item_ids)
        ]

    def check_items(self, item_ids: Sequence[str], lines: Iterable[Item]) -> None:
        """Invalid unless these are lines of it; ``lines``: those that it would have now."""
        known = {item["item_id"] for item in self.items}
        if self.opened_on is None:
            known = {item.item_id for item in lines}
        unknown = [n for n, id_ in enumerate(item_ids) if id_ not in known]
        if unknown or not item_ids:
            raise _bad_items([f"/item_ids/{n}" for n in unknown] or ["/item_ids"])

    def revise(self, *, answered: bool, **changes: Any) -> None:
        """Change what is asked; Conflict once anybody has answered, or after the closing.

        Once it is open, only title and questions can change.
        """
        if self.closed_on is not None or answered:
            raise Conflict(
                "form-locked",
                "somebody has answered this form, or it is closed; it cannot change any more",
                "已有人作答或测评已结束,问卷不得再改",
            )
        frozen = {"year", "congress", "method", "item_kinds", "item_ids"} & changes.keys()
        if self.opened_on is not None and frozen:
            names = {"method": "method_id"}
            at = [f"/{names.get(name, name)}" for name in sorted(frozen)]
            raise Invalid(
                "opened-already",
                "of an open questionnaire only title and questions can change",
                "已启动的测评只能修改标题和题目",
                errors=[{"pointer": one, "detail": "cannot change any more"} for one in at],
            )
        for name, value in changes.items():
            setattr(self, name, value)
        self.form_version += 1
        _ = self.form

    def open(
        self,
        audiences: Sequence[Audience],
        *,
        projects: Iterable[HeardProject],
        look_backs: Iterable[HeardLookBack],
        on: dt.date,
        followed: Questionnaire | None = None,
    ) -> None:
        """Freeze what is asked; raises Invalid or Conflict if it cannot be.

        The audiences are opened one by one afterwards; then :meth:`tell_opened`.
        """
        if self.opened_on is not None:
            raise Conflict("questionnaire-open", "it is open already", "该测评已经启动")
        _check_method(self.method, on)
        check_fit(self.method.formula, self.grade_questions)
        known = {project.id: project for project in projects}
        bearing = [one for one in look_backs if one.bears_on(self.year, on)]
        items = self.lines(known.values(), followed)
        _check_grounds(items, audiences, self.year)
        formula = self.method.formula
        rule, source = formula.look_back, formula.look_back_source
        touched = [item for item in items if item.project_id in known]
        basis = basis_of(
            rule, self.year, projects=known, items=touched, look_backs=bearing, source=source
        )
        # What is assessed again for a look-back was so in the first questionnaire.
        again = [] if followed else basis.items
        self.items = [item.to_data() for item in (*items, *again)]
        self.look_backs = [one.finding() for one in bearing]
        self.basis = basis.entries if rule or source else None
        self.opened_on = on

    def span(self, audiences: Sequence[Audience]) -> None:
        """Take over from all open audiences the days, and from the leading group its base."""
        asked = [audience for audience in audiences if audience.opened_on is not None]
        leading = [one for one in asked if one.group == asked[0].group]
        self.audience = asked[0].group
        self.opens_on = min(one.opens_on for one in asked)
        self.closes_on = max(one.closes_on for one in asked)
        bases = [one.eligible for one in leading]
        self.eligible = None if None in bases else sum(base or 0 for base in bases)

    def tell_opened(self, audiences: Sequence[Audience]) -> None:
        """Record that it was opened, to whom."""
        self.span(audiences)
        self.record(
            "questionnaire.opened.v1",
            items=self.items,
            form_version=self.form_version,
            follows=self.follows,
            audiences=[audience.told() for audience in audiences],
        )

    def check_running(self) -> None:
        """Conflict unless audiences can be opened."""
        if self.state != "open":
            raise Conflict("questionnaire-not-open", "it is not open", "该测评未启动或已经结束")

    def check_takes_audiences(self) -> None:
        """Conflict once it is closed."""
        if self.closed_on is not None:
            raise Conflict("questionnaire-closed", "the questionnaire is closed", "测评已经结束")

    def close(self, on: dt.date) -> None:
        """End it, when all its audiences are closed."""
        self.check_takes_audiences()
        self.check_running()
        self.closed_on = on

    def check_closed(self) -> None:
        """Conflict while answers are still taken, so that no count can be read."""
        if self.closed_on is None:
            raise Conflict(
                "questionnaire-running",
                "no count can be read before the questionnaire is closed",
                "测评结束前不得查看计票情况",
            )

    def publish(self, on: dt.date, result: dict[str, Any]) -> None:
        """Publish the score, ``result``, to everyone who listens; raises Conflict or Invalid."""
        if self.published_on is not None:
            raise Conflict("score-published", "the score is published", "测评结果已经公布")
        self.check_closed()
        if self.closed_on is not None and on < self.closed_on:
            raise Invalid(
                "published-before-closing",
                "the score cannot be published before the day of the closing",
                "公布日期不能早于测评结束日期",
                errors=[{"pointer": "/happened_on", "detail": f"早于 {self.closed_on}"}],
            )
        self.published_on = on
        self.record("score.published.v1", **result)

    def public_state(self) -> dict[str, Any]:
        """Everything but the lines of the form, which the events add in their own way."""
        return {
            "id": self.id,
            "year": self.year,
            "title": self.title,
            "congress": self.congress,
            "audience": self.audience,
            "method": self.method.public_state(),
            "opens_on": self.opens_on and self.opens_on.isoformat(),
            "closes_on": self.closes_on and self.closes_on.isoformat(),
            "eligible": self.eligible,
            "state": self.state,
            "opened_on": self.opened_on and self.opened_on.isoformat(),
            "closed_on": self.closed_on and self.closed_on.isoformat(),
            "published_on": self.published_on and self.published_on.isoformat(),
        }


def _check_method(method: AssessmentMethod, opened_on: dt.date) -> None:
    if not method.in_force_on(opened_on):
        raise Conflict(
            "method-not-adopted",
            "the method must have been adopted by the day the questionnaire is set up",
            "测评办法应在测评发起之前通过",
        )


def _check_grounds(items: list[Item], audiences: Sequence[Audience], year: int) -> None:
    # Their events may still be on the way, so the same request can succeed a moment later.
    if not items:
        raise Conflict(
            "nothing-to-assess",
            f"no adopted project of {year} that is asked about has arrived here (yet)",
            f"尚未收到 {year} 年度的民生实事项目",
        )
    if not audiences:
        raise Conflict("nobody-to-ask", "it has no audience yet", "尚未设置测评主体")


def _bad_items(places: list[str]) -> Invalid:
    return Invalid(
        "item-unknown",
        "a line is named that this questionnaire does not have, or none at all",
        "所列项目不在本次测评范围内,或未列出项目",
        errors=[{"pointer": at, "detail": "须为本测评的项目"} for at in places],
    )
