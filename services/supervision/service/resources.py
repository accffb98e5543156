"""What is owed to projects, and what units arranged for them."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import coordination, resources
from ..model.coordination import Coordination
from ..model.resource import Resource
from ..queries import resources as queries
from ..queries.reading import one
from ..schemas import resources as schemas
from .stored import Json, Stored


class Resources(Stored):
    """What is owed to projects, and what units arranged for them."""

    @rpc
    def owe_resource(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            resources.owe_resource,
            schemas.OweResource,
            body,
            id=project_id,
            answer=schemas.Resource,
        )

    @rpc
    def deliver_resource(self, resource_id: str, body: Json) -> Json:
        return self.store.execute(
            resources.deliver_resource,
            schemas.DeliverResource,
            body,
            id=resource_id,
            answer=schemas.Resource,
        )

    @rpc
    def withdraw_resource(self, resource_id: str, body: Json) -> Json:
        return self.store.execute(
            resources.withdraw_resource,
            schemas.WithdrawResource,
            body,
            id=resource_id,
            answer=schemas.Resource,
        )

    @rpc
    def get_resource(self, resource_id: str) -> Json:
        return self.store.read(one(Resource), resource_id, answer=schemas.Resource)

    @rpc
    def list_resources(self, params: Json) -> Json:
        return self.store.list(
            queries.list_resources, schemas.ResourceQuery, params, answer=schemas.Resource
        )

    @rpc
    def agree_coordination(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            coordination.agree_coordination,
            schemas.AgreeCoordination,
            body,
            id=project_id,
            answer=schemas.Coordination,
        )

    @rpc
    def ask_for_help(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            coordination.ask_for_help,
            schemas.AskForHelp,
            body,
            id=project_id,
            answer=schemas.Coordination,
        )

    @rpc
    def answer_request(self, coordination_id: str, body: Json) -> Json:
        return self.store.execute(
            coordination.answer_request,
            schemas.AnswerRequest,
            body,
            id=coordination_id,
            answer=schemas.Coordination,
        )

    @rpc
    def do_coordination_task(self, coordination_id: str, task_id: str, body: Json) -> Json:
        return self.store.execute(
            coordination.do_coordination_task,
            schemas.DoCoordinationTask,
            body,
            id=coordination_id,
            task_id=task_id,
            answer=schemas.Coordination,
        )

    @rpc
    def get_coordination(self, coordination_id: str) -> Json:
        return self.store.read(one(Coordination), coordination_id, answer=schemas.Coordination)

    @rpc
    def list_coordinations(self, params: Json) -> Json:
        return self.store.list(
            queries.list_coordinations,
            schemas.CoordinationQuery,
            params,
            answer=schemas.Coordination,
        )
