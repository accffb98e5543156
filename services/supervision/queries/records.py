"""Indicators and look-backs."""

from __future__ import annotations

from ..model.indicator import Indicator
from ..model.meeting import LookBack
from ..tables import indicators, look_backs
from .reading import Json, Query, by_day, listed


def list_indicators(params: Json) -> Query:
    """Indicators, perhaps of one year."""
    return listed(Indicator, indicators.indicators, params, "year")


def list_look_backs(params: Json) -> Query:
    """Look-backs by day, perhaps at projects of one year."""
    return by_day(LookBack, look_backs.look_backs, params, "project_year")
