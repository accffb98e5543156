"""The course of a project: the vote, its plans, its progress, what is owed to it and paid."""

from __future__ import annotations

import sqlalchemy as sa

from ....tables import acceptances, changes, evaluations, funds, plans, projects, resources
from ..happening import PROJECT, Happening
from .names import named, unit
from .words import CHANGE, FUND, PASSED

_P = projects.progress.c
_MEASURE = named(projects.sub_items, _P.sub_item_id, "unit_of_measure")


_R, _C = resources.resources.c, resources.coordinations.c
_OF_RESOURCE = resources.deliveries.c.resource_id.in_(
    sa.select(_R.id).where(_R.project_id == PROJECT)
)
_OF_COORDINATION = resources.coordination_tasks.c.coordination_id.in_(
    sa.select(_C.id).where(_C.project_id == PROJECT)
)

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
        project=projects.projects.c.id == PROJECT,
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
        name=named(projects.sub_items, _P.sub_item_id),
        number=sa.func.coalesce(_P.quantity, _P.share * 100),
        more=sa.case((_P.share.is_not(None), "%"), else_=_MEASURE),
        of=_P.project_id,
        where=(_P.task_code.is_(None),),
    ),
    Happening(
        "district-progress",
        projects.progress,
        "区县任务报送{code}进展:“{name}”累计{number}{more}",
        "a district's part, progress of {code}: {name}, {number} {more} so far",
        "project",
        public=True,
        code=_P.month,
        name=named(projects.sub_items, _P.sub_item_id),
        number=sa.func.coalesce(_P.quantity, _P.share * 100),
        more=sa.case((_P.share.is_not(None), "%"), else_=_MEASURE),
        of=_P.project_id,
        where=(_P.task_code.is_not(None),),
    ),
    Happening(
        "milestone",
        acceptances.milestones,
        "节点“{name}”完成",
        "milestone reached: {name}",
        "project",
        day="reached_on",
        public=True,
        name=acceptances.milestones.c.name,
        of=acceptances.milestones.c.project_id,
    ),
    Happening(
        "standard",
        acceptances.standards,
        "列入技术标准:{name}",
        "technical standard entered: {name}",
        "project",
        name=acceptances.standards.c.title,
        of=acceptances.standards.c.project_id,
    ),
    Happening(
        "acceptance",
        acceptances.acceptances,
        "“{name}”验收:{code}",
        "acceptance of {name}: {code}",
        "acceptance",
        public=True,
        code=acceptances.acceptances.c.passed,
        name=named(projects.sub_items, acceptances.acceptances.c.sub_item_id),
        words=PASSED,
    ),
    Happening(
        "change",
        changes.changes,
        "提出{code}",
        "{code} proposed",
        "change",
        code=changes.changes.c.kind,
        words=CHANGE,
    ),
    Happening(
        "change-decided",
        changes.changes,
        "就{code}作出决定",
        "{code} decided",
        "change",
        day="decided_on",
        code=changes.changes.c.kind,
        words=CHANGE,
    ),
    Happening(
        "change-announced",
        changes.changes,
        "公告{code}",
        "{code} announced",
        "change",
        day="announced_on",
        public=True,
        code=changes.changes.c.kind,
        words=CHANGE,
    ),
    Happening(
        "change-reported",
        changes.changes,
        "就{code}向代表大会报告",
        "{code} reported to the congress",
        "change",
        day="reported_on",
        code=changes.changes.c.kind,
        words=CHANGE,
    ),
    Happening(
        "light-set",
        changes.light_overrides,
        "人工调整进度灯为“{name}”",
        "light set by a person: {name}",
        "project",
        name=changes.light_overrides.c.name,
        of=changes.light_overrides.c.project_id,
    ),
    Happening(
        "evaluation",
        evaluations.evaluations,
        "实施情况评估:{name}",
        "evaluation: {name}",
        "evaluation",
        name=evaluations.evaluations.c.grade,
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
        project=_OF_RESOURCE,
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
        name=unit(resources.coordination_tasks.c.unit_id),
        of=resources.coordination_tasks.c.coordination_id,
        project=_OF_COORDINATION,
    ),
)
FUNDS = (
    Happening(
        "funds",
        funds.fund_entries,
        "资金{code}{number}元({name})",
        "funds {code}: {number} yuan ({name})",
        "fund-entry",
        code=funds.fund_entries.c.kind,
        name=unit(funds.fund_entries.c.unit_id),
        number=funds.fund_entries.c.amount_yuan,
        words=FUND,
    ),
)
