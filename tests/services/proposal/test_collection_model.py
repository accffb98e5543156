"""The model of the collection: aspects, rounds, eligibility, corrections, who sees what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Conflict, Invalid
from services.commons.location import located
from services.proposal.model.acts import differences
from services.proposal.model.asker import Asker
from services.proposal.model.aspect import Aspect
from services.proposal.model.channel import channel_for
from services.proposal.model.eligibility import judge
from services.proposal.model.round import Round
from services.proposal.model.suggestion import CORRECTABLE, Suggestion
from services.proposal.rules import shipped
from services.proposal.schemas.rules import CONTENTS

from .test_model import DAY, NOW, suggestion

ITEMS = [
    {"code": "a", "text": "?", "refuses_when": True, "reason": "甲"},
    {"code": "b", "text": "?", "refuses_when": False, "reason": "乙"},
]


def asker(subject: str = "x", *roles: str) -> Asker:
    """Somebody whose pseudonym is her subject's name backwards."""
    return Asker(subject, frozenset(roles), subject[::-1])


@pytest.mark.parametrize("kind", ["channels", "eligibility", "quotas"])
def test_a_shipped_rule_has_the_form_of_its_kind_and_says_where_it_is_from(kind: str) -> None:
    """It could be adopted as it stands."""
    rule = shipped(kind)
    CONTENTS[kind].deserialize(rule["content"])
    assert rule["source"] and rule["text"] and "示例" in rule["title"]


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ({}, None),
        (None, None),
        ({"a": False, "b": True}, None),
        ({"a": True}, "a"),
        ({"b": False}, "b"),
        ({"a": True, "b": False}, "a"),
    ],
)
def test_the_first_item_that_refuses_is_the_reason(
    checks: dict[str, bool] | None, code: str | None
) -> None:
    """In the order of the list; what is not answered refuses nothing."""
    content = {"required": False, "items": ITEMS}
    assert judge(content, checks, accepting=False).code == code
    if code is None:
        assert judge(content, checks, accepting=True).reason is None
    else:
        with pytest.raises(Conflict):
            judge(content, checks, accepting=True)


def test_a_required_answer_may_not_be_missing_and_none_may_be_made_up() -> None:
    """On acceptance; a return needs only what refuses."""
    content = {"required": True, "items": ITEMS}
    with pytest.raises(Invalid):
        judge(content, {"a": False}, accepting=True)
    assert judge(content, {"a": True}, accepting=False).reason == "甲"
    with pytest.raises(Invalid):
        judge(content, {"c": True}, accepting=False)


def test_a_channel_is_for_those_whom_the_rule_names() -> None:
    """An unknown one, and one for others, are refused."""
    content = shipped("channels")["content"]
    assert channel_for(content, "hotline", "resident")["on_behalf"] is True
    for code, kind in (("pigeon", "resident"), ("session", "resident")):
        with pytest.raises(Invalid):
            channel_for(content, code, kind)


def test_a_round_takes_its_first_and_its_last_day() -> None:
    """The dates are inclusive."""
    fields: dict[str, Any] = {"year": 2023, "kind": "standing", "name": "合成"}
    days = {"starts_on": DAY, "ends_on": DAY}
    made = Round.open(**fields, **days, recorded_at=NOW)
    made.admit(2023, DAY)
    for day in (DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)):
        with pytest.raises(Conflict):
            made.admit(2023, day)
    with pytest.raises(Invalid):
        made.move(DAY, DAY - dt.timedelta(days=1), "合成", DAY)


def test_a_retired_aspect_is_neither_renamed_nor_retired_again() -> None:
    """Its history is closed."""
    made = Aspect.define("a", "甲", NOW)
    made.retire(DAY, None)
    with pytest.raises(Conflict):
        made.rename("乙", DAY)
    with pytest.raises(Conflict):
        made.retire(DAY, None)
    assert [event.type for event in made.take_recorded()] == [
        "aspect.defined.v1",
        "aspect.retired.v1",
    ]


def test_who_sees_a_suggestion() -> None:
    """A draft: who made it; anything else: its author, deputies, units and staff."""
    draft = suggestion(draft=True, author="em")
    assert draft.take_recorded() == []
    assert [draft.is_seen_by(asker(*who)) for who in (("me", "resident"), ("x", "clerk"))] == [
        True,
        False,
    ]
    entered = suggestion(draft=True, entered_by="office")
    assert entered.is_seen_by(asker("office", "clerk"))
    assert not entered.is_seen_by(asker("other", "clerk"))
    made = suggestion(author="em")
    seen = {role: made.is_seen_by(asker("x", role)) for role in ("resident", "deputy", "unit")}
    assert seen == {"resident": False, "deputy": True, "unit": True}


def test_a_pseudonym_is_not_the_same_as_none() -> None:
    """What was entered on behalf belongs to nobody by default."""
    assert not suggestion().is_by(Asker("x", frozenset({"resident"}), ""))


def test_a_correction_moves_the_place_and_tells_both_districts() -> None:
    """The one where it was hears of it too."""
    made = suggestion()
    made.take_recorded()
    made.correct({"place": {"division": "330108"}})
    (event,) = made.take_recorded()
    assert event.concerns == ("330108", "330106")
    assert event.detail == {"changed": ["division"]}


texts = st.text(min_size=1, max_size=20)


@given(st.lists(st.fixed_dictionaries({}, optional={"title": texts, "text": texts}), max_size=6))
def test_every_version_can_be_told_from_its_differences(changes: list[dict[str, str]]) -> None:
    """Going back through the corrections leads to what was said first."""
    made = suggestion()
    first, kept = made.content, []
    for change in changes:
        if any(getattr(made, name) != value for name, value in change.items()):
            kept.append(made.correct(change))
    content = made.content
    for before in reversed(kept):
        told = {one["field"]: one["before"] for one in differences(before, content)}
        content = content | told
    assert content == first and first.keys() == set(CORRECTABLE)


def test_half_a_point_is_no_point() -> None:
    """A division alone has none; a point without a word of its datum is in WGS-84."""
    assert located({"division": "330106"})["datum"] is None
    assert located(None)["division"] is None
    kept = located({"division": "330106", "longitude": 120.0, "latitude": 30.0})
    assert (kept["datum"], kept["longitude"]) == ("WGS-84", 120.0)


def test_what_is_withdrawn_is_neither_matched_nor_withdrawn_again() -> None:
    """And it cannot have been withdrawn before it was made."""
    made: Suggestion = suggestion()
    with pytest.raises(Invalid):
        made.withdraw("other", None, by="author", day=DAY - dt.timedelta(days=1))
    made.withdraw("other", None, by="author", day=DAY)
    with pytest.raises(Conflict):
        made.withdraw("other", None, by="author", day=DAY)
    with pytest.raises(Conflict):
        made.match(None, by="office", day=DAY)
