"""Supervision of a project's money (资金监管): budget, released, spent."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import funds as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("funds", __name__, description="资金监管 Budget, released, spent")


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/funds",
    body=schemas.EnterFunds,
    answer=schemas.FundEntry,
    status=201,
)
def enter_funds(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Enter a payment that was released or spent, or correct one (更正)."""
    made = call("supervision", "enter_funds", str(project_id), body)
    return created(made, "/v1/fund-entries/{id}")


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/funds",
    query=schemas.FundsQuery,
    answer=schemas.Funds,
)
def get_funds(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Show how the money of a project stands on a day, with rates and warnings."""
    return shown(call("supervision", "get_funds", str(project_id), query))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/fund-entries",
    query=schemas.FundEntryQuery,
    answer=schemas.FundEntry,
    many=True,
)
def list_fund_entries(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List the payments of a project by day, corrected ones too."""
    asked = query | {"project_id": str(project_id)}
    return listed(call("supervision", "list_fund_entries", asked))


@operation(blueprint, "GET", "/fund-entries/<uuid:entry_id>", answer=schemas.FundEntry)
def get_fund_entry(entry_id: Any) -> ResponseReturnValue:
    """Show a payment."""
    return shown(call("supervision", "get_fund_entry", str(entry_id)))
