"""Residents' messages (群众留言): posted, moderated, answered, closed."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import messages as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("messages", __name__, description="群众留言 What residents say of projects")

_ONE = "/messages/<uuid:message_id>"


@operation(
    blueprint, "POST", "/messages", body=schemas.LeaveMessage, answer=schemas.Message, status=201
)
def post_message(body: dict[str, Any]) -> ResponseReturnValue:
    """Say something about a project; it is seen once it is approved."""
    return created(call("supervision", "post_message", body), "/v1/messages/{id}")


@operation(
    blueprint, "GET", "/messages", query=schemas.MessageQuery, answer=schemas.Message, many=True
)
def list_messages(query: dict[str, Any]) -> ResponseReturnValue:
    """List messages by day; a unit gets those that it is to answer, as they are public."""
    return listed(call("supervision", "list_messages", query))


@operation(
    blueprint,
    "GET",
    "/own-messages",
    query=schemas.OwnMessageQuery,
    answer=schemas.Message,
    many=True,
)
def list_own_messages(query: dict[str, Any]) -> ResponseReturnValue:
    """List one's own messages."""
    return listed(call("supervision", "list_own_messages", query))


@operation(blueprint, "GET", _ONE, answer=schemas.Message)
def get_message(message_id: Any) -> ResponseReturnValue:
    """Show a message to the office, its author or its unit."""
    return shown(call("supervision", "get_message", str(message_id)))


@operation(
    blueprint, "POST", f"{_ONE}/approval", body=schemas.ApproveMessage, answer=schemas.Message
)
def approve_message(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Let a message be seen (通过), and a unit answer it."""
    return shown(call("supervision", "approve_message", str(message_id), body))


@operation(blueprint, "POST", f"{_ONE}/refusal", body=schemas.RefuseMessage, answer=schemas.Message)
def refuse_message(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Do not let a message be seen (不通过), or no longer."""
    return shown(call("supervision", "refuse_message", str(message_id), body))


@operation(
    blueprint, "POST", f"{_ONE}/forwarding", body=schemas.ForwardMessage, answer=schemas.Message
)
def forward_message(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Let another unit answer (转交)."""
    return shown(call("supervision", "forward_message", str(message_id), body))


@operation(
    blueprint, "POST", f"{_ONE}/answer", body=schemas.AnswerMessage, answer=schemas.ForwardedMessage
)
def answer_message(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Answer a message (答复)."""
    return shown(call("supervision", "answer_message", str(message_id), body))


@operation(blueprint, "POST", f"{_ONE}/return", body=schemas.ReturnMessage, answer=schemas.Message)
def return_message(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Ask for a better answer (要求重新答复)."""
    return shown(call("supervision", "return_message", str(message_id), body))


@operation(blueprint, "POST", f"{_ONE}/closing", body=schemas.CloseMessage, answer=schemas.Message)
def close_message(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Say that the answer will do (办结)."""
    return shown(call("supervision", "close_message", str(message_id), body))


@operation(
    blueprint, "POST", f"{_ONE}/withdrawal", body=schemas.WithdrawMessage, answer=schemas.Message
)
def withdraw_message(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Take a message back (撤回)."""
    return shown(call("supervision", "withdraw_message", str(message_id), body))


@operation(blueprint, "POST", f"{_ONE}/links", body=schemas.LinkMessage, answer=schemas.Message)
def link_message(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Note which opinion or problem was made of it."""
    return shown(call("supervision", "link_message", str(message_id), body))


@operation(blueprint, "GET", f"{_ONE}/acts", answer=schemas.MessageActs)
def list_message_acts(message_id: Any) -> ResponseReturnValue:
    """List the steps of a message, and who did them."""
    return shown(call("supervision", "list_message_acts", str(message_id)))


@operation(
    blueprint,
    "POST",
    f"{_ONE}/contact-readings",
    body=schemas.ReadMessageContact,
    answer=schemas.MessageContact,
)
def read_message_contact(body: dict[str, Any], message_id: Any) -> ResponseReturnValue:
    """Open how to reach the author, for a reason that is noted."""
    response = shown(call("supervision", "read_message_contact", str(message_id), body))
    response.headers["Cache-Control"] = "no-store"
    return response


@operation(blueprint, "GET", f"{_ONE}/contact-readings", answer=schemas.MessageContactReadings)
def list_message_contact_readings(message_id: Any) -> ResponseReturnValue:
    """List who opened it, and why."""
    return shown(call("supervision", "list_message_contact_readings", str(message_id)))
