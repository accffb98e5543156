"""Measures taken of plain facts, and the score that a rule makes of them, exactly."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from services.supervision.model.evaluation import compute
from services.supervision.model.exact import exact
from services.supervision.model.measure import MEASURES, Taken, measures
from services.supervision.model.observed import (
    Item,
    LightOfMonth,
    LookedBack,
    Money,
    Obligation,
    Observed,
    Opinion,
    Problem,
    Reported,
)
from services.supervision.rules import shipped
from services.supervision.schemas.rules import CONTENTS

DAY = dt.date(2023, 12, 1)
BEFORE, AFTER = DAY - dt.timedelta(30), DAY + dt.timedelta(30)


def taken(code: str, **facts: Any) -> Taken:
    """A measure of these facts."""
    return MEASURES[code].take(Observed(on=DAY, **facts))


def item(reached: str, planned: str | None = None, **days: Any) -> Item:
    """A sub-item."""
    given: dict[str, Any] = {"completed_on": None, "accepted_on": None, "due_on": None} | days
    foreseen = None if planned is None else Fraction(planned)
    return Item(f"i{reached}", "p", Fraction(reached), foreseen, **given)


def owed(id_: str, due: dt.date, ended: dt.date | None, kind: str = "x", code: str = "y") -> Any:
    """Something due."""
    return Obligation(id_, kind, code, due, ended)


def test_completion_is_the_mean_and_no_surplus_makes_up_for_a_gap() -> None:
    """Twice the target of one sub-item and half of another are three quarters."""
    found = taken("completion", items=(item("2"), item("1/2")))
    assert (found.value, found.lines) == (Fraction(3, 4), ("i2 1", "i1/2 1/2"))


def test_pace_leaves_out_what_was_not_to_be_begun() -> None:
    """Nothing planned by the day, or no plan at all."""
    items = (item("1/4", "1/2"), item("1/3", "0"), item("1/5"))
    assert taken("pace", items=items).value == Fraction(1, 2)
    assert taken("pace", items=items[1:]).value is None


def test_what_is_not_due_yet_and_not_done_counts_neither_way() -> None:
    """Done in time, done late, never done; and open until later."""
    days = [(AFTER, BEFORE), (BEFORE, DAY), (BEFORE, None), (AFTER, None), (AFTER, AFTER)]
    obligations = tuple(owed(str(n), due, ended) for n, (due, ended) in enumerate(days))
    found = taken("deadlines-kept", obligations=obligations)
    assert (found.value, found.lines) == (Fraction(1, 3), ("0 yes", "1 no", "2 no"))
    items = tuple(
        item(str(n + 1), due_on=due, completed_on=done) for n, (due, done) in enumerate(days)
    )
    assert taken("completed-in-time", items=items).value == Fraction(1, 3)


@pytest.mark.parametrize(
    ("code", "kind", "term"),
    [
        ("resources-in-time", "resource", "resource"),
        ("coordination-in-time", "coordination", "help-answer"),
        ("opinions-in-time", "opinion", "reply"),
        ("opinions-in-time", "opinion", "second-reply"),
        ("problems-in-time", "problem", "reply"),
        ("promises-kept", "promise", "promise"),
        ("milestones-in-time", "milestone", "milestone"),
    ],
)
def test_each_measure_of_deadlines_takes_its_own(code: str, kind: str, term: str) -> None:
    """And none of another kind; of opinions the replies alone."""
    mine = (owed("a", BEFORE, BEFORE, kind, term), owed("b", BEFORE, None, kind, term))
    others = (owed("c", BEFORE, None, "other", term), owed("d", BEFORE, None, "opinion", "accept"))
    assert taken(code, obligations=mine + others).value == Fraction(1, 2)
    assert taken(code, obligations=others).value is None


def test_finished_is_not_accepted() -> None:
    """Of two finished sub-items one was accepted; the unfinished one does not count."""
    items = (
        item("1", completed_on=BEFORE, accepted_on=DAY),
        item("2", completed_on=BEFORE),
        item("1/2"),
    )
    assert taken("accepted", items=items).value == Fraction(1, 2)


def test_a_month_without_a_report_counts_against_the_reports() -> None:
    """One in time, one late, one missing; what was told late met its deadline late, once."""
    reports = (Reported("a", late=False), Reported("b", late=True))
    owed_ = (owed("c", BEFORE, None, "progress"), owed("d", BEFORE, DAY, "progress"))
    found = taken("reports-in-time", reports=reports, obligations=owed_)
    assert (found.value, found.lines) == (Fraction(1, 3), ("a yes", "b no", "c no"))


def test_months_are_counted_by_their_last_light() -> None:
    """Red in one of two months."""
    lights = (LightOfMonth("p", BEFORE, "red"), LightOfMonth("p", DAY, "yellow"))
    assert taken("months-without-red", lights=lights).value == Fraction(1, 2)


def test_responded_solved_and_satisfied_are_three_rates() -> None:
    """Each with its own denominator."""
    opinions = (
        Opinion("a", True, True, "satisfied"),
        Opinion("b", True, False, "basically"),
        Opinion("c", True, False, "not"),
        Opinion("d", False, False, None),
    )
    rates = [taken(f"opinions-{name}", opinions=opinions).value for name in RATES]
    assert rates == [Fraction(3, 4), Fraction(1, 4), Fraction(2, 3)]
    problems = (Problem("a", True), Problem("b", False))
    assert taken("problems-solved", problems=problems).value == Fraction(1, 2)


RATES = ("responded", "solved", "satisfied")


def test_money_is_of_those_with_a_budget() -> None:
    """Sums over sums, and not the mean of rates."""
    monies = (Money("a", 100, 0, 50), Money("b", 300, 0, 250), Money("c", None, 0, 999))
    assert taken("funds-execution", monies=monies).value == Fraction(3, 4)
    assert taken("funds-execution", monies=monies[2:]).value is None
    own = (Money("a", None, 100, 60), Money("b", None, 0, 7))
    assert taken("released-spent", own_monies=own).value == Fraction(3, 5)


def test_a_look_back_still_works_or_not() -> None:
    """Of those that were made."""
    assert taken("look-backs-effective", look_backs=(LookedBack("a", True),)).value == 1
    assert taken("look-backs-effective").value is None


@pytest.mark.parametrize("code", sorted(MEASURES))
def test_of_nothing_nothing_is_measured(code: str) -> None:
    """No measure makes a number of no records, and each says what it means in both languages."""
    found = taken(code)
    assert (found.value, found.lines) == (None, ())
    assert MEASURES[code].zh
    assert MEASURES[code].en


def rule(*terms: tuple[str, int, float, float], **more: Any) -> dict[str, Any]:
    """A rule's content of terms (measure, weight, best, worst)."""
    return {
        "scale": 100,
        "decimals": 2,
        "missing": "leave-out",
        "grades": [
            {"code": "good", "name": "好", "at_least": 75},
            {"code": "poor", "name": "差", "at_least": 0},
        ],
        "terms": [
            {"code": m, "name": m, "measure": m, "weight": w, "best": b, "worst": z}
            for m, w, b, z in terms
        ],
    } | more


