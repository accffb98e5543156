"""On both databases: what one may not see is not found, however one asks."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from services.commons.errors import NotFound

from ...harness import Harness
from .intake import RESIDENT, body, by_resident, enrolled, sort
from .test_candidates import refusal

DAY = {"happened_on": "2022-12-10"}


def draft(proposal: Harness) -> str:
    """A resident's draft, which is hers alone."""
    return str(by_resident(proposal, draft=True)["id"])


def given(proposal: Harness) -> tuple[str, str]:
    """A suggestion of a deputy, accepted, and an answer to it."""
    deputy = enrolled(proposal)
    own = body(author_kind="deputy", deputy_id=deputy)
    made = proposal.call("submit_suggestion", own)["id"]
    sort(proposal, made)
    unit = proposal.call("register_unit", {"name": "示例局(合成)", "kind": "department"})["id"]
    answer = {"text": "答复(合成)", "result": "A", "unit_id": unit, **DAY}
    done = proposal.call("answer_suggestion", made, answer, roles=("government", "recorder"))
    return made, done["id"]


def test_a_draft_is_not_found_by_who_would_answer_it(proposal: Harness) -> None:
    """Neither answered nor given more time: like a suggestion that does not exist."""
    unit = proposal.call("register_unit", {"name": "示例局(合成)", "kind": "department"})["id"]
    answer = {"text": "答复(合成)", "result": "A", "unit_id": unit, **DAY}
    for id_ in (draft(proposal), str(uuid.uuid4())):
        for roles in (("unit", "recorder"), ("clerk", "recorder")):
            with pytest.raises(NotFound):
                proposal.call("answer_suggestion", id_, answer, roles=roles)
            with pytest.raises(NotFound):
                proposal.call("extend_deadline", id_, {"reason": "合成", **DAY}, roles=roles)


def test_a_draft_is_no_reference(proposal: Harness) -> None:
    """A suggested project and an entry of the pool take it for unknown, at its place."""
    hidden, nothing = draft(proposal), str(uuid.uuid4())
    known = by_resident(proposal)["id"]
    sort(proposal, known)
    fields = {"title": "助餐(合成)", "aspect": "elderly-care", "text": "合成", **DAY}
    project = {"year": 2023, **fields}
    made = proposal.call("distil_suggested_project", project | {"suggestion_ids": [known]})["id"]
    entry = proposal.call("add_pool_entry", fields | {"suggestion_ids": [known]})["id"]
    more = {"reason": "合成", **DAY}
    calls: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
        ("distil_suggested_project", (), project),
        ("add_members", (made,), more),
        ("add_pool_entry", (), fields),
        ("extend_pool_entry", (entry,), DAY),
    ]
    for method, of, sent in calls:
        for id_ in (hidden, nothing):
            for before in ([], [known]):
                named = sent | {"suggestion_ids": [*before, id_, str(uuid.uuid4())]}
                found = refusal(proposal.call, method, *of, named)
                assert found == ("reference-unknown", [f"/suggestion_ids/{len(before)}"]), method


LISTS = ("list_cosignatures", "list_comments", "list_matches", "list_answers", "list_follow_ups")


@pytest.mark.parametrize("method", LISTS)
def test_what_stands_beside_an_unseen_suggestion_is_not_found(
    proposal: Harness, method: str
) -> None:
    """A draft's, another resident's, an unknown one's; an empty page only of what may be seen."""
    seen = by_resident(proposal)["id"]
    assert proposal.call(method, seen, {}) == {"items": [], "next": None}
    for id_ in (draft(proposal), str(uuid.uuid4()), "x"):
        with pytest.raises(NotFound):
            proposal.call(method, id_, {})
    with pytest.raises(NotFound):
        proposal.call(method, seen, {}, roles=RESIDENT, subject="resident-2")


def test_judgements_are_of_an_answer_that_one_may_see(proposal: Harness) -> None:
    """An unknown answer is not found, nor one to somebody else's suggestion."""
    _, answer = given(proposal)
    assert proposal.call("list_judgements", answer, {}) == {"items": [], "next": None}
    for id_ in (str(uuid.uuid4()), "x"):
        with pytest.raises(NotFound):
            proposal.call("list_judgements", id_, {})
    with pytest.raises(NotFound):
        proposal.call("list_judgements", answer, {}, roles=RESIDENT, subject="resident-2")


def test_a_second_judgement_is_refused_by_its_own_name(proposal: Harness) -> None:
    """Once each; the same request again is the same answer."""
    made, answer = given(proposal)
    deputy = proposal.call("get_suggestion", made)["deputy_id"]
    judgement = {"judgement": "satisfied", "deputy_id": deputy, **DAY}
    first = proposal.call("judge_answer", answer, judgement, key="k")
    assert proposal.call("judge_answer", answer, judgement, key="k") == first
    assert refusal(proposal.call, "judge_answer", answer, judgement) == ("already-judged", [])
    assert len(proposal.call("list_judgements", answer, {})["items"]) == 1
