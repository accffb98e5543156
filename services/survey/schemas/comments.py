"""Comments: in groups for who prepares the publication, and released ones."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Pattern, Text
from services.chassis.paging import PageQuery

_GROUP = "^[0-9a-f]{24}$"


class CommentQuery(PageQuery):
    """Of one ``key`` (``question`` or ``question:item_id``), and said by ``least`` at least."""

    key = fields.String(validate=validate.Length(1, 100))
    least = fields.Integer(load_default=1, validate=validate.Range(1, 1_000_000))


class Wording(Schema):
    """A text as it was written, and how often."""

    text = fields.String(required=True)
    count = fields.Integer(required=True)


class CommentedOn(Schema):
    """The question, and the line where it is asked for each."""

    question = fields.String(required=True)
    question_text = fields.String(required=True)
    item_id = Identifier(required=True, allow_none=True)
    item_name = fields.String(required=True, allow_none=True)


class CommentGroup(CommentedOn):
    """Comments that say the same, or nearly so; in no order of time.

    ``group``: by which it is released.  ``personal``: kinds of personal data found by their form;
    ``suggested``: the text with them struck out; names and addresses only people find.
    """

    key = fields.String(required=True)
    group = fields.String(required=True)
    count = fields.Integer(required=True)
    text = fields.String(required=True)
    wordings = fields.List(fields.Nested(Wording), required=True)
    personal = fields.List(fields.String(), required=True)
    suggested = fields.String(required=True)
    released = fields.Boolean(required=True)


class ReleaseComment(Schema):
    """A group with the reviewed text that the public may read (公开意见)."""

    key = fields.String(required=True, validate=validate.Length(1, 100))
    group = fields.String(required=True, validate=Pattern(_GROUP))
    text = Text(2000, required=True)
    happened_on = Day(required=True)


class WithdrawComment(Schema):
    """Why a released comment is taken back."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class ReleasedComment(Schema):
    """A reviewed comment; ``count``: how many said so."""

    id = Identifier(required=True)
    questionnaire_id = Identifier(required=True)
    key = fields.String(required=True)
    group = fields.String(required=True)
    text = fields.String(required=True)
    count = fields.Integer(required=True)
    released_on = Day(required=True)
    withdrawn_on = Day(required=True, allow_none=True)
    withdrawal_reason = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class PublishedComment(CommentedOn):
    """A released comment as the public reads it."""

    id = Identifier(required=True)
    text = fields.String(required=True)
    count = fields.Integer(required=True)
    version = fields.Integer(required=True)
