"""Projects' public pages."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.supervision.schemas import messages as message_schemas
from services.supervision.schemas import public_page as schemas

from ..resource import call, listed, operation, shown

blueprint = Blueprint(
    "public_projects", __name__, description="项目公开页 Projects, as anybody sees them"
)


@operation(blueprint, "GET", "/public-projects/<uuid:project_id>", answer=schemas.PublicProject)
def get_public_project(project_id: Any) -> ResponseReturnValue:
    """Show a project's public page."""
    return shown(call("supervision", "get_public_project", str(project_id)))


@operation(
    blueprint,
    "GET",
    "/public-projects/<uuid:project_id>/messages",
    query=PageQuery,
    answer=message_schemas.PublicMessage,
    many=True,
)
def list_public_messages(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List what residents say of it, with the answers."""
    return listed(call("supervision", "list_public_messages", str(project_id), query))
