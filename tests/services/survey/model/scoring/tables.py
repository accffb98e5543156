"""Tables of counts to score in tests: groups, lines and marks in a few words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from services.survey.model.form import Item
from services.survey.model.method import Formula
from services.survey.model.scoring import CellCount, Counted, Score, score
from tests.services.survey.samples import marks

DAY = dt.date(2023, 12, 20)
#: A line that is a project of its own.
LINE = Item("p", "p", "project", "示例项目")


def sub_item(code: str, project: str = "p") -> Item:
    """A sub-item of a project, named after its code."""
    return Item(code, project, "sub-item", f"子项{code}")


def group(
    counts: Mapping[str, Mapping[str, int]],
    code: str = "all-deputies",
    **bases: Any,
) -> Counted:
    """A group's counts by key; without bases everybody who may answer did."""
    most = max((sum(one.values()) for one in counts.values()), default=0)
    given: dict[str, Any] = {
        "sampling": "census",
        "eligible": bases.get("returned", most),
        "present": None,
        "issued": None,
        "returned": most,
    } | bases
    returned = given["returned"]
    return Counted(group=code, cells={"": CellCount(returned, {}, counts)}, **given)


def one_line(formula: Formula, counts: Mapping[str, int], **bases: Any) -> Score:
    """The score of a single line that one group judged."""
    return score(formula, [LINE], [group({"grade:p": counts}, **bases)], as_of=DAY)


def three(satisfied: int, basically: int, dissatisfied: int) -> dict[str, int]:
    """Counts of a form of three grades."""
    return marks(satisfied, basically, dissatisfied)
