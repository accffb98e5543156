"""A figure of the report: its value, its definition, and what was counted for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

COUNTED, SHARE, DECLARED = "counted", "share", "declared"


@dataclass(frozen=True)
class Figure:
    """One figure, as the API shows it.

    ``kind``: counted from records of single persons and things, a share of such, or declared by a
    unit about itself.  ``numerator``, ``denominator``: of a share.  ``counted``: how many records
    were counted.  ``hash``: SHA-256 over them, see :func:`fingerprint`.
    """

    key: str
    value: int | float | None
    unit: str
    kind: str
    definition_zh: str
    definition_en: str
    counted: int
    hash: str
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class Tally:
    """A count and its evidence: for each record counted one line, its id and what of it counts."""

    value: int | float | None
    lines: tuple[str, ...]
    numerator: int | None = None
    denominator: int | None = None


def line(*parts: object) -> str:
    """One record as a line of evidence: its id, then what of it counts."""
    return " ".join(str(part) for part in parts)


def each(lines: Iterable[str]) -> Tally:
    """Every record counts once."""
    kept = tuple(lines)
    return Tally(len(kept), kept)


def different(pairs: Iterable[tuple[str, str]]) -> Tally:
    """The number of different things that the records name; a pair is (record's id, thing)."""
    kept = tuple(pairs)
    return Tally(len({thing for _, thing in kept}), tuple(line(*pair) for pair in kept))


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
