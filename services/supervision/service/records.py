"""Declared indicators."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import records as commands
from ..model.indicator import Indicator
from ..queries import records as queries
from ..queries.reading import one
from ..schemas import records as schemas
from .stored import Json, Stored


class Records(Stored):
    """Declared indicators."""

    @rpc
    def define_indicator(self, body: Json) -> Json:
        return self.store.execute(
            commands.define_indicator,
            schemas.DefineIndicator,
            body,
            answer=schemas.Indicator,
        )

    @rpc
    def get_indicator(self, indicator_id: str) -> Json:
        return self.store.read(one(Indicator), indicator_id, answer=schemas.Indicator)

    @rpc
    def list_indicators(self, params: Json) -> Json:
        return self.store.list(
            queries.list_indicators,
            schemas.IndicatorQuery,
            params,
            answer=schemas.Indicator,
        )

    @rpc
    def declare_indicator(self, indicator_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.declare_indicator,
            schemas.DeclareIndicator,
            body,
            id=indicator_id,
            answer=schemas.Indicator,
        )
