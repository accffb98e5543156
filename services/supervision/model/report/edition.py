"""The life of a report: editions that never change, and the meeting that one goes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.canonical import digest
from services.commons.clock import not_before
from services.commons.errors import Conflict

STATES = DRAFTED, SUBMITTED, DELIBERATED, WITHDRAWN = (
    "drafted",
    "submitted",
    "deliberated",
    "withdrawn",
)
#: To whom a report goes: 常务委员会会议, 代表大会会议, 主任会议.
BODIES = ("standing-committee", "congress", "chairpersons")


@dataclass(eq=False)
class Edition(Aggregate):
    """An edition of a year's report (报告稿), as it stood when it was drafted.

    ``number``: from 1 within the year; ``figures``, ``document``, ``markdown``: what it said;
    ``digest``: SHA-256 over all of that, see :meth:`sealed`.  None of these ever changes, whatever
    becomes of the records.  ``meeting``: ``{"body", "congress", "term", "ordinal", "held_on"}``.
    """

    id: str
    year: int
    number: int
    title: str
    as_of: dt.date
    completed_by: dt.date
    figures: list[dict[str, Any]]
    document: dict[str, Any]
    markdown: str
    digest: str
    note: str
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = DRAFTED
    meeting: dict[str, Any] | None = None
    submitted_on: dt.date | None = None
    deliberated_on: dt.date | None = None
    withdrawn_on: dt.date | None = None
    withdrawal_reason: str | None = None
    version: int = 0

    @classmethod
    def draft(cls, *, happened_on: dt.date, recorded_at: dt.datetime, **said: Any) -> Edition:
        """Freeze what a report says now."""
        return cls(
            id=new_id(),
            digest=cls.sealed(said),
            happened_on=happened_on,
            recorded_at=recorded_at,
            **said,
        )

    @staticmethod
    def sealed(said: dict[str, Any]) -> str:
        """SHA-256 of the canonical JSON (RFC 8785) of year, as_of, title, figures and Markdown."""
        return digest(
            {
                "year": said["year"],
                "as_of": said["as_of"].isoformat(),
                "title": said["title"],
                "figures": said["figures"],
                "markdown": said["markdown"],
            }
        )

    def submit(self, meeting: dict[str, Any], happened_on: dt.date) -> None:
        """Hand it to a numbered meeting; Conflict unless it is a draft."""
        self._must_be(DRAFTED, "submitted", "提请审议")
        self.submitted_on = not_before(happened_on, self.happened_on)
        not_before(meeting["held_on"], happened_on, "/held_on")
        self.meeting = meeting | {"held_on": meeting["held_on"].isoformat()}
        self.state = SUBMITTED
        self.record("report-edition.submitted.v1")

    def withdraw(self, reason: str, happened_on: dt.date) -> None:
        """Take it back before the meeting deliberates on it; another may go there instead."""
        self._must_be(SUBMITTED, "withdrawn", "撤回")
        self.withdrawn_on = not_before(happened_on, self.submitted_on)
        self.withdrawal_reason = reason
        self.state = WITHDRAWN
        self.record("report-edition.withdrawn.v1")

    def deliberate(self, happened_on: dt.date) -> None:
        """The meeting has deliberated on it (审议), on its day at the earliest."""
        self._must_be(SUBMITTED, "deliberated on", "审议")
        not_before(happened_on, self.submitted_on)
        held_on = dt.date.fromisoformat(self.meeting["held_on"]) if self.meeting else None
        self.deliberated_on = not_before(happened_on, held_on)
        self.state = DELIBERATED
        self.record("report-edition.deliberated.v1")

    def deliberated(self) -> dt.date:
        """The day on which it was; Conflict before."""
        if self.deliberated_on is None:
            raise Conflict(
                "edition-not-deliberated",
                "only of an edition that was deliberated on there are opinions",
                "报告尚未审议,没有审议意见",
                [{"pointer": "/edition_id", "detail": "was not deliberated on"}],
            )
        return self.deliberated_on

    def _must_be(self, state: str, en: str, zh: str) -> None:
        if self.state != state:
            raise Conflict(
                f"edition-{self.state}",
                f"this edition is {self.state} and cannot be {en}",
                f"该报告稿现为 {self.state} 状态,不能{zh}",
            )

    def public_state(self) -> dict[str, Any]:
        """For events: never what it says."""
        return {
            "id": self.id,
            "year": self.year,
            "number": self.number,
            "digest": self.digest,
            "state": self.state,
            "meeting": self.meeting,
            "submitted_on": _iso(self.submitted_on),
            "deliberated_on": _iso(self.deliberated_on),
        }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
