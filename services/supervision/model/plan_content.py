"""What a project's implementation plan says, as values; kept as JSON, read as these."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

LEAD, IMPLEMENTING, DISTRICT = UNIT_ROLES = ("lead", "implementing", "district")


@dataclass(frozen=True)
class PlanUnit:
    """A unit that the plan makes responsible (责任单位); a district's part has its division."""

    unit_id: str
    role: str
    division: str | None = None


@dataclass(frozen=True)
class Target:
    """What a sub-item must reach, in its unit of measure; None: all that ask (愿接尽接)."""

    sub_item_id: str
    target: float | None


@dataclass(frozen=True)
class Planned:
    """What a sub-item must have reached by the end of a month, cumulative (月度计划)."""

    sub_item_id: str
    month: str
    quantity: float | None = None
    share: float | None = None

    @property
    def value(self) -> float:
        """The quantity, or for a sub-item without a number the share."""
        return (self.share if self.quantity is None else self.quantity) or 0.0


@dataclass(frozen=True)
class PlanMilestone:
    """A step that must be reached by a day (节点)."""

    code: str
    name: str
    due_on: dt.date
    sub_item_id: str | None = None


@dataclass(frozen=True)
class YearFunds:
    """The funds of one year (年度资金), whole yuan."""

    year: int
    yuan: int


@dataclass(frozen=True)
class Funds:
    """The funds of the project in whole yuan, of all years and of each (资金)."""

    total_yuan: int | None = None
    years: tuple[YearFunds, ...] = ()

    def of(self, year: int) -> int | None:
        """The funds of a year; None if the plan does not say."""
        return next((one.yuan for one in self.years if one.year == year), None)


@dataclass(frozen=True)
class Stage:
    """A stage of a project over several years, with its goal (分阶段目标)."""

    code: str
    name: str
    year: int
    goal: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Site:
    """Where something is done (点位).

    ``place``: as ``services.commons.location`` keeps one: WGS-84, and beside it as given.
    """

    code: str
    name: str
    place: dict[str, Any]
    sub_item_id: str | None = None


@dataclass(frozen=True)
class Task:
    """What a district does of a sub-item (条块任务): a number, or a share of the whole."""

    code: str
    division: str
    unit_id: str
    sub_item_id: str
    target: float | None = None
    share: float | None = None

    def target_of(self, whole: float | None) -> float | None:
        """What of the sub-item's target is the district's; None if it has none (愿接尽接)."""
        if self.share is None:
            return self.target
        return None if whole is None else self.share * whole


@dataclass(frozen=True)
class Content:
    """A plan's content; ``due_on``: by when all of it is done, None where only months say it."""

    units: tuple[PlanUnit, ...]
    targets: tuple[Target, ...]
    due_on: dt.date | None = None
    monthly: tuple[Planned, ...] = ()
    milestones: tuple[PlanMilestone, ...] = ()
    funds: Funds = Funds()
    safeguards: str = ""
    stages: tuple[Stage, ...] = ()
    sites: tuple[Site, ...] = ()
    tasks: tuple[Task, ...] = ()

    @classmethod
    def of(cls, data: dict[str, Any]) -> Content:
        """From JSON-able data, or from a body whose days are days already."""
        funds = data["funds"]
        return cls(
            units=tuple(PlanUnit(**one) for one in data["units"]),
            targets=tuple(Target(**one) for one in data["targets"]),
            due_on=_day(data["due_on"]),
            monthly=tuple(Planned(**one) for one in data["monthly"]),
            milestones=tuple(_dated(PlanMilestone, one, "due_on") for one in data["milestones"]),
            funds=Funds(funds["total_yuan"], tuple(YearFunds(**one) for one in funds["years"])),
            safeguards=data["safeguards"],
            stages=tuple(_dated(Stage, one, "starts_on", "ends_on") for one in data["stages"]),
            sites=tuple(Site(**one) for one in data["sites"]),
            tasks=tuple(Task(**one) for one in data["tasks"]),
        )

    def plain(self) -> dict[str, Any]:
        """As JSON-able data."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    def target(self, sub_item_id: str) -> float | None:
        """What the sub-item must reach; None: all that is asked for."""
        return next((one.target for one in self.targets if one.sub_item_id == sub_item_id), None)

    def planned(self, sub_item_id: str, on: dt.date) -> float | None:
        """What must have been reached on a day: the figure of the last month that was over by then.

        A quantity or a share, as the sub-item has it; 0 before the first month is over, None
        without a monthly plan.
        """
        mine = [one for one in self.monthly if one.sub_item_id == sub_item_id]
        if not mine:
            return None
        over = [one for one in mine if month_end(one.month) <= on]
        return max(over, key=lambda one: one.month).value if over else 0.0


def month_end(month: str) -> dt.date:
    """The last day of a month, "YYYY-MM"."""
    year, number = map(int, month.split("-"))
    return dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)


def _day(value: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _dated(cls: Any, data: dict[str, Any], *days: str) -> Any:
    return cls(**data | {name: _day(data[name]) for name in days})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
