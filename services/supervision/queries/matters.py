"""Opinions and problems in the loop: who has them, what was said, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.handover import CO_HANDLING, LEAD

from ..model.confirmation import HANDLING, Act, Confirmation
from ..model.deadline import Deadline
from ..model.matter import Matter
from ..model.opinion import Opinion, Problem
from ..model.reply import Judgement, Reply
from ..model.routing import Routing
from ..tables import matters, opinions, rules
from .photos import photos_of
from .reading import Json


def lead_routing(session: Session, matter_id: str) -> Routing | None:
    """By which routing the unit has it that has it in hand now."""
    return next((one for one in open_routings(session, matter_id) if one.role == LEAD), None)


def open_routings(session: Session, matter_id: str) -> list[Routing]:
    """The routings that have not ended, also those of this transaction."""
    c = matters.routings.c
    query = sa.select(Routing).where(c.matter_id == matter_id, c.ended_on.is_(None))
    found = [one for one in session.scalars(query) if one.ended_on is None]
    new = [one for one in session.new if isinstance(one, Routing) and one.matter_id == matter_id]
    return [*found, *(one for one in new if one.ended_on is None)]


def returned_by(session: Session, matter_id: str) -> set[str]:
    """The units that sent it back."""
    c = matters.routings.c
    query = sa.select(c.unit_id).where(
        c.matter_id == matter_id, c.role == LEAD, c.returned_on.is_not(None)
    )
    return set(session.scalars(query))


def handlers(session: Session, matter_id: str) -> set[str | None]:
    """The units and persons who dealt with it, answered, or stand beside the lead (协办)."""
    act, reply, routing = matters.matter_acts.c, matters.replies.c, matters.routings.c
    beside = sa.and_(routing.role == CO_HANDLING, routing.returned_on.is_(None))
    asked = (
        sa.select(act.unit_id, act.done_by).where(act.matter_id == matter_id, act.act == HANDLING),
        sa.select(reply.unit_id, reply.given_by).where(reply.matter_id == matter_id),
        sa.select(routing.unit_id, routing.opinion_by).where(
            routing.matter_id == matter_id, beside
        ),
    )
    return {one for query in asked for row in session.execute(query) for one in row}


def latest_reply(session: Session, matter_id: str) -> Reply | None:
    """The last reply to it, also one of this transaction."""
    c = matters.replies.c
    query = sa.select(Reply).where(c.matter_id == matter_id).order_by(c.number.desc()).limit(1)
    new = [one for one in session.new if isinstance(one, Reply) and one.matter_id == matter_id]
    return max(new, key=lambda one: one.number) if new else session.scalars(query).first()


def outside_the_loop(session: Session, limit: int) -> Sequence[Matter]:
    """Rows of the release before, which have no state; opinions first."""
    found: list[Matter] = []
    for cls, table in ((Opinion, opinions.opinions), (Problem, opinions.problems)):
        entity: Any = cls
        query = sa.select(entity).where(table.c.state.is_(None)).order_by(table.c.id)
        found += session.scalars(query.limit(limit - len(found)))
    return found


def history(session: Session, cls: type[Matter], id_: str) -> Json:
    """All that happened to one matter, each kind in the order of the days."""
    get(session, cls, id_)
    found: Json = {}
    for name, kept, table in _HISTORY:
        entity: Any = kept
        of = table.c.subject_id if name == "deadlines" else table.c.matter_id
        order = table.c.starts_on if name == "deadlines" else table.c.happened_on
        query = sa.select(entity).where(of == id_).order_by(order, table.c.recorded_at, table.c.id)
        found[name] = list(session.scalars(query))
    confirmed = [one.id for one in found["confirmations"]]
    photos = photos_of(session, "confirmation", confirmed) if confirmed else {}
    of_it = photos_of(session, cls.register, [id_]) | photos_of(session, "snap", [id_])
    found["photos"] = [one for each in (of_it | photos).values() for one in each]
    return found


_HISTORY: tuple[tuple[str, type[Any], sa.Table], ...] = (
    ("routings", Routing, matters.routings),
    ("replies", Reply, matters.replies),
    ("judgements", Judgement, matters.judgements),
    ("confirmations", Confirmation, matters.confirmations),
    ("acts", Act, matters.matter_acts),
    ("deadlines", Deadline, rules.deadlines),
)
