"""Suggestions: what people and deputies say they need."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

AUTHORS = ("deputy", "resident", "department", "organisation")
#: Who speaks for a body, not for herself.
OFFICIAL = ("department", "organisation")
CHANNELS = (
    "session",
    "activity",
    "station",
    "zheliban",
    "zhezhengding",
    "hotline",
    "letter",
    "reception",
    "site",
    "import",
)
SUBMITTED, ACCEPTED, RETURNED = STATES = ("submitted", "accepted", "returned")


@dataclass(eq=False)
class Suggestion(Aggregate):
    """One matter that somebody asks for (代表建议、群众建议).

    ``year``: of the projects that it is meant for.  ``author_kind``: in what capacity it was
    made; only a deputy's names its author, by her id in the register.  ``division``: code of the
    place (GB/T 2260); ``longitude``, ``latitude``: degrees, WGS-84.  ``matched_sub_item``: the
    voted sub-item that its content matches (相吻合); with ``matched_on`` but without a sub-item,
    somebody looked and found none.

    ``beneficiaries``: who benefits, in words.  ``datum``: WGS-84, GCJ-02 or BD-09, in which the
    sender gave ``given_longitude`` and ``given_latitude``.  ``attachments``: ``{sha256, name}``.
    ``author``: a pseudonym of whoever submitted it herself; ``entered_by``: who of the staff
    entered it on somebody's behalf.  ``source``, ``source_id``: where an imported one comes from.
    ``answer_due_on``: the day by which it must be answered, ``answer_due_provisional`` while the
    year's working days are not announced yet.
    """

    id: str
    year: int
    author_kind: str
    deputy_id: str | None
    channel: str
    aspect: str
    title: str
    text: str
    division: str | None
    longitude: float | None
    latitude: float | None
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = SUBMITTED
    sorted_on: dt.date | None = None
    sorted_by: str | None = None
    reason: str | None = None
    matched_sub_item: str | None = None
    matched_on: dt.date | None = None
    matched_by: str | None = None
    beneficiaries: str | None = None
    round_id: str | None = None
    activity_id: str | None = None
    datum: str | None = None
    given_longitude: float | None = None
    given_latitude: float | None = None
    attachments: list[dict[str, Any]] | None = None
    author: str | None = None
    entered_by: str | None = None
    source: str | None = None
    source_id: str | None = None
    supporters: int = 0
    cosigners: int = 0
    withdrawn_on: dt.date | None = None
    answer_due_on: dt.date | None = None
    answer_due_provisional: bool = False
    answered_on: dt.date | None = None
    version: int = 0

    @classmethod
    def submit(
        cls,
        *,
        year: int,
        author_kind: str,
        deputy_id: str | None,
        channel: str,
        aspect: str,
        title: str,
        text: str,
        place: dict[str, Any] | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Suggestion:
        """A new suggestion; Invalid unless a deputy's names the deputy and no other does."""
        if (author_kind == "deputy") != (deputy_id is not None):
            raise Invalid(
                "author-unclear",
                "a deputy's suggestion names the deputy, any other does not",
                "代表建议须注明代表,其他建议不得填写代表",
                [{"pointer": "/deputy_id", "detail": "goes with author_kind deputy"}],
            )
        place = place or {}
        suggestion = cls(
            id=new_id(),
            year=year,
            author_kind=author_kind,
            deputy_id=deputy_id,
            channel=channel,
            aspect=aspect,
            title=title,
            text=text,
            division=place.get("division"),
            longitude=place.get("longitude"),
            latitude=place.get("latitude"),
            happened_on=happened_on,
            recorded_at=recorded_at,
        )
        suggestion._tell("submitted")
        return suggestion

    def sort(
        self, outcome: str, aspect: str | None, reason: str | None, *, by: str, day: dt.date
    ) -> None:
        """Accept or return it (梳理), perhaps under another aspect; once, by a person, on a day.

        Raises Conflict if it is sorted already, Invalid without a reason for a return or for a
        day before it was made.
        """
        if self.state != SUBMITTED:
            raise Conflict(
                "suggestion-sorted", "this suggestion has been sorted already", "该建议已经梳理"
            )
        if outcome == RETURNED and not reason:
            raise Invalid(
                "reason-missing",
                "a return needs a reason, which reaches the author",
                "退回须说明理由并告知提出人",
                [{"pointer": "/reason", "detail": "is required for a return"}],
            )
        not_before(day, self.happened_on)
        self.state = outcome
        self.aspect = aspect or self.aspect
        self.reason = reason
        self.sorted_on, self.sorted_by = day, by
        self._tell("sorted")

    def match(self, sub_item_id: str | None, *, by: str, day: dt.date) -> None:
        """Say which voted sub-item its content matches (相吻合), or that none does.

        A later judgement replaces the earlier one.  Raises Conflict unless it was accepted.
        """
        if self.state != ACCEPTED or self.sorted_on is None:
            raise Conflict(
                "suggestion-not-accepted",
                "only an accepted suggestion is compared with what was voted",
                "只有已采纳梳理的建议才与票决结果比对",
            )
        not_before(day, self.sorted_on)
        self.matched_sub_item = sub_item_id
        self.matched_on, self.matched_by = day, by
        self._tell("matched")

    def _tell(self, what: str) -> None:
        """Record an event; it concerns the district where the place is."""
        concerns = (self.division,) if self.division else ()
        self.record(f"suggestion.{what}.v1", concerns=concerns)

    def public_state(self) -> dict[str, Any]:
        """For events: everything but the text, the exact place and who handled it."""
        matched = None
        if self.matched_on:
            matched = {
                "sub_item_id": self.matched_sub_item,
                "matched_on": self.matched_on.isoformat(),
            }
        return {
            "id": self.id,
            "year": self.year,
            "author_kind": self.author_kind,
            "deputy_id": self.deputy_id,
            "channel": self.channel,
            "aspect": self.aspect,
            "title": self.title,
            "division": self.division,
            "happened_on": self.happened_on.isoformat(),
            "state": self.state,
            "sorted_on": self.sorted_on.isoformat() if self.sorted_on else None,
            "matched": matched,
        }
