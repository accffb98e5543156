"""Monthly entries: a later entry for the same month replaces the earlier, which is kept (更正)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from typing import Protocol, TypeVar


class Monthly(Protocol):
    """An entry for one month; ``sequence`` is the order in which entries were recorded."""

    @property
    def happened_on(self) -> dt.date: ...
    @property
    def sequence(self) -> int: ...
    @property
    def month(self) -> str: ...


class Reached(Monthly, Protocol):
    """An entry of the progress of one sub-item."""

    @property
    def quantity(self) -> float | None: ...
    @property
    def share(self) -> float | None: ...


M = TypeVar("M", bound=Monthly)
R = TypeVar("R", bound=Reached)


def standing(entries: Iterable[M], about: Callable[[M], Hashable]) -> list[M]:
    """The entries that are not replaced: of each thing and month the one recorded last."""
    last: dict[Hashable, M] = {}
    for entry in sorted(entries, key=lambda entry: entry.sequence):
        last[about(entry), entry.month] = entry
    return list(last.values())


def reaches(target: float | None, entry: Reached) -> bool:
    """Whether an entry reaches its sub-item's target; without a number (愿接尽接), the whole share."""
    if target is None:
        return entry.share is not None and entry.share >= 1
    return entry.quantity is not None and entry.quantity >= target


def completion(target: float | None, entries: Iterable[R]) -> R | None:
    """The entry with which a sub-item was complete: of those standing, the first to reach its target.

    ``entries``: those of one sub-item, replaced ones among them.
    """
    reaching = [e for e in standing(entries, lambda _: None) if reaches(target, e)]
    return min(reaching, key=lambda e: (e.happened_on, e.sequence), default=None)
