"""Answers to suggestions (答复), and deadlines."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery, Sort

from ..model import answer, deadline


class _Answer(Schema):
    text = Text(20_000, required=True)
    result = fields.String(
        required=True,
        validate=Pattern("^[A-Z]$"),
        metadata={"description": "a code of the rule results in force"},
    )
    promised_on = Day(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class AnswerTogether(_Answer):
    """An answer to the suggestions of a project, but for those that are answered ``apart``."""

    apart = fields.List(Identifier(), load_default=list, validate=validate.Length(0, 1000))


class AnswerApart(_Answer):
    """An answer to one suggestion."""

    unit_id = Identifier(required=True)


class Answer(Schema):
    """What one suggestion was answered, and who was."""

    id = Identifier(required=True)
    suggestion_id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True)
    unit_id = Identifier(required=True)
    text = fields.String(required=True)
    result = fields.String(required=True)
    promised_on = Day(required=True, allow_none=True)
    deputy_ids = fields.List(Identifier(), required=True)
    to_author = fields.Boolean(required=True)
    number = fields.Integer(required=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)


class AnswerQuery(PageQuery):
    """Which answers to all suggestions; ``year``, ``aspect``: of the suggestion."""

    year = Year()
    aspect = Code()
    unit_id = Identifier()
    result = fields.String(validate=Pattern("^[A-Z]$"))
    since = Day(data_key="from")
    until = Day(data_key="to")
    sort = Sort("happened_on", "recorded_at", "id")


class JudgeAnswer(Schema):
    """What a recipient thinks of an answer; ``deputy_id``: which, where the office enters it."""

    judgement = fields.String(required=True, validate=validate.OneOf(answer.JUDGEMENTS))
    reason = Text(2000, load_default=None, allow_none=True)
    deputy_id = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class Judgement(Schema):
    """A recipient's judgement; ``judge``: a deputy's id, or ``author``."""

    id = Identifier(required=True)
    answer_id = Identifier(required=True)
    suggestion_id = Identifier(required=True)
    judge = fields.String(required=True)
    judgement = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)


class ExtendDeadline(Schema):
    """More time for an answer, once (延期)."""

    reason = Text(1000, required=True)
    happened_on = Day(required=True)


#: What may be overdue.
OVERDUE = (*deadline.KINDS, deadline.SORTING)


class OverdueQuery(PageQuery):
    """What was overdue on a day; today without one.

    ``year``, ``aspect``: of the suggestion, or of the suggested project.

    ``kind=sorting`` lists what waits to be sorted (梳理) for longer than the rule in force on that
    day allows; nothing is kept of its last day, so it stands in the list of this kind only, which
    is sorted by the first day instead.
    """

    on = Day()
    kind = fields.String(validate=validate.OneOf(OVERDUE))
    unit_id = Identifier()
    year = Year()
    aspect = Code()
    sort = Sort("due_on", "starts_on", "id")


class KeptOverdueQuery(OverdueQuery):
    """The same of what is kept: all but what waits to be sorted."""

    kind = fields.String(validate=validate.OneOf(deadline.KINDS))


class Deadline(Schema):
    """A day by which somebody must have answered, or sorted; ``id`` is then the suggestion's."""

    id = Identifier(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(OVERDUE))
    code = fields.String(required=True)
    subject_id = Identifier(required=True)
    suggestion_id = Identifier(required=True, allow_none=True)
    project_id = Identifier(required=True, allow_none=True)
    unit_id = Identifier(required=True, allow_none=True)
    starts_on = Day(required=True)
    due_on = Day(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    provisional = fields.Boolean(required=True)
    extended_on = Day(required=True, allow_none=True)
    extension_reason = fields.String(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Unsorted(Schema):
    """What a deadline for sorting is made of."""

    id = Identifier()
    author_kind = fields.String()
    happened_on = Day()
    version = fields.Integer()


class Recompute(Schema):
    """Which provisional deadlines are computed anew: so many by id, after one."""

    after = fields.String(load_default="00000000-0000-0000-0000-000000000000")
    limit = fields.Integer(load_default=500, validate=validate.Range(1, 5000))


class Changed(Schema):
    """A deadline that was found to be on another day, or certain now; or that begins only now."""

    id = Identifier(required=True)
    kind = fields.String(required=True)
    suggestion_id = Identifier(required=True, allow_none=True)
    project_id = Identifier(required=True, allow_none=True)
    was_due_on = Day(required=True, allow_none=True)
    due_on = Day(required=True)
    provisional = fields.Boolean(required=True)


class Recomputed(Schema):
    """What changed; ``last``: where to go on, null at the end."""

    changed = fields.List(fields.Nested(Changed), required=True)
    last = Identifier(required=True, allow_none=True)
