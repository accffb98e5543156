"""Snaps: which there are, which say the same, which planned sites are near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.places import metres

from ..model.plan_content import Site
from ..model.snap import Snap
from ..tables import matters, photos, projects
from .plans import plans_in_force
from .reading import Json, Query, by_day


def list_snaps(params: Json) -> Query:
    """Snaps by day, perhaps of one state, project or deputy."""
    return by_day(Snap, matters.snaps, params, "state", "project_id", "deputy_id")


def sites_on(session: Session, day: dt.date) -> list[tuple[str, Site]]:
    """All sites of the plans that were in force on a day, each with its project."""
    adopted = sa.select(projects.projects.c.id).where(projects.projects.c.adopted_on <= day)
    plans = plans_in_force(session, list(session.scalars(adopted)), day)
    return [(project_id, site) for project_id, plan in plans.items() for site in plan.sites]


def similar(
    session: Session,
    command: Json,
    place: Json,
    shas: Sequence[str],
    rule: Json,
    now: dt.datetime,
) -> list[str]:
    """Snaps of the same deputy shortly before, with a same photo, or the same words at the place.

    Told, not refused: what a phone sends twice under two keys, the office can see and close.
    """
    c, p = matters.snaps.c, photos.photos.c
    since = now - dt.timedelta(minutes=rule["similar_within_minutes"])
    own = sa.select(c.id, c.text, c.longitude, c.latitude).where(
        c.deputy_id == command["deputy_id"], c.recorded_at >= since
    )
    rows = session.execute(own.order_by(c.recorded_at, c.id)).all()
    same_photo: set[Any] = set()
    if rows:
        taken = sa.select(p.subject_id).where(
            p.subject_kind == "snap",
            p.subject_id.in_([row.id for row in rows]),
            p.sha256.in_(shas),
        )
        same_photo = set(session.scalars(taken))
    here = (place["longitude"], place["latitude"])
    return [
        row.id
        for row in rows
        if row.id in same_photo
        or (
            row.text == command["text"]
            and metres(here, (row.longitude, row.latitude)) <= rule["similar_within_m"]
        )
    ]
