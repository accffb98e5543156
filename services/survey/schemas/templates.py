"""Templates of questionnaires."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Choice, Code, Day, Identifier, Text
from services.chassis.paging import PageQuery

from .. import templates
from .questions import FormQuestion, Questions


class DraftTemplate(Schema):
    """A template (问卷模板): written, or taken from a shipped one or from a questionnaire.

    ``supersedes``: the edition that it revises.  ``grades``: the marks that a method must have to
    go with it, any without them.  What is not said of a shipped one stays as it is.
    """

    title = Text(120)
    description = Text(2000)
    grades = fields.List(Code(), validate=validate.Length(0, 20))
    questions = Questions()
    shipped = fields.String(validate=validate.OneOf(templates.names()))
    questionnaire_id = Identifier()
    supersedes = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)

    @validates_schema
    def _check_source(self, data: dict[str, Any], **kwargs: Any) -> None:
        if len({"questions", "shipped", "questionnaire_id"} & data.keys()) != 1:
            raise ValidationError("Needs one of questions, shipped and questionnaire_id.")
        if "shipped" not in data and not {"title", "description"} <= data.keys():
            raise ValidationError("Needs title and description.")


class QuestionnaireTemplate(Schema):
    """An edition of a template; it does not change."""

    id = Identifier(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    questions = fields.List(fields.Nested(FormQuestion), required=True)
    grades = fields.List(fields.String(), required=True)
    edition = fields.Integer(required=True)
    supersedes = Identifier(required=True, allow_none=True)
    source = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "a shipped template's name or a questionnaire's id"},
    )
    drafted_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class TemplateQuery(PageQuery):
    """All editions, or the ``newest`` of each template."""

    newest = Choice(load_default=False)
