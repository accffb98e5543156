"""Projects, their progress and their supervision groups."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import progress
from ..commands import projects as commands
from ..commands.photos import with_photos
from ..model.group import Group
from ..model.project import Project
from ..queries import progress as progress_queries
from ..queries import projects as queries
from ..queries.reading import one
from ..schemas import projects as schemas
from .stored import Json, Stored


class Projects(Stored):
    """Projects, their progress and their supervision groups."""

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

    @rpc
    def form_group(self, body: Json) -> Json:
        return self.store.execute(
            commands.form_group, schemas.FormGroup, body, answer=schemas.Group
        )

    @rpc
    def get_group(self, group_id: str) -> Json:
        return self.store.read(one(Group), group_id, answer=schemas.Group)

    @rpc
    def list_groups(self, params: Json) -> Json:
        return self.store.list(
            queries.list_groups, schemas.GroupQuery, params, answer=schemas.Group
        )
