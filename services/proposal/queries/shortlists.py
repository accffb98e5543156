"""Shortlists."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import ordered
from services.chassis.work import get
from services.commons.errors import NotFound

from ..model.announcement import announcement, title
from ..model.shortlist import Shortlist
from ..tables.candidates import shortlists
from ..tables.register import aspects, units
from .years import between, of_year_unordered

Query = sa.Select[Any]


def get_shortlist(session: Session, id_: str, drafts: bool) -> Shortlist:
    """One shortlist; without ``drafts`` only one that has been adopted."""
    shortlist = get(session, Shortlist, id_)
    if shortlist.adopted_on is None and not drafts:
        raise NotFound("not-found", "there is no such Shortlist", "未找到所指的内容")
    return shortlist


def list_shortlists(params: dict[str, Any]) -> Query:
    """Shortlists, by id without another order."""
    c, query = shortlists.c, of_year_unordered(Shortlist, params)
    if "adopted" in params:
        adopted = c.adopted_on.is_not(None)
        query = query.where(adopted if params["adopted"] else sa.not_(adopted))
    query = between(query, params, c.happened_on)
    return ordered(query, params, _SORTED, c.id, default="id")


def list_adopted(params: dict[str, Any]) -> Query:
    """The same, of those that were adopted."""
    return list_shortlists(params).where(shortlists.c.adopted_on.is_not(None))


_SORTED = {name: shortlists.c[name] for name in ("happened_on", "recorded_at", "id")}


def other_adopted(session: Session, shortlist: Shortlist) -> str | None:
    """The id of another shortlist of the same year that was adopted.

    All of the year are locked, so that of two adoptions at once the later sees the earlier.
    """
    c = shortlists.c
    query = sa.select(c.id, c.adopted_on).where(c.year == shortlist.year)
    rows = session.connection().execute(query.order_by(c.id).with_for_update()).all()
    adopted = (row.id for row in rows if row.adopted_on is not None and row.id != shortlist.id)
    return next(adopted, None)


def get_document(session: Session, id_: str) -> dict[str, Any]:
    """An adopted shortlist as people read it; NotFound before its adoption."""
    shortlist = get_shortlist(session, id_, drafts=False)
    candidates = shortlist.candidates or []
    ids = {id_ for one in candidates for id_ in (one["lead_unit_id"], *one.get("co_unit_ids", ()))}
    names = session.execute(sa.select(units.c.id, units.c.name).where(units.c.id.in_(ids)))
    codes = {one["aspect"] for one in candidates}
    of_aspects = sa.select(aspects.c.code, aspects.c.name).where(aspects.c.code.in_(codes))
    by_id = {row.id: row.name for row in names}
    by_code = {row.code: row.name for row in session.execute(of_aspects)}
    return {
        "id": shortlist.id,
        "year": shortlist.year,
        "title": title(shortlist),
        "digest": shortlist.digest,
        "markdown": announcement(shortlist, by_id, by_code),
    }


def adopted_candidates(session: Session, year: int) -> set[str]:
    """The candidates on the adopted shortlists of a year, whatever their rows say."""
    query = sa.select(shortlists.c.candidate_ids).where(
        shortlists.c.year == year, shortlists.c.adopted_on.is_not(None)
    )
    found = session.connection().execute(query).scalars()
    return {candidate_id for ids in found for candidate_id in ids}


def is_frozen(session: Session, candidate_id: str, year: int) -> bool:
    """Whether a candidate stands on an adopted shortlist of its year."""
    return candidate_id in adopted_candidates(session, year)
