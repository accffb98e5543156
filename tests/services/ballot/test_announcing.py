"""From the certified result to its announcement, and ballots that are held again or not."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.errors import NotFound

from ...harness import Harness
from .congress import CLOSING, Congress, method_body, refusal, session_body


def test_the_announcement_of_a_result(congress: Congress) -> None:
    """Numbered, signed, told to all; facts and text agree with the certified result."""
    certified = congress.certified(8, 6, 4)
    with pytest.raises(NotFound, match="result-not-announced"):
        congress.service.call("get_announcement", certified["id"])
    announced = congress.announce(certified)
    assert (announced["state"], announced["announced_by"]) == ("announced", "p")
    found = congress.service.call("get_announcement", certified["id"])
    result = congress.service.call("get_ballot_result", certified["id"])
    for name in ("roll", "present", "candidates", "rounds", "vacant_seats", "certified_on"):
        assert found[name] == result[name]
    assert (found["number"], found["signed_by"]) == (2, "大会主席团(合成)")
    assert found["version"] == announced["version"]
    assert found["method"]["digest"] == announced["method_digest"]
    assert found["document"]["subtitle"] == "(第2号)"
    (event,) = congress.service.events("result.announced.v1")
    assert (event.subject, event.version) == (certified["id"], announced["version"])
    assert [one["chosen"] for one in event.data["candidates"]] == [True, True, False]
    assert "p" not in event.data.values()
    assert len(congress.service.events("result.certified.v1")) == 1


def test_nothing_is_announced_before_it_is_certified(congress: Congress) -> None:
    """Not while it is open, counted or decided; and nothing is taken back afterwards."""
    opened = congress.open()
    assert refusal(congress.announce, opened) == "ballot-state"
    counted = congress.enter(opened, 8, 6, 4)
    assert refusal(congress.announce, counted) == "ballot-state"
    decided = congress.confirm(counted)
    assert refusal(congress.announce, decided) == "ballot-state"
    certified = congress.act("certify_ballot", decided, "chief-scrutineer")
    early = {"happened_on": "2023-02-21"}
    assert refusal(congress.announce, certified, **early) == "day-before"
    announced = congress.announce(certified)
    assert refusal(congress.announce, announced) == "ballot-state"
    assert refusal(congress.act, "certify_ballot", announced, "chief-scrutineer") == "ballot-state"
    assert refusal(void, congress, announced) == "ballot-state"


@pytest.mark.parametrize("subject", ["a", "c", "d", "t", "nobody"])
def test_only_an_executive_chairperson_announces(congress: Congress, subject: str) -> None:
    """Neither those who counted, nor whoever only has the token's role."""
    certified = congress.certified(8, 6, 4)
    assert refusal(congress.announce, certified, subject=subject) == "not-an-officer"


def test_a_number_is_used_once_in_a_session(ballot_service: Harness) -> None:
    """Two ballots of one session are announced under two numbers."""
    congress = Congress(ballot_service)
    congress.sign_in(8)
    congress.announce(congress.certified(8, 6, 4))
    second = congress.certified(8, 6, 4, shortlist_id=congress.another_shortlist())
    assert refusal(congress.announce, second) == "announcement-number-taken"
    assert congress.announce(second, number=3)["announcement_number"] == 3


def void(congress: Congress, ballot: dict[str, Any], **how: Any) -> dict[str, Any]:
    """The executive chairperson declares a vote void."""
    said = {"reason": "程序有误(合成)", "subject": "p"} | how
    return congress.act("void_ballot", ballot, "executive-chairperson", **said)


def next_session(congress: Congress) -> str:
    """Another session of the same days, with its officers and eight deputies present."""
    made = str(congress.service.call("open_session", session_body(ordinal=4))["id"])
    congress.approve("c", "chief-scrutineer", session=made)
    congress.approve("b", "scrutineer", session=made)
    for deputy in congress.deputies[:8]:
        body = {"deputy_id": deputy, "happened_on": CLOSING}
        congress.service.call("sign_in_deputy", made, body)
    return made


def test_candidates_are_not_voted_on_twice(congress: Congress) -> None:
    """While a ballot on a shortlist is running or has a result there is no second, anywhere."""
    other = next_session(congress)
    opened = congress.open()
    for session in (congress.session, other):
        assert refusal(congress.open, session_id=session) == "shortlist-voted-on"
    decided = congress.confirm(congress.enter(opened, 8, 6, 4))
    congress.act("certify_ballot", decided, "chief-scrutineer")
    assert refusal(congress.open, session_id=other) == "shortlist-voted-on"
    assert len(congress.service.events("ballot.opened.v1")) == 1


