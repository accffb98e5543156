"""Rounds of collection (征集)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import register as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("rounds", __name__, description="征集 Rounds of collection")


@operation(blueprint, "POST", "/rounds", body=schemas.OpenRound, answer=schemas.Round, status=201)
def open_round(body: dict[str, Any]) -> ResponseReturnValue:
    """Open a round."""
    return created(call("proposal", "open_round", body), "/v1/rounds/{id}")


@operation(blueprint, "GET", "/rounds", query=schemas.RoundQuery, answer=schemas.Round, many=True)
def list_rounds(query: dict[str, Any]) -> ResponseReturnValue:
    """List the rounds, of a year or of all."""
    return listed(call("proposal", "list_rounds", query))


@operation(blueprint, "GET", "/rounds/<uuid:round_id>", answer=schemas.Round)
def get_round(round_id: Any) -> ResponseReturnValue:
    """Show a round with the dates that it had before."""
    return shown(call("proposal", "get_round", str(round_id)))


@operation(
    blueprint,
    "POST",
    "/rounds/<uuid:round_id>/dates",
    body=schemas.MoveRound,
    answer=schemas.Round,
)
def move_round(body: dict[str, Any], round_id: Any) -> ResponseReturnValue:
    """Extend a round, or close it early."""
    return shown(call("proposal", "move_round", str(round_id), body))
