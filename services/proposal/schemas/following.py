"""What authors were told, and the judgements of what a suggestion matches."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.fields import Day, Identifier


class Votes(Schema):
    """What the congress counted for a candidate."""

    approve = fields.Integer(required=True)
    oppose = fields.Integer(required=True)
    abstain = fields.Integer(required=True)


class FollowUp(Schema):
    """That a suggestion reached a milestone, of which its author was told."""

    id = Identifier(required=True)
    suggestion_id = Identifier(required=True)
    milestone = fields.String(required=True)
    about_id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    votes = fields.Nested(Votes, required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class Match(Schema):
    """One judgement of which voted sub-item a suggestion matches; null: none."""

    id = Identifier(required=True)
    suggestion_id = Identifier(required=True)
    sub_item_id = Identifier(required=True, allow_none=True)
    matched_on = Day(required=True)
    matched_by = fields.String(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
