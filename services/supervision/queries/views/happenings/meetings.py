"""Meetings about a project, what was decided and asked there, and documents."""

from __future__ import annotations

import sqlalchemy as sa

from ....tables import groups, meetings, organisation
from ..happening import PROJECT, PROJECT_TEXT, Happening
from .names import unit
from .words import MEETING

_M, _G = meetings.meetings.c, groups.groups.c
#: A meeting about the project: it names it, or its group held it.
_AT_MEETING = sa.or_(
    sa.cast(_M.project_ids, sa.Text).contains(PROJECT_TEXT),
    _M.group_id.in_(sa.select(_G.id).where(_G.project_id == PROJECT)),
)

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
        project=_AT_MEETING,
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
