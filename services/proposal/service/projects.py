"""Suggested projects."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import projects as commands
from ..queries import projects as queries
from ..schemas import projects as schemas
from .stored import Json, Stored


class Projects(Stored):
    """Suggested projects."""

    @rpc
    def distil_suggested_project(self, body: Json) -> Json:
        return self.store.execute(
            commands.distil,
            schemas.DistilSuggestedProject,
            body,
            answer=schemas.SuggestedProject,
        )

    @rpc
    def get_suggested_project(self, project_id: str) -> Json:
        return self.store.read(
            queries.get_suggested_project, project_id, answer=schemas.SuggestedProject
        )

    @rpc
    def list_suggested_projects(self, params: Json) -> Json:
        return self.store.list(
            queries.list_suggested_projects,
            schemas.SuggestedProjectQuery,
            params,
            answer=schemas.SuggestedProject,
        )
