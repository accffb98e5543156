"""Statistics."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from services.chassis.rpc import rpc
from services.chassis.store import load

from ..model.asker import READERS
from ..queries import statistics as queries
from ..schemas import statistics as schemas
from .stored import Json, Stored

#: Seconds for which the public is told the same figures, and of how many questions.
FRESH, KEPT = 10.0, 1000

_told: WeakKeyDictionary[sa.Engine, dict[Any, tuple[float, Json]]] = WeakKeyDictionary()


class Statistics(Stored):
    """Counts with their definitions.

    A count reads every suggestion of a year.  Anybody may ask for it, without a token and as often
    as she likes, so who does not work with them is told the same for a few seconds; ``as_of`` says
    of when.
    """

    @rpc
    def count_suggestions(self, params: Json) -> Json:
        asked = self.store.asked(schemas.StatisticQuery, params)
        return self._public(
            ("suggestions", *sorted(asked.items())),
            lambda: self.store.read(queries.count_suggestions, asked, answer=schemas.Statistic),
        )

    @rpc
    def count_matching(self, params: Json) -> Json:
        asked = load(schemas.MatchingQuery, params)
        return self._public(
            ("matching", *sorted(asked.items())),
            lambda: self.store.read(queries.count_matching, asked, answer=schemas.Matching),
        )

    def _public(self, asked: Any, count: Callable[[], Json]) -> Json:
        """What was counted a moment ago, or now; to those inside always now."""
        if self.store.context.principal.roles.intersection(READERS):
            return count()
        told = _told.setdefault(self.store.engine, {})
        now = time.monotonic()
        if asked in told and now - told[asked][0] < FRESH:
            return told[asked][1]
        answer = count()
        if len(told) >= KEPT:
            told.clear()
        told[asked] = now, answer
        return answer
