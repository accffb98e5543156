"""Questionnaires."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Day, Division, Identifier, Text, Year
from services.chassis.paging import PageQuery

from ..model.basis import Effect
from ..model.method.weighing import FINDINGS, OVER
from .methods import LookBackConsequence
from .questions import Questions

STATES = ("draft", "open", "closed", "published")
ITEM_KINDS = ("project", "sub-item")


class DraftQuestionnaire(Schema):
    """A new questionnaire (测评) on a year's projects; its audiences are added to it.

    ``questions``, or the edition of a template: without them a grade for every line.
    ``item_kinds``, ``item_ids``: only these lines.  ``follows``: the questionnaire to which it is
    the second (再次测评), about the lines that ``item_ids`` names.
    """

    year = Year(required=True)
    title = Text(120, required=True)
    congress = Division(required=True)
    method_id = Identifier(required=True)
    questions = Questions()
    template_id = Identifier(load_default=None, allow_none=True)
    item_kinds = fields.List(
        fields.String(validate=validate.OneOf(ITEM_KINDS)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 2),
    )
    item_ids = fields.List(
        Identifier(), load_default=None, allow_none=True, validate=validate.Length(1, 1000)
    )
    follows = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)

    @validates_schema
    def _check_source(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "questions" in data and data["template_id"]:
            raise ValidationError("Needs questions or template_id, not both.", "template_id")


class ReviseQuestionnaire(Schema):
    """What changes while nobody has answered; of an open one only title and questions can."""

    title = Text(120)
    method_id = Identifier()
    questions = Questions()
    item_kinds = fields.List(
        fields.String(validate=validate.OneOf(ITEM_KINDS)),
        allow_none=True,
        validate=validate.Length(1, 2),
    )
    item_ids = fields.List(Identifier(), allow_none=True, validate=validate.Length(1, 1000))
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
    """What a look-back does for this questionnaire, with the lines that it touches.

    ``source``: its finding is worth ``value`` points of 100, weighed beside the groups.
    """

    finding = fields.String(required=True, validate=validate.OneOf(FINDINGS))
    effect = fields.String(required=True, validate=validate.OneOf([one.value for one in Effect]))
    over = fields.String(validate=validate.OneOf(OVER))
    value = fields.String()
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
    method_id = Identifier(required=True, attribute="method.id")
    questions = Questions(required=True, attribute="asked")
    template_id = Identifier(
        required=True,
        allow_none=True,
        metadata={"description": "the edition of a template that the questions were taken from"},
    )
    form_version = fields.Integer(required=True)
    item_kinds = fields.List(fields.String(), required=True, allow_none=True)
    item_ids = fields.List(Identifier(), required=True, allow_none=True)
    follows = Identifier(required=True, allow_none=True)
    audience = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "the leading group; null before the opening"},
    )
    opens_on = Day(required=True, allow_none=True)
    closes_on = Day(required=True, allow_none=True)
    items = fields.List(fields.Nested(QuestionnaireItem), required=True)
    look_backs = fields.List(fields.Nested(QuestionnaireLookBack), required=True)
    basis = fields.List(
        fields.Nested(BasisEntry),
        allow_none=True,
        metadata={"description": "what they do to the score; null: the method says nothing"},
    )
    eligible = fields.Integer(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    drafted_on = Day(required=True, allow_none=True)
    opened_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    closed_on = Day(required=True, allow_none=True)
    published_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class QuestionnaireQuery(PageQuery):
    """Questionnaires on one year's projects, or all."""

    year = Year()


class ActOnQuestionnaire(Schema):
    """The day on which a questionnaire is opened, closed, or its score published."""

    happened_on = Day(required=True)
