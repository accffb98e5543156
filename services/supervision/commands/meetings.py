"""Meetings: who took part, their minutes, and what they decided."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model import calendar
from ..model.deadline import AGREED, DECISION
from ..model.decision import DONE, DROPPED, Decision
from ..model.group import Group
from ..model.leading_group import LeadingGroup
from ..model.meeting import Meeting
from ..model.participant import MEETING, Participant
from ..queries import existing
from . import deadlines, references
from .calendar import fulfil
from .groups import acts_for
from .said import said

Json = dict[str, Any]


def record_meeting(command: Json, uow: UnitOfWork) -> Meeting:
    """Record a meeting that was held."""
    uow.happened(command["happened_on"])
    references.own(uow, Group, command["group_id"], "/group_id")
    references.own(uow, LeadingGroup, command["leading_group_id"], "/leading_group_id")
    for project_id in command["project_ids"]:
        references.project(uow, project_id)
    meeting = uow.add(Meeting.hold(**command, recorded_at=uow.now))
    day = meeting.happened_on
    fulfil(uow, calendar.MEETING, meeting.kind, meeting.id, day, day)
    return meeting


def write_minutes(command: Json, uow: UnitOfWork) -> Meeting:
    """Keep the minutes of a meeting."""
    meeting = uow.get(Meeting, command["id"])
    uow.happened(command["happened_on"])
    meeting.write_minutes(command["text"], command["reason"], command["happened_on"])
    return meeting


def attend_meeting(command: Json, uow: UnitOfWork) -> Participant:
    """Record that somebody took part in a meeting; the same person again is a Conflict."""
    meeting = uow.get(Meeting, command["id"])
    uow.happened(meeting.happened_on)
    body = said(command)
    one = Participant.enter(MEETING, meeting.id, meeting.happened_on, **body, recorded_at=uow.now)
    return enter(uow, one)


def enter(uow: UnitOfWork, one: Participant) -> Participant:
    """Keep a participant whose unit or deputy is known, once."""
    references.units(uow, filter(None, [one.unit_id]))
    references.deputies(uow, filter(None, [one.deputy_id]))
    if existing.takes_part(uow.session, one.subject_id, one.person):
        raise Conflict(
            "attends-already",
            "this person's part is recorded already, perhaps in another role",
            "此人参加情况已有记录(可能是另一身份)",
            [{"pointer": "/role", "detail": "takes part already"}],
        )
    return uow.add(one)


def take_decision(command: Json, uow: UnitOfWork) -> Decision:
    """Record what a meeting decided, and by when it must be done."""
    meeting = uow.get(Meeting, command["id"])
    day = uow.happened(meeting.happened_on)
    if command["project_id"] is not None:
        references.project(uow, command["project_id"])
    references.units(uow, filter(None, [command["unit_id"]]))
    references.own(uow, Group, command["group_id"], "/group_id")
    decision = uow.add(
        Decision.take(meeting.id, **said(command), happened_on=day, recorded_at=uow.now)
    )
    if decision.due_on is not None:
        whose = {"unit_id": decision.unit_id, "project_id": decision.project_id}
        deadlines.agree(
            uow, DECISION, decision.id, decision.due_on, begins=AGREED, day=day, **whose
        )
    return decision


def complete_decision(command: Json, uow: UnitOfWork) -> Decision:
    """Note that a decision was carried out; by the unit itself, or by a deputy of the group."""
    decision = uow.get(Decision, command["id"])
    if decision.unit_id is not None:
        references.speaks_for_unit(uow, decision.unit_id)
    if decision.group_id is not None:
        acts_for(uow, uow.get(Group, decision.group_id), command["happened_on"])
    return _end(uow, decision, DONE, command)


def drop_decision(command: Json, uow: UnitOfWork) -> Decision:
    """Note that a decision is not to be carried out, and why."""
    return _end(uow, uow.get(Decision, command["id"]), DROPPED, command)


def _end(uow: UnitOfWork, decision: Decision, state: str, command: Json) -> Decision:
    day = uow.happened(command["happened_on"])
    decision.end(state, command["outcome"], day)
    finish = deadlines.drop if state == DROPPED else deadlines.end
    finish(uow, day, kind=DECISION, subject_id=[decision.id])
    return decision
