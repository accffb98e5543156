"""Two copies of a board, or of its annex: the later must begin with the earlier, byte for byte."""

from __future__ import annotations

from services.ballot.belenios.archive import EVENT, Archive
from services.ballot.belenios.refused import Refused

from .chain import Chain


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


def check_annex_grown(earlier: bytes, later: bytes) -> int:
    """How many lines the later copy of an annex has more; Refused unless it begins as the earlier.

    Both must be whole annexes; the first line in which they part is named.
    """
    ours, theirs = (Chain.from_bytes(one).lines for one in (earlier, later))
    for one, other in zip(ours, theirs, strict=False):
        if one.text != other.text:
            raise Refused(
                "boards-differ",
                f"the two annexes part at line {one.height}",
                f"两份附件自第 {one.height} 行起不一致",
            )
    if len(theirs) < len(ours):
        raise Refused(
            "board-shrunk",
            f"the later annex lacks what the earlier one has from line {len(theirs)} on",
            f"后一份附件缺少前一份自第 {len(theirs)} 行起的内容",
        )
    return len(theirs) - len(ours)
