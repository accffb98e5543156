"""How to reach an author."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.contact_schemas import GivenContact
from services.chassis.fields import Identifier, Text


class GiveContact(Schema):
    """Another contact in the place of the one that was given; null: none."""

    contact = fields.Nested(GivenContact, required=True, allow_none=True)


class ContactState(Schema):
    """Whether a contact is kept; it is shown to who reads it, see ``contact-readings``."""

    suggestion_id = Identifier(required=True)
    kept = fields.Boolean(required=True)


class ReadContact(Schema):
    """Why somebody reads it."""

    reason = Text(500, required=True)


class Contact(Schema):
    """A contact, opened."""

    suggestion_id = Identifier(required=True)
    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True)


class ContactReading(Schema):
    """One reading of a contact."""

    id = Identifier(required=True)
    read_by = fields.String(required=True)
    reason = fields.String(required=True)
    read_at = fields.AwareDateTime(required=True)


class ContactReadings(Schema):
    """Who read a contact, oldest first."""

    items = fields.List(fields.Nested(ContactReading), required=True)
