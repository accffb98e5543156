"""How the entities are mapped to their tables."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import column_property, registry, relationship

from ..model.activity import Activity, Attendance, Visit
from ..model.deadline import Deadline
from ..model.group import Group
from ..model.indicator import Indicator, IndicatorEntry
from ..model.meeting import LookBack, Meeting
from ..model.opinion import OnlineCheck, Opinion, Problem
from ..model.photo import Photo
from ..model.plan import Plan
from ..model.progress import Progress
from ..model.project import Project, SubItem
from ..model.report.definition import Report, ReportText
from ..model.rule import Rule
from . import (
    fieldwork,
    groups,
    indicators,
    look_backs,
    meetings,
    opinions,
    photos,
    plans,
    projects,
    reports,
    rules,
)
from .metadata import metadata

mapper = registry(metadata=metadata)

mapper.map_imperatively(SubItem, projects.sub_items)
# Deferred: only the list of entries asks for it.
_later = projects.progress.alias("later")
_replaced = sa.exists().where(
    _later.c.sub_item_id == projects.progress.c.sub_item_id,
    _later.c.month == projects.progress.c.month,
    _later.c.task_code.is_not_distinct_from(projects.progress.c.task_code),
    _later.c.sequence > projects.progress.c.sequence,
)
mapper.map_imperatively(
    Progress,
    projects.progress,
    properties={"is_standing": column_property(~_replaced, deferred=True)},
)
mapper.map_imperatively(IndicatorEntry, indicators.indicator_entries)
mapper.map_imperatively(
    Project,
    projects.projects,
    version_id_col=projects.projects.c.version,
    properties={
        "sub_items": relationship(SubItem, order_by=projects.sub_items.c.position, lazy="selectin"),
        "progress": relationship(Progress, order_by=projects.progress.c.sequence, lazy="selectin"),
    },
)
mapper.map_imperatively(
    Indicator,
    indicators.indicators,
    version_id_col=indicators.indicators.c.version,
    properties={
        "entries": relationship(
            IndicatorEntry, order_by=indicators.indicator_entries.c.sequence, lazy="selectin"
        )
    },
)
for entity, table in (
    (Rule, rules.rules),
    (Deadline, rules.deadlines),
    (Photo, photos.photos),
    (Plan, plans.plans),
    (Group, groups.groups),
    (Activity, fieldwork.activities),
    (Visit, fieldwork.visits),
    (Attendance, fieldwork.attendances),
    (Problem, opinions.problems),
    (Opinion, opinions.opinions),
    (OnlineCheck, opinions.online_checks),
    (Meeting, meetings.meetings),
    (LookBack, look_backs.look_backs),
    (ReportText, reports.report_texts),
    (Report, reports.reports),
):
    mapper.map_imperatively(entity, table, version_id_col=table.c.version)
