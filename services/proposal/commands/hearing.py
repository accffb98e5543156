"""What this service takes over from the events of the others."""

from __future__ import annotations

from typing import Any

from services.chassis import copies
from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork

from ..model.voted import VotedSubItem
from ..tables.heard import deputies
from . import afterwards, pool


def hear_deputy(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep in which delegation of this jurisdiction's congress a deputy sits, else of her own."""
    mandates = sorted(
        data["mandates"], key=lambda one: one["congress"] != uow.settings.jurisdiction
    )
    for mandate in mandates[:1]:
        row = mandate | {"id": data["id"], "version": event.version}
        copies.keep_newest(uow.session, deputies, row)


def hear_result(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Take over which sub-items were voted, from the certified result, and who waits again."""
    pool.settle(data, uow)
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
    afterwards.hear_result(data, uow)
