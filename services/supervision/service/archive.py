"""The archive of all years, and the dossier of a project."""

from __future__ import annotations

from typing import Any

from marshmallow import pre_dump

from services.chassis.rpc import rpc
from services.commons import clock

from ..commands import archive as commands
from ..queries import archive as queries
from ..queries import dossier
from ..schemas import archive as schemas
from ..schemas.projects import Project
from .stored import Json, Stored


class _Entry(schemas.DossierEntry):
    """A record of whatever register, as the dossier shows it."""

    @pre_dump
    def shown(self, row: Any, **_: Any) -> Json:
        """What of it is shown."""
        return dossier.entry(row)


class Archive(Stored):
    """The archive of all years, and the dossier of a project."""

    @rpc
    def archive_project(self, body: Json) -> Json:
        return self.store.execute(
            commands.archive_project, schemas.ArchiveProject, body, answer=Project
        )

    @rpc
    def get_project_archive(self) -> Json:
        return self.store.read(queries.archive, answer=schemas.Archive)

    @rpc
    def get_archived_year(self, year: int) -> Json:
        return self.store.read(queries.archive_of, year, answer=schemas.ArchivedYear)

    @rpc
    def get_dossier(self, project_id: str) -> Json:
        return self.store.read(dossier.dossier, project_id, clock.now(), answer=schemas.Dossier)

    @rpc
    def list_dossier_register(self, project_id: str, register: str, params: Json) -> Json:
        return self.store.list(
            dossier.register_of(project_id, register),
            schemas.DossierQuery,
            params,
            answer=_Entry(),
        )
