"""Handovers of suggested projects to units (交办)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import handovers as schemas

from ..resource import call, operation, shown

blueprint = Blueprint("handovers", __name__, description="交办 To units that must answer")


@operation(
    blueprint,
    "POST",
    "/handovers/<uuid:handover_id>/return",
    body=schemas.ReturnHandover,
    answer=schemas.Handover,
)
def return_handover(body: dict[str, Any], handover_id: Any) -> ResponseReturnValue:
    """Return what is not the unit's own matter (退回)."""
    return shown(call("proposal", "return_handover", str(handover_id), body))


@operation(
    blueprint,
    "POST",
    "/handovers/<uuid:handover_id>/opinion",
    body=schemas.GiveHandlingOpinion,
    answer=schemas.Handover,
)
def give_handling_opinion(body: dict[str, Any], handover_id: Any) -> ResponseReturnValue:
    """Give a co-handling unit's opinion (协办意见)."""
    return shown(call("proposal", "give_handling_opinion", str(handover_id), body))
