"""The ballot service on both databases: what its calls and events do."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.canonical import digest
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale

from ...harness import Harness
from .congress import (
    CLOSING,
    OFFICERS,
    SCRUTINEER,
    Congress,
    count_body,
    method_body,
    refusal,
    session_body,
    shortlist,
)
from .samples import CITY, DISTRICT, candidate, parameters


def test_from_signing_in_to_the_certified_result(congress: Congress) -> None:
    """The whole way: three candidates for two seats, eight present of nine, five needed."""
    opened = congress.open()
    assert (opened["state"], opened["roll"], opened["rounds"][0]["present"]) == ("open", 9, 8)
    counted = congress.enter(opened, 8, 6, 5)
    assert (counted["state"], counted["verdicts"]) == ("counted", [])
    decided = congress.confirm(counted)
    assert decided["state"] == "decided"
    assert [one["reason"] for one in decided["verdicts"]] == [
        "most-approvals",
        "most-approvals",
        "fewer-approvals",
    ]
    certified = congress.act("certify_ballot", decided, "chief-scrutineer")
    assert (certified["state"], certified["certified_by"]) == ("certified", "c")
    assert congress.service.call("get_ballot", opened["id"]) == certified
    (event,) = congress.service.events("result.certified.v1")
    assert (event.subject, event.version) == (opened["id"], certified["version"])
    assert (event.data["roll"], event.data["present"]) == (9, 8)
    assert [one["chosen"] for one in event.data["candidates"]] == [True, True, False]
    about = congress.shortlist["candidates"][0]
    assert event.data["candidates"][0]["sub_items"] == about["sub_items"]


def test_every_event_keeps_its_contract(congress: Congress) -> None:
    """What the outbox holds: deputies, a session with its officers, a method, sign-ins."""
    congress.open()
    types = [event.type for event in congress.service.events()]
    assert sorted(set(types)) == [
        "ballot.ballot-method.adopted.v1",
        "ballot.ballot-method.discussed.v1",
        "ballot.ballot-method.drafted.v1",
        "ballot.ballot-method.submitted.v1",
        "ballot.ballot.opened.v1",
        "ballot.deputy.enrolled.v1",
        "ballot.deputy.signed-in.v1",
        "ballot.officer.approved.v1",
        "ballot.session.opened.v1",
    ]
    assert len(types) == 9 + 1 + len(OFFICERS) + 4 + 8 + 1


def test_the_result_is_public_only_when_it_is_certified(congress: Congress) -> None:
    """Before the certification there is no result to read; then it has reasons in words."""
    ballot = congress.confirm(congress.enter(congress.open(), 8, 6, 4))
    assert refusal(congress.service.call, "get_ballot_result", ballot["id"]) == (
        "result-not-certified"
    )
    congress.act("certify_ballot", ballot, "chief-scrutineer")
    result = congress.service.call("get_ballot_result", ballot["id"])
    assert [one["chosen"] for one in result["candidates"]] == [True, True, False]
    assert "至少 5 票" in result["candidates"][2]["reason_zh"]
    assert result["rounds"][0]["issued"] == 8


def test_a_tie_leads_to_a_run_off(ballot_service: Harness) -> None:
    """Two level at the last seat: a second round among them decides."""
    congress = Congress(ballot_service, candidates=4)
    congress.sign_in(9)
    tied = congress.confirm(congress.enter(congress.open(), 9, 7, 7, 5, voting=9))
    assert tied["state"] == "tied"
    assert refusal(congress.act, "certify_ballot", tied, "chief-scrutineer") == "ballot-state"
    run_off = congress.act("open_run_off", tied, "secretariat")
    assert run_off["rounds"][1]["seats"] == 1
    assert run_off["rounds"][1]["candidate_ids"] == run_off["rounds"][0]["candidate_ids"][1:3]
    decided = congress.confirm(congress.enter(run_off, 4, 5, voting=9))
    assert [one["chosen"] for one in decided["verdicts"]] == [True, False, True, False]
    rounds = [event.data["round"] for event in ballot_service.events("ballot.opened.v1")]
    assert rounds == [1, 2]


def test_a_shortfall_leads_to_one_re_vote(ballot_service: Harness) -> None:
    """Where the method says so the rest is voted on once more."""
    congress = Congress(ballot_service, shortfall="re-vote")
    congress.sign_in(8)
    short = congress.confirm(congress.enter(congress.open(), 8, 4, 1))
    assert (short["state"], short["open_seats"]) == ("short", 1)
    again = congress.act("open_re_vote", short, "secretariat")
    decided = congress.confirm(congress.enter(again, 5, 1))
    assert (decided["state"], decided["open_seats"]) == ("decided", 0)


def test_two_different_scrutineers_stand_for_a_count(congress: Congress) -> None:
    """Only who entered it replaces it, only another confirms it."""
    counted = congress.enter(congress.open(), 8, 6, 5)
    assert refusal(congress.confirm, counted, subject="a") == "same-scrutineer"
    assert refusal(congress.enter, counted, 8, 6, 4, subject="b") == "count-of-another"
    replaced = congress.enter(counted, 8, 6, 4)
    assert replaced["version"] == counted["version"] + 1
    assert congress.confirm(replaced)["state"] == "decided"


def test_a_confirmation_is_of_the_count_that_was_seen(congress: Congress) -> None:
    """If-Match: a count that was replaced meanwhile is not confirmed."""
    seen = congress.enter(congress.open(), 8, 6, 5)
    congress.enter(seen, 8, 6, 4)
    with pytest.raises(Stale):
        congress.confirm(seen, expected_version=seen["version"])


def test_a_count_that_does_not_add_up_leaves_nothing(congress: Congress) -> None:
    """More papers than deputies present, or more returned than issued: nothing is stored."""
    opened = congress.open()
    assert refusal(congress.enter, opened, 9, 6, 5, voting=9) == "count-does-not-add-up"
    body = count_body(opened, (8, 6, 5), 8) | {"issued": 7}
    given = {"roles": SCRUTINEER, "subject": "a"}
    void = refusal(congress.service.call, "enter_ballot_count", opened["id"], body, **given)
    assert void == "vote-void"
    assert congress.service.call("get_ballot", opened["id"]) == opened


def test_quorum_is_counted_from_the_sign_ins_of_the_day(ballot_service: Harness) -> None:
    """Six of nine are a quorum; yesterday's do not count, and nobody counts twice."""
    congress = Congress(ballot_service)
    congress.sign_in(9, day="2023-02-21")
    congress.sign_in(5)
    assert refusal(congress.open) == "no-quorum"
    again = {"deputy_id": congress.deputies[0], "happened_on": CLOSING}
    signing = refusal(ballot_service.call, "sign_in_deputy", congress.session, again)
    assert signing == "signed-in-already"
    assert refusal(congress.open) == "no-quorum"
    sixth = {"deputy_id": congress.deputies[5], "happened_on": CLOSING}
    ballot_service.call("sign_in_deputy", congress.session, sixth)
    assert congress.open()["rounds"][0]["present"] == 6


