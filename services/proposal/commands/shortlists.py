"""Shortlists."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.candidate import Candidate
from ..model.shortlist import Shortlist


def draw_up(command: dict[str, Any], uow: UnitOfWork) -> Shortlist:
    """Draw up a shortlist."""
    day = uow.happened(command["happened_on"])
    candidates = uow.all_known(Candidate, command["candidate_ids"], "/candidate_ids")
    return uow.add(
        Shortlist.draw_up(candidates, year=command["year"], day=day, recorded_at=uow.now)
    )


def adopt(command: dict[str, Any], uow: UnitOfWork) -> Shortlist:
    """Adopt a shortlist: it is frozen and goes to the vote."""
    shortlist = uow.get(Shortlist, command["id"])
    candidates = uow.all_known(Candidate, shortlist.candidate_ids, "")
    shortlist.adopt(candidates, command["adopted_by"], uow.happened(command["happened_on"]))
    return shortlist
