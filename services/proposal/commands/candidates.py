"""Candidate projects and opinions on them."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.candidate import Candidate
from ..model.suggested_project import SuggestedProject
from ..model.unit import Unit
from .references import know_aspect, speak_for


def propose(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Put a candidate project forward."""
    uow.happened(command["happened_on"])
    know_aspect(command["aspect"], uow)
    uow.known(Unit, command["lead_unit_id"], "/lead_unit_id")
    uow.all_known(SuggestedProject, command["suggested_project_ids"], "/suggested_project_ids")
    return uow.add(Candidate.propose(**command, recorded_at=uow.now))


def give_opinion(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Note an opinion on a candidate; a deputy's in her own name only."""
    speak_for(command["deputy_id"], uow)
    candidate = uow.get(Candidate, command["id"])
    day = uow.happened(command["happened_on"])
    candidate.give_opinion(command["criterion"], command["text"], command["deputy_id"], day)
    return candidate
