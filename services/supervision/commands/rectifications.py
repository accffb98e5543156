"""Rectification tasks: required by a score, assigned, reported, returned, extended, confirmed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection
from typing import Any

from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork
from services.commons.deadline import START, Clock, Term
from services.commons.errors import Conflict
from services.commons.workdays import DAYS, WORKING_DAYS, Duration

from ..model import deadline
from ..model.confirmation import DEPUTY, OFFICE, Confirmer
from ..model.deadline import CLAIMED, CONFIRM, DECIDED, RECTIFICATION, RECTIFY, RETURNED, Deadline
from ..model.look_back import LookBack
from ..model.project import Project
from ..model.rectification import Rectification
from ..model.rule import Rule
from ..queries import existing, rectifications, responsible
from ..queries.deadlines import kept
from ..rules import shipped
from . import deadlines, references

Json = dict[str, Any]

_TOLD = (
    *("id", "questionnaire_id", "year", "item_id", "item_kind", "item_name", "former_year"),
    *("measure", "value", "percent", "line", "inclusive", "grade", "then", "times"),
    *("method_id", "method_title"),
)


def hear_required(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Make the task once, for the unit that leads the project; without one the office assigns it.

    The project may be one that nobody has told of yet, or a former one known by its name only.
    """
    if uow.find(Rectification, data["id"]) is not None:
        return
    project_id, unit_id = _whose(uow, data)
    task = Rectification(
        **{name: data[name] for name in _TOLD},
        project_id=project_id,
        unit_id=unit_id,
        happened_on=data["decided_on"],
        recorded_at=uow.now,
    )
    uow.add(task)
    found, clock = _first_term(uow, data)
    ids = {"unit_id": unit_id, "project_id": project_id}
    uow.add(Deadline.set(RECTIFICATION, task.id, found, clock, recorded_at=uow.now, **ids))


def give_to_lead_units(uow: UnitOfWork, projects: Collection[Project]) -> None:
    """Give the tasks that came before their projects were heard of to these projects' units."""
    units = {project.id: project.lead_unit_id for project in projects}
    with uow.session.no_autoflush:
        waiting = rectifications.unassigned(uow.session, list(units))
    for task in waiting:
        task.unit_id = units[task.project_id or ""]
        _hand_over(uow, task)


def assign_rectification(command: Json, uow: UnitOfWork) -> Rectification:
    """The office says which unit must do it (交办、改交); the day stays what it was."""
    task = uow.get(Rectification, command["id"])
    day = uow.happened(command["happened_on"])
    references.units(uow, [command["unit_id"]])
    by = uow.principal.subject
    task.assign(command["unit_id"], reason=command["reason"], by=by, happened_on=day)
    _hand_over(uow, task)
    return task


def report_rectification(command: Json, uow: UnitOfWork) -> Rectification:
    """The unit hands in its report; somebody else is to confirm it by a day."""
    task = uow.get(Rectification, command["id"])
    day = uow.happened(command["happened_on"])
    references.speaks_for_unit(uow, task.unit_id or "")
    by = uow.principal.subject
    task.report(text=command["text"], sha256=command["sha256"], by=by, happened_on=day)
    _next(uow, task, CONFIRM, CLAIMED)
    return task


def return_rectification(command: Json, uow: UnitOfWork) -> Rectification:
    """A deputy or the office returns the report with a reason; the unit has a term anew."""
    task = uow.get(Rectification, command["id"])
    day = uow.happened(command["happened_on"])
    task.give_back(_confirmer(command, uow), reason=command["reason"], happened_on=day)
    _next(uow, task, deadline.RECTIFY_AGAIN, RETURNED, task.unit_id)
    return task


def confirm_rectification(command: Json, uow: UnitOfWork) -> Rectification:
    """A deputy or the office confirms that it is put right; never the unit itself."""
    task = uow.get(Rectification, command["id"])
    day = uow.happened(command["happened_on"])
    task.confirm(_confirmer(command, uow), text=command["text"], happened_on=day)
    deadlines.end(uow, day, kind=RECTIFICATION, subject_id=[task.id])
    return task


