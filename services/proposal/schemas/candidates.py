"""Candidate projects."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Decimal, Identifier, Text, Year
from services.chassis.paging import PageQuery, Sort
from services.chassis.place_schemas import Place

from ..model import candidate, deliberation
from .register import YearQuery
from .rules import RuleReference


def _Yuan(**kwargs: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(0, 10**15), **kwargs)


def _List(inner: fields.Field[Any] | type[Schema], most: int, **kwargs: Any) -> fields.List[Any]:
    item = inner if isinstance(inner, fields.Field) else fields.Nested(inner)
    return fields.List(item, validate=validate.Length(0, most), **kwargs)


def _JsonDay(**kwargs: Any) -> fields.String:
    """A day that is kept as text inside a JSON column."""
    return fields.String(metadata={"format": "date"}, **kwargs)


class NewSubItem(Schema):
    """A sub-item (子项); a target of null means as many as ask (愿接尽接).

    ``due_on``: its own deadline, if it has one.
    """

    name = Text(120, required=True)
    target = Decimal(required=True, allow_none=True, validate=validate.Range(0, 1e12))
    unit_of_measure = Text(20, required=True)
    due_on = Day(allow_none=True)


class SubItem(Schema):
    """A sub-item (子项); a target of null means as many as ask (愿接尽接)."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    target = fields.Float(required=True, allow_none=True)
    unit_of_measure = fields.String(required=True)
    due_on = _JsonDay()


class RevisedSubItem(NewSubItem):
    """A sub-item of a revision: with the id of a former one it is that one, without it is new."""

    id = Identifier()


class FundingSource(Schema):
    """What one source pays of the whole budget."""

    source = Text(120, required=True)
    yuan = _Yuan(required=True)


class YearBudget(Schema):
    """What is spent of the whole budget in one year."""

    year = Year(required=True)
    yuan = _Yuan(required=True)


class Budget(Schema):
    """Whole yuan, in all and in the year, and where they come from.

    ``sources`` and ``years``, if they are given, add up to ``total_yuan``.
    """

    total_yuan = _Yuan(required=True)
    year_yuan = _Yuan(required=True)
    funding_source = Text(200, required=True)
    sources = _List(FundingSource, 20)
    years = _List(YearBudget, 10)


class NewCandidatePlace(Place):
    """Where something is to stand (布局布点): a division, perhaps a point in its map's datum."""

    name = Text(120, required=True)


class CandidatePlace(Schema):
    """Such a place; ``given_longitude``, ``given_latitude``: the point as it came in ``datum``.

    ``longitude`` and ``latitude`` are in WGS-84.
    """

    division = fields.String(required=True)
    name = fields.String(required=True)
    longitude = fields.Float(required=True, allow_none=True)
    latitude = fields.Float(required=True, allow_none=True)
    datum = fields.String(required=True, allow_none=True)
    given_longitude = fields.Float(required=True, allow_none=True)
    given_latitude = fields.Float(required=True, allow_none=True)


class NewCandidateStage(Schema):
    """The goal of one stage of several years, and its day."""

    name = Text(120, required=True)
    goal = Text(1000, required=True)
    due_on = Day(required=True)


class CandidateStage(Schema):
    """A stage of several years."""

    name = fields.String(required=True)
    goal = fields.String(required=True)
    due_on = _JsonDay(required=True)


class CandidatePlan(Schema):
    """What a candidate may say beside its name, its budget and its sub-items."""

    goal = Text(2000, load_default=None, allow_none=True)
    urgency = Code(load_default=None, allow_none=True)
    co_unit_ids = _List(Identifier(), 50, load_default=list)
    places = _List(NewCandidatePlace, 200, load_default=list)
    stages = _List(NewCandidateStage, 20, load_default=list)
    supporting = Text(2000, load_default=None, allow_none=True)
    operation = Text(2000, load_default=None, allow_none=True)


class ProposeCandidate(CandidatePlan):
    """A new candidate project (候选项目).

    ``co_unit_ids``: 配合单位; ``stages``: of several years, in order; ``supporting``: 配套设施、
    政策、服务; ``operation``: who runs it in the long term, and on what funds; ``urgency``: a code
    of the rule in force (轻重缓急); ``pool_entry_id``: what it was in the reserve pool.
    """

    year = Year(required=True)
    name = Text(120, required=True)
    description = Text(10_000, required=True)
    aspect = Code(required=True)
    lead_unit_id = Identifier(required=True)
    budget = fields.Nested(Budget, required=True)
    due_on = Day(required=True)
    sub_items = fields.List(
        fields.Nested(NewSubItem), required=True, validate=validate.Length(1, 100)
    )
    suggested_project_ids = fields.List(Identifier(), load_default=list)
    pool_entry_id = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class ReviseCandidate(Schema):
    """A revision: what is left out stays as it is; a list or the budget is given whole."""

    name = Text(120)
    description = Text(10_000)
    goal = Text(2000, allow_none=True)
    aspect = Code()
    urgency = Code(allow_none=True)
    lead_unit_id = Identifier()
    co_unit_ids = _List(Identifier(), 50)
    budget = fields.Nested(Budget)
    due_on = Day()
    sub_items = fields.List(fields.Nested(RevisedSubItem), validate=validate.Length(1, 100))
    places = _List(NewCandidatePlace, 200)
    stages = _List(NewCandidateStage, 20)
    supporting = Text(2000, allow_none=True)
    operation = Text(2000, allow_none=True)
    suggested_project_ids = fields.List(Identifier(), validate=validate.Length(0, 1000))
    reason = Text(1000, required=True)
    happened_on = Day(required=True)


