"""Everything that can have happened to a project, one entry a kind; the timeline is made of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ...tables import (
    fieldwork,
    groups,
    heard,
    meetings,
    opinions,
    organisation,
    photos,
    plans,
    projects,
    resources,
    rules,
)
from .happening import Happening, Words

CHANNEL: Words = {
    "week": ("代表监督周", "the supervision week"),
    "online": ("线上监督", "online supervision"),
    "meeting": ("会议", "a meeting"),
    "snap": ("随手拍", "a photo on the spot"),
    "message": ("群众留言", "a resident's message"),
}
VISIT: Words = {
    "research": ("调研", "research visit"),
    "open-visit": ("明察", "announced visit"),
    "unannounced-visit": ("暗访", "unannounced visit"),
}
MEETING: Words = {
    "kick-off": ("部署会", "kick-off meeting"),
    "regular": ("工作例会", "regular meeting"),
    "report-meeting": ("工作情况报告会", "report meeting"),
    "standing-committee": ("常委会会议", "meeting of the standing committee"),
}


def _named(table: sa.Table, id_: sa.Column[Any]) -> Any:
    """The name of what a row names by its id."""
    return sa.select(table.c.name).where(table.c.id == id_).scalar_subquery()


def _unit(id_: sa.Column[Any]) -> Any:
    return _named(heard.units, id_)


_P, _D = projects.progress.c, rules.deadlines.c
_SUB_ITEM = _named(projects.sub_items, _P.sub_item_id)
_MEASURE = (
    sa.select(projects.sub_items.c.unit_of_measure)
    .where(projects.sub_items.c.id == _P.sub_item_id)
    .scalar_subquery()
)


def _at_meeting(project_id: str) -> sa.ColumnElement[bool]:
    """A meeting about the project: it names it, or its group held it."""
    c, of = meetings.meetings.c, groups.groups.c
    named = sa.cast(c.project_ids, sa.Text).contains(project_id)
    held = c.group_id.in_(sa.select(of.id).where(of.project_id == project_id))
    return sa.or_(named, held)


def _of_resource(project_id: str) -> sa.ColumnElement[bool]:
    owed = resources.resources.c
    mine = sa.select(owed.id).where(owed.project_id == project_id)
    return resources.deliveries.c.resource_id.in_(mine)


def _of_coordination(project_id: str) -> sa.ColumnElement[bool]:
    c = resources.coordinations.c
    mine = sa.select(c.id).where(c.project_id == project_id)
    return resources.coordination_tasks.c.coordination_id.in_(mine)


COURSE = (
    Happening(
        "adopted",
        projects.projects,
        "经票决确定为民生实事项目:{name}",
        "adopted by the vote: {name}",
        "project",
        day="adopted_on",
        public=True,
        name=projects.projects.c.name,
        project=projects.projects.c.id,
    ),
    Happening(
        "plan",
        plans.plans,
        "公布实施计划第{number}版",
        "version {number} of the implementation plan published",
        "project",
        public=True,
        number=plans.plans.c.number,
        of=plans.plans.c.project_id,
    ),
    Happening(
        "progress",
        projects.progress,
        "报送{code}进展:“{name}”累计{number}{more}",
        "progress of {code}: {name}, {number} {more} so far",
        "project",
        public=True,
        code=_P.month,
        name=_SUB_ITEM,
        number=sa.func.coalesce(_P.quantity, _P.share * 100),
        more=sa.case((_P.share.is_not(None), "%"), else_=_MEASURE),
        of=_P.project_id,
    ),
)
RESOURCES = (
    Happening(
        "resource-owed",
        resources.resources,
        "明确要素保障:{name}{number}{more}",
        "resource owed: {name}, {number} {more}",
        "resource",
        name=resources.resources.c.name,
        number=resources.resources.c.quantity,
        more=resources.resources.c.unit_of_measure,
    ),
    Happening(
        "resource-delivered",
        resources.deliveries,
        "要素到位{number}",
        "resource delivered: {number}",
        "resource",
        number=resources.deliveries.c.quantity,
        of=resources.deliveries.c.resource_id,
        project=_of_resource,
    ),
    Happening(
        "coordination",
        resources.coordinations,
        "统筹协调:{name}",
        "coordination between units: {name}",
        "coordination",
        name=resources.coordinations.c.subject,
    ),
    Happening(
        "coordination-done",
        resources.coordination_tasks,
        "协调事项由{name}办结",
        "{name} did its part of what was coordinated",
        "coordination",
        day="done_on",
        name=_unit(resources.coordination_tasks.c.unit_id),
        of=resources.coordination_tasks.c.coordination_id,
        project=_of_coordination,
    ),
)
FIELDWORK = (
    Happening(
        "group",
        groups.groups,
        "成立监督小组",
        "supervision group formed",
        "group",
        public=True,
    ),
    Happening(
        "visit",
        fieldwork.visits,
        "监督走访:{code}",
        "supervision: {code}",
        "visit",
        code=fieldwork.visits.c.kind,
        words=VISIT,
    ),
    Happening(
        "online-check",
        opinions.online_checks,
        "代表线上监督",
        "a deputy looked at the progress online",
        "project",
        of=opinions.online_checks.c.project_id,
    ),
    Happening(
        "photo",
        photos.photos,
        "照片存证",
        "photo attached",
        "photo",
    ),
)
MATTERS = (
    Happening("problem", opinions.problems, "发现问题", "problem found", "problem"),
    Happening(
        "opinion",
        opinions.opinions,
        "代表提出意见建议({code})",
        "a deputy's opinion, from {code}",
        "opinion",
        code=opinions.opinions.c.channel,
        words=CHANNEL,
    ),
    Happening(
        "opinion-handled",
        opinions.opinions,
        "{name}办理意见建议",
        "{name} dealt with an opinion",
        "opinion",
        day="handled_on",
        name=_unit(opinions.opinions.c.handled_by),
    ),
    Happening(
        "opinion-replied",
        opinions.opinions,
        "{name}答复代表",
        "{name} replied to the deputy",
        "opinion",
        day="replied_on",
        name=_unit(opinions.opinions.c.replied_by),
    ),
    Happening(
        "deadline-extended",
        rules.deadlines,
        "{name}办理期限延长",
        "more time given to {name}",
        "project",
        day="extended_on",
        name=_unit(_D.unit_id),
        of=_D.project_id,
    ),
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
        name=_unit(organisation.questions.c.unit_id),
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

#: In the order in which they stand on one day.
HAPPENINGS: tuple[Happening, ...] = (*COURSE, *RESOURCES, *FIELDWORK, *MATTERS, *MEETINGS)
KINDS = tuple(one.kind for one in HAPPENINGS)

#: Tables with a project that tell no happening of their own, and why.
EXCUSED = {
    "sub_items": "part of the project, adopted with it",
    "report_texts": "passages of the annual report",
}
