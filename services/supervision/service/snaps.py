"""Snap, forward, supervise (随手拍,随时转,随机督)."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import snaps as commands
from ..commands.photos import with_photos
from ..model.snap import Snap
from ..queries import snaps as queries
from ..queries.reading import one
from ..schemas import snaps as schemas
from .stored import Json, Stored


class Snaps(Stored):
    """Snaps, and to which project they belong."""

    @rpc
    def take_snap(self, body: Json) -> Json:
        command = with_photos(commands.take, body, self.store.files)
        return self.store.execute(command, schemas.TakeSnap, body, answer=schemas.Snap)

    @rpc
    def assign_snap(self, snap_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.assign, schemas.AssignSnap, body, id=snap_id, answer=schemas.Snap
        )

    @rpc
    def decline_snap(self, snap_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.decline, schemas.DeclineSnap, body, id=snap_id, answer=schemas.Snap
        )

    @rpc
    def get_snap(self, snap_id: str) -> Json:
        return self.store.read(one(Snap), snap_id, answer=schemas.Snap)

    @rpc
    def list_snaps(self, params: Json) -> Json:
        return self.store.list(queries.list_snaps, schemas.SnapQuery, params, answer=schemas.Snap)
