"""Support, co-signing, comments; and what the public sees."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis.fields import Code, Day, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery
from services.commons import places

from .suggestions import Attachment


class SupportSuggestion(Schema):
    """Support by whoever asks; nothing more is said."""


class Support(Schema):
    """How many support a suggestion, and whether the one who asks does."""

    suggestion_id = Identifier(required=True)
    supporters = fields.Integer(required=True)
    supported = fields.Boolean(required=True)


class CosignSuggestion(Schema):
    """A deputy's signature under another's suggestion (附议)."""

    deputy_id = Identifier(required=True)
    happened_on = Day(required=True)


class Cosignature(CosignSuggestion):
    """A signature."""

    id = Identifier(required=True)
    suggestion_id = Identifier(required=True)


class CommentOnSuggestion(Schema):
    """What a deputy says on it."""

    deputy_id = Identifier(required=True)
    text = Text(2000, required=True)
    happened_on = Day(required=True)


class Comment(CommentOnSuggestion):
    """A comment."""

    id = Identifier(required=True)
    suggestion_id = Identifier(required=True)


def _few_words(text: str) -> None:
    if len(text.split()) > 5:
        raise ValidationError("Must be at most five words.")


class PublishedQuery(PageQuery):
    """Which published suggestions; ``sort``: by their day, or those with most support first.

    ``q``: two characters or more, up to five words set apart by blanks, each of which must stand in
    title or text.  It is looked for in the newest 5,000 that fit ``year``, ``aspect`` and
    ``division``, so one of these finds what is older.
    """

    q = Text(100, validate=[validate.Length(2, 100), _few_words])
    year = Year()
    aspect = Code()
    division = fields.String(validate=Pattern(places.DIVISION))
    sort = fields.String(load_default="day", validate=validate.OneOf(("day", "supporters")))


class PublishedSuggestion(Schema):
    """An accepted suggestion as anybody may see it: without who made it and where exactly.

    What an author changes after the sorting shows when the change has been sorted too.
    """

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    author_kind = fields.String(required=True)
    aspect = fields.String(required=True)
    title = fields.String(required=True, attribute="published.title")
    text = fields.String(required=True, attribute="published.text")
    beneficiaries = fields.String(
        required=True, allow_none=True, attribute="published.beneficiaries"
    )
    division = fields.String(required=True, allow_none=True, attribute="published.division")
    attachments = fields.List(
        fields.Nested(Attachment), required=True, attribute="published.attachments"
    )
    happened_on = Day(required=True)
    sorted_on = Day(required=True, allow_none=True)
    supporters = fields.Integer(required=True)
    cosigners = fields.Integer(required=True)
    answered = fields.Boolean(required=True)
    answered_on = Day(required=True, allow_none=True)
    answer_due_on = Day(required=True, allow_none=True)
