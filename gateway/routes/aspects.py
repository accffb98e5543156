"""Aspects (方面)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.proposal.schemas import register as schemas

from ..resource import call, created, listed, operation

blueprint = Blueprint(
    "aspects", __name__, description="方面 Aspects that suggestions are sorted by"
)


@operation(
    blueprint, "POST", "/aspects", body=schemas.DefineAspect, answer=schemas.Aspect, status=201
)
def define_aspect(body: dict[str, Any]) -> ResponseReturnValue:
    """Define an aspect."""
    return created(call("proposal", "define_aspect", body))


@operation(blueprint, "GET", "/aspects", query=PageQuery, answer=schemas.Aspect, many=True)
def list_aspects(query: dict[str, Any]) -> ResponseReturnValue:
    """List the aspects."""
    return listed(call("proposal", "list_aspects", query))
