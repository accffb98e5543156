"""The model of the preliminary selection: sums, differences, means, stages, by their properties."""

from __future__ import annotations

import copy
import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Conflict, Invalid
from services.proposal.model import demand, plan, screening
from services.proposal.model.candidate import Candidate
from services.proposal.model.difference import differences
from services.proposal.model.pool_entry import PoolEntry
from services.proposal.model.route import PASSED, RETURNED, Route
from services.proposal.model.rule import KINDS, Rule
from services.proposal.rules import shipped

DAY = dt.date(2022, 12, 20)
NOW = dt.datetime(2022, 12, 20, tzinfo=dt.UTC)
UNIT = "11111111-1111-4111-8111-111111111111"
YUAN = st.integers(0, 10**12)


def candidate(**changes: Any) -> Candidate:
    """A candidate with two sub-items."""
    body: dict[str, Any] = {
        "year": 2023,
        "name": "助餐(合成)",
        "description": "合成",
        "aspect": "elderly-care",
        "lead_unit_id": UNIT,
        "budget": {"total_yuan": 2, "year_yuan": 1, "funding_source": "财政"},
        "due_on": dt.date(2023, 11, 30),
        "sub_items": [
            {"name": "食堂", "target": 120.0, "unit_of_measure": "家"},
            {"name": "送餐", "target": None, "unit_of_measure": "人"},
        ],
        "suggested_project_ids": [],
        "happened_on": DAY,
        "recorded_at": NOW,
    }
    whole: dict[str, Any] = {"goal": None, "co_unit_ids": [], "places": [], "stages": []}
    return Candidate.propose(**body | whole | changes)


@given(st.lists(YUAN, min_size=1, max_size=10), st.lists(YUAN, min_size=1, max_size=5), YUAN)
def test_a_budget_is_kept_just_if_its_parts_add_up(
    sources: list[int], others: list[int], own: int
) -> None:
    """Whatever the sums: by source and by year, and the year's own."""
    years = [own, *others]
    budget: dict[str, Any] = {
        "total_yuan": sum(sources),
        "year_yuan": own,
        "funding_source": "财政",
        "sources": [{"source": "财政", "yuan": yuan} for yuan in sources],
        "years": [{"year": 2023 + n, "yuan": yuan} for n, yuan in enumerate(years)],
    }
    if sum(years) == sum(sources):
        assert candidate(budget=budget).budget == budget
    else:
        with pytest.raises(Invalid) as caught:
            candidate(budget=budget)
        more = ["/budget/year_yuan"] if own > sum(sources) else []
        assert [one["pointer"] for one in caught.value.errors] == [*more, "/budget/years"]
    budget["sources"][0]["yuan"] += 1
    with pytest.raises(Invalid) as caught:
        candidate(budget=budget)
    assert "/budget/sources" in [one["pointer"] for one in caught.value.errors]


ITEM = st.fixed_dictionaries(
    {
        "id": st.sampled_from("abcdef"),
        "name": st.sampled_from(["食堂", "送餐"]),
        "target": st.none() | st.integers(0, 9).map(float),
        "unit_of_measure": st.just("家"),
    },
    optional={"due_on": st.just("2023-09-30")},
)
PLAN = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["甲", "乙"]),
        "goal": st.none() | st.just("丙"),
        "co_unit_ids": st.lists(st.sampled_from("xyz"), unique=True),
        "sub_items": st.lists(ITEM, unique_by=lambda one: str(one["id"])),
    }
)


