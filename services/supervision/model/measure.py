"""Named measures of projects and units, each a small function of what was observed.

Rules choose among them and weigh them; what each one means is said here and kept with every result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from services.commons.deadline import PROMISE

from . import deadline
from .matter import BASICALLY, OPINION, PROBLEM, SATISFIED
from .observed import PROJECT, UNIT, Money, Observed
from .report.figure import line

BOTH = (PROJECT, UNIT)


@dataclass(frozen=True)
class Taken:
    """What a measure gave: its exact value, None where nothing could be measured.

    ``lines``: for each record that counted its id and what of it counts.
    """

    value: Fraction | None
    lines: tuple[str, ...] = ()


Taking = Callable[[Observed], Taken]


@dataclass(frozen=True)
class Measure:
    """A measure: what it means in both languages, and of what it can be taken."""

    code: str
    zh: str
    en: str
    subjects: tuple[str, ...]
    take: Taking


MEASURES: dict[str, Measure] = {}


def measures(
    code: str, zh: str, en: str, *, of: tuple[str, ...] = BOTH
) -> Callable[[Taking], Taking]:
    """Make a function the measure ``code``."""

    def register(take: Taking) -> Taking:
        MEASURES[code] = Measure(code, zh, en, of, take)
        return take

    return register


def share(pairs: Iterable[tuple[str, bool]]) -> Taken:
    """The share of the records that satisfy; of none there is none."""
    kept = tuple(pairs)
    satisfied = sum(yes for _, yes in kept)
    lines = tuple(line(id_, "yes" if yes else "no") for id_, yes in kept)
    return Taken(Fraction(satisfied, len(kept)) if kept else None, lines)


def mean(pairs: Iterable[tuple[str, Fraction]]) -> Taken:
    """The mean of the records' values; of none there is none."""
    kept = tuple(pairs)
    total = sum((value for _, value in kept), Fraction(0))
    return Taken(total / len(kept) if kept else None, tuple(line(*pair) for pair in kept))


def kept_in_time(seen: Observed, days: Iterable[tuple[str, dt.date, dt.date | None]]) -> Taken:
    """The share of what was due, or done already, that was done by its day: (id, due, done)."""
    return share(
        (id_, seen.by(done) and done is not None and done <= due)
        for id_, due, done in days
        if due < seen.on or seen.by(done)
    )


# Progress (进度)


@measures(
    "completion",
    "完成率:各子项完成比例(实际 ÷ 有效计划的目标,超过100%的按100%计)的平均值;"
    "无数量目标的子项取已报比例",
    "completion: the mean of what each sub-item has reached of its target by the plan in force, at "
    "most 100 % of each; for one without a number, the share reported",
)
def completion(seen: Observed) -> Taken:
    return mean((item.id, min(item.reached, Fraction(1))) for item in seen.items)


@measures(
    "pace",
    "进度符合率:各子项实际完成量 ÷ 计划到统计日应完成量的平均值,每项最多计100%;"
    "没有月度计划或者尚未到计划开始的子项不计",
    "pace: the mean of what each sub-item has reached over what the monthly plan foresaw by the "
    "day, at most 100 % of each; sub-items without a plan, or of which nothing was due, are left "
    "out",
)
def pace(seen: Observed) -> Taken:
    return mean(
        (item.id, min(item.reached / item.planned, Fraction(1)))
        for item in seen.items
        if item.planned
    )


@measures(
    "completed-in-time",
    "按期完成率:已完成或已过期限的子项中,在期限内完成的比例",
    "completed in time: of the sub-items that are complete or past their day, the share that was "
    "complete by that day",
)
def completed_in_time(seen: Observed) -> Taken:
    return kept_in_time(
        seen, ((i.id, i.due_on, i.completed_on) for i in seen.items if i.due_on is not None)
    )


@measures(
    "accepted",
    "验收率:已完成的子项中,已验收合格的比例",
    "accepted: of the sub-items that had reached their target, the share that passed acceptance",
)
def accepted(seen: Observed) -> Taken:
    return share((i.id, i.accepted_on is not None) for i in seen.items if i.completed_on)


@measures(
    "months-without-red",
    "无红灯月份比例:自票决至当年年末(期限更晚的至期限)各月月末,进度灯不为红色的比例",
    "months without red: of the ends of months from the vote to the end of the year, or to its day "
    "if that is later, the share at which the light was not red",
)
def months_without_red(seen: Observed) -> Taken:
    return share((f"{one.project_id} {one.day}", one.colour != _RED) for one in seen.lights)


_RED = "red"


# Deadlines (期限)


def _obligations(seen: Observed, *kinds: str, codes: Iterable[str] = ()) -> Taken:
    wanted = set(codes)
    return kept_in_time(
        seen,
        (
            (one.id, one.due_on, one.ended_on)
            for one in seen.obligations
            if one.kind in kinds and (not wanted or one.code in wanted)
        ),
    )


@measures(
    "deadlines-kept",
    "期限遵守率:各类应办期限中,已到期或已办结的,按期办结的比例;不再要求而取消的不计",
    "deadlines kept: of all deadlines of every kind that have passed or were met, the share met in "
    "time; what was owed no more is left out",
)
def deadlines_kept(seen: Observed) -> Taken:
    return kept_in_time(seen, ((o.id, o.due_on, o.ended_on) for o in seen.obligations))


