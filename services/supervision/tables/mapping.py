"""How the entities are mapped to their tables."""

from __future__ import annotations

from sqlalchemy.orm import registry, relationship

from ..model.activity import Activity, Attendance, Visit
from ..model.group import Group
from ..model.indicator import Indicator, IndicatorEntry
from ..model.meeting import LookBack, Meeting
from ..model.opinion import OnlineCheck, Opinion, Problem
from ..model.project import Progress, Project, SubItem
from ..model.report.definition import Report, ReportText
from . import own
from .metadata import metadata

mapper = registry(metadata=metadata)

mapper.map_imperatively(SubItem, own.sub_items)
mapper.map_imperatively(Progress, own.progress)
mapper.map_imperatively(IndicatorEntry, own.indicator_entries)
mapper.map_imperatively(
    Project,
    own.projects,
    version_id_col=own.projects.c.version,
    properties={
        "sub_items": relationship(SubItem, order_by=own.sub_items.c.position, lazy="selectin"),
        "progress": relationship(Progress, order_by=own.progress.c.sequence, lazy="selectin"),
    },
)
mapper.map_imperatively(
    Indicator,
    own.indicators,
    version_id_col=own.indicators.c.version,
    properties={
        "entries": relationship(
            IndicatorEntry, order_by=own.indicator_entries.c.sequence, lazy="selectin"
        )
    },
)
for entity, table in (
    (Group, own.groups),
    (Activity, own.activities),
    (Visit, own.visits),
    (Attendance, own.attendances),
    (Problem, own.problems),
    (Opinion, own.opinions),
    (OnlineCheck, own.online_checks),
    (Meeting, own.meetings),
    (LookBack, own.look_backs),
    (ReportText, own.report_texts),
    (Report, own.reports),
):
    mapper.map_imperatively(entity, table, version_id_col=table.c.version)
