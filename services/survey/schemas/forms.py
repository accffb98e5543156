"""The form of an audience, as a page or another program needs it to ask."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.fields import Day, Identifier

from .questionnaires import QuestionnaireItem, QuestionnaireLookBack
from .questions import Questions


class FormGrade(Schema):
    """A grade that can be given."""

    code = fields.String(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True, allow_none=True)


class FormItem(QuestionnaireItem):
    """A line with the name of its project, null where that is not known."""

    project_name = fields.String(required=True, allow_none=True)


class AudienceForm(Schema):
    """What an audience is asked; answers name ``form_version``."""

    audience_id = Identifier(required=True)
    questionnaire_id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    audience_title = fields.String(required=True)
    channel = fields.String(required=True)
    kind = fields.String(required=True)
    replaceable = fields.Boolean(required=True)
    languages = fields.List(fields.String(), required=True)
    form_version = fields.Integer(required=True)
    questions = Questions(required=True)
    items = fields.List(fields.Nested(FormItem), required=True)
    grades = fields.List(fields.Nested(FormGrade), required=True)
    look_backs = fields.List(fields.Nested(QuestionnaireLookBack), required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    state = fields.String(required=True)
