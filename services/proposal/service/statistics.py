"""Statistics."""

from __future__ import annotations

from services.chassis.rpc import rpc
from services.chassis.store import load

from ..queries import statistics as queries
from ..schemas import statistics as schemas
from .stored import Json, Stored


class Statistics(Stored):
    """Counts with their definitions."""

    @rpc
    def count_suggestions(self, params: Json) -> Json:
        asked = self.store.asked(schemas.StatisticQuery, params)
        return self.store.read(queries.count_suggestions, asked, answer=schemas.Statistic)

    @rpc
    def count_matching(self, params: Json) -> Json:
        asked = load(schemas.MatchingQuery, params)
        return self.store.read(queries.count_matching, asked, answer=schemas.Matching)