SEEN = Observed(
    on=DAY,
    items=(item("1/3"),),
    opinions=(Opinion("a", True, False, None), Opinion("b", False, False, None)),
)


def test_a_score_is_the_weighted_mean_rounded_once() -> None:
    """A third with weight 2 and a half with weight 1: 7/18, 38.89."""
    found = compute(rule(("completion", 2, 1, 0), ("opinions-responded", 1, 1, 0)), SEEN)
    assert (found.exact, found.score, found.grade) == ("350/9", "38.89", "poor")
    assert [one["value"] for one in found.terms] == ["1/3", "1/2"]
    assert found.counted["opinions-responded"] == ("a yes", "b no")


def test_a_term_without_a_value_is_left_out_or_counts_as_the_worst() -> None:
    """As the rule says; where nothing has a value there is no score, or the worst."""
    terms = (("completion", 1, 1, 0), ("funds-execution", 1, 1, 0))
    assert compute(rule(*terms), SEEN).score == "33.33"
    assert compute(rule(*terms, missing="worst"), SEEN).score == "16.67"
    nothing = compute(rule(terms[1]), SEEN)
    assert (nothing.score, nothing.exact, nothing.grade) == (None, None, None)
    assert compute(rule(terms[1], missing="worst"), SEEN).score == "0.00"


