"""Present demand for what waits in the reserve pool: a score, and why."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

#: What counts, in the order in which it is told: name, Chinese, English.
PARTS = (
    ("supporters", "支持 {n} 人次", "{n} supports"),
    ("recent", "近 {months} 个月的建议 {n} 件", "{n} suggestions in the last {months} months"),
    ("places", "涉及 {n} 个区划", "{n} divisions"),
    ("cosigners", "代表附议 {n} 人次", "{n} co-signatures of deputies"),
)
#: How doubles are treated; who supports a suggestion is kept under a pseudonym of that suggestion.
NOTE_ZH = "同一人支持同一储备项目下的多件建议,按件分别计数:支持记录按建议分别化名,不能相互关联。"
NOTE_EN = (
    "Whoever supports several suggestions of one entry counts once for each of them: supports are "
    "kept under a pseudonym for each suggestion and cannot be linked."
)


def since(day: dt.date, months: int) -> dt.date:
    """The day so many months before: suggestions after it are recent."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def reasons(counts: Mapping[str, int], content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What each part adds to the score, in numbers and words; ``content``: the rule's."""
    found = []
    for name, zh, en in PARTS:
        number, weight = counts[name], content["weights"][name]
        said = {"n": number, "months": content["months"]}
        points = number * weight
        found.append(
            {
                "code": name,
                "number": number,
                "weight": weight,
                "points": points,
                "zh": f"{zh.format(**said)} × {weight} = {points}",
                "en": f"{en.format(**said)} × {weight} = {points}",
            }
        )
    return found
