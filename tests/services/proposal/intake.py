"""What tests of the collection begin with: bodies, deputies, suggestions; all synthetic (合成)."""

from __future__ import annotations

import uuid
from typing import Any

from ...harness import Harness, example

DAY = "2022-11-01"
RESIDENT: tuple[str, ...] = ("resident", "recorder")
DEPUTY: tuple[str, ...] = ("deputy", "recorder")


def body(**changes: Any) -> dict[str, Any]:
    """A resident's suggestion."""
    fields = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "site",
        "aspect": "elderly-care",
        "title": "增设老年食堂(合成)",
        "text": "合成文本",
        "place": {"division": "330106", "longitude": 120.1, "latitude": 30.2},
        "happened_on": DAY,
    }
    return fields | changes


def enrolled(
    proposal: Harness, delegation: str = "第一代表团(合成)", congress: str = "330100"
) -> str:
    """The id of a deputy that the service has heard of."""
    told = example("ballot", "deputy.enrolled.v1") | {"id": str(uuid.uuid4())}
    seat = {"congress": congress, "level": "city", "delegation": delegation}
    proposal.deliver("ballot.deputy.enrolled.v1", told | {"mandates": [seat]})
    return str(told["id"])


def by_resident(proposal: Harness, subject: str = "resident-1", **changes: Any) -> dict[str, Any]:
    """A suggestion of a resident herself."""
    made: dict[str, Any] = proposal.call(
        "submit_suggestion", body(**changes), roles=RESIDENT, subject=subject
    )
    return made


def by_deputy(proposal: Harness, deputy: str, **changes: Any) -> dict[str, Any]:
    """A suggestion of a deputy herself."""
    own = body(author_kind="deputy", deputy_id=deputy, **changes)
    made: dict[str, Any] = proposal.call("submit_suggestion", own, roles=DEPUTY, subject=deputy)
    return made


def sort(proposal: Harness, id_: str, outcome: str = "accepted", **changes: Any) -> dict[str, Any]:
    """The suggestion after an act of sorting; ``read``: the version that the sorter has read."""
    read = changes.pop("read", None)
    act = {"outcome": outcome, "happened_on": "2022-12-01"} | changes
    found: dict[str, Any] = proposal.call("sort_suggestion", id_, act, expected_version=read)
    return found


def vote(proposal: Harness) -> None:
    """Let the service hear of the vote on the projects of 2023."""
    result = example("ballot", "result.certified.v1") | {"year": 2023}
    proposal.deliver("ballot.result.certified.v1", result)
