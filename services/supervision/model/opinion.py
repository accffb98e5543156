"""Problems found, opinions raised and what became of them, and checks made online."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons.aggregate import Aggregate, new_id

from .matter import BASICALLY, OPINION, PROBLEM, SATISFIED, Matter, iso

#: In the supervision week, online, at a meeting, by a photo on the spot (随手拍), from a resident's
#: message (群众留言).
CHANNELS = WEEK, ONLINE, MEETING, SNAP, MESSAGE = ("week", "online", "meeting", "snap", "message")


@dataclass(eq=False, kw_only=True)
class Problem(Matter):
    """Something found wrong with a project (问题); ``visit_id``: the visit that found it.

    ``deputy_id``: who found it, if it was a deputy.  The unit puts it right (整改), somebody else
    confirms that.
    """

    register: ClassVar[str] = PROBLEM
    rectified: ClassVar[bool] = True

    visit_id: str | None

    @classmethod
    def find(
        cls,
        *,
        project_id: str,
        visit_id: str | None,
        text: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        **more: Any,
    ) -> Problem:
        """Record a problem that was found; ``more``: its kind, class, place, who found it."""
        problem = cls(
            id=new_id(),
            project_id=project_id,
            visit_id=visit_id,
            text=text,
            happened_on=happened_on,
            recorded_at=recorded_at,
            **more,
        )
        problem.record("problem.found.v1")
        return problem

    def handle(
        self, *, unit_id: str, text: str, happened_on: dt.date, by: str | None = None
    ) -> None:
        """The unit has put it right (整改)."""
        super().handle(unit_id=unit_id, text=text, happened_on=happened_on, by=by)
        self.record("problem.rectified.v1")

    def public_state(self) -> dict[str, Any]:
        """Everything but the text, the place and who found it."""
        return self.in_loop() | {"visit_id": self.visit_id, "handled_on": iso(self.handled_on)}


@dataclass(eq=False, kw_only=True)
class Opinion(Matter):
    """What a deputy says about the progress of a project (意见建议).

    *Handled* (处理) and *replied* (回复) are two dated facts, and either may come first.
    ``channel``: one of CHANNELS.
    """

    register: ClassVar[str] = OPINION

    deputy_id: str
    channel: str
    visit_id: str | None
    problem_id: str | None

    @classmethod
    def raise_(
        cls,
        *,
        project_id: str,
        deputy_id: str,
        channel: str,
        visit_id: str | None,
        problem_id: str | None,
        text: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        id_: str | None = None,
        **more: Any,
    ) -> Opinion:
        """Record an opinion that a deputy raised; ``more``: its kind, class, place.

        ``id_``: the snap's that it comes from.
        """
        opinion = cls(
            id=id_ or new_id(),
            project_id=project_id,
            deputy_id=deputy_id,
            channel=channel,
            visit_id=visit_id,
            problem_id=problem_id,
            text=text,
            happened_on=happened_on,
            recorded_at=recorded_at,
            **more,
        )
        opinion.record("opinion.raised.v1")
        return opinion

    def handle(
        self, *, unit_id: str, text: str, happened_on: dt.date, by: str | None = None
    ) -> None:
        """A unit has dealt with it; raises Conflict the second time in a round."""
        super().handle(unit_id=unit_id, text=text, happened_on=happened_on, by=by)
        self.record("opinion.handled.v1")

    def reply(self, **said: Any) -> int:
        """A unit has answered the deputy; the reply's number."""
        number = super().reply(**said)
        self.record("opinion.replied.v1")
        return number

    def _agreed(self) -> bool:
        return self.judgement in (SATISFIED, BASICALLY)

    def public_state(self) -> dict[str, Any]:
        """Everything but the texts and the place."""
        return self.in_loop() | {
            "deputy_id": self.deputy_id,
            "channel": self.channel,
            "handled_on": iso(self.handled_on),
            "handled_by": self.handled_by,
            "replied_by": self.replied_by,
        }


@dataclass(eq=False)
class OnlineCheck(Aggregate):
    """A deputy looked at a project's progress online (线上监督), with or without an opinion."""

    id: str
    deputy_id: str
    project_id: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def make(
        cls, *, deputy_id: str, project_id: str, happened_on: dt.date, recorded_at: dt.datetime
    ) -> OnlineCheck:
        """Record that a deputy checked a project online."""
        return cls(new_id(), deputy_id, project_id, happened_on, recorded_at)
