"""Rounds of collection (征集)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import register as schemas

from ..resource import call, created, listed, operation

blueprint = Blueprint("rounds", __name__, description="征集 Rounds of collection")


@operation(blueprint, "POST", "/rounds", body=schemas.OpenRound, answer=schemas.Round, status=201)
def open_round(body: dict[str, Any]) -> ResponseReturnValue:
    """Open a round."""
    return created(call("proposal", "open_round", body))


@operation(blueprint, "GET", "/rounds", query=schemas.YearQuery, answer=schemas.Round, many=True)
def list_rounds(query: dict[str, Any]) -> ResponseReturnValue:
    """List the rounds."""
    return listed(call("proposal", "list_rounds", query))
