"""Evaluations of projects, appraisals of units."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.clock import not_before
from services.commons.errors import Invalid

from ..model.evaluation import Evaluation, kind_of_rule
from ..model.observed import PROJECT, UNIT, Observed
from ..queries import observed
from ..queries.rules import in_force
from . import references

Json = dict[str, Any]


def evaluate_project(command: Json, uow: UnitOfWork) -> Evaluation:
    """Evaluate a project by the rule in force, on the records up to a day."""
    project = references.project(uow, command["project_id"])
    uow.happened(command["happened_on"])
    not_before(command["as_of"], project.adopted_on, "/as_of")
    _not_later(command)
    seen = observed.of_project(uow.session, project, command["as_of"])
    return _make(command, uow, PROJECT, seen, project.year)


def appraise_unit(command: Json, uow: UnitOfWork) -> Evaluation:
    """Appraise a unit's work for the projects of a year by the rule in force."""
    references.units(uow, [command["unit_id"]])
    uow.happened(command["happened_on"])
    _not_later(command)
    seen = observed.of_unit(uow.session, command["unit_id"], command["year"], command["as_of"])
    return _make(command, uow, UNIT, seen, command["year"])


def _make(command: Json, uow: UnitOfWork, subject: str, seen: Observed, year: int) -> Evaluation:
    rule = in_force(uow.session, kind_of_rule(subject), command["happened_on"])
    before = references.own(uow, Evaluation, command["supersedes"], "/supersedes")
    told = ("made_by", "text", "reason", "happened_on", "project_id", "unit_id")
    return uow.add(
        Evaluation.make(
            rule,
            seen,
            before,
            subject=subject,
            year=year,
            recorded_at=uow.now,
            **{name: command[name] for name in told if name in command},
        )
    )


def _not_later(command: Json) -> None:
    if command["as_of"] > command["happened_on"]:
        raise Invalid(
            "as-of-later",
            "records count up to the day of the evaluation at the latest",
            "统计截止日不能晚于评估日期",
            [{"pointer": "/as_of", "detail": "is after happened_on"}],
        )
