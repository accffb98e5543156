"""Monthly entries: a later entry for the same month replaces the earlier, which is kept (更正)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from typing import Protocol, TypeVar


class Monthly(Protocol):
    """An entry for one month; ``sequence`` is the order in which entries were recorded."""

    @property
    def happened_on(self) -> dt.date:
        """The day of the deed."""

    @property
    def sequence(self) -> int:
        """The order of recording."""

    @property
    def month(self) -> str:
        """The month, "YYYY-MM"."""


class Reached(Monthly, Protocol):
    """An entry of the progress of one sub-item."""

    @property
    def quantity(self) -> float | None:
        """Cumulative, in the sub-item's unit."""

    @property
    def share(self) -> float | None:
        """From 0 to 1, for a sub-item without a number."""


M = TypeVar("M", bound=Monthly)
R = TypeVar("R", bound=Reached)


def standing(entries: Iterable[M], about: Callable[[M], Hashable]) -> list[M]:
    """The entries that are not replaced: of each thing and month the one recorded last."""
    last: dict[Hashable, M] = {}
    for entry in sorted(entries, key=lambda entry: entry.sequence):
        last[about(entry), entry.month] = entry
    return list(last.values())


def reaches(target: float | None, entry: Reached) -> bool:
    """Whether an entry reaches the target; without a number (愿接尽接), the whole share."""
    if target is None:
        return entry.share is not None and entry.share >= 1
    return entry.quantity is not None and entry.quantity >= target


def completion(target: float | None, entries: Iterable[R]) -> R | None:
    """The entry with which a sub-item was complete: the first standing one to reach its target.

    Where a later month fell below it again, the first one after that; None if the last one did.
    ``entries``: those of one sub-item, replaced ones among them.
    """
    reaching: list[R] = []
    for entry in sorted(standing(entries, lambda _: None), key=lambda e: e.month):
        reaching = [*reaching, entry] if reaches(target, entry) else []
    return min(reaching, key=lambda e: (e.happened_on, e.sequence), default=None)
