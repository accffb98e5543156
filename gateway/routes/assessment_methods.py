"""Assessment methods (测评办法)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.survey.schemas import methods as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "assessment-methods", __name__, description="测评办法 How marks become a score"
)


@operation(
    blueprint,
    "POST",
    "/assessment-methods",
    body=schemas.DraftAssessmentMethod,
    answer=schemas.AssessmentMethod,
    status=201,
)
def draft_assessment_method(body: dict[str, Any]) -> ResponseReturnValue:
    """Draft an assessment method, perhaps one that supersedes another."""
    answer = call("survey", "draft_assessment_method", body)
    return created(answer, "/v1/assessment-methods/{id}")


@operation(
    blueprint,
    "POST",
    "/assessment-methods/<uuid:method_id>/adoption",
    body=schemas.AdoptAssessmentMethod,
    answer=schemas.AssessmentMethod,
)
def adopt_assessment_method(body: dict[str, Any], method_id: Any) -> ResponseReturnValue:
    """Adopt an assessment method; from then on questionnaires can use it."""
    return shown(call("survey", "adopt_assessment_method", str(method_id), body))


@operation(
    blueprint,
    "GET",
    "/assessment-methods",
    query=PageQuery,
    answer=schemas.AssessmentMethod,
    many=True,
)
def list_assessment_methods(query: dict[str, Any]) -> ResponseReturnValue:
    """List the assessment methods."""
    return listed(call("survey", "list_assessment_methods", query))


@operation(
    blueprint, "GET", "/assessment-methods/<uuid:method_id>", answer=schemas.AssessmentMethod
)
def get_assessment_method(method_id: Any) -> ResponseReturnValue:
    """Show an assessment method."""
    return shown(call("survey", "get_assessment_method", str(method_id)))
