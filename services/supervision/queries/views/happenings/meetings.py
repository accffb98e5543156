"""Meetings about a project, what was decided and asked there, and documents."""

from __future__ import annotations

import sqlalchemy as sa

from ....tables import groups, meetings, organisation
from ..happening import Happening
from .names import unit
from .words import MEETING


def _at_meeting(project_id: str) -> sa.ColumnElement[bool]:
    """A meeting about the project: it names it, or its group held it."""
    c, of = meetings.meetings.c, groups.groups.c
    named = sa.cast(c.project_ids, sa.Text).contains(project_id)
    held = c.group_id.in_(sa.select(of.id).where(of.project_id == project_id))
    return sa.or_(named, held)


MEETINGS = (
    Happening(
        "meeting",
        meetings.meetings,
        "召开{code}:{name}",
        "{code}: {name}",
        "meeting",
        public=True,
        code=meetings.meetings.c.kind,
        name=meetings.meetings.c.name,
        project=_at_meeting,
        words=MEETING,
    ),
    Happening(
        "decision",
        organisation.decisions,
        "会议议定事项",
        "decision of a meeting",
        "decision",
    ),
    Happening(
        "decision-ended",
        organisation.decisions,
        "议定事项办结",
        "decision of a meeting settled",
        "decision",
        day="ended_on",
    ),
    Happening(
        "question",
        organisation.questions,
        "代表现场问询{name}",
        "a deputy's question to {name}",
        "question",
        name=unit(organisation.questions.c.unit_id),
    ),
    Happening(
        "question-closed",
        organisation.questions,
        "问询办结",
        "question closed",
        "question",
        day="closed_on",
    ),
    Happening(
        "document",
        organisation.documents,
        "文件:{name}",
        "document: {name}",
        "document",
        name=organisation.documents.c.title,
    ),
)
