"""No snap and no entry of the calendar is lost, or waits off the overdue list."""

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

from services.commons.errors import Conflict, ServiceError
from services.supervision.service import SupervisionService

from ...harness import Harness
from .loop_sample import DAY, Json, Loop
from .pictures import photos, picture, uploaded

#: Near no planned site.
PLACE = {"longitude": 120.6, "latitude": 30.6, "datum": "WGS-84"}
LATE = "2030-01-01"


class Entries(RuleBasedStateMachine):
    """A snap and an entry, whatever is done with them; a plain note of how each stands."""

    loop: ClassVar[Loop]
    photo: ClassVar[str]

    @initialize()
    def begin(self) -> None:
        """One of each."""
        loop = self.loop
        body = {"deputy_id": loop.deputy, "text": "(合成)原话", "place": PLACE}
        shown = {"photos": photos(self.photo), "happened_on": DAY}
        self.snap = loop.as_deputy(loop.deputy, "take_snap", body | shown)
        entry = {"year": 2023, "part": "hand", "name": "(合成)", "must": "other"}
        days = {"starts_on": "2023-06-01", "due_on": "2023-06-30"}
        self.entry = loop.year.call("enter_in_calendar", **entry, **days)
        self.answered, self.moves = False, 0

    def does(self, state: str, of: Json, method: str, **body: Any) -> bool:
        """A step, taken in the first state of the thing and else refused; whether it was."""
        if of["state"] == state:
            of |= self.loop.year.call(method, of["id"], **body)
            return True
        with pytest.raises(Conflict):
            self.loop.year.call(method, of["id"], **body)
        return False

    @rule()
    def assign(self) -> None:
        """The office says which project it is about."""
        self.does("unassigned", self.snap, "assign_snap", project_id=self.loop.project)

    @rule()
    def decline(self) -> None:
        """The office says that it is about none."""
        self.does("unassigned", self.snap, "decline_snap", reason="(合成)")

    @rule()
    def answer(self) -> None:
        """The unit answers the opinion that it became, and it is closed."""
        try:
            self.loop.reply(self.snap, result="C")
            self.loop.close(self.snap)
        except ServiceError:
            assert self.snap["state"] != "assigned" or self.answered
        else:
            self.answered = True

    @rule(month=st.integers(6, 12))
    def move(self, month: int) -> None:
        """The entry gets other days."""
        days = {"starts_on": f"2023-{month:02d}-01", "due_on": f"2023-{month:02d}-28"}
        moved = self.does("open", self.entry, "move_calendar_entry", **days, reason="(合成)")
        self.moves += moved

    @rule()
    def keep(self) -> None:
        """It happened."""
        self.does("open", self.entry, "keep_calendar_entry", note="(合成)")

    @rule()
    def drop(self) -> None:
        """It will not happen."""
        self.does("open", self.entry, "drop_calendar_entry", reason="(合成)")

    @invariant()
    def what_was_said_stays(self) -> None:
        """The words, the photo, and every move; an assigned snap is an opinion of the same id."""
        kept = self.loop.service.call("get_snap", self.snap["id"])
        assert kept["text"] == "(合成)原话" and len(kept["photos"]) == 1
        if self.snap["state"] == "assigned":
            assert self.loop.get(self.snap)["text"] == "(合成)原话"
        assert len(self.entry["moves"]) == self.moves

    @invariant()
    def what_waits_is_on_the_list(self) -> None:
        """Once its day has passed, until somebody has done what was to be done."""
        waits = self.snap["state"] == "unassigned"
        assert (self.snap["id"] in self.listed("snap")) == waits
        waits = self.snap["state"] == "assigned" and not self.answered
        assert (self.snap["id"] in self.listed("opinion")) == waits
        assert (self.entry["id"] in self.listed("calendar")) == (self.entry["state"] == "open")

    def listed(self, kind: str) -> list[str]:
        """What of a kind was overdue much later."""
        return self.loop.overdue(LATE, kind=kind)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_no_snap_and_no_entry_is_lost(serve: Callable[[Any], Harness]) -> None:
    """Some of each, of some eight steps."""
    service = serve(SupervisionService)
    Entries.loop, Entries.photo = Loop(service), uploaded(service, picture(1))
    run_state_machine_as_test(
        Entries,
        settings=settings(
            max_examples=15,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
