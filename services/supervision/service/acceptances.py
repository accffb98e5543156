"""Milestones, standards, acceptances, and where projects stand."""

from __future__ import annotations

import datetime as dt

from services.chassis.rpc import rpc

from ..commands import acceptances as commands
from ..commands import lights, milestones
from ..commands.photos import with_photos
from ..model.acceptance import Acceptance
from ..queries import acceptances as queries
from ..queries import lights as light_queries
from ..queries import states
from ..queries.reading import one
from ..schemas import acceptances as schemas
from ..schemas import lights as light_schemas
from .stored import Json, Stored


class Acceptances(Stored):
    """Milestones, standards, acceptances, and where projects stand."""

    @rpc
    def reach_milestone(self, project_id: str, code: str, body: Json) -> Json:
        return self.store.execute(
            with_photos(milestones.reach_milestone, body, self.store.files),
            schemas.ReachMilestone,
            body,
            id=project_id,
            code=code,
            answer=schemas.Milestone,
        )

    @rpc
    def list_milestones(self, project_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_milestones(project_id),
            schemas.MilestoneQuery,
            params,
            answer=schemas.Milestone,
        )

    @rpc
    def set_standard(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.set_standard,
            schemas.SetStandard,
            body,
            id=project_id,
            answer=schemas.Standard,
        )

    @rpc
    def list_standards(self, project_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_standards(project_id),
            schemas.StandardQuery,
            params,
            answer=schemas.Standard,
        )

    @rpc
    def hold_acceptance(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            with_photos(commands.hold_acceptance, body, self.store.files),
            schemas.HoldAcceptance,
            body,
            id=project_id,
            answer=schemas.Acceptance,
        )

    @rpc
    def get_acceptance(self, acceptance_id: str) -> Json:
        return self.store.read(one(Acceptance), acceptance_id, answer=schemas.Acceptance)

    @rpc
    def list_acceptances(self, project_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_acceptances(project_id),
            schemas.AcceptanceQuery,
            params,
            answer=schemas.Acceptance,
        )

    @rpc
    def get_project_state(self, project_id: str, params: Json) -> Json:
        day = self._day(params)
        return self.store.read(states.state_on, project_id, day, answer=light_schemas.ProjectState)

    @rpc
    def get_project_light(self, project_id: str, params: Json) -> Json:
        day = self._day(params)
        return self.store.read(states.light_on, project_id, day, answer=light_schemas.Light)

    @rpc
    def override_light(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            lights.override_light,
            light_schemas.OverrideLight,
            body,
            id=project_id,
            answer=light_schemas.LightOverride,
        )

    @rpc
    def lift_light_override(self, override_id: str, body: Json) -> Json:
        return self.store.execute(
            lights.lift_override,
            light_schemas.LiftOverride,
            body,
            id=override_id,
            answer=light_schemas.LightOverride,
        )

    @rpc
    def list_light_overrides(self, project_id: str, params: Json) -> Json:
        return self.store.list(
            light_queries.list_overrides(project_id),
            light_schemas.LightOverrideQuery,
            params,
            answer=light_schemas.LightOverride,
        )

    def _day(self, params: Json) -> dt.date:
        """The day asked for, or today."""
        asked = self.store.asked(light_schemas.StateQuery, params)
        day: dt.date = asked.get("on") or asked["today"]
        return day
