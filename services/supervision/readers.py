"""Tolerant readers of the other services' events: what is used here is read, the rest is left."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.fields import Identifier
from services.chassis.readers import Reader


class UnitRegistered(Reader):
    """proposal: unit.registered.v1."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)


class Match(Reader):
    """The sub-item that a suggestion was matched to, or none."""

    sub_item_id = Identifier(required=True, allow_none=True)
    matched_on = fields.Date(required=True)


class SuggestionChanged(Reader):
    """proposal: suggestion.submitted.v1, suggestion.sorted.v1, suggestion.matched.v1,
    suggestion.withdrawn.v1.

    Who made it is not read: the figures need to know only whether a deputy did.
    """

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    author_kind = fields.String(required=True)
    aspect = fields.String(required=True)
    happened_on = fields.Date(required=True)
    state = fields.String(required=True)
    sorted_on = fields.Date(load_default=None, allow_none=True)
    withdrawn_on = fields.Date(load_default=None, allow_none=True)
    matched = fields.Nested(Match, load_default=None, allow_none=True)


class SuggestedProjectDistilled(Reader):
    """proposal: suggested-project.distilled.v1."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    aspect = fields.String(required=True)
    suggestion_ids = fields.List(Identifier(), required=True)
    happened_on = fields.Date(required=True)


class Mandate(Reader):
    """A seat in one congress."""

    congress = fields.String(required=True)


class DeputyEnrolled(Reader):
    """ballot: deputy.enrolled.v1."""

    id = Identifier(required=True)
    mandates = fields.List(fields.Nested(Mandate), required=True)
    enrolled_on = fields.Date(required=True)


class SessionOpened(Reader):
    """ballot: session.opened.v1."""

    id = Identifier(required=True)
    congress = fields.String(required=True)
    term = fields.Integer(required=True)
    ordinal = fields.Integer(required=True)
    opens_on = fields.Date(required=True)


class DeputySignedIn(Reader):
    """ballot: deputy.signed-in.v1."""

    id = Identifier(required=True)
    session_id = Identifier(required=True)
    deputy_id = Identifier(required=True)
    happened_on = fields.Date(required=True)


class SubItem(Reader):
    """A sub-item of a candidate; ``target`` None promises all that is asked for."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    target = fields.Float(required=True, allow_none=True)
    unit_of_measure = fields.String(required=True)


class Candidate(Reader):
    """A candidate of a certified result."""

    candidate_id = Identifier(required=True)
    name = fields.String(required=True)
    chosen = fields.Boolean(required=True)
    reason = fields.String(load_default="")
    round = fields.Integer(required=True)
    approve = fields.Integer(required=True)
    oppose = fields.Integer(required=True)
    abstain = fields.Integer(required=True)
    description = fields.String(load_default="")
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    budget_yuan = fields.Integer(load_default=None, allow_none=True)
    due_on = fields.Date(load_default=None, allow_none=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True)
    suggested_project_ids = fields.List(Identifier(), load_default=list)


class Round(Reader):
    """A round of the vote; the first is the one in which all candidates stood."""

    opened_on = fields.Date(required=True)


class Method(Reader):
    """The method of a ballot or an assessment, by name."""

    title = fields.String(required=True)


