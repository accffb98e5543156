"""Statistics (统计): counts of suggestions, each with its definition."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import statistics as schemas

from ..resource import call, operation, shown

blueprint = Blueprint("statistics", __name__, description="统计 Counts with their definitions")


@operation(
    blueprint,
    "GET",
    "/statistics/suggestions",
    query=schemas.StatisticQuery,
    answer=schemas.Statistic,
)
def count_suggestions(query: dict[str, Any]) -> ResponseReturnValue:
    """Count a year's suggestions by aspect, channel, place, round, delegation, author or month."""
    return shown(call("proposal", "count_suggestions", query))


@operation(
    blueprint,
    "GET",
    "/statistics/matching",
    query=schemas.MatchingQuery,
    answer=schemas.Matching,
)
def count_matching(query: dict[str, Any]) -> ResponseReturnValue:
    """Say how many suggestions match what was voted (相吻合), and of how many."""
    return shown(call("proposal", "count_matching", query))
