"""Lights from plan against actual, with the reason in numbers."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from marshmallow import ValidationError

from services.commons.errors import Conflict, Invalid
from services.supervision.model.light import light
from services.supervision.model.override import LightOverride
from services.supervision.model.state import ItemState, ProjectState
from services.supervision.rules import shipped
from services.supervision.schemas.change_rules import LIGHTS

D = dt.date.fromisoformat
RULE: list[dict[str, Any]] = shipped("lights")["content"]
SHUANGLU = Path("docs/examples/lights-shuanglu.json")


def item(actual: float, planned: float | None = None, **more: Any) -> ItemState:
    """A sub-item of 100."""
    return replace(ItemState("i", 100, actual, planned, None, None), **more)


def state(*items: ItemState, **more: Any) -> ProjectState:
    """A project on 1 August, due at the end of November."""
    return replace(ProjectState("p", D("2023-08-01"), D("2023-11-30"), items), **more)


DONE = D("2023-07-01")


@pytest.mark.parametrize(
    ("found", "code", "colour"),
    [
        (state(item(50, 50)), "on-course", "green"),
        (state(item(50)), "on-course", "green"),
        (state(item(45, 50)), "slightly-behind", "yellow"),
        (state(item(35, 50)), "behind", "orange"),
        (state(item(20, 50)), "far-behind", "red"),
        (state(item(100, 50), item(20, 50)), "far-behind", "red"),
        (state(item(50, 50), milestones_late=1), "milestones-late", "yellow"),
        (state(item(50, 50), overdue_reports=2), "not-reported", "yellow"),
        (state(item(50, 50), due_on=D("2023-07-31")), "overdue", "red"),
        (state(item(100, finished_on=DONE)), "finished", "green"),
        (state(item(100, finished_on=DONE), item(9)), "on-course", "green"),
        (state(item(100, finished_on=DONE, accepted_on=DONE)), "accepted", "blue"),
        (state(item(100, accepted_on=DONE)), "on-course", "green"),
        (state(item(0), deferred=True), "deferred", "grey"),
        (state(item(0), deferred=True, ended_on=DONE), "ended", "grey"),
    ],
)
def test_the_shipped_rule(found: ProjectState, code: str, colour: str) -> None:
    """The first light whose conditions hold; finished is not accepted."""
    shown = light(RULE, found)
    assert (shown.code, shown.colour) == (code, colour)


def test_the_reason_has_the_numbers_in_both_languages() -> None:
    """What was measured, and what the rule asks."""
    shown = light(RULE, state(item(20, 50)))
    assert shown.reason_zh == "最大滞后30.0%(标准 ≥ 30.0%)"
    assert shown.reason_en == "largest lag 30.0% (rule ≥ 30.0%)"
    assert shown.measures["completion"] == 0.2
    assert light(RULE, state(item(0), deferred=True)).reason_zh == "暂缓:是"


def test_the_documented_example_knows_two_colours_only() -> None:
    """Red below 30 %, blue for finished and accepted; the other cut-offs are not known."""
    rule = json.loads(SHUANGLU.read_text("utf-8"))["content"]
    LIGHTS.deserialize(rule)
    codes = [light(rule, state(item(n))).colour for n in (29, 30)]
    assert codes == ["red", "grey"]
    done = state(item(100, finished_on=DONE, accepted_on=DONE))
    assert light(rule, done).colour == "blue"


def test_completion_may_exceed_one_and_hides_no_other_sub_item() -> None:
    """One at 300 % does not make up for one at half; all above their targets are above 1."""
    assert state(item(300), item(50)).completion == 0.75
    assert state(item(300), item(100)).completion == 2
    assert state().completion is None
    assert item(3, target=None).completion == 3
    assert item(5, target=0).completion == 1


def test_lag_is_that_of_the_sub_item_furthest_behind() -> None:
    """Never negative, and unknown without a plan."""
    assert state(item(90, 50), item(10, 50), item(0)).lag == pytest.approx(0.4)
    assert state(item(90, 50)).lag == 0
    assert state(item(90)).lag is None
    assert state(item(120, 130)).lag == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda rule: rule.append(rule[0]),
        lambda rule: rule.pop(),
        lambda rule: rule.insert(0, rule.pop()),
        lambda rule: rule[0]["when"][0].update(measure="mood"),
        lambda rule: rule[0]["when"][0].update(op="lt"),
        lambda rule: rule[5]["when"][0].update(value="much"),
        lambda rule: rule[0].update(colour="pink"),
    ],
)
def test_a_rule_that_could_not_decide_is_refused(change: Any) -> None:
    """A light twice, none at the end, no such measure, no such comparison."""
    LIGHTS.deserialize(json.loads(json.dumps(RULE)))
    rule = json.loads(json.dumps(RULE))
    change(rule)
    with pytest.raises(ValidationError):
        LIGHTS.deserialize(rule)


def override(**more: Any) -> LightOverride:
    """A light set by hand for June."""
    return LightOverride.set(
        project_id="p",
        code="on-course",
        name="正常",
        colour="green",
        reason="(合成)",
        decided_by="(合成)办公室",
        **{"until": D("2023-06-30"), "happened_on": D("2023-06-01")} | more,
        recorded_at=dt.datetime(2023, 6, 1, tzinfo=dt.UTC),
    )


def test_an_override_holds_from_its_day_to_its_last_unless_lifted() -> None:
    """Once; and it does not end before it begins."""
    one = override()
    days = ("2023-05-31", "2023-06-01", "2023-06-30", "2023-07-01")
    assert [one.holds(D(day)) for day in days] == [False, True, True, False]
    one.lift(reason="(合成)", happened_on=D("2023-06-10"))
    assert [one.holds(D(day)) for day in ("2023-06-09", "2023-06-10")] == [True, False]
    with pytest.raises(Conflict, match="override-over"):
        one.lift(reason="(合成)", happened_on=D("2023-06-11"))
    with pytest.raises(Conflict):
        override().lift(reason="(合成)", happened_on=D("2023-07-01"))
    with pytest.raises(Invalid):
        override(until=D("2023-05-31"))
