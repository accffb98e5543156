"""Ballot methods in the service: their life, and what they may fix."""

from __future__ import annotations

import uuid

import pytest

from services.commons.canonical import digest
from services.commons.errors import Conflict, Invalid, NotFound

from ...harness import Harness
from .congress import Congress, method_body, refusal
from .samples import online


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
