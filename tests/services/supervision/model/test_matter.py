"""The pure parts of the loop: to whom, how near, when on which rung, what share."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.commons.deadline import Clock, Term
from services.commons.errors import Conflict, Invalid
from services.commons.workdays import Duration
from services.supervision.model.deadline import REPLY, ROUTED, Deadline
from services.supervision.model.escalation import Step, due_steps
from services.supervision.model.matter import OPINION
from services.supervision.model.matter_rates import Case, rates
from services.supervision.model.opinion import Opinion, Problem
from services.supervision.model.plan_content import Site, Task
from services.supervision.model.reply import Said
from services.supervision.model.route import Occasion, nearest, ways
from services.supervision.rules import shipped

D = dt.date.fromisoformat
NOW = dt.datetime(2023, 5, 16, tzinfo=dt.UTC)
ZONE = ZoneInfo("Asia/Shanghai")
CASE: dict[str, Any] = {"kinds": [], "divisions": [], "project_ids": [], "aspects": []}


def test_a_case_fits_if_all_that_it_names_does() -> None:
    """In the rule's order; then the district's unit, then the lead, who is always there."""
    rules = [
        CASE | {"kinds": ["safety"], "divisions": ["330106"], "unit_id": "both"},
        CASE | {"project_ids": ["p"], "unit_id": "project"},
        CASE | {"aspects": ["roads"], "unit_id": "aspect"},
    ]
    task = Task("t1", "330106", "district", "s")
    here = Occasion("p", "elderly", "safety", "330106", "lead", (task,))
    content = {"rules": rules, "tasks": True}
    assert [unit for unit, _ in ways(content, here)] == ["both", "project", "district", "lead"]
    elsewhere = replace(here, project_id="q", aspect="roads", division="330105")
    assert ways(content, elsewhere) == [("aspect", "rule:3"), ("lead", "lead")]
    nowhere = replace(here, division=None, kind=None)
    assert [basis for _, basis in ways(content, nowhere)] == ["rule:2", "lead"]
    assert ways({"rules": [], "tasks": False}, here) == [("lead", "lead")]


def site(code: str, longitude: float | None) -> Site:
    """A planned site on one parallel."""
    return Site(code, code, {"longitude": longitude, "latitude": None if longitude is None else 30})


def test_the_nearest_site_is_taken_if_it_is_near_enough() -> None:
    """Of two equally near the first by project and code; a site without a point is none."""
    sites = [("b", site("x", 120.001)), ("a", site("y", 119.999)), ("a", site("z", None))]
    found = nearest(sites, (120.0, 30.0), 500)
    assert found is not None
    assert (found[0], found[1].code, found[2]) == ("a", "y", 96)
    assert nearest(sites, (120.0, 30.0), 95) is None
    assert nearest([], (120.0, 30.0), 500) is None


def test_a_rung_is_reached_on_its_day_and_once() -> None:
    """Counted from the last day; a deadline that was met comes to none."""
    term = Term(REPLY, ROUTED, Duration(3, "days"), False)
    clock = Clock(D("2023-05-16"), None, ZONE, "", "0" * 64)
    late = Deadline.set(OPINION, "m", term, clock, recorded_at=NOW)
    assert late.due_on == D("2023-05-19")
    ladder = [Step.of(one) for one in shipped("escalation")["content"]]

    def reached(day: str, taken: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
        found = due_steps(late, ladder, taken, D(day), ZONE)
        return [(step.code, on.isoformat()) for step, on in found]

    assert reached("2023-05-19") == []
    assert reached("2023-05-20") == [("reminder", "2023-05-20")]
    assert reached("2023-05-26", frozenset({"reminder"})) == [("leader", "2023-05-26")]
    assert [code for code, _ in reached("2023-12-31")] == ["reminder", "leader", "public"]
    late.code = "judge"
    assert reached("2023-12-31") == []
    late.code = REPLY
    late.end(D("2023-12-30"))
    assert reached("2023-12-31") == []


def test_a_result_is_one_of_the_rules_and_a_promise_has_its_day() -> None:
    """Without a result, as earlier clients reply, nothing is promised and nothing solved."""
    results = shipped("results")["content"]
    day = D("2023-05-16")
    assert Said("", "A", None, day).checked(results).solved
    assert not Said("", None, None, day).checked(results).solved
    assert Said("", "B", D("2023-06-01"), day).checked(results).promised_on == D("2023-06-01")
    for result, promised_on in (("B", None), ("C", "2023-06-01"), (None, "2023-06-01")):
        promised = D(promised_on) if promised_on else None
        with pytest.raises(Invalid, match="promise-unclear"):
            Said("", result, promised, day).checked(results)
    with pytest.raises(Invalid, match="day-before"):
        Said("", "B", D("2023-05-15"), day).checked(results)


def test_rates_have_their_own_wholes() -> None:
    """What nobody judged is not dissatisfied; where nothing is there is no share."""
    case = Case("1", "p", 2023, "u", None, None, None, True, False, False, None, False)
    three = [case, replace(case, judgement="not"), replace(case, judgement="basically")]
    found = rates([*three, replace(case, replied=False), replace(case, solved=True)])
    assert (found["responded"].part, found["responded"].whole) == (4, 5)
    assert (found["satisfied"].part, found["satisfied"].whole) == (1, 2)
    assert found["solved"].share == 0.2
    assert rates([])["published"].share is None


def test_a_row_of_the_release_before_says_where_it_stands() -> None:
    """By its days alone."""
    words: dict[str, Any] = {"project_id": "p", "text": "(合成)", "happened_on": D("2023-05-16")}
    more: dict[str, Any] = {"visit_id": None, "recorded_at": NOW}
    problem = Problem.find(**words, **more)
    opinion = Opinion.raise_(deputy_id="d", channel="week", problem_id=None, **words, **more)
    assert (problem.stage, opinion.stage) == ("raised", "raised")
    opinion.handle(unit_id="u", text="", happened_on=D("2023-05-17"))
    assert (opinion.stage, opinion.owed()) == ("handled", "reply")
    opinion.reply(unit_id="u", text="", happened_on=D("2023-05-18"))
    assert (opinion.stage, opinion.owed(), opinion.reply_number) == ("replied", None, 1)
    with pytest.raises(Conflict, match="not-closed"):
        opinion.reopen(D("2023-05-19"))
