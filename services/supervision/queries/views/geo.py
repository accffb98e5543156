"""The map (民生实事图): sites of plans, and what was seen on the spot, as far as its reader may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.columns import Id

from ...model.map_area import Area
from ...model.opinion import SNAP
from ...tables.opinions import opinions, problems
from ...tables.photos import photos
from ...tables.projects import projects
from ..plans import plans_in_force
from ..rules import in_force
from .merged import literal, nothing

Json = dict[str, Any]

SITE = "site"
#: What persons saw: shown with coordinates no more exact than the rule says.
SEEN = ("opinion", "problem", "photo")
KINDS = (SITE, *SEEN)


def map_of(session: Session, params: Json, inside: bool) -> Json:
    """GeoJSON (RFC 7946) of a year, or of one project, within an area; cut at the rule's number.

    ``inside``: the reader sees what is not published too.
    """
    today = params["today"]
    rule = in_force(session, "map", today).content
    area = Area.of(params["bbox"]) if "bbox" in params else Area()
    most = min(params.get("limit", rule["most"]), rule["most"])
    ids = _project_ids(session, params, today)
    found: list[Json] = []
    if params.get("kind", SITE) == SITE:
        found += _sites(session, ids, today, area)
    kinds = [kind for kind in SEEN if params.get("kind", kind) == kind]
    if kinds and len(found) <= most:
        query = _seen(session, ids, kinds, area.before_rounding(rule["digits"]), inside, today)
        rows = session.execute(query.limit(most + 1 - len(found)))
        found += [_feature(row, rule["digits"]) for row in rows]
    return {
        "type": "FeatureCollection",
        "as_of": today,
        "digits": rule["digits"],
        "truncated": len(found) > most,
        "features": found[:most],
    }


def _project_ids(session: Session, params: Json, today: dt.date) -> list[str]:
    c = projects.c
    if "project_id" in params:
        query = sa.select(c.id).where(c.id == params["project_id"])
        query = query.where(c.year == params["year"]) if "year" in params else query
    else:
        query = sa.select(c.id).where(c.year == params.get("year", today.year))
    return list(session.scalars(query.order_by(c.id)))


def _sites(session: Session, ids: list[str], today: dt.date, area: Area) -> Iterator[Json]:
    plans = plans_in_force(session, ids, today)
    for project_id in ids:
        for site in plans[project_id].sites if project_id in plans else ():
            longitude, latitude = site.place["longitude"], site.place["latitude"]
            if longitude is None or not area.holds(longitude, latitude):
                continue
            about = {
                "kind": SITE,
                "project_id": project_id,
                "code": site.code,
                "name": site.name,
                "sub_item_id": site.sub_item_id,
                "division": site.place["division"],
                "record": "project",
                "id": project_id,
            }
            yield _point(f"{project_id}/{site.code}", longitude, latitude, about)


def _seen(
    session: Session, ids: list[str], kinds: list[str], area: Area, inside: bool, today: dt.date
) -> sa.Select[Any]:
    snapped = [one["code"] for one in _public_kinds(session, today)]
    o, p, f = opinions.c, problems.c, photos.c
    shown: dict[str, tuple[sa.Table, Any, sa.ColumnElement[bool]]] = {
        "opinion": (
            opinions,
            o.state,
            sa.or_(o.published_on.is_not(None), sa.and_(o.channel == SNAP, o.kind.in_(snapped))),
        ),
        "problem": (problems, p.state, p.published_on.is_not(None)),
        "photo": (photos, None, f.published_on.is_not(None)),
    }
    parts = []
    for kind in kinds:
        table, state, public = shown[kind]
        c = table.c
        part = sa.select(
            literal(kind).label("kind"),
            c.id,
            c.project_id,
            c.division,
            c.longitude,
            c.latitude,
            c.happened_on,
            (nothing(sa.String) if state is None else state).label("state"),
            (c["class"] if "class" in c else nothing(sa.String)).label("class_"),
        ).where(
            c.project_id.in_(ids),
            c.longitude.between(area.west, area.east),
            c.latitude.between(area.south, area.north),
        )
        # Photos are shown to nobody on a map before somebody decided to publish them.
        parts.append(part if inside and kind != "photo" else part.where(public))
    union = sa.union_all(*parts).subquery()
    return sa.select(union).order_by(union.c.kind, union.c.happened_on, sa.cast(union.c.id, Id))


def _public_kinds(session: Session, today: dt.date) -> list[Json]:
    """The kinds of matters that are shown to the public; none while no rule says so."""
    content: list[Json] = in_force(session, "matters", today).content
    return [one for one in content if one["open311"]]


def _feature(row: Any, digits: int) -> Json:
    about = {
        "kind": row.kind,
        "project_id": row.project_id,
        "division": row.division,
        "happened_on": row.happened_on.isoformat(),
        "state": row.state,
        "class": row.class_,
        "record": row.kind,
        "id": row.id,
    }
    place = round(row.longitude, digits), round(row.latitude, digits)
    return _point(row.id, *place, about)


def _point(id_: str, longitude: float, latitude: float, about: Json) -> Json:
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": id_, "geometry": point, "properties": about}
