"""Supervision groups, leading groups, and who belongs to them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text
from services.chassis.paging import PageQuery

from ..model.group import LIAISON, MEMBER, MEMBER_KINDS, MEMBER_ROLES
from ..model.leading_group import LEADING_ROLES

_OFFICE = {"description": "职务, never a person's name"}


class GroupMember(Schema):
    """A member of a group as it is formed: a unit, or a deputy."""

    kind = fields.String(required=True, validate=validate.OneOf(list(MEMBER_KINDS)))
    unit_id = Identifier(metadata={"description": "of an organ or a committee"})
    deputy_id = Identifier(metadata={"description": "of a deputy"})
    role = fields.String(
        validate=validate.OneOf(MEMBER_ROLES),
        metadata={"description": "组长、副组长、成员; a member without it"},
    )


class Membership(Schema):
    """A membership: from ``joined_on`` to the day before ``left_on``."""

    id = Identifier(required=True)
    role = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True)
    unit_id = Identifier(required=True, allow_none=True)
    deputy_id = Identifier(required=True, allow_none=True)
    office = fields.String(required=True, allow_none=True, metadata=_OFFICE)
    joined_on = Day(required=True)
    left_on = Day(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class FormGroup(Schema):
    """A new supervision group (监督小组), the only one of its project."""

    project_id = Identifier(required=True)
    name = Text(120, required=True)
    members = fields.List(
        fields.Nested(GroupMember), required=True, validate=validate.Length(1, 500)
    )
    liaison_officers = fields.List(
        Text(120),
        load_default=list,
        validate=validate.Length(0, 50),
        metadata={"description": "联络员, by office"},
    )
    happened_on = Day(required=True)


class Group(FormGroup):
    """A supervision group; ``members``: as it was formed, ``memberships``: who joined and left."""

    id = Identifier(required=True)
    memberships = fields.List(fields.Nested(Membership), required=True, attribute="history")
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class GroupQuery(PageQuery):
    """Which groups."""

    project_id = Identifier()


class JoinGroup(Schema):
    """Somebody joins a group: a member of one of the kinds, or a liaison officer (联络员)."""

    role = fields.String(load_default=MEMBER, validate=validate.OneOf([*MEMBER_ROLES, LIAISON]))
    kind = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(list(MEMBER_KINDS))
    )
    unit_id = Identifier(load_default=None, allow_none=True)
    deputy_id = Identifier(load_default=None, allow_none=True)
    office = Text(120, load_default=None, allow_none=True, metadata=_OFFICE)
    happened_on = Day(required=True)


class LeaveGroup(Schema):
    """A member leaves; the membership lasts until the day before."""

    membership_id = Identifier(required=True)
    reason = Text(500, required=True)
    happened_on = Day(required=True)


class MembersQuery(Schema):
    """Who belonged to it on a day; today without one."""

    on = Day()


class Members(Schema):
    """Who belonged to a group on a day."""

    id = Identifier(required=True)
    on = Day(required=True)
    members = fields.List(fields.Nested(Membership), required=True)


class LeadingMember(Schema):
    """A member of a leading group or of its office, by office and unit."""

    role = fields.String(required=True, validate=validate.OneOf(LEADING_ROLES))
    unit_id = Identifier(load_default=None, allow_none=True)
    office = Text(120, required=True, metadata=_OFFICE)


class EstablishLeadingGroup(Schema):
    """A new leading group with its office (领导小组及其办公室)."""

    name = Text(120, required=True)
    office_unit_id = Identifier(
        load_default=None, allow_none=True, metadata={"description": "办公室所在单位"}
    )
    members = fields.List(
        fields.Nested(LeadingMember), required=True, validate=validate.Length(1, 200)
    )
    happened_on = Day(required=True)


class JoinLeadingGroup(LeadingMember):
    """Somebody joins a leading group."""

    happened_on = Day(required=True)


class LeadingGroup(Schema):
    """A leading group."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    office_unit_id = Identifier(required=True, allow_none=True)
    memberships = fields.List(fields.Nested(Membership), required=True, attribute="history")
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
