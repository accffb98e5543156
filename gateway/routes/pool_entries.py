"""The reserve pool (储备库)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import pool as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("pool_entries", __name__, description="储备库 What waits for its year")


@operation(
    blueprint,
    "POST",
    "/pool-entries",
    body=schemas.AddPoolEntry,
    answer=schemas.PoolEntry,
    status=201,
)
def add_pool_entry(body: dict[str, Any]) -> ResponseReturnValue:
    """Add an entry to the reserve pool."""
    return created(call("proposal", "add_pool_entry", body), "/v1/pool-entries/{id}")


@operation(
    blueprint,
    "GET",
    "/pool-entries",
    query=schemas.PoolEntryQuery,
    answer=schemas.PoolEntry,
    many=True,
)
def list_pool_entries(query: dict[str, Any]) -> ResponseReturnValue:
    """List the entries by the day they were added."""
    return listed(call("proposal", "list_pool_entries", query))


@operation(blueprint, "GET", "/pool-entries/<uuid:entry_id>", answer=schemas.PoolEntry)
def get_pool_entry(entry_id: Any) -> ResponseReturnValue:
    """Show an entry with its history."""
    return shown(call("proposal", "get_pool_entry", str(entry_id)))


@operation(
    blueprint,
    "POST",
    "/pool-entries/<uuid:entry_id>/suggestions",
    body=schemas.ExtendPoolEntry,
    answer=schemas.PoolEntry,
)
def extend_pool_entry(body: dict[str, Any], entry_id: Any) -> ResponseReturnValue:
    """Link more suggestions to an entry."""
    return shown(call("proposal", "extend_pool_entry", str(entry_id), body))


@operation(
    blueprint,
    "POST",
    "/pool-entries/<uuid:entry_id>/removal",
    body=schemas.RemovePoolEntry,
    answer=schemas.PoolEntry,
)
def remove_pool_entry(body: dict[str, Any], entry_id: Any) -> ResponseReturnValue:
    """Take an entry out of the pool, with the reason."""
    return shown(call("proposal", "remove_pool_entry", str(entry_id), body))


@operation(
    blueprint,
    "GET",
    "/reserve-pool",
    query=schemas.ReservePoolQuery,
    answer=schemas.ReservePool,
)
def get_reserve_pool(query: dict[str, Any]) -> ResponseReturnValue:
    """Show what waits by present demand, the most wanted first, each with why."""
    return shown(call("proposal", "get_reserve_pool", query))
