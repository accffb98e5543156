"""Quotas (配额): how many answers of a kind of respondents are counted, and no more.

They ask about strata questions only, which stand before all others, so nobody is turned away
before it is known to whom she belongs; who comes too late is counted as screened out (甄别), by
cell, so that weighting knows of her.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.commons.errors import Invalid

from .cell import parts_of


@dataclass(frozen=True)
class Quota:
    """At most ``at_most`` answers from whoever has all values of ``when`` (question → option)."""

    when: Mapping[str, str]
    at_most: int

    def covers(self, cell: str) -> bool:
        """Whether it speaks of who stands in that cell."""
        parts = parts_of(cell)
        return all(parts.get(code) == value for code, value in self.when.items())


def quotas_from(data: Iterable[dict[str, Any]], strata: Mapping[str, Iterable[str]]) -> list[Quota]:
    """Read the written form; ``strata``: the strata questions, each with its options.

    Raises Invalid, with the places, for what is no strata question or no option of it.
    """
    quotas, mistakes = [], []
    for n, one in enumerate(data):
        for code, value in one["when"].items():
            if value not in strata.get(code, ()):
                pointer = f"/quotas/{n}/when/{code}"
                mistakes.append((pointer, "须为分层题及其选项 (a strata question and its option)"))
        quotas.append(Quota(one["when"], one["at_most"]))
    if mistakes:
        raise Invalid(
            "quotas-unknown",
            "quotas can only be set on strata questions",
            "配额只能设在分层题上",
            [{"pointer": at, "detail": why} for at, why in mistakes],
        )
    return quotas


@dataclass(eq=False)
class QuotaCount:
    """How many answers each quota has had, and who came too late, by cell; no time, no order.

    ``counts``: in the order of the audience's quotas.
    """

    audience_id: str
    counts: list[int]
    screened: dict[str, int]

    @classmethod
    def blank(cls, audience_id: str, quotas: Iterable[Quota], cells: Iterable[str]) -> QuotaCount:
        """Before the first answer; all cells stand there, so that none tells who was first."""
        return cls(audience_id, [0 for _ in quotas], dict.fromkeys(sorted(cells), 0))

    def widen(self, cells: Iterable[str]) -> None:
        """Know more cells."""
        self.screened = dict(sorted({**dict.fromkeys(cells, 0), **self.screened}.items()))

    def admit(self, quotas: list[Quota], cell: str) -> bool:
        """Whether an answer from that cell is counted; either way it is noted."""
        mine = [n for n, quota in enumerate(quotas) if quota.covers(cell)]
        if any(self.counts[n] >= quotas[n].at_most for n in mine):
            self.screened = {**self.screened, cell: self.screened[cell] + 1}
            return False
        self.counts = [count + (n in mine) for n, count in enumerate(self.counts)]
        return True
