"""A look-back on its way from the plan to its end: rules of the model, and a machine over all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.commons.errors import Conflict, Invalid, NotFound
from services.supervision.model.look_back import WORKING, LookBack
from services.supervision.model.planned_look_back import PlannedLookBack

NOON = dt.datetime(2024, 5, 6, 4, tzinfo=dt.UTC)
ITEMS = ("00000001-0000-4000-8000-000000000001", "00000001-0000-4000-8000-000000000002")
DAY = dt.date(2024, 5, 6)


def plan(**changed: Any) -> PlannedLookBack:
    """A planned look-back at a project of 2023."""
    given: dict[str, Any] = {"project_name": "(合成)甲", "project_year": 2023}
    return PlannedLookBack.plan(**given | changed, happened_on=DAY, recorded_at=NOON)


def visit(planned: PlannedLookBack, on: dt.date = DAY) -> None:
    """Somebody goes."""
    planned.visit(
        group_id=None,
        place="(合成)地点",
        division=None,
        deputy_ids=[],
        unit_ids=[],
        text="",
        happened_on=on,
        recorded_at=NOON,
    )


def find(planned: PlannedLookBack, item: str | None, working: str, *problems: str) -> str:
    """Something is found; its id."""
    return planned.find(
        sub_item_id=item,
        working=working,
        operator_unit_id=None,
        operator_name=None,
        running_yuan=None,
        running_source=None,
        mechanisms=[],
        problem_ids=list(problems),
        recommendations=["(合成)建议"],
        text="(合成)",
        happened_on=DAY,
        recorded_at=NOON,
    ).id


def conclude(planned: PlannedLookBack, *, effective: bool = True) -> LookBack:
    """It ends."""
    return planned.conclude(
        finding="(合成)",
        effective=effective,
        sub_item_ids=ITEMS,
        happened_on=DAY,
        recorded_at=NOON,
    )


def test_a_conclusion_says_how_each_sub_item_works() -> None:
    """The last finding at a sub-item stands; the conclusion has the look-back's id."""
    planned = plan()
    visit(planned)
    find(planned, ITEMS[0], "not")
    find(planned, ITEMS[0], "partly")
    find(planned, ITEMS[1], "fully")
    look_back = conclude(planned)
    assert look_back.id == planned.id
    assert look_back.sub_items == [
        {"sub_item_id": ITEMS[0], "working": "partly"},
        {"sub_item_id": ITEMS[1], "working": "fully"},
    ]
    assert [event.type for event in look_back.take_recorded()] == ["look-back.recorded.v1"]


@pytest.mark.parametrize(("working", "effective"), [("not", True), ("fully", False)])
def test_a_conclusion_cannot_contradict_all_that_was_seen(working: str, effective: bool) -> None:
    """What works nowhere is not effective, and what works everywhere is."""
    planned = plan()
    visit(planned)
    for item in ITEMS:
        find(planned, item, working)
    with pytest.raises(Invalid) as caught:
        conclude(planned, effective=effective)
    assert caught.value.errors[0]["pointer"] == "/effective"
    assert planned.state == "under-way"


def test_nothing_is_found_before_somebody_went_and_all_must_be_seen() -> None:
    """A finding needs a visit, the conclusion one finding a sub-item or one for the whole."""
    planned = plan()
    with pytest.raises(Conflict):
        find(planned, None, "fully")
    visit(planned)
    find(planned, ITEMS[0], "fully")
    with pytest.raises(Conflict) as caught:
        conclude(planned)
    assert ITEMS[1] in caught.value.errors[0]["detail"]
    find(planned, None, "fully")
    assert conclude(planned).effective


def test_days_do_not_run_backwards() -> None:
    """No visit before the plan; a look-back is not planned for a year to come."""
    with pytest.raises(Invalid):
        visit(plan(), DAY - dt.timedelta(days=1))
    with pytest.raises(Invalid):
        plan(project_year=2025)


def test_what_is_wrong_is_followed_up_until_it_is_right() -> None:
    """Only a standing finding with a defect, only after the conclusion, once."""
    planned = plan()
    visit(planned)
    old = find(planned, None, "not")
    good = find(planned, ITEMS[0], "fully")
    bad = find(planned, None, "fully", "00000009-0000-4000-8000-000000000001")
    with pytest.raises(Conflict):
        planned.follow_up(bad, solved=True, happened_on=DAY)
    conclude(planned)
    with pytest.raises(NotFound):
        planned.follow_up(old, solved=True, happened_on=DAY)
    with pytest.raises(Conflict):
        planned.follow_up(good, solved=True, happened_on=DAY)
    planned.follow_up(bad, solved=False, happened_on=DAY)
    assert [one.id for one in planned.unsettled] == [bad]
    planned.follow_up(bad, solved=True, happened_on=DAY)
    assert planned.unsettled == []
    with pytest.raises(Conflict):
        planned.follow_up(bad, solved=True, happened_on=DAY)


class LookBackMachine(RuleBasedStateMachine):
    """Whatever is done in whatever order, an end is an end and no defect is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.planned = plan()
        self.conclusion: LookBack | None = None
        self.wrong: set[str] = set()

    def over(self) -> bool:
        """Whether it has ended."""
        return self.planned.state in ("concluded", "dropped")

    @rule()
    def visit(self) -> None:
        """Go, which only an open one allows."""
        if self.over():
            with pytest.raises(Conflict):
                visit(self.planned)
        else:
            visit(self.planned)

    @rule(item=st.sampled_from((None, *ITEMS)), working=st.sampled_from(WORKING))
    def find(self, item: str | None, working: str) -> None:
        """Find something, which needs a visit."""
        if self.over() or not self.planned.visits:
            with pytest.raises(Conflict):
                find(self.planned, item, working)
        else:
            find(self.planned, item, working)

    @rule(effective=st.booleans())
    def conclude(self, effective: bool) -> None:
        """Conclude; if it is refused nothing has changed."""
        before = self.planned.state
        try:
            self.conclusion = conclude(self.planned, effective=effective)
        except (Conflict, Invalid):
            assert self.planned.state == before
        else:
            assert before == "under-way"
            self.wrong = {one.id for one in self.planned.standing if one.working != "fully"}

    @precondition(lambda self: self.planned.state == "planned")
    @rule()
    def drop(self) -> None:
        """Give it up."""
        self.planned.drop(reason="(合成)", happened_on=DAY)

    @precondition(lambda self: self.wrong)
    @rule(data=st.data(), solved=st.booleans())
    def follow_up(self, data: st.DataObject, solved: bool) -> None:
        """Put something right, or only try."""
        one = data.draw(st.sampled_from(sorted(self.wrong)))
        self.planned.follow_up(one, solved=solved, happened_on=DAY)
        if solved:
            self.wrong.discard(one)

    @invariant()
    def no_defect_is_forgotten(self) -> None:
        """What was wrong at the conclusion is unsettled until it was put right."""
        if self.conclusion is not None:
            assert {one.id for one in self.planned.unsettled} == self.wrong
            assert self.planned.state == "concluded"


TestLookBackMachine = LookBackMachine.TestCase
TestLookBackMachine.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
