"""The statement of the count (计票报告单) of an audience on paper, to be signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.commons.documents import Block, Document, Heading, Table, chinese_day

from .form import Form, Kind, Line, Question
from .offline_count import OfflineCount
from .paper import CALLED, SET_ASIDE
from .transcript import names_of

Counts = Mapping[str, Mapping[str, Any]]


def statement(
    *,
    title: str,
    audience: str,
    closed_on: dt.date,
    form: Form,
    counts: Counts,
    returned: int,
    offline: OfflineCount,
    left_out: Sequence[tuple[str, str]],
) -> Document:
    """The document.  ``counts``: of all cells together; ``returned``: forms counted in them.

    ``left_out``: numbers that were set aside, each with the reason.
    """
    # Forms without a valid mark are counted as blank lines; on the lines they are no blanks.
    invalid = max(0, returned - offline.valid)
    blocks: list[Block] = [
        f"测评主体:{audience}。计票截止:{chinese_day(closed_on)}。",
        _forms(offline),
        *(f"须说明:{one['zh']}。" for one in offline.problems()),
    ]
    if left_out:
        blocks.append(Table("搁置的测评表", ("编号", "理由"), tuple(left_out)))
    blocks.append(_double_entry(offline))
    blocks.append(Heading(2, "逐项计票"))
    for question in form.questions:
        lines = [line for line in form.lines if line.question is question]
        if question.countable and lines:
            blocks.append(_table(form, question, lines, counts, offline, invalid))
    blocks += [
        "空白、多选的项无效,不计入该项得票。",
        "计票人(签名):________________  ________________",
        "监票人(签名):________________  ________________",
        "签署日期:________年____月____日",
    ]
    return Document(f"{title}计票报告单", "", tuple(blocks), "", closed_on)


def _forms(offline: OfflineCount) -> Table:
    named = CALLED | {SET_ASIDE: "搁置"}
    rows = [("发出", _or_dash(offline.issued)), ("收回(清点)", _or_dash(offline.handed_in))]
    rows.append(("收回(录入)", str(offline.returned)))
    rows += [(f"其中:{named[code]}", str(n)) for code, n in offline.outcomes.items()]
    return Table("票数", ("项目", "张数"), tuple(rows))


def _double_entry(offline: OfflineCount) -> str:
    if not offline.pairs:
        return "未经双人录入的测评表由文件导入。"
    rate = offline.error_rate or 0
    percent = f"{float(rate) * 100:.3f}%"
    return (
        f"双人录入 {offline.pairs} 张,其中 {offline.pairs_different} 张不一致,已核对裁定;"
        f"共比对 {offline.lines} 项,不一致 {offline.lines_different} 项,差错率 {percent}。"
    )


def _table(
    form: Form,
    question: Question,
    lines: Iterable[Line],
    counts: Counts,
    offline: OfflineCount,
    invalid: int,
) -> Table:
    names = names_of(form, question)
    head = ("项目", *names.values(), *(("合计",) if question.kind is Kind.NUMBER else ()))
    rows = []
    for line in lines:
        count = counts[line.key]
        void = offline.void_lines.get(line.key, 0)
        blank = _asked(count, offline.valid + invalid) - _answered(question, count)
        row = [line.item.name if line.item else "-", *(str(count[code]) for code in names)]
        if question.kind is Kind.NUMBER:
            row.append(str(count["_sum"]))
        lost = invalid if "_asked" not in count else 0
        rows.append((*row, str(max(0, blank - void - lost)), str(void)))
    return Table(question.text.to_data()["zh-CN"], (*head, "空白", "无效"), tuple(rows))


def _asked(count: Mapping[str, Any], returned: int) -> int:
    return int(count.get("_asked", returned))


def _answered(question: Question, count: Mapping[str, Any]) -> int:
    if question.kind is Kind.CHOICES:
        return int(count["_answered"])
    if question.kind is Kind.NUMBER:
        return int(count["_n"])
    return sum(int(n) for code, n in count.items() if not code.startswith("_"))


def _or_dash(number: int | None) -> str:
    return "未登记" if number is None else str(number)
