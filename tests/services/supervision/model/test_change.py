"""Changes of projects: what is major, who decides, and a machine of all steps."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from marshmallow import ValidationError

from services.commons.errors import Conflict, Invalid, ServiceError
from services.supervision.model.change import Change, Decider, standing
from services.supervision.model.difference import Difference, major, voted
from services.supervision.model.plan_content import (
    Content,
    Funds,
    PlanMilestone,
    PlanUnit,
    Site,
    Target,
)
from services.supervision.rules import shipped
from services.supervision.schemas.change_rules import CHANGES

from .test_entities import NOW, project

D = dt.date.fromisoformat
MAJOR: list[dict[str, Any]] = shipped("changes")["content"]["major"]


def site(code: str, latitude: float | None) -> Site:
    """A site at a latitude; a hundredth of a degree is 1.1 km."""
    return Site(code, "(合成)", {"longitude": 120.0, "latitude": latitude})


BASE = Content(
    units=(PlanUnit("u", "lead"),),
    targets=(Target("numbered", 100), Target("open", None)),
    due_on=D("2023-11-30"),
    milestones=(PlanMilestone("m", "(合成)", D("2023-06-01")),),
    funds=Funds(1000),
    sites=(site("a", 30.0), site("b", None)),
)


@pytest.mark.parametrize(
    ("after", "codes"),
    [
        (BASE, []),
        (replace(BASE, targets=(Target("numbered", 91),)), []),
        (replace(BASE, targets=(Target("numbered", 90),)), ["target-lowered"]),
        (replace(BASE, targets=(Target("numbered", 500),)), []),
        (replace(BASE, due_on=D("2023-12-29")), []),
        (replace(BASE, due_on=D("2023-12-30")), ["due-later"]),
        (replace(BASE, due_on=D("2023-01-30")), []),
        (
            replace(BASE, milestones=(PlanMilestone("m", "(合成)", D("2023-07-01")),)),
            ["due-later"],
        ),
        (replace(BASE, units=(PlanUnit("v", "lead"),)), ["lead-changed"]),
        (replace(BASE, sites=(site("a", 30.009), site("b", 9.0))), ["site-moved"]),
        (replace(BASE, sites=(site("a", 30.008), site("b", 9.0))), []),
        (replace(BASE, sites=(site("a", 30.0),)), ["site-dropped"]),
        (replace(BASE, sites=(*BASE.sites, site("c", 40.0))), []),
        (replace(BASE, funds=Funds(800)), ["funds-less"]),
        (replace(BASE, funds=Funds(1199)), []),
        (replace(BASE, funds=Funds(1200)), ["funds-more"]),
        (replace(BASE, funds=Funds(None)), []),
    ],
)
def test_what_is_major_by_the_shipped_rule(after: Content, codes: list[str]) -> None:
    """Each measure at its edge."""
    assert major(MAJOR, Difference(BASE, after)) == codes


def test_a_deferral_and_an_ending_are_major_and_resuming_is_not() -> None:
    """As Shaanxi's article 18 has it."""
    found = [major(MAJOR, Difference(BASE, BASE, kind)) for kind in ("defer", "end", "resume")]
    assert found == [["deferral"], ["ending"], []]


def test_a_first_plan_is_compared_with_what_was_voted() -> None:
    """Less than was promised to the voters is a major change too."""
    before = voted(project(), BASE.units)
    less = replace(before, targets=(Target("numbered", 50), Target("open", None)))
    assert major(MAJOR, Difference(before, less)) == ["target-lowered"]
    assert major(MAJOR, Difference(before, before)) == []


def test_a_rule_names_each_condition_and_level_once() -> None:
    """What could not be decided by is refused."""
    content = shipped("changes")["content"]
    CHANGES.deserialize(content)
    broken_ones: list[dict[str, Any]] = [
        {"major": [MAJOR[0], MAJOR[0]]},
        {"decides": [content["decides"][0]] * 2},
        {"decides": []},
        {"steps": ["sung"]},
        {"major": [MAJOR[0] | {"measure": "mood"}]},
        {"grounds": []},
    ]
    for broken in broken_ones:
        with pytest.raises(ValidationError):
            CHANGES.deserialize(content | broken)


def propose(*majors: str, kind: str = "adjust", **more: Any) -> Change:
    """A change of 1 July."""
    by = Decider(majors, "standing-committee", ("announced", "reported"), None, "d")
    said: dict[str, Any] = {
        "project_id": "p",
        "kind": kind,
        "content": {},
        "deferred_until": None,
        "ground": "policy",
        "reason": "(合成)",
        "unit_id": "u",
        "by": by,
        "happened_on": D("2023-07-01"),
        "recorded_at": NOW,
    }
    return Change.propose(**said | more)


