"""Who looked at a project, and how: groups, visits, checks, photos, look-backs."""

from __future__ import annotations

from ....tables import (
    calendar,
    fieldwork,
    findings,
    groups,
    look_backs,
    messages,
    opinions,
    photos,
    rectifications,
)
from ..happening import Happening
from .names import unit
from .words import EFFECTIVE, TASK, VISIT

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
        "check-in",
        findings.check_ins,
        "代表现场签到",
        "a deputy checked in at a site",
        "check-in",
    ),
    Happening("finding", findings.findings, "走访发现", "finding of a visit", "finding"),
    Happening(
        "task-item",
        calendar.task_items,
        "列入监督任务清单({code})",
        "entered in the task list: {code}",
        "task-item",
        code=calendar.task_items.c.kind,
        words=TASK,
    ),
    Happening(
        "task-item-ended",
        calendar.task_items,
        "监督任务办结({code})",
        "item of the task list settled: {code}",
        "task-item",
        day="ended_on",
        code=calendar.task_items.c.kind,
        words=TASK,
    ),
    Happening("message", messages.messages, "收到群众留言", "a resident's message", "message"),
    Happening(
        "message-answered",
        messages.messages,
        "{name}答复群众留言",
        "{name} answered a resident's message",
        "message",
        day="answered_on",
        name=unit(messages.messages.c.answered_by),
    ),
    Happening(
        "photo",
        photos.photos,
        "照片存证",
        "photo attached",
        "photo",
    ),
)
_RECTIFIED = rectifications.rectifications.c
LATER = (
    Happening(
        "rectification",
        rectifications.rectifications,
        "满意度测评低于规定标准,要求整改:{name}",
        "assessed below the adopted line, to be put right: {name}",
        "rectification",
        name=_RECTIFIED.item_name,
    ),
    Happening(
        "rectification-reported",
        rectifications.rectifications,
        "{more}报告整改情况:{name}",
        "{more} reported what it put right: {name}",
        "rectification",
        day="reported_on",
        name=_RECTIFIED.item_name,
        more=unit(_RECTIFIED.unit_id),
    ),
    Happening(
        "rectification-confirmed",
        rectifications.rectifications,
        "确认整改到位:{name}",
        "confirmed to be put right: {name}",
        "rectification",
        day="confirmed_on",
        name=_RECTIFIED.item_name,
    ),
    Happening(
        "look-back-planned",
        look_backs.planned_look_backs,
        "列入回头看计划",
        "a look-back is planned",
        "planned-look-back",
    ),
    Happening(
        "look-back",
        look_backs.look_backs,
        "回头看:{code}",
        "look-back: {code}",
        "look-back",
        public=True,
        code=look_backs.look_backs.c.effective,
        words=EFFECTIVE,
    ),
)
