"""The parameters of an electronic vote: what a ballot method fixes of it before anyone votes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

GROUPS = ("Ed25519", "BELENIOS-2048")
#: Marking too many is impossible by proof, or is cast as an invalid paper (Belenios' blank vote).
PREVENTED, BLANK = "prevented", "blank"
OVERVOTES = (PREVENTED, BLANK)
#: No congress has more deputies, and no office makes more trustees or spare elections than these.
MOST_BALLOTS, MOST_TRUSTEES, MOST_SPARE = 100_000, 100, 9

_NAMES = (
    "group",
    "overvote",
    "recast",
    "least_ballots",
    "least_papers",
    "spare_elections",
    "trustees",
)


@dataclass(frozen=True)
class Trustees:
    """``threshold`` of ``size`` scrutineers decrypt; more than half, so that no two halves can."""

    size: int
    threshold: int


@dataclass(frozen=True)
class Electronic:
    """How an electronic vote is held.

    ``group``: in which the ballots are encrypted.  ``recast``: whether a deputy may vote again, and
    her last ballot counts.  ``least_ballots``: fewer are never decrypted.  ``least_papers``: papers
    join the electronic ballots only from that number on, since the electronic count is public and
    what is left of the sum are the papers.  ``spare_elections``: how many run-offs and re-votes
    are prepared at the ceremony.
    """

    group: str
    overvote: str
    recast: bool
    least_ballots: int
    least_papers: int
    spare_elections: int
    trustees: Trustees

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Electronic:
        """Read the written form, in which :func:`mistakes` finds none."""
        return cls(**data | {"trustees": Trustees(**data["trustees"])})

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return asdict(self)


def mistakes(data: Any, asked: bool) -> Iterator[tuple[str, str]]:
    """What is wrong, each with its place; ``asked``: whether the method votes electronically."""
    if data is None:
        if asked:
            yield "", "电子表决须写明此参数 (needed for an electronic vote)"
        return
    if not asked:
        yield "", "不采用电子表决时不得写明 (only where the media hold electronic)"
        return
    if not isinstance(data, dict) or set(data) != set(_NAMES):
        yield "", f"应含且仅含 (has exactly): {', '.join(_NAMES)}"
        return
    for name, allowed in (("group", GROUPS), ("overvote", OVERVOTES)):
        if data[name] not in allowed:
            yield f"/{name}", f"应为其中之一 (one of): {', '.join(allowed)}"
    if not isinstance(data["recast"], bool):
        yield "/recast", "应为 true(可重投,以最后一次为准)或 false (true: the last counts)"
    for name in ("least_ballots", "least_papers"):
        if not _is_number(data[name], 1, MOST_BALLOTS):
            yield f"/{name}", f"应为 1 至 {MOST_BALLOTS} 的整数 (a whole number from 1)"
    if not _is_number(data["spare_elections"], 0, MOST_SPARE):
        yield "/spare_elections", f"应为 0 至 {MOST_SPARE} 的整数 (a whole number up to 9)"
    yield from _mistakes_of_trustees(data["trustees"])


def _mistakes_of_trustees(data: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(data, dict) or set(data) != {"size", "threshold"}:
        yield "/trustees", "应含且仅含 (has exactly): size, threshold"
        return
    size, threshold = data["size"], data["threshold"]
    if not _is_number(size, 1, MOST_TRUSTEES):
        yield "/trustees/size", f"应为 1 至 {MOST_TRUSTEES} 的整数 (a whole number from 1)"
    elif not _is_number(threshold, size // 2 + 1, size):
        yield (
            "/trustees/threshold",
            f"应为 {size // 2 + 1} 至 {size} 的整数,须超过半数 (more than half of the trustees)",
        )


def _is_number(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
