"""The forms of rules: what could not be computed with is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from marshmallow import ValidationError

from services.proposal.model.rule import KINDS
from services.proposal.rules import shipped
from services.proposal.schemas.rules import CONTENTS


def content(kind: str) -> Any:
    """A copy of the shipped content."""
    return json.loads(json.dumps(shipped(kind)["content"]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_rule_could_be_adopted(kind: str) -> None:
    """As it stands."""
    CONTENTS[kind].deserialize(content(kind))


@pytest.mark.parametrize(
    "kind", ["channels", "results", "milestones", "stages", "principles", "urgency"]
)
def test_a_list_names_each_code_once(kind: str) -> None:
    """Which of two of one code would hold, nobody could say."""
    with pytest.raises(ValidationError) as caught:
        CONTENTS[kind].deserialize([*content(kind), content(kind)[0] | {"name": "另一(合成)"}])
    assert "Must name each code once." in str(caught.value)


def test_a_checklist_names_each_item_once() -> None:
    """An answer by its code would be to both."""
    twice = content("eligibility")
    twice["items"].append(twice["items"][0])
    with pytest.raises(ValidationError):
        CONTENTS["eligibility"].deserialize(twice)


@pytest.mark.parametrize("part", ["exceptions", "groups"])
def test_quotas_name_each_delegation_and_group_once(part: str) -> None:
    """Neither owes twice."""
    owes = [{"name": "第一(合成)", "candidates": 1}, {"name": "第二(合成)", "candidates": 1}]
    CONTENTS["quotas"].deserialize(content("quotas") | {part: owes})
    with pytest.raises(ValidationError) as caught:
        CONTENTS["quotas"].deserialize(content("quotas") | {part: [*owes, owes[0]]})
    assert "Must name each name once." in str(caught.value)
