"""The proposal service on both databases: what its calls and events do."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale

from ...harness import Harness, example
from .intake import body, enrolled

ID = "11111111-1111-4111-8111-111111111111"


def accepted(proposal: Harness, **changes: Any) -> dict[str, Any]:
    """A suggestion that was accepted."""
    made = proposal.call("submit_suggestion", body(**changes))
    sorting = {"outcome": "accepted", "happened_on": "2022-12-01"}
    found: dict[str, Any] = proposal.call("sort_suggestion", made["id"], sorting)
    return found


def test_a_suggestion_is_stored_and_its_event_waits_in_the_outbox(proposal: Harness) -> None:
    """The row and the event are written together; reading gives what was answered."""
    made = proposal.call("submit_suggestion", body())
    assert made["version"] == 1 and made["state"] == "submitted"
    assert proposal.call("get_suggestion", made["id"]) == made
    (event,) = proposal.events("suggestion.submitted.v1")
    assert (event.subject, event.version) == (made["id"], 1)


def test_the_same_key_gives_the_same_answer_once(proposal: Harness) -> None:
    """A repeat makes no second row and no second event; another body is refused."""
    first = proposal.call("submit_suggestion", body(), key="key-00001")
    assert proposal.call("submit_suggestion", body(), key="key-00001") == first
    assert len(proposal.events("suggestion.submitted.v1")) == 1
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_suggestion", body(title="另一件"), key="key-00001")
    assert caught.value.code == "idempotency-key-reused"


def test_a_repeat_after_the_state_moved_on_gives_the_first_answer(proposal: Harness) -> None:
    """Sorting again with the same key is a repeat, with another key a conflict."""
    made = proposal.call("submit_suggestion", body())
    sorting = {"outcome": "accepted", "happened_on": "2022-12-01"}
    first = proposal.call("sort_suggestion", made["id"], sorting, key="key-sort1")
    assert proposal.call("sort_suggestion", made["id"], sorting, key="key-sort1") == first
    with pytest.raises(Conflict):
        proposal.call("sort_suggestion", made["id"], sorting)


def test_a_stale_version_is_refused(proposal: Harness) -> None:
    """If-Match with an old version changes nothing."""
    made = accepted(proposal)
    with pytest.raises(Stale):
        proposal.call(
            "match_suggestion",
            made["id"],
            {"sub_item_id": None, "happened_on": "2023-03-01"},
            expected_version=1,
        )
    assert proposal.call("get_suggestion", made["id"])["matched_on"] is None


def test_a_deputy_speaks_for_herself_only(proposal: Harness) -> None:
    """Another deputy's name is refused, unless the office enters it."""
    deputy, other = enrolled(proposal), enrolled(proposal)
    own = body(author_kind="deputy", deputy_id=deputy)
    proposal.call("submit_suggestion", own, roles=("deputy", "recorder"), subject=deputy)
    for subject, role in ((other, "deputy"), (deputy, "resident")):
        with pytest.raises(Forbidden):
            proposal.call("submit_suggestion", own, roles=(role, "recorder"), subject=subject)
    proposal.call("submit_suggestion", own)


def test_nobody_speaks_for_a_body_but_the_offices(proposal: Harness) -> None:
    """A resident's suggestion cannot claim to come from a department."""
    claimed = body(author_kind="department")
    with pytest.raises(Forbidden):
        proposal.call("submit_suggestion", claimed, roles=("resident", "recorder"))
    proposal.call("submit_suggestion", claimed, roles=("government", "recorder"))


def test_late_days_need_the_role_and_future_days_are_refused(proposal: Harness) -> None:
    """Who may record late is a role; nobody records the future."""
    with pytest.raises(Forbidden):
        proposal.call("submit_suggestion", body(), roles=("resident",))
    with pytest.raises(Invalid):
        proposal.call("submit_suggestion", body(happened_on="2199-01-01"))


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"title": " "}, "/title"),
        ({"title": "长" * 121}, "/title"),
        ({"year": "两千"}, "/year"),
        ({"place": {"division": "33010"}}, "/place/division"),
        ({"happened_on": "2022-13-01"}, "/happened_on"),
        ({"extra": 1}, "/extra"),
        ({"aspect": "unknown-one"}, "/aspect"),
    ],
)
def test_a_bad_body_is_refused_at_its_place(
    proposal: Harness, changes: dict[str, Any], pointer: str
) -> None:
    """The error says where, and nothing is written."""
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_suggestion", body(**changes))
    assert [e["pointer"] for e in caught.value.errors] == [pointer]
    assert proposal.events("suggestion.submitted.v1") == []


