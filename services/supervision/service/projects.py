"""Projects and their progress."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import progress
from ..commands.photos import with_photos
from ..model.project import Project
from ..queries import progress as progress_queries
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
            with_photos(progress.report_progress, body, self.store.files),
            schemas.ReportProgress,
            body,
            id=project_id,
            answer=schemas.Project,
        )

    @rpc
    def list_progress_entries(self, project_id: str, params: Json) -> Json:
        return self.store.list(
            progress_queries.list_entries(project_id),
            schemas.ProgressQuery,
            params,
            answer=schemas.ListedProgress,
        )
