"""Indicators."""

from __future__ import annotations

from ..model.indicator import Indicator
from ..tables import indicators
from .reading import Json, Query, listed


def list_indicators(params: Json) -> Query:
    """Indicators, perhaps of one year."""
    return listed(Indicator, indicators.indicators, params, "year")
