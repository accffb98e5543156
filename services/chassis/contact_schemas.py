"""The form of how to reach somebody, at a service's boundary."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from .fields import Pattern, Text

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
