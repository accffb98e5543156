"""Payments released and spent, and how the money of a project stands."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier, Text
from services.chassis.paging import PageQuery

from ..model import fund, fund_summary


class EnterFunds(Schema):
    """A payment: released to a unit (拨付) or spent by it (支出); or the correction of one."""

    kind = fields.String(required=True, validate=validate.OneOf(fund.KINDS))
    amount_yuan = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, 10**15),
        metadata={"description": "this single sum in whole yuan; 0 only in a correction"},
    )
    source = Code(required=True, metadata={"description": "by the rule fund-sources"})
    unit_id = Identifier(required=True)
    sub_item_id = Identifier(load_default=None, allow_none=True)
    document = Text(
        200,
        load_default="",
        validate=validate.Length(0, 200),
        metadata={"description": "the number of the voucher or paper (凭证、文号)"},
    )
    corrects = Identifier(
        load_default=None, allow_none=True, metadata={"description": "the entry it replaces"}
    )
    reason = Text(2000, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class FundEntry(EnterFunds):
    """A payment; one that a later one ``corrects`` counts no longer."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class FundEntryQuery(PageQuery):
    """Which payments of one project."""

    kind = fields.String(validate=validate.OneOf(fund.KINDS))
    unit_id = Identifier()
    source = Code()


class ProjectFundEntryQuery(FundEntryQuery):
    """Which payments."""

    project_id = Identifier()


class FundsQuery(Schema):
    """How the money stood on a day; today without one."""

    on = Day()


class FundRate(Schema):
    """A rate: ``part`` of ``whole`` in yuan, and as a percentage, half rounded up."""

    part = fields.Integer(required=True)
    whole = fields.Integer(required=True, allow_none=True)
    percent = fields.String(required=True, allow_none=True)


class FundSums(Schema):
    """What was released and spent."""

    released_yuan = fields.Integer(required=True)
    spent_yuan = fields.Integer(required=True)


class SourceSums(FundSums):
    """Of one source."""

    source = fields.String(required=True, attribute="key")


class UnitSums(FundSums):
    """Of one unit."""

    unit_id = Identifier(required=True, attribute="key")


class BudgetedSums(FundSums):
    """Against the budget."""

    budget_yuan = fields.Integer(required=True, allow_none=True)
    execution = fields.Nested(FundRate, required=True)
    release = fields.Nested(FundRate, required=True)


class YearSums(BudgetedSums):
    """Of one year."""

    year = fields.Integer(required=True, attribute="key")


class FundBudget(Schema):
    """Where the budget stands: in the plan in force, or with the candidate at the vote."""

    origin = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf((fund_summary.PLAN, fund_summary.CANDIDATE)),
    )
    plan_number = fields.Integer(required=True, allow_none=True)


class UnitCost(Schema):
    """What one unit of a sub-item has cost so far, to the fen, half rounded up."""

    sub_item_id = Identifier(required=True)
    unit_of_measure = fields.String(required=True)
    spent_yuan = fields.Integer(required=True)
    quantity = fields.Float(required=True)
    yuan = fields.String(required=True)
    exact = fields.String(required=True, attribute="value")


class ReportedPaid(Schema):
    """What the progress of a sub-item, or of a district's task, says was paid (已付资金)."""

    sub_item_id = Identifier(required=True)
    task_code = fields.String(required=True, allow_none=True)
    unit_id = Identifier(required=True, allow_none=True)
    month = fields.String(required=True)
    funds_paid_yuan = fields.Integer(required=True, metadata={"description": "cumulative"})
    happened_on = Day(required=True)


class FundWarning(Schema):
    """Something to look at; nothing was refused for it."""

    code = fields.String(required=True)
    unit_id = Identifier(required=True, allow_none=True)
    year = fields.Integer(required=True, allow_none=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class FundDefinition(Schema):
    """What a number means."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class Funds(Schema):
    """How the money of a project stands on a day (资金监管); ``hash``: of the entries counted."""

    project_id = Identifier(required=True)
    as_of = Day(required=True)
    budget = fields.Nested(FundBudget, required=True)
    whole = fields.Nested(BudgetedSums, required=True)
    years = fields.List(fields.Nested(YearSums), required=True)
    sources = fields.List(fields.Nested(SourceSums), required=True)
    units = fields.List(fields.Nested(UnitSums), required=True)
    unit_costs = fields.List(fields.Nested(UnitCost), required=True)
    reported_paid = fields.List(fields.Nested(ReportedPaid))
    reported_paid_yuan = fields.Integer(
        allow_none=True,
        metadata={"description": "the sum of the project's own; null where nothing was reported"},
    )
    warnings = fields.List(fields.Nested(FundWarning), required=True)
    definitions = fields.List(fields.Nested(FundDefinition), required=True)
    counted = fields.Integer(required=True)
    hash = fields.String(required=True)
