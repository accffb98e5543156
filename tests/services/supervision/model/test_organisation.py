"""Memberships, questions, decisions, calendar and task lists as machines: no way leads astray."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.commons.errors import Conflict, Invalid, ServiceError
from services.supervision.model.calendar import CalendarEntry, drawn
from services.supervision.model.decision import Decision
from services.supervision.model.finding import CheckIn
from services.supervision.model.group import Group
from services.supervision.model.participant import Participant
from services.supervision.model.plan_content import Site
from services.supervision.model.question import ANSWERED, ASKED, CLOSED, Question
from services.supervision.model.task_item import TaskItem

NOW = dt.datetime(2023, 12, 1, tzinfo=dt.UTC)
FIRST = dt.date(2023, 3, 1)
DAYS = st.integers(0, 20).map(lambda days: FIRST + dt.timedelta(days=days))
DEPUTIES = [f"deputy-{number}" for number in range(4)]


class Membership(RuleBasedStateMachine):
    """Who belongs to a group, against a plain list of (deputy, role, from, to)."""

    @initialize()
    def form(self) -> None:
        """A group with its first deputy as leader."""
        self.group = Group.form(
            project_id="p",
            name="(合成)一组",
            members=[{"kind": "deputy", "deputy_id": DEPUTIES[0], "role": "leader"}],
            liaison_officers=[],
            happened_on=FIRST,
            recorded_at=NOW,
        )
        self.plain: list[list[Any]] = [[DEPUTIES[0], "leader", FIRST, None]]

    @rule(deputy=st.sampled_from(DEPUTIES), role=st.sampled_from(["leader", "member"]), day=DAYS)
    def join(self, deputy: str, role: str, day: dt.date) -> None:
        """She joins unless she belongs to it from that day on, or another leads it then."""
        lasting = [one for one in self.plain if one[3] is None or one[3] > day]
        refused = any(one[0] == deputy or role == one[1] == "leader" for one in lasting)
        member = {"kind": "deputy", "deputy_id": deputy, "role": role}
        if refused:
            with pytest.raises(Conflict):
                self.group.admit(member, day)
        else:
            self.group.admit(member, day)
            self.plain.append([deputy, role, day, None])

    @rule(place=st.integers(0, 9), day=DAYS)
    def leave(self, place: int, day: dt.date) -> None:
        """One leaves, once and not before she joined."""
        place %= len(self.plain)
        one = self.plain[place]
        id_ = self.group.history[place].id
        if one[3] is not None or day < one[2]:
            with pytest.raises(ServiceError):
                self.group.leave(id_, day, "(合成)")
        else:
            self.group.leave(id_, day, "(合成)")
            one[3] = day

    @invariant()
    def every_day_is_known(self) -> None:
        """On no day is somebody a member twice, or are there two leaders; nobody is forgotten."""
        for days in range(21):
            day = FIRST + dt.timedelta(days=days)
            now = self.group.members_on(day)
            assert [one.deputy_id for one in now] == [
                who for who, _, start, end in self.plain if start <= day and (not end or day < end)
            ]
            assert len({one.deputy_id for one in now}) == len(now)
            assert sum(one.role == "leader" for one in now) <= 1


class Asking(RuleBasedStateMachine):
    """A question: whose turn it is, and that no step is lost."""

    @initialize()
    def ask(self) -> None:
        """Asked on the first day."""
        self.question = Question.ask(
            "m",
            project_id="p",
            deputy_id="d",
            unit_id="u",
            text="(合成)?",
            happened_on=FIRST,
            recorded_at=NOW,
        )
        self.steps: list[str] = []
        self.latest = FIRST

    @rule(step=st.sampled_from(["answer", "follow-up", "close"]), day=DAYS)
    def take(self, step: str, day: dt.date) -> None:
        """Any step on any day: taken in its turn and not before the one before, else refused."""
        state = self.question.state
        turn = state == (ASKED if step == "answer" else ANSWERED)
        acts: dict[str, Callable[[], None]] = {
            "answer": lambda: self.question.answer("(合成)", day),
            "follow-up": lambda: self.question.follow_up("(合成)", day, None),
            "close": lambda: self.question.close(day),
        }
        act = acts[step]
        if turn and day >= self.latest:
            act()
            self.steps.append(step)
            self.latest = day
        else:
            with pytest.raises(ServiceError):
                act()
            assert self.question.state == state

    @invariant()
    def nothing_is_lost(self) -> None:
        """The turns are the steps; it is closed only after an answer."""
        if not hasattr(self, "question"):
            return
        spoken = [step for step in self.steps if step != "close"]
        assert [turn["kind"] for turn in self.question.turns] == spoken
        closed = "close" in self.steps
        assert closed == (self.question.state == CLOSED) == (self.question.closed_on is not None)
        assert self.steps.index("close") == len(self.steps) - 1 if closed else True
        assert spoken[-1:] == ["answer"] if closed else True


Membership.TestCase.settings = settings(max_examples=40, stateful_step_count=20)
Asking.TestCase.settings = settings(max_examples=40, stateful_step_count=12)
TestMembership = Membership.TestCase
TestAsking = Asking.TestCase


def entry(**changes: Any) -> CalendarEntry:
    """An entry of August."""
    fields: dict[str, Any] = {
        "year": 2023, "part": "report-meeting", "ordinal": 1, "name": "(合成)", "must": "meeting",
        "of": "report-meeting", "starts_on": dt.date(2023, 8, 1), "due_on": dt.date(2023, 8, 31),
        "lead_days": 20, "happened_on": FIRST, "recorded_at": NOW,
    }  # fmt: skip
    return CalendarEntry.enter(**fields | changes)


def task() -> TaskItem:
    """An item that a unit watches."""
    watcher: dict[str, Any] = {"group_id": None, "deputy_id": None, "unit_id": "u"}
    return TaskItem.list_(
        project_id="p", kind="site", name="(合成)", site_code=None, problem_id=None, **watcher,
        due_on=dt.date(2023, 6, 30), happened_on=FIRST, recorded_at=NOW,
    )  # fmt: skip


def decision() -> Decision:
    """A decision for a unit."""
    return Decision.take(
        "m", project_id=None, text="(合成)", unit_id="u", group_id=None, due_on=None,
        happened_on=FIRST, recorded_at=NOW,
    )  # fmt: skip


def test_what_has_ended_does_not_end_again_nor_change() -> None:
    """Decisions, items of task lists and entries of the calendar: whichever end comes first."""
    later = FIRST + dt.timedelta(days=1)
    for first in ("done", "dropped"):
        ended = decision()
        with pytest.raises(Invalid, match="day-before"):
            ended.end(first, "(合成)", FIRST - dt.timedelta(days=1))
        ended.end(first, "(合成)", FIRST)
        item = task()
        item.end(first, "(合成)", FIRST)
        for one in (ended, item):
            with pytest.raises(Conflict):
                one.end("done", "(合成)", later)
            assert (one.state, one.ended_on) == (first, FIRST)
        with pytest.raises(Conflict):
            item.check(
                finding="", standing="same", visit_id=None, happened_on=later, recorded_at=NOW
            )
    ends: list[Callable[[CalendarEntry], None]] = [
        lambda e: e.keep("x", None, later),
        lambda e: e.drop("(合成)", later),
    ]
    moves: list[Callable[[CalendarEntry], None]] = [lambda e: e.move(later, later, "(合成)", later)]
    for end in ends:
        kept = entry()
        end(kept)
        for again in ends + moves:
            with pytest.raises(Conflict, match="entry-ended"):
                again(kept)
        assert kept.ended_on == later


def test_an_item_is_not_checked_before_the_check_before() -> None:
    """Nor done before it."""
    item, day = task(), FIRST + dt.timedelta(days=5)
    item.check(finding="", standing="better", visit_id=None, happened_on=day, recorded_at=NOW)
    with pytest.raises(Invalid, match="day-before"):
        item.check(finding="", standing="same", visit_id=None, happened_on=FIRST, recorded_at=NOW)
    with pytest.raises(Invalid, match="day-before"):
        item.end("done", "(合成)", FIRST)


def test_a_moved_entry_is_called_to_mind_again() -> None:
    """As many days before its new last day."""
    moved = entry()
    assert moved.remind_on == dt.date(2023, 8, 11)
    moved.remind(dt.date(2023, 8, 11))
    moved.move(dt.date(2023, 9, 1), dt.date(2023, 9, 30), "(合成)", dt.date(2023, 8, 12))
    assert (moved.reminded_on, moved.remind_on) == (None, dt.date(2023, 9, 10))


@pytest.mark.parametrize(("year", "last"), [(2023, 28), (2024, 29)])
def test_a_day_that_a_month_has_not_is_its_last(year: int, last: int) -> None:
    """In February, in leap years too."""
    part = {"code": "x", "name": "", "must": "other", "of": None, "months": [2], "lead_days": 0}
    (one,) = drawn([part | {"from_day": 31, "day": 31}], year)
    assert one["starts_on"] == one["due_on"] == dt.date(year, 2, last)


def test_the_same_person_is_the_same_in_every_role() -> None:
    """A deputy by her id, an official by unit and office; other offices are other persons."""

    def person(role: str, **named: Any) -> str:
        none: dict[str, Any] = dict.fromkeys(("deputy_id", "unit_id", "office", "label"))
        one = Participant.enter("meeting", "m", FIRST, role=role, **none | named, recorded_at=NOW)
        return one.person

    assert person("deputy", deputy_id="d") == person("group-leader", deputy_id="d")
    head = {"unit_id": "u", "office": "(示例)局长"}
    assert person("chair", **head) == person("official", **head)
    assert person("official", **head) != person("official", **head | {"office": "(示例)处长"})


def test_a_check_in_without_a_point_in_the_plan_has_no_distance() -> None:
    """A site of which only the division is known is no site to be near to."""
    site = Site("s", "(合成)", dict.fromkeys(("division", "longitude", "latitude")))
    made = CheckIn.make(
        [site],
        deputy_id="d",
        project_id="p",
        visit_id=None,
        place={"longitude": 120.1, "latitude": 30.2, "datum": "WGS-84"},
        happened_on=FIRST,
        recorded_at=NOW,
    )
    assert (made.site_code, made.distance, made.longitude) == (None, None, 120.1)
