"""What people look at: timeline, desk, board, map, matrix, statistics."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..queries.views import desk, timeline
from ..schemas import timelines as schemas
from .stored import Json, Stored

#: Who sees all that happened; everybody else what is public.
INSIDE = frozenset({"deputy", "unit", "clerk", "secretariat", "government", "auditor"})


class Views(Stored):
    """What people look at: timeline, desk, board, map, matrix, statistics."""

    @rpc
    def get_timeline(self, project_id: str, params: Json) -> Json:
        asked = self.store.asked(schemas.TimelineQuery, params)
        return self.store.read(
            timeline.timeline_of, project_id, asked, self._inside, answer=schemas.Timeline
        )

    @rpc
    def get_desk(self, params: Json) -> Json:
        asked = self.store.asked(schemas.DeskQuery, params)
        return self.store.read(desk.desk_of, self.store.principal, asked, answer=schemas.Desk)

    @property
    def _inside(self) -> bool:
        return bool(self.store.principal.roles & INSIDE)
