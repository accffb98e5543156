"""The snaps (随手拍) as requests in the sense of Open311 GeoReport v2.

A request is public as far as its kind is offered by the rule ``matters``.  Its words, its place and
the reply are shown only once the opinion that came of it was published, a photo only once that was.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import GenericFunction

from services.commons.errors import NotFound

from ..tables import heard
from ..tables.matters import replies, snaps
from ..tables.opinions import opinions
from ..tables.photos import photos
from ..tables.rules import deadlines
from .rules import in_force

Json = dict[str, Any]

OPEN, CLOSED = "open", "closed"
#: What a snap without a kind is.
_OTHER = "other"
_WINDOW = dt.timedelta(days=90)
_NOTES = {
    "unassigned": "待确定项目",
    "declined": "不属于民生实事项目",
    "routed": "已转办",
    "accepted": "已接办",
    "returned": "已退回,待改交",
    "handled": "已办理",
    "replied": "已答复",
    "closed": "已办结",
}


class latest(GenericFunction[Any]):
    """The greatest of some values, none of them NULL."""

    inherit_cache = True
    name = "greatest"


@compiles(latest, "sqlite")
def _latest(element: Any, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


def offered(session: Session, day: dt.date) -> Json:
    """The kinds that are offered, by the rule in force."""
    kinds = in_force(session, "matters", day).content
    return {
        "items": [
            {"code": one["code"], "name": one["public_name"], "description": one["name"]}
            for one in kinds
            if one["open311"]
        ]
    }


def requests(session: Session, asked: Json, today: dt.date, zone: ZoneInfo) -> Json:
    """A page of requests, the latest first."""
    names = {one["code"]: one["name"] for one in offered(session, today)["items"]}
    query = _chosen(asked, names, zone, today)
    page = query.limit(asked["page_size"]).offset((asked["page"] - 1) * asked["page_size"])
    rows = session.execute(page).all()
    due, shown = _due(session, rows), _shown(session, rows)
    return {"items": [_request(row, names, due, shown, zone) for row in rows]}


def request(session: Session, id_: str, today: dt.date, zone: ZoneInfo) -> Json:
    """One request; NotFound without it."""
    asked = {"ids": [id_], "page": 1, "page_size": 1}
    found: list[Json] = requests(session, asked, today, zone)["items"]
    if not found:
        raise NotFound("request-not-found", "there is no such request", "没有该事项")
    return found[0]


def updates(session: Session, asked: Json, today: dt.date) -> Json:
    """A page of published replies, the first first."""
    codes = [one["code"] for one in offered(session, today)["items"]]
    r, o = replies.c, opinions.c
    query = (
        sa.select(r.id, r.matter_id, r.text, r.recorded_at, o.closed_on)
        .join(opinions, o.id == r.matter_id)
        .join(snaps, snaps.c.id == o.id)
        .where(o.published_on.is_not(None), _kind().in_(codes))
        .order_by(r.recorded_at, r.id)
    )
    for name, column, after in (
        ("updated_after", r.recorded_at, True),
        ("start_date", r.recorded_at, True),
        ("updated_before", r.recorded_at, False),
        ("end_date", r.recorded_at, False),
    ):
        if name in asked:
            query = query.where(column >= asked[name] if after else column <= asked[name])
    if "ids" in asked:
        query = query.where(r.matter_id.in_(asked["ids"]))
    query = query.limit(asked["page_size"]).offset((asked["page"] - 1) * asked["page_size"])
    return {
        "items": [
            {
                "id": row.id,
                "request_id": row.matter_id,
                "status": CLOSED if row.closed_on else OPEN,
                "updated_at": row.recorded_at,
                "description": row.text,
            }
            for row in session.execute(query)
        ]
    }


def _kind() -> sa.ColumnElement[str]:
    return sa.func.coalesce(opinions.c.kind, snaps.c.kind, _OTHER)


def _updated_on() -> sa.ColumnElement[Any]:
    s, o = snaps.c, opinions.c
    days = (s.assigned_on, o.routed_on, o.accepted_on, o.handled_on, o.replied_on, o.judged_on)
    every = (*days, o.confirmed_on, o.published_on, o.closed_on)
    known = (sa.func.coalesce(day, s.happened_on) for day in every)
    return latest(s.happened_on, *known, type_=sa.Date())


def _is_closed() -> sa.ColumnElement[bool]:
    return sa.or_(opinions.c.closed_on.is_not(None), snaps.c.state == "declined")


def _chosen(asked: Json, names: Json, zone: ZoneInfo, today: dt.date) -> Any:
    s, o = snaps.c, opinions.c
    codes = set(names) & set(asked.get("codes") or names)
    updated = _updated_on()
    query = (
        sa.select(
            *(s.id, s.state, s.text, s.recorded_at, s.longitude, s.latitude),
            _kind().label("kind"),
            updated.label("updated_on"),
            _is_closed().label("is_closed"),
            *(o.published_on, o.reply_text, heard.units.c.name.label("agency")),
            o.state.label("stage"),
        )
        .select_from(snaps)
        .outerjoin(opinions, o.id == s.id)
        .outerjoin(heard.units, heard.units.c.id == o.unit_id)
        .where(_kind().in_(sorted(codes)))
        .order_by(s.recorded_at.desc(), s.id)
    )
    if "ids" in asked:
        return query.where(s.id.in_(asked["ids"]))
    if "status" in asked:
        closed = _is_closed()
        query = query.where(closed if asked["status"] == CLOSED else sa.not_(closed))
    if "updated_after" in asked:
        query = query.where(updated >= asked["updated_after"].astimezone(zone).date())
    if "updated_before" in asked:
        query = query.where(updated <= asked["updated_before"].astimezone(zone).date())
    if not {"start_date", "end_date", "updated_after", "updated_before"} & set(asked):
        begin = dt.datetime.combine(today, dt.time(), zone) - _WINDOW
        query = query.where(s.recorded_at >= begin)
    if "start_date" in asked:
        query = query.where(s.recorded_at >= asked["start_date"])
    if "end_date" in asked:
        query = query.where(s.recorded_at <= asked["end_date"])
    return query


def _due(session: Session, rows: Any) -> dict[str, dt.date]:
    """The last days by which somebody must act."""
    d = deadlines.c
    query = sa.select(d.subject_id, sa.func.max(d.due_on)).where(
        d.subject_id.in_([row.id for row in rows]), d.ended_on.is_(None)
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(d.subject_id))}


def _shown(session: Session, rows: Any) -> dict[str, str]:
    """The first published photo of each."""
    p = photos.c
    query = sa.select(p.subject_id, p.id).where(
        p.subject_kind == "snap",
        p.subject_id.in_([row.id for row in rows]),
        p.published_on.is_not(None),
    )
    found: dict[str, str] = {}
    for subject_id, id_ in session.execute(query.order_by(p.subject_id, p.position)):
        found.setdefault(subject_id, id_)
    return found


def _request(row: Any, names: Json, due: Json, shown: Json, zone: ZoneInfo) -> Json:
    public = row.published_on is not None
    note = _NOTES.get(row.stage or row.state, "办理中")
    if public and row.reply_text:
        note = f"{note}:{row.reply_text}"
    updated = dt.datetime.combine(row.updated_on, dt.time(), zone)
    return {
        "id": row.id,
        "status": CLOSED if row.is_closed else OPEN,
        "status_notes": note,
        "code": row.kind,
        "name": names[row.kind],
        "agency": row.agency,
        "requested_at": row.recorded_at,
        "updated_at": max(updated, row.recorded_at),
        "expected_at": _end_of(due.get(row.id), zone),
        "description": row.text if public else None,
        "longitude": row.longitude if public else None,
        "latitude": row.latitude if public else None,
        "photo_id": shown.get(row.id) if public else None,
    }


def _end_of(day: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    if day is None:
        return None
    return dt.datetime.combine(day, dt.time(23, 59, 59), zone)