class ResultCertified(Reader):
    """ballot: result.certified.v1."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    session_id = Identifier(required=True)
    certified_on = fields.Date(required=True)
    rounds = fields.List(fields.Nested(Round), required=True, validate=validate.Length(1))
    method = fields.Nested(Method, required=True)
    candidates = fields.List(fields.Nested(Candidate), required=True)


class DueIn(Reader):
    """A term that an assessment method sets: so many days, or working days."""

    days = fields.Integer(load_default=None, allow_none=True)
    workdays = fields.Integer(load_default=None, allow_none=True)


class RectificationRequired(Reader):
    """survey: rectification.required.v1."""

    id = Identifier(required=True)
    questionnaire_id = Identifier(required=True)
    year = fields.Integer(required=True)
    project_id = Identifier(required=True, allow_none=True)
    item_id = Identifier(required=True, allow_none=True)
    item_kind = fields.String(required=True)
    item_name = fields.String(required=True)
    former_year = fields.Integer(load_default=None, allow_none=True)
    measure = fields.String(required=True)
    value = fields.String(required=True, allow_none=True)
    percent = fields.String(required=True, allow_none=True)
    line = fields.String(required=True, allow_none=True)
    inclusive = fields.Boolean(required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    then = fields.List(fields.String(), required=True)
    times = fields.Integer(required=True)
    due_in = fields.Nested(DueIn, required=True, allow_none=True)
    decided_on = fields.Date(required=True)
    method_id = Identifier(required=True)
    method_title = fields.String(required=True)


class ScoredItem(Reader):
    """A project or sub-item with its counts and rates; the ids came later."""

    item_id = Identifier()
    project_id = Identifier()
    counted_grade = fields.String(allow_none=True)
    adjusted = fields.Dict(keys=fields.String(), values=fields.String())
    look_backs = fields.List(Identifier())

    name = fields.String(required=True)
    kind = fields.String(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    denominator = fields.Integer(required=True)
    top1 = fields.String(load_default=None, allow_none=True)
    top2 = fields.String(load_default=None, allow_none=True)
    grade = fields.String(load_default=None, allow_none=True)
    composite = fields.String(allow_none=True)


class ScoreInterval(Reader):
    """How sure a sample can be of a rate."""

    measure = fields.String(load_default="top1")
    confidence = fields.String(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


class ScoreBounds(Reader):
    """Between which rates it would be if everybody had answered."""

    measure = fields.String(load_default="top1")
    low = fields.String(required=True)
    high = fields.String(required=True)


class GroupItem(Reader):
    """What a group says of one line."""

    item_id = Identifier(required=True)
    denominator = fields.Integer(required=True)
    top1 = fields.String(required=True, allow_none=True)
    top2 = fields.String(required=True, allow_none=True)
    mean = fields.String(load_default=None, allow_none=True)
    grade = fields.String(load_default=None, allow_none=True)
    interval = fields.Nested(ScoreInterval, load_default=None, allow_none=True)
    bounds = fields.Nested(ScoreBounds, load_default=None, allow_none=True)


class ScoreGroup(Reader):
    """A body of people that was asked, with its base."""

    group = fields.String(required=True)
    name = fields.String(required=True)
    weight = fields.String(load_default=None, allow_none=True)
    sampling = fields.String(required=True)
    eligible = fields.Integer(required=True, allow_none=True)
    issued = fields.Integer(load_default=None, allow_none=True)
    returned = fields.Integer(required=True)
    items = fields.List(fields.Nested(GroupItem), required=True)


class ScoredWhole(Reader):
    """One figure of a whole."""

    measure = fields.String(required=True)
    composite = fields.String(required=True, allow_none=True)
    grade = fields.String(load_default=None, allow_none=True)


class ScoredProject(ScoredWhole):
    """A project as a whole."""

    project_id = Identifier(required=True)
    name = fields.String(required=True)


class ScoreConsequence(Reader):
    """What fell below an adopted line, and what follows."""

    item_id = Identifier(required=True, allow_none=True)
    name = fields.String(required=True)
    measure = fields.String(required=True)
    percent = fields.String(required=True, allow_none=True)
    below = fields.String(required=True, allow_none=True)
    inclusive = fields.Boolean(required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    times = fields.Integer(required=True)
    then = fields.List(fields.String(), required=True)


class ScorePublished(Reader):
    """survey: score.published.v1."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    eligible = fields.Integer(required=True, allow_none=True)
    returned = fields.Integer(required=True)
    items = fields.List(fields.Nested(ScoredItem), required=True)
    method = fields.Nested(Method, required=True)
    published_on = fields.Date(required=True)
    follows = Identifier(load_default=None, allow_none=True)
    groups = fields.List(fields.Nested(ScoreGroup), load_default=list)
    projects = fields.List(fields.Nested(ScoredProject), load_default=list)
    overall = fields.Nested(ScoredWhole, load_default=None, allow_none=True)
    consequences = fields.List(fields.Nested(ScoreConsequence), load_default=list)
