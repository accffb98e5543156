"""On both databases: what one may not see is not found, however one asks."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from services.commons.errors import NotFound

from ...harness import Harness
from .intake import by_resident, sort
from .test_candidates import refusal

DAY = {"happened_on": "2022-12-10"}


def draft(proposal: Harness) -> str:
    """A resident's draft, which is hers alone."""
    return str(by_resident(proposal, draft=True)["id"])


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