class CandidateQuery(YearQuery):
    """Which candidates; ``q``: words, each of which must stand in name or description."""

    q = Text(100)
    aspect = Code()
    lead_unit_id = Identifier()
    state = fields.String(validate=validate.OneOf(candidate.STATES))
    since = Day(data_key="from")
    until = Day(data_key="to")
    sort = Sort("happened_on", "recorded_at", "name", "due_on", "total_yuan", "id")


class GiveOpinion(Schema):
    """A deputy's or a delegation's opinion on one criterion (审议意见): one of the two is named."""

    criterion = fields.String(required=True, validate=validate.OneOf(deliberation.CRITERIA))
    phase = fields.String(
        load_default=deliberation.PRE_SESSION, validate=validate.OneOf(deliberation.PHASES)
    )
    deputy_id = Identifier(load_default=None, allow_none=True)
    delegation = Text(120, load_default=None, allow_none=True)
    text = Text(2000, required=True)
    happened_on = Day(required=True)


class AnswerOpinion(Schema):
    """The answer to an opinion, and whether it is taken up (采纳、部分采纳、未采纳)."""

    text = Text(2000, required=True)
    adopted = fields.String(required=True, validate=validate.OneOf(deliberation.TAKEN_UP))
    happened_on = Day(required=True)


class OpinionAnswer(Schema):
    """The answer to an opinion on a candidate."""

    text = fields.String(required=True)
    adopted = fields.String(required=True)
    happened_on = _JsonDay(required=True)


class Opinion(Schema):
    """An opinion on a candidate; one of an earlier release has no phase, and may name nobody."""

    id = Identifier(required=True)
    criterion = fields.String(required=True)
    phase = fields.String()
    deputy_id = Identifier(required=True, allow_none=True)
    delegation = fields.String(allow_none=True)
    text = fields.String(required=True)
    happened_on = fields.String(required=True)
    answer = fields.Nested(OpinionAnswer, allow_none=True)


class CandidateOpinion(Opinion):
    """An opinion with the candidate that it is about."""

    candidate_id = Identifier(required=True)
    candidate = fields.String(required=True)
    lead_unit_id = Identifier(required=True)


class CandidateOpinions(Schema):
    """A page of opinions."""

    items = fields.List(fields.Nested(CandidateOpinion), required=True)
    next = fields.String(required=True, allow_none=True)


class OpinionQuery(PageQuery):
    """Which opinions; ``answered=false``: those that wait for their answer."""

    year = Year(required=True)
    lead_unit_id = Identifier()
    criterion = fields.String(validate=validate.OneOf(deliberation.CRITERIA))
    phase = fields.String(validate=validate.OneOf(deliberation.PHASES))
    answered = fields.Boolean()


class ScreenCandidate(Schema):
    """A body's scores by the principles in force: one for each, by its code."""

    scores = fields.Dict(
        keys=Code(),
        values=fields.Integer(strict=True, validate=validate.Range(0, 100)),
        required=True,
        validate=validate.Length(1, 50),
    )
    body = Text(120, required=True)
    happened_on = Day(required=True)


class PrincipleMean(Schema):
    """How a candidate stands by one principle; ``mean``: exact, ``"7/2"``."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    weight = fields.Integer(required=True)
    mean = fields.String(required=True)


class Screening(Schema):
    """How a candidate stands by the principles: of each body its last scores, under one rule."""

    rule = fields.Nested(RuleReference, required=True)
    bodies = fields.List(fields.String(), required=True)
    principles = fields.List(fields.Nested(PrincipleMean), required=True)
    mean = fields.String(required=True, metadata={"example": "10/3"})


class ReturnCandidate(Schema):
    """Why a candidate goes back to the reserve pool without coming to the vote."""

    reason = Text(1000, required=True)
    happened_on = Day(required=True)


class Candidate(Schema):
    """A candidate project."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    goal = fields.String(required=True, allow_none=True)
    aspect = fields.String(required=True)
    urgency = fields.String(required=True, allow_none=True)
    lead_unit_id = Identifier(required=True)
    co_unit_ids = fields.List(Identifier(), required=True)
    budget = fields.Nested(Budget, required=True)
    due_on = Day(required=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True)
    places = fields.List(fields.Nested(CandidatePlace), required=True)
    stages = fields.List(fields.Nested(CandidateStage), required=True)
    supporting = fields.String(required=True, allow_none=True)
    operation = fields.String(required=True, allow_none=True)
    suggested_project_ids = fields.List(Identifier(), required=True)
    pool_entry_id = Identifier(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(candidate.STATES))
    revision = fields.Integer(required=True)
    opinions = fields.List(fields.Nested(Opinion), required=True)
    screening = fields.Nested(Screening, required=True, allow_none=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)


class FieldChange(Schema):
    """What a field said before and after."""

    field = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class SubItemChange(Schema):
    """What changed in a sub-item that stayed."""

    id = Identifier(required=True)
    changes = fields.List(fields.Nested(FieldChange), required=True)


class SubItemDifferences(Schema):
    """Sub-items that came, went and changed, matched by their ids."""

    added = fields.List(fields.Nested(SubItem), required=True)
    removed = fields.List(fields.Nested(SubItem), required=True)
    changed = fields.List(fields.Nested(SubItemChange), required=True)


class CandidateRevision(Schema):
    """One version: why and when it came, what it changed, and all that it says."""

    number = fields.Integer(required=True)
    happened_on = Day(required=True)
    reason = fields.String(required=True, allow_none=True)
    changes = fields.List(fields.Nested(FieldChange), required=True)
    sub_items = fields.Nested(SubItemDifferences, required=True)
    content = fields.Dict(required=True)


class CandidateVersions(Schema):
    """All versions of a candidate, the first one first."""

    candidate_id = Identifier(required=True)
    versions = fields.List(fields.Nested(CandidateRevision), required=True)
