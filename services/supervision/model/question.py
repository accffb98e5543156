"""Questions that deputies ask units at a meeting, until they are closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

#: Waiting for the unit, answered and waiting for the deputy, closed.
ASKED, ANSWERED, CLOSED = STATES = ("asked", "answered", "closed")
ANSWER, FOLLOW_UP = "answer", "follow-up"


@dataclass(eq=False)
class Question(Aggregate):
    """A deputy's question to a unit about a project (现场问询).

    ``turns``: answers (答复) and follow-ups (追问) in their order, ``{"kind", "text",
    "happened_on", "opinion_id"}``; a follow-up may point to an opinion.  The deputy closes it.
    """

    id: str
    meeting_id: str
    project_id: str
    deputy_id: str
    unit_id: str
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = ASKED
    turns: list[dict[str, Any]] = field(default_factory=list)
    closed_on: dt.date | None = None
    version: int = 0

    @classmethod
    def ask(
        cls,
        meeting_id: str,
        *,
        project_id: str,
        deputy_id: str,
        unit_id: str,
        text: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Question:
        """Ask a question at a meeting."""
        return cls(
            new_id(), meeting_id, project_id, deputy_id, unit_id, text, happened_on, recorded_at
        )

    @property
    def latest(self) -> dt.date:
        """The day of its last step."""
        return (
            dt.date.fromisoformat(self.turns[-1]["happened_on"]) if self.turns else self.happened_on
        )

    def answer(self, text: str, day: dt.date) -> None:
        """The unit answers, on the spot or later; Conflict unless it is its turn."""
        self._must_be(ASKED)
        self._turn(ANSWER, text, day, None)
        self.state = ANSWERED

    def follow_up(self, text: str, day: dt.date, opinion_id: str | None) -> None:
        """The deputy asks again; Conflict before there is an answer."""
        self._must_be(ANSWERED)
        self._turn(FOLLOW_UP, text, day, opinion_id)
        self.state = ASKED

    def close(self, day: dt.date) -> None:
        """The deputy is content with the answer; Conflict before there is one."""
        self._must_be(ANSWERED)
        self.closed_on = not_before(day, self.latest)
        self.state = CLOSED

    def _turn(self, kind: str, text: str, day: dt.date, opinion_id: str | None) -> None:
        turn = {
            "kind": kind,
            "text": text,
            "happened_on": not_before(day, self.latest).isoformat(),
            "opinion_id": opinion_id,
        }
        self.turns = [*self.turns, turn]

    def _must_be(self, state: str) -> None:
        if self.state == state:
            return
        said = {
            CLOSED: ("question-closed", "this question is closed", "该问询已办结"),
            ASKED: ("question-unanswered", "this question waits for its answer", "该问询尚待答复"),
            ANSWERED: ("question-answered", "this question has its answer", "该问询已答复"),
        }
        raise Conflict(*said[self.state])
