"""Whatever happens at meetings and on task lists, what waits is on the overdue list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from services.commons.errors import Conflict
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import OWN, Year

DUE = {"due_on": "2023-09-30"}
#: A step of each thing, and in which state it is taken; where it leads.
STEPS: dict[str, dict[str, tuple[str, str]]] = {
    "question": {
        "answer_question": ("asked", "answered"),
        "follow_up_question": ("answered", "asked"),
        "close_question": ("answered", "closed"),
    },
    "decision": {
        "complete_decision": ("open", "done"),
        "drop_decision": ("open", "dropped"),
    },
    "task": {"complete_task": ("open", "done"), "drop_task": ("open", "dropped")},
}
WAITING = ("asked", "open")
ALL = [(kind, step) for kind, steps in STEPS.items() for step in steps]


class Waiting(RuleBasedStateMachine):
    """Questions, decisions and items of a project of its own; a plain note of their states."""

    year: ClassVar[Year]

    @initialize()
    def begin(self) -> None:
        """A project, a meeting about it, a deputy, and one of each."""
        (self.project,) = self.year.vote("(合成)甲")
        self.deputy = self.year.deputy(OWN)
        day = {"happened_on": "2023-08-10"}
        meeting = self.year.call("record_meeting", kind="regular", name="(合成)", **day)
        self.meeting = meeting["id"]
        self.things: dict[str, tuple[str, str]] = {}
        for kind in STEPS:
            self.add(kind)

    @rule(kind=st.sampled_from(sorted(STEPS)))
    def add(self, kind: str) -> None:
        """One more of them."""
        call, unit = self.year.service.call, self.year.unit
        common = {"project_id": self.project, "unit_id": unit}
        if kind == "question":
            asked = common | {"deputy_id": self.deputy, "text": "(合成)"}
            made, state = call("ask_question", self.meeting, asked), "asked"
        elif kind == "decision":
            made = call("take_decision", self.meeting, common | DUE | {"text": "(合成)"})
            state = "open"
        else:
            task = common | DUE | {"kind": "link", "name": "(合成)", "happened_on": "2023-08-10"}
            made, state = call("list_task", task), "open"
        self.things[made["id"]] = kind, state

    @rule(place=st.integers(0, 9), which=st.integers(0, 1))
    def advance(self, place: int, which: int) -> None:
        """A step of one of them in its turn."""
        ids = sorted(self.things)
        kind, state = self.things[ids[place % len(ids)]]
        right = [method for method, (before, _) in STEPS[kind].items() if before == state]
        if right:
            mine = [id_ for id_ in ids if self.things[id_][0] == kind]
            self.take((kind, right[which % len(right)]), mine.index(ids[place % len(ids)]))

    @rule(step=st.sampled_from(ALL), place=st.integers(0, 9))
    def take(self, step: tuple[str, str], place: int) -> None:
        """A step of one of them, in its turn or out of it."""
        kind, method = step
        mine = sorted(id_ for id_, (one, _) in self.things.items() if one == kind)
        if not mine:
            return
        id_ = mine[place % len(mine)]
        before, after = STEPS[kind][method]
        body: dict[str, Any] = {"happened_on": "2023-08-12"}
        if method in ("answer_question", "follow_up_question"):
            body["text"] = "(合成)"
        elif kind != "question":
            body["outcome"] = "(合成)"
        if self.things[id_][1] == before:
            assert self.year.service.call(method, id_, body)["state"] == after
            self.things[id_] = kind, after
        else:
            with pytest.raises(Conflict):
                self.year.service.call(method, id_, body)

    @invariant()
    def what_waits_is_on_the_list(self) -> None:
        """Each once its day has passed, and nothing else but the plan that nobody published."""
        if not hasattr(self, "things"):
            return
        params = {"on": "2024-06-01", "project_id": self.project, "limit": "200"}
        listed = self.year.service.call("list_supervision_overdue", params)["items"]
        waiting = sorted(id_ for id_, (_, state) in self.things.items() if state in WAITING)
        assert sorted(one["subject_id"] for one in listed if one["kind"] != "plan") == waiting


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_nothing_that_waits_is_lost(serve: Callable[[Any], Harness]) -> None:
    """Twenty meetings of up to fifteen steps each."""
    Waiting.year = Year(serve(SupervisionService))
    run_state_machine_as_test(
        Waiting,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
