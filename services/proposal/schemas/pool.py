"""The reserve pool."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier, Text
from services.chassis.paging import LARGEST, PageQuery, Sort

from ..model import pool_entry
from .rules import RuleReference


def _Ids() -> fields.List[Any]:
    return fields.List(Identifier(), load_default=list, validate=validate.Length(0, 1000))


class AddPoolEntry(Schema):
    """A new entry of the reserve pool (储备库).

    The suggestions behind it are those named here and those of its suggested projects.
    """

    title = Text(120, required=True)
    text = Text(10_000, required=True)
    aspect = Code(required=True)
    suggestion_ids = _Ids()
    suggested_project_ids = _Ids()
    candidate_ids = _Ids()
    happened_on = Day(required=True)


class ExtendPoolEntry(Schema):
    """More suggestions behind an entry."""

    suggestion_ids = fields.List(Identifier(), required=True, validate=validate.Length(1, 1000))
    happened_on = Day(required=True)


class RemovePoolEntry(Schema):
    """Why an entry is taken out."""

    reason = Text(1000, required=True)
    happened_on = Day(required=True)


class PoolStep(Schema):
    """A step of an entry's life."""

    step = fields.String(required=True)
    state = fields.String(required=True)
    happened_on = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    candidate_id = Identifier(required=True, allow_none=True)


class PoolEntry(Schema):
    """An entry of the reserve pool, with the candidates that it was over the years."""

    id = Identifier(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    aspect = fields.String(required=True)
    suggestion_ids = fields.List(Identifier(), required=True)
    suggested_project_ids = fields.List(Identifier(), required=True)
    candidate_ids = fields.List(Identifier(), required=True)
    state = fields.String(required=True, validate=validate.OneOf(pool_entry.STATES))
    added_on = Day(required=True)
    history = fields.List(fields.Nested(PoolStep), required=True)
    version = fields.Integer(required=True)


class PoolEntryQuery(PageQuery):
    """Which entries, by the day they were added; ``q``: words, in the title or the text."""

    q = Text(100)
    aspect = Code()
    state = fields.String(validate=validate.OneOf(pool_entry.STATES))
    since = Day(data_key="from")
    until = Day(data_key="to")
    sort = Sort("added_on", "recorded_at", "title", "id")


class ReservePoolQuery(Schema):
    """Demand on a day, today's without one; ``after``: the rank after which to go on."""

    on = Day()
    aspect = Code()
    limit = fields.Integer(load_default=50, validate=validate.Range(1, LARGEST))
    after = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000))


class DemandReason(Schema):
    """What one thing adds to a score."""

    code = fields.String(required=True)
    number = fields.Integer(required=True)
    weight = fields.Integer(required=True)
    points = fields.Integer(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class WantedEntry(Schema):
    """An entry that waits, with the present demand for it and why."""

    rank = fields.Integer(required=True)
    id = Identifier(required=True)
    title = fields.String(required=True)
    aspect = fields.String(required=True)
    added_on = Day(required=True)
    candidate_ids = fields.List(Identifier(), required=True)
    suggestions = fields.Integer(required=True)
    score = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(DemandReason), required=True)


class ReservePool(Schema):
    """What waits, the most wanted first; ``note_zh``, ``note_en``: how doubles are counted."""

    on = Day(required=True)
    rule = fields.Nested(RuleReference, required=True)
    note_zh = fields.String(required=True)
    note_en = fields.String(required=True)
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(WantedEntry), required=True)
    next = fields.Integer(required=True, allow_none=True)
