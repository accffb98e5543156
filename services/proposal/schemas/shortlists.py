"""Shortlists."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier, Text, Year
from services.chassis.paging import Sort

from ..model import route
from .candidates import CandidateStage, FundingSource, SubItem, YearBudget
from .register import YearQuery
from .rules import RuleReference


class DrawUpShortlist(Schema):
    """A new shortlist; ``seats``: how many are to be chosen (应选数), if that is known."""

    year = Year(required=True)
    candidate_ids = fields.List(Identifier(), required=True, validate=validate.Length(1, 100))
    seats = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 1000)
    )
    happened_on = Day(required=True)


class AdoptShortlist(Schema):
    """The adoption of a shortlist, by the body that deliberated on it."""

    adopted_by = Text(200, required=True)
    document_number = Text(60, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class PassStage(Schema):
    """A stage of the preliminary selection (初定), passed or given back.

    ``body``, ``person``: who dealt with it, and who presided or signed; ``candidate_ids``: the list
    as it left this stage, if it changed there; ``note``: a return needs one, its reason.
    """

    stage = Code(required=True)
    body = Text(120, required=True)
    person = Text(80, load_default=None, allow_none=True)
    document_number = Text(60, load_default=None, allow_none=True)
    outcome = fields.String(required=True, validate=validate.OneOf(route.OUTCOMES))
    note = Text(2000, load_default=None, allow_none=True)
    candidate_ids = fields.List(
        Identifier(), load_default=None, allow_none=True, validate=validate.Length(1, 100)
    )
    happened_on = Day(required=True)


class ShortlistPlace(Schema):
    """Where something is to stand, without the exact place."""

    division = fields.String(required=True)
    name = fields.String(required=True)


class ShortlistCandidate(Schema):
    """A candidate as it was when the shortlist was adopted, whole: its digest is of just this.

    Of a list that an earlier release adopted, only what was there then.
    """

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    goal = fields.String(allow_none=True)
    aspect = fields.String(required=True)
    urgency = fields.String(allow_none=True)
    lead_unit_id = Identifier(required=True)
    co_unit_ids = fields.List(Identifier())
    budget_yuan = fields.Integer(required=True)
    year_yuan = fields.Integer()
    funding_source = fields.String()
    sources = fields.List(fields.Nested(FundingSource))
    years = fields.List(fields.Nested(YearBudget))
    due_on = fields.String(required=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True)
    places = fields.List(fields.Nested(ShortlistPlace))
    stages = fields.List(fields.Nested(CandidateStage))
    supporting = fields.String(allow_none=True)
    operation = fields.String(allow_none=True)
    suggested_project_ids = fields.List(Identifier(), required=True)


class ShortlistStage(Schema):
    """A stage as it was recorded."""

    id = Identifier(required=True)
    stage = fields.String(required=True)
    name = fields.String(required=True)
    body = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    document_number = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)
    candidate_ids = fields.List(Identifier(), required=True)
    happened_on = fields.String(required=True)


class Margin(Schema):
    """How many more candidates than seats (差额); ``share``: of the seats, exact, ``"3/10"``."""

    candidates = fields.Integer(required=True)
    seats = fields.Integer(required=True)
    more = fields.Integer(required=True)
    share = fields.String(required=True)


class MissingStep(Schema):
    """What a shortlist still lacks."""

    code = fields.String(required=True)
    stage = fields.String(required=True, allow_none=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class Shortlist(Schema):
    """A shortlist; ``candidates`` and their ``digest`` once it is adopted.

    ``digest``: SHA-256 of the canonical JSON (RFC 8785) of the candidates as the event
    ``shortlist.adopted.v1`` carries them, in full.  ``rule``: whose stages it goes through.
    """

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    candidate_ids = fields.List(Identifier(), required=True)
    candidates = fields.List(fields.Nested(ShortlistCandidate), required=True, allow_none=True)
    seats = fields.Integer(required=True, allow_none=True)
    margin = fields.Nested(Margin, required=True, allow_none=True)
    digest = fields.String(required=True, allow_none=True)
    rule = fields.Nested(RuleReference, required=True, allow_none=True)
    stages = fields.List(fields.Nested(ShortlistStage), required=True)
    missing = fields.List(fields.Nested(MissingStep), required=True)
    adopted_by = fields.String(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)


class ShortlistQuery(YearQuery):
    """Which shortlists; ``adopted``: those that were, or those on their way."""

    adopted = fields.Boolean()
    since = Day(data_key="from")
    until = Day(data_key="to")
    sort = Sort("happened_on", "recorded_at", "id")


class ShortlistDocument(Schema):
    """An adopted shortlist as people read it: Markdown in Chinese."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    digest = fields.String(required=True, allow_none=True)
    markdown = fields.String(required=True)
