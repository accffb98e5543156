"""What exists already, for commands that may make a thing once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.project import NO_BALLOT
from ..model.report.definition import Report
from ..tables import fieldwork, groups, indicators, look_backs, organisation, projects, reports


def attends(session: Session, visit_id: str, deputy_id: str) -> bool:
    """Whether the deputy's part in the visit is recorded."""
    seen = fieldwork.attendances.c
    return _any(session, seen.id, seen.visit_id == visit_id, seen.deputy_id == deputy_id)


def has_group(session: Session, project_id: str) -> bool:
    """Whether the project has its supervision group."""
    return _any(session, groups.groups.c.id, groups.groups.c.project_id == project_id)


def takes_part(session: Session, subject_id: str, person: str) -> bool:
    """Whether somebody's part in a meeting or a visit is recorded, in whatever role."""
    seen = organisation.participants.c
    return _any(session, seen.id, seen.subject_id == subject_id, seen.person == person)


def is_replaced(session: Session, document_id: str) -> bool:
    """Whether a document has taken the place of this one."""
    known = organisation.documents.c
    return _any(session, known.id, known.replaces_id == document_id)


def has_indicator(session: Session, year: int, key: str) -> bool:
    """Whether the year has an indicator of that key."""
    known = indicators.indicators.c
    return _any(session, known.id, known.year == year, known.key == key)


def year_was_voted(session: Session, year: int) -> bool:
    """Whether a vote that is kept here chose projects of the year."""
    known = projects.projects.c
    return _any(session, known.id, known.year == year, known.ballot_id != NO_BALLOT)


def has_project_called(session: Session, year: int, name: str) -> bool:
    """Whether the year has a project of that name."""
    known = projects.projects.c
    return _any(session, known.id, known.year == year, known.name == name)


def project_called(session: Session, year: int, name: str) -> str | None:
    """The id of the year's project of that name; None without one, or where two are called so."""
    known = projects.projects.c
    query = sa.select(known.id).where(known.year == year, known.name == name).limit(2)
    found = list(session.scalars(query))
    return found[0] if len(found) == 1 else None


def look_back_planned(session: Session, project_id: str, round_: str) -> bool:
    """Whether this round of looking back at the project is planned."""
    planned = look_backs.planned_look_backs.c
    return _any(session, planned.id, planned.project_id == project_id, planned.round == round_)


def report_on(session: Session, year: int) -> Report | None:
    """The definition of the year's report, if there is one."""
    return session.scalars(sa.select(Report).where(reports.reports.c.year == year)).one_or_none()


def all_heard(session: Session, table: sa.Table, ids: Iterable[str]) -> bool:
    """Whether each of these has been heard of from another service."""
    wanted = set(ids)
    query = sa.select(sa.func.count()).select_from(table).where(table.c.id.in_(wanted))
    return not wanted or session.execute(query).scalar_one() == len(wanted)


def _any(session: Session, column: sa.Column[Any], *where: sa.ColumnElement[bool]) -> bool:
    return session.execute(sa.select(column).where(*where)).first() is not None
