"""How the money of a project stands on a day: budget, released, spent, rates, cost of a unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from .correction import standing
from .exact import exact, rounded
from .fund import RELEASED, SPENT, FundEntry
from .report.figure import fingerprint, line

PLAN, CANDIDATE = "plan", "candidate"

DEFINITIONS = (
    {
        "code": "execution",
        "zh": "预算执行率:截至统计日的支出合计 ÷ 预算;全部年度与分年度分别计算,可超过100%。",
        "en": "Execution rate: what was spent by the day, over the budget; for all years and for "
        "each. May exceed 100 %.",
    },
    {
        "code": "release",
        "zh": "拨付率:截至统计日的拨付合计 ÷ 预算。",
        "en": "Release rate: what was released by the day, over the budget.",
    },
    {
        "code": "unit_cost",
        "zh": "单位成本:支出合计 ÷ 实际完成数量。仅对单独记录支出的子项,"
        "或者只有一个数量目标且支出未分子项的项目计算。",
        "en": "Cost of a unit: what was spent over the quantity reached. Only for a sub-item whose "
        "spending is recorded apart, or a project with one target in numbers whose spending is not "
        "divided.",
    },
    {
        "code": "reported_paid",
        "zh": "进展所报已付资金:各子项(区县任务分列)截至统计日最近一个月所报的累计数;"
        "与支出的每笔记录相互核对,从不相加。合计只取项目本身的数,不含区县任务。",
        "en": "Paid by the progress entries: of each sub-item, districts' tasks apart, the "
        "cumulative sum of the latest month reported by the day. Held against the payments and "
        "never added to them; the total is of the project's own figures, without districts' tasks.",
    },
    {
        "code": "budget",
        "zh": "预算:统计日有效的实施计划所列资金;计划未列时,取票决时候选项目的预算。",
        "en": "Budget: the funds of the plan in force on the day; where it says none, the "
        "candidate's budget at the vote.",
    },
)


@dataclass(frozen=True)
class Rate:
    """A part of a whole, in yuan; without a whole, or of nothing, there is no rate."""

    part: int
    whole: int | None

    @property
    def value(self) -> Fraction | None:
        """The exact rate."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def percent(self) -> str | None:
        """In percent with two decimals, half rounded up."""
        return None if self.value is None else rounded(self.value * 100, 2)


@dataclass(frozen=True)
class Budget:
    """The budget: of all years and of each; ``origin``: the plan (its number) or the candidate."""

    total_yuan: int | None = None
    years: Mapping[int, int] = field(default_factory=dict)
    origin: str | None = None
    plan_number: int | None = None


@dataclass(frozen=True)
class Reached:
    """A sub-item and the quantity that it had reached; None without a number."""

    sub_item_id: str
    unit_of_measure: str
    target: float | None
    quantity: float | None


@dataclass(frozen=True)
class ReportedPaid:
    """What progress says was paid for a sub-item, or for a district's part of it (``task_code``).

    ``funds_paid_yuan``: cumulative, by the entry of ``month`` that stood on the day.
    """

    sub_item_id: str
    task_code: str | None
    unit_id: str | None
    month: str
    funds_paid_yuan: int
    happened_on: dt.date


@dataclass(frozen=True)
class Sums:
    """What was released and spent: of one source, unit or year, or in all."""

    key: Any
    released_yuan: int
    spent_yuan: int
    budget_yuan: int | None = None

    @property
    def execution(self) -> Rate:
        """Spent over budget."""
        return Rate(self.spent_yuan, self.budget_yuan)

    @property
    def release(self) -> Rate:
        """Released over budget."""
        return Rate(self.released_yuan, self.budget_yuan)


@dataclass(frozen=True)
class UnitCost:
    """What one unit of a sub-item has cost; ``spent_yuan`` over ``quantity``."""

    sub_item_id: str
    unit_of_measure: str
    spent_yuan: int
    quantity: float

    @property
    def value(self) -> Fraction:
        """Yuan for one, exactly."""
        return self.spent_yuan / exact(self.quantity)

    @property
    def yuan(self) -> str:
        """To the fen (分), half rounded up."""
        return rounded(self.value, 2)