def test_who_is_enrolled_after_the_opening_is_not_of_the_frozen_roll(
    ballot_service: Harness,
) -> None:
    """Else fewer than half of those who vote could pass by more than half of the roll."""
    congress = Congress(ballot_service)
    congress.sign_in(8)
    ballot = congress.open()
    late = {"deputy_id": congress.enrol(99)["id"], "happened_on": CLOSING}
    ballot_service.call("sign_in_deputy", congress.session, late)
    with pytest.raises(Invalid) as caught:
        congress.enter(ballot, 5, 5, 1, voting=9)
    assert "/issued" in {error["pointer"] for error in caught.value.errors}
    counted = congress.enter(ballot, 5, 5, 1, voting=8)
    assert (counted["roll"], counted["rounds"][0]["present"]) == (9, 8)


def test_roll_holds_the_deputies_of_the_congress(congress: Congress) -> None:
    """A district's deputy is not on the city's roll and cannot sign in; one of both is, once."""
    stranger = congress.enrol(20, DISTRICT, "district")
    body = {"deputy_id": stranger["id"], "happened_on": CLOSING}
    assert refusal(congress.service.call, "sign_in_deputy", congress.session, body) == "not-on-roll"
    both = {
        "name": "代表丙(合成)",
        "mandates": [
            {"congress": DISTRICT, "level": "district", "delegation": "示例代表组"},
            {"congress": CITY, "level": "city", "delegation": "示例代表团"},
        ],
        "happened_on": "2023-01-05",
    }
    made = congress.service.call("enrol_deputy", both)
    assert [one["congress"] for one in made["mandates"]] == [CITY, DISTRICT]
    assert congress.open()["roll"] == 10
    of_district = congress.service.call("list_deputies", {"congress": DISTRICT})["items"]
    assert {one["id"] for one in of_district} == {stranger["id"], made["id"]}


