"""Conditions of rules: a named measure of something, compared with a value."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Value = float | int | bool | None

OPERATORS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "lt": ("<", operator.lt),
    "le": ("≤", operator.le),
    "gt": (">", operator.gt),
    "ge": ("≥", operator.ge),
    "eq": ("=", operator.eq),
}


@dataclass(frozen=True)
class Measure:
    """A number, or a yes, that a condition may ask for; ``share``: shown as a percentage."""

    zh: str
    en: str
    of: Callable[[Any], Value]
    share: bool = False

    def told(self, value: Value) -> str:
        """The value for people."""
        if isinstance(value, bool):
            return "是" if value else "否"
        return f"{value:.1%}" if self.share and value is not None else f"{value:g}"


def holds(condition: Mapping[str, Any], found: Mapping[str, Value]) -> bool:
    """Whether a condition ``{measure, op, value}`` holds; on what nobody knows none does."""
    value = found[condition["measure"]]
    return value is not None and OPERATORS[condition["op"]][1](value, condition["value"])


def told(
    condition: Mapping[str, Any], found: Mapping[str, Value], measures: Mapping[str, Measure]
) -> tuple[str, str]:
    """The condition with the number that was found, in Chinese and in English."""
    measure, limit = measures[condition["measure"]], condition["value"]
    value = found[condition["measure"]]
    if isinstance(limit, bool):
        return f"{measure.zh}:{measure.told(value)}", f"{measure.en}: {str(value).lower()}"
    sign = OPERATORS[condition["op"]][0]
    shown, asked = measure.told(value), measure.told(limit)
    return (
        f"{measure.zh}{shown}(标准 {sign} {asked})",
        f"{measure.en} {shown} (rule {sign} {asked})",
    )
