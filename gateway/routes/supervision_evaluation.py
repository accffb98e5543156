"""Supervision itself evaluated (监督评价)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import evaluation as schemas

from ..resource import call, operation, shown

blueprint = Blueprint(
    "supervision_evaluation", __name__, description="监督评价 What was done, and what is missing"
)


@operation(
    blueprint,
    "GET",
    "/supervision-evaluation",
    query=schemas.EvaluationQuery,
    answer=schemas.SupervisionEvaluation,
)
def evaluate_supervision(query: dict[str, Any]) -> ResponseReturnValue:
    """Say what each link, group, unit and deputy did in a year, and what is missing."""
    return shown(call("supervision", "evaluate_supervision", query))
