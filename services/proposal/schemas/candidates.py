"""Candidate projects."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Decimal, Identifier, Text, Year
from services.chassis.paging import Sort

from ..model import candidate
from .register import YearQuery


class SubItem(Schema):
    """A sub-item (子项); a target of null means as many as ask (愿接尽接)."""

    id = Identifier(dump_only=True)
    name = Text(120, required=True)
    target = Decimal(required=True, allow_none=True, validate=validate.Range(0, 1e12))
    unit_of_measure = Text(20, required=True)


class Budget(Schema):
    """Whole yuan, in all and in the year, and where they come from."""

    total_yuan = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**15))
    year_yuan = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**15))
    funding_source = Text(200, required=True)


class ProposeCandidate(Schema):
    """A new candidate project (候选项目)."""

    year = Year(required=True)
    name = Text(120, required=True)
    description = Text(10_000, required=True)
    aspect = Code(required=True)
    lead_unit_id = Identifier(required=True)
    budget = fields.Nested(Budget, required=True)
    due_on = Day(required=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True, validate=validate.Length(1, 100))
    suggested_project_ids = fields.List(Identifier(), load_default=list)
    happened_on = Day(required=True)


class CandidateQuery(YearQuery):
    """Which candidates; ``q``: words, each of which must stand in name or description.

    ``unit``: the one that leads it.
    """

    q = Text(100)
    aspect = Code()
    unit = Identifier()
    since = Day(data_key="from")
    until = Day(data_key="to")
    sort = Sort("happened_on", "recorded_at", "name", "due_on", "total_yuan", "id")


class GiveOpinion(Schema):
    """A deputy's opinion on one criterion (审议意见)."""

    criterion = fields.String(required=True, validate=validate.OneOf(candidate.CRITERIA))
    deputy_id = Identifier(load_default=None, allow_none=True)
    text = Text(2000, required=True)
    happened_on = Day(required=True)


class Opinion(Schema):
    """An opinion on a candidate."""

    id = Identifier(required=True)
    criterion = fields.String(required=True)
    deputy_id = Identifier(required=True, allow_none=True)
    text = fields.String(required=True)
    happened_on = fields.String(required=True)


class Candidate(Schema):
    """A candidate project."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    budget = fields.Nested(Budget, required=True)
    due_on = Day(required=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True)
    suggested_project_ids = fields.List(Identifier(), required=True)
    opinions = fields.List(fields.Nested(Opinion), required=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)
