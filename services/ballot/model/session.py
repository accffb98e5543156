"""A session (会议) of a congress, and the deputies' signing in (签到) on each of its days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Invalid

from .deputy import Deputy


@dataclass(eq=False, kw_only=True)
class Session(Aggregate):
    """One session of a congress: the ``ordinal``-th of its ``term`` (十四届三次: 14, 3).

    ``congress``: the division code (GB/T 2260) whose congress meets.  ``opens_on`` to
    ``closes_on``: both days included.  Its roll (应到代表) are the deputies with a mandate in this
    congress who were enrolled on or before ``opens_on``.
    """

    id: str
    congress: str
    term: int
    ordinal: int
    name: str
    opens_on: dt.date
    closes_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def open(
        cls,
        *,
        congress: str,
        term: int,
        ordinal: int,
        name: str,
        opens_on: dt.date,
        closes_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Session:
        """A session; raises Invalid if it ends before it begins."""
        not_before(closes_on, opens_on, "/closes_on")
        session = cls(
            id=new_id(),
            congress=congress,
            term=term,
            ordinal=ordinal,
            name=name,
            opens_on=opens_on,
            closes_on=closes_on,
            recorded_at=recorded_at,
        )
        session.record("session.opened.v1")
        return session

    def check_day(self, day: dt.date) -> None:
        """Raise Invalid unless the session sits on that day."""
        if not self.opens_on <= day <= self.closes_on:
            raise Invalid(
                "day-outside-session",
                f"the session sits from {self.opens_on} to {self.closes_on}",
                f"会议日期为 {self.opens_on} 至 {self.closes_on}",
                errors=[{"pointer": "/happened_on", "detail": "不在会期内"}],
            )

    def has_on_roll(self, deputy: Deputy) -> bool:
        """Whether the deputy belongs to the roll of this session."""
        return deputy.sits_in(self.congress) and deputy.enrolled_on <= self.opens_on

    def sign_in(self, deputy: Deputy, on: dt.date, recorded_at: dt.datetime) -> SignIn:
        """The deputy is present on that day; raises Invalid if she is not on the roll."""
        self.check_day(on)
        if not self.has_on_roll(deputy):
            raise Invalid(
                "not-on-roll",
                "the deputy has no mandate in this congress, or was enrolled after its opening",
                "该代表不属于本次会议的应到代表",
                errors=[{"pointer": "/deputy_id", "detail": "不在应到代表名册"}],
            )
        present = SignIn(
            id=new_id(),
            session_id=self.id,
            deputy_id=deputy.id,
            happened_on=on,
            recorded_at=recorded_at,
        )
        present.record("deputy.signed-in.v1")
        return present

    def public_state(self) -> dict[str, Any]:
        """What the session's events carry; ``year`` is the one it opens in."""
        return {
            "id": self.id,
            "congress": self.congress,
            "term": self.term,
            "ordinal": self.ordinal,
            "year": self.opens_on.year,
            "opens_on": self.opens_on.isoformat(),
            "closes_on": self.closes_on.isoformat(),
        }


@dataclass(eq=False, kw_only=True)
class SignIn(Aggregate):
    """One deputy present (实到) on one day of one session: once a day, and in person."""

    id: str
    session_id: str
    deputy_id: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """The whole record but the time of recording."""
        return {
            "id": self.id,
            "session_id": self.session_id,
            "deputy_id": self.deputy_id,
            "happened_on": self.happened_on.isoformat(),
        }
