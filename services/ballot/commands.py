"""Everything that changes something here: one function a command, ``(command, unit of work)``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis import copies
from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid

from . import queries
from .ballotbox.opening import make_uuids, set_up_next
from .model.ballot import Ballot
from .model.count import Count
from .model.deputy import Deputy
from .model.method import BallotMethod
from .model.outcome import Kind
from .model.rules import ELECTRONIC
from .model.session import Session, SignIn
from .model.shortlist import HeardShortlist
from .tables import shortlists


def enrol(command: dict[str, Any], uow: UnitOfWork) -> Deputy:
    """Put a deputy on the register."""
    deputy = Deputy.enrol(
        name=command["name"],
        mandates=command["mandates"],
        enrolled_on=uow.happened(command["happened_on"]),
        recorded_at=uow.now,
    )
    return uow.add(deputy)


def open_session(command: dict[str, Any], uow: UnitOfWork) -> Session:
    """Announce a session of a congress."""
    return uow.add(Session.open(**command, recorded_at=uow.now))


def sign_in(command: dict[str, Any], uow: UnitOfWork) -> SignIn:
    """Note that a deputy is present on a day; Conflict the second time on one day."""
    session = uow.get(Session, command["session_id"])
    deputy = uow.known(Deputy, command["deputy_id"], "/deputy_id")
    day = uow.happened(command["happened_on"])
    if queries.is_present(uow.session, session.id, deputy.id, day):
        raise Conflict(
            "signed-in-already",
            "this deputy has signed in for that day already",
            "该代表当日已经签到",
        )
    return uow.add(session.sign_in(deputy, day, uow.now))


def draft_method(command: dict[str, Any], uow: UnitOfWork) -> BallotMethod:
    """Draft a ballot method, perhaps one that supersedes another."""
    if command["supersedes"]:
        uow.known(BallotMethod, command["supersedes"], "/supersedes")
    method = BallotMethod.draft(
        title=command["title"],
        text=command["text"],
        parameters=command["parameters"],
        supersedes=command["supersedes"],
        drafted_on=uow.happened(command["happened_on"]),
        recorded_at=uow.now,
    )
    return uow.add(method)


def discuss_method(command: dict[str, Any], uow: UnitOfWork) -> BallotMethod:
    """Note that a delegation of this congress discussed a draft."""
    method = uow.get(BallotMethod, command["id"])
    _check_delegation(uow, command["delegation"], uow.settings.jurisdiction, "/delegation")
    day = uow.happened(command["happened_on"])
    method.discuss(command["delegation"], day, command["opinion"])
    # The discussion stands in a row of its own; the next step must see that the method has changed.
    uow.changed(method)
    return method


def submit_method(command: dict[str, Any], uow: UnitOfWork) -> BallotMethod:
    """Note that the presidium passed a draft and put it before the plenary."""
    method = uow.get(BallotMethod, command["id"])
    method.submit(command["submitted_by"], uow.happened(command["happened_on"]))
    return method


def adopt_method(command: dict[str, Any], uow: UnitOfWork) -> BallotMethod:
    """Note that the plenary, or another body, adopted a method."""
    method = uow.get(BallotMethod, command["id"])
    method.adopt(command["adopted_by"], uow.happened(command["happened_on"]))
    return method


def open_ballot(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """Put a shortlist to the vote."""
    day = uow.happened(command["happened_on"])
    session = uow.known(Session, command["session_id"], "/session_id")
    if session.congress != uow.settings.jurisdiction:
        raise Conflict(
            "congress-of-another-jurisdiction",
            "this system holds the ballots of its own congress only",
            "本系统只办理本级人民代表大会的票决",
            [{"pointer": "/session_id", "detail": "belongs to another congress"}],
        )
    method = uow.known(BallotMethod, command["method_id"], "/method_id")
    shortlist = uow.session.get(HeardShortlist, command["shortlist_id"])
    if shortlist is None:
        # Its event may still be on the way, so the same request can succeed a moment later.
        raise Conflict(
            "shortlist-not-heard",
            "no adopted shortlist with this id has arrived here (yet)",
            "尚未收到该候选项目名单(或尚未通过)",
            [{"pointer": "/shortlist_id", "detail": "尚未收到 (has not arrived)"}],
        )
    roll = queries.count_roll(uow.session, session)
    if command["medium"] == ELECTRONIC:
        ballot = Ballot.draft(
            session=session,
            shortlist=shortlist,
            method=method,
            roll=roll,
            uuids=make_uuids(method.rules),
            drafted_on=day,
            recorded_at=uow.now,
        )
        return uow.add(ballot)
    ballot = Ballot.open(
        session=session,
        shortlist=shortlist,
        method=method,
        roll=roll,
        present=queries.count_present(uow.session, session, day, uow.now),
        opened_on=day,
        recorded_at=uow.now,
    )
    return uow.add(ballot)


def enter_count(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """Enter the count of the latest round, or replace one's own before it is confirmed."""
    ballot = uow.get(Ballot, command["id"])
    ballot.enter_count(
        Count.from_data(command),
        by=uow.principal.subject,
        on=uow.happened(command["happened_on"]),
        present=_present(uow, ballot, ballot.round.opened_on),
    )
    # The count stands in the round's row; a confirmation must see that the ballot has changed.
    uow.changed(ballot)
    return ballot


def confirm_count(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """A second scrutineer confirms a count."""
    ballot = uow.get(Ballot, command["id"])
    day = uow.happened(command["happened_on"])
    ballot.confirm_count(int(command["round"]), by=uow.principal.subject, on=day)
    return ballot


def open_run_off(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """Open the run-off among the tied."""
    return _open_next(Kind.RUN_OFF, command, uow)


def open_re_vote(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """Open the re-vote for seats that stayed open."""
    return _open_next(Kind.RE_VOTE, command, uow)


def certify(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """The chief scrutineer certifies the result."""
    uow.principal.require("chief-scrutineer")
    ballot = uow.get(Ballot, command["id"])
    ballot.certify(by=uow.principal.subject, on=uow.happened(command["happened_on"]))
    return ballot


def hear_shortlist(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a copy of a shortlist that proposal adopted; only a higher version replaces it."""
    # As it was published, whole: its digest is of that, and not of what the reader takes from it.
    row = data | {"published": event.data["candidates"], "version": event.version}
    copies.keep_newest(uow.session, shortlists, row)


def _check_delegation(uow: UnitOfWork, name: str, congress: str, pointer: str) -> None:
    if not queries.has_delegation(uow.session, congress, name):
        raise Invalid(
            "delegation-unknown",
            "no deputy on the register belongs to this delegation",
            "名册中没有属于该代表团的代表",
            [{"pointer": pointer, "detail": "没有此代表团 (no such delegation)"}],
        )


def _open_next(kind: Kind, command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    ballot = uow.get(Ballot, command["id"])
    day = uow.happened(command["happened_on"])
    ballot.open_next(kind, present=_present(uow, ballot, day), on=day)
    if ballot.round.medium == ELECTRONIC:
        set_up_next(ballot, uow)
    return ballot


def _present(uow: UnitOfWork, ballot: Ballot, day: dt.date) -> int:
    return queries.count_present(uow.session, ballot.session, day, ballot.recorded_at)
