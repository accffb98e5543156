"""The adopted shortlist as people read it: Markdown in Chinese (候选项目清单)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from services.commons.canonical import canonical

from .shortlist import Shortlist

_HEAD = ("序号", "项目", "方面", "内容与目标", "子项", "牵头单位", "总投资", "当年投资", "完成时限")


def announcement(shortlist: Shortlist, units: Mapping[str, str], aspects: Mapping[str, str]) -> str:
    """The text; ``units``: names by id, ``aspects``: names by code."""
    lines = [f"# {title(shortlist)}", "", *_preface(shortlist), "", _row(_HEAD)]
    lines.append(_row("---" for _ in _HEAD))
    for number, one in enumerate(shortlist.candidates or (), 1):
        lines.append(_row(map(_cell, _candidate(number, one, units, aspects))))
    lines += ["", "## 初定过程", "", _row(("阶段", "机关", "日期", "文号", "结果"))]
    lines.append(_row("---" for _ in range(5)))
    for stage in shortlist.stages:
        lines.append(_row(map(_cell, _stage(stage))))
    return "\n".join([*lines, ""])


def title(shortlist: Shortlist) -> str:
    """Its heading."""
    return f"{shortlist.year}年民生实事候选项目清单"


def _preface(shortlist: Shortlist) -> Iterator[str]:
    yield f"{_cell(shortlist.adopted_by or '')}于{shortlist.adopted_on}审议通过。"
    if shortlist.margin:
        yield (
            "候选项目{candidates}项,应选{seats}项,差额{more}项(占应选数的{share})。".format(
                **shortlist.margin
            )
        )
    if shortlist.digest:
        yield f"清单校验值(RFC 8785 规范 JSON 的 SHA-256):`{shortlist.digest}`。"


def _candidate(
    number: int, one: Mapping[str, Any], units: Mapping[str, str], aspects: Mapping[str, str]
) -> Iterator[str]:
    yield str(number)
    yield one["name"]
    yield aspects.get(one["aspect"], one["aspect"])
    yield ";".join(part for part in (one["description"], one.get("goal")) if part)
    yield ";".join(map(_sub_item, one["sub_items"]))
    together = [units.get(id_, id_) for id_ in one.get("co_unit_ids", ())]
    lead = units.get(one["lead_unit_id"], one["lead_unit_id"])
    yield lead + (f"(配合:{'、'.join(together)})" if together else "")
    yield _money(one["budget_yuan"])
    yield _money(one["year_yuan"]) if "year_yuan" in one else "—"
    yield one["due_on"]


def _sub_item(item: Mapping[str, Any]) -> str:
    target = item["target"]
    amount = "愿接尽接" if target is None else canonical(target) + item["unit_of_measure"]
    due = f",{item['due_on']}前" if item.get("due_on") else ""
    return f"{item['name']}({amount}{due})"


def _stage(stage: Mapping[str, Any]) -> Iterator[str]:
    yield stage["name"]
    yield stage["body"] + (f"({stage['person']})" if stage.get("person") else "")
    yield stage["happened_on"]
    yield stage.get("document_number") or "—"
    yield "通过" if stage["outcome"] == "passed" else f"退回:{stage['note']}"


def _money(yuan: int) -> str:
    """In ten thousands of yuan (万元), exactly."""
    text = f"{Decimal(yuan) / 10_000:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "万元"


def _row(cells: Any) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    """Text that cannot leave its cell, nor become a tag."""
    for sign in "\\|<>[]*_`#":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())
