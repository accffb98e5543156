"""What can be answered to ratings and to questions for a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .localised import Localised

_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)


def decimal_of(value: object) -> Decimal | None:
    """A whole number, or a decimal as text, ``"36.5"``; None for anything else.

    Not as a JSON number with a fraction: programs read that as binary, and so as another number.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**9 else None
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        return None
    return Decimal(value)


def written(value: Decimal) -> str:
    """The one way to write a decimal: ``1.50`` is ``1.5``, ``-0`` is ``0``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Rating:
    """Levels from ``first`` to ``last``, both included; some of them may have a label."""

    first: int
    last: int
    labels: Mapping[str, Localised] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Rating:
        """Read ``{"from": 1, "to": 5, "labels": {"1": {"zh-CN": …}}}``."""
        labels = data.get("labels", {}).items()
        return cls(
            data["from"], data["to"], {level: Localised.from_data(text) for level, text in labels}
        )

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        labels = {level: text.to_data() for level, text in self.labels.items()}
        return {"from": self.first, "to": self.last} | ({"labels": labels} if labels else {})

    @property
    def levels(self) -> list[str]:
        """The codes that its counts are kept by."""
        return [str(level) for level in range(self.first, self.last + 1)]

    def mistakes(self) -> Iterable[tuple[str, str]]:
        """What contradicts itself."""
        if not self.first < self.last:
            yield "/to", "须大于起始分 (must be above 'from')"
        if not set(self.labels) <= set(self.levels):
            yield "/labels", "须为量表中的分值 (a level of the scale)"


@dataclass(frozen=True)
class Number:
    """A number from ``least`` to ``most`` with at most so many ``decimals``, in a ``unit``.

    ``bins``: the lower ends of the classes that answers are counted in, rising; a class is known
    by its lower end.  The first is ``least``; without others there is one class.
    """

    least: Decimal
    most: Decimal
    decimals: int
    bins: tuple[Decimal, ...]
    unit: Localised | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Number:
        """Read ``{"min": "0", "max": "120", "decimals": 0, "bins": ["0", "18"], "unit": …}``."""
        unit = data.get("unit")
        return cls(
            least=Decimal(data["min"]),
            most=Decimal(data["max"]),
            decimals=data.get("decimals", 0),
            bins=tuple(Decimal(one) for one in data.get("bins", [data["min"]])),
            unit=Localised.from_data(unit) if unit else None,
        )

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {
            "min": written(self.least),
            "max": written(self.most),
            "decimals": self.decimals,
            "bins": [written(one) for one in self.bins],
        } | ({"unit": self.unit.to_data()} if self.unit else {})

    @property
    def classes(self) -> list[str]:
        """The codes of the classes that its counts are kept by."""
        return [written(one) for one in self.bins]

    def mistakes(self) -> Iterable[tuple[str, str]]:
        """What contradicts itself."""
        if not self.least < self.most:
            yield "/max", "须大于最小值 (must be above 'min')"
        rising = all(low < high for low, high in zip(self.bins, self.bins[1:], strict=False))
        if self.bins[0] != self.least or not rising or self.bins[-1] > self.most:
            yield "/bins", "须自最小值起递增,不超过最大值 (must rise from 'min' to at most 'max')"
