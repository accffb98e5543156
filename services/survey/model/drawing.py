"""A drawing (抽签抽样): announced with its plan and its seed's pledge, done once, never again.

The seed cannot be chosen by who has seen the list.  Either its SHA-256 is recorded while the frame
is still empty (承诺), or it is what a public source will say on a later day (公开来源), for example
the numbers of a lottery.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Invalid

from .frame import SamplingFrame
from .sampling import Plan, Stratum, allocate, commitment, digest, draw

DRAWN, RESERVE, REPLACED = "drawn", "reserve", "replaced"


@dataclass(eq=False)
class Drawing(Aggregate):
    """One sample from one frame; ``strata``: per cell how many there are, drawn and in reserve.

    ``commitment``: SHA-256 of the seed, or ``public_source`` and ``public_on``: which source says
    it, and when.
    """

    id: str
    frame_id: str
    title: str
    plan: dict[str, Any]
    commitment: str | None
    public_source: str | None
    public_on: dt.date | None
    announced_on: dt.date
    recorded_at: dt.datetime
    seed: str | None = None
    drawn_on: dt.date | None = None
    frame_digest: str | None = None
    strata: list[dict[str, Any]] | None = None
    audience_id: str | None = None
    version: int = 0

    @classmethod
    def announce(
        cls,
        frame: SamplingFrame,
        *,
        title: str,
        plan: dict[str, Any],
        commitment: str | None,
        public_source: str | None,
        public_on: dt.date | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Drawing:
        """Say how will be drawn; raises Invalid or Conflict if the seed could be chosen."""
        written = Plan.from_data(plan)
        if frame.cells is not None:
            allocate(written, frame.cells)
        if (commitment is None) != (public_source is not None and public_on is not None):
            raise Invalid(
                "seed-unpledged",
                "give either the seed's SHA-256, or a public source and its day",
                "须给出种子的 SHA-256,或公开来源及其公布日期,二者择一",
                [{"pointer": "/commitment", "detail": "or public_source with public_on"}],
            )
        if commitment is not None and frame.loaded_on is not None:
            raise Conflict(
                "seed-too-late",
                "a secret seed is pledged before the list is loaded; take a public source",
                "名单已载入,不能再承诺自定种子;请改用日后公布的公开来源",
            )
        if public_on is not None and public_on <= happened_on:
            raise Invalid(
                "seed-known",
                "a public source must not be known yet on the day of the announcement",
                "公开来源在登记当日不得已经公布",
                [{"pointer": "/public_on", "detail": f"须晚于 {happened_on}"}],
            )
        return cls(
            new_id(),
            frame.id,
            title,
            written.to_data(),
            commitment,
            public_source,
            public_on,
            happened_on,
            recorded_at,
        )

    def draw(
        self, frame: SamplingFrame, units: Mapping[str, str], seed: str, on: dt.date
    ) -> list[Stratum]:
        """Draw from the list (id → cell), once; raises Conflict or Invalid."""
        frame.check_loaded()
        if self.drawn_on is not None:
            raise Conflict("drawn-already", "the sample is drawn", "样本已经抽出,不得重抽")
        if self.commitment is not None and commitment(seed) != self.commitment:
            raise Invalid(
                "seed-differs",
                "this is not the seed that was pledged",
                "该种子与此前承诺不符",
                [{"pointer": "/seed", "detail": "SHA-256 differs from the commitment"}],
            )
        earliest = self.public_on or self.announced_on
        if on < earliest:
            raise Conflict(
                "seed-unknown",
                f"the seed is known from {earliest}",
                f"种子自 {earliest} 起方可知晓",
            )
        if digest(units) != frame.digest:
            raise Conflict(
                "frame-altered",
                "the list is not the one that was loaded; its digest differs",
                "名单与载入时不符(摘要不一致)",
            )
        found = draw(Plan.from_data(self.plan), seed, units)
        self.seed, self.drawn_on, self.frame_digest = seed, on, frame.digest
        self.strata = [
            {
                "cell": one.cell,
                "population": one.population,
                "drawn": len(one.drawn),
                "reserve": len(one.reserve),
            }
            for one in found
        ]
        return found

    @property
    def issued(self) -> int:
        """How many were drawn."""
        return sum(one["drawn"] for one in self.strata or [])

    @property
    def population(self) -> dict[str, int]:
        """Cell → how many the frame has of it: what a sample is weighted to."""
        return {one["cell"]: one["population"] for one in self.strata or []}

    def serve(self, audience_id: str) -> None:
        """Be the sample of an audience; of one only."""
        if self.drawn_on is None:
            raise Conflict("not-drawn", "the sample is not drawn yet", "样本尚未抽出")
        if self.audience_id not in (None, audience_id):
            raise Conflict(
                "drawing-taken",
                "this sample is another audience's",
                "该样本已用于其他测评主体",
            )
        self.audience_id = audience_id

    def public_state(self) -> dict[str, Any]:
        """For events; it causes none."""
        return {"id": self.id}


@dataclass(eq=False)
class DrawnUnit:
    """A drawn or spare unit: ``rank`` in its cell from 1; why and when it was replaced."""

    drawing_id: str
    unit: str
    cell: str
    rank: int
    state: str
    reason: str | None = None
    replaced_on: dt.date | None = None

    @staticmethod
    def rows(drawing_id: str, stratum: Stratum) -> list[dict[str, Any]]:
        """All of one cell, as they are stored: there may be very many."""
        both = [(DRAWN, one) for one in stratum.drawn] + [(RESERVE, one) for one in stratum.reserve]
        common = {"drawing_id": drawing_id, "cell": stratum.cell}
        return [
            common | {"unit": unit, "rank": rank, "state": state}
            for rank, (state, unit) in enumerate(both, start=1)
        ]

    def give_way(self, spare: DrawnUnit | None, reason: str, on: dt.date) -> None:
        """Let the next of the reserve take its place; Conflict without one."""
        if self.state != DRAWN:
            raise Conflict("not-in-sample", "this unit is not in the sample", "该单位不在样本中")
        if spare is None:
            raise Conflict(
                "reserve-empty",
                "nobody of this stratum stands by any more; it stays unanswered",
                "该层备用样本已用完,按未应答处理",
            )
        self.state, self.reason, self.replaced_on = REPLACED, reason, on
        spare.state = DRAWN