def test_nothing_opens_without_what_it_needs(congress: Congress) -> None:
    """What is unknown, not adopted, not heard or of another congress is refused by name."""
    nobody = str(uuid.uuid4())
    assert refusal(congress.open, shortlist_id=nobody) == "shortlist-not-heard"
    assert refusal(congress.open, session_id=nobody) == "reference-unknown"
    elsewhere = congress.service.call("open_session", session_body(congress="330106"))
    assert refusal(congress.open, session_id=elsewhere["id"]) == (
        "congress-of-another-jurisdiction"
    )
    draft = congress.service.call("draft_ballot_method", method_body(seats=2))
    assert refusal(congress.open, method_id=draft["id"]) == "method-not-adopted"
    assert refusal(congress.open, method_id=congress.adopted_method(min_margin=2)) == (
        "margin-too-small"
    )


def test_a_shortlist_is_heard_once_and_only_a_higher_version_replaces_it(
    ballot_service: Harness,
) -> None:
    """Twice, and out of order: the copy is the newest."""
    data, id_ = shortlist(3), str(uuid.uuid4())
    hear = ballot_service.deliver
    newer = data | {"adopted_on": "2023-01-20"}
    assert hear("proposal.shortlist.adopted.v1", newer, version=3, id_=id_)
    assert not hear("proposal.shortlist.adopted.v1", newer, version=3, id_=id_)
    assert hear("proposal.shortlist.adopted.v1", data, version=2)
    with ballot_service.engine.connect() as connection:
        table = ballot_service.metadata.tables["shortlists"]
        (row,) = connection.execute(sa.select(table.c.adopted_on, table.c.version))
    assert (row.adopted_on.isoformat(), row.version) == ("2023-01-20", 3)


def digested(congress: Congress, **changed: Any) -> str:
    """Let another shortlist arrive that says its digest; its id."""
    data = shortlist(3)
    data |= {"seats": 2, "digest": digest(data["candidates"])} | changed
    congress.service.deliver("proposal.shortlist.adopted.v1", data)
    return str(data["id"])


def test_a_ballot_is_opened_on_the_list_that_was_adopted(congress: Congress) -> None:
    """The digest is checked against what arrived, and stands in the ballot."""
    ballot = congress.open(shortlist_id=digested(congress))
    assert len(ballot["shortlist_digest"]) == 64
    (listed,) = congress.service.call("list_ballots", {})["items"]
    assert listed["shortlist_digest"] == ballot["shortlist_digest"]


def test_an_earlier_proposal_says_no_digest(congress: Congress) -> None:
    """Its lists are voted on as before."""
    assert congress.open()["shortlist_digest"] is None


