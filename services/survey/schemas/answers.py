"""Filled-in forms, as they come in."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier


class GivenAnswer(Schema):
    """The answer to one question, for one line where it is asked per line; null leaves it blank."""

    question = Code(required=True)
    item_id = Identifier()
    value = fields.Raw(required=True, allow_none=True)


class AnswerQuestionnaire(Schema):
    """A filled-in form: everything that is asked, once.

    The day decides whether it is in time and is not kept; only who may record late can name one.
    ``token``: of an invitation; ``link``: of an open link.
    """

    form_version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    answers = fields.List(
        fields.Nested(GivenAnswer), required=True, validate=validate.Length(1, 5000)
    )
    language = fields.String(load_default="zh-CN", validate=validate.Length(2, 20))
    token = fields.String(load_default=None, validate=validate.Length(1, 200))
    link = fields.String(load_default=None, validate=validate.Length(1, 200))
    happened_on = Day(load_default=None)


class AnswerAccepted(Schema):
    """What everybody gets who has answered; it says nothing of the answer.

    ``counted``: false where it was one too many of a quota.
    """

    accepted = fields.Boolean(required=True)
    counted = fields.Boolean()
