"""Groups and who belonged to them, leading groups, documents, meetings and what follows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.decision import Decision
from ..model.document import Document
from ..model.group import Group
from ..model.leading_group import LeadingGroup
from ..model.meeting import Meeting
from ..model.membership import Membered, Membership
from ..model.participant import Participant
from ..model.question import Question
from ..tables import groups, meetings
from ..tables import organisation as tables
from .reading import Json, Query, by_day, filtered, listed


def list_groups(params: Json) -> Query:
    """Groups, perhaps of one project."""
    return listed(Group, groups.groups, params, "project_id")


def list_leading_groups(params: Json) -> Query:
    """Leading groups."""
    return listed(LeadingGroup, tables.leading_groups, params)


def members_shown(cls: type[Membered]) -> Callable[[Session, str, Json], Json]:
    """Who belonged to one on a day (``on``, today without it)."""

    def shown(session: Session, id_: str, params: Json) -> Json:
        group = get(session, cls, id_)
        day = params.get("on") or params["today"]
        return {"id": group.id, "on": day, "members": group.members_on(day)}

    return shown


def members_on(
    session: Session, project_ids: Iterable[str], day: dt.date
) -> dict[str, list[Membership]]:
    """Who belonged on a day to the supervision groups of projects, by the project's id."""
    found = session.scalars(sa.select(Group).where(groups.groups.c.project_id.in_(project_ids)))
    return {group.project_id: group.members_on(day) for group in found}


def list_documents(params: Json) -> Query:
    """Documents by day, perhaps of one year, kind, project or group."""
    names = ("year", "kind", "project_id", "group_id", "leading_group_id")
    return by_day(Document, tables.documents, params, *names)


def list_meetings(params: Json) -> Query:
    """Meetings by day, perhaps of one kind or group."""
    return by_day(Meeting, meetings.meetings, params, "kind", "group_id", "leading_group_id")


def list_participants(subject_id: str) -> Callable[[Json], Query]:
    """Who took part in one meeting, or beside deputies in one visit."""
    c = tables.participants.c
    query = sa.select(Participant).where(c.subject_id == subject_id).order_by(c.id)
    return lambda params: filtered(query, tables.participants, params, ("role",))


def list_decisions(params: Json) -> Query:
    """Decisions by day, perhaps of one meeting, project, unit, group or state."""
    names = ("meeting_id", "project_id", "unit_id", "group_id", "state")
    return by_day(Decision, tables.decisions, params, *names)


def list_questions(params: Json) -> Query:
    """Questions by day, perhaps of one meeting, project, unit, deputy or state."""
    names = ("meeting_id", "project_id", "unit_id", "deputy_id", "state")
    return by_day(Question, tables.questions, params, *names)
