"""The archive of all years (实事档案馆), and the dossier of a project."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Decimal, Identifier, Text, Year
from services.chassis.paging import PageQuery

from .look_backs import LookBack, Mechanism


class ArchiveSource(Mechanism):
    """The document that a project is entered from: title, number, and file."""


class ArchiveSubItem(Schema):
    """A sub-item with what it reached; a target of null means as many as asked (愿接尽接)."""

    name = Text(120, required=True)
    target = Decimal(required=True, allow_none=True, validate=validate.Range(0, 1e12))
    unit_of_measure = Text(20, required=True)
    quantity = Decimal(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 1e12),
        metadata={"description": "what was reached, with a target in numbers"},
    )
    share = Decimal(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 1),
        metadata={"description": "what was reached, without a number"},
    )
    reached_on = Day(
        load_default=None,
        allow_none=True,
        metadata={"description": "the day on which that stood; of completion, if complete"},
    )
    accepted_on = Day(load_default=None, allow_none=True, metadata={"description": "验收"})
    text = Text(2000, load_default="", validate=validate.Length(0, 2000))


class ArchiveProject(Schema):
    """A project of a former year that this system did not run, from its document."""

    year = Year(required=True)
    name = Text(120, required=True)
    description = Text(10_000, required=True)
    aspect = Code(required=True)
    lead_unit_id = Identifier(required=True)
    budget_yuan = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 10**13)
    )
    due_on = Day(load_default=None, allow_none=True)
    adopted_on = Day(required=True, metadata={"description": "when it was chosen"})
    sub_items = fields.List(
        fields.Nested(ArchiveSubItem), required=True, validate=validate.Length(1, 100)
    )
    source = fields.Nested(ArchiveSource, required=True)
    satisfaction = Text(
        500,
        load_default=None,
        allow_none=True,
        metadata={"description": "what the document says of the assessment, in its words"},
    )
    happened_on = Day(required=True, metadata={"description": "the day of entering it"})


class ArchiveYear(Schema):
    """A year's counts."""

    year = fields.Integer(required=True)
    projects = fields.Integer(required=True)
    completed = fields.Integer(required=True)
    sub_items = fields.Integer(required=True)
    completed_sub_items = fields.Integer(required=True)
    archived = fields.Integer(
        required=True, metadata={"description": "projects that were entered afterwards"}
    )
    look_backs = fields.Integer(required=True)
    effective = fields.Integer(
        required=True, metadata={"description": "look-backs that found it effective"}
    )


class Archive(Schema):
    """All years, the last first."""

    years = fields.List(fields.Nested(ArchiveYear), required=True)


class OutcomeSubItem(Schema):
    """What became of a sub-item."""

    id = Identifier(required=True, attribute="state.item.id")
    name = fields.String(required=True, attribute="state.item.name")
    target = fields.Float(required=True, allow_none=True, attribute="state.item.target")
    unit_of_measure = fields.String(required=True, attribute="state.item.unit_of_measure")
    quantity = fields.Float(required=True, allow_none=True, attribute="state.quantity")
    share = fields.Float(required=True, allow_none=True, attribute="state.share")
    completed_on = Day(required=True, allow_none=True, attribute="state.completed_on")
    accepted_on = Day(required=True, allow_none=True)


class OutcomeScore(Schema):
    """A line of a published score about the project; of a later year if it was assessed again."""

    questionnaire_id = Identifier(required=True)
    score_year = fields.Integer(required=True)
    published_on = Day(required=True)
    top1 = fields.String(required=True, allow_none=True)
    top2 = fields.String(required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    composite = fields.String(
        metadata={"description": "the headline figure over all groups and parts, if there is one"}
    )
    follows = Identifier(
        required=True,
        allow_none=True,
        metadata={"description": "the assessment that this one repeats"},
    )
    counted_grade = fields.String(allow_none=True)
    adjusted = fields.Dict(keys=fields.String(), values=fields.String())


class Outcome(Schema):
    """A project of the year with what became of it; ``origin``: vote, or archive."""

    id = Identifier(required=True, attribute="project.id")
    name = fields.String(required=True, attribute="project.name")
    aspect = fields.String(required=True, attribute="project.aspect")
    lead_unit_id = Identifier(required=True, attribute="project.lead_unit_id")
    budget_yuan = fields.Integer(required=True, allow_none=True, attribute="project.budget_yuan")
    adopted_on = Day(required=True, attribute="project.adopted_on")
    due_on = Day(required=True, allow_none=True, attribute="project.due_on")
    completed_on = Day(required=True, allow_none=True, attribute="project.completed_on")
    origin = fields.String(required=True, validate=validate.OneOf(("vote", "archive")))
    source = fields.Nested(ArchiveSource, required=True, allow_none=True)
    satisfaction = fields.String(required=True, allow_none=True)
    sub_items = fields.List(fields.Nested(OutcomeSubItem), required=True)
    scores = fields.List(fields.Nested(OutcomeScore), required=True)
    look_backs = fields.List(fields.Nested(LookBack), required=True)


class ArchivedYear(Schema):
    """A year's projects; ``other_look_backs``: at projects that are not kept here."""

    year = fields.Integer(required=True)
    projects = fields.List(fields.Nested(Outcome), required=True)
    other_look_backs = fields.List(fields.Nested(LookBack), required=True)


class DossierEntry(Schema):
    """A record of a register, without what people wrote unless the register is open, or names."""

    register = fields.String(required=True)
    id = Identifier(required=True)
    happened_on = Day(required=True, allow_none=True)
    data = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)


class DossierRegister(Schema):
    """A register with how many records it has on the project, and the last of them."""

    register = fields.String(required=True)
    name_zh = fields.String(required=True)
    count = fields.Integer(required=True)
    last = fields.List(fields.Nested(DossierEntry), required=True)


class Dossier(Schema):
    """Everything about a project, register by register."""

    outcome = fields.Nested(Outcome, required=True)
    as_of = fields.AwareDateTime(required=True)
    registers = fields.List(fields.Nested(DossierRegister), required=True)


class DossierQuery(PageQuery):
    """A page of a register."""
