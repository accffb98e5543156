"""What a chart shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: One bar for each category and series, lying; a line over categories that follow one another.
BARS, LINES = "bars", "lines"
#: Told apart also without colours: the darkest first.
COLOURS = ("1F4E79", "C55A11", "548235", "7F6000", "7030A0")


@dataclass(frozen=True)
class Series:
    """One number for each category; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """``key``: its name in links; ``unit``: of the numbers, in words; ``kind``: BARS or LINES."""

    key: str
    kind: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError("a series has other values than there are categories")

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Chart:
        """Read the written form."""
        series = tuple(Series(one["name"], tuple(one["values"])) for one in data["series"])
        told = {name: data[name] for name in ("key", "kind", "title", "unit")}
        return cls(**told, categories=tuple(data["categories"]), series=series)

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {
            "key": self.key,
            "kind": self.kind,
            "title": self.title,
            "unit": self.unit,
            "categories": list(self.categories),
            "series": [{"name": s.name, "values": list(s.values)} for s in self.series],
        }

    @property
    def described(self) -> str:
        """All that it shows in words, for who cannot see it."""
        return f"{self.title}({self.unit})。" + "".join(map(self._told, self.series))

    def _told(self, series: Series) -> str:
        pairs = zip(self.categories, series.values, strict=True)
        return f"{series.name}:" + "、".join(f"{name}为{written(v)}" for name, v in pairs) + "。"

    @property
    def largest(self) -> float:
        """The largest number; 1 if there is none above 0."""
        return max((v for one in self.series for v in one.values if v), default=1)


def written(value: float | None) -> str:
    """A number as charts write it: no more than two digits after the point."""
    if value is None:
        return "无"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def coloured(series: Sequence[Series]) -> list[tuple[str, Series]]:
    """Each series with its colour."""
    return [(COLOURS[place % len(COLOURS)], one) for place, one in enumerate(series)]