def test_a_void_ballot_may_be_held_again_in_another_session(congress: Congress) -> None:
    """Declared by the executive chairperson, with the reason; its event does not tell it."""
    other = next_session(congress)
    opened = congress.open()
    assert refusal(void, congress, opened, subject="c") == "not-an-officer"
    assert refusal(void, congress, opened, happened_on="2023-02-21") == "day-before"
    voided = void(congress, congress.enter(opened, 8, 6, 4))
    assert (voided["state"], voided["void_reason"]) == ("void", "程序有误(合成)")
    assert refusal(congress.confirm, voided) == "ballot-state"
    (event,) = congress.service.events("ballot.voided.v1")
    assert event.data["voided_on"] == CLOSING and "程序" not in str(event.data)
    # In its own session a void vote is held again in the round itself.
    assert refusal(congress.open) == "shortlist-voted-on"
    again = congress.open(session_id=other)
    assert (again["state"], again["session_id"]) == ("open", other)
    with pytest.raises(NotFound):
        congress.service.call("get_ballot_result", opened["id"])


def test_run_offs_repeat_until_they_decide(ballot_service: Harness) -> None:
    """Level again, the same candidates are voted on again (再次投票); each count is announced."""
    congress = Congress(ballot_service, candidates=4)
    congress.sign_in(9)
    ballot = congress.confirm(congress.enter(congress.open(), 9, 7, 7, 5, voting=9))
    tied = ballot["rounds"][0]["candidate_ids"][1:3]
    for number in (2, 3, 4):
        ballot = congress.act("open_run_off", ballot, "secretariat")
        assert ballot["rounds"][-1]["candidate_ids"] == tied
        ballot = congress.confirm(congress.enter(ballot, 4, 4, voting=9))
        assert (ballot["state"], len(ballot["rounds"])) == ("tied", number)
    ballot = congress.act("open_run_off", ballot, "secretariat")
    ballot = congress.confirm(congress.enter(ballot, 4, 5, voting=9))
    assert [one["chosen"] for one in ballot["verdicts"]] == [True, False, True, False]
    assert ballot["verdicts"][2]["round"] == 5
    certified = congress.act("certify_ballot", ballot, "chief-scrutineer")
    congress.announce(certified)
    found = congress.service.call("get_announcement", ballot["id"])
    tables = [block["table"] for block in found["document"]["blocks"] if block["table"]]
    assert len(tables) == 1 + 5
    names = [one["name"] for one in congress.shortlist["candidates"][1:3]]
    assert tables[-1]["rows"] == [[names[0], "4", "5", "0"], [names[1], "5", "4", "0"]]


@pytest.mark.parametrize(
    ("shortfall", "zh", "en"),
    [
        ("next-session", "留待下次会议", "next session"),
        ("leave-vacant", "予以空缺", "vacant"),
    ],
)
def test_open_seats_are_told(ballot_service: Harness, shortfall: str, zh: str, en: str) -> None:
    """What becomes of them stands in the ballot, the result and the announcement."""
    congress = Congress(ballot_service, shortfall=shortfall)
    congress.sign_in(8)
    opened = congress.open()
    assert opened["vacancy"] is None
    decided = congress.confirm(congress.enter(opened, 8, 4, 1))
    assert (decided["state"], decided["open_seats"]) == ("decided", 1)
    assert zh in decided["vacancy"]["zh"] and en in decided["vacancy"]["en"]
    certified = congress.act("certify_ballot", decided, "chief-scrutineer")
    congress.announce(certified)
    result = congress.service.call("get_ballot_result", opened["id"])
    assert result["vacancy"] == decided["vacancy"]
    found = congress.service.call("get_announcement", opened["id"])
    told = [block["text"] for block in found["document"]["blocks"] if block["text"]]
    assert [text for text in told if zh in text and "尚缺 1 项" in text]


def test_a_ballot_keeps_the_digest_of_its_method(congress: Congress) -> None:
    """The hash that was fixed before the opening."""
    method = congress.service.call("get_ballot_method", congress.method)
    assert congress.open()["method_digest"] == method["digest"]
    draft = congress.service.call("draft_ballot_method", method_body(seats=2))
    assert draft["digest"] == method["digest"]
