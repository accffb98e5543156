"""Changes of voted projects."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import changes as commands
from ..model.change import Change
from ..queries import changes as queries
from ..queries.reading import one
from ..schemas import changes as schemas
from .stored import Json, Stored


class Changes(Stored):
    """Changes of voted projects."""

    @rpc
    def propose_change(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.propose_change,
            schemas.ProposeChange,
            body,
            id=project_id,
            answer=schemas.Change,
        )

    @rpc
    def list_project_changes(self, project_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_project_changes(project_id),
            schemas.ProjectChangeQuery,
            params,
            answer=schemas.Change,
        )

    @rpc
    def list_changes(self, params: Json) -> Json:
        return self.store.list(
            queries.list_changes, schemas.ChangeQuery, params, answer=schemas.Change
        )

    @rpc
    def get_change(self, change_id: str) -> Json:
        return self.store.read(one(Change), change_id, answer=schemas.Change)

    @rpc
    def decide_change(self, change_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.decide_change,
            schemas.DecideChange,
            body,
            id=change_id,
            answer=schemas.Change,
        )

    @rpc
    def withdraw_change(self, change_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.withdraw_change,
            schemas.WithdrawChange,
            body,
            id=change_id,
            answer=schemas.Change,
        )

    @rpc
    def announce_change(self, change_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.announce_change,
            schemas.AnnounceChange,
            body,
            id=change_id,
            answer=schemas.Change,
        )

    @rpc
    def report_change(self, change_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.report_change,
            schemas.ReportChange,
            body,
            id=change_id,
            answer=schemas.Change,
        )
