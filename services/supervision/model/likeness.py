"""Photos that look alike (照片重复使用): noticed by their hashes, judged by people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict

from .photo import Photo

#: One photo was handed in twice for different things; or it is right that they look alike.
JUDGEMENTS = REUSE, HARMLESS = ("reuse", "harmless")

#: The 64 bits of a hash in seven bands: hashes that differ in six bits at most agree in one of
#: them, so who looks for those with a band in common finds all.
BANDS = 7
_WIDTHS = (10, 9, 9, 9, 9, 9, 9)
_TAG = 10


def bands(dhash: str) -> Iterator[int]:
    """The seven bands of a hash, each a number that also says which band it is."""
    bits = int(dhash, 16)
    for number, width in enumerate(_WIDTHS):
        yield number << _TAG | bits & (1 << width) - 1
        bits >>= width


def distance(one: str, other: str) -> int:
    """In how many bits two hashes differ, 0 to 64."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


@dataclass(eq=False, kw_only=True)
class PhotoLikeness(Aggregate):
    """A photo looks like one that was handed in for something else before.

    ``distance``: in how many bits their hashes differ.  ``rule_id`` (None: the shipped one) and
    ``rule_digest``: the rule that says how many are alike.  ``judgement``: one of JUDGEMENTS, None
    while nobody has looked.
    """

    id: str
    photo_id: str
    earlier_id: str
    distance: int
    rule_id: str | None
    rule_digest: str
    recorded_at: dt.datetime
    judgement: str | None = None
    reason: str | None = None
    judged_by: str | None = None
    judged_on: dt.date | None = None
    version: int = 0

    @classmethod
    def notice(
        cls,
        photo: Photo,
        earlier_id: str,
        distance: int,
        *,
        rule_id: str,
        rule_digest: str,
        recorded_at: dt.datetime,
    ) -> PhotoLikeness:
        """A new one."""
        return cls(
            id=new_id(),
            photo_id=photo.id,
            earlier_id=earlier_id,
            distance=distance,
            rule_id=rule_id or None,
            rule_digest=rule_digest,
            recorded_at=recorded_at,
        )

    def judge(self, *, judgement: str, reason: str, by: str, happened_on: dt.date) -> None:
        """Say what it is; raises Conflict the second time."""
        if self.judgement is not None:
            raise Conflict("likeness-judged", "this is judged already", "该疑似重复已有结论")
        self.judgement, self.reason = judgement, reason
        self.judged_by, self.judged_on = by, happened_on

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {"id": self.id}
