"""Look-backs at projects of earlier years."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import look_backs as commands
from ..model.look_back import LookBack
from ..model.planned_look_back import PlannedLookBack
from ..queries import look_backs as queries
from ..queries.reading import one
from ..schemas import look_backs as schemas
from .stored import Json, Stored


class LookBacks(Stored):
    """Look-backs at projects of earlier years."""

    @rpc
    def record_look_back(self, body: Json) -> Json:
        return self.store.execute(
            commands.record_look_back,
            schemas.RecordLookBack,
            body,
            answer=schemas.LookBack,
        )

    @rpc
    def get_look_back(self, look_back_id: str) -> Json:
        return self.store.read(one(LookBack), look_back_id, answer=schemas.LookBack)

    @rpc
    def list_look_backs(self, params: Json) -> Json:
        return self.store.list(
            queries.list_look_backs,
            schemas.LookBackQuery,
            params,
            answer=schemas.LookBack,
        )

    @rpc
    def plan_look_back(self, body: Json) -> Json:
        return self.store.execute(
            commands.plan_look_back,
            schemas.PlanLookBack,
            body,
            answer=schemas.PlannedLookBack,
        )

    @rpc
    def get_planned_look_back(self, look_back_id: str) -> Json:
        return self.store.read(one(PlannedLookBack), look_back_id, answer=schemas.PlannedLookBack)

    @rpc
    def list_planned_look_backs(self, params: Json) -> Json:
        return self.store.list(
            queries.list_planned,
            schemas.PlannedLookBackQuery,
            params,
            answer=schemas.PlannedLookBack,
        )

    @rpc
    def visit_look_back(self, look_back_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.visit_look_back,
            schemas.VisitLookBack,
            body,
            id=look_back_id,
            answer=schemas.PlannedLookBack,
        )

    @rpc
    def find_at_look_back(self, look_back_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.find_at_look_back,
            schemas.FindAtLookBack,
            body,
            id=look_back_id,
            answer=schemas.PlannedLookBack,
        )

    @rpc
    def list_look_back_findings(self, look_back_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_findings(look_back_id),
            PageQuery,
            params,
            answer=schemas.LookBackFinding,
        )

    @rpc
    def conclude_look_back(self, look_back_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.conclude_look_back,
            schemas.ConcludeLookBack,
            body,
            id=look_back_id,
            answer=schemas.LookBack,
        )

    @rpc
    def drop_look_back(self, look_back_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.drop_look_back,
            schemas.DropLookBack,
            body,
            id=look_back_id,
            answer=schemas.PlannedLookBack,
        )

    @rpc
    def follow_up_look_back(self, look_back_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.follow_up_look_back,
            schemas.FollowUpLookBack,
            body,
            id=look_back_id,
            answer=schemas.LookBackFollowUp,
        )

    @rpc
    def list_look_back_follow_ups(self, look_back_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_follow_ups(look_back_id),
            PageQuery,
            params,
            answer=schemas.LookBackFollowUp,
        )
