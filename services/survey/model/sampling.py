"""Drawing a sample (抽样): how many of each stratum, and which, so that anybody can redo it.

The order of a stratum is that of ``SHA-256(seed ‖ id)``, both as UTF-8, written in hexadecimal
digits; the first n are drawn, the next ones are the reserve (备用样本), in that order.  Nothing
else decides: who has the seed and the list of ids finds the same sample with any program, and who
fixed the seed before the list was seen could choose nobody.

How many: ``proportional`` to the strata (按比例分层), rounded by the largest remainder (最大余额法)
with a least number each; ``equal``; ``given`` numbers; ``all`` of them (普查).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from services.commons.errors import Invalid


class Allocation(StrEnum):
    """How a sample's size is divided among the strata (样本分配)."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"
    GIVEN = "given"
    ALL = "all"


@dataclass(frozen=True)
class Plan:
    """How much is drawn (抽样方案).

    ``size``: in all, for ``proportional`` and ``equal``; ``minimum``: of each stratum at least, or
    all of it where it has fewer; ``given``: cell → number.  ``reserve``: how many stand by for each
    hundred that are drawn, rounded up in each stratum.
    """

    allocation: Allocation
    size: int | None = None
    minimum: int = 0
    given: Mapping[str, int] = field(default_factory=dict)
    reserve: int = 0

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Plan:
        """Read the written form; raises Invalid if its parts do not go together."""
        plan = cls(
            Allocation(data["allocation"]),
            data.get("size"),
            data.get("minimum", 0),
            data.get("given") or {},
            data.get("reserve", 0),
        )
        sized = plan.allocation in (Allocation.PROPORTIONAL, Allocation.EQUAL)
        if sized != (plan.size is not None):
            raise _unfit("/plan/size", "须与分配方式相符 (goes with proportional and equal only)")
        if (plan.allocation == Allocation.GIVEN) != bool(plan.given):
            raise _unfit("/plan/given", "须与分配方式相符 (goes with given only)")
        return plan

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {
            "allocation": self.allocation.value,
            "size": self.size,
            "minimum": self.minimum,
            "given": dict(self.given),
            "reserve": self.reserve,
        }


@dataclass(frozen=True)
class Stratum:
    """What was drawn of one cell: ids in their order; ``population``: how many there are."""

    cell: str
    population: int
    drawn: list[str]
    reserve: list[str]


def draw(plan: Plan, seed: str, units: Mapping[str, str]) -> list[Stratum]:
    """The sample of ``units`` (id → cell), by cell; raises Invalid if the plan does not fit."""
    members: dict[str, list[str]] = {}
    for unit, cell in units.items():
        members.setdefault(cell, []).append(unit)
    numbers = allocate(plan, {cell: len(ids) for cell, ids in members.items()})
    strata = []
    for cell in sorted(members):
        ids, n = ordered(seed, members[cell]), numbers[cell]
        spare = -(-n * plan.reserve // 100)
        strata.append(Stratum(cell, len(ids), ids[:n], ids[n : n + spare]))
    return strata


def ordered(seed: str, ids: Iterable[str]) -> list[str]:
    """The ids in the order in which they are drawn."""
    return sorted(ids, key=lambda one: (hashlib.sha256((seed + one).encode()).hexdigest(), one))


def commitment(seed: str) -> str:
    """What is told of a seed before it is used: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def digest(units: Mapping[str, str]) -> str:
    """SHA-256 of a frame: its lines ``id TAB cell LF`` in the order of the ids."""
    found = hashlib.sha256()
    for unit in sorted(units):
        found.update(f"{unit}\t{units[unit]}\n".encode())
    return found.hexdigest()


def allocate(plan: Plan, population: Mapping[str, int]) -> dict[str, int]:
    """How many of each cell; never more than there are.  Raises Invalid if it cannot be."""
    if plan.allocation == Allocation.ALL:
        return dict(population)
    if plan.allocation == Allocation.GIVEN:
        return _given(plan.given, population)
    least = {cell: min(plan.minimum, n) for cell, n in population.items()}
    size = plan.size or 0
    if not max(1, sum(least.values())) <= size <= sum(population.values()):
        raise _unfit(
            "/plan/size",
            f"须在 {max(1, sum(least.values()))} 与 {sum(population.values())} 之间 "
            "(must lie between the strata's minimum and the frame)",
        )
    if plan.allocation == Allocation.EQUAL:
        return _equal(size, population)
    return _proportional(size, population, least)


def _given(given: Mapping[str, int], population: Mapping[str, int]) -> dict[str, int]:
    for cell in (*given, *population):
        if cell not in population:
            raise _unfit(f"/plan/given/{_escaped(cell)}", "抽样框中没有该层 (no such stratum)")
        if cell not in given:
            raise _unfit("/plan/given", f"缺少 {cell} (a stratum is missing; 0 leaves it out)")
        if given[cell] > population[cell]:
            raise _unfit(
                f"/plan/given/{_escaped(cell)}", f"该层仅有 {population[cell]} (has no more)"
            )
    if not any(given.values()):
        raise _unfit("/plan/given", "样本量为零 (nothing would be drawn)")
    return dict(given)


def _equal(size: int, population: Mapping[str, int]) -> dict[str, int]:
    """As equal as the strata admit, so none is below its least number; the rest to the larger."""
    numbers, left = {}, size
    cells = sorted(population, key=lambda cell: (population[cell], cell))
    for place, cell in enumerate(cells):
        numbers[cell] = min(population[cell], left // (len(cells) - place))
        left -= numbers[cell]
    return numbers


def _proportional(
    size: int, population: Mapping[str, int], least: Mapping[str, int]
) -> dict[str, int]:
    """Cells below their least number get that; the others share what is left by their size."""
    raised: set[str] = set()
    while True:
        free = {cell: n for cell, n in population.items() if cell not in raised}
        left = size - sum(least[cell] for cell in raised)
        whole = sum(free.values())
        quotas = {cell: Fraction(left * n, whole) for cell, n in free.items()}
        below = {cell for cell, quota in quotas.items() if quota < least[cell]}
        if not below:
            break
        raised |= below
    numbers = {cell: int(quota) for cell, quota in quotas.items()}
    # Equal remainders: the larger stratum first, then by the cell's text.
    ranked = sorted(free, key=lambda cell: (numbers[cell] - quotas[cell], -free[cell], cell))
    for cell in ranked[: left - sum(numbers.values())]:
        numbers[cell] += 1
    return numbers | {cell: least[cell] for cell in raised}


def _escaped(cell: str) -> str:
    return cell.replace("~", "~0").replace("/", "~1")


def _unfit(pointer: str, detail: str) -> Invalid:
    return Invalid(
        "plan-unfit",
        "the plan does not fit the frame or itself",
        "抽样方案与抽样框不符,或自相矛盾",
        [{"pointer": pointer, "detail": detail}],
    )