def test_the_grade_is_of_the_exact_score() -> None:
    """74.996 is shown as 75.00 and does not reach 75."""
    seen = Observed(on=DAY, items=(item("74996/100000"),))
    found = compute(rule(("completion", 1, 1, 0)), seen)
    assert (found.score, found.grade) == ("75.00", "poor")


def test_less_may_be_better() -> None:
    """Where the best value is below the worst, and beyond either end nothing more counts."""
    assert compute(rule(("completion", 1, 0, 1)), SEEN).exact == "200/3"
    assert compute(rule(("completion", 1, 0.2, 0.1)), SEEN).exact == "100"
    assert compute(rule(("completion", 1, 0.9, 0.5)), SEEN).exact == "0"


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=4),
    st.booleans(),
)
def test_any_score_lies_on_its_scale_and_is_the_plain_mean(
    given_terms: list[tuple[int, int]], worst: bool
) -> None:
    """Against the sum written out; every third term has no value."""
    codes = ["completion", "opinions-responded", "funds-execution", "opinions-solved"]
    chosen = [(codes[n], weight, 1, top / 10 - 1) for n, (top, weight) in enumerate(given_terms)]
    found = compute(rule(*chosen, missing="worst" if worst else "leave-out"), SEEN)
    values = dict(zip(codes, [Fraction(1, 3), Fraction(1, 2), None, Fraction(0)], strict=True))
    parts, weights = Fraction(0), 0
    for code, weight, _, low in chosen:
        value = values[code]
        if value is not None:
            parts += weight * max(Fraction(0), (value - exact(low)) / (1 - exact(low)))
        if value is not None or worst:
            weights += weight
    assert Fraction(str(found.exact)) == 100 * parts / weights
    assert 0 <= Fraction(str(found.exact)) <= 100


@pytest.mark.parametrize("kind", ["evaluation", "appraisal"])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda rule: rule["terms"][0].update(best=0.5, worst=0.5),
        lambda rule: [term.update(weight=0) for term in rule["terms"]],
        lambda rule: rule["terms"][0].update(measure="sympathy"),
        lambda rule: rule["terms"].append(rule["terms"][0]),
        lambda rule: rule["grades"].reverse(),
        lambda rule: rule.update(missing="guess"),
        lambda rule: rule.update(terms=[]),
    ],
)
def test_a_rule_that_could_not_be_computed_with_is_refused(kind: str, spoil: Any) -> None:
    """No difference, no weight, no such measure, twice, grades upside down, no terms."""
    content = json.loads(json.dumps(shipped(kind)["content"]))
    CONTENTS[kind].deserialize(content)
    spoil(content)
    with pytest.raises(ValidationError):
        CONTENTS[kind].deserialize(content)


def test_a_measure_of_units_alone_is_no_term_of_an_evaluation() -> None:
    """What a unit had for itself says nothing of a project."""
    content = json.loads(json.dumps(shipped("evaluation")["content"]))
    content["terms"][0]["measure"] = "released-spent"
    with pytest.raises(ValidationError):
        CONTENTS["evaluation"].deserialize(content)
    CONTENTS["appraisal"].deserialize(content)


def test_a_new_measure_is_one_function() -> None:
    """Its name, two definitions, and what it takes."""

    @measures("items-seen", "子项数", "sub-items")
    def items_seen(seen: Observed) -> Taken:
        return Taken(Fraction(len(seen.items)))

    try:
        assert taken("items-seen", items=(item("1"),)).value == 1
    finally:
        del MEASURES["items-seen"]
