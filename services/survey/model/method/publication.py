"""How samples are weighted and what of the counts is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .number import exact


class Weighting(StrEnum):
    """How a sample is brought to its population's shape; ``RAKE`` where cells may be empty."""

    NONE = "none"
    POST_STRATIFY = "post-stratify"
    RAKE = "rake"


@dataclass(frozen=True)
class SampleRule:
    """How a sample is estimated from.

    ``confidence``: of the intervals.  ``cap``: no weight above so many times the mean one.
    ``margins``: of raking, stratum question's code → answer's code → how many in the population.
    """

    confidence: Fraction = Fraction(95, 100)
    weighting: Weighting = Weighting.NONE
    cap: Fraction | None = None
    margins: Mapping[str, Mapping[str, int]] | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any], where: str) -> SampleRule:
        """Read the written form; raises Invalid on what is no exact number."""
        cap = data.get("cap")
        return cls(
            exact(data["confidence"], f"{where}/confidence"),
            Weighting(data["weighting"]),
            None if cap is None else exact(cap, f"{where}/cap"),
            data.get("margins"),
        )

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        data: dict[str, Any] = {
            "confidence": str(self.confidence),
            "weighting": self.weighting.value,
        }
        if self.cap is not None:
            data["cap"] = str(self.cap)
        if self.margins is not None:
            data["margins"] = {code: dict(counts) for code, counts in self.margins.items()}
        return data

    def mistakes(self) -> Iterable[tuple[str, str]]:
        """What contradicts itself, with the place."""
        if not 0 < self.confidence < 1:
            yield "/confidence", "须大于0且小于1 (must be between 0 and 1)"
        if self.cap is not None and self.cap < 1:
            yield "/cap", "不得小于1 (must be at least 1)"
        if self.margins is not None and self.weighting is not Weighting.RAKE:
            yield "/margins", "只用于 rake (goes with raking only)"
        if self.margins is not None and not self.margins:
            yield "/margins", "须至少有一个分层问题 (name a stratum, or leave it out)"
        for stratum, people in (self.margins or {}).items():
            if not any(people.values()):
                yield f"/margins/{stratum}", "人数合计须大于0 (nobody is in it)"


@dataclass(frozen=True)
class PublicationRule:
    """What is shown of small counts.

    ``cell``: no part of a breakdown rests on fewer answers.  ``unanimous``: whether a part in which
    all marks are the same is shown (``show``) or not (``suppress``), for everybody's mark follows
    from it.  The counts of a whole group are shown whatever they are.
    """

    cell: int = 10
    unanimous: str = "show"

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> PublicationRule:
        """Read the written form."""
        return cls(data["cell"], data["unanimous"])

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {"cell": self.cell, "unanimous": self.unanimous}
