"""The ballot service on both databases: what its calls and events do."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.ballot.service import BallotService
from services.commons.canonical import digest
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, ServiceError, Stale

from ...harness import Harness
from .samples import CITY, DISTRICT, candidate, online, parameters

CLOSING = "2023-02-22"
SCRUTINEER = ("scrutineer", "recorder")
CHIEF = ("chief-scrutineer", "recorder")
DEPUTIES = 9


class Congress:
    """A small congress of nine: its deputies, its session, its method, its shortlist."""

    def __init__(self, service: Harness, candidates: int = 3, **changed: Any) -> None:
        self.service = service
        self.deputies = [self.enrol(n)["id"] for n in range(DEPUTIES)]
        self.session = service.call("open_session", session_body())["id"]
        self.method = self.adopted_method(**changed)
        self.shortlist = shortlist(candidates)
        service.deliver("proposal.shortlist.adopted.v1", self.shortlist)

    def enrol(self, number: int, congress: str = CITY, level: str = "city") -> dict[str, Any]:
        """Enrol a deputy."""
        mandate = {"congress": congress, "level": level, "delegation": "示例代表团"}
        body = {
            "name": f"代表{number}(合成)",
            "mandates": [mandate],
            "happened_on": "2023-01-05",
        }
        found: dict[str, Any] = self.service.call("enrol_deputy", body)
        return found

    def adopted_method(self, **changed: Any) -> str:
        """Draft and adopt a method of two seats."""
        drafted = self.service.call("draft_ballot_method", method_body(seats=2, **changed))
        self.discuss(drafted["id"])
        self.submit(drafted["id"])
        self.adopt(drafted["id"])
        return str(drafted["id"])

    def discuss(self, method: str, delegation: str = "示例代表团", **said: Any) -> Any:
        """A delegation discusses a draft."""
        body = {"delegation": delegation, "happened_on": "2023-02-18"} | said
        return self.service.call("discuss_ballot_method", method, body)

    def submit(self, method: str) -> Any:
        """The presidium passes a draft."""
        body = {"submitted_by": "大会主席团(合成)", "happened_on": "2023-02-19"}
        return self.service.call("submit_ballot_method", method, body)

    def adopt(self, method: str) -> Any:
        """The plenary adopts a method."""
        body = {"adopted_by": "大会全体会议(合成)", "happened_on": "2023-02-20"}
        return self.service.call("adopt_ballot_method", method, body)

    def sign_in(self, number: int, day: str = CLOSING) -> None:
        """Sign in the first so many deputies."""
        for deputy in self.deputies[:number]:
            body = {"deputy_id": deputy, "happened_on": day}
            self.service.call("sign_in_deputy", self.session, body)

    def open(self, **changed: Any) -> dict[str, Any]:
        """Open the ballot."""
        body = {
            "session_id": self.session,
            "shortlist_id": self.shortlist["id"],
            "method_id": self.method,
            "happened_on": CLOSING,
        }
        found: dict[str, Any] = self.service.call("open_ballot", body | changed)
        return found

    def enter(self, ballot: dict[str, Any], *approvals: int, **how: Any) -> dict[str, Any]:
        """Enter the latest round's count as scrutineer ``a``, everyone else opposing."""
        body = count_body(ballot, approvals, how.pop("voting", 8))
        given = {"roles": SCRUTINEER, "subject": "a"} | how
        found: dict[str, Any] = self.service.call("enter_ballot_count", ballot["id"], body, **given)
        return found

    def confirm(self, ballot: dict[str, Any], **how: Any) -> dict[str, Any]:
        """Confirm the latest round's count as scrutineer ``b``."""
        given = {"roles": SCRUTINEER, "subject": "b"} | how
        number = ballot["rounds"][-1]["number"]
        body = {"happened_on": CLOSING}
        found: dict[str, Any] = self.service.call(
            "confirm_ballot_count", ballot["id"], number, body, **given
        )
        return found

    def act(self, method: str, ballot: dict[str, Any], *roles: str) -> dict[str, Any]:
        """Take a ballot one step further."""
        body = {"happened_on": CLOSING}
        found: dict[str, Any] = self.service.call(
            method, ballot["id"], body, roles=(*roles, "recorder"), subject="c"
        )
        return found


def session_body(**changed: Any) -> dict[str, Any]:
    """A session of five days."""
    return {
        "congress": CITY,
        "term": 14,
        "ordinal": 3,
        "name": "某市第十四届人民代表大会第三次会议(合成)",
        "opens_on": "2023-02-18",
        "closes_on": CLOSING,
    } | changed


def method_body(supersedes: str | None = None, **changed: Any) -> dict[str, Any]:
    """A draft."""
    return {
        "title": "票决办法(合成)",
        "text": "合成文本",
        "parameters": parameters(**changed),
        "supersedes": supersedes,
        "happened_on": "2023-02-10",
    }


