"""Look-backs at projects of earlier years (回头看): planned, under way, concluded, followed up."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import (
    Choice,
    Code,
    Day,
    Division,
    Flag,
    Identifier,
    Pattern,
    Text,
    Year,
)
from services.chassis.paging import PageQuery

from ..model.look_back import WORKING
from ..model.planned_look_back import STATES

_NAMED = "what it was about: the id of a project that is kept here, or its name and year"


class _AboutProject(Schema):
    """Which project: one that is kept here by its id, an older one by its name and year."""

    project_id = Identifier(load_default=None, allow_none=True, metadata={"description": _NAMED})
    project_name = Text(120, load_default=None, allow_none=True)
    project_year = Year(load_default=None, allow_none=True)

    @validates_schema
    def names_a_project(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what names none."""
        if data.get("project_id") is None:
            for name in ("project_name", "project_year"):
                if data.get(name) is None:
                    raise ValidationError({name: ["Missing data for required field."]})


class RecordLookBack(_AboutProject):
    """A second look at a project of an earlier year, with its conclusion (回头看)."""

    finding = Text(10_000, required=True)
    effective = Flag(
        required=True, metadata={"description": "whether it still does what it was made for"}
    )
    happened_on = Day(required=True)


class LookedAtSubItem(Schema):
    """How a sub-item still works."""

    sub_item_id = Identifier(required=True)
    working = fields.String(required=True, validate=validate.OneOf(WORKING))


class LookBack(Schema):
    """A look-back; the fields from ``project_id`` on are of one that was planned and visited."""

    id = Identifier(required=True)
    project_name = fields.String(required=True)
    project_year = fields.Integer(required=True)
    finding = fields.String(required=True)
    effective = fields.Boolean(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    project_id = Identifier(allow_none=True)
    round = fields.String(allow_none=True, metadata={"description": "which one of the rule"})
    sub_items = fields.List(fields.Nested(LookedAtSubItem), allow_none=True)
    recommendations = fields.List(fields.String(), allow_none=True)
    settled_on = Day(
        allow_none=True,
        metadata={"description": "when the last of what it found wrong had been put right"},
    )
    version = fields.Integer(required=True)


class LookBackQuery(PageQuery):
    """Which look-backs, by the year of the project or by the project."""

    project_year = Year()
    project_id = Identifier()


class PlanLookBack(_AboutProject):
    """A look-back to be made: a round of the rule, or by hand for an agreed day."""

    round = Code(
        load_default=None,
        allow_none=True,
        metadata={"description": "of the rule look-backs; its day is the rule's, not due_on"},
    )
    due_on = Day(load_default=None, allow_none=True)
    happened_on = Day(required=True, metadata={"description": "the day on which it was planned"})

    @validates_schema
    def one_day(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse an agreed day for a round, and one that is over at once."""
        due_on, day = data.get("due_on"), data.get("happened_on")
        if due_on is not None and data.get("round") is not None:
            raise ValidationError({"due_on": ["A round of the rule has the rule's day."]})
        if due_on is not None and day is not None and due_on < day:
            raise ValidationError({"due_on": ["Must not be before happened_on."]})


class VisitLookBack(Schema):
    """A day on which somebody went to see (查看); ``group_id``: the group that went."""

    group_id = Identifier(load_default=None, allow_none=True)
    place = Text(200, required=True)
    division = Division(load_default=None, allow_none=True)
    deputy_ids = fields.List(Identifier(), load_default=list, validate=validate.Length(0, 100))
    unit_ids = fields.List(Identifier(), load_default=list, validate=validate.Length(0, 100))
    text = Text(10_000, load_default="", validate=validate.Length(0, 10_000))
    happened_on = Day(required=True)


class LookBackVisit(VisitLookBack):
    """A visit."""

    id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class Mechanism(Schema):
    """A document of the long-term management (长效机制): its title, number, and file."""

    title = Text(200, required=True)
    number = Text(60, load_default=None, allow_none=True)
    sha256 = fields.String(load_default=None, allow_none=True, validate=Pattern("^[0-9a-f]{64}$"))


class FindAtLookBack(Schema):
    """What was found at a sub-item, or at the project as a whole without one."""

    sub_item_id = Identifier(load_default=None, allow_none=True)
    working = fields.String(
        required=True,
        validate=validate.OneOf(WORKING),
        metadata={"description": "fully, in part, or not"},
    )
    operator_unit_id = Identifier(
        load_default=None, allow_none=True, metadata={"description": "长效管理单位, registered"}
    )
    operator_name = Text(
        120,
        load_default=None,
        allow_none=True,
        metadata={"description": "the same by its name, where it is not registered"},
    )
    running_yuan = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(0, 10**13),
        metadata={"description": "what running it costs a year, whole yuan"},
    )
    running_source = Text(120, load_default=None, allow_none=True)
    mechanisms = fields.List(
        fields.Nested(Mechanism), load_default=list, validate=validate.Length(0, 20)
    )
    problem_ids = fields.List(Identifier(), load_default=list, validate=validate.Length(0, 50))
    recommendations = fields.List(Text(1000), load_default=list, validate=validate.Length(0, 20))
    text = Text(10_000, required=True)
    happened_on = Day(required=True)

    @validates_schema
    def one_operator(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse an operator that is named twice."""
        if data.get("operator_unit_id") and data.get("operator_name"):
            raise ValidationError({"operator_name": ["Either the unit's id or a name."]})


class LookBackFinding(FindAtLookBack):
    """A finding; ``defective``: something must be put right, ``settled_on``: when it was."""

    id = Identifier(required=True)
    defective = fields.Boolean(required=True)
    settled_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)


class PlannedLookBack(Schema):
    """A look-back to be made or under way; concluded, it is also a look-back of the same id."""

    id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True)
    project_name = fields.String(required=True)
    project_year = fields.Integer(required=True)
    round = fields.String(required=True, allow_none=True)
    due_on = Day(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    concluded_on = Day(required=True, allow_none=True)
    dropped_on = Day(required=True, allow_none=True)
    dropped_reason = fields.String(required=True, allow_none=True)
    visits = fields.List(fields.Nested(LookBackVisit), required=True)
    findings = fields.List(fields.Nested(LookBackFinding), required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PlannedLookBackQuery(PageQuery):
    """Which of them; ``open``: neither concluded nor dropped."""

    project_id = Identifier()
    project_year = Year()
    round = Code()
    open = Choice()


class ConcludeLookBack(Schema):
    """The conclusion (结论)."""

    finding = Text(10_000, required=True)
    effective = Flag(
        required=True, metadata={"description": "whether it still does what it was made for"}
    )
    happened_on = Day(required=True)


class DropLookBack(Schema):
    """Why it will not be made."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class FollowUpLookBack(Schema):
    """What was done about a finding (整改); a unit reports, deputies or the office confirm."""

    finding_id = Identifier(required=True)
    unit_id = Identifier(
        load_default=None, allow_none=True, metadata={"description": "the unit that reports"}
    )
    text = Text(10_000, required=True)
    solved = Flag(required=True)
    happened_on = Day(required=True)


class LookBackFollowUp(FollowUpLookBack):
    """A follow-up."""

    id = Identifier(required=True)
    look_back_id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
