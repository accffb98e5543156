"""Implementation plans."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import plans as commands
from ..queries import plans as queries
from ..schemas import plans as schemas
from .stored import Json, Stored


class Plans(Stored):
    """Implementation plans."""

    @rpc
    def publish_plan(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.publish_plan, schemas.PublishPlan, body, id=project_id, answer=schemas.Plan
        )

    @rpc
    def list_plans(self, project_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_plans(project_id), schemas.PlansQuery, params, answer=schemas.Plan
        )

    @rpc
    def get_plan_in_force(self, project_id: str, params: Json) -> Json:
        asked = self.store.asked(schemas.PlanQuery, params)
        on = asked.get("on") or asked["today"]
        return self.store.read(queries.shown, project_id, on, answer=schemas.PlanInForce)
