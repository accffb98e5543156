"""Deputies, sessions, signing in, and methods."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.model.deputy import Deputy
from services.commons.errors import Invalid
from tests.services.ballot.samples import CITY, DISTRICT, NOON, day, method, parameters, session


def deputy(*mandates: tuple[str, str], on: str = "01-10") -> Deputy:
    """A synthetic deputy."""
    return Deputy.enrol(
        name="代表甲(合成)",
        mandates=[
            {"congress": congress, "level": level, "delegation": "示例代表团"}
            for congress, level in mandates
        ],
        enrolled_on=day(on),
        recorded_at=NOON,
    )


def test_one_person_with_two_mandates_is_one_deputy() -> None:
    """A deputy of both levels is enrolled once, and her event names both congresses."""
    both = deputy((DISTRICT, "district"), (CITY, "city"))
    (event,) = both.take_recorded()
    assert event.type == "deputy.enrolled.v1"
    assert [one["congress"] for one in both.public_state()["mandates"]] == [CITY, DISTRICT]
    assert "name" not in both.public_state()


@pytest.mark.parametrize("mandates", [[], [(CITY, "city"), (CITY, "city")]])
def test_mandates_are_one_for_each_congress(mandates: list[Any]) -> None:
    """No deputy without a mandate, none with two in one congress."""
    with pytest.raises(Invalid, match="mandates-invalid"):
        deputy(*mandates)


def test_session_tells_its_year() -> None:
    """The year of a session is the one it opens in."""
    one = session()
    (event,) = one.take_recorded()
    assert event.type == "session.opened.v1"
    assert one.public_state()["year"] == 2023


def test_roll_is_who_was_enrolled_when_it_opened() -> None:
    """The roll holds this congress's deputies enrolled on or before its first day."""
    one = session()
    assert one.has_on_roll(deputy((CITY, "city"), on="02-18"))
    assert not one.has_on_roll(deputy((CITY, "city"), on="02-19"))
    assert not one.has_on_roll(deputy((DISTRICT, "district")))


def test_signing_in() -> None:
    """Whoever is on the roll signs in on a day of the session."""
    one, member = session(), deputy((CITY, "city"))
    record = one.sign_in(member, day("02-22"), NOON)
    (event,) = record.take_recorded()
    assert event.type == "deputy.signed-in.v1"
    assert record.public_state()["deputy_id"] == member.id
    with pytest.raises(Invalid, match="day-outside-session"):
        one.sign_in(member, day("02-23"), NOON)
    with pytest.raises(Invalid, match="not-on-roll"):
        one.sign_in(deputy((DISTRICT, "district")), day("02-22"), NOON)


def test_method_keeps_its_parameters_as_written() -> None:
    """What was drafted is what the record shows."""
    assert method(min_margin="1/5").parameters == parameters(min_margin="1/5")