def applied(before: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What the differences make of the earlier plan, written without the code under test."""
    after = copy.deepcopy(before)
    for change in found["changes"]:
        assert after[change["field"]] == change["before"]
        after[change["field"]] = change["after"]
    gone = [one["id"] for one in found["sub_items"]["removed"]]
    items = {one["id"]: one for one in after["sub_items"] if one["id"] not in gone}
    for changed in found["sub_items"]["changed"]:
        for change in changed["changes"]:
            assert items[changed["id"]].get(change["field"]) == change["before"]
            items[changed["id"]][change["field"]] = change["after"]
    items |= {one["id"]: one for one in found["sub_items"]["added"]}
    return after | {"sub_items": items}


def by_id(plan_: dict[str, Any]) -> dict[str, Any]:
    """A plan with its sub-items by id, and what they leave out as None."""
    items = {one["id"]: {"due_on": None} | one for one in plan_["sub_items"]}
    return plan_ | {"sub_items": items}


@given(PLAN, PLAN)
def test_differences_lead_from_one_version_to_the_other(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Nothing is left out, nothing is said twice, and the same plan differs in nothing."""
    made = applied(before, differences(before, after))
    made["sub_items"] = {id_: {"due_on": None} | one for id_, one in made["sub_items"].items()}
    assert made == by_id(after)
    none = differences(before, copy.deepcopy(before))
    assert none == {"changes": [], "sub_items": {"added": [], "removed": [], "changed": []}}


def test_a_refused_revision_names_no_new_version() -> None:
    """The number counts what was stored."""
    one = candidate()
    version = one.revise({"goal": "甲"}, reason="合成", by="x", day=DAY, recorded_at=NOW)
    assert (version.number, version.content["goal"], one.revision) == (1, None, 2)
    with pytest.raises(Invalid):
        one.revise({"goal": "甲"}, reason="合成", by="x", day=DAY, recorded_at=NOW)
    assert one.revision == 2


def test_every_field_that_may_change_is_one_of_the_entity() -> None:
    """And is compared, frozen and kept."""
    one = candidate()
    assert set(one.plan) == set(plan.FIELDS)
    assert set(plan.FIELDS) - {"total_yuan"} <= set(one.frozen())
    assert "state" not in one.frozen()


PRINCIPLES = [
    {"code": code, "name": code, "question": "?", "weight": weight, "scale": list(range(6))}
    for code, weight in (("a", 1), ("b", 3), ("c", 0))
]
SCORES = st.fixed_dictionaries({code: st.integers(0, 5) for code in "abc"})


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), SCORES), min_size=1, max_size=8))
def test_the_mean_is_exact(given_: list[tuple[str, dict[str, int]]]) -> None:
    """Of the last scores of each body, by a plain reference in fractions."""
    rule = Rule.shipped(
        "principles", {"title": "", "text": "", "source": "", "content": PRINCIPLES}
    )
    found = screening.standing(
        [screening.screening(rule, scores, body, DAY) for body, scores in given_]
    )
    last = dict(given_)
    a, b = (Fraction(sum(one[code] for one in last.values()), len(last)) for code in "ab")
    assert found is not None and Fraction(found["mean"]) == (a + 3 * b) / 4
    assert found["bodies"] == sorted(last)


def test_scores_by_other_principles_are_not_mixed() -> None:
    """The rule of the latest screening alone counts."""
    rules = [
        Rule.shipped("principles", {"title": "", "text": "", "source": "", "content": content})
        for content in (PRINCIPLES, PRINCIPLES[:1])
    ]
    both = [
        screening.screening(rules[0], {"a": 5, "b": 5, "c": 5}, "甲", DAY),
        screening.screening(rules[1], {"a": 1}, "乙", DAY),
    ]
    found = screening.standing(both)
    assert found is not None and (found["mean"], found["bodies"]) == ("1", ["乙"])
    assert screening.standing([]) is None


CODES = ("one", "two", "three", "four")


@given(st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from([PASSED, RETURNED]))))
def test_a_list_never_skips_what_is_required(steps: list[tuple[str, str]]) -> None:
    """However people try: the stages that stand are in order, each once, none required left out."""
    rule = {"stages": [{"code": c, "name": c, "required": c in ("two", "four")} for c in CODES]}
    records: list[dict[str, Any]] = []
    for code, outcome in steps:
        try:
            Route.of(rule, records).step(code)
        except Conflict:
            continue
        records.append({"stage": code, "outcome": outcome})
        passed = Route.of(rule, records).passed
        places = [CODES.index(one) for one in passed]
        assert places == sorted(set(places))
        assert not places or max(places) < 2 or "two" in passed


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2023-01-31", 1, "2022-12-31"),
        ("2023-03-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2023-12-15", 12, "2022-12-15"),
        ("2023-01-01", 120, "2013-01-01"),
    ],
)
def test_so_many_months_before_a_day(day: str, months: int, expected: str) -> None:
    """The same day of the month, or its last."""
    assert demand.since(dt.date.fromisoformat(day), months).isoformat() == expected


def test_an_entry_comes_back_however_late_it_is_heard() -> None:
    """What people enter comes in order; a result may be heard after a later step was entered."""
    entry = PoolEntry.add(
        title="甲",
        text="乙",
        aspect="health",
        suggestion_ids=["b", "a", "b"],
        day=DAY,
        recorded_at=NOW,
    )
    assert entry.suggestion_ids == ["a", "b"]
    entry.put_forward(UNIT, DAY)
    entry.extend(["c"], DAY + dt.timedelta(days=9))
    entry.give_back(UNIT, DAY + dt.timedelta(days=2), "合成")
    assert (entry.state, entry.candidate_ids) == ("in-pool", [UNIT])
    with pytest.raises(Invalid):
        entry.remove("合成", DAY)


@pytest.mark.parametrize("kind", ["stages", "principles", "urgency", "demand"])
def test_the_shipped_examples_say_that_they_are_examples(kind: str) -> None:
    """With their source; nobody takes them for an adopted rule."""
    data = shipped(kind)
    assert kind in KINDS and "示例" in data["title"] and "示例" in data["source"]
