"""How to reach an author."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Identifier, Pattern, Text

#: A mobile number, one with or without its area code, or an international one.
PHONE = (
    r"^((\+86[- ]?)?1[3-9][0-9]([- ]?[0-9]{4}){2}"
    r"|(0[0-9]{2,3}[- ]?)?[0-9]{7,8}"
    r"|\+[1-9][0-9]{6,14})$"
)


class GivenContact(Schema):
    """A name, a telephone number, an e-mail address, a postal address: one of them at least."""

    name = Text(60)
    phone = fields.String(validate=[validate.Length(7, 25), Pattern(PHONE)])
    email = fields.Email(validate=validate.Length(6, 254))
    address = Text(200)

    @validates_schema
    def something_is_given(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse an empty one."""
        if not data:
            raise ValidationError("Give a name, a phone, an email or an address.")


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
