"""How the entities are mapped to their tables."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import column_property, foreign, registry, relationship

from ..model.acceptance import Acceptance, Standard
from ..model.activity import Activity, Attendance, Visit
from ..model.archived_project import ArchivedProject
from ..model.calendar import CalendarEntry
from ..model.change import Change
from ..model.confirmation import Act, Confirmation
from ..model.coordination import Coordination, CoordinationTask
from ..model.deadline import RECTIFICATION, Deadline
from ..model.decision import Decision
from ..model.document import Document
from ..model.escalation import Escalation
from ..model.evaluation import Evaluation
from ..model.finding import CHECK_IN, FINDING, CheckIn, Finding
from ..model.fund import FundEntry
from ..model.group import Group
from ..model.indicator import Indicator, IndicatorEntry
from ..model.joint_handling import JointHandling
from ..model.leading_group import LeadingGroup
from ..model.likeness import PhotoLikeness
from ..model.look_back import LookBack
from ..model.meeting import Meeting
from ..model.message import Message, MessageAct, MessageContact, MessageContactReading
from ..model.milestone import Milestone
from ..model.opinion import OnlineCheck, Opinion, Problem
from ..model.override import LightOverride
from ..model.participant import Participant
from ..model.photo import Photo, PhotoPublication, PhotoRedaction
from ..model.plan import Plan
from ..model.planned_look_back import (
    LookBackFinding,
    LookBackFollowUp,
    LookBackVisit,
    PlannedLookBack,
)
from ..model.progress import Progress
from ..model.project import Project, SubItem
from ..model.question import Question
from ..model.rectification import Rectification
from ..model.reply import Judgement, Reply
from ..model.report.definition import Report, ReportText
from ..model.report.edition import Edition
from ..model.report.opinion import ReportOpinion
from ..model.resource import Delivery, Resource
from ..model.routing import Routing
from ..model.rule import Rule
from ..model.snap import Snap
from ..model.task_item import TaskCheck, TaskItem
from . import (
    acceptances,
    archive,
    calendar,
    changes,
    editions,
    evaluations,
    fieldwork,
    findings,
    funds,
    groups,
    indicators,
    look_backs,
    matters,
    meetings,
    messages,
    opinions,
    organisation,
    photos,
    plans,
    projects,
    rectifications,
    reports,
    resources,
    rules,
)
from .metadata import metadata
from .photographed import photos_of_each

mapper = registry(metadata=metadata)

mapper.map_imperatively(SubItem, projects.sub_items)
# Whether it stands is deferred: only the list of entries asks for it.
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
    properties={
        # Only so that the sub-item is written first.
        "_sub_item": relationship(SubItem),
        "is_standing": column_property(~_replaced, deferred=True),
    },
)
mapper.map_imperatively(IndicatorEntry, indicators.indicator_entries)
mapper.map_imperatively(LookBackVisit, look_backs.look_back_visits)
mapper.map_imperatively(LookBackFinding, look_backs.look_back_findings)
mapper.map_imperatively(
    PlannedLookBack,
    look_backs.planned_look_backs,
    version_id_col=look_backs.planned_look_backs.c.version,
    properties={
        "visits": relationship(
            LookBackVisit, order_by=look_backs.look_back_visits.c.sequence, lazy="selectin"
        ),
        "findings": relationship(
            LookBackFinding, order_by=look_backs.look_back_findings.c.sequence, lazy="selectin"
        ),
    },
)
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
mapper.map_imperatively(Delivery, resources.deliveries)
mapper.map_imperatively(
    Resource,
    resources.resources,
    version_id_col=resources.resources.c.version,
    properties={
        "deliveries": relationship(
            Delivery, order_by=resources.deliveries.c.sequence, lazy="selectin"
        )
    },
)
_later = evaluations.evaluations.alias()
mapper.map_imperatively(
    Evaluation,
    evaluations.evaluations,
    version_id_col=evaluations.evaluations.c.version,
    properties={
        "superseded_by": column_property(
            sa.select(_later.c.id)
            .where(_later.c.supersedes == evaluations.evaluations.c.id)
            .scalar_subquery()
        )
    },
)
mapper.map_imperatively(CoordinationTask, resources.coordination_tasks)
mapper.map_imperatively(
    Coordination,
    resources.coordinations,
    version_id_col=resources.coordinations.c.version,
    properties={
        "tasks": relationship(
            CoordinationTask, order_by=resources.coordination_tasks.c.position, lazy="selectin"
        )
    },
)
for entity, table in (
    (Rule, rules.rules),
    (Deadline, rules.deadlines),
    (FundEntry, funds.fund_entries),
    (Photo, photos.photos),
    (PhotoLikeness, photos.photo_likenesses),
    (Message, messages.messages),
    (MessageAct, messages.message_acts),
    (MessageContact, messages.message_contacts),
    (MessageContactReading, messages.message_contact_readings),
    (PhotoRedaction, photos.photo_redactions),
    (PhotoPublication, photos.photo_publications),
    (Plan, plans.plans),
    (Milestone, acceptances.milestones),
    (Standard, acceptances.standards),
    (Acceptance, acceptances.acceptances),
    (Change, changes.changes),
    (LightOverride, changes.light_overrides),
    (Group, groups.groups),
    (Activity, fieldwork.activities),
    (Visit, fieldwork.visits),
    (Attendance, fieldwork.attendances),
    (OnlineCheck, opinions.online_checks),
    (Routing, matters.routings),
    (Reply, matters.replies),
    (Judgement, matters.judgements),
    (Confirmation, matters.confirmations),
    (Act, matters.matter_acts),
    (JointHandling, matters.joint_handlings),
    (Escalation, matters.escalations),
    (Meeting, meetings.meetings),
    (LeadingGroup, organisation.leading_groups),
    (Document, organisation.documents),
    (Participant, organisation.participants),
    (Decision, organisation.decisions),
    (Question, organisation.questions),
    (ArchivedProject, archive.archived_projects),
    (CalendarEntry, calendar.calendar_entries),
    (TaskItem, calendar.task_items),
    (TaskCheck, calendar.task_checks),
    (LookBack, look_backs.look_backs),
    (LookBackFollowUp, look_backs.look_back_follow_ups),
    (ReportText, reports.report_texts),
    (Report, reports.reports),
    (Edition, editions.report_editions),
    (ReportOpinion, editions.report_opinions),
):
    mapper.map_imperatively(entity, table, version_id_col=table.c.version)
_of_task = sa.and_(
    foreign(rules.deadlines.c.subject_id) == rectifications.rectifications.c.id,
    rules.deadlines.c.kind == RECTIFICATION,
)
mapper.map_imperatively(
    Rectification,
    rectifications.rectifications,
    version_id_col=rectifications.rectifications.c.version,
    properties={
        # To be read only: what is owed is set and ended by itself.
        "deadlines": relationship(Deadline, primaryjoin=_of_task, viewonly=True, lazy="selectin")
    },
)
# ``class`` is a word of Python's.
for matter, kept in ((Problem, opinions.problems), (Opinion, opinions.opinions)):
    properties = {"class_": kept.c["class"]}
    mapper.map_imperatively(matter, kept, version_id_col=kept.c.version, properties=properties)
mapper.map_imperatively(
    Snap,
    matters.snaps,
    version_id_col=matters.snaps.c.version,
    properties={"photos": photos_of_each(matters.snaps, "snap")},
)

mapper.map_imperatively(
    Finding,
    findings.findings,
    version_id_col=findings.findings.c.version,
    properties={"photos": photos_of_each(findings.findings, FINDING)},
)
mapper.map_imperatively(
    CheckIn,
    findings.check_ins,
    version_id_col=findings.check_ins.c.version,
    properties={"photos": photos_of_each(findings.check_ins, CHECK_IN)},
)