def test_lists_come_in_pages_and_search_finds_chinese(proposal: Harness) -> None:
    """Every row once, whatever the page's size; a search is for the text as it stands."""
    for number in range(5):
        day = f"2022-11-0{5 - number}"
        proposal.call("submit_suggestion", body(title=f"停车难 {number}", happened_on=day))
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = proposal.call("list_suggestions", {"limit": "2", **cursor})
        seen += [one["happened_on"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == sorted(seen) and len(seen) == 5
    assert len(proposal.call("list_suggestions", {"q": "车难 3"})["items"]) == 1
    proposal.call("submit_suggestion", body(text="装 WiFi(合成)"))
    assert len(proposal.call("list_suggestions", {"q": "wifi"})["items"]) == 1
    assert proposal.call("list_suggestions", {"q": "100%"})["items"] == []
    with pytest.raises(Invalid):
        proposal.call("list_suggestions", {"cursor": "not one"})


def test_what_does_not_exist_is_not_found(proposal: Harness) -> None:
    """A well-formed id of nothing, and an id that is none."""
    for id_ in (str(uuid.uuid4()), "x"):
        with pytest.raises(NotFound):
            proposal.call("get_suggestion", id_)


def test_from_suggestion_to_shortlist(proposal: Harness) -> None:
    """The way through this service, with every event fitting its contract."""
    suggestions = [accepted(proposal)["id"] for _ in range(2)]
    project = proposal.call(
        "distil_suggested_project",
        {
            "year": 2023,
            "title": "助餐",
            "aspect": "elderly-care",
            "text": "合成",
            "suggestion_ids": suggestions,
            "happened_on": "2022-12-10",
        },
    )
    unit = proposal.call("register_unit", {"name": "示例市民政局(合成)", "kind": "department"})
    candidate = proposal.call(
        "propose_candidate",
        {
            "year": 2023,
            "name": "助餐服务(合成)",
            "description": "合成",
            "aspect": "elderly-care",
            "lead_unit_id": unit["id"],
            "budget": {"total_yuan": 10, "year_yuan": 5, "funding_source": "财政"},
            "due_on": "2023-11-30",
            "sub_items": [{"name": "食堂", "target": 120, "unit_of_measure": "家"}],
            "suggested_project_ids": [project["id"]],
            "happened_on": "2022-12-20",
        },
        roles=("government", "recorder"),
    )
    opinion = {"criterion": "necessity", "text": "必要(合成)", "happened_on": "2023-01-05"}
    of_all = opinion | {"delegation": "示例代表团(合成)"}
    judged = proposal.call("give_opinion_on_candidate", candidate["id"], of_all)
    assert [o["criterion"] for o in judged["opinions"]] == ["necessity"]
    of_another, roles = opinion | {"deputy_id": str(uuid.uuid4())}, ("deputy", "recorder")
    with pytest.raises(Forbidden):
        proposal.call("give_opinion_on_candidate", candidate["id"], of_another, roles=roles)
    shortlist = proposal.call(
        "draw_up_shortlist",
        {"year": 2023, "candidate_ids": [candidate["id"]], "happened_on": "2023-01-10"},
    )
    adoption = {"adopted_by": "常委会(合成)", "happened_on": "2023-01-18"}
    adopted = proposal.call("adopt_shortlist", shortlist["id"], adoption)
    assert adopted["candidates"][0]["sub_items"] == candidate["sub_items"]
    (event,) = proposal.events("shortlist.adopted.v1")
    assert event.data["candidates"][0]["id"] == candidate["id"]


def test_a_suggestion_matches_only_what_was_voted(proposal: Harness) -> None:
    """The certified result opens the matching; hearing it twice changes nothing."""
    made = accepted(proposal)
    result = example("ballot", "result.certified.v1")
    chosen = next(c for c in result["candidates"] if c["chosen"])
    match = {"sub_item_id": chosen["sub_items"][0]["id"], "happened_on": "2023-03-01"}
    with pytest.raises(Conflict):
        proposal.call("match_suggestion", made["id"], match)
    assert proposal.deliver("ballot.result.certified.v1", result, id_=ID)
    assert not proposal.deliver("ballot.result.certified.v1", result, id_=ID)
    assert proposal.deliver("ballot.result.certified.v1", result)
    matched = proposal.call("match_suggestion", made["id"], match)
    assert matched["matched_sub_item"] == match["sub_item_id"]
    (event,) = proposal.events("suggestion.matched.v1")
    assert event.version == 3
