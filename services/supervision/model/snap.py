"""A photo, a place and a sentence from a deputy's phone (随手拍)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

from .matter import iso
from .photo import Photo

#: Which project it is about is not known yet, is known, or it is about none.
UNASSIGNED, ASSIGNED, DECLINED = STATES = ("unassigned", "assigned", "declined")


@dataclass(eq=False, kw_only=True)
class Snap(Aggregate):
    """What a deputy saw on the spot, to be forwarded (随时转) to whoever is responsible.

    Once its project is known there is an opinion of the same id, which goes through the loop.
    ``site_code``, ``distance_m``: the planned site that was found nearest, and how far off.
    ``similar_ids``: snaps that say the same and came shortly before.
    """

    id: str
    deputy_id: str
    text: str
    kind: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    similar_ids: list[str]
    division: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    datum: str | None = None
    given_longitude: float | None = None
    given_latitude: float | None = None
    state: str = UNASSIGNED
    project_id: str | None = None
    opinion_id: str | None = None
    site_code: str | None = None
    distance_m: int | None = None
    assigned_on: dt.date | None = None
    assigned_by: str | None = None
    declined_reason: str | None = None
    rule_id: str | None = None
    rule_digest: str | None = None
    photos: list[Photo] = field(default_factory=list)
    version: int = 0

    @classmethod
    def take(cls, **fields: Any) -> Snap:
        """A new snap; records ``snap.taken.v1``."""
        snap = cls(id=new_id(), **fields)
        snap.record("snap.taken.v1")
        return snap

    def assign(self, project_id: str, day: dt.date, *, by: str | None) -> None:
        """It is about this project (归属); from now on the opinion of the same id carries it."""
        self._waiting()
        self.state, self.project_id, self.opinion_id = ASSIGNED, project_id, self.id
        self.assigned_on, self.assigned_by = not_before(day, self.happened_on), by
        self.record("snap.assigned.v1")

    def decline(self, reason: str, day: dt.date, *, by: str) -> None:
        """It is about no livelihood project; the deputy reads why."""
        self._waiting()
        self.state, self.declined_reason = DECLINED, reason
        self.assigned_on, self.assigned_by = not_before(day, self.happened_on), by
        self.record("snap.declined.v1")

    def _waiting(self) -> None:
        if self.state != UNASSIGNED:
            raise Conflict(
                "snap-decided", "this has been assigned or declined already", "该随手拍已经处理"
            )

    def public_state(self) -> dict[str, Any]:
        """For events: no words, no place, not who took it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "project_id": self.project_id,
            "opinion_id": self.opinion_id,
            "happened_on": self.happened_on.isoformat(),
            "assigned_on": iso(self.assigned_on),
        }
