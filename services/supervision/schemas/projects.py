"""Projects and their progress."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Choice, Code, Day, Decimal, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery

from ..model import checks
from .photos import Photos

MONTH = f"^{checks.MONTH}$"


class YearQuery(PageQuery):
    """A list of one year, or of all."""

    year = Year()


class ProjectSubItem(Schema):
    """A sub-item (子项); a target of null means as many as ask (愿接尽接)."""

    id = Identifier(required=True, attribute="item.id")
    name = fields.String(required=True, attribute="item.name")
    target = fields.Float(required=True, allow_none=True, attribute="item.target")
    unit_of_measure = fields.String(required=True, attribute="item.unit_of_measure")
    latest_month = fields.String(required=True, allow_none=True)
    quantity = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "cumulative, of the latest month, in the unit of measure"},
    )
    share = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "of the latest month, for a sub-item without a number"},
    )
    completed_on = Day(
        required=True,
        allow_none=True,
        metadata={"description": "the first day on which the progress had reached the target"},
    )


class ProgressEntry(Schema):
    """What a sub-item had reached on a day (月度进展)."""

    id = Identifier(required=True)
    sub_item_id = Identifier(required=True)
    month = fields.String(required=True)
    quantity = fields.Float(required=True, allow_none=True)
    share = fields.Float(required=True, allow_none=True)
    text = fields.String(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    task_code = fields.String(
        allow_none=True, metadata={"description": "of a district's part; null: the project's own"}
    )
    funds_paid_yuan = fields.Integer(allow_none=True, metadata={"description": "cumulative"})
    unit_id = Identifier(allow_none=True, metadata={"description": "who told it"})
    reason = fields.String(allow_none=True, metadata={"description": "why it was corrected"})
    reported_on = Day(allow_none=True)
    late = fields.Boolean(
        allow_none=True,
        metadata={"description": "the month's first entry, told after its last day by the rule"},
    )


class ListedProgress(ProgressEntry):
    """The same in the list of entries; what is not standing was replaced by a later one."""

    standing = fields.Boolean(required=True, attribute="is_standing")


class ProgressQuery(PageQuery):
    """Which entries."""

    sub_item_id = Identifier()
    month = fields.String(validate=Pattern(MONTH))
    task_code = Code()
    standing = Choice()


class Project(Schema):
    """A livelihood project (民生实事项目), with where it stands computed from its progress.

    ``standing``: the ids of those entries of progress that no later one replaces.
    """

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    budget_yuan = fields.Integer(required=True, allow_none=True)
    due_on = Day(required=True, allow_none=True)
    ballot_id = Identifier(
        required=True,
        allow_none=True,
        attribute="chosen_by",
        metadata={"description": "null for a project of a former year, entered afterwards"},
    )
    suggested_project_ids = fields.List(Identifier(), required=True)
    adopted_on = Day(required=True)
    completed_on = Day(required=True, allow_none=True)
    sub_items = fields.List(
        fields.Nested(ProjectSubItem), required=True, attribute="sub_item_states"
    )
    progress = fields.List(fields.Nested(ProgressEntry), required=True)
    standing = fields.List(Identifier(), required=True, attribute="standing_ids")
    version = fields.Integer(required=True)


class ReportProgress(Schema):
    """Progress of one sub-item; the same sub-item and month again corrects it (更正)."""

    sub_item_id = Identifier(required=True)
    month = fields.String(
        required=True,
        validate=Pattern(MONTH),
        metadata={"description": "YYYY-MM"},
    )
    quantity = Decimal(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 1e12),
        metadata={"description": "cumulative, for a sub-item with a target in numbers"},
    )
    share = Decimal(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 1),
        metadata={"description": "for a sub-item without a number"},
    )
    text = Text(2000, load_default="", validate=validate.Length(0, 2000))
    happened_on = Day(
        required=True, metadata={"description": "the day on which the quantity stood"}
    )
    funds_paid_yuan = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(0, 10**15),
        metadata={"description": "paid until that day, cumulative, whole yuan"},
    )
    task_code = Code(
        load_default=None,
        allow_none=True,
        metadata={"description": "of a district's task of the plan, whose part this is"},
    )
    unit_id = Identifier(
        load_default=None,
        allow_none=True,
        metadata={"description": "in whose name; without it the unit's own, else the lead unit's"},
    )
    reason = Text(
        2000,
        load_default=None,
        allow_none=True,
        metadata={"description": "why it is corrected; required where a cumulative figure falls"},
    )
    reported_on = Day(load_default=None, allow_none=True)
    photos = Photos()
