"""Officers of a session: what they are, and what they may do on which day."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.model.officer import (
    ANNOUNCING,
    CERTIFYING,
    CONFIRMING,
    ENTERING,
    Office,
    acting,
    check_scrutineers,
)
from services.commons.errors import Conflict, Forbidden, ServiceError
from tests.services.ballot.samples import day, officer

#: What each office may do: enter, confirm, certify, announce.
MAY = {
    "chief-scrutineer": (True, True, True, False),
    "deputy-chief-scrutineer": (True, True, True, False),
    "scrutineer": (True, True, False, False),
    "teller": (True, False, False, False),
    "executive-chairperson": (False, False, False, True),
}


@pytest.mark.parametrize("role", [office.value for office in Office])
def test_what_an_office_may_do(role: str) -> None:
    """Each deed needs one of its offices, and the day on which it was given or a later one."""
    person = officer(role)
    for offices, may in zip((ENTERING, CONFIRMING, CERTIFYING, ANNOUNCING), MAY[role], strict=True):
        if may:
            assert acting(person, offices, day("02-20")).value == role
            with pytest.raises(Forbidden, match="not-an-officer"):
                acting(person, offices, day("02-19"))
        else:
            with pytest.raises(Forbidden, match="not-an-officer"):
                acting(person, offices, day("02-22"))


def test_whoever_is_not_recorded_does_nothing() -> None:
    """The refusal names the offices that may, in both languages."""
    with pytest.raises(Forbidden) as caught:
        acting(None, CERTIFYING, day("02-22"))
    assert "deputy-chief-scrutineer" in caught.value.en and "副总监票人" in caught.value.zh


def test_the_event_names_nobody() -> None:
    """Neither name nor subject leaves the service."""
    person = officer("scrutineer", "who-she-is")
    (event,) = person.take_recorded()
    told = person.public_state() | event.detail
    assert event.type == "officer.approved.v1"
    assert "who-she-is" not in str(told) and "虚构" not in str(told)


@pytest.mark.parametrize(
    ("subject", "role", "changed", "code"),
    [
        ("x", "chief-scrutineer", {}, "chief-scrutineer-named"),
        ("chief", "teller", {}, "office-held"),
        ("x", "scrutineer", {"has_voted": True}, "scrutineers-after-opening"),
        ("x", "deputy-chief-scrutineer", {"has_voted": True}, "scrutineers-after-opening"),
        ("x", "scrutineer", {"put_up_by": None}, "delegation-missing"),
        ("x", "executive-chairperson", {"approved_on": day("02-23")}, "day-outside-session"),
    ],
)
def test_what_is_refused(subject: str, role: str, changed: dict[str, Any], code: str) -> None:
    """Beside a chief who is there already."""
    chief = officer("chief-scrutineer", "chief")
    with pytest.raises(ServiceError) as caught:
        officer(role, subject, chief, **changed)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("roles", "lacking"),
    [
        ((), 2),
        (("chief-scrutineer",), 1),
        (("scrutineer", "scrutineer"), 1),
        (("chief-scrutineer", "teller", "executive-chairperson"), 1),
    ],
)
def test_a_ballot_needs_its_scrutineers(roles: tuple[str, ...], lacking: int) -> None:
    """Two who count and a chief who certifies; 409 says which are missing."""
    people = [officer(role, str(n)) for n, role in enumerate(roles)]
    with pytest.raises(Conflict, match="scrutineers-missing") as caught:
        check_scrutineers(people, day("02-22"))
    assert len(caught.value.errors) == lacking


@pytest.mark.parametrize("other", ["scrutineer", "deputy-chief-scrutineer"])
def test_a_chief_and_another_suffice(other: str) -> None:
    """One enters, the other confirms; but not before both were passed."""
    people = [officer("chief-scrutineer", "c"), officer(other, "o")]
    check_scrutineers(people, day("02-20"))
    with pytest.raises(Conflict, match="scrutineers-missing"):
        check_scrutineers(people, day("02-19"))
