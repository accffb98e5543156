"""Snap, forward, supervise (随手拍,随时转,随机督)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import snaps as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("snaps", __name__, description="随手拍 A photo, a place and a sentence")


@operation(blueprint, "POST", "/snaps", body=schemas.TakeSnap, answer=schemas.Snap, status=201)
def take_snap(body: dict[str, Any]) -> ResponseReturnValue:
    """Send a photo with its place and a sentence; it goes to the unit whose it is."""
    return created(call("supervision", "take_snap", body), "/v1/snaps/{id}")


@operation(blueprint, "GET", "/snaps", query=schemas.SnapQuery, answer=schemas.Snap, many=True)
def list_snaps(query: dict[str, Any]) -> ResponseReturnValue:
    """List the snaps by day."""
    return listed(call("supervision", "list_snaps", query))


@operation(blueprint, "GET", "/snaps/<uuid:snap_id>", answer=schemas.Snap)
def get_snap(snap_id: Any) -> ResponseReturnValue:
    """Show a snap."""
    return shown(call("supervision", "get_snap", str(snap_id)))


@operation(
    blueprint,
    "POST",
    "/snaps/<uuid:snap_id>/assignment",
    body=schemas.AssignSnap,
    answer=schemas.Snap,
)
def assign_snap(body: dict[str, Any], snap_id: Any) -> ResponseReturnValue:
    """Say which project it is about (归属项目)."""
    return shown(call("supervision", "assign_snap", str(snap_id), body))


@operation(
    blueprint,
    "POST",
    "/snaps/<uuid:snap_id>/refusal",
    body=schemas.DeclineSnap,
    answer=schemas.Snap,
)
def decline_snap(body: dict[str, Any], snap_id: Any) -> ResponseReturnValue:
    """Say why it is about no livelihood project."""
    return shown(call("supervision", "decline_snap", str(snap_id), body))
