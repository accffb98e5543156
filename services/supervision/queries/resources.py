"""What is owed to projects, and what units arranged for them."""

from __future__ import annotations

import sqlalchemy as sa

from ..model.coordination import Coordination
from ..model.resource import Resource
from ..tables.resources import coordinations, resources
from .reading import Json, Query, by_day, filtered


def list_resources(params: Json) -> Query:
    """What is owed, by the day on which it is due; perhaps of one project, kind or unit."""
    query = sa.select(Resource).order_by(resources.c.due_on, resources.c.id)
    return filtered(query, resources, params, ("project_id", "kind", "unit_id"))


def list_coordinations(params: Json) -> Query:
    """What units arranged, by day; perhaps of one project, in one state or asked of one unit."""
    return by_day(Coordination, coordinations, params, "project_id", "state", "asked_of")
