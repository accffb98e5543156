"""Figures of what grew beside the real report's: plans, money, decisions, questions, look-backs …

Each is marked in its definition as added by this system (本系统补充).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from ..correction import standing
from ..fund import RELEASED, SPENT
from .evidence import Evidence
from .figure import SHARE, Tally, each, line, share
from .registers import Ended, LookBack, Owed, Payment
from .registry import counts


class OfProject(Protocol):
    """A record that may be about a project."""

    @property
    def project_id(self) -> str | None:
        """The project."""


P = TypeVar("P", bound=OfProject)


def _of_year(evidence: Evidence, records: Iterable[P]) -> list[P]:
    """Those about the year's projects."""
    return [one for one in records if one.project_id in evidence.projects]


def _ended(evidence: Evidence, records: Sequence[Ended]) -> Tally:
    """The share of those about the year's projects that had ended by the day asked for."""
    counted = _of_year(evidence, evidence.dated(records))
    return share((one.id, one.has_ended(evidence.question.as_of)) for one in counted)


# Plans and money


@counts(
    "supervision.plans.projects_planned_share",
    "project",
    "share",
    "已公布实施计划的项目",
    "当年项目中,已公布实施计划的比例(本系统补充)",
    "of the year's projects, those with a published plan (added by this system)",
    kind=SHARE,
)
def planned(evidence: Evidence) -> Tally:
    plans = evidence.dated(evidence.records.registers.plans)
    with_plan = {plan.project_id for plan in plans}
    return share((id_, id_ in with_plan) for id_ in evidence.projects)


def _payments(evidence: Evidence, kind: str) -> Tally:
    paid = standing(_of_year(evidence, evidence.dated(evidence.records.registers.payments)))
    counted: list[Payment] = [one for one in paid if one.kind == kind]
    lines = tuple(line(one.id, one.amount_yuan) for one in counted)
    return Tally(sum(one.amount_yuan for one in counted), lines)


@counts(
    "supervision.funds.released_yuan",
    "fund-entry",
    "yuan",
    "已拨付资金(元)",
    "向当年项目拨付的资金合计(元);被更正的记录不计(本系统补充)",
    "what was released for the year's projects, in yuan; corrected entries do not count (added by "
    "this system)",
)
def released(evidence: Evidence) -> Tally:
    return _payments(evidence, RELEASED)


@counts(
    "supervision.funds.spent_yuan",
    "fund-entry",
    "yuan",
    "已支出资金(元)",
    "当年项目支出的资金合计(元);被更正的记录不计(本系统补充)",
    "what was spent on the year's projects, in yuan; corrected entries do not count (added by this "
    "system)",
)
def spent(evidence: Evidence) -> Tally:
    return _payments(evidence, SPENT)


@counts(
    "supervision.resources.delivered_share",
    "resource",
    "share",
    "要素供给到位率",
    "应向当年项目供给的要素(未撤销)中,数量已全部到位的比例(本系统补充)",
    "of what is owed to the year's projects and not withdrawn, the share delivered in full (added "
    "by this system)",
    kind=SHARE,
)
def delivered(evidence: Evidence) -> Tally:
    registers, as_of = evidence.records.registers, evidence.question.as_of
    had: dict[str, float] = {}
    for one in standing(evidence.dated(registers.deliveries)):
        had[one.resource_id] = had.get(one.resource_id, 0) + one.quantity

    def wanted(one: Owed) -> bool:
        return one.withdrawn_on is None or one.withdrawn_on > as_of

    owed = filter(wanted, _of_year(evidence, evidence.dated(registers.owed)))
    return share((one.id, had.get(one.id, 0) >= one.quantity) for one in owed)


# Meetings


@counts(
    "supervision.questions.asked",
    "question",
    "question",
    "现场问询",
    "就当年项目提出的现场问询件数(本系统补充)",
    "questions asked at meetings about the year's projects (added by this system)",
)
def questions(evidence: Evidence) -> Tally:
    asked = evidence.dated(evidence.records.registers.questions)
    return each(one.id for one in _of_year(evidence, asked))


@counts(
    "supervision.questions.closed_share",
    "question",
    "share",
    "问询办结率",
    "上述问询中,代表已认可答复而办结的比例(本系统补充)",
    "of those questions, the share that the deputy closed (added by this system)",
    kind=SHARE,
)
def questions_closed(evidence: Evidence) -> Tally:
    return _ended(evidence, evidence.records.registers.questions)


@counts(
    "supervision.decisions.done_share",
    "decision",
    "share",
    "议定事项落实率",
    "就当年项目议定的事项中,已落实的比例;取消的计入分母(本系统补充)",
    "of what meetings decided about the year's projects, the share done; what was dropped counts "
    "in the denominator (added by this system)",
    kind=SHARE,
)
def decisions_done(evidence: Evidence) -> Tally:
    as_of = evidence.question.as_of
    taken = _of_year(evidence, evidence.dated(evidence.records.registers.decisions))
    return share((one.id, one.has_ended(as_of) and one.state == "done") for one in taken)


# Task lists and the calendar


def _tasks(evidence: Evidence) -> list[Ended]:
    return _of_year(evidence, evidence.dated(evidence.records.registers.tasks))


@counts(
    "supervision.tasks.listed",
    "task-item",
    "task",
    "任务清单事项",
    "当年项目任务清单所列的重点点位、重点环节、重点问题(本系统补充)",
    "key sites, links and problems on the task lists of the year's projects (added by this system)",
)
def tasks(evidence: Evidence) -> Tally:
    return each(one.id for one in _tasks(evidence))


@counts(
    "supervision.tasks.done_share",
    "task-item",
    "share",
    "任务清单完成率",
    "上述事项中,已完成的比例;取消的计入分母(本系统补充)",
    "of those items, the share done; what was dropped counts in the denominator (added by this "
    "system)",
    kind=SHARE,
)
def tasks_done(evidence: Evidence) -> Tally:
    as_of = evidence.question.as_of
    return share((one.id, one.has_ended(as_of) and one.state == "done") for one in _tasks(evidence))


@counts(
    "supervision.tasks.checks",
    "task-check",
    "check",
    "任务清单检查",
    "对上述事项检查的次数(本系统补充)",
    "checks of those items (added by this system)",
)
def task_checks(evidence: Evidence) -> Tally:
    items = {one.id for one in _tasks(evidence)}
    made = evidence.dated(evidence.records.registers.task_checks)
    return each(line(one.id, one.task_item_id) for one in made if one.task_item_id in items)


@counts(
    "supervision.calendar.kept_share",
    "calendar-entry",
    "share",
    "监督日程落实率",
    "当年监督日程中,截至统计日应已完成的各项里已落实的比例;取消的计入分母(本系统补充)",
    "of the entries of the year's calendar that were due by the day, the share kept; what was "
    "dropped counts in the denominator (added by this system)",
    kind=SHARE,
)
def calendar_kept(evidence: Evidence) -> Tally:
    as_of = evidence.question.as_of
    entries = evidence.dated(evidence.records.registers.calendar)
    due = (one for one in entries if one.due_on is not None and one.due_on <= as_of)
    return share((one.id, one.has_ended(as_of) and one.state == "kept") for one in due)


# What is late


@counts(
    "supervision.overdue",
    "deadline",
    "deadline",
    "逾期事项",
    "涉及当年项目、截至统计日已逾期未办的期限数(本系统补充)",
    "deadlines about the year's projects that were overdue on the day (added by this system)",
)
def overdue(evidence: Evidence) -> Tally:
    as_of = evidence.question.as_of
    return each(
        line(one.id, one.state)
        for one in _of_year(evidence, evidence.records.registers.deadlines)
        if one.due_on is not None and one.due_on < as_of and not one.has_ended(as_of)
    )


