"""Aspects, units, rounds; activities and quotas."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import register as commands
from ..queries import activities, quotas
from ..queries import register as queries
from ..schemas import activities as activity_schemas
from ..schemas import register as schemas
from .stored import Json, Stored


class Register(Stored):
    """Aspects, units, rounds; activities and quotas."""

    @rpc
    def define_aspect(self, body: Json) -> Json:
        return self.store.execute(
            commands.define_aspect, schemas.DefineAspect, body, answer=schemas.Aspect
        )

    @rpc
    def rename_aspect(self, aspect_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.rename_aspect,
            schemas.RenameAspect,
            body,
            id=aspect_id,
            answer=schemas.Aspect,
        )

    @rpc
    def retire_aspect(self, aspect_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.retire_aspect,
            schemas.RetireAspect,
            body,
            id=aspect_id,
            answer=schemas.Aspect,
        )

    @rpc
    def get_aspect(self, aspect_id: str) -> Json:
        return self.store.read(queries.get_aspect, aspect_id, answer=schemas.Aspect)

    @rpc
    def list_aspects(self, params: Json) -> Json:
        page = self.store.list(
            queries.list_aspects, schemas.AspectQuery, params, answer=schemas.Aspect
        )
        return queries.named_on(page, params.get("on"))

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
    def move_round(self, round_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.move_round, schemas.MoveRound, body, id=round_id, answer=schemas.Round
        )

    @rpc
    def get_round(self, round_id: str) -> Json:
        return self.store.read(queries.get_round, round_id, answer=schemas.Round)

    @rpc
    def list_rounds(self, params: Json) -> Json:
        return self.store.list(
            queries.list_rounds, schemas.RoundQuery, params, answer=schemas.Round
        )

    @rpc
    def hold_collection_activity(self, body: Json) -> Json:
        return self.store.execute(
            commands.hold_activity,
            activity_schemas.HoldCollectionActivity,
            body,
            answer=activity_schemas.CollectionActivity,
        )

    @rpc
    def get_collection_activity(self, activity_id: str) -> Json:
        return self.store.read(
            activities.get_activity, activity_id, answer=activity_schemas.CollectionActivity
        )

    @rpc
    def list_collection_activities(self, params: Json) -> Json:
        return self.store.list(
            activities.list_activities,
            activity_schemas.CollectionActivityQuery,
            params,
            answer=activity_schemas.CollectionActivity,
        )

    @rpc
    def get_quotas(self, params: Json) -> Json:
        asked = self.store.asked(schemas.QuotaQuery, params)
        congress = self.store.settings.jurisdiction
        return self.store.read(quotas.quotas, asked, congress, answer=schemas.QuotaReport)
