"""The reserve pool (储备库): projects that wait for their year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

#: Waiting; put forward as a candidate; chosen by the congress; taken out with a reason.
IN_POOL, PUT_FORWARD, CHOSEN, REMOVED = STATES = ("in-pool", "put-forward", "chosen", "removed")


@dataclass(eq=False)
class PoolLink:
    """A suggestion behind an entry; a row of its own, because demand is counted by them."""

    suggestion_id: str


@dataclass(eq=False)
class PoolEntry(Aggregate):
    """A project that lives on from year to year until the congress chooses it.

    ``candidate_ids``: the candidates that it was over the years, oldest first.  ``history``:
    ``{state, happened_on, reason, candidate_id}`` for each step since it was added.
    """

    id: str
    title: str
    text: str
    aspect: str
    suggested_project_ids: list[str]
    candidate_ids: list[str]
    state: str
    added_on: dt.date
    history: list[dict[str, Any]]
    recorded_at: dt.datetime
    links: list[PoolLink]
    version: int = 0

    @classmethod
    def add(
        cls,
        *,
        title: str,
        text: str,
        aspect: str,
        suggestion_ids: Iterable[str],
        suggested_project_ids: Iterable[str] = (),
        candidate_ids: Iterable[str] = (),
        day: dt.date,
        recorded_at: dt.datetime,
        reason: str | None = None,
    ) -> PoolEntry:
        """A new entry; records ``pool-entry.added.v1``."""
        entry = cls(
            id=new_id(),
            title=title,
            text=text,
            aspect=aspect,
            suggested_project_ids=sorted(set(suggested_project_ids)),
            candidate_ids=list(dict.fromkeys(candidate_ids)),
            state=IN_POOL,
            added_on=day,
            history=[],
            recorded_at=recorded_at,
            links=[PoolLink(one) for one in sorted(set(suggestion_ids))],
        )
        last = entry.candidate_ids[-1] if entry.candidate_ids else None
        entry._step("added", IN_POOL, day, reason, last)
        return entry

    @property
    def suggestion_ids(self) -> list[str]:
        """The suggestions behind it."""
        return sorted(one.suggestion_id for one in self.links)

    def extend(self, suggestion_ids: Iterable[str], day: dt.date) -> None:
        """Link more suggestions to it; those that are linked already stay so, once."""
        self._check(day, IN_POOL, PUT_FORWARD)
        more = sorted(set(suggestion_ids) - set(self.suggestion_ids))
        self.links.extend(PoolLink(one) for one in more)
        self._step("extended", self.state, day, None, None)

    def put_forward(self, candidate_id: str, day: dt.date) -> None:
        """A candidate was made of it; Conflict unless it waits."""
        self._check(day, IN_POOL)
        self.candidate_ids = [*self.candidate_ids, candidate_id]
        self._step("put-forward", PUT_FORWARD, day, None, candidate_id)

    def give_back(self, candidate_id: str, day: dt.date, reason: str) -> None:
        """The candidate that it was has not been chosen: it waits again, and keeps why."""
        if candidate_id not in self.candidate_ids:
            self.candidate_ids = [*self.candidate_ids, candidate_id]
        self._step("returned", IN_POOL, day, reason, candidate_id)

    def choose(self, candidate_id: str, day: dt.date) -> None:
        """The congress chose the candidate that it was."""
        self._step("chosen", CHOSEN, day, None, candidate_id)

    def remove(self, reason: str, day: dt.date) -> None:
        """Take it out, with the reason; Conflict unless it waits."""
        self._check(day, IN_POOL)
        self._step("removed", REMOVED, day, reason, None)

    def public_state(self) -> dict[str, Any]:
        """For events: no text, and no reason."""
        return {
            "id": self.id,
            "title": self.title,
            "aspect": self.aspect,
            "state": self.state,
            "suggestions": len(self.links),
            "suggested_project_ids": self.suggested_project_ids,
            "candidate_ids": self.candidate_ids,
            "added_on": self.added_on.isoformat(),
        }

    def _step(
        self, what: str, state: str, day: dt.date, reason: str | None, candidate_id: str | None
    ) -> None:
        self.state = state
        one = {
            "step": what,
            "state": state,
            "happened_on": day.isoformat(),
            "reason": reason,
            "candidate_id": candidate_id,
        }
        self.history = [*self.history, one]
        self.record(f"pool-entry.{what}.v1", happened_on=day.isoformat(), candidate_id=candidate_id)

    def _check(self, day: dt.date, *states: str) -> None:
        """What people enter comes in order; what is heard comes when it comes."""
        not_before(day, max(dt.date.fromisoformat(one["happened_on"]) for one in self.history))
        if self.state not in states:
            raise Conflict(
                "pool-entry-state",
                f"the entry is {self.state}; this needs it to be {' or '.join(states)}",
                f"该储备项目当前状态为 {self.state},此操作要求 {' 或 '.join(states)}",
            )
