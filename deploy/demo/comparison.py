"""Expected and actual figures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .figures import AT_LEAST, ROUNDED, SHARE, Expected, Figures

_RELATIONS = {AT_LEAST: "≥ ", ROUNDED: "≈ "}


@dataclass(frozen=True)
class Compared:
    """One figure: what was expected, and what the API answered (None: nothing)."""

    expected: Expected
    actual: float | None

    @property
    def fits(self) -> bool:
        """Whether the actual figure is the expected one."""
        return self.expected.fits(self.actual)

    def row(self) -> tuple[str, str, str, str]:
        """The figure as a line of the table: key, expected, actual, tick."""
        mark = _RELATIONS.get(self.expected.relation, "")
        expected = mark + _written(self.expected, self.expected.value)
        actual = "—" if self.actual is None else _written(self.expected, self.actual)
        if self.expected.declared:
            actual += " (申报 declared)"
        return self.expected.key, expected, actual, "✓" if self.fits else "✗"


def compare(figures: Figures, answered: Sequence[dict[str, Any]]) -> list[Compared]:
    """Each expected figure with the one of the same key among those that the API answered."""
    values = {figure["key"]: figure["value"] for figure in answered}
    return [Compared(expected, values.get(expected.key)) for expected in figures.expected]


def _written(expected: Expected, value: float) -> str:
    if expected.key == SHARE:
        return f"{value:.4g}"
    return f"{value:,.0f}"
