"""Forms on paper, files of forms, the statement of the count."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Choice, Code, Day, Flag, Identifier, Text
from services.chassis.paging import PageQuery

from ..model.answer_import import STATES as IMPORT_STATES
from ..model.paper import CONDITIONS, MARKED, STATES

TEMPLATE_FORMATS = ("csv", "xlsx")


class FormCounts(Schema):
    """How many forms were handed out (发出) and came back (收回), counted by hand."""

    issued = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000_000))
    handed_in = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 10_000_000)
    )


class PaperLine(Schema):
    """What stands on one line of a paper form; ``void`` for several marks, null for a blank."""

    question = Code(required=True)
    item_id = Identifier(load_default=None, allow_none=True)
    value = fields.Raw(load_default=None, allow_none=True)
    void = Flag(load_default=False)

    @validates_schema
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        if data["void"] and data["value"] is not None:
            raise ValidationError("A void line has no value.", "value")


class EnterPaperForm(Schema):
    """A form as one person reads it: every line that is asked; none unless it is marked."""

    number = Text(40, required=True, metadata={"description": "written on it by the tellers"})
    condition = fields.String(load_default=MARKED, validate=validate.OneOf(CONDITIONS))
    answers = fields.List(
        fields.Nested(PaperLine), load_default=list, validate=validate.Length(max=4000)
    )


class ResolvePaperForm(Schema):
    """What a third person reads on the lines that differ, and on no other."""

    condition = fields.String(load_default=MARKED, validate=validate.OneOf(CONDITIONS))
    answers = fields.List(
        fields.Nested(PaperLine), load_default=list, validate=validate.Length(max=4000)
    )
    reason = Text(500, required=True)


class ExplainOffline(Schema):
    """Why a form, or an import, is treated so."""

    reason = Text(500, required=True)


class PaperForm(Schema):
    """A form; nothing of what it says."""

    id = Identifier(required=True)
    audience_id = Identifier(required=True)
    number = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    waits_for = fields.String(
        required=True,
        allow_none=True,
        metadata={"enum": ["first", "second", "third", None], "description": "whose look"},
    )
    first_by = fields.String(required=True, allow_none=True)
    second_by = fields.String(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    condition = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "what it was found to be; null before the closing"},
    )
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PaperDifference(Schema):
    """A line on which the two entries differ."""

    question = fields.String(required=True, allow_none=True)
    item_id = Identifier(required=True, allow_none=True)
    name = fields.String(required=True)
    first = fields.String(required=True)
    second = fields.String(required=True)


class ComparedPaperForm(PaperForm):
    """A form, and line by line where its two entries differ."""

    differences = fields.List(fields.Nested(PaperDifference), required=True)


class PaperFormQuery(PageQuery):
    """Forms of one state, or all."""

    state = fields.String(validate=validate.OneOf(STATES))


class OfflineProblem(Schema):
    """What does not agree."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class OfflineProgress(Schema):
    """How far the entering is; what the forms were found to be only after the closing."""

    audience_id = Identifier(required=True)
    issued = fields.Integer(required=True, allow_none=True)
    handed_in = fields.Integer(required=True, allow_none=True)
    entered = fields.Integer(required=True, metadata={"description": "once; a second one waits"})
    differing = fields.Integer(required=True)
    decided = fields.Integer(required=True, metadata={"description": "imported ones among them"})
    set_aside = fields.Integer(required=True)
    pairs = fields.Integer(required=True)
    pairs_different = fields.Integer(required=True)
    lines = fields.Integer(required=True, metadata={"description": "compared"})
    lines_different = fields.Integer(required=True)
    error_rate = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "lines_different / lines (差错率), an exact fraction"},
    )
    problems = fields.List(fields.Nested(OfflineProblem), required=True)
    outcomes = fields.Dict(keys=fields.String(), values=fields.Integer(), allow_none=True)
    void_lines = fields.Dict(keys=fields.String(), values=fields.Integer(), allow_none=True)


class ImportQuery(Schema):
    """What the file is called, which of its sheets is meant, whether it is only to be checked."""

    name = Text(200, load_default="sheet.csv")
    sheet = Text(200, load_default=None)
    dry_run = Choice(load_default=False)


class AskForImport(Schema):
    """A file of forms that lies in the store."""

    sha256 = fields.String(required=True, validate=validate.Length(equal=64))
    size = fields.Integer(required=True)
    name = Text(200, required=True)
    sheet = Text(200, load_default=None, allow_none=True)
    dry_run = Flag(load_default=False)


class SheetFault(Schema):
    """What is wrong, or different, in one cell."""

    line = fields.Integer(required=True)
    column = fields.String(required=True)
    en = fields.String(required=True)
    zh = fields.String(required=True)


class AlikeForms(Schema):
    """Complete forms that say the same, one after the other."""

    first = fields.Integer(required=True, metadata={"description": "the line of the first one"})
    last = fields.Integer(required=True)
    forms = fields.Integer(required=True)


class ImportReport(Schema):
    """What checking a file found; the first faults and differences, and how many there are."""

    fault_count = fields.Integer(required=True)
    faults = fields.List(fields.Nested(SheetFault), required=True)
    difference_count = fields.Integer(required=True)
    differences = fields.List(fields.Nested(SheetFault), required=True)
    alike_count = fields.Integer(required=True)
    alike = fields.List(fields.Nested(AlikeForms), required=True)
    straight = fields.Integer(required=True, metadata={"description": "forms of one mark only"})
    refusal = fields.Nested(OfflineProblem)


class AnswerImport(Schema):
    """An import of a file of forms, and what came of it."""

    id = Identifier(required=True)
    audience_id = Identifier(required=True)
    sha256 = fields.String(required=True)
    name = fields.String(required=True)
    sheet = fields.String(required=True, allow_none=True)
    dry_run = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(IMPORT_STATES))
    rows = fields.Integer(required=True)
    written = fields.Integer(required=True, metadata={"description": "forms that were counted"})
    same = fields.Integer(required=True, metadata={"description": "known before, and the same"})
    report = fields.Nested(ImportReport, required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    asked_by = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class TemplateQuery(Schema):
    """Which kind of file."""

    format = fields.String(load_default="xlsx", validate=validate.OneOf(TEMPLATE_FORMATS))


class TemplateColumn(Schema):
    """A column of the template: its key and the title that people read."""

    key = fields.String(required=True)
    title = fields.String(required=True)


class ImportTemplate(Schema):
    """The columns of the sheets of an audience's forms."""

    columns = fields.List(fields.Nested(TemplateColumn), required=True)


class CountStatement(Schema):
    """The statement of the count (计票报告单), to be signed."""

    audience_id = Identifier(required=True)
    closed_on = Day(required=True)
    counts = fields.Nested(OfflineProgress, required=True)
    document = fields.Dict(required=True)
