"""Nothing new is begun under an aspect from the day of its retirement on, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Invalid

from ...harness import Harness
from .selection import GOVERNMENT, Selection


def distil(selection: Selection, day: str) -> None:
    """A suggested project."""
    said = {"year": 2023, "title": "助餐(合成)", "aspect": "elderly-care", "text": "合成"}
    of = {"suggestion_ids": [accepted(selection.service)], "happened_on": day}
    selection.call("distil_suggested_project", said | of)


def propose(selection: Selection, day: str) -> None:
    """A candidate."""
    selection.call("propose_candidate", selection.body(happened_on=day), roles=GOVERNMENT)


def revise(selection: Selection, day: str) -> None:
    """A candidate that comes under the aspect."""
    other = selection.body(aspect="health", happened_on="2022-12-01")
    made = selection.call("propose_candidate", other, roles=GOVERNMENT)
    change = {"aspect": "elderly-care", "reason": "合成", "happened_on": day}
    selection.call("revise_candidate", made["id"], change, roles=GOVERNMENT)


def wait(selection: Selection, day: str) -> None:
    """An entry of the reserve pool."""
    said = {"title": "助餐(合成)", "text": "合成", "aspect": "elderly-care"}
    of = {"suggestion_ids": [accepted(selection.service)], "happened_on": day}
    selection.call("add_pool_entry", said | of)


def accepted(proposal: Harness) -> str:
    """The id of an accepted suggestion under the other aspect."""
    said = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "letter",
        "aspect": "health",
        "title": "增设老年食堂(合成)",
        "text": "合成",
        "happened_on": "2022-11-01",
    }
    made = proposal.call("submit_suggestion", said)
    sorting = {"outcome": "accepted", "happened_on": "2022-12-01"}
    return str(proposal.call("sort_suggestion", made["id"], sorting)["id"])


@pytest.mark.parametrize("begin", [distil, propose, revise, wait])
def test_a_retired_aspect_takes_nothing_from_its_last_day_on(
    selection: Selection, begin: Callable[[Any, str], None]
) -> None:
    """What is dated before that day is still taken, though it is recorded afterwards."""
    (aspect,) = (
        one for one in selection.call("list_aspects", {})["items"] if one["code"] == "elderly-care"
    )
    selection.call("retire_aspect", aspect["id"], {"until": "2022-12-20"})
    begin(selection, "2022-12-19")
    with pytest.raises(Invalid) as caught:
        begin(selection, "2022-12-20")
    assert caught.value.code == "aspect-retired"
