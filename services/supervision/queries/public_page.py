"""What a project's public page shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.message import PUBLIC, Message
from ..model.photo import Photo
from ..model.project import Project
from ..tables.messages import messages
from ..tables.photos import photos
from .states import lights_on

_LATEST = 20


def public_page(session: Session, project_id: str, today: dt.date) -> dict[str, Any]:
    """The project and its light, its latest published photos and public messages, and how many."""
    project = get(session, Project, project_id)
    c, m = photos.c, messages.c
    shown = sa.select(Photo).where(c.project_id == project_id, c.published_on.is_not(None))
    said = sa.select(Message).where(m.project_id == project_id, m.state.in_(PUBLIC))
    counted = (
        sa.select(m.state, sa.func.count())
        .where(m.project_id == project_id, m.state.in_(PUBLIC))
        .group_by(m.state)
    )
    counts: dict[str, int] = dict.fromkeys(PUBLIC, 0)
    for state, count in session.execute(counted):
        counts[state] = count
    return {
        "project": project,
        "light": lights_on(session, [project_id], today).get(project_id),
        "photos": session.scalars(shown.order_by(c.happened_on.desc(), c.id).limit(_LATEST)).all(),
        "messages": session.scalars(said.order_by(m.happened_on.desc(), m.id).limit(_LATEST)).all(),
        "message_counts": counts,
        "as_of": today,
    }