@measures(
    "reports-in-time",
    "进展按时上报率:各月首次上报的进展中按期上报的,占首次上报的和逾期仍未上报的月份之和的比例",
    "reports in time: the first reports of a month that came in time, of all such reports and the "
    "months past their day without one",
)
def reports_in_time(seen: Observed) -> Taken:
    told = [(one.id, not one.late) for one in seen.reports]
    missing = [
        (one.id, False)
        for one in seen.obligations
        if one.kind in _MONTHLY and one.due_on < seen.on and not seen.by(one.ended_on)
    ]
    return share(told + missing)


_MONTHLY = (deadline.PROGRESS, deadline.TASK_PROGRESS)


@measures(
    "milestones-in-time",
    "节点按期率:计划节点中,已到期或已达成的,按期达成的比例",
    "milestones in time: of the milestones that were due or reached, the share reached in time",
)
def milestones_in_time(seen: Observed) -> Taken:
    return _obligations(seen, deadline.MILESTONE)


@measures(
    "resources-in-time",
    "要素到位及时率:已到期或已到位的要素供给中,按期足额到位的比例;已撤销的不计",
    "resources in time: of what was owed and has come or is past its day, the share that had come "
    "in full by then; what was withdrawn is left out",
)
def resources_in_time(seen: Observed) -> Taken:
    return _obligations(seen, deadline.RESOURCE)


@measures(
    "coordination-in-time",
    "协调事项按期率:协调任务和协助请求的答复中,已到期或已办的,按期办理的比例",
    "coordination in time: of the tasks that units took on and the requests they had to answer, "
    "the share done in time",
)
def coordination_in_time(seen: Observed) -> Taken:
    return _obligations(seen, deadline.COORDINATION)


@measures(
    "opinions-in-time",
    "意见建议按期答复率:应答复的意见建议中,已到期或已答复的,按期答复的比例",
    "opinions in time: of the replies to opinions that were due or given, the share given in time",
)
def opinions_in_time(seen: Observed) -> Taken:
    return _obligations(seen, OPINION, codes=_REPLIES)


@measures(
    "problems-in-time",
    "问题按期整改率:应整改的问题中,已到期或已整改的,按期整改的比例",
    "problems in time: of the problems whose rectification was due or done, the share done in time",
)
def problems_in_time(seen: Observed) -> Taken:
    return _obligations(seen, PROBLEM, codes=_REPLIES)


@measures(
    "promises-kept",
    "承诺兑现率:答复中承诺的事项,已到期或已再次答复的,按期兑现的比例",
    "promises kept: of what replies promised, the share answered again by the day promised",
)
def promises_kept(seen: Observed) -> Taken:
    return _obligations(seen, PROMISE)


_REPLIES = (deadline.REPLY, deadline.SECOND_REPLY)


# Opinions and problems (意见建议、问题)


@measures(
    "opinions-responded",
    "意见建议响应率:截至统计日已答复的意见建议 ÷ 全部意见建议",
    "opinions responded to: the opinions with a reply by the day, of all opinions",
)
def opinions_responded(seen: Observed) -> Taken:
    return share((one.id, one.replied) for one in seen.opinions)


@measures(
    "opinions-solved",
    "意见建议解决率:经承办者以外的人核实已解决、此后未重新办理的意见建议 ÷ 全部意见建议",
    "opinions solved: the opinions that somebody else than the handler confirmed as solved, and "
    "that were not opened again since, of all",
)
def opinions_solved(seen: Observed) -> Taken:
    return share((one.id, one.solved) for one in seen.opinions)


@measures(
    "opinions-satisfied",
    "意见建议满意率:最近一次评价为满意或基本满意的 ÷ 已有评价的意见建议",
    "opinions satisfied: of the opinions that were judged, the share whose latest judgement is "
    "satisfied or basically satisfied",
)
def opinions_satisfied(seen: Observed) -> Taken:
    good = (SATISFIED, BASICALLY)
    return share((o.id, o.judgement in good) for o in seen.opinions if o.judgement)


@measures(
    "problems-solved",
    "问题解决率:经承办者以外的人核实已解决、此后未重新办理的问题 ÷ 全部问题",
    "problems solved: the problems that somebody else than the handler confirmed as solved, and "
    "that were not opened again since, of all",
)
def problems_solved(seen: Observed) -> Taken:
    return share((one.id, one.solved) for one in seen.problems)


# Money (资金)


def _rate(monies: Iterable[Money], whole: Callable[[Money], int | None]) -> Taken:
    kept = [(one, part) for one in monies if (part := whole(one))]
    total = sum(part for _, part in kept)
    spent = sum(one.spent_yuan for one, _ in kept)
    lines = tuple(line(one.id, one.spent_yuan, part) for one, part in kept)
    return Taken(Fraction(spent, total) if total else None, lines)


@measures(
    "funds-execution",
    "预算执行率:有预算的项目的支出合计 ÷ 预算合计(全部年度)",
    "funds execution: what was spent over the budget of all years, of the projects that have one",
)
def funds_execution(seen: Observed) -> Taken:
    return _rate(seen.monies, lambda one: one.budget_yuan)


@measures(
    "released-spent",
    "拨付资金支出率:该单位的支出合计 ÷ 拨付给该单位的合计",
    "released money spent: what the unit spent over what was released to it",
    of=(UNIT,),
)
def released_spent(seen: Observed) -> Taken:
    return _rate(seen.own_monies, lambda one: one.released_yuan)


# Afterwards (回头看)


@measures(
    "look-backs-effective",
    "回头看成效率:回头看中认定仍在发挥作用的 ÷ 全部回头看;评单位时,取当年对其牵头的往年项目的",
    "look-backs: of the look-backs (for a unit, those of the year at former projects that it led), "
    "the share that found the project still working",
)
def look_backs_effective(seen: Observed) -> Taken:
    return share((one.id, one.effective) for one in seen.look_backs)
