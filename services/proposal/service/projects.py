"""Suggested projects."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import handovers
from ..commands import projects as commands
from ..queries import handovers as handover_queries
from ..queries import projects as queries
from ..schemas import handovers as handover_schemas
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

    @rpc
    def add_members(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.add_members,
            schemas.AddMembers,
            body,
            id=project_id,
            answer=schemas.SuggestedProject,
        )

    @rpc
    def remove_member(self, project_id: str, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.remove_member,
            schemas.RemoveMember,
            body,
            id=project_id,
            suggestion_id=suggestion_id,
            answer=schemas.SuggestedProject,
        )

    @rpc
    def list_members(self, project_id: str, params: Json) -> Json:
        query = queries.list_members(project_id)
        return self.store.list(query, PageQuery, params, answer=schemas.Member)

    @rpc
    def hand_over_suggested_project(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            handovers.hand_over,
            handover_schemas.HandOver,
            body,
            id=project_id,
            answer=schemas.SuggestedProject,
        )

    @rpc
    def list_handovers(self, project_id: str, params: Json) -> Json:
        query = handover_queries.list_handovers(project_id)
        return self.store.list(query, PageQuery, params, answer=handover_schemas.Handover)

    @rpc
    def return_handover(self, handover_id: str, body: Json) -> Json:
        return self.store.execute(
            handovers.give_back,
            handover_schemas.ReturnHandover,
            body,
            id=handover_id,
            answer=handover_schemas.Handover,
        )

    @rpc
    def give_handling_opinion(self, handover_id: str, body: Json) -> Json:
        return self.store.execute(
            handovers.give_opinion,
            handover_schemas.GiveHandlingOpinion,
            body,
            id=handover_id,
            answer=handover_schemas.Handover,
        )
