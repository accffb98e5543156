"""Opinions about projects, what became of them, and checks made online."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text
from services.chassis.paging import PageQuery

from ..model.opinion import CHANNELS, SNAP
from .matters import ComingIn, HandleMatter, InLoop, LoopQuery, ReplyToMatter


class _Opinion(Schema):
    project_id = Identifier(required=True)
    deputy_id = Identifier(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    visit_id = Identifier(load_default=None, allow_none=True)
    problem_id = Identifier(load_default=None, allow_none=True)
    text = Text(10_000, required=True)
    happened_on = Day(required=True)


class RaiseOpinion(_Opinion, ComingIn):
    """A deputy's opinion about a project (意见建议); what comes from a snap is sent as one."""

    channel = fields.String(
        required=True, validate=validate.OneOf([one for one in CHANNELS if one != SNAP])
    )


class ProjectOpinion(_Opinion, InLoop):
    """An opinion; handled and replied to are two dated facts."""

    id = Identifier(required=True)
    handled_on = Day(required=True, allow_none=True)
    handled_by = Identifier(required=True, allow_none=True)
    handling_text = fields.String(required=True, allow_none=True)
    replied_on = Day(required=True, allow_none=True)
    replied_by = Identifier(required=True, allow_none=True)
    reply_text = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class OpinionQuery(LoopQuery):
    """Which opinions; ``open``: those not closed, and not both handled and replied to either.

    What is to be dealt with again is open, whatever was done before.
    """

    channel = fields.String(validate=validate.OneOf(CHANNELS))
    open = fields.Boolean()


class HandleOpinion(HandleMatter):
    """A unit has dealt with an opinion (处理)."""


class ReplyToOpinion(ReplyToMatter):
    """A unit has answered the deputy (回复)."""


class CheckOnline(Schema):
    """A deputy looked at a project's progress online (线上监督)."""

    deputy_id = Identifier(required=True)
    project_id = Identifier(required=True)
    happened_on = Day(required=True)


class OnlineCheckQuery(PageQuery):
    """Which checks."""

    project_id = Identifier()


class OnlineCheck(CheckOnline):
    """A check made online."""

    id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
