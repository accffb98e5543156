"""Editions of the annual report, the meeting's opinions on one, and the answers."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis.fields import Day, Division, Identifier, Text, Year
from services.chassis.paging import PageQuery

from ..model.report import edition, opinion


class DraftEdition(Schema):
    """A new edition (报告稿): what the report says as of a day, frozen."""

    as_of = Day(
        load_default=None,
        allow_none=True,
        metadata={"description": "what is dated later does not count; happened_on if left out"},
    )
    note = Text(2000, load_default="", validate=validate.Length(0, 2000))
    happened_on = Day(required=True)


class DraftEditionOfYear(DraftEdition):
    """The same with the year of the report."""

    year = Year(required=True)


class EditionMeeting(Schema):
    """The numbered meeting that an edition went to."""

    body = fields.String(required=True)
    congress = fields.String(required=True)
    term = fields.Integer(required=True)
    ordinal = fields.Integer(required=True)
    held_on = fields.String(required=True)


class SubmitEdition(Schema):
    """An edition is handed to a meeting (提请审议), such as the 15th of the 14th committee."""

    body = fields.String(required=True, validate=validate.OneOf(edition.BODIES))
    congress = Division(
        load_default=None,
        allow_none=True,
        metadata={"description": "this jurisdiction's if left out"},
    )
    term = fields.Integer(required=True, strict=True, validate=validate.Range(1, 99))
    ordinal = fields.Integer(required=True, strict=True, validate=validate.Range(1, 999))
    held_on = Day(required=True, metadata={"description": "may be to come"})
    happened_on = Day(required=True)


class WithdrawEdition(Schema):
    """A submitted edition is taken back, with a reason."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class DeliberateEdition(Schema):
    """The meeting has deliberated on it (审议)."""

    happened_on = Day(required=True)


class EditionBrief(Schema):
    """An edition without what it says."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    number = fields.Integer(required=True)
    title = fields.String(required=True)
    as_of = Day(required=True)
    completed_by = Day(required=True)
    digest = fields.String(
        required=True,
        metadata={
            "description": "SHA-256 of the RFC 8785 form of year, as_of, title, figures, markdown"
        },
    )
    note = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(edition.STATES))
    meeting = fields.Nested(EditionMeeting, required=True, allow_none=True)
    submitted_on = Day(required=True, allow_none=True)
    deliberated_on = Day(required=True, allow_none=True)
    withdrawn_on = Day(required=True, allow_none=True)
    withdrawal_reason = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class Edition(EditionBrief):
    """An edition as it was frozen."""

    figures = fields.List(fields.Dict(), required=True)
    markdown = fields.String(required=True)


class EditionDocument(Schema):
    """An edition's document, from which a file is made."""

    title = fields.String(required=True)
    document = fields.Dict(required=True)


class EditionQuery(PageQuery):
    """Which editions."""

    state = fields.String(validate=validate.OneOf(edition.STATES))


class EditionsOfYearQuery(EditionQuery):
    """The same of one year."""

    year = Year()


class DifferenceQuery(Schema):
    """Against which other edition; the live report as of the same day without one."""

    against = Identifier()


class FigureDifference(Schema):
    """A figure that differs, with the lines of evidence that went and came."""

    key = fields.String(required=True)
    was = fields.Raw(required=True, allow_none=True, metadata={"type": "number"})
    now = fields.Raw(required=True, allow_none=True, metadata={"type": "number"})
    gone = fields.List(fields.String(), required=True)
    come = fields.List(fields.String(), required=True)


class EditionDifferences(Schema):
    """What differs between an edition and another, or the live report."""

    id = Identifier(required=True)
    against = Identifier(required=True, allow_none=True)
    figures = fields.List(fields.Nested(FigureDifference), required=True)


def _different(ids: list[str]) -> None:
    if len(set(ids)) < len(ids):
        raise ValidationError("Must name each unit once.")


class IssueReportOpinion(Schema):
    """An opinion that the meeting gave on the report (审议意见), and to whom it goes."""

    edition_id = Identifier(required=True)
    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, 999))
    text = Text(20_000, required=True)
    unit_ids = fields.List(
        Identifier(), required=True, validate=[validate.Length(1, 50), _different]
    )
    happened_on = Day(required=True)


class AnswerReportOpinion(Schema):
    """What became of an opinion (研究处理情况)."""

    unit_id = Identifier(required=True)
    text = Text(20_000, required=True)
    happened_on = Day(required=True)


def _heads() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000))


class VoteOnAnswers(Schema):
    """The meeting's vote on the answers: heads."""

    members = _heads()
    present = _heads()
    approve = _heads()
    oppose = _heads()
    abstain = _heads()
    happened_on = Day(required=True)


class CloseReportOpinion(Schema):
    """An answered opinion is closed without a vote, with a reason."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class ReportOpinionAnswer(Schema):
    """One answer."""

    round = fields.Integer(required=True)
    unit_id = Identifier(required=True)
    text = fields.String(required=True)
    happened_on = fields.String(required=True)


class AnswerVote(Schema):
    """One vote, with what came of it and by which rule (null for the shipped example)."""

    round = fields.Integer(required=True)
    members = fields.Integer(required=True)
    present = fields.Integer(required=True)
    approve = fields.Integer(required=True)
    oppose = fields.Integer(required=True)
    abstain = fields.Integer(required=True)
    satisfied = fields.Boolean(required=True)
    rule_id = fields.String(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    happened_on = fields.String(required=True)


class ReportOpinion(IssueReportOpinion):
    """An opinion of the meeting with its answers and votes."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(opinion.STATES))
    round = fields.Integer(required=True)
    answers = fields.List(fields.Nested(ReportOpinionAnswer), required=True)
    votes = fields.List(fields.Nested(AnswerVote), required=True)
    waits_for = fields.Function(
        lambda one: one.waits_for(),
        metadata={"type": "array", "items": {"type": "string", "format": "uuid"}},
    )
    closed_on = Day(required=True, allow_none=True)
    closing_reason = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ReportOpinionQuery(PageQuery):
    """Which opinions."""

    year = Year()
    edition_id = Identifier()
    state = fields.String(validate=validate.OneOf(opinion.STATES))
