"""Implementation plans (实施计划)."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Decimal, Division, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery
from services.chassis.place_schemas import Place

from ..model.plan_content import UNIT_ROLES
from .projects import MONTH

_YUAN = validate.Range(0, 10**15)
_NUMBER = validate.Range(0, 1e12)
_SHARE = validate.Range(0, 1)


def _many(schema: type[Schema], most: int, least: int = 0, **kwargs: Any) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), validate=validate.Length(least, most), **kwargs)


def _optional(field: Any, **kwargs: Any) -> Any:
    return field(load_default=None, allow_none=True, **kwargs)


class PlanUnit(Schema):
    """A unit and its part: lead (牵头), implementing (实施), district (区县承接)."""

    unit_id = Identifier(required=True)
    role = fields.String(required=True, validate=validate.OneOf(UNIT_ROLES))
    division = _optional(Division)


class PlanTarget(Schema):
    """The target of a sub-item; null means as many as ask (愿接尽接)."""

    sub_item_id = Identifier(required=True)
    target = Decimal(required=True, allow_none=True, validate=_NUMBER)


class PlannedMonth(Schema):
    """What a sub-item must have reached by the end of a month, cumulative."""

    sub_item_id = Identifier(required=True)
    month = fields.String(required=True, validate=Pattern(MONTH))
    quantity = _optional(Decimal, validate=_NUMBER)
    share = _optional(Decimal, validate=_SHARE)


class PlanMilestone(Schema):
    """A milestone (节点), of the project or of a sub-item."""

    code = Code(required=True)
    name = Text(120, required=True)
    sub_item_id = _optional(Identifier)
    due_on = Day(required=True)


class PlanYearFunds(Schema):
    """The funds of a year, whole yuan."""

    year = Year(required=True)
    yuan = fields.Integer(required=True, strict=True, validate=_YUAN)


class PlanFunds(Schema):
    """The funds of the project, and of its years."""

    total_yuan = _optional(fields.Integer, strict=True, validate=_YUAN)
    years = _many(PlanYearFunds, 30, load_default=list)


class PlanStage(Schema):
    """A stage of a project over several years (跨年度分阶段)."""

    code = Code(required=True)
    name = Text(120, required=True)
    year = Year(required=True)
    goal = Text(2000, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class PlanSite(Schema):
    """A site (点位) with its place."""

    code = Code(required=True)
    name = Text(120, required=True)
    sub_item_id = _optional(Identifier)
    place = fields.Nested(Place, required=True)


class PlanTask(Schema):
    """A district's task (条块任务): a number of its own, or a share of the sub-item's target."""

    code = Code(required=True)
    division = Division(required=True)
    unit_id = Identifier(required=True)
    sub_item_id = Identifier(required=True)
    target = _optional(Decimal, validate=_NUMBER)
    share = _optional(Decimal, validate=_SHARE)


class PlanContent(Schema):
    """What a plan says; a sub-item without a target keeps the voted one."""

    due_on = _optional(Day)
    units = _many(PlanUnit, 200, 1, required=True)
    targets = _many(PlanTarget, 200, load_default=list)
    monthly = _many(PlannedMonth, 3000, load_default=list)
    milestones = _many(PlanMilestone, 300, load_default=list)
    funds = fields.Nested(
        PlanFunds, load_default=lambda: {"total_yuan": None, "years": []}, allow_none=False
    )
    safeguards = Text(10_000, load_default="", validate=validate.Length(0, 10_000))
    stages = _many(PlanStage, 50, load_default=list)
    sites = _many(PlanSite, 2000, load_default=list)
    tasks = _many(PlanTask, 1000, load_default=list)


class PublishPlan(Schema):
    """A version of the plan; without ``valid_from`` it is valid from ``happened_on``."""

    content = fields.Nested(PlanContent, required=True)
    valid_from = _optional(Day)
    reason = Text(2000, load_default="", validate=validate.Length(0, 2000))
    happened_on = Day(required=True)


class TaskBalance(Schema):
    """The districts' tasks beside the sub-item's target."""

    sub_item_id = Identifier(required=True)
    target = fields.Float(required=True, allow_none=True)
    tasks = fields.Float(required=True, allow_none=True)
    shares = fields.Float(required=True)
    difference = fields.Float(required=True, allow_none=True)


class Plan(Schema):
    """A version of the plan; ``task_balances`` shows where the districts' sum is another."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    number = fields.Integer(required=True)
    content = fields.Raw(required=True)
    valid_from = Day(required=True)
    reason = fields.String(required=True)
    change_id = Identifier(required=True, allow_none=True)
    unit_id = Identifier(required=True)
    task_balances = fields.List(fields.Nested(TaskBalance), required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PlanInForce(Plan):
    """The version in force on a day; without ``version``, as each has its own and the next is new.

    So no client takes one plan for another by its ETag.
    """

    class Meta:
        """What is left out."""

        exclude = ("version",)


class PlanQuery(Schema):
    """The plan on a day; today's without one."""

    on = Day()


class PlansQuery(PageQuery):
    """All versions."""
