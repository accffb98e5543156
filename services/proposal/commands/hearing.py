"""What this service takes over from the events of the others."""

from __future__ import annotations

from typing import Any

from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork

from ..model.voted import VotedSubItem


def hear_result(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Take over which sub-items were voted, from the certified result."""
    for candidate in data["candidates"]:
        if not candidate["chosen"]:
            continue
        for item in candidate["sub_items"]:
            if uow.find(VotedSubItem, item["id"]) is None:
                uow.add(
                    VotedSubItem(
                        id=item["id"],
                        project_id=candidate["candidate_id"],
                        project_name=candidate["name"],
                        name=item["name"],
                        year=data["year"],
                        certified_on=data["certified_on"],
                    )
                )
