"""Invitations (邀请): links to hand out, new ones for lost ones, reminders."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.sheets import MEDIA_TYPES, Column
from services.survey.schemas import invitations as schemas

from ..answering import address
from ..resource import call, created, operation, shown
from ..sheets import confidential
from .drawings import CONTACT

blueprint = Blueprint("invitations", __name__, description="邀请 Single-use links, and reminders")

_ONE = "/audiences/<uuid:audience_id>"
_CSV = MEDIA_TYPES["csv"].partition(";")[0]
_INVITED = [Column("number", ("序号",)), Column("unit", ("编号",)), *CONTACT]


@operation(blueprint, "POST", f"{_ONE}/link-sheets", body=schemas.MakeLinkSheet, gives=[_CSV])
def make_link_sheet(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Make links and get them with the contacts, once: nobody can get the same links again."""
    sheet = call("survey", "make_link_sheet", str(audience_id), body)
    for row in sheet["items"]:
        row["link"] = address(str(audience_id), body.get("address"), token=row.pop("token"))
    columns = [*_INVITED, Column("link", ("链接",))]
    return confidential(sheet["items"], columns, f"links-{sheet['part']}", "邀请链接")


@operation(
    blueprint,
    "POST",
    f"{_ONE}/link-renewals",
    body=schemas.RenewLink,
    answer=schemas.RenewedLink,
)
def renew_link(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Make a new link for one that was lost; the old one is worth nothing from then on."""
    made = call("survey", "renew_link", str(audience_id), body)
    made["link"] = address(str(audience_id), body.get("address"), token=made["token"])
    response = shown(made)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@operation(
    blueprint,
    "GET",
    f"{_ONE}/unanswered",
    query=schemas.UnansweredQuery,
    answer=schemas.Unanswered,
)
def list_unanswered(query: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Show who has not answered, a thousand at a time; nothing of those who have."""
    return shown(call("survey", "list_unanswered", str(audience_id), query))


@operation(
    blueprint,
    "POST",
    f"{_ONE}/reminders",
    body=schemas.Remind,
    answer=schemas.Reminder,
    status=201,
)
def remind(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Record a round of reminders."""
    return created(call("survey", "remind", str(audience_id), body))


@operation(blueprint, "GET", f"{_ONE}/reminders", answer=schemas.Reminders)
def list_reminders(audience_id: Any) -> ResponseReturnValue:
    """Show the rounds of reminders."""
    return shown(call("survey", "list_reminders", str(audience_id)))


@operation(blueprint, "POST", f"{_ONE}/reminder-sheets", body=schemas.ReminderSheet, gives=[_CSV])
def make_reminder_sheet(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Get how to reach who has not answered; noted with the reason."""
    sheet = call("survey", "make_reminder_sheet", str(audience_id), body)
    return confidential(sheet["items"], _INVITED, f"reminders-{sheet['part']}", "催答名单")