def test_no_ballot_is_opened_on_another_list(congress: Congress) -> None:
    """Not if other candidates arrived than the digest is of, nor if the copy was touched."""
    other = [{**candidate(n), "year": 2023} for n in range(1, 4)]
    forged = digested(congress, candidates=other)
    assert refusal(congress.open, shortlist_id=forged) == "shortlist-digest-mismatch"
    touched = digested(congress)
    table = congress.service.metadata.tables["shortlists"]
    with congress.service.engine.begin() as connection:
        query = sa.select(table.c.candidates).where(table.c.id == touched)
        one, *others = connection.execute(query).scalar_one()
        change = sa.update(table).where(table.c.id == touched)
        connection.execute(change.values(candidates=[one | {"name": "另一项"}, *others]))
    assert refusal(congress.open, shortlist_id=touched) == "shortlist-digest-mismatch"


def test_too_small_a_margin_is_told_in_numbers(congress: Congress) -> None:
    """How many candidates, how many seats, how many the method asks for."""
    method = congress.adopted_method(min_margin="3/5")
    with pytest.raises(Conflict) as caught:
        congress.open(method_id=method)
    assert caught.value.code == "margin-too-small"
    assert caught.value.errors == [
        {"pointer": "/shortlist_id", "detail": "candidates 3, seats 2, required 4"}
    ]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"seats": 0}, "/parameters/seats"),
        ({"quorum": {"share": "two thirds", "inclusive": True}}, "/parameters/quorum/share"),
        ({"min_margin": [1]}, "/parameters/min_margin"),
        ({"tie": "lot"}, "/parameters/tie"),
        ({"choice": "tick-exactly"}, "/parameters/undervote"),
    ],
)
def test_a_malformed_method_is_refused_at_its_place(
    ballot_service: Harness, changed: dict[str, Any], pointer: str
) -> None:
    """The error says which parameter."""
    with pytest.raises(Invalid) as caught:
        ballot_service.call("draft_ballot_method", method_body(**changed))
    assert pointer in [error["pointer"] for error in caught.value.errors]


def test_a_changed_method_is_a_new_record(ballot_service: Harness) -> None:
    """It names the one that it supersedes, which must exist."""
    first = ballot_service.call("draft_ballot_method", method_body())
    second = ballot_service.call("draft_ballot_method", method_body(supersedes=first["id"]))
    assert second["supersedes"] == first["id"]
    assert ballot_service.call("get_ballot_method", first["id"])["parameters"] == parameters()
    with pytest.raises(Invalid):
        ballot_service.call("draft_ballot_method", method_body(supersedes=str(uuid.uuid4())))


def test_a_session_is_announced_once(ballot_service: Harness) -> None:
    """Congress, term and ordinal make it one."""
    made = ballot_service.call("open_session", session_body())
    with pytest.raises(Conflict):
        ballot_service.call("open_session", session_body())
    ballot_service.call("open_session", session_body(congress=DISTRICT))
    assert ballot_service.call("get_session", made["id"]) == made
    page = ballot_service.call("list_sessions", {"congress": CITY})
    assert page["items"] == [made]


def test_lists_come_in_pages_without_counts(congress: Congress) -> None:
    """Deputies in pages, each once; ballots without what is being counted."""
    first = congress.service.call("list_deputies", {"limit": "5"})
    rest = congress.service.call("list_deputies", {"limit": "5", "cursor": first["next"]})
    seen = [one["id"] for one in first["items"] + rest["items"]]
    assert sorted(seen) == sorted(congress.deputies)
    congress.enter(congress.open(), 8, 6, 5)
    (ballot,) = congress.service.call("list_ballots", {"year": "2023"})["items"]
    assert not {"rounds", "verdicts"} & set(ballot)
    assert congress.service.call("list_ballots", {"year": "2022"})["items"] == []


def test_only_the_chief_scrutineer_certifies(congress: Congress) -> None:
    """The role is asked for here too, not in the gateway alone."""
    decided = congress.confirm(congress.enter(congress.open(), 8, 6, 5))
    with pytest.raises(Forbidden):
        congress.act("certify_ballot", decided, "scrutineer")


def test_what_does_not_exist_is_not_found(ballot_service: Harness) -> None:
    """Each kind of thing."""
    for method in ("get_deputy", "get_session", "get_ballot_method", "get_ballot"):
        with pytest.raises(NotFound):
            ballot_service.call(method, str(uuid.uuid4()))
