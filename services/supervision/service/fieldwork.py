"""Activities, visits, who took part, and the problems found."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import activities as commands
from ..commands.photos import with_photos
from ..model.activity import Activity, Visit
from ..model.opinion import Problem
from ..queries import fieldwork as queries
from ..queries.reading import one
from ..schemas import activities as schemas
from .stored import Json, Stored


class Fieldwork(Stored):
    """Activities, visits, who took part, and the problems found."""

    @rpc
    def arrange_activity(self, body: Json) -> Json:
        return self.store.execute(
            commands.arrange_activity,
            schemas.ArrangeActivity,
            body,
            answer=schemas.Activity,
        )

    @rpc
    def get_activity(self, activity_id: str) -> Json:
        return self.store.read(one(Activity), activity_id, answer=schemas.Activity)

    @rpc
    def list_activities(self, params: Json) -> Json:
        return self.store.list(
            queries.list_activities,
            schemas.ActivityQuery,
            params,
            answer=schemas.Activity,
        )

    @rpc
    def record_visit(self, body: Json) -> Json:
        return self.store.execute(
            commands.record_visit, schemas.RecordVisit, body, answer=schemas.Visit
        )

    @rpc
    def get_visit(self, visit_id: str) -> Json:
        return self.store.read(one(Visit), visit_id, answer=schemas.Visit)

    @rpc
    def list_visits(self, params: Json) -> Json:
        return self.store.list(
            queries.list_visits, schemas.VisitQuery, params, answer=schemas.Visit
        )

    @rpc
    def attend_visit(self, visit_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.attend_visit,
            schemas.AttendVisit,
            body,
            id=visit_id,
            answer=schemas.Attendance,
        )

    @rpc
    def list_attendances(self, visit_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_attendances(visit_id), PageQuery, params, answer=schemas.Attendance
        )

    @rpc
    def record_problem(self, body: Json) -> Json:
        return self.store.execute(
            with_photos(commands.record_problem, body, self.store.files),
            schemas.RecordProblem,
            body,
            answer=schemas.ProjectProblem,
        )

    @rpc
    def get_problem(self, problem_id: str) -> Json:
        return self.store.read(one(Problem), problem_id, answer=schemas.ProjectProblem)

    @rpc
    def list_problems(self, params: Json) -> Json:
        return self.store.list(
            queries.list_problems,
            schemas.ProblemQuery,
            params,
            answer=schemas.ProjectProblem,
        )