def shortlist(number: int) -> dict[str, Any]:
    """What proposal publishes."""
    return {
        "id": str(uuid.uuid4()),
        "year": 2023,
        "adopted_on": "2023-01-18",
        "candidates": [{**candidate(n), "year": 2023} for n in range(1, number + 1)],
    }


def count_body(ballot: dict[str, Any], approvals: tuple[int, ...], voting: int) -> dict[str, Any]:
    """A paper count."""
    ids = ballot["rounds"][-1]["candidate_ids"]
    return {
        "medium": "paper",
        "issued": voting,
        "returned": voting,
        "valid": voting,
        "invalid": 0,
        "candidates": [
            {"candidate_id": id_, "approve": n, "oppose": voting - n, "abstain": 0}
            for id_, n in zip(ids, approvals, strict=True)
        ],
        "happened_on": CLOSING,
    }


@pytest.fixture
def ballot_service(serve: Callable[[Any], Harness]) -> Harness:
    """The service, empty."""
    return serve(BallotService)


@pytest.fixture
def congress(ballot_service: Harness) -> Congress:
    """A congress ready to vote on three candidates for two seats, eight of nine present."""
    made = Congress(ballot_service)
    made.sign_in(8)
    return made


def refusal(call: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """The code with which a call is refused."""
    with pytest.raises(ServiceError) as caught:
        call(*args, **kwargs)
    return caught.value.code


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
    """What the outbox holds: nine deputies, a session, a method, eight sign-ins, a ballot."""
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
        "ballot.session.opened.v1",
    ]
    assert len(types) == 9 + 1 + 4 + 8 + 1


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
    void = refusal(
        congress.service.call, "enter_ballot_count", opened["id"], body, roles=SCRUTINEER
    )
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
    congress.open()
    with pytest.raises(Conflict):
        congress.open()


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


def test_the_life_of_a_method(congress: Congress) -> None:
    """Each step by itself; what is missing and the digest stand in what is read."""
    made = congress.service.call("draft_ballot_method", method_body(seats=2))
    assert [one["step"] for one in made["missing"]] == ["discussed", "submitted", "adopted"]
    assert made["digest"] == digest({"text": made["text"], "parameters": made["parameters"]})
    assert refusal(congress.submit, made["id"]) == "method-step-missing"
    assert refusal(congress.discuss, made["id"], "无此代表团") == "delegation-unknown"
    assert refusal(congress.adopt, made["id"]) == "method-step-missing"
    discussed = congress.discuss(made["id"], opinion="同意(合成)。")
    assert (discussed["stage"], discussed["version"]) == ("discussed", made["version"] + 1)
    assert discussed["discussions"] == [{"delegation": "示例代表团", "happened_on": "2023-02-18"}]
    assert refusal(congress.discuss, made["id"]) == "delegation-discussed"
    assert refusal(congress.adopt, made["id"]) == "method-step-missing"
    assert congress.submit(made["id"])["missing"][0]["step"] == "adopted"
    with pytest.raises(Conflict) as caught:
        congress.open(method_id=made["id"])
    assert "大会全体会议尚未通过" in caught.value.errors[0]["detail"]
    adopted = congress.adopt(made["id"])
    assert (adopted["stage"], adopted["missing"]) == ("adopted", [])
    assert adopted["digest"] == made["digest"]
    assert congress.service.call("get_ballot_method", made["id"]) == adopted
    told = [e for e in congress.service.events() if e.subject == made["id"]]
    assert [e.type.split(".")[2] for e in told] == ["drafted", "discussed", "submitted", "adopted"]
    assert [e.version for e in told] == [1, 2, 3, 4]
    assert "同意" not in str([e.data for e in told])


def test_what_delegations_said_is_listed_by_itself(congress: Congress) -> None:
    """The public record says who discussed it and when; the opinions are another list."""
    made = congress.service.call("draft_ballot_method", method_body(seats=2))
    congress.discuss(made["id"], opinion="同意(合成)。")
    page = congress.service.call("list_ballot_method_discussions", made["id"], {})
    assert [one["opinion"] for one in page["items"]] == ["同意(合成)。"]
    with pytest.raises(NotFound):
        congress.service.call("list_ballot_method_discussions", str(uuid.uuid4()), {})


def test_ranked_ballots_are_not_offered(ballot_service: Harness) -> None:
    """The refusal says so at its place."""
    with pytest.raises(Invalid) as caught:
        ballot_service.call("draft_ballot_method", method_body(choice="ranked"))
    (error,) = caught.value.errors
    assert error["pointer"] == "/parameters/choice"
    assert "not offered" in error["detail"]


def test_an_electronic_method_is_kept_as_it_was_written(ballot_service: Harness) -> None:
    """With all that the vote needs; and only where the media hold it."""
    body = method_body(**online())
    made = ballot_service.call("draft_ballot_method", body)
    assert made["parameters"] == body["parameters"]
    with pytest.raises(Invalid) as caught:
        ballot_service.call("draft_ballot_method", method_body(media=["electronic"]))
    assert [error["pointer"] for error in caught.value.errors] == ["/parameters/electronic"]