@dataclass(frozen=True)
class FundSummary:
    """How the money of a project stands on a day; only entries that stand count."""

    project_id: str
    as_of: dt.date
    budget: Budget
    entries: Sequence[FundEntry]
    items: Sequence[Reached]
    reported_paid: Sequence[ReportedPaid] = ()
    definitions = DEFINITIONS

    @classmethod
    def of(
        cls,
        project_id: str,
        entries: Iterable[FundEntry],
        budget: Budget,
        items: Sequence[Reached],
        on: dt.date,
        reported_paid: Sequence[ReportedPaid] = (),
    ) -> FundSummary:
        """Of all entries of the project, those of later days and corrected ones among them.

        A correction with a later day takes nothing from the days before it.
        """
        counted = standing(one for one in entries if one.happened_on <= on)
        return cls(project_id, on, budget, counted, items, reported_paid)

    @property
    def reported_paid_yuan(self) -> int | None:
        """What the project's own progress says was paid in all; None where it says nothing."""
        own = [one.funds_paid_yuan for one in self.reported_paid if one.task_code is None]
        return sum(own) if own else None

    @cached_property
    def whole(self) -> Sums:
        """All of it."""
        return _sums("all", self.entries, self.budget.total_yuan)

    @property
    def sources(self) -> list[Sums]:
        """By source."""
        return self._by(lambda one: one.source)

    @property
    def units(self) -> list[Sums]:
        """By unit."""
        return self._by(lambda one: one.unit_id)

    @property
    def years(self) -> list[Sums]:
        """By year, each with its budget if the plan gives one."""
        years = {one.happened_on.year for one in self.entries} | set(self.budget.years)
        return [
            _sums(
                year,
                [one for one in self.entries if one.happened_on.year == year],
                self.budget.years.get(year),
            )
            for year in sorted(years)
        ]

    @property
    def unit_costs(self) -> list[UnitCost]:
        """What a unit has cost, where that can be said."""
        spent = [one for one in self.entries if one.kind == SPENT]
        numbered = [one for one in self.items if one.target is not None]
        if len(numbered) == 1 and all(one.sub_item_id is None for one in spent):
            sums = {numbered[0].sub_item_id: _total(spent, SPENT)}
        else:
            of = {one.sub_item_id for one in spent if one.sub_item_id is not None}
            sums = {id_: _total([o for o in spent if o.sub_item_id == id_], SPENT) for id_ in of}
        return [
            UnitCost(item.sub_item_id, item.unit_of_measure, sums[item.sub_item_id], item.quantity)
            for item in numbered
            if item.quantity and sums.get(item.sub_item_id)
        ]

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What somebody should look at; nothing is refused for it."""
        return list(self._warned())

    @property
    def counted(self) -> int:
        """How many entries count."""
        return len(self.entries)

    @property
    def lines(self) -> list[str]:
        """Each entry that counts as a line: its id, kind and sum."""
        return [line(one.id, one.kind, one.amount_yuan) for one in self.entries]

    @property
    def hash(self) -> str:
        """SHA-256 over those lines; see :func:`fingerprint`."""
        return fingerprint(self.lines)

    def _by(self, key: Callable[[FundEntry], str]) -> list[Sums]:
        keys = sorted({key(one) for one in self.entries})
        return [_sums(k, [one for one in self.entries if key(one) == k]) for k in keys]

    def _warned(self) -> Iterator[dict[str, Any]]:
        for unit in self.units:
            if unit.spent_yuan > unit.released_yuan:
                yield _warning(
                    "spent-over-released", unit.spent_yuan, unit.released_yuan, unit_id=unit.key
                )
        total = self.budget.total_yuan
        if total is not None and self.whole.released_yuan > total:
            yield _warning("released-over-budget", self.whole.released_yuan, total)
        for sums in [self.whole, *self.years]:
            if sums.budget_yuan is not None and sums.spent_yuan > sums.budget_yuan:
                year = None if sums is self.whole else sums.key
                yield _warning("spent-over-budget", sums.spent_yuan, sums.budget_yuan, year=year)
        reported = self.reported_paid_yuan
        if reported is not None and reported > self.whole.spent_yuan:
            yield _warning("reported-over-spent", reported, self.whole.spent_yuan)


_WARNINGS = {
    "spent-over-released": ("支出 {more} 元,多于拨付的 {than} 元", "spent {more}, released {than}"),
    "released-over-budget": (
        "拨付 {more} 元,多于预算的 {than} 元",
        "released {more}, budget {than}",
    ),
    "spent-over-budget": ("支出 {more} 元,多于预算的 {than} 元", "spent {more}, budget {than}"),
    "reported-over-spent": (
        "进展所报已付 {more} 元,多于登记支出的 {than} 元",
        "paid by the progress {more}, entered as spent {than}",
    ),
}


def _warning(
    code: str, more: int, than: int, *, unit_id: str | None = None, year: int | None = None
) -> dict[str, Any]:
    zh, en = _WARNINGS[code]
    return {
        "code": code,
        "unit_id": unit_id,
        "year": year,
        "zh": zh.format(more=more, than=than),
        "en": en.format(more=more, than=than),
    }


def _sums(key: Any, entries: Iterable[FundEntry], budget: int | None = None) -> Sums:
    kept = list(entries)
    return Sums(key, _total(kept, RELEASED), _total(kept, SPENT), budget)


def _total(entries: Iterable[FundEntry], kind: str) -> int:
    return sum(one.amount_yuan for one in entries if one.kind == kind)
