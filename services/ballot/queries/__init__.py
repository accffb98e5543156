"""Everything that only reads here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as Database

from services.chassis.work import get

from ..model.announcement import announcement
from ..model.ballot import Ballot, State
from ..model.deputy import Deputy
from ..model.method import BallotMethod, Discussion
from ..model.officer import Officer
from ..model.result import published
from ..model.session import Session
from ..tables import (
    ballot_methods,
    ballots,
    deputies,
    mandates,
    method_discussions,
    officers,
    rounds,
    sessions,
    sign_ins,
)

Query = sa.Select[Any]


def get_deputy(database: Database, id_: str) -> Deputy:
    """One deputy."""
    return get(database, Deputy, id_)


def get_session(database: Database, id_: str) -> Session:
    """One session."""
    return get(database, Session, id_)


def get_method(database: Database, id_: str) -> BallotMethod:
    """One ballot method."""
    return get(database, BallotMethod, id_)


def get_ballot(database: Database, id_: str) -> Ballot:
    """One ballot."""
    return get(database, Ballot, id_)


def get_result(database: Database, id_: str) -> dict[str, Any]:
    """The certified result of a ballot; NotFound before it is certified."""
    return published(get(database, Ballot, id_))


def get_announcement(database: Database, id_: str) -> dict[str, Any]:
    """The announcement of a ballot's result; NotFound before it is made."""
    return announcement(get(database, Ballot, id_))


def list_deputies(params: dict[str, Any]) -> Query:
    """Deputies by id, of one congress or of all."""
    query = sa.select(Deputy).order_by(deputies.c.id)
    if "congress" in params:
        sits = sa.select(mandates.c.deputy_id).where(mandates.c.congress == params["congress"])
        query = query.where(deputies.c.id.in_(sits))
    return query


def list_sessions(params: dict[str, Any]) -> Query:
    """Sessions by their first day."""
    query = sa.select(Session).order_by(sessions.c.opens_on, sessions.c.id)
    if "congress" in params:
        query = query.where(sessions.c.congress == params["congress"])
    return query


def list_officers(session_id: str) -> Callable[[dict[str, Any]], Query]:
    """The officers of a session by role and day."""
    c = officers.c
    of = sa.select(Officer).where(c.session_id == session_id)
    query = of.order_by(c.role, c.approved_on, c.id)
    return lambda params: query


def list_methods(params: dict[str, Any]) -> Query:
    """Ballot methods by the day they were drafted."""
    return sa.select(BallotMethod).order_by(ballot_methods.c.drafted_on, ballot_methods.c.id)


def list_discussions(method_id: str) -> Callable[[dict[str, Any]], Query]:
    """The discussions of a method by day, with what the delegations said."""
    c = method_discussions.c
    query = sa.select(Discussion).where(c.method_id == method_id).order_by(c.happened_on, c.id)
    return lambda params: query


def list_ballots(params: dict[str, Any]) -> Query:
    """Ballots by the day they were opened."""
    query = sa.select(Ballot).order_by(ballots.c.opened_on, ballots.c.id)
    return query.where(ballots.c.year == params["year"]) if "year" in params else query


def has_delegation(database: Database, congress: str, name: str) -> bool:
    """Whether a deputy of that congress belongs to the delegation (代表团)."""
    query = sa.select(mandates.c.deputy_id).where(
        mandates.c.congress == congress, mandates.c.delegation == name
    )
    return database.execute(query.limit(1)).first() is not None


def officers_of(database: Database, session_id: str) -> list[Officer]:
    """Everybody who holds an office in a session."""
    query = sa.select(Officer).where(officers.c.session_id == session_id)
    return list(database.scalars(query))


def find_officer(database: Database, session_id: str, subject: str) -> Officer | None:
    """What office a person holds in a session, if any."""
    c = officers.c
    query = sa.select(Officer).where(c.session_id == session_id, c.subject == subject)
    return database.scalars(query).first()


def has_voted(database: Database, session_id: str) -> bool:
    """Whether a ballot was ever opened in the session, and not only drafted.

    One opened by an earlier release knew no officers: they must still be recorded, or nobody could
    finish it.  It has no digest of its method.
    """
    query = (
        sa.select(rounds.c.ballot_id)
        .join(ballots)
        .where(ballots.c.session_id == session_id, ballots.c.method_digest.is_not(None))
    )
    return database.execute(query.limit(1)).first() is not None


def find_ballot_on(database: Database, shortlist_id: str, session_id: str) -> str | None:
    """The id of a ballot that stands in the way of another one on that shortlist in the session.

    One that is running or has a result does, and in its own session a void one too.
    """
    c = ballots.c
    counts = sa.or_(c.state != State.VOID.value, c.session_id == session_id)
    of = sa.select(c.id).where(c.shortlist_id == shortlist_id, counts)
    found: str | None = database.execute(of.limit(1)).scalar()
    return found


def has_announcement(database: Database, ballot: Ballot, number: int) -> bool:
    """Whether the session announced another ballot's result under that number."""
    c = ballots.c
    query = sa.select(c.id).where(
        c.session_id == ballot.session_id, c.announcement_number == number, c.id != ballot.id
    )
    return database.execute(query).first() is not None


def count_roll(database: Database, session: Session) -> int:
    """How many deputies the roll of a session holds (应到), as ``Session.has_on_roll`` says."""
    query = (
        sa.select(sa.func.count())
        .select_from(mandates.join(deputies))
        .where(mandates.c.congress == session.congress)
        .where(deputies.c.enrolled_on <= session.opens_on)
    )
    return database.execute(query).scalar_one()


def roll_of(database: Database, session: Session) -> list[str]:
    """Who is on the roll of a session, as ``Session.has_on_roll`` says: the deputies' ids."""
    query = (
        sa.select(mandates.c.deputy_id)
        .select_from(mandates.join(deputies))
        .where(mandates.c.congress == session.congress)
        .where(deputies.c.enrolled_on <= session.opens_on)
        .order_by(mandates.c.deputy_id)
    )
    return list(database.execute(query).scalars())


def is_present(database: Database, session_id: str, deputy_id: str, day: dt.date) -> bool:
    """Whether a deputy has signed in for that day already."""
    query = sa.select(sign_ins.c.id).where(
        sign_ins.c.session_id == session_id,
        sign_ins.c.happened_on == day,
        sign_ins.c.deputy_id == deputy_id,
    )
    return database.execute(query).first() is not None


def count_present_at(database: Database, ballot: Ballot, day: dt.date) -> int:
    """How many of a ballot's frozen roll have signed in for that day of its session."""
    return count_present(database, ballot.session, day, ballot.recorded_at)


def count_present(
    database: Database, session: Session, day: dt.date, registered_by: dt.datetime
) -> int:
    """How many deputies have signed in for that day of a session (实到).

    ``registered_by``: when the roll was frozen; whoever came onto the register later is not on it.
    """
    query = (
        sa.select(sa.func.count())
        .select_from(sign_ins.join(deputies))
        .where(sign_ins.c.session_id == session.id, sign_ins.c.happened_on == day)
        .where(deputies.c.recorded_at <= registered_by)
    )
    return database.execute(query).scalar_one()
