"""No path through the loop loses a matter, or leaves one unanswered and off the overdue list."""

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
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.commons.errors import Conflict, Forbidden, Invalid
from services.supervision.service import SupervisionService

from ...harness import Harness
from .loop_sample import DAY, Json, Loop

#: When every term of the shipped rules has run out.
LATE = "2030-01-01"
REASON = {"reason": "(合成)理由", "happened_on": DAY}
IN_HAND = ("routed", "accepted", "handled")


def when(*states: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A rule that is tried in these states; in the others :meth:`Machine.anything` tries it."""
    decorated: Callable[[Callable[..., None]], Callable[..., None]] = precondition(
        lambda machine: machine.now["state"] in states
    )
    return decorated


class Machine(RuleBasedStateMachine):
    """One matter, whatever units, deputies and the office do with it.

    ``done``: how often each step was taken.
    """

    loop: ClassVar[Loop]

    @initialize(register=st.sampled_from(["opinion", "opinion", "problem"]))
    def begin(self, register: str) -> None:
        """Something is raised or found."""
        loop = self.loop
        loop.register = register
        said = {"text": "(合成)原话"}
        if register == "opinion":
            self.now = loop.raised(**said)
        else:
            self.now = loop.year.call("record_problem", project_id=loop.project, **said)
        self.done = {"routings": 1, "replies": 0, "judgements": 0, "confirmations": 0}

    def does(self, counts: str | None, call: Any, *args: Any, **body: Any) -> None:
        """Take a step, which may be refused with a clear problem and then changes nothing."""
        before = self.now
        try:
            self.now = call(*args, **body)
        except (Conflict, Forbidden, Invalid):
            assert self.loop.get(before) == before
            return
        if counts:
            self.done[counts] += 1

    @property
    def unit(self) -> str:
        """Who has it in hand."""
        return str(self.now["unit_id"] or self.loop.unit)

    @when("routed")
    @rule()
    def accept(self) -> None:
        """The unit takes it."""
        self.does(None, self.loop.step, "accept_matter", self.now, unit_id=self.unit)

    @when("routed", "accepted")
    @rule()
    def give_back(self) -> None:
        """The unit returns it."""
        body = {"unit_id": self.unit, "reason": "(合成)"}
        self.does(None, self.loop.step, "return_matter", self.now, **body)

    @when("returned", "routed", "handled")
    @rule()
    def route(self) -> None:
        """The office gives it to another unit."""
        self.does("routings", self.loop.route, self.now, self.loop.a_unit())

    @when(*IN_HAND)
    @rule()
    def handle(self) -> None:
        """The unit deals with it."""
        body = {"unit_id": self.unit, "text": "(合成)"}
        self.does(None, self.loop.step, "handle_matter", self.now, **body)

    @when(*IN_HAND, "replied")
    @rule(result=st.sampled_from([None, "A", "B", "C"]))
    def reply(self, result: str | None) -> None:
        """The unit replies."""
        body: Json = {"unit_id": self.unit, "text": "(合成)", "result": result}
        body |= {"promised_on": "2023-09-30"} if result == "B" else {}
        self.does("replies", self.loop.step, "reply_to_matter", self.now, **body)

    @when("replied")
    @rule(judgement=st.sampled_from(["satisfied", "basically", "not"]))
    def judge(self, judgement: str) -> None:
        """The deputy judges the reply."""
        if self.loop.register == "opinion":
            self.does("judgements", self.loop.judge, self.now, judgement, reason="(合成)")

    @when("handled", "replied")
    @rule(solved=st.booleans())
    def confirm(self, solved: bool) -> None:
        """Somebody else looks."""
        body = {"solved": solved, "waiver": "(合成)", "text": "(合成)"}
        self.does("confirmations", self.loop.confirm, self.now, **body)

    @when("replied")
    @rule()
    def close(self) -> None:
        """The office settles it."""
        self.does(None, self.loop.close, self.now, happened_on=DAY)

    @when("closed")
    @rule()
    def reopen(self) -> None:
        """The office opens it again."""
        args = ("reopen_matter", self.loop.register, self.now["id"])
        self.does(None, self.loop.year.call, *args, **REASON)

    @rule(which=st.integers(0, 9))
    def anything(self, which: int) -> None:
        """Somebody tries what may not be possible now."""
        by = {"by_unit": self.unit}
        tries: tuple[Callable[[], None], ...] = (
            lambda: self.does(None, self.loop.step, "extend_matter", self.now, **by, **REASON),
            self.accept,
            self.give_back,
            self.route,
            self.handle,
            lambda: self.reply("A"),
            lambda: self.judge("not"),
            lambda: self.confirm(True),
            self.close,
            self.reopen,
        )
        tries[which]()

    @invariant()
    def nothing_is_lost(self) -> None:
        """It says what it said, and everything that was done stands in its history."""
        assert self.now["text"] == "(合成)原话"
        history = self.loop.history(self.now)
        assert {name: len(history[name]) for name in self.done} == self.done

    @invariant()
    def what_is_open_is_on_the_list(self) -> None:
        """Once its days have passed it stands on the overdue list, until it is closed."""
        now, listed = self.now, self.now["id"] in self.loop.overdue(LATE)
        assert listed == (now["state"] != "closed"), now

    @invariant()
    def what_is_closed_was_answered(self) -> None:
        """With a reply, or put right and confirmed; and no deputy had the last word against it."""
        now = self.now
        if now["state"] == "closed":
            assert now["replied_on"] or now["confirmed_on"]
            assert now["promised_on"] is None
            assert now["judgement"] != "not"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_no_path_loses_a_matter(serve: Callable[[Any], Harness]) -> None:
    """Some matters of some fifteen steps each."""
    Machine.loop = Loop(serve(SupervisionService))
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
