"""Indicators that a department declares about its own work: no record of this system backs them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

from .checks import month_begun
from .monthly import standing

#: In what a number is told (万, 亿), by how many it stands for.
SCALES = {1: "", 10_000: "万", 100_000_000: "亿"}


@dataclass(eq=False)
class IndicatorEntry:
    """What was declared for one month; a later entry for the month replaces it, and it is kept.

    ``responded``: to how many of them somebody responded.  ``rounded_to``: the unit rounded to so
    much, so that 47900 rounded to 100 may stand for 47850 to 47949.  ``reason``: why it corrects
    an earlier one.
    """

    id: str
    indicator_id: str
    sequence: int
    month: str
    value: int
    happened_on: dt.date
    recorded_at: dt.datetime
    responded: int | None = None
    rounded_to: int | None = None
    reason: str | None = None

    @property
    def low(self) -> int:
        """The least that the number may stand for."""
        return self.value - (self.rounded_to or 1) // 2

    @property
    def high(self) -> int:
        """The most that the number may stand for; half a step belongs to the next number."""
        step = self.rounded_to or 1
        return self.value + step - step // 2 - 1


@dataclass(frozen=True)
class Total:
    """What the standing entries come to; ``responded`` None while one of them does not say."""

    months: int
    value: int
    low: int
    high: int
    responded: int | None
    shown: str

    @property
    def response_rate(self) -> str | None:
        """Exact, as counted."""
        if self.responded is None or self.value == 0:
            return None
        return f"{self.responded}/{self.value}"


@dataclass(eq=False)
class Indicator(Aggregate):
    """A number that a unit declares month by month (外部指标); ``key``: its name within the year.

    ``definition``, ``source``, ``period``: what is counted, from what, over which time, in the
    unit's words.  ``scale``: one of SCALES, in which the number is told.
    """

    id: str
    year: int
    key: str
    name: str
    unit_of_measure: str
    declared_by: str
    happened_on: dt.date
    recorded_at: dt.datetime
    entries: list[IndicatorEntry] = field(default_factory=list)
    definition: str | None = None
    source: str | None = None
    period: str | None = None
    scale: int | None = None
    version: int = 0

    @classmethod
    def define(
        cls,
        *,
        year: int,
        key: str,
        name: str,
        unit_of_measure: str,
        declared_by: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        definition: str | None = None,
        source: str | None = None,
        period: str | None = None,
        scale: int | None = None,
    ) -> Indicator:
        """Define an indicator; its entries follow month by month."""
        return cls(
            new_id(),
            year,
            key,
            name,
            unit_of_measure,
            declared_by,
            happened_on,
            recorded_at,
            definition=definition,
            source=source,
            period=period,
            scale=scale,
        )

    @property
    def standing(self) -> list[IndicatorEntry]:
        """The entries that no later one replaces, by month."""
        return sorted(standing(self.entries, lambda _: None), key=lambda entry: entry.month)

    @property
    def standing_ids(self) -> list[str]:
        """Their ids."""
        return [entry.id for entry in self.standing]

    @property
    def total(self) -> Total:
        """What they come to."""
        found = self.standing
        value = sum(entry.value for entry in found)
        said = [entry.responded for entry in found if entry.responded is not None]
        return Total(
            months=len(found),
            value=value,
            low=sum(entry.low for entry in found),
            high=sum(entry.high for entry in found),
            responded=sum(said) if found and len(said) == len(found) else None,
            shown=_shown(value, self.scale or 1),
        )

    def declare(
        self,
        *,
        month: str,
        value: int,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        responded: int | None = None,
        rounded_to: int | None = None,
        reason: str | None = None,
    ) -> IndicatorEntry:
        """Add the number of a month; raises Invalid for a month of another year or not begun.

        And for more responses than there are, or a number that is not rounded as it says.
        """
        month_begun(month, happened_on)
        if int(month[:4]) != self.year:
            raise Invalid(
                "month-of-another-year",
                f"this indicator is about {self.year}",
                f"该指标属于 {self.year} 年",
                [{"pointer": "/month", "detail": f"is not a month of {self.year}"}],
            )
        if rounded_to is not None and value % rounded_to:
            raise _wrong(
                "/value", "not-rounded", "is not rounded as it says", "与所填的取整单位不符"
            )
        entry = IndicatorEntry(
            new_id(),
            self.id,
            len(self.entries) + 1,
            month,
            value,
            happened_on,
            recorded_at,
            responded,
            rounded_to,
            reason,
        )
        if responded is not None and responded > entry.high:
            raise _wrong(
                "/responded", "responded-more", "are more than there were", "响应数大于总数"
            )
        self.entries.append(entry)
        return entry


def _shown(value: int, scale: int) -> str:
    """As people tell it: 47900 in 万 is 4.79万."""
    return f"{(Decimal(value) / scale).normalize():f}{SCALES[scale]}"


def _wrong(pointer: str, code: str, en: str, zh: str) -> Invalid:
    return Invalid(code, f"these {en}", zh, [{"pointer": pointer, "detail": en}])
