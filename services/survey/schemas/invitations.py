"""Invitations, reminders, open links, limits and quotas."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Flag, Identifier, Pattern, Text

#: Where the page stands on which people answer; with nothing that a link would not hold.
ADDRESS = Pattern("^https?://[A-Za-z0-9.:\\[\\]-]{1,200}(/[A-Za-z0-9._~-]{1,60}){0,5}/?$")


def _number(least: int, most: int, **kwargs: object) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(least, most), **kwargs)  # type: ignore[arg-type]


def _address() -> fields.String:
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=ADDRESS,
        metadata={"description": "the address at which people reach this system"},
    )


class LinkLimits(Schema):
    """How many answers a link takes, in all and each day."""

    total = _number(1, 1_000_000_000)
    per_day = _number(1, 1_000_000_000)


class Limits(LinkLimits):
    """Limits of an audience: of reminders, of its links, of each network in an hour."""

    per_network_hour = _number(1, 1_000_000)
    reminders = _number(0, 20)
    days_between_reminders = _number(0, 60)


class Quota(Schema):
    """At most so many answers from who has all these answers to strata questions (配额)."""

    when = fields.Dict(
        Code(),
        fields.String(validate=validate.Length(1, 40)),
        required=True,
        validate=validate.Length(1, 8),
    )
    at_most = _number(0, 1_000_000_000, required=True)


class UseSample(Schema):
    """The drawing that is the audience's sample."""

    drawing_id = Identifier(required=True)


class MakeLinkSheet(Schema):
    """Links for one part of a thousand invitations, to those that have none.

    ``again``: new ones to all that are unused; the old ones are worth nothing then.
    """

    part = _number(1, 100_000, load_default=1)
    again = Flag(load_default=False)
    reason = Text(500, required=True)
    address = _address()


class RenewLink(Schema):
    """Whose link was lost."""

    unit = Text(60, required=True)
    reason = Text(500, required=True)
    address = _address()


class RenewedLink(Schema):
    """A new link; it is told once."""

    audience_id = Identifier(required=True)
    number = fields.Integer(required=True)
    unit = fields.String(required=True)
    token = fields.String(required=True)
    link = fields.String()


class UnansweredQuery(Schema):
    """Which thousand of the invitations, from 1."""

    part = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class InvitedUnit(Schema):
    """Who is invited."""

    number = fields.Integer(required=True)
    unit = fields.String(required=True)
    cell = fields.String(required=True)


class Unanswered(Schema):
    """Who has not answered: ``count`` in all, the units of one part; nothing else."""

    audience_id = Identifier(required=True)
    count = fields.Integer(required=True)
    part = fields.Integer(required=True)
    parts = fields.Integer(required=True)
    units = fields.List(fields.Nested(InvitedUnit), required=True)


class Remind(Schema):
    """A round of reminders (催答)."""

    reason = Text(500, required=True)
    happened_on = Day(required=True)


class Reminder(Schema):
    """A round that was recorded; ``count``: who had not answered by then."""

    id = Identifier(required=True)
    audience_id = Identifier(required=True)
    round = fields.Integer(required=True)
    happened_on = Day(required=True)
    count = fields.Integer(required=True)
    reminded_by = fields.String(required=True)
    reason = fields.String(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class Reminders(Schema):
    """All rounds of an audience."""

    items = fields.List(fields.Nested(Reminder), required=True)


class ReminderSheet(Schema):
    """Which thousand of the invitations, from 1, and why their contacts are needed."""

    part = _number(1, 100_000, load_default=1)
    reason = Text(500, required=True)


class OpenLink(Schema):
    """An open link (公开链接、民生码): for whom or where; ``site``: then it is counted apart."""

    label = Text(120, required=True)
    site = Code(load_default=None, allow_none=True)
    project_id = Identifier(load_default=None, allow_none=True)
    limits = fields.Nested(LinkLimits, load_default=dict)
    happened_on = Day(required=True)


class CloseLink(Schema):
    """The day on which a link is closed."""

    happened_on = Day(required=True)


class Link(Schema):
    """A link; ``days``: how many answered by it on each day.

    It has no version: the days count up without one, so a cache would keep old ones.
    """

    id = Identifier(required=True)
    audience_id = Identifier(required=True)
    code = fields.String(required=True)
    label = fields.String(required=True)
    site = fields.String(required=True, allow_none=True)
    project_id = Identifier(required=True, allow_none=True)
    limits = fields.Nested(LinkLimits, required=True)
    opened_on = Day(required=True)
    closed_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    days = fields.Dict(fields.String(), fields.Integer(), required=True)
    total = fields.Integer(required=True)


class Links(Schema):
    """The links of an audience, in the order in which they were opened."""

    items = fields.List(fields.Nested(Link), required=True)


class LinkCodeQuery(Schema):
    """The kind of picture, and the address at which people reach this system."""

    kind = fields.String(load_default="svg", validate=validate.OneOf(["svg", "png"]))
    address = _address()


class PosterQuery(Schema):
    """The address at which people reach this system."""

    address = _address()


class Picture(Schema):
    """A picture: ``svg`` as text, ``png`` in base64."""

    svg = fields.String()
    png = fields.String()


class FilledQuota(Quota):
    """A quota, whether it is full, and after the closing how many it has had."""

    full = fields.Boolean(required=True)
    count = fields.Integer(required=True, allow_none=True)


class Screened(Schema):
    """Which quotas are full; after the closing how many came too late, by cell (甄别).

    Before it these are counts of answers: who read them after each one would learn its stratum.
    """

    audience_id = Identifier(required=True)
    quotas = fields.List(fields.Nested(FilledQuota), required=True)
    screened = fields.Dict(fields.String(), fields.Integer(), required=True, allow_none=True)
