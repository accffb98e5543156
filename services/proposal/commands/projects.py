"""Suggested projects."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.suggested_project import SuggestedProject
from ..model.suggestion import Suggestion
from .references import know_aspect


def distil(command: dict[str, Any], uow: UnitOfWork) -> SuggestedProject:
    """Distil a suggested project from suggestions."""
    uow.happened(command["happened_on"])
    know_aspect(command["aspect"], uow)
    suggestions = uow.all_known(Suggestion, command.pop("suggestion_ids"), "/suggestion_ids")
    project = SuggestedProject.distil(suggestions, **command, recorded_at=uow.now)
    return uow.add(project)
