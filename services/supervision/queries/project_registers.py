"""Which registers there are about a project, found from the tables themselves.

Every mapped table that names a project is one, and so is what hangs on such a table by a foreign
key.  Of a register's columns only what says nothing of persons is shown: ids, codes, days, numbers.
What people wrote is shown where :data:`OPEN` names it, all else stays where it is.  So a register
that comes later is in the dossier at once, with nothing in it that nobody decided to show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from ..tables import mapper
from ..tables.metadata import metadata

#: How a register is called; one without a name here goes by its table's.
NAMES = {
    "acceptances": "验收",
    "changes": "调整、暂缓、终止",
    "attendances": "走访参加",
    "check_ins": "签到",
    "confirmations": "核实",
    "coordinations": "统筹协调",
    "coordination_tasks": "统筹协调分工",
    "deadlines": "期限",
    "decisions": "会议议定事项",
    "deliveries": "要素到位",
    "documents": "文件",
    "escalations": "催办升级",
    "evaluations": "实施情况评估",
    "fund_entries": "资金",
    "groups": "监督小组",
    "judgements": "代表评价",
    "look_backs": "回头看结论",
    "look_back_findings": "回头看查看结果",
    "look_back_follow_ups": "回头看整改",
    "look_back_visits": "回头看查看",
    "matter_acts": "办理过程",
    "messages": "群众留言",
    "online_checks": "线上监督",
    "opinions": "意见建议",
    "photo_publications": "照片公开",
    "photos": "照片",
    "planned_look_backs": "回头看计划",
    "plans": "实施计划",
    "problems": "问题",
    "progress": "进展",
    "questions": "现场问询",
    "rectifications": "测评后的整改任务",
    "replies": "答复",
    "report_texts": "报告文本",
    "resources": "要素供给",
    "routings": "交办",
    "snaps": "随手拍",
    "standards": "技术规范和标准",
    "sub_items": "子项",
    "task_items": "任务清单",
    "visits": "走访",
}
#: What people wrote, shown: nothing here comes from residents or tells who wrote it.
OPEN = {
    "coordinations": ("subject", "text", "unit_ids", "answer_text"),
    "coordination_tasks": ("text", "done_text"),
    "decisions": ("text", "outcome"),
    "deliveries": ("text", "reason"),
    "documents": ("title", "issuer"),
    "fund_entries": ("document", "reason"),
    "look_backs": ("finding", "recommendations", "sub_items"),
    "look_back_findings": ("text", "recommendations", "mechanisms", "problem_ids"),
    "look_back_follow_ups": ("text",),
    "look_back_visits": ("place", "unit_ids"),
    "opinions": ("text", "handling_text", "reply_text"),
    "planned_look_backs": ("dropped_reason",),
    "plans": ("content", "reason"),
    "problems": ("text",),
    "progress": ("text",),
    "rectifications": ("item_name", "value", "line", "method_title", "then"),
    "replies": ("text",),
    "resources": ("name", "withdrawal_reason"),
    "sub_items": ("name",),
    "visits": ("place",),
}
_LONGEST = 40
_PERSONAL = re.compile(
    "deputy|person|contact|author|resident|subject$|_by$|longitude|latitude|dhash|hash|token|sealed"
)
#: Work of the machine, which says nothing of a project.
_LEFT_OUT = {"archived_projects", "photo_bands", "photo_likenesses"}


@dataclass(frozen=True)
class Register:
    """One register: its table, the entity, the columns shown, and how a project's rows are found.

    ``path``: from the table's own column to the project's id, over foreign keys.
    """

    table: sa.Table
    entity: Any
    columns: tuple[str, ...]
    path: tuple[sa.Column[Any], ...]

    @property
    def code(self) -> str:
        """By what it is asked for."""
        return self.table.name

    @property
    def name_zh(self) -> str:
        """How people call it."""
        return NAMES.get(self.code, self.code)

    def of(self, project_id: str) -> sa.ColumnElement[bool]:
        """The condition of the rows about a project."""
        condition: sa.ColumnElement[bool] = self.path[-1] == project_id
        for column in reversed(self.path[:-1]):
            (key,) = column.foreign_keys
            found = sa.select(key.column).where(condition)
            condition = column.in_(found)
        return condition

    @property
    def order(self) -> tuple[sa.Column[Any], ...]:
        """By the day of the deed where there is one, and the id."""
        id_, day = self.table.c.id, self.table.c.get("happened_on")
        return (id_,) if day is None or day.nullable else (day, id_)


@cache
def registers() -> dict[str, Register]:
    """All registers about projects, by code in the order of the tables."""
    entities = {one.local_table: one.class_ for one in mapper.mappers}
    found = {}
    for table in metadata.sorted_tables:
        path = _path(table)
        if path and table in entities and table.name not in _LEFT_OUT and "id" in table.c:
            entity = entities[table]
            shown = tuple(column.name for column in table.c if _shown(column))
            found[table.name] = Register(table, entity, shown, path)
    return found


def _path(table: sa.Table, depth: int = 3) -> tuple[sa.Column[Any], ...]:
    if "project_id" in table.c:
        return (table.c.project_id,)
    if depth == 0 or table.name == "projects":
        return ()
    for column in table.c:
        # One that may be empty does not say what a row belongs to.
        for key in () if column.nullable else column.foreign_keys:
            further = _path(key.column.table, depth - 1)
            if further and key.column.table is not table:
                return (column, *further)
    return ()


def _shown(column: sa.Column[Any]) -> bool:
    if column.name in OPEN.get(column.table.name, ()):
        return True
    if column.name in ("id", "project_id", "version") or _PERSONAL.search(column.name):
        return False
    kind = column.type
    if isinstance(kind, sa.Text):
        return False
    if isinstance(kind, sa.String):
        return kind.length is not None and kind.length <= _LONGEST
    return isinstance(kind, sa.Uuid | sa.Date | sa.Integer | sa.Numeric | sa.Float | sa.Boolean)
