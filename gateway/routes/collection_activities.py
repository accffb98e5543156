"""Activities in which suggestions are born (代表主题活动、调研)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import activities as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "collection-activities",
    __name__,
    description="代表主题活动、调研 Activities in which suggestions are born",
)


@operation(
    blueprint,
    "POST",
    "/collection-activities",
    body=schemas.HoldCollectionActivity,
    answer=schemas.CollectionActivity,
    status=201,
)
def hold_collection_activity(body: dict[str, Any]) -> ResponseReturnValue:
    """Record an activity."""
    thing = call("proposal", "hold_collection_activity", body)
    return created(thing, "/v1/collection-activities/{id}")


@operation(
    blueprint,
    "GET",
    "/collection-activities",
    query=schemas.CollectionActivityQuery,
    answer=schemas.CollectionActivity,
    many=True,
)
def list_collection_activities(query: dict[str, Any]) -> ResponseReturnValue:
    """List activities with the number of suggestions born there."""
    return listed(call("proposal", "list_collection_activities", query))


@operation(
    blueprint,
    "GET",
    "/collection-activities/<uuid:activity_id>",
    answer=schemas.CollectionActivity,
)
def get_collection_activity(activity_id: Any) -> ResponseReturnValue:
    """Show an activity."""
    return shown(call("proposal", "get_collection_activity", str(activity_id)))
