"""What people look at: board, map, matrix, desk, timeline, statistics."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..queries.views import board, desk, geo, matrix, matter_times, statistics, timeline
from ..schemas import timelines
from ..schemas import views as schemas
from .stored import Json, Stored

#: Who sees all that happened; everybody else what is public.
INSIDE = frozenset({"deputy", "unit", "clerk", "secretariat", "government", "auditor"})


class Views(Stored):
    """What people look at: board, map, matrix, desk, timeline, statistics."""

    @rpc
    def get_board(self, params: Json) -> Json:
        asked = self.store.asked(schemas.BoardQuery, params)
        return self.store.read(board.board_of, asked, self._inside, answer=schemas.Board)

    @rpc
    def get_map(self, params: Json) -> Json:
        asked = self.store.asked(schemas.MapQuery, params)
        return self.store.read(geo.map_of, asked, self._inside, answer=schemas.MapFeatures)

    @rpc
    def get_matrix(self, params: Json) -> Json:
        asked = self.store.asked(schemas.YearOnQuery, params)
        return self.store.read(matrix.matrix_of, asked, answer=schemas.Matrix)

    @rpc
    def get_timeline(self, project_id: str, params: Json) -> Json:
        asked = self.store.asked(timelines.TimelineQuery, params)
        return self.store.read(
            timeline.timeline_of, project_id, asked, self._inside, answer=timelines.Timeline
        )

    @rpc
    def get_desk(self, params: Json) -> Json:
        asked = self.store.asked(timelines.DeskQuery, params)
        return self.store.read(desk.desk_of, self.store.principal, asked, answer=timelines.Desk)

    @rpc
    def count_supervision(self, params: Json) -> Json:
        asked = self.store.asked(schemas.SupervisionStatisticQuery, params)
        return self.store.read(statistics.statistics_of, asked, answer=schemas.SupervisionStatistic)

    @rpc
    def list_matter_times(self, params: Json) -> Json:
        asked = self.store.asked(schemas.MatterTimesQuery, params)
        return self.store.read(matter_times.matter_times, asked, answer=schemas.MatterTimesPage)

    @property
    def _inside(self) -> bool:
        return bool(self.store.principal.roles & INSIDE)
