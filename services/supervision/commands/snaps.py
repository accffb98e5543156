"""Snap, forward, supervise (随手拍,随时转,随机督)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.location import PARTS, located
from services.commons.places import Point

from ..model import deadline
from ..model.opinion import SNAP, Opinion
from ..model.route import nearest
from ..model.snap import Snap
from ..queries import snaps as queries
from ..queries.photos import photos_of
from ..queries.plans import plan_in_force
from ..queries.rules import in_force
from . import deadlines, loop, photos, references
from .taking_in import class_of

Json = dict[str, Any]


def take(command: Json, uow: UnitOfWork) -> Snap:
    """Keep what a deputy sends, and forward it to the unit whose it is, if that can be told."""
    uow.principal.speak_for(command["deputy_id"], own="deputy", others=("clerk",))
    day = uow.happened(command["happened_on"])
    references.deputies(uow, [command["deputy_id"]])
    if command["project_id"] is not None:
        references.project(uow, command["project_id"])
    class_of(uow, command["kind"], day)
    rule = in_force(uow.session, "routing", day)
    place = located(command["place"])
    shas = [one["sha256"] for one in command["photos"]]
    snap = Snap.take(
        deputy_id=command["deputy_id"],
        text=command["text"],
        kind=command["kind"],
        happened_on=day,
        recorded_at=uow.now,
        similar_ids=queries.similar(uow.session, command, place, shas, rule.content, uow.now),
        rule_id=rule.id or None,
        rule_digest=rule.digest,
        **place,
    )
    project_id = command["project_id"]
    if project_id is None:
        point = (place["longitude"], place["latitude"])
        project_id = _nearest(uow, snap, point, rule.content["sites_within_m"])
    uow.add(snap)
    snap.photos = photos.attach(
        uow,
        command["photos"],
        subject_kind="snap",
        subject_id=snap.id,
        project_id=project_id,
        happened_on=day,
    )
    if project_id is None:
        deadlines.start(uow, deadline.SNAP, snap.id, deadline.ASSIGN, deadline.RAISED, day, of=None)
    else:
        snap.assign(project_id, day, by=None)
        _forward(uow, snap, project_id, day)
    return snap


def assign(command: Json, uow: UnitOfWork) -> Snap:
    """The office says which project it is about."""
    snap = uow.get(Snap, command["id"])
    day = uow.happened(command["happened_on"])
    project = references.project(uow, command["project_id"])
    snap.assign(project.id, day, by=uow.principal.subject)
    with uow.session.no_autoflush:
        found = photos_of(uow.session, "snap", [snap.id]).get(snap.id, [])
    for photo in found:
        photo.project_id = project.id
    deadlines.end(uow, day, subject_id=[snap.id])
    _forward(uow, snap, project.id, day)
    return snap


def decline(command: Json, uow: UnitOfWork) -> Snap:
    """The office says why it is about no livelihood project."""
    snap = uow.get(Snap, command["id"])
    day = uow.happened(command["happened_on"])
    snap.decline(command["reason"], day, by=uow.principal.subject)
    deadlines.end(uow, day, subject_id=[snap.id])
    return snap


def _nearest(uow: UnitOfWork, snap: Snap, point: Point, within: int) -> str | None:
    """The project of the planned site nearest to it."""
    with uow.session.no_autoflush:
        sites = queries.sites_on(uow.session, snap.happened_on)
    found = nearest(sites, point, within)
    if found is None:
        return None
    project_id, site, snap.distance_m = found
    snap.site_code = site.code
    return project_id


def _division_near(uow: UnitOfWork, snap: Snap, project_id: str) -> str | None:
    """The division of the project's planned site nearest to it; phones know points alone.

    By it the unit is found that does the district's part.
    """
    point = snap.longitude, snap.latitude
    if point[0] is None or point[1] is None:
        return None
    with uow.session.no_autoflush:
        plan = plan_in_force(uow.session, project_id, snap.happened_on)
        rule = in_force(uow.session, "routing", snap.happened_on)
    sites = [(project_id, site) for site in (plan.sites if plan else ())]
    found = nearest(sites, (point[0], point[1]), rule.content["sites_within_m"])
    return found[1].place["division"] if found else None


def _forward(uow: UnitOfWork, snap: Snap, project_id: str, day: dt.date) -> Opinion:
    """The opinion that carries it on, of the same id; counted from when its project was known."""
    opinion = Opinion.raise_(
        project_id=project_id,
        deputy_id=snap.deputy_id,
        channel=SNAP,
        visit_id=None,
        problem_id=None,
        text=snap.text,
        happened_on=snap.happened_on,
        recorded_at=uow.now,
        id_=snap.id,
        kind=snap.kind,
        class_=class_of(uow, snap.kind, snap.happened_on),
        **{name: getattr(snap, name) for name in PARTS},
    )
    opinion.division = snap.division or _division_near(uow, snap, project_id)
    loop.route_first(uow, opinion, day)
    return uow.add(opinion)
