"""Meetings, who took part, what they decided, and the questions asked there."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text
from services.chassis.paging import PageQuery

from ..model import decision, question
from ..model.meeting import MEETING_KINDS
from ..model.participant import ROLES


class RecordMeeting(Schema):
    """A meeting that was held (会议)."""

    kind = fields.String(required=True, validate=validate.OneOf(MEETING_KINDS))
    name = Text(120, required=True)
    text = Text(10_000, load_default="", validate=validate.Length(0, 10_000))
    number = Text(40, load_default=None, allow_none=True, metadata={"description": "第几次"})
    group_id = Identifier(load_default=None, allow_none=True)
    leading_group_id = Identifier(load_default=None, allow_none=True)
    project_ids = fields.List(Identifier(), load_default=list, validate=validate.Length(0, 50))
    happened_on = Day(required=True)


class Minutes(Schema):
    """One version of a meeting's minutes (会议纪要)."""

    text = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    happened_on = fields.String(required=True)


class Meeting(RecordMeeting):
    """A meeting; its minutes are not for the public, and stand apart."""

    id = Identifier(required=True)
    project_ids = fields.List(Identifier(), required=True, attribute="about")
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class MeetingMinutes(Schema):
    """The minutes of a meeting, each version; the last is valid."""

    id = Identifier(required=True)
    minutes = fields.List(fields.Nested(Minutes), required=True, attribute="minutes_kept")
    version = fields.Integer(required=True)


class MeetingQuery(PageQuery):
    """Which meetings."""

    kind = fields.String(validate=validate.OneOf(MEETING_KINDS))
    group_id = Identifier()
    leading_group_id = Identifier()


class WriteMinutes(Schema):
    """The minutes; a version after the first says why."""

    text = Text(50_000, required=True)
    reason = Text(500, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class TakePart(Schema):
    """Somebody took part: a deputy by her id, an official by unit and office, others by a label."""

    role = fields.String(required=True, validate=validate.OneOf(list(ROLES)))
    deputy_id = Identifier(load_default=None, allow_none=True)
    unit_id = Identifier(load_default=None, allow_none=True)
    office = Text(80, load_default=None, allow_none=True, metadata={"description": "职务"})
    label = Text(
        80,
        load_default=None,
        allow_none=True,
        metadata={"description": "such as 居民代表一, never a name"},
    )


class Participant(TakePart):
    """Somebody who took part."""

    id = Identifier(required=True)
    subject_kind = fields.String(required=True)
    subject_id = Identifier(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ParticipantQuery(PageQuery):
    """Which participants."""

    role = fields.String(validate=validate.OneOf(list(ROLES)))


class TakeDecision(Schema):
    """What a meeting decided (议定事项), for one unit or one group."""

    project_id = Identifier(load_default=None, allow_none=True)
    text = Text(5000, required=True)
    unit_id = Identifier(load_default=None, allow_none=True)
    group_id = Identifier(load_default=None, allow_none=True)
    due_on = Day(load_default=None, allow_none=True)


class Decision(TakeDecision):
    """A decision."""

    id = Identifier(required=True)
    meeting_id = Identifier(required=True)
    state = fields.String(required=True, validate=validate.OneOf(decision.STATES))
    ended_on = Day(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class DecisionQuery(PageQuery):
    """Which decisions."""

    meeting_id = Identifier()
    project_id = Identifier()
    unit_id = Identifier()
    group_id = Identifier()
    state = fields.String(validate=validate.OneOf(decision.STATES))


class EndDecision(Schema):
    """A decision was carried out, or dropped; ``outcome``: what was done, or why not."""

    outcome = Text(5000, required=True)
    happened_on = Day(required=True)


class AskQuestion(Schema):
    """A deputy's question to a unit, at a meeting (现场问询)."""

    project_id = Identifier(required=True)
    deputy_id = Identifier(required=True)
    unit_id = Identifier(required=True)
    text = Text(5000, required=True)


class Turn(Schema):
    """An answer or a follow-up."""

    kind = fields.String(
        required=True, validate=validate.OneOf([question.ANSWER, question.FOLLOW_UP])
    )
    text = fields.String(required=True)
    happened_on = fields.String(required=True)
    opinion_id = Identifier(required=True, allow_none=True)


class Question(AskQuestion):
    """A question, with its answers and follow-ups."""

    id = Identifier(required=True)
    meeting_id = Identifier(required=True)
    state = fields.String(required=True, validate=validate.OneOf(question.STATES))
    turns = fields.List(fields.Nested(Turn), required=True)
    closed_on = Day(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class QuestionQuery(PageQuery):
    """Which questions."""

    meeting_id = Identifier()
    project_id = Identifier()
    unit_id = Identifier()
    deputy_id = Identifier()
    state = fields.String(validate=validate.OneOf(question.STATES))


class AnswerQuestion(Schema):
    """The unit's answer (答复)."""

    text = Text(10_000, required=True)
    happened_on = Day(required=True)


class FollowUpQuestion(AnswerQuestion):
    """The deputy asks again (追问)."""

    opinion_id = Identifier(load_default=None, allow_none=True)


class CloseQuestion(Schema):
    """The deputy closes her question."""

    happened_on = Day(required=True)
