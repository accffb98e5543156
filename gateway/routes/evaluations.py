"""Evaluations of projects (实施情况评估), appraisals of units (动态考核)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import evaluations as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "evaluations", __name__, description="评估与考核 Of projects and units, by adopted formulas"
)


@operation(blueprint, "GET", "/measures", answer=schemas.Measures)
def list_measures() -> ResponseReturnValue:
    """List the measures that rules may weigh, with what each means."""
    return shown(call("supervision", "list_measures"))


@operation(
    blueprint,
    "POST",
    "/evaluations",
    body=schemas.EvaluateProject,
    answer=schemas.Evaluation,
    status=201,
)
def evaluate_project(body: dict[str, Any]) -> ResponseReturnValue:
    """Evaluate a project by the rule in force, and keep the result."""
    return created(call("supervision", "evaluate_project", body), "/v1/evaluations/{id}")


@operation(
    blueprint,
    "GET",
    "/evaluations",
    query=schemas.EvaluationQuery,
    answer=schemas.Evaluation,
    many=True,
)
def list_evaluations(query: dict[str, Any]) -> ResponseReturnValue:
    """List results about projects by year and day."""
    return listed(call("supervision", "list_evaluations", query))


@operation(blueprint, "GET", "/evaluations/<uuid:evaluation_id>", answer=schemas.Evaluation)
def get_evaluation(evaluation_id: Any) -> ResponseReturnValue:
    """Show a result, of a project or a unit, with its terms and numbers."""
    return shown(call("supervision", "get_evaluation", str(evaluation_id)))


@operation(
    blueprint,
    "GET",
    "/evaluations/<uuid:evaluation_id>/records",
    answer=schemas.ResultRecords,
)
def get_evaluation_records(evaluation_id: Any) -> ResponseReturnValue:
    """Show which records each term counted, so that its hash can be computed again."""
    return shown(call("supervision", "get_evaluation_records", str(evaluation_id)))


@operation(
    blueprint,
    "GET",
    "/evaluation-series",
    query=schemas.ProjectSeriesQuery,
    answer=schemas.ResultSeries,
)
def get_evaluation_series(query: dict[str, Any]) -> ResponseReturnValue:
    """Show a project's results, each beside the one before."""
    return shown(call("supervision", "get_evaluation_series", query))


@operation(
    blueprint,
    "GET",
    "/evaluation-preview",
    query=schemas.ProjectPreviewQuery,
    answer=schemas.ResultOfRule,
)
def preview_evaluation(query: dict[str, Any]) -> ResponseReturnValue:
    """Show what the rule in force would give for a project; nothing is kept."""
    return shown(call("supervision", "preview_evaluation", query))


@operation(
    blueprint,
    "POST",
    "/appraisals",
    body=schemas.AppraiseUnit,
    answer=schemas.Evaluation,
    status=201,
)
def appraise_unit(body: dict[str, Any]) -> ResponseReturnValue:
    """Appraise a unit by the rule in force, and keep the result."""
    return created(call("supervision", "appraise_unit", body), "/v1/evaluations/{id}")


@operation(
    blueprint,
    "GET",
    "/appraisals",
    query=schemas.AppraisalQuery,
    answer=schemas.Evaluation,
    many=True,
)
def list_appraisals(query: dict[str, Any]) -> ResponseReturnValue:
    """List results about units by year and day."""
    return listed(call("supervision", "list_appraisals", query))


@operation(
    blueprint,
    "GET",
    "/appraisal-series",
    query=schemas.UnitSeriesQuery,
    answer=schemas.ResultSeries,
)
def get_appraisal_series(query: dict[str, Any]) -> ResponseReturnValue:
    """Show a unit's results year by year, each beside the one before."""
    return shown(call("supervision", "get_appraisal_series", query))


@operation(
    blueprint,
    "GET",
    "/appraisal-preview",
    query=schemas.UnitPreviewQuery,
    answer=schemas.ResultOfRule,
)
def preview_appraisal(query: dict[str, Any]) -> ResponseReturnValue:
    """Show what the rule in force would give for a unit now; nothing is kept."""
    return shown(call("supervision", "preview_appraisal", query))
