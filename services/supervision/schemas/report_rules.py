"""The forms of the rules about the annual report."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Flag, Pattern, Text

from ..model.report.expectation import EXPECTATIONS
from ..model.report.figures import NAMES
from ..model.report.opinion import BASES


class Share(Schema):
    """A share that must be reached (以上) or exceeded (超过)."""

    share = fields.String(required=True, validate=Pattern("^(1|[0-9]{1,4}/[1-9][0-9]{0,3})$"))
    inclusive = Flag(required=True)


class AnswerVoteRule(Schema):
    """When a meeting is satisfied with the answers: which share of whom must approve."""

    threshold = fields.Nested(Share, required=True)
    of = fields.String(required=True, validate=validate.OneOf(BASES))


class ChainLink(Schema):
    """A link of the chain of supervision (环节): its figures, and what it should leave records of.

    A figure is named by its key, without the day that some keys end with.
    """

    code = Code(required=True)
    name = Text(40, required=True)
    figures = fields.List(fields.String(validate=validate.OneOf(NAMES)), required=True)
    expects = fields.List(fields.String(validate=validate.OneOf(list(EXPECTATIONS))), required=True)
