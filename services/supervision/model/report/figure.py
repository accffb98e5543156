"""A figure of the report: its value, its definition, and what was counted for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

COUNTED, SHARE, DECLARED = "counted", "share", "declared"


@dataclass(frozen=True)
class Figure:
    """One figure, as the API shows it.

    ``kind``: counted from records of single persons and things, a share of such, or declared by a
    unit about itself.  ``numerator``, ``denominator``: of a share.  ``counted``: how many records
    were counted.  ``hash``: SHA-256 over them, see :func:`fingerprint`.  ``previous``: the same of
    the year before, where that year has projects here; ``difference``: how much more it is now.
    """

    key: str
    value: int | float | None
    unit: str
    kind: str
    title: str
    definition_zh: str
    definition_en: str
    counted: int
    hash: str
    numerator: int | None = None
    denominator: int | None = None
    previous: Figure | None = None
    difference: int | float | None = None

    @property
    def name(self) -> str:
        """The key without the day in it: the same in every year."""
        return re.sub(r"_by_[0-9]{4}_[0-9]{2}_[0-9]{2}$", "", self.key)


@dataclass(frozen=True)
class Tally:
    """A count and its evidence: for each record counted one line, its id and what of it counts.

    ``kinds``: of which kind a record is, by its id, where a figure counts several kinds.
    """

    value: int | float | None
    lines: tuple[str, ...]
    numerator: int | None = None
    denominator: int | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """One record behind a figure: its kind, its id, and its line of evidence."""

    kind: str
    id: str
    line: str


def line(*parts: object) -> str:
    """One record as a line of evidence: its id, then what of it counts."""
    return " ".join(str(part) for part in parts)


def each(lines: Iterable[str]) -> Tally:
    """Every record counts once."""
    kept = tuple(lines)
    return Tally(len(kept), kept)


def different(pairs: Iterable[tuple[str, str]], kinds: Mapping[str, str] | None = None) -> Tally:
    """The number of different things that the records name; a pair is (record's id, thing)."""
    kept = tuple(pairs)
    return Tally(
        len({thing for _, thing in kept}),
        tuple(line(*pair) for pair in kept),
        kinds=kinds or {},
    )


def share(of: Iterable[tuple[str, bool]]) -> Tally:
    """The share of the records that satisfy; without records there is none: None."""
    kept = tuple(of)
    part = sum(satisfies for _, satisfies in kept)
    return Tally(
        part / len(kept) if kept else None,
        tuple(line(id_, "yes" if satisfies else "no") for id_, satisfies in kept),
        numerator=part,
        denominator=len(kept),
    )


def fingerprint(lines: Iterable[str]) -> str:
    """SHA-256, in hex, of the lines of evidence in sorted order, one after each newline."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
