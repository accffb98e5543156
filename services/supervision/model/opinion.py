"""Problems found, opinions raised and what became of them, and checks made online."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

CHANNELS = ("week", "online", "meeting")


@dataclass(eq=False)
class Problem(Aggregate):
    """Something found wrong with a project (问题); ``visit_id``: the visit that found it."""

    id: str
    project_id: str
    visit_id: str | None
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def find(
        cls,
        *,
        project_id: str,
        visit_id: str | None,
        text: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Problem:
        """Record a problem that was found."""
        return cls(new_id(), project_id, visit_id, text, happened_on, recorded_at)


@dataclass(eq=False)
class Opinion(Aggregate):
    """What a deputy says about the progress of a project (意见建议).

    *Handled* (处理) and *replied* (回复) are two dated facts, and either may come first.
    ``channel``: one of CHANNELS.
    """

    id: str
    project_id: str
    deputy_id: str
    channel: str
    visit_id: str | None
    problem_id: str | None
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    handled_on: dt.date | None = None
    handled_by: str | None = None
    handling_text: str | None = None
    replied_on: dt.date | None = None
    replied_by: str | None = None
    reply_text: str | None = None
    version: int = 0

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
    ) -> Opinion:
        """Record an opinion that a deputy raised."""
        opinion = cls(
            new_id(),
            project_id,
            deputy_id,
            channel,
            visit_id,
            problem_id,
            text,
            happened_on,
            recorded_at,
        )
        opinion.record("opinion.raised.v1")
        return opinion

    def handle(self, *, unit_id: str, text: str, happened_on: dt.date) -> None:
        """A unit has dealt with it; raises Conflict the second time."""
        if self.handled_on:
            raise Conflict("already-handled", "this opinion is handled already", "该意见已处理")
        self.handled_on = not_before(happened_on, self.happened_on)
        self.handled_by, self.handling_text = unit_id, text
        self.record("opinion.handled.v1")

    def reply(self, *, unit_id: str, text: str, happened_on: dt.date) -> None:
        """A unit has answered the deputy; raises Conflict the second time."""
        if self.replied_on:
            raise Conflict("already-replied", "this opinion has its reply already", "该意见已回复")
        self.replied_on = not_before(happened_on, self.happened_on)
        self.replied_by, self.reply_text = unit_id, text
        self.record("opinion.replied.v1")

    def public_state(self) -> dict[str, Any]:
        """Everything but the texts."""
        return {
            "id": self.id,
            "project_id": self.project_id,
            "deputy_id": self.deputy_id,
            "channel": self.channel,
            "happened_on": self.happened_on.isoformat(),
            "handled_on": self.handled_on.isoformat() if self.handled_on else None,
            "handled_by": self.handled_by,
            "replied_on": self.replied_on.isoformat() if self.replied_on else None,
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
