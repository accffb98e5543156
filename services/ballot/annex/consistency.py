"""Two copies of one board: the later one must begin with the earlier one, byte for byte."""

from __future__ import annotations

from services.ballot.belenios.archive import EVENT, Archive
from services.ballot.belenios.refused import Refused


def consistent(earlier: bytes, later: bytes) -> int:
    """How many members the later copy has more (negative: fewer) than the earlier one.

    Refused if neither begins with the other, with the place where they part.
    """
    ours, theirs = Archive.from_bytes(earlier), Archive.from_bytes(later)
    if earlier.startswith(later) or later.startswith(earlier):
        return len(theirs.members) - len(ours.members)
    if ours.timestamp != theirs.timestamp:
        raise Refused(
            "boards-differ",
            "the two copies are of different boards: their headers differ",
            "两份档案属于不同的公告板:档案头不同",
        )
    height = 0
    for one, other in zip(ours.members, theirs.members, strict=False):
        if one != other:
            break
        height += one.kind == EVENT
    raise Refused(
        "boards-differ",
        f"the two copies part before the event at height {height}",
        f"两份档案自高度 {height} 的事件起不一致",
    )


def check_grown(earlier: bytes, later: bytes) -> int:
    """How many members were added since; Refused also if some are gone."""
    added = consistent(earlier, later)
    if added < 0:
        last = Archive.from_bytes(later).members
        height = sum(member.kind == EVENT for member in last)
        raise Refused(
            "board-shrunk",
            f"the later copy lacks what the earlier one has from height {height} on",
            f"后一份档案缺少前一份自高度 {height} 起的内容",
        )
    return added
