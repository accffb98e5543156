"""Problems found with projects (问题)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import activities as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("problems", __name__, description="问题 Found on visits and otherwise")


@operation(
    blueprint,
    "POST",
    "/problems",
    body=schemas.RecordProblem,
    answer=schemas.ProjectProblem,
    status=201,
)
def record_problem(body: dict[str, Any]) -> ResponseReturnValue:
    """Record a problem."""
    return created(call("supervision", "record_problem", body), "/v1/problems/{id}")


@operation(
    blueprint,
    "GET",
    "/problems",
    query=schemas.ProblemQuery,
    answer=schemas.ProjectProblem,
    many=True,
)
def list_problems(query: dict[str, Any]) -> ResponseReturnValue:
    """List the problems by day."""
    return listed(call("supervision", "list_problems", query))


@operation(blueprint, "GET", "/problems/<uuid:problem_id>", answer=schemas.ProjectProblem)
def get_problem(problem_id: Any) -> ResponseReturnValue:
    """Show a problem."""
    return shown(call("supervision", "get_problem", str(problem_id)))