def decide(change: Change, approved: bool = True, body: str = "standing-committee") -> None:
    """Decide it on 10 July."""
    change.decide(
        approved=approved, body=body, document="(合成)", text="", happened_on=D("2023-07-10")
    )


def test_a_minor_change_is_effective_at_once_and_needs_no_step() -> None:
    """Nobody decides it."""
    change = propose()
    assert (change.state, change.effective_on, change.left) == ("effective", D("2023-07-01"), [])
    with pytest.raises(Conflict, match="change-not-open"):
        decide(change)
    with pytest.raises(Conflict, match="step-not-due"):
        change.announce(document="(合成)", happened_on=D("2023-07-20"))


def test_only_the_body_that_the_rule_names_decides() -> None:
    """Another one's decision is refused, and the change waits on."""
    change = propose("target-lowered")
    with pytest.raises(Invalid, match="other-decider"):
        decide(change, body="congress")
    assert (change.state, change.left) == ("proposed", [])
    decide(change)
    assert change.left == ["announced", "reported"]


def test_a_day_of_a_deferral_lies_ahead() -> None:
    """And only a deferral has one."""
    for kind, day in (("adjust", "2023-08-01"), ("defer", "2023-07-01")):
        with pytest.raises(Invalid, match="deferred-until"):
            propose("deferral", kind=kind, deferred_until=D(day))


def test_of_several_changes_the_latest_effective_counts() -> None:
    """Deferred until its day, taken up again, ended; what is refused changes nothing."""
    defer = propose("deferral", kind="defer", deferred_until=D("2023-09-01"))
    assert standing([defer], D("2023-08-01")).deferred is False
    decide(defer)
    found = [standing([defer], D(day)).deferred for day in ("2023-07-09", "2023-07-10")]
    assert found == [False, True]
    assert standing([defer], D("2023-09-01")).deferred
    assert not standing([defer], D("2023-09-02")).deferred
    resumed = propose(kind="resume", happened_on=D("2023-08-01"))
    assert not standing([defer, resumed], D("2023-08-01")).deferred
    ended = propose("ending", kind="end", happened_on=D("2023-07-05"))
    decide(ended)
    assert standing([ended], D("2023-07-10")).ended_on == D("2023-07-10")
    refused = propose("ending", kind="end")
    decide(refused, approved=False)
    assert standing([refused], D("2024-01-01")).ended_on is None


class Steps(RuleBasedStateMachine):
    """Any step in any order: a change never takes effect undecided, and loses no step."""

    def __init__(self) -> None:
        super().__init__()
        self.change = propose("target-lowered")
        self.approved: bool | None = None

    @rule(approved=st.booleans(), body=st.sampled_from(("standing-committee", "congress")))
    def decide(self, approved: bool, body: str) -> None:
        """Some body approves or refuses it."""
        with contextlib.suppress(ServiceError):
            decide(self.change, approved, body)
            assert self.approved is None
            assert body == "standing-committee"
            self.approved = approved

    @rule(day=st.dates(D("2023-06-01"), D("2023-12-31")))
    def withdraw(self, day: dt.date) -> None:
        """Its unit takes it back."""
        with contextlib.suppress(ServiceError):
            self.change.withdraw(happened_on=day)
            assert self.approved is None

    @rule(day=st.dates(D("2023-06-01"), D("2023-12-31")))
    def announce(self, day: dt.date) -> None:
        """The office announces it."""
        with contextlib.suppress(ServiceError):
            self.change.announce(document="(合成)", happened_on=day)
            assert self.approved

    @rule(day=st.dates(D("2023-06-01"), D("2024-12-31")))
    def report(self, day: dt.date) -> None:
        """The office reports it."""
        with contextlib.suppress(ServiceError):
            self.change.report(meeting="(合成)", document="(合成)", happened_on=day)
            assert self.change.announced_on is not None

    @invariant()
    def days_follow_one_another(self) -> None:
        """No step comes before the one that it follows."""
        change = self.change
        steps = (change.happened_on, change.decided_on, change.announced_on, change.reported_on)
        days = [day for day in steps if day]
        assert days == sorted(days)

    @invariant()
    def effective_only_when_approved(self) -> None:
        """Nothing takes effect undecided."""
        change = self.change
        assert (change.effective_on is not None) == (self.approved is True)
        assert (change.state == "effective") == (self.approved is True)
        assert (change.state == "refused") == (self.approved is False)

    @invariant()
    def what_must_follow_is_done_or_left(self) -> None:
        """No step of a decided change is lost."""
        change = self.change
        done = [change.announced_on, change.reported_on]
        assert len(change.left) + sum(day is not None for day in done) == 2 * bool(self.approved)


Steps.TestCase.settings = settings(max_examples=60, stateful_step_count=12)
TestEveryOrderOfSteps = Steps.TestCase
