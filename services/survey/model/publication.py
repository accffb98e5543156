"""The publication (公布) of a score: decided by somebody, at a time, withdrawn before it or done.

Until then nobody but who prepares it can read a figure; from then on everybody can, for good: what
was published is corrected by a later questionnaire and not taken back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Invalid

WAITING, PUBLISHED, WITHDRAWN = STATES = ("waiting", "published", "withdrawn")


@dataclass(eq=False, kw_only=True)
class Publication(Aggregate):
    """One decision to publish a questionnaire's score.

    ``decided_by``: the body that decided; ``reference``: of the decision (文号、会议);
    ``decided_on``: its day.  ``publishes_at``: the instant from which the score is public.
    ``published_on``: the civil day on which it became so.
    """

    id: str
    questionnaire_id: str
    decided_by: str
    reference: str
    decided_on: dt.date
    publishes_at: dt.datetime
    recorded_at: dt.datetime
    published_on: dt.date | None = None
    withdrawn_on: dt.date | None = None
    withdrawal_reason: str | None = None
    version: int = 0

    @classmethod
    def decide(
        cls,
        questionnaire_id: str,
        *,
        closed_on: dt.date | None,
        decided_by: str,
        reference: str,
        decided_on: dt.date,
        publishes_at: dt.datetime,
        recorded_at: dt.datetime,
    ) -> Publication:
        """A decision; Conflict while answers are taken, Invalid if it came before their end."""
        if closed_on is None:
            raise Conflict(
                "questionnaire-running",
                "close the questionnaire before its publication is decided",
                "测评结束后才能决定公布",
            )
        if decided_on < closed_on:
            raise Invalid(
                "published-before-closing",
                "the score cannot be published before the day of the closing",
                "公布日期不能早于测评结束日期",
                errors=[{"pointer": "/happened_on", "detail": f"早于 {closed_on}"}],
            )
        return cls(
            id=new_id(),
            questionnaire_id=questionnaire_id,
            decided_by=decided_by,
            reference=reference,
            decided_on=decided_on,
            publishes_at=publishes_at,
            recorded_at=recorded_at,
        )

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.withdrawn_on is not None:
            return WITHDRAWN
        return WAITING if self.published_on is None else PUBLISHED

    def is_due(self, now: dt.datetime) -> bool:
        """Whether the score must be public by ``now`` and is not yet."""
        return self.state == WAITING and self.publishes_at <= now

    def carry_out(self, on: dt.date) -> None:
        """Note that the score is public from that day; Conflict unless it was waiting."""
        self._check_waiting()
        self.published_on = on

    def withdraw(self, reason: str, on: dt.date, now: dt.datetime) -> None:
        """Take the decision back, which only can be done before its time; Conflict afterwards."""
        self._check_waiting()
        if self.publishes_at <= now:
            # The score may be read by now, whatever is written here: its time has come.
            raise _too_late()
        if on < self.decided_on:
            raise Invalid(
                "day-before",
                f"this cannot have happened before {self.decided_on}",
                f"日期不能早于 {self.decided_on}",
                [{"pointer": "/happened_on", "detail": f"早于 {self.decided_on}"}],
            )
        self.withdrawn_on, self.withdrawal_reason = on, reason

    def _check_waiting(self) -> None:
        if self.state == WITHDRAWN:
            raise Conflict("publication-withdrawn", "it was withdrawn", "该公布决定已撤回")
        if self.state == PUBLISHED:
            raise _too_late()

    def public_state(self) -> dict[str, Any]:
        """Told with the score; it has no events of its own."""
        return {"id": self.id}


def check_none_waits(earlier: list[Publication]) -> None:
    """Raise Conflict where a decision waits for its time, or the score is public."""
    if any(one.state == PUBLISHED for one in earlier):
        raise Conflict("score-published", "the score is published", "测评结果已经公布")
    if any(one.state == WAITING for one in earlier):
        raise Conflict(
            "publication-waiting",
            "a publication is decided already; withdraw it before another is decided",
            "已有待公布的决定,请先撤回",
        )


def _too_late() -> Conflict:
    return Conflict(
        "publication-done", "the score is published; it stays so", "测评结果已经公布,不能撤回"
    )
