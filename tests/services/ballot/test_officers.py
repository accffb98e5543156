"""The officers of a session in the service: who is recorded, and who may do what."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from services.commons.errors import Forbidden, NotFound

from ...harness import Harness
from .congress import CHIEF, OFFICERS, SCRUTINEER, Congress, refusal, session_body
from .samples import CITY


def test_officers_are_recorded_and_listed(congress: Congress) -> None:
    """With name and subject for those who work with them, and without either in the events."""
    page = congress.service.call("list_officers", congress.session, {})
    found = {one["subject"]: one["role"] for one in page["items"]}
    assert found == OFFICERS
    assert {one["put_up_by"] for one in page["items"]} == {"示例代表团"}
    events = congress.service.events("officer.approved.v1")
    assert sorted(event.data["role"] for event in events) == sorted(OFFICERS.values())
    assert not [e for e in events if {"name", "subject"} & set(e.data) or "虚构" in str(e.data)]
    with pytest.raises(NotFound):
        congress.service.call("list_officers", str(uuid.uuid4()), {})


def test_one_person_one_office_and_one_chief(congress: Congress) -> None:
    """In a session; in another she may hold another."""
    assert refusal(congress.approve, "a", "teller") == "office-held"
    assert refusal(congress.approve, "x", "chief-scrutineer") == "chief-scrutineer-named"
    congress.approve("y", "deputy-chief-scrutineer")
    other = congress.service.call("open_session", session_body(ordinal=4))["id"]
    congress.approve("a", "chief-scrutineer", session=other)


@pytest.mark.parametrize(
    ("role", "changed", "code"),
    [
        ("scrutineer", {"put_up_by": None}, "delegation-missing"),
        ("scrutineer", {"put_up_by": "无此代表团"}, "delegation-unknown"),
        ("teller", {"put_up_by": "无此代表团"}, "delegation-unknown"),
        ("teller", {"happened_on": "2023-02-17"}, "day-outside-session"),
        ("usher", {}, "body-invalid"),
    ],
)
def test_what_is_no_officer(
    congress: Congress, role: str, changed: dict[str, Any], code: str
) -> None:
    """A scrutineer is put up by a delegation of this congress, and passed by it in session."""
    assert refusal(congress.approve, "x", role, **changed) == code


def test_tellers_and_chairpersons_need_no_delegation(congress: Congress) -> None:
    """The secretariat names tellers, the presidium its executive chairpersons."""
    congress.approve("x", "teller", put_up_by=None)
    congress.approve("y", "executive-chairperson", put_up_by=None)


def test_scrutineers_are_passed_before_the_ballot_opens(ballot_service: Harness) -> None:
    """No ballot without a chief and another scrutineer; none is added once one was opened."""
    congress = Congress(ballot_service)
    bare = ballot_service.call("open_session", session_body(ordinal=4))["id"]
    for deputy in congress.deputies[:8]:
        body = {"deputy_id": deputy, "happened_on": "2023-02-22"}
        ballot_service.call("sign_in_deputy", bare, body)
    assert refusal(congress.open, session_id=bare) == "scrutineers-missing"
    congress.approve("x", "scrutineer", session=bare)
    congress.approve("t", "teller", session=bare)
    assert refusal(congress.open, session_id=bare) == "scrutineers-missing"
    congress.approve("c", "chief-scrutineer", session=bare, happened_on="2023-02-22")
    congress.open(session_id=bare)
    for role in ("scrutineer", "deputy-chief-scrutineer"):
        late = refusal(congress.approve, "z", role, session=bare, happened_on="2023-02-20")
        assert late == "scrutineers-after-opening"
    congress.approve("z", "teller", session=bare)


def test_a_chief_who_is_passed_later_does_not_count_yet(ballot_service: Harness) -> None:
    """The day of the ballot decides, not the order of recording."""
    congress = Congress(ballot_service)
    congress.sign_in(8, day="2023-02-21")
    bare = ballot_service.call("open_session", session_body(ordinal=4))["id"]
    for deputy in congress.deputies[:8]:
        body = {"deputy_id": deputy, "happened_on": "2023-02-21"}
        ballot_service.call("sign_in_deputy", bare, body)
    congress.approve("x", "scrutineer", session=bare)
    congress.approve("c", "chief-scrutineer", session=bare, happened_on="2023-02-22")
    opening = {"session_id": bare, "happened_on": "2023-02-21"}
    assert refusal(congress.open, **opening) == "scrutineers-missing"


def test_a_teller_enters_and_does_not_confirm(congress: Congress) -> None:
    """She may enter a count; a scrutineer confirms it."""
    counted = congress.enter(congress.open(), 8, 6, 5, subject="t", roles=("teller", "recorder"))
    assert counted["rounds"][0]["entered_by"] == "t"
    again = congress.enter(counted, 8, 6, 5, subject="t", roles=("teller", "recorder"))
    congress.approve("u", "teller")
    assert refusal(congress.confirm, again, subject="u") == "not-an-officer"
    assert congress.confirm(again, subject="d")["state"] == "decided"


@pytest.mark.parametrize("subject", ["nobody", "p"])
def test_the_role_of_a_token_makes_no_officer(congress: Congress, subject: str) -> None:
    """Whoever is not recorded in the session neither enters nor confirms nor certifies."""
    opened = congress.open()
    assert refusal(congress.enter, opened, 8, 6, 5, subject=subject) == "not-an-officer"
    counted = congress.enter(opened, 8, 6, 5)
    assert refusal(congress.confirm, counted, subject=subject) == "not-an-officer"
    decided = congress.confirm(counted)
    certifying = ("certify_ballot", decided, "chief-scrutineer")
    assert refusal(congress.act, *certifying, subject=subject) == "not-an-officer"
    assert congress.service.call("get_ballot", opened["id"]) == decided


def test_an_officer_of_another_session_is_none_of_this(congress: Congress) -> None:
    """The office is of one session."""
    other = congress.service.call("open_session", session_body(ordinal=4))["id"]
    congress.approve("x", "scrutineer", session=other)
    assert refusal(congress.enter, congress.open(), 8, 6, 5, subject="x") == "not-an-officer"


def test_the_deputy_chief_certifies_in_the_chiefs_absence(congress: Congress) -> None:
    """She says so, and it is kept in which office it was certified; a scrutineer never does."""
    decided = congress.confirm(congress.enter(congress.open(), 8, 6, 5))
    certify = ("certify_ballot", decided, "chief-scrutineer")
    assert refusal(congress.act, *certify, subject="a") == "not-an-officer"
    assert refusal(congress.act, *certify, subject="d") == "chief-not-absent"
    with pytest.raises(Forbidden):
        congress.act("certify_ballot", decided, "scrutineer", subject="d", chief_absent=True)
    certified = congress.act(*certify, subject="d", chief_absent=True)
    assert (certified["certified_by"], certified["certified_as"]) == (
        "d",
        "deputy-chief-scrutineer",
    )


def test_the_chief_may_enter_or_confirm_like_any_scrutineer(congress: Congress) -> None:
    """She is one of them."""
    counted = congress.enter(congress.open(), 8, 6, 5, subject="c", roles=CHIEF)
    assert congress.confirm(counted, roles=SCRUTINEER)["state"] == "decided"


def test_the_roll_of_another_congress_puts_nobody_up(congress: Congress) -> None:
    """A delegation is one of the session's own congress."""
    elsewhere = congress.service.call("open_session", session_body(congress="330106"))["id"]
    assert CITY != "330106"
    assert refusal(congress.approve, "x", "scrutineer", session=elsewhere) == "delegation-unknown"
