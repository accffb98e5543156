"""Audiences: who is asked, how and when."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Flag, Identifier, Text

from ..model.audience import Channel, Kind, Sampling
from .invitations import Limits, Quota

STATES = ("draft", "open", "closed")


def _one_of(choices: type) -> validate.OneOf:
    return validate.OneOf([one.value for one in choices])  # type: ignore[attr-defined]


def _count(least: int = 0, **kwargs: object) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(least, 2_000_000_000), **kwargs)  # type: ignore[arg-type]


class AddAudience(Schema):
    """A body of people to ask (测评主体); ``group``: the code that the method weighs.

    ``channel``: ``roll``, deputies who are logged in; ``invitation``, single-use tokens; ``open``,
    a link or its QR code (民生码); ``offline``, paper and files.  ``kind``: ``secret`` (无记名) and
    ``named`` (实名) on a roll, else ``anonymous``.  ``deputies``: who is on the roll; without them
    all of the congress; ``by_delegation``: counted by delegation, small ones together.
    ``eligible``, ``present``: how many are concerned (应参评) and there (到会), where known.
    """

    group = Code(required=True)
    title = Text(120, required=True)
    channel = fields.String(required=True, validate=_one_of(Channel))
    kind = fields.String(required=True, validate=_one_of(Kind))
    sampling = fields.String(required=True, validate=_one_of(Sampling))
    item_ids = fields.List(
        Identifier(), load_default=None, allow_none=True, validate=validate.Length(1, 1000)
    )
    deputies = fields.List(
        Identifier(), load_default=None, allow_none=True, validate=validate.Length(1, 5000)
    )
    by_delegation = Flag(load_default=False)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    replaceable = Flag(load_default=False)
    eligible = _count(1, load_default=None, allow_none=True)
    present = _count(load_default=None, allow_none=True)
    quotas = fields.List(fields.Nested(Quota), load_default=list, validate=validate.Length(max=100))
    limits = fields.Nested(Limits, load_default=dict)
    happened_on = Day(required=True)


class OpenAudience(Schema):
    """The day on which an audience is opened."""

    happened_on = Day(required=True)


class CloseAudience(Schema):
    """The day on which an audience is closed; ``present``: how many were there (到会)."""

    present = _count(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class Audience(Schema):
    """An audience; nothing of its answers, and nobody's id."""

    id = Identifier(required=True)
    questionnaire_id = Identifier(required=True)
    group = fields.String(required=True)
    title = fields.String(required=True)
    channel = fields.String(required=True)
    kind = fields.String(required=True)
    sampling = fields.String(required=True)
    item_ids = fields.List(Identifier(), required=True, allow_none=True)
    by_delegation = fields.Boolean(required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    replaceable = fields.Boolean(required=True)
    eligible = fields.Integer(required=True, allow_none=True)
    issued = fields.Integer(required=True, allow_none=True)
    present = fields.Integer(required=True, allow_none=True)
    quotas = fields.List(fields.Nested(Quota), required=True)
    limits = fields.Nested(Limits, required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    opened_on = Day(required=True, allow_none=True)
    closed_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class Audiences(Schema):
    """The audiences of a questionnaire, in the order in which they were added."""

    items = fields.List(fields.Nested(Audience), required=True)


class Participation(Schema):
    """How many of how many have answered; never what."""

    audience_id = Identifier(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    eligible = fields.Integer(required=True, allow_none=True)
    issued = fields.Integer(required=True, allow_none=True)
    present = fields.Integer(required=True, allow_none=True)
    returned = fields.Integer(required=True)


class Outstanding(Schema):
    """Which deputies on the roll have not answered; nothing else."""

    audience_id = Identifier(required=True)
    deputy_ids = fields.List(Identifier(), required=True)
