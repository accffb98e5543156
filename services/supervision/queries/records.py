"""Indicators and meetings."""

from __future__ import annotations

from ..model.indicator import Indicator
from ..model.meeting import Meeting
from ..tables import indicators, meetings
from .reading import Json, Query, by_day, listed


def list_indicators(params: Json) -> Query:
    """Indicators, perhaps of one year."""
    return listed(Indicator, indicators.indicators, params, "year")


def list_meetings(params: Json) -> Query:
    """Meetings by day, perhaps of one kind."""
    return by_day(Meeting, meetings.meetings, params, "kind")
