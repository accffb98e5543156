"""A project's public page."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.fields import Day

from .lights import Light
from .messages import PublicMessage
from .photos import PublishedPhoto
from .projects import Project


class MessageCounts(Schema):
    """How many public messages wait for an answer, were answered, and are closed."""

    approved = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    closed = fields.Integer(required=True)


class PublicProject(Schema):
    """A project as anybody sees it; ``photos`` and ``messages``: the latest twenty."""

    project = fields.Nested(Project, required=True)
    light = fields.Nested(Light, required=True, allow_none=True)
    photos = fields.List(fields.Nested(PublishedPhoto), required=True)
    messages = fields.List(fields.Nested(PublicMessage), required=True)
    message_counts = fields.Nested(MessageCounts, required=True)
    as_of = Day(required=True)
