"""Projects and their progress."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import projects as commands
from ..model.project import Project
from ..queries import projects as queries
from ..queries.reading import one
from ..schemas import projects as schemas
from .stored import Json, Stored


class Projects(Stored):
    """Projects and their progress."""

    @rpc
    def get_project(self, project_id: str) -> Json:
        return self.store.read(one(Project), project_id, answer=schemas.Project)

    @rpc
    def list_projects(self, params: Json) -> Json:
        return self.store.list(
            queries.list_projects,
            schemas.YearQuery,
            params,
            answer=schemas.Project,
        )

    @rpc
    def report_progress(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.report_progress,
            schemas.ReportProgress,
            body,
            id=project_id,
            answer=schemas.Project,
        )
