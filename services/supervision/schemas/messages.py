"""Residents' messages on projects' public pages."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.contact_schemas import GivenContact
from services.chassis.fields import Code, Day, Identifier, Text
from services.chassis.paging import PageQuery
from services.chassis.rule_schemas import list_of

from ..model import message


class LeaveMessage(Schema):
    """What a resident says about a project (群众留言); her contact is sealed, in no answer."""

    project_id = Identifier(required=True)
    text = Text(2_000, required=True)
    contact = fields.Nested(GivenContact, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class PublicMessage(Schema):
    """A message as anybody sees it."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    public_text = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(message.STATES))
    happened_on = Day(required=True)
    unit_id = Identifier(required=True, allow_none=True)
    answered_on = Day(required=True, allow_none=True)
    answered_by = Identifier(required=True, allow_none=True)
    answer_text = fields.String(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ForwardedMessage(PublicMessage):
    """A message as the unit sees it that is to answer."""

    moderated_on = Day(required=True, allow_none=True)
    forwarded_on = Day(required=True, allow_none=True)
    returns = fields.Integer(required=True)
    opinion_id = Identifier(required=True, allow_none=True)
    problem_id = Identifier(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)


class Message(ForwardedMessage):
    """A message as its author and the office see it; a unit gets it without ``text``."""

    text = fields.String(metadata={"description": "as it came; to the author and the office"})
    reason_code = fields.String(allow_none=True)
    rule_id = Identifier(allow_none=True)
    rule_digest = fields.String(allow_none=True)


class MessageQuery(PageQuery):
    """Which messages; a unit sees those that it is to answer."""

    project_id = Identifier()
    unit_id = Identifier()
    state = fields.String(validate=validate.OneOf(message.STATES))


class OwnMessageQuery(PageQuery):
    """Which of one's own messages."""

    state = fields.String(validate=validate.OneOf(message.STATES))


class ApproveMessage(Schema):
    """A message may be seen (通过), as ``public_text`` has it; the lead or another unit answers."""

    public_text = Text(2_000, load_default=None, allow_none=True)
    unit_id = Identifier(load_default=None, allow_none=True)
    note = Text(500, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class RefuseMessage(Schema):
    """A message may not be seen (不通过): why, by a code of the rule ``moderation``."""

    reason_code = Code(required=True)
    note = Text(500, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class ForwardMessage(Schema):
    """Another unit is to answer (转交)."""

    unit_id = Identifier(required=True)
    reason = Text(500, required=True)
    happened_on = Day(required=True)


class AnswerMessage(Schema):
    """A unit's answer (答复), which anybody sees."""

    unit_id = Identifier(required=True)
    text = Text(10_000, required=True)
    happened_on = Day(required=True)


class ReturnMessage(Schema):
    """The answer will not do (要求重新答复), and why."""

    reason = Text(500, required=True)
    happened_on = Day(required=True)


class CloseMessage(Schema):
    """The answer will do (办结)."""

    happened_on = Day(required=True)


class WithdrawMessage(CloseMessage):
    """Its author takes it back (撤回); her contact is deleted at once."""


class LinkMessage(Schema):
    """The office made an opinion, a problem or both of it, which are recorded already."""

    opinion_id = Identifier(load_default=None, allow_none=True)
    problem_id = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)

    @validates_schema
    def something_is_named(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse an empty one."""
        if data.get("opinion_id") is None and data.get("problem_id") is None:
            raise ValidationError("Must name an opinion or a problem.")


class MessageAct(Schema):
    """One step of a message; ``done_by`` is null for its author."""

    act = fields.String(required=True, validate=validate.OneOf(message.ACTS))
    done_by = fields.String(required=True, allow_none=True)
    unit_id = Identifier(required=True, allow_none=True)
    said = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class MessageActs(Schema):
    """The steps of a message, in order."""

    items = fields.List(fields.Nested(MessageAct), required=True)


class ReadMessageContact(Schema):
    """Why somebody reads it."""

    reason = Text(500, required=True)


class MessageContact(Schema):
    """A contact, opened."""

    message_id = Identifier(required=True)
    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True)


class MessageContactReading(Schema):
    """One reading of a contact."""

    id = Identifier(required=True)
    read_by = fields.String(required=True)
    reason = fields.String(required=True)
    read_at = fields.AwareDateTime(required=True)


class MessageContactReadings(Schema):
    """Who read a contact, oldest first."""

    items = fields.List(fields.Nested(MessageContactReading), required=True)


class _Reason(Schema):
    """Why a message may be refused."""

    code = Code(required=True)
    name = Text(60, required=True)


class ModerationRule(Schema):
    """How messages are moderated: reasons, how many a day of one person, and two terms.

    ``returns``: how often an author may ask for a better answer.  ``contact_days``: after how many
    days from its end the contact of a message is deleted.
    """

    reasons = list_of(_Reason)
    per_day = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100))
    returns = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10))
    contact_days = fields.Integer(required=True, strict=True, validate=validate.Range(0, 3660))
