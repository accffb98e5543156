"""How to reach authors (联系方式)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import contacts as schemas

from ..resource import call, operation, shown

blueprint = Blueprint("contacts", __name__, description="联系方式 How to reach authors")


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/contact",
    body=schemas.GiveContact,
    answer=schemas.ContactState,
)
def give_contact(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Give another contact, or take it back."""
    return shown(call("proposal", "give_contact", str(suggestion_id), body))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/contact-readings",
    body=schemas.ReadContact,
    answer=schemas.Contact,
)
def read_contact(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Read a contact; the reading is noted with its reason."""
    return shown(call("proposal", "read_contact", str(suggestion_id), body))


@operation(
    blueprint,
    "GET",
    "/suggestions/<uuid:suggestion_id>/contact-readings",
    answer=schemas.ContactReadings,
)
def list_contact_readings(suggestion_id: Any) -> ResponseReturnValue:
    """Show who read a contact, when and why."""
    return shown(call("proposal", "list_contact_readings", str(suggestion_id)))
