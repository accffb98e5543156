"""Aspects, units, rounds."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import register as commands
from ..queries import register as queries
from ..schemas import register as schemas
from .stored import Json, Stored


class Register(Stored):
    """Aspects, units, rounds."""

    @rpc
    def define_aspect(self, body: Json) -> Json:
        return self.store.execute(
            commands.define_aspect, schemas.DefineAspect, body, answer=schemas.Aspect
        )

    @rpc
    def list_aspects(self, params: Json) -> Json:
        return self.store.list(queries.list_aspects, PageQuery, params, answer=schemas.Aspect)

    @rpc
    def register_unit(self, body: Json) -> Json:
        return self.store.execute(
            commands.register_unit, schemas.RegisterUnit, body, answer=schemas.Unit
        )

    @rpc
    def get_unit(self, unit_id: str) -> Json:
        return self.store.read(queries.get_unit, unit_id, answer=schemas.Unit)

    @rpc
    def list_units(self, params: Json) -> Json:
        return self.store.list(queries.list_units, schemas.UnitQuery, params, answer=schemas.Unit)

    @rpc
    def open_round(self, body: Json) -> Json:
        return self.store.execute(
            commands.open_round, schemas.OpenRound, body, answer=schemas.Round
        )

    @rpc
    def list_rounds(self, params: Json) -> Json:
        return self.store.list(queries.list_rounds, schemas.YearQuery, params, answer=schemas.Round)