@counts(
    "supervision.escalations.public",
    "escalation",
    "escalation",
    "公开通报",
    "涉及当年项目、因逾期而公开通报的次数(本系统补充)",
    "public notices of what was overdue about the year's projects (added by this system)",
)
def escalations(evidence: Evidence) -> Tally:
    raised = evidence.dated(evidence.records.registers.escalations)
    return each(one.id for one in _of_year(evidence, raised) if one.state == "public")


# Snaps


@counts(
    "supervision.snaps",
    "snap",
    "snap",
    "随手拍",
    "就当年项目提交的随手拍件数(本系统补充)",
    "snaps about the year's projects (added by this system)",
)
def snaps(evidence: Evidence) -> Tally:
    taken = evidence.dated(evidence.records.registers.snaps)
    return each(one.id for one in _of_year(evidence, taken))


# Residents' messages


@counts(
    "supervision.messages.received",
    "message",
    "message",
    "群众留言",
    "就当年项目收到的群众留言条数,审核未通过的计入(本系统补充)",
    "residents' messages about the year's projects, refused ones included (added by this system)",
)
def messages(evidence: Evidence) -> Tally:
    received = evidence.dated(evidence.records.registers.messages)
    return each(one.id for one in _of_year(evidence, received))


@counts(
    "supervision.messages.answered_share",
    "message",
    "share",
    "群众留言答复率",
    "上述留言中已转交单位的,已答复的比例(本系统补充)",
    "of those messages that a unit was given, the share answered (added by this system)",
    kind=SHARE,
)
def messages_answered(evidence: Evidence) -> Tally:
    as_of = evidence.question.as_of
    received = _of_year(evidence, evidence.dated(evidence.records.registers.messages))
    given = (one for one in received if one.forwarded_on and one.forwarded_on <= as_of)
    return share(
        (one.id, one.answered_on is not None and one.answered_on <= as_of) for one in given
    )


# Looking back


def _made(evidence: Evidence) -> list[LookBack]:
    year = evidence.question.year
    made = evidence.dated(evidence.records.registers.look_backs)
    return [one for one in made if one.happened_on.year == year]


@counts(
    "look_backs.made",
    "look-back",
    "look-back",
    "回头看",
    "当年对往年项目开展的回头看项数(本系统补充)",
    "look-backs made in the year at former projects (added by this system)",
)
def look_backs(evidence: Evidence) -> Tally:
    return each(line(one.id, one.project_year) for one in _made(evidence))


@counts(
    "look_backs.effective_share",
    "look-back",
    "share",
    "持续发挥效用",
    "上述回头看中,项目仍持续发挥效用的比例(本系统补充)",
    "of those look-backs, the share at which the project still works (added by this system)",
    kind=SHARE,
)
def look_backs_effective(evidence: Evidence) -> Tally:
    return share((one.id, one.effective) for one in _made(evidence))


# Assessment (满意度测评)


@counts(
    "assessment.rectifications",
    "rectification",
    "rectification",
    "测评后的整改任务",
    "当年满意度测评中低于规定标准、应当整改或者重新报告的任务数(本系统补充)",
    "what the year's assessments found below the adopted line, to be put right or reported on again"
    " (added by this system)",
)
def rectifications(evidence: Evidence) -> Tally:
    return each(one.id for one in evidence.dated(evidence.records.registers.rectifications))


@counts(
    "assessment.rectifications_confirmed_share",
    "rectification",
    "share",
    "整改到位率",
    "上述任务中,已由整改单位以外的人确认整改到位的比例(本系统补充)",
    "of those tasks, the share that somebody else than the unit confirmed as put right (added by "
    "this system)",
    kind=SHARE,
)
def rectifications_confirmed(evidence: Evidence) -> Tally:
    tasks = evidence.dated(evidence.records.registers.rectifications)
    return share((one.id, one.has_ended(evidence.question.as_of)) for one in tasks)
