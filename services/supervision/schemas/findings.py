"""Findings of visits, check-ins, and who took part."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.fields import Code, Day, Identifier, Text, Year
from services.chassis.paging import PageQuery
from services.chassis.place_schemas import Located, Spot

from .photos import Photos


class PhotoNamed(Schema):
    """A photo; its file is at ``/v1/files/{sha256}/public``."""

    id = Identifier(required=True)
    sha256 = fields.String(required=True)
    role = fields.String(required=True)


class NoteFinding(Schema):
    """What was seen on a visit (走访发现); ``deputy_id``: who notes it, none for the office."""

    deputy_id = Identifier(load_default=None, allow_none=True)
    text = Text(10_000, required=True)
    photos = Photos()
    happened_on = Day(required=True)


class Finding(Schema):
    """A finding, and what became of it."""

    id = Identifier(required=True)
    visit_id = Identifier(required=True)
    project_id = Identifier(required=True)
    deputy_id = Identifier(required=True, allow_none=True)
    text = fields.String(required=True)
    photos = fields.List(fields.Nested(PhotoNamed), required=True)
    problem_id = Identifier(required=True, allow_none=True)
    opinion_id = Identifier(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class FindingQuery(PageQuery):
    """Which findings."""

    visit_id = Identifier()
    project_id = Identifier()


class LinkFinding(Schema):
    """The problem or the opinion that a finding became."""

    problem_id = Identifier(load_default=None, allow_none=True)
    opinion_id = Identifier(load_default=None, allow_none=True)


class MakeCheckIn(Schema):
    """A deputy is at a site (签到); without ``site_code`` the nearest of the plan is taken."""

    deputy_id = Identifier(required=True)
    project_id = Identifier(required=True)
    visit_id = Identifier(load_default=None, allow_none=True)
    site_code = Code(load_default=None, allow_none=True)
    place = fields.Nested(Spot, required=True)
    photos = Photos()
    happened_on = Day(required=True)


class CheckIn(Located):
    """A check-in, for the deputy herself and the office."""

    id = Identifier(required=True)
    deputy_id = Identifier(required=True)
    project_id = Identifier(required=True)
    visit_id = Identifier(required=True, allow_none=True)
    site_code = fields.String(required=True, allow_none=True)
    distance = fields.Integer(
        required=True, allow_none=True, metadata={"description": "to the site, in metres"}
    )
    photos = fields.List(fields.Nested(PhotoNamed), required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class CheckInQuery(PageQuery):
    """Which check-ins."""

    deputy_id = Identifier()
    project_id = Identifier()
    visit_id = Identifier()


class TurnoutQuery(Schema):
    """Of which visits."""

    year = Year()
    activity_id = Identifier()
    project_id = Identifier()


class RoleTurnout(Schema):
    """Those in one role."""

    role = fields.String(required=True)
    persons = fields.Integer(required=True)
    person_times = fields.Integer(required=True)


class Turnout(Schema):
    """Who took part in visits: persons (人), each once, and person-times (人次), each entry."""

    persons = fields.Integer(required=True)
    person_times = fields.Integer(required=True)
    roles = fields.List(fields.Nested(RoleTurnout), required=True)


class ParticipationQuery(Schema):
    """Of which year."""

    year = Year(required=True)


class MonthParticipation(Schema):
    """One month: distinct deputies, checks, distinct projects."""

    month = fields.String(required=True)
    deputies = fields.Integer(required=True)
    checks = fields.Integer(required=True)
    projects = fields.Integer(required=True)


class OnlineParticipation(Schema):
    """The online supervision of a year (线上监督), the months that had any."""

    year = fields.Integer(required=True)
    months = fields.List(fields.Nested(MonthParticipation), required=True)