def extend_rectification(command: Json, uow: UnitOfWork) -> Rectification:
    """Give the unit more time, once a round, within the rule's limit, with a reason (延期)."""
    task = uow.get(Rectification, command["id"])
    day, by = uow.happened(command["happened_on"]), uow.principal.subject
    task.extend(reason=command["reason"], by=by, happened_on=day)
    longer, clock = deadlines.clocked(uow, deadline.MORE_TIME, START, day)
    if longer is None:
        raise Conflict(
            "extension-not-allowed",
            "the rule in force allows no extension of this deadline",
            "现行规则不允许延长该期限",
        )
    for one in _running(uow, task):
        one.extend(longer, command["reason"], by=by, day=day, zone=clock.zone)
    return task


def _whose(uow: UnitOfWork, data: Json) -> tuple[str | None, str | None]:
    """The project as it is called here, and the unit that leads it."""
    id_: str | None = data["project_id"]
    project = uow.find(Project, id_) if id_ else None
    looked_back = uow.find(LookBack, id_) if id_ and project is None else None
    if looked_back is not None:
        return looked_back.project_id or id_, looked_back.lead_unit_id
    if project is None and data["former_year"] is not None:
        named = existing.project_called(uow.session, data["former_year"], data["item_name"])
        project = uow.find(Project, named) if named else None
    if project is None:
        return id_, None
    return project.id, responsible.lead_unit(uow.session, project, data["decided_on"])


def _first_term(uow: UnitOfWork, data: Json) -> tuple[Term, Clock]:
    """The assessment method's own term; else that of the rule in force.

    A rule that was adopted before there were such tasks has none: then the shipped one's.
    """
    day, due_in = data["decided_on"], data["due_in"]
    found, clock = deadlines.clocked(uow, RECTIFY, DECIDED, day)
    if due_in is not None:
        days, workdays = due_in["days"], due_in["workdays"]
        length = Duration(days, DAYS) if days else Duration(workdays, WORKING_DAYS)
        own = dataclasses.replace(clock, rule_id=data["method_id"], rule_digest="")
        return Term(RECTIFY, DECIDED, length, over_holidays=bool(days)), own
    if found is None:
        rule = Rule.shipped("deadlines", shipped("deadlines"))
        said = next(one for one in rule.content if one["code"] == RECTIFY)
        length = Duration(said["amount"], said["unit"])
        found = Term(RECTIFY, DECIDED, length, over_holidays=said["over_holidays"])
        clock = dataclasses.replace(clock, rule_id=rule.id, rule_digest=rule.digest)
    return found, clock


def _next(
    uow: UnitOfWork, task: Rectification, code: str, begins: str, unit_id: str | None = None
) -> None:
    """End what was waited for, and wait for the next step; read anew when it is shown."""
    day = dt.date.fromisoformat(task.steps[-1]["happened_on"])
    deadlines.end(uow, day, kind=RECTIFICATION, subject_id=[task.id])
    ids = {"unit_id": unit_id, "project_id": task.project_id}
    deadlines.start(uow, RECTIFICATION, task.id, code, begins, day, **ids)
    uow.session.expire(task, ["deadlines"])


def _hand_over(uow: UnitOfWork, task: Rectification) -> None:
    """Another unit, not another day: no way round makes lateness undone."""
    for one in _running(uow, task):
        one.unit_id = task.unit_id


def _running(uow: UnitOfWork, task: Rectification) -> list[Deadline]:
    with uow.session.no_autoflush:
        return kept.open_of(uow.session, kind=RECTIFICATION, subject_id=[task.id])


def _confirmer(command: Json, uow: UnitOfWork) -> Confirmer:
    """In whose name: a deputy who is known, or the office."""
    deputy_id, me = command["deputy_id"], uow.principal
    if deputy_id is None:
        me.require("clerk")
        return Confirmer(OFFICE, me.subject, me.subject)
    me.speak_for(deputy_id, own="deputy", others=("clerk",))
    references.deputies(uow, [deputy_id])
    return Confirmer(DEPUTY, deputy_id, me.subject)
