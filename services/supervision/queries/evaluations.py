"""Results of evaluations and appraisals, and what the rule in force would give now."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.evaluation import Evaluation, compute, kind_of_rule
from ..model.measure import MEASURES
from ..model.observed import PROJECT, UNIT
from ..model.project import Project
from ..model.series import Compared, series
from ..tables.evaluations import evaluations
from . import observed
from .reading import Json, Query, filtered
from .rules import in_force


def list_results(subject: str) -> Any:
    """Results about projects, or about units, by year and day; the standing ones if asked for."""
    entity: Any = Evaluation

    def asked(params: Json) -> Query:
        c = evaluations.c
        query = sa.select(Evaluation).where(c.subject == subject)
        query = query.order_by(c.year, c.as_of, c.id)
        query = filtered(query, evaluations, params, ("project_id", "unit_id", "year"))
        if "standing" in params:
            stands = entity.superseded_by.is_(None)
            query = query.where(stands if params["standing"] else sa.not_(stands))
        return query

    return asked


def series_of(session: Session, subject: str, id_: str) -> Json:
    """The standing results about one project or unit, each beside the one before."""
    c = evaluations.c
    about = c.project_id if subject == PROJECT else c.unit_id
    entity: Any = Evaluation
    query = sa.select(Evaluation).where(c.subject == subject, about == id_)
    found = session.scalars(query.where(entity.superseded_by.is_(None)))
    compared: list[Compared] = series(found)
    return {"items": compared}


def preview_of_project(session: Session, project_id: str, on: dt.date) -> Json:
    """What the rule in force would give for a project; nothing is kept."""
    seen = observed.of_project(session, get(session, Project, project_id), on)
    return _preview(session, PROJECT, seen, on)


def preview_of_unit(session: Session, unit_id: str, year: int, on: dt.date) -> Json:
    """What the rule in force would give for a unit."""
    return _preview(session, UNIT, observed.of_unit(session, unit_id, year, on), on)


def _preview(session: Session, subject: str, seen: Any, on: dt.date) -> Json:
    rule = in_force(session, kind_of_rule(subject), on)
    result = compute(rule.content, seen)
    return {
        "as_of": on,
        "rule_id": rule.id or None,
        "rule_digest": rule.digest,
        "terms": result.terms,
        "exact": result.exact,
        "score": result.score,
        "grade": result.grade,
        "hash": result.hash,
    }


def measures(session: Session) -> Json:
    """All measures with their definitions."""
    return {"items": list(MEASURES.values())}
