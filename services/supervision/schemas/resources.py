"""What is owed to projects, its deliveries, and what units arranged for them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Decimal, Flag, Identifier, Text
from services.chassis.paging import PageQuery

from ..model import coordination, resource

_LARGEST = 1e12


class OweResource(Schema):
    """What a unit owes to a project (要素供给); ``kind`` and its measure by the rule."""

    kind = Code(required=True)
    name = Text(120, required=True)
    quantity = Decimal(required=True, validate=validate.Range(0, _LARGEST, min_inclusive=False))
    unit_of_measure = Text(20, required=True)
    unit_id = Identifier(required=True, metadata={"description": "the unit that owes it"})
    due_on = Day(required=True)
    happened_on = Day(required=True)


class DeliverResource(Schema):
    """A delivery (到位), or the correction of one, which then says why."""

    quantity = Decimal(
        required=True,
        validate=validate.Range(0, _LARGEST),
        metadata={"description": "of this delivery; 0 only in a correction"},
    )
    unit_id = Identifier(
        required=True, metadata={"description": "who says so: the owing or the lead unit"}
    )
    text = Text(2000, load_default="", validate=validate.Length(0, 2000))
    corrects = Identifier(
        load_default=None, allow_none=True, metadata={"description": "the delivery it replaces"}
    )
    reason = Text(2000, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class WithdrawResource(Schema):
    """It is needed no longer (撤销)."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class Delivery(Schema):
    """A delivery; one that a later one ``corrects`` counts no longer."""

    id = Identifier(required=True)
    quantity = fields.Float(required=True)
    unit_id = Identifier(required=True)
    text = fields.String(required=True)
    corrects = Identifier(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class Resource(Schema):
    """What is owed to a project, and what of it has come."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    quantity = fields.Float(required=True)
    unit_of_measure = fields.String(required=True)
    unit_id = Identifier(required=True)
    due_on = Day(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf((resource.OWED, resource.DELIVERED, resource.WITHDRAWN)),
    )
    delivered = fields.Float(
        required=True, metadata={"description": "the sum of the deliveries that stand"}
    )
    delivered_on = Day(
        required=True,
        allow_none=True,
        metadata={"description": "the day on which all of it had been delivered"},
    )
    deliveries = fields.List(fields.Nested(Delivery), required=True)
    withdrawn_on = Day(required=True, allow_none=True)
    withdrawal_reason = fields.String(required=True, allow_none=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ProjectResourceQuery(PageQuery):
    """Which of what is owed to one project."""

    kind = Code()
    unit_id = Identifier()


class ResourceQuery(ProjectResourceQuery):
    """Which of what is owed."""

    project_id = Identifier()


class NewTask(Schema):
    """Who does what by when."""

    unit_id = Identifier(required=True)
    text = Text(2000, required=True)
    due_on = Day(required=True)


def _tasks() -> fields.List[object]:
    return fields.List(fields.Nested(NewTask), load_default=list, validate=validate.Length(0, 100))


class AgreeCoordination(Schema):
    """What units agreed on for a project (统筹协调)."""

    subject = Text(120, required=True)
    text = Text(10_000, required=True, metadata={"description": "what was agreed"})
    unit_ids = fields.List(Identifier(), required=True, validate=validate.Length(1, 100))
    tasks = _tasks()
    happened_on = Day(required=True)


class AskForHelp(Schema):
    """One unit asks another for help (请求协助)."""

    subject = Text(120, required=True)
    text = Text(10_000, required=True, metadata={"description": "what is asked for"})
    asked_by = Identifier(required=True)
    asked_of = Identifier(required=True)
    happened_on = Day(required=True)


class AnswerRequest(Schema):
    """The unit that was asked agrees, perhaps taking tasks on, or refuses."""

    agrees = Flag(required=True)
    text = Text(10_000, required=True)
    tasks = _tasks()
    happened_on = Day(required=True)


class DoCoordinationTask(Schema):
    """A task was done."""

    text = Text(2000, required=True)
    happened_on = Day(required=True)


class CoordinationTask(NewTask):
    """A task, done or not."""

    id = Identifier(required=True)
    done_on = Day(required=True, allow_none=True)
    done_text = fields.String(required=True, allow_none=True)


class Coordination(Schema):
    """What units arranged for a project; asked for by one of the other, or agreed on."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    state = fields.String(required=True, validate=validate.OneOf(coordination.STATES))
    subject = fields.String(required=True)
    text = fields.String(required=True)
    unit_ids = fields.List(Identifier(), required=True)
    asked_by = Identifier(required=True, allow_none=True)
    asked_of = Identifier(required=True, allow_none=True)
    answered_on = Day(required=True, allow_none=True)
    answer_text = fields.String(required=True, allow_none=True)
    tasks = fields.List(fields.Nested(CoordinationTask), required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ProjectCoordinationQuery(PageQuery):
    """Which arrangements of one project."""

    state = fields.String(validate=validate.OneOf(coordination.STATES))


class CoordinationQuery(ProjectCoordinationQuery):
    """Which arrangements; ``asked_of``: the unit that was asked for help."""

    project_id = Identifier()
    asked_of = Identifier()
