"""Assessment methods."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import methods as commands
from ..queries import methods as queries
from ..schemas import methods as schemas
from .stored import Json, Stored


class Methods(Stored):
    """Assessment methods."""

    @rpc
    def draft_assessment_method(self, body: Json) -> Json:
        return self.store.execute(
            commands.draft_method,
            schemas.DraftAssessmentMethod,
            body,
            answer=schemas.AssessmentMethod,
        )

    @rpc
    def adopt_assessment_method(self, method_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.adopt_method,
            schemas.AdoptAssessmentMethod,
            body,
            id=method_id,
            answer=schemas.AssessmentMethod,
        )

    @rpc
    def get_assessment_method(self, method_id: str) -> Json:
        return self.store.read(queries.get_method, method_id, answer=schemas.AssessmentMethod)

    @rpc
    def list_assessment_methods(self, params: Json) -> Json:
        return self.store.list(
            queries.list_methods, PageQuery, params, answer=schemas.AssessmentMethod
        )
