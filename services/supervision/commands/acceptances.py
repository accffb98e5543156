"""Standards, and acceptance against them."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.acceptance import Acceptance, Standard
from ..model.project import Project
from ..queries import acceptances as queries
from ..queries.plans import plan_in_force
from ..queries.states import states_on
from . import references
from .photos import attach
from .said import said

Json = dict[str, Any]


def set_standard(command: Json, uow: UnitOfWork) -> Standard:
    """Enter a technical standard of a project; the lead unit or an office does."""
    project = uow.get(Project, command["id"])
    day = uow.happened(command["happened_on"])
    plan = plan_in_force(uow.session, project.id, day)
    references.speaks_for_unit(uow, plan.lead_unit_id if plan else project.lead_unit_id)
    if command["sub_item_id"] is not None:
        project.sub_item(command["sub_item_id"])
    return uow.add(Standard.set(project_id=project.id, **said(command), recorded_at=uow.now))


def hold_acceptance(command: Json, uow: UnitOfWork) -> Acceptance:
    """Record the acceptance of a sub-item; a unit of the project records its own.

    That of any other unit the government's office records.
    """
    # Locked: two at once would both be the next one.
    project = uow.get(Project, command["id"], locked=True)
    references.speaks_for_unit(uow, command["unit_id"])
    day = uow.happened(command["happened_on"])
    references.units(uow, [command["unit_id"]])
    if not uow.principal.roles & {"government", "clerk"}:
        references.unit_of_project(uow, project, command["unit_id"], day)
    sub_item_id = project.sub_item(command["sub_item_id"]).id
    state = states_on(uow.session, [project.id], day)[project.id]
    item = next(one for one in state.items if one.sub_item_id == sub_item_id)
    body = said(command)
    photos = body.pop("photos")
    made = Acceptance.hold(
        project_id=project.id,
        adopted_on=project.adopted_on,
        accepted_on=queries.accepted_days(uow.session, [project.id]).get(sub_item_id),
        before=queries.acceptances_of(uow.session, sub_item_id),
        standards=queries.standards_of(uow.session, project.id, sub_item_id),
        finished_on=item.finished_on,
        **body,
        recorded_at=uow.now,
    )
    uow.add(made)
    attach(
        uow,
        photos,
        subject_kind="acceptance",
        subject_id=made.id,
        project_id=project.id,
        happened_on=day,
    )
    return made
