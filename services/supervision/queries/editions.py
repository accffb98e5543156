"""Editions of the annual report: which there are, and what has changed since."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from services.chassis.work import get

from ..model.report.edition import SUBMITTED, Edition
from ..model.report.opinion import ReportOpinion
from ..tables.editions import edition_evidence, report_editions, report_opinions
from .evidence import one_snapshot
from .reading import Json, Query, by_day, filtered
from .reports import frozen

#: What lists leave out.
_LONG = ("figures", "document", "markdown")


def next_number(session: Session, year: int) -> int:
    """The number of the year's next edition."""
    c = report_editions.c
    query = sa.select(sa.func.coalesce(sa.func.max(c.number), 0)).where(c.year == year)
    last: int = session.execute(query).scalar_one()
    return last + 1


def pending(session: Session, year: int, *, but: str) -> bool:
    """Whether another edition of the year waits for its meeting."""
    c = report_editions.c
    query = sa.select(c.id).where(c.year == year, c.state == SUBMITTED, c.id != but)
    return session.execute(query).first() is not None


def list_editions(params: Json) -> Query:
    """Editions by year and number, without what they say."""
    c = report_editions.c
    entity: Any = Edition
    query = sa.select(Edition).options(*(defer(getattr(entity, name)) for name in _LONG))
    query = query.order_by(c.year, c.number, c.id)
    return filtered(query, report_editions, params, ("year", "state"))


def list_report_opinions(params: Json) -> Query:
    """Opinions on reports by day."""
    return by_day(ReportOpinion, report_opinions, params, "year", "edition_id", "state")


def differences(session: Session, id_: str, jurisdiction: str, against: str | None) -> Json:
    """How an edition differs from another, or from the live report as of the same day.

    Each figure of which the value or the records differ, with the lines that went and came.
    """
    one_snapshot(session)
    edition = get(session, Edition, id_)
    was = _values(edition.figures), _lines(session, edition.id)
    if against is None:
        told, lines = frozen(session, edition.year, jurisdiction, edition.as_of)
        now = _values(told["figures"]), lines
    else:
        other = get(session, Edition, against)
        now = _values(other.figures), _lines(session, other.id)
    keys = [*now[0], *(key for key in was[0] if key not in now[0])]
    pairs = ((key, _changed(key, was, now)) for key in keys)
    return {
        "id": edition.id,
        "against": against,
        "figures": [told | {"key": key} for key, told in pairs if told is not None],
    }


Said = tuple[dict[str, Any], dict[str, list[str]]]


def _changed(key: str, was: Said, now: Said) -> Json | None:
    old, new = set(was[1].get(key, ())), set(now[1].get(key, ()))
    if (was[0].get(key), old) == (now[0].get(key), new):
        return None
    return {
        "was": was[0].get(key),
        "now": now[0].get(key),
        "gone": sorted(old - new),
        "come": sorted(new - old),
    }


def _values(figures: list[Json]) -> dict[str, Any]:
    return {figure["key"]: figure["value"] for figure in figures}


def _lines(session: Session, edition_id: str) -> dict[str, list[str]]:
    c = edition_evidence.c
    rows = session.execute(sa.select(c.key, c.lines).where(c.edition_id == edition_id))
    return {row.key: row.lines for row in rows}
