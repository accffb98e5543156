"""Counts from CSV, XLSX or NDJSON: a row for each count, or a column for each option."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from services.commons.errors import Invalid
from services.commons.sheets import Column, Fault, Row, open_sheet

from ..model.method import Formula, Group
from ..model.method.weighing import FINDINGS
from ..model.scoring import GRADE
from .count_table import BASES, CountTable, GroupCounts, group_of

#: How large a count can be.
_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)

_WHERE = (
    Column("group", ("测评主体",)),
    Column("sampling", ("参与方式",)),
    Column("project", ("所属项目",)),
    Column("item", ("测评项目", "项目", "子项")),
    Column("question", ("维度", "评价题")),
    Column("option", ("选项",)),
    Column("count", ("票数",)),
)
BASE_NAMES = {
    "eligible": ("应参评人数", "应到人数", "全体组成人员"),
    "present": ("出席人数", "实到人数"),
    "issued": ("发出票数",),
    "returned": ("收回票数",),
}
FINDING_NAMES = {"effective": "有效", "partly-effective": "部分有效", "not-effective": "无效"}
SAMPLINGS = {"全体": "census", "抽样": "sample", "自愿": "open"}


def read_sheet(path: Path, formula: Formula, sheet: str | None = None) -> CountTable:
    """The counts; raises Invalid with every fault's line and column."""
    table = CountTable(called=path.name)
    reader = _Reader(formula, table)
    with open_sheet(path, _columns(formula), sheet=sheet) as rows:
        faults = [fault for row in rows for fault in reader.take(row)]
    if faults:
        raise Invalid(
            "counts-malformed",
            f"{path.name} has {len(faults)} faults",
            f"{path.name} 有 {len(faults)} 处错误",
            [fault.as_error() for fault in faults[:100]],
        )
    return table


def _columns(formula: Formula) -> list[Column]:
    options = [Column(one.code, (one.name_zh,)) for one in formula.options]
    return [*_WHERE, *(Column(code, names) for code, names in BASE_NAMES.items()), *options]


class _Reader:
    """Takes rows into a table."""

    def __init__(self, formula: Formula, table: CountTable) -> None:
        self.formula = formula
        self.table = table
        self.options = {one.name_zh: one.code for one in formula.options}
        self.options |= {code: code for code in formula.codes}
        self.bases = {name: code for code, names in BASE_NAMES.items() for name in (code, *names)}

    def take(self, row: Row) -> Iterator[Fault]:
        """Take a row; what is wrong with it is yielded, and the rest of it taken."""
        if row.faults:
            yield from row.faults
            return
        group = group_of(self.formula, row.values.get("group", "").strip())
        if isinstance(group, Group) and group.is_look_back:
            yield from self._finding(row)
            return
        code = group.group if isinstance(group, Group) else group
        counts = self.table.groups.setdefault(code, GroupCounts())
        yield from self._sampling(row, counts)
        yield from self._wide(row, counts)
        if row.values.get("option") or row.values.get("count"):
            yield from self._long(row, counts)

    def _wide(self, row: Row, counts: GroupCounts) -> Iterator[Fault]:
        for key in BASES:
            yield from self._base(row, key, key, counts)
        for code in self.formula.codes:
            if row.values.get(code, "").strip():
                yield from self._mark(row, code, code, counts)

    def _long(self, row: Row, counts: GroupCounts) -> Iterator[Fault]:
        option = row.values.get("option", "").strip()
        if option in self.bases and option not in self.options:
            yield from self._base(row, "count", self.bases[option], counts)
        elif option in self.options:
            yield from self._mark(row, "count", self.options[option], counts)
        else:
            known = "、".join(self.options)
            yield _fault(row, "option", f"is none of {known}", f"不是办法的选项({known})")

    def _base(self, row: Row, column: str, base: str, counts: GroupCounts) -> Iterator[Fault]:
        if not row.values.get(column, "").strip():
            return
        number = _number(row.values[column])
        if number is None:
            yield _not_whole(row, column)
        elif counts.bases.setdefault(base, number) != number:
            before = counts.bases[base]
            zh = f"与同一主体的 {before} 不一致"
            yield _fault(row, column, f"was {before} before, in the same group", zh)

    def _mark(self, row: Row, column: str, code: str, counts: GroupCounts) -> Iterator[Fault]:
        name = row.values.get("item", "").strip()
        number = _number(row.values.get(column, ""))
        if not name:
            yield _fault(row, "item", "names no line", "缺少测评项目")
        elif number is None:
            yield _not_whole(row, column)
        else:
            item = self.table.line(name, row.values.get("project", "").strip())
            question = row.values.get("question", "").strip() or GRADE
            marks = counts.counts.setdefault(item.item_id, {}).setdefault(question, {})
            if code in marks:
                yield _fault(row, column, "is counted twice", "同一选项重复计数")
            marks[code] = number

    def _finding(self, row: Row) -> Iterator[Fault]:
        names = {name: code for code, name in FINDING_NAMES.items()}
        said = row.values.get("option", "").strip()
        name = row.values.get("item", "").strip()
        if names.get(said, said) not in FINDINGS or not name:
            known = "、".join(FINDING_NAMES.values())
            yield _fault(row, "option", f"is none of {', '.join(FINDINGS)}", f"须为:{known}")
            return
        item = self.table.line(name, row.values.get("project", "").strip())
        self.table.findings.append((item.item_id, names.get(said, said)))

    def _sampling(self, row: Row, counts: GroupCounts) -> Iterator[Fault]:
        said = row.values.get("sampling", "").strip()
        if not said:
            return
        found = SAMPLINGS.get(said, said)
        if found not in SAMPLINGS.values():
            yield _fault(row, "sampling", "is none of census, sample, open", "须为全体、抽样或自愿")
            return
        if counts.sampling not in (None, found):
            zh = f"与同一主体的 {counts.sampling} 不一致"
            yield _fault(row, "sampling", f"was {counts.sampling} before, in the same group", zh)
            return
        counts.sampling = found


def _number(text: str) -> int | None:
    found = text.strip()
    return int(found) if _NUMBER.fullmatch(found) else None


def _not_whole(row: Row, column: str) -> Fault:
    return _fault(row, column, "is no whole number from 0 on", "须为不小于0的整数")


def _fault(row: Row, column: str, en: str, zh: str) -> Fault:
    return Fault(row.line, row.label(column), en, zh)
