"""Activities in which suggestions are born."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before

KINDS = ("thematic", "research")
ORGANISERS = DELEGATION, GROUP = ("delegation", "group")


@dataclass(eq=False)
class CollectionActivity(Aggregate):
    """Deputies go and ask: 代表主题活动 (``thematic``), a delegation's 调研 (``research``).

    ``organiser``: the name of the delegation or the deputies' group (代表小组).  ``place``: in
    words.  ``suggestions``: how many were born there, counted when it is read.
    """

    id: str
    kind: str
    title: str
    organiser_kind: str
    organiser: str
    starts_on: dt.date
    ends_on: dt.date
    place: str
    text: str
    recorded_at: dt.datetime
    version: int = 0
    suggestions: int = 0

    @classmethod
    def hold(cls, *, recorded_at: dt.datetime, **fields: Any) -> CollectionActivity:
        """A new activity; Invalid if it would end before it starts."""
        not_before(fields["ends_on"], fields["starts_on"], "/ends_on")
        activity = cls(new_id(), recorded_at=recorded_at, **fields)
        activity.record("collection-activity.held.v1")
        return activity

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "organiser_kind": self.organiser_kind,
            "organiser": self.organiser,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }
