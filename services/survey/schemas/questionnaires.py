"""Questionnaires and answers."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Division, Identifier, Text, Year
from services.chassis.paging import PageQuery

from .methods import LookBackConsequence

STATES = ("open", "closed", "published")


class OpenQuestionnaire(Schema):
    """A new questionnaire (测评) to all deputies of a congress, on a year's projects."""

    year = Year(required=True)
    title = Text(120, required=True)
    congress = Division(required=True)
    audience = fields.String(load_default="all-deputies", validate=validate.OneOf(["all-deputies"]))
    method_id = Identifier(required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    happened_on = Day(required=True)


class QuestionnaireItem(Schema):
    """A line of the form: a project or a sub-item (子项), of the year or a former one."""

    item_id = Identifier(required=True)
    project_id = Identifier(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    former_year = fields.Integer(
        metadata={"description": "of a former project that is assessed again"}
    )


class BasisEntry(LookBackConsequence):
    """A consequence of a look-back for this questionnaire, with the lines that it touches."""

    look_back_id = Identifier(required=True)
    project_name = fields.String(required=True)
    project_year = fields.Integer(required=True)
    items = fields.List(Identifier(), required=True)


class QuestionnaireLookBack(Schema):
    """What a look-back (回头看) found at a project of an earlier year, a ground for judging."""

    project_name = fields.String(required=True)
    project_year = fields.Integer(required=True)
    effective = fields.Boolean(required=True)
    happened_on = fields.String(required=True)


class Questionnaire(Schema):
    """A questionnaire; nothing of the answers."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    congress = fields.String(required=True)
    audience = fields.String(required=True)
    method_id = Identifier(required=True, attribute="method.id")
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    items = fields.List(fields.Nested(QuestionnaireItem), required=True)
    look_backs = fields.List(fields.Nested(QuestionnaireLookBack), required=True)
    basis = fields.List(
        fields.Nested(BasisEntry),
        allow_none=True,
        metadata={"description": "what they do to the score; null: the method says nothing"},
    )
    eligible = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    opened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    closed_on = Day(required=True, allow_none=True)
    published_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class QuestionnaireQuery(PageQuery):
    """Questionnaires on one year's projects, or all."""

    year = Year()


class QuestionnaireMark(Schema):
    """A mark on one line, by the code of an option of the method; null leaves the line blank."""

    item_id = Identifier(required=True)
    grade = Code(required=True, allow_none=True)


class AnswerQuestionnaire(Schema):
    """A filled-in form: every line once.  The day decides whether it is in time and is not kept."""

    answers = fields.List(
        fields.Nested(QuestionnaireMark), required=True, validate=validate.Length(1, 1000)
    )
    happened_on = Day(required=True)


class AnswerAccepted(Schema):
    """What everybody gets who has answered; it says nothing of the answer."""

    accepted = fields.Boolean(required=True)


class ActOnQuestionnaire(Schema):
    """The day on which a questionnaire is closed or its score published."""

    happened_on = Day(required=True)
