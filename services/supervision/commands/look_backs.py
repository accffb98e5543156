"""Look-backs: planned, visited, found, concluded, followed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.aggregate import new_id
from services.commons.errors import Conflict, Forbidden, Invalid

from ..model import calendar
from ..model.deadline import AGREED, COMPLETED, CONCLUDED, FOLLOW_UP, LOOK_BACK
from ..model.group import Group
from ..model.look_back import LookBack
from ..model.opinion import Problem
from ..model.planned_look_back import LookBackFinding, LookBackFollowUp, PlannedLookBack
from ..model.project import Project
from ..queries import existing, responsible
from ..queries.look_backs import unplanned
from ..queries.rules import in_force
from ..queries.states import states_on
from . import deadlines, references
from .calendar import fulfil
from .said import said

Json = dict[str, Any]


def record_look_back(command: Json, uow: UnitOfWork) -> LookBack:
    """Record a look-back that was made, with its conclusion."""
    uow.happened(command["happened_on"])
    return _made(uow, LookBack.make(**_named(command, uow), recorded_at=uow.now))


def plan_look_back(command: Json, uow: UnitOfWork) -> PlannedLookBack:
    """Plan a look-back by hand, for a day that is agreed or as a round of the rule."""
    day = uow.happened(command["happened_on"])
    given = _named(command, uow, with_owner=False)
    if given["round"] is not None:
        return _by_rule(uow, *_completed(uow, given), given["round"])
    planned = uow.add(PlannedLookBack.plan(**given, recorded_at=uow.now))
    if planned.due_on is not None:
        deadlines.agree(
            uow,
            LOOK_BACK,
            planned.id,
            planned.due_on,
            begins=AGREED,
            day=day,
            project_id=planned.project_id,
        )
    return planned


def visit_look_back(command: Json, uow: UnitOfWork) -> PlannedLookBack:
    """Record a day on which somebody went; a deputy records those of her own."""
    planned = uow.get(PlannedLookBack, command["id"])
    uow.happened(command["happened_on"])
    references.deputies(uow, command["deputy_ids"], "/deputy_ids")
    references.units(uow, command["unit_ids"], "/unit_ids")
    group = references.own(uow, Group, command["group_id"], "/group_id")
    if planned.project_id is not None:
        references.same_project(group, planned.project_id, "/group_id")
    _went(uow, command["deputy_ids"])
    planned.visit(**said(command), recorded_at=uow.now)
    uow.changed(planned)
    return planned


def find_at_look_back(command: Json, uow: UnitOfWork) -> PlannedLookBack:
    """Record what was found; a deputy if she went herself."""
    planned = uow.get(PlannedLookBack, command["id"])
    uow.happened(command["happened_on"])
    _went(uow, [id_ for visit in planned.visits for id_ in visit.deputy_ids])
    if command["operator_unit_id"] is not None:
        references.units(uow, [command["operator_unit_id"]], "/operator_unit_id")
    if command["sub_item_id"] is not None:
        _project_of(uow, planned).sub_item(command["sub_item_id"])
    for problem in uow.all_known(Problem, command["problem_ids"], "/problem_ids"):
        references.same_project(problem, planned.project_id or "", "/problem_ids")
    planned.find(**said(command), recorded_at=uow.now)
    uow.changed(planned)
    return planned


def conclude_look_back(command: Json, uow: UnitOfWork) -> LookBack:
    """Conclude it; what was found wrong has its deadline from that day."""
    planned = uow.get(PlannedLookBack, command["id"])
    day = uow.happened(command["happened_on"])
    project = references.own(uow, Project, planned.project_id, "/project_id")
    look_back = planned.conclude(
        **said(command),
        sub_item_ids=[item.id for item in project.sub_items] if project else [],
        recorded_at=uow.now,
        lead_unit_id=project and project.lead_unit_id,
        aspect=project and project.aspect,
    )
    deadlines.end(uow, day, kind=LOOK_BACK, subject_id=[planned.id])
    for finding in planned.unsettled:
        _start_follow_up(uow, look_back, finding)
    if not planned.unsettled:
        look_back.settle(day)
    return _made(uow, look_back)


def _made(uow: UnitOfWork, look_back: LookBack) -> LookBack:
    """Keep it; it may be what the calendar asks for."""
    day = look_back.happened_on
    fulfil(uow, calendar.LOOK_BACK, None, look_back.id, day, day)
    return uow.add(look_back)


def drop_look_back(command: Json, uow: UnitOfWork) -> PlannedLookBack:
    """Give a planned look-back up, for a reason."""
    planned = uow.get(PlannedLookBack, command["id"])
    day = uow.happened(command["happened_on"])
    planned.drop(**said(command))
    deadlines.drop(uow, day, kind=LOOK_BACK, subject_id=[planned.id])
    return planned


def follow_up_look_back(command: Json, uow: UnitOfWork) -> LookBackFollowUp:
    """Note what was done about a finding; that it is right again, a unit does not say itself."""
    planned = uow.get(PlannedLookBack, command["id"])
    day = uow.happened(command["happened_on"])
    if command["unit_id"] is not None:
        references.speaks_for_unit(uow, command["unit_id"])
        references.units(uow, [command["unit_id"]])
    else:
        uow.principal.require("clerk", "deputy")
    _not_its_own(command)
    finding = planned.follow_up(
        command["finding_id"], solved=command["solved"], happened_on=command["happened_on"]
    )
    _concerned(uow, planned, finding, command["unit_id"])
    if command["solved"]:
        _problems_solved(uow, finding)
        deadlines.end(uow, day, kind=FOLLOW_UP, subject_id=[finding.id])
        if not planned.unsettled:
            uow.get(LookBack, planned.id).settle(day)
    uow.changed(planned)
    follow_up = LookBackFollowUp(
        id=new_id(), look_back_id=planned.id, recorded_at=uow.now, **said(command)
    )
    return uow.add(follow_up)


def plan_by_rule(uow: UnitOfWork, after: str, limit: int = 20) -> tuple[int, str | None]:
    """Plan what the rule asks for after the projects' completion, by id after one.

    How many were planned, and where to go on.  A round whose last day has passed already when it is
    first thought of is left out: nobody could have kept it.
    """
    rounds = [one["code"] for one in in_force(uow.session, "look-backs", uow.today).content]
    found = unplanned(uow.session, rounds, after, limit)
    days = _complete_on(uow, [project for project, _ in found])
    planned = [
        _by_rule(uow, project, day, code)
        for project, missing in found
        if (day := days[project.id]) is not None
        for code in missing
        if _still_to_come(uow, day, code)
    ]
    return len(planned), found[-1][0].id if found else None


def _still_to_come(uow: UnitOfWork, day: dt.date, code: str) -> bool:
    term, clock = deadlines.clocked(uow, LOOK_BACK, COMPLETED, day, code)
    return term is not None and clock.due(term).day >= uow.today


def _by_rule(uow: UnitOfWork, project: Project, day: dt.date, code: str) -> PlannedLookBack:
    """A round of the rule: due so long after the completion as the rule ``deadlines`` says."""
    rule = in_force(uow.session, "look-backs", uow.today)
    if code not in [one["code"] for one in rule.content]:
        raise Invalid(
            "round-unknown",
            "the rule in force has no such round of look-backs",
            "现行规则没有此次回头看",
            [{"pointer": "/round", "detail": "is not a round of the rule in force"}],
        )
    if existing.look_back_planned(uow.session, project.id, code):
        raise Conflict(
            "look-back-planned",
            "this round of looking back at this project is planned already",
            "该项目的此次回头看已列入计划",
        )
    planned = PlannedLookBack.plan(
        project_id=project.id,
        project_name=project.name,
        project_year=project.year,
        round=code,
        rule_id=rule.id or None,
        rule_digest=rule.digest,
        happened_on=day,
        recorded_at=uow.now,
    )
    deadline = deadlines.start(
        uow,
        LOOK_BACK,
        planned.id,
        LOOK_BACK,
        COMPLETED,
        day,
        of=code,
        project_id=project.id,
    )
    planned.due_on = deadline.due_on if deadline else None
    return uow.add(planned)


def _named(command: Json, uow: UnitOfWork, *, with_owner: bool = True) -> Json:
    """The command with the id, the name and the year of the project, if it is kept here.

    One that is named by name and year alone is looked for: its unit must answer for it all the
    same, and the assessment must not take it for another one.
    """
    id_, name, year = (command[field] for field in ("project_id", "project_name", "project_year"))
    if id_ is None and name is not None and year is not None:
        id_ = existing.project_called(uow.session, year, name)
    project = references.own(uow, Project, id_, "/project_id")
    if project is None:
        return command
    for field, own in (("project_name", project.name), ("project_year", project.year)):
        if command[field] not in (None, own):
            raise Invalid(
                "another-project-named",
                "name and year are another project's than the id; leave them out",
                "名称、年份与所指项目不符,可以不填",
                [{"pointer": f"/{field}", "detail": "is not the project's"}],
            )
    owner = {"lead_unit_id": project.lead_unit_id, "aspect": project.aspect}
    named = {
        "project_id": project.id,
        "project_name": project.name,
        "project_year": project.year,
    }
    return command | named | (owner if with_owner else {})


def _completed(uow: UnitOfWork, given: Json) -> tuple[Project, dt.date]:
    project: Project | None = references.own(uow, Project, given["project_id"], "/project_id")
    day = _complete_on(uow, [project])[project.id] if project else None
    if project is None or day is None:
        raise Conflict(
            "project-not-complete",
            "a round of the rule is counted from the completion of a project that is kept here",
            "规则所定的回头看自项目完成之日起算,该项目尚未完成或者不在本系统",
        )
    return project, day


def _complete_on(uow: UnitOfWork, projects: Collection[Project]) -> dict[str, dt.date | None]:
    """When each project was complete: as voted, or as a decided change had lowered it."""
    states = states_on(uow.session, [project.id for project in projects], uow.today)
    return {one.id: one.completed_on or states[one.id].finished_on for one in projects}


def _project_of(uow: UnitOfWork, planned: PlannedLookBack) -> Project:
    if planned.project_id is None:
        raise Invalid(
            "no-sub-items-here",
            "this project is not kept here, so nothing is known of its sub-items",
            "该项目不在本系统,没有可指的子项",
            [{"pointer": "/sub_item_id", "detail": "needs a project that is kept here"}],
        )
    return uow.get(Project, planned.project_id)


def _went(uow: UnitOfWork, deputy_ids: Iterable[str]) -> None:
    """Forbidden for a deputy who did not go; the office records for anybody."""
    if "clerk" not in uow.principal.roles:
        went = uow.principal.subject if uow.principal.subject in deputy_ids else ""
        uow.principal.speak_for(went, own="deputy", others=("clerk",))


def _concerned(
    uow: UnitOfWork, planned: PlannedLookBack, finding: LookBackFinding, unit_id: str | None
) -> None:
    """Forbidden for a unit that neither runs what was found nor has a part in the project."""
    if unit_id is None or uow.principal.roles & {"government", "clerk"}:
        return
    concerned = {finding.operator_unit_id}
    if planned.project_id is not None:
        project = uow.get(Project, planned.project_id)
        concerned |= responsible.units(uow.session, project, uow.today)
    if unit_id not in concerned:
        raise Forbidden(
            "unit-not-concerned",
            "this is followed up by the unit that runs it, or one of the project's",
            "整改情况由长效管理单位或者项目的责任单位报告",
            [{"pointer": "/unit_id", "detail": "has no part in this"}],
        )


def _not_its_own(command: Json) -> None:
    if command["solved"] and command["unit_id"] is not None:
        raise Invalid(
            "confirms-itself",
            "that it is right again is confirmed by somebody else than the unit that did it",
            "整改到位应由整改单位以外的人确认",
            [{"pointer": "/solved", "detail": "a unit reports; deputies or the office confirm"}],
        )


def _problems_solved(uow: UnitOfWork, finding: LookBackFinding) -> None:
    """Conflict while a problem that the finding points at is still in its own loop."""
    for problem in uow.all_known(Problem, finding.problem_ids, "/finding_id"):
        if problem.confirmed_on is None and problem.closed_on is None:
            raise Conflict(
                "problems-open",
                "a problem that was found there has not been confirmed as solved yet",
                "该处发现的问题尚未核实解决",
                [{"pointer": "/solved", "detail": f"problem {problem.id} is still open"}],
            )


def _start_follow_up(uow: UnitOfWork, look_back: LookBack, finding: LookBackFinding) -> None:
    deadlines.start(
        uow,
        FOLLOW_UP,
        finding.id,
        FOLLOW_UP,
        CONCLUDED,
        look_back.happened_on,
        project_id=look_back.project_id,
        unit_id=finding.operator_unit_id or look_back.lead_unit_id,
    )
