"""What comes in and goes out at this service's boundary; the gateway uses the same classes."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Decimal, Division, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery

from .model import candidate, round, suggestion, unit


class DefineAspect(Schema):
    """A new aspect (方面)."""

    code = Code(required=True)
    name = Text(40, required=True)


class Aspect(Schema):
    """An aspect."""

    id = Identifier(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)


class RegisterUnit(Schema):
    """A new unit (单位)."""

    name = Text(120, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(unit.KINDS))
    credit_code = fields.String(
        load_default=None, allow_none=True, validate=Pattern("^[0-9A-Z]{18}$")
    )


class Unit(Schema):
    """A unit."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    credit_code = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class OpenRound(Schema):
    """A new round of collection (征集)."""

    year = Year(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(round.KINDS))
    name = Text(120, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class Round(OpenRound):
    """A round."""

    id = Identifier(required=True)
    version = fields.Integer(required=True)


class Place(Schema):
    """Where: a division (GB/T 2260) and perhaps a point in degrees, WGS-84."""

    division = Division(required=True)
    longitude = Decimal(validate=validate.Range(-180, 180))
    latitude = Decimal(validate=validate.Range(-90, 90))


class SubmitSuggestion(Schema):
    """A new suggestion (建议)."""

    year = Year(required=True)
    author_kind = fields.String(required=True, validate=validate.OneOf(suggestion.AUTHORS))
    deputy_id = Identifier(load_default=None, allow_none=True)
    channel = fields.String(required=True, validate=validate.OneOf(suggestion.CHANNELS))
    aspect = Code(required=True)
    title = Text(120, required=True)
    text = Text(10_000, required=True)
    place = fields.Nested(Place, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class Suggestion(Schema):
    """A suggestion."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    author_kind = fields.String(required=True)
    deputy_id = Identifier(required=True, allow_none=True)
    channel = fields.String(required=True)
    aspect = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    division = fields.String(required=True, allow_none=True)
    longitude = fields.Float(required=True, allow_none=True)
    latitude = fields.Float(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(suggestion.STATES))
    sorted_on = Day(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    matched_sub_item = Identifier(required=True, allow_none=True)
    matched_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class SuggestionQuery(PageQuery):
    """Which suggestions; ``q`` is looked for in title and text."""

    q = Text(100)
    aspect = Code()
    year = Year()
    author_kind = fields.String(validate=validate.OneOf(suggestion.AUTHORS))
    state = fields.String(validate=validate.OneOf(suggestion.STATES))


class SortSuggestion(Schema):
    """Sorting (梳理): accepted or returned, with a reason."""

    outcome = fields.String(
        required=True, validate=validate.OneOf((suggestion.ACCEPTED, suggestion.RETURNED))
    )
    aspect = Code(load_default=None, allow_none=True)
    reason = Text(1000, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class MatchSuggestion(Schema):
    """The voted sub-item that a suggestion's content matches (相吻合); null: none."""

    sub_item_id = Identifier(required=True, allow_none=True)
    happened_on = Day(required=True)


class DistilSuggestedProject(Schema):
    """A new suggested project (建议项目)."""

    year = Year(required=True)
    title = Text(120, required=True)
    aspect = Code(required=True)
    text = Text(10_000, required=True)
    suggestion_ids = fields.List(Identifier(), required=True, validate=validate.Length(1, 1000))
    happened_on = Day(required=True)


class SuggestedProject(Schema):
    """A suggested project."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    aspect = fields.String(required=True)
    text = fields.String(required=True)
    suggestion_ids = fields.List(Identifier(), required=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)


class YearQuery(PageQuery):
    """A list of one year, or of all."""

    year = Year()


class SubItem(Schema):
    """A sub-item (子项); a target of null means as many as ask (愿接尽接)."""

    id = Identifier(dump_only=True)
    name = Text(120, required=True)
    target = Decimal(required=True, allow_none=True, validate=validate.Range(0, 1e12))
    unit_of_measure = Text(20, required=True)


class Budget(Schema):
    """Whole yuan, in all and in the year, and where they come from."""

    total_yuan = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**15))
    year_yuan = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**15))
    funding_source = Text(200, required=True)


class ProposeCandidate(Schema):
    """A new candidate project (候选项目)."""

    year = Year(required=True)
    name = Text(120, required=True)
    description = Text(10_000, required=True)
    aspect = Code(required=True)
    lead_unit_id = Identifier(required=True)
    budget = fields.Nested(Budget, required=True)
    due_on = Day(required=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True, validate=validate.Length(1, 100))
    suggested_project_ids = fields.List(Identifier(), load_default=list)
    happened_on = Day(required=True)


class GiveOpinion(Schema):
    """A deputy's opinion on one criterion (审议意见)."""

    criterion = fields.String(required=True, validate=validate.OneOf(candidate.CRITERIA))
    deputy_id = Identifier(load_default=None, allow_none=True)
    text = Text(2000, required=True)
    happened_on = Day(required=True)


class Opinion(Schema):
    """An opinion on a candidate."""

    id = Identifier(required=True)
    criterion = fields.String(required=True)
    deputy_id = Identifier(required=True, allow_none=True)
    text = fields.String(required=True)
    happened_on = fields.String(required=True)


class Candidate(Schema):
    """A candidate project."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    budget = fields.Nested(Budget, required=True)
    due_on = Day(required=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True)
    suggested_project_ids = fields.List(Identifier(), required=True)
    opinions = fields.List(fields.Nested(Opinion), required=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)


class DrawUpShortlist(Schema):
    """A new shortlist."""

    year = Year(required=True)
    candidate_ids = fields.List(Identifier(), required=True, validate=validate.Length(1, 100))
    happened_on = Day(required=True)


class AdoptShortlist(Schema):
    """The adoption of a shortlist, by the body that deliberated on it."""

    adopted_by = Text(200, required=True)
    happened_on = Day(required=True)


class ShortlistCandidate(Schema):
    """A candidate as it was when the shortlist was adopted."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    budget_yuan = fields.Integer(required=True)
    due_on = fields.String(required=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True)


class Shortlist(Schema):
    """A shortlist; ``candidates`` once it is adopted."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    candidate_ids = fields.List(Identifier(), required=True)
    candidates = fields.List(fields.Nested(ShortlistCandidate), required=True, allow_none=True)
    adopted_by = fields.String(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)
