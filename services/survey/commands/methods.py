"""Drafting and adopting assessment methods."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.method import AssessmentMethod


def draft_method(command: dict[str, Any], uow: UnitOfWork) -> AssessmentMethod:
    """Draft an assessment method, perhaps one that supersedes another."""
    if command["supersedes"]:
        uow.known(AssessmentMethod, command["supersedes"], "/supersedes")
    method = AssessmentMethod.draft(
        title=command["title"],
        text=command["text"],
        parameters=command["parameters"],
        supersedes=command["supersedes"],
        drafted_on=uow.happened(command["happened_on"]),
        recorded_at=uow.now,
    )
    return uow.add(method)


def adopt_method(command: dict[str, Any], uow: UnitOfWork) -> AssessmentMethod:
    """Note that a body adopted a method."""
    method = uow.get(AssessmentMethod, command["id"])
    method.adopt(command["adopted_by"], uow.happened(command["happened_on"]))
    return method
