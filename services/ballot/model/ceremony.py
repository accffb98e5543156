"""The key ceremony (密钥生成): the scrutineers make the election's key, and no one has it alone.

Each step is taken by every trustee before the next begins.  A commitment comes before anything is
revealed: who reveals last could else choose a polynomial that bends the key.  Whoever will not go
on ends the ceremony, and a new attempt begins with new certificates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Forbidden, Invalid


class Step(StrEnum):
    """What every trustee must post next, in this order; ``DONE`` and ``FAILED`` end it."""

    CERTIFICATE = "certificate"
    COMMITMENT = "commitment"
    POLYNOMIAL = "polynomial"
    VOUTPUT = "voutput"
    REHEARSAL = "rehearsal"
    DONE = "done"
    FAILED = "failed"


_AFTER = dict(zip(list(Step)[:5], list(Step)[1:6], strict=True))


@dataclass(eq=False, kw_only=True)
class Ceremony(Aggregate):
    """One attempt at a ballot's keys.

    ``uuids``: of the election and its spares.  ``seats``: the trustees in their order, each
    ``{"index", "subject", <step>: what she posted}``; ``threshold``: how many of them decrypt.
    ``trustees``: the finished message; ``rehearsed``: the dummy that they all decrypted;
    ``complaint``: that which ended it, as it was posted, so that anybody can judge it.
    """

    id: str
    ballot_id: str
    attempt: int
    group: str
    uuids: list[str]
    threshold: int
    seats: list[dict[str, Any]]
    step: str
    started_on: dt.date
    started_by: str
    recorded_at: dt.datetime
    rehearsed: dict[str, Any] | None = None
    trustees: str | None = None
    failed_because: str | None = None
    complaint: str | None = None
    version: int = 0

    @classmethod
    def start(
        cls,
        *,
        ballot_id: str,
        attempt: int,
        group: str,
        uuids: list[str],
        size: int,
        threshold: int,
        subjects: Sequence[str],
        on: dt.date,
        by: str,
        recorded_at: dt.datetime,
    ) -> Ceremony:
        """A ceremony of the scrutineers ``subjects``; Invalid unless there are ``size`` of them."""
        if len(subjects) != size or len(set(subjects)) != size:
            raise Invalid(
                "wrong-trustees",
                f"the method asks for {size} different scrutineers as trustees",
                f"票决办法要求 {size} 名不同的监票人保管密钥",
                [{"pointer": "/trustees", "detail": f"{size} different ones"}],
            )
        ceremony = cls(
            id=new_id(),
            ballot_id=ballot_id,
            attempt=attempt,
            group=group,
            uuids=uuids,
            threshold=threshold,
            seats=[{"index": i, "subject": one} for i, one in enumerate(subjects, 1)],
            step=Step.CERTIFICATE.value,
            started_on=on,
            started_by=by,
            recorded_at=recorded_at,
        )
        ceremony.record("ceremony.started.v1", size=size, threshold=threshold)
        return ceremony

    @property
    def size(self) -> int:
        """How many trustees there are."""
        return len(self.seats)

    def index_of(self, subject: str) -> int:
        """The number of a trustee, from 1; Forbidden for anybody else."""
        for seat in self.seats:
            if seat["subject"] == subject:
                return int(seat["index"])
        raise Forbidden(
            "no-trustee",
            "only a scrutineer who is a trustee of this ballot may do this",
            "仅本次票决的密钥保管人(监票人)可以进行此操作",
        )

    def messages(self, step: Step) -> list[Any]:
        """What the trustees posted at a step, in their order; None where one has not."""
        return [seat.get(step.value) for seat in self.seats]

    def has_posted(self, index: int, step: Step, message: Any) -> bool:
        """Whether just this was posted before; Conflict if it was something else, or not now."""
        before = self.seats[index - 1].get(step.value)
        if before is not None and before == message:
            return True
        if before is not None:
            raise Conflict(
                "posted-already",
                f"trustee {index} has posted another {step} already",
                f"第 {index} 号保管人已提交过另一份内容",
            )
        if self.step != step:
            raise Conflict(
                "ceremony-step",
                f"the ceremony is at the step {self.step}, not {step}; missing: {self.missing}",
                f"密钥生成当前步骤为 {self.step};尚缺保管人 {self.missing}",
            )
        return False

    @property
    def missing(self) -> list[int]:
        """Who must still take the present step."""
        return [seat["index"] for seat in self.seats if self.step not in seat]

    def post(self, index: int, step: Step, message: Any) -> bool:
        """Keep a message that was checked; whether it was the last of its step."""
        self.seats = [
            seat | {step.value: message} if seat["index"] == index else seat for seat in self.seats
        ]
        if self.missing:
            return False
        self.step = _AFTER[step].value
        self.record("ceremony.advanced.v1", taken=step.value)
        return True

    def fail(self, index: int | None, because: str, complaint: str | None = None) -> None:
        """End this attempt: a complaint holds, or it is given up; Conflict when it is over already.

        ``index``: of the dealer whose share is false, as ``complaint`` shows.
        """
        if self.step in (Step.DONE, Step.FAILED):
            raise Conflict("ceremony-over", f"the ceremony is {self.step}", "密钥生成已结束")
        self.step, self.failed_because = Step.FAILED.value, because
        self.complaint = complaint
        self.record("ceremony.failed.v1", trustee=index)

    def public_state(self) -> dict[str, Any]:
        """Which ceremony and how far it is; trustees by their number only."""
        return {
            "id": self.id,
            "ballot_id": self.ballot_id,
            "attempt": self.attempt,
            "step": self.step,
        }
