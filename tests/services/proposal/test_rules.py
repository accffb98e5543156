"""The shipped rules: examples that say where they come from, and no more than is known."""

from __future__ import annotations

import pytest

from services.proposal.rules import shipped
from services.proposal.schemas.rules import CONTENTS


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_every_shipped_rule_says_that_nobody_has_adopted_it(kind: str) -> None:
    """It is an example until a body adopts its own, and its source ends with that."""
    assert shipped(kind)["title"].endswith("(示例)")
    assert "随软件提供的示例" in shipped(kind)["source"]
    assert shipped(kind)["source"].endswith("尚待采用机关通过")


def test_no_source_names_a_place_that_was_not_read() -> None:
    """The list of milestones cites nothing; others cite the notices that were read."""
    assert shipped("milestones")["source"] == "随软件提供的示例,尚待采用机关通过"
    assert "福州2022年征集公告(一事一提)" in shipped("eligibility")["source"]
    (opinion,) = (one for one in shipped("deadlines")["content"] if one["code"] == "opinion")
    assert opinion["source_text"].startswith("各地代表建议办理办法:")
