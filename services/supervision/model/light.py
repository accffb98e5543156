"""Status lights: computed from plan against actual by a rule, with the reason in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .condition import Measure, Value, holds, told

if TYPE_CHECKING:
    from .state import ProjectState


@dataclass(frozen=True)
class Light:
    """The light of a project on a day (进度灯), and why.

    ``measures``: all numbers that the rule could look at.  ``rule_id`` (None for the shipped one)
    and ``rule_digest``: by which rule.  ``override_id``: a person set it instead; ``computed_code``
    is then what the rule says.
    """

    code: str
    name: str
    colour: str
    reason_zh: str
    reason_en: str
    measures: dict[str, Value] = field(default_factory=dict)
    rule_id: str | None = None
    rule_digest: str = ""
    override_id: str | None = None
    computed_code: str | None = None


def _finished(state: ProjectState) -> bool:
    return state.finished_on is not None


def _days_to_due(state: ProjectState) -> int | None:
    return (state.due_on - state.on).days if state.due_on else None


MEASURES: dict[str, Measure] = {
    "completion": Measure("完成率", "completion", lambda s: s.completion, share=True),
    "planned": Measure("计划完成率", "planned completion", lambda s: s.planned, share=True),
    "lag": Measure("最大滞后", "largest lag", lambda s: s.lag, share=True),
    "overdue-reports": Measure("逾期未报月数", "months not reported", lambda s: s.overdue_reports),
    "late-reports": Measure("迟报次数", "late reports", lambda s: s.late_reports),
    "milestones-late": Measure("逾期节点数", "milestones late", lambda s: s.milestones_late),
    "finished": Measure("已完成", "finished", _finished),
    "accepted": Measure("已验收", "accepted", lambda s: s.accepted_on is not None),
    "days-to-due": Measure("距期限天数", "days to the due day", _days_to_due),
    "deferred": Measure("暂缓", "deferred", lambda s: s.deferred),
    "ended": Measure("终止", "ended", lambda s: s.ended_on is not None),
}


def light(content: Iterable[dict[str, Any]], state: ProjectState) -> Light:
    """The first light of the rule whose conditions all hold; a measure nobody knows holds none.

    ``content``: that of the rule ``lights``, whose last light has no condition.
    """
    found = {name: measure.of(state) for name, measure in MEASURES.items()}
    for one in content:
        if all(holds(condition, found) for condition in one["when"]):
            why = [told(condition, found, MEASURES) for condition in one["when"]]
            return Light(
                one["code"],
                one["name"],
                one["colour"],
                "、".join(zh for zh, _ in why) or "不符合以上各项条件",
                "; ".join(en for _, en in why) or "none of the conditions above holds",
                found,
            )
    raise ValueError("the rule's last light has conditions")
