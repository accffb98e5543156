"""Who else took part in a visit, what was found there, and check-ins."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork, is_id
from services.commons.errors import Forbidden, Invalid

from ..model.activity import Visit
from ..model.finding import CHECK_IN, FINDING, CheckIn, Finding
from ..model.opinion import Opinion, Problem
from ..model.participant import DEPUTY_ROLES, VISIT, Participant
from ..queries import existing
from ..queries.plans import plan_in_force
from . import references
from .meetings import enter
from .photos import attach
from .said import said
from .tasks import site_of

Json = dict[str, Any]


def join_visit(command: Json, uow: UnitOfWork) -> Participant:
    """Record that somebody who is no deputy took part; by a deputy who was there, or the office."""
    visit = uow.get(Visit, command["id"])
    uow.happened(visit.happened_on)
    who = uow.principal.subject
    there = is_id(who) and existing.attends(uow.session, visit.id, who)
    uow.principal.speak_for(who if there else "", own="deputy", others=("clerk",))
    if command["role"] in DEPUTY_ROLES:
        raise Invalid(
            "attends-as-deputy",
            "a deputy's part in a visit is an attendance",
            "代表参加走访请登记为代表参加情况",
            [{"pointer": "/role", "detail": "is recorded under attendances"}],
        )
    body = said(command)
    one = Participant.enter(VISIT, visit.id, visit.happened_on, **body, recorded_at=uow.now)
    return enter(uow, one)


def note_finding(command: Json, uow: UnitOfWork) -> Finding:
    """Note what was seen on a visit; a deputy who was there, or the office."""
    visit = uow.get(Visit, command["id"])
    uow.happened(command["happened_on"])
    deputy_id = command["deputy_id"]
    uow.principal.speak_for(deputy_id or "", own="deputy", others=("clerk",))
    if deputy_id is not None and not existing.attends(uow.session, visit.id, deputy_id):
        raise Forbidden(
            "not-at-the-visit",
            "this deputy's part in the visit is not recorded",
            "该代表参加此次走访尚无记录",
        )
    body = {name: value for name, value in said(command).items() if name != "photos"}
    finding = uow.add(Finding.note(visit, **body, recorded_at=uow.now))
    attach(
        uow,
        command["photos"],
        subject_kind=FINDING,
        subject_id=finding.id,
        project_id=finding.project_id,
        happened_on=finding.happened_on,
    )
    return finding


def link_finding(command: Json, uow: UnitOfWork) -> Finding:
    """Point from a finding to the problem or the opinion that it became."""
    finding = uow.get(Finding, command["id"])
    uow.principal.speak_for(finding.deputy_id or "", own="deputy", others=("clerk",))
    for cls, name in ((Problem, "problem_id"), (Opinion, "opinion_id")):
        thing = references.own(uow, cls, command[name], f"/{name}")
        references.same_project(thing, finding.project_id, f"/{name}")
    finding.link(command["problem_id"], command["opinion_id"])
    return finding


def check_in(command: Json, uow: UnitOfWork) -> CheckIn:
    """A deputy checks in at a site; she herself, or the office for her."""
    uow.principal.speak_for(command["deputy_id"], own="deputy", others=("clerk",))
    day = uow.happened(command["happened_on"])
    project = references.project(uow, command["project_id"])
    references.deputies(uow, [command["deputy_id"]])
    visit = references.own(uow, Visit, command["visit_id"], "/visit_id")
    references.same_project(visit, project.id, "/visit_id")
    if command["site_code"] is not None:
        sites = [site_of(uow, project.id, command["site_code"], day)]
    else:
        plan = plan_in_force(uow.session, project.id, day)
        sites = list(plan.sites) if plan else []
    apart = ("photos", "site_code")
    body = {name: value for name, value in command.items() if name not in apart}
    made = uow.add(CheckIn.make(sites, **body, recorded_at=uow.now))
    if command["site_code"] is not None:
        made.site_code = command["site_code"]
    attach(
        uow,
        command["photos"],
        subject_kind=CHECK_IN,
        subject_id=made.id,
        project_id=project.id,
        happened_on=day,
    )
    return made
