"""Up from a suggestion to the project that came of it, and back from a project."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.fields import Day, Identifier

from .following import Votes


class TracedSuggestion(Schema):
    """A suggestion as anybody may read it, as it was sorted: no author and no text."""

    id = Identifier(required=True)
    title = fields.String(required=True, attribute="published.title")
    author_kind = fields.String(required=True)
    year = fields.Integer(required=True)
    aspect = fields.String(required=True)
    division = fields.String(required=True, allow_none=True, attribute="published.division")
    state = fields.String(required=True)
    happened_on = Day(required=True)
    answer_due_on = Day(required=True, allow_none=True)
    answered_on = Day(required=True, allow_none=True)


class TracedAnswer(Schema):
    """An answer: from whom, with what result."""

    id = Identifier(required=True)
    unit_id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True)
    result = fields.String(required=True)
    promised_on = Day(required=True, allow_none=True)
    happened_on = Day(required=True)


class TracedSuggestedProject(Schema):
    """A suggested project in which the suggestion is, or was until a day."""

    id = Identifier(required=True, attribute="project.id")
    title = fields.String(required=True, attribute="project.title")
    aspect = fields.String(required=True, attribute="project.aspect")
    unit_id = Identifier(required=True, allow_none=True, attribute="project.unit_id")
    handed_over_on = Day(required=True, allow_none=True, attribute="project.handed_over_on")
    answered_on = Day(required=True, allow_none=True, attribute="project.answered_on")
    added_on = Day(required=True)
    removed_on = Day(required=True, allow_none=True)


class TracedShortlist(Schema):
    """A shortlist with the candidate on it."""

    id = Identifier(required=True)
    adopted_by = fields.String(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)


class TracedResult(Schema):
    """What the congress decided, and why; ``votes``: of the deciding round."""

    ballot_id = Identifier(required=True)
    chosen = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    round = fields.Integer(required=True, allow_none=True)
    votes = fields.Nested(Votes, required=True, allow_none=True)
    certified_on = Day(required=True)


class TracedScore(Schema):
    """How deputies scored it: exact rates as fractions, and the grade."""

    questionnaire_id = Identifier(required=True)
    title = fields.String(required=True)
    grade = fields.String(required=True, allow_none=True)
    top1 = fields.String(required=True, allow_none=True)
    top2 = fields.String(required=True, allow_none=True)
    published_on = fields.String(required=True)


class TracedWork(Schema):
    """How far the project is: ``share`` from 0 to 1, the mean of its sub-items."""

    share = fields.Float(required=True)
    completed_on = Day(required=True, allow_none=True)
    scores = fields.List(fields.Nested(TracedScore), required=True)


class TracedLookBack(Schema):
    """A look-back at the project."""

    id = Identifier(required=True)
    effective = fields.Boolean(required=True)
    happened_on = Day(required=True)


class TracedCandidate(Schema):
    """A candidate and what became of it; ``through``: by which way the suggestion stands behind."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    name = fields.String(required=True)
    through = fields.List(fields.String(), required=True)
    shortlists = fields.List(fields.Nested(TracedShortlist), required=True)
    result = fields.Nested(TracedResult, required=True, allow_none=True)
    project = fields.Nested(TracedWork, required=True, allow_none=True)
    look_backs = fields.List(fields.Nested(TracedLookBack), required=True)


class TracedSubItem(Schema):
    """The voted sub-item that the suggestion matches."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    project_id = Identifier(required=True)
    project_name = fields.String(required=True)


class SuggestionTrace(Schema):
    """What became of a suggestion."""

    suggestion = fields.Nested(TracedSuggestion, required=True)
    answers = fields.List(fields.Nested(TracedAnswer), required=True)
    suggested_projects = fields.List(fields.Nested(TracedSuggestedProject), required=True)
    candidates = fields.List(fields.Nested(TracedCandidate), required=True)
    matched = fields.Nested(TracedSubItem, required=True, allow_none=True)
    matched_on = Day(required=True, allow_none=True)


class SuggestionBehind(Schema):
    """A suggestion behind a project, and by which ways."""

    suggestion = fields.Nested(TracedSuggestion, required=True)
    through = fields.List(fields.String(), required=True)


class ProjectTrace(Schema):
    """Every accepted suggestion behind a project."""

    project = fields.Nested(TracedCandidate, required=True)
    suggestions = fields.List(fields.Nested(SuggestionBehind), required=True)
