"""What was counted of one group: its audiences added up, cell by cell, with what rates rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Protocol

#: How the people of a group were chosen.
CENSUS, SAMPLE, OPEN, MIXED = "census", "sample", "open", "mixed"
#: In a key's counts: how many were asked, where that is not everybody who answered.
ASKED = "_asked"
#: Sums of decimals stay exact.
_EXACT = Context(prec=200)


class HasBases(Protocol):
    """An audience, as far as it matters here."""

    sampling: str
    eligible: int | None
    present: int | None
    issued: int | None


class HasCounts(Protocol):
    """The tally of one cell of an audience."""

    cell: str
    returned: int
    straight: dict[str, int]
    counts: dict[str, dict[str, int | str]]


@dataclass(frozen=True)
class Bases:
    """How many may answer, were present, got a form, and answered; None where nobody knows."""

    eligible: int | None
    present: int | None
    issued: int | None
    returned: int

    def __add__(self, other: Bases) -> Bases:
        return Bases(
            _sum(self.eligible, other.eligible),
            _sum(self.present, other.present),
            _sum(self.issued, other.issued),
            self.returned + other.returned,
        )


@dataclass(frozen=True)
class CellCount:
    """The counts of one stratum cell.

    ``forms``: by key, how many forms have it at all, where not those of every audience have.
    """

    returned: int
    straight: Mapping[str, int]
    counts: Mapping[str, Mapping[str, int | str]]
    forms: Mapping[str, int] = field(default_factory=dict)

    def having(self, key: str) -> int:
        """How many of the cell had ``key`` on their form, asked or not."""
        return self.forms.get(key, self.returned) if key in self.counts else 0

    def asked(self, key: str) -> int:
        """How many of the cell were asked ``key``."""
        if key not in self.counts:
            return 0
        return int(self.counts[key].get(ASKED, self.returned))


@dataclass(frozen=True)
class Counted:
    """One group (测评主体).

    ``population``: how many people the frame has in each cell, of a sample drawn from one.
    ``bases``: by key, where not every audience of the group was asked about it.  ``title``: what
    it is called where the method has no name for it.
    """

    group: str
    sampling: str
    eligible: int | None
    present: int | None
    issued: int | None
    returned: int
    cells: Mapping[str, CellCount]
    population: Mapping[str, int] | None = None
    bases: Mapping[str, Bases] = field(default_factory=dict)
    title: str = ""

    def base(self, key: str) -> Bases:
        """What a rate about ``key`` can be a share of; of the forms, those that asked it."""
        whole = self.bases.get(key) or Bases(
            self.eligible, self.present, self.issued, self.returned
        )
        return Bases(whole.eligible, whole.present, whole.issued, self.asked(key))

    def asks(self, key: str) -> bool:
        """Whether the group is asked about ``key`` at all."""
        return any(key in cell.counts for cell in self.cells.values())

    def having(self, key: str) -> int:
        """How many answers had ``key`` on their form, asked or not."""
        return sum(cell.having(key) for cell in self.cells.values())

    def asked(self, key: str) -> int:
        """How many answers were asked ``key``."""
        return sum(cell.asked(key) for cell in self.cells.values())

    def counts(self, key: str) -> dict[str, int | str]:
        """What was counted of ``key``, over all cells."""
        total: dict[str, int | str] = {}
        for cell in self.cells.values():
            _add(total, cell.counts.get(key, {}))
        return total


def counted(
    group: str,
    audiences: Iterable[tuple[HasBases, Sequence[HasCounts]]],
    population: Mapping[str, int] | None = None,
) -> Counted:
    """Add up the audiences of one group; a key that one did not ask counts there as not asked.

    A group that was asked in several ways is ``mixed`` and has neither interval nor bounds.
    """
    parts = [(audience, _cells(tallies)) for audience, tallies in audiences]
    bases = [
        Bases(one.eligible, one.present, one.issued, sum(c.returned for c in cells.values()))
        for one, cells in parts
    ]
    whole = sum(bases[1:], bases[0]) if bases else Bases(None, None, None, 0)
    ways = {one.sampling for one, _ in parts}
    return Counted(
        group=group,
        sampling=ways.pop() if len(ways) == 1 else MIXED,
        eligible=whole.eligible,
        present=whole.present,
        issued=whole.issued,
        returned=whole.returned,
        cells=_joined([cells for _, cells in parts]),
        population=population,
        bases=_partial([cells for _, cells in parts], bases),
    )


def _cells(tallies: Sequence[HasCounts]) -> dict[str, CellCount]:
    return {one.cell: CellCount(one.returned, one.straight, one.counts) for one in tallies}


def _joined(parts: Sequence[Mapping[str, CellCount]]) -> dict[str, CellCount]:
    names = dict.fromkeys(name for cells in parts for name in cells)
    return {name: _one([cells[name] for cells in parts if name in cells]) for name in names}


def _one(cells: Sequence[CellCount]) -> CellCount:
    """The same cell of several audiences."""
    if len(cells) == 1:
        return cells[0]
    returned = sum(cell.returned for cell in cells)
    straight: dict[str, int | str] = {}
    counts: dict[str, dict[str, int | str]] = {}
    for cell in cells:
        _add(straight, cell.straight)
        for key, found in cell.counts.items():
            _add(counts.setdefault(key, {}), found)
    for key, found in counts.items():
        asked = sum(cell.asked(key) for cell in cells)
        if asked != returned or ASKED in found:
            found[ASKED] = asked
    having = {key: sum(cell.having(key) for cell in cells) for key in counts}
    forms = {key: number for key, number in having.items() if number != returned}
    return CellCount(returned, {code: int(n) for code, n in straight.items()}, counts, forms)


def _partial(parts: Sequence[Mapping[str, CellCount]], bases: Sequence[Bases]) -> dict[str, Bases]:
    """The bases of the keys that not every audience asked."""
    keys = [{key for cell in cells.values() for key in cell.counts} for cells in parts]
    found = {}
    for key in set().union(*keys):
        asking = [base for base, asked in zip(bases, keys, strict=True) if key in asked]
        if len(asking) < len(bases):
            found[key] = sum(asking[1:], asking[0])
    return found


def _add(total: dict[str, int | str], more: Mapping[str, int | str]) -> None:
    """Add counts; exact sums of numbers are decimals in text."""
    for name, number in more.items():
        before = total.get(name, 0)
        if isinstance(number, str) or isinstance(before, str):
            total[name] = str(_EXACT.add(Decimal(before), Decimal(number)))
        else:
            total[name] = before + number


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
