"""What was given to a unit is given back in time, and heard once of a unit beside the lead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

import pytest

from services.commons.errors import Conflict, Invalid
from services.commons.handing import CO_HANDLING, LEAD, Handing

DAY = dt.date(2023, 5, 16)
NEXT = DAY + dt.timedelta(days=1)


@dataclass(eq=False)
class Given(Handing):
    """One of them."""

    ENDED: ClassVar[str] = "given-ended"

    role: str
    happened_on: dt.date = DAY
    return_until: dt.date | None = DAY
    returned_on: dt.date | None = None
    return_reason: str | None = None
    returned_by: str | None = None
    opinion: str | None = None
    opinion_on: dt.date | None = None
    opinion_by: str | None = None
    ended_on: dt.date | None = None


def test_it_is_given_back_until_its_last_day_and_once() -> None:
    """Not later, not before it was given, and not again."""
    given = Given(LEAD)
    with pytest.raises(Conflict, match="return-too-late"):
        given.give_back("(合成)", NEXT, by="x")
    with pytest.raises(Invalid, match="day-before"):
        given.give_back("(合成)", DAY - dt.timedelta(days=1), by="x")
    given.give_back("(合成)", DAY, by="x")
    assert (given.returned_on, given.ended_on, given.returned_by) == (DAY, DAY, "x")
    with pytest.raises(Conflict, match="given-ended"):
        given.give_back("(合成)", DAY, by="x")


def test_a_unit_beside_the_lead_gives_its_opinion_once() -> None:
    """The lead gives none, and nobody who has handed it on."""
    with pytest.raises(Conflict, match="opinion-not-asked"):
        Given(LEAD).give_opinion("(合成)", DAY, by="x")
    beside = Given(CO_HANDLING)
    beside.give_opinion("(合成)", DAY, by="x")
    with pytest.raises(Conflict, match="opinion-not-asked"):
        beside.give_opinion("(合成)", DAY, by="x")
    beside.end(NEXT)
    beside.end(DAY)
    assert beside.ended_on == NEXT
    with pytest.raises(Conflict, match="given-ended"):
        beside.give_opinion("(合成)", NEXT, by="x")
