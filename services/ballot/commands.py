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
from .model.ballot import Ballot, State
from .model.count import Count
from .model.deputy import Deputy
from .model.election import Election
from .model.method import BallotMethod
from .model.officer import (
    ANNOUNCING,
    CERTIFYING,
    CONFIRMING,
    ENTERING,
    Office,
    Officer,
    acting,
    check_scrutineers,
)
from .model.outcome import Kind
from .model.rules import ELECTRONIC
from .model.session import Session, SignIn
from .model.shortlist import HeardShortlist
from .queries.elections import latest_election, open_elections
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


def approve_officer(command: dict[str, Any], uow: UnitOfWork) -> Officer:
    """Record an officer of a session."""
    # Locked, since what the others are decides, and two may be recorded at once.
    session = uow.get(Session, command["session_id"], locked=True)
    if command["put_up_by"] is not None:
        _check_delegation(uow, command["put_up_by"], session.congress, "/put_up_by")
    officer = Officer.approve(
        session=session,
        others=queries.officers_of(uow.session, session.id),
        has_voted=queries.has_voted(uow.session, session.id),
        approved_on=uow.happened(command["happened_on"]),
        recorded_at=uow.now,
        **{name: command[name] for name in ("subject", "name", "role", "put_up_by", "approved_by")},
    )
    return uow.add(officer)


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
    # Locked, so that two ballots on it are not opened at once.
    shortlist = uow.session.get(HeardShortlist, command["shortlist_id"], with_for_update=True)
    if shortlist is None:
        # Its event may still be on the way, so the same request can succeed a moment later.
        raise Conflict(
            "shortlist-not-heard",
            "no adopted shortlist with this id has arrived here (yet)",
            "尚未收到该候选项目名单(或尚未通过)",
            [{"pointer": "/shortlist_id", "detail": "尚未收到 (has not arrived)"}],
        )
    _check_not_voted_on(uow, shortlist, session)
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
    check_scrutineers(queries.officers_of(uow.session, session.id), day)
    ballot = Ballot.open(
        session=session,
        shortlist=shortlist,
        method=method,
        roll=roll,
        present=queries.count_present(uow.session, session, day, uow.now),
        opened_on=day,
        recorded_at=uow.now,
        by=uow.principal.subject,
    )
    return uow.add(ballot)


def enter_count(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """Enter the count of the latest round, or replace one's own before it is confirmed."""
    # Locked, so that nobody decrypts at the same moment.
    uow.get(Ballot, command["id"], locked=True)
    ballot, day, _ = _acting(ENTERING, command, uow)
    if ballot.state == State.CLOSED:
        latest_election(uow.session, ballot.id).check_nothing_decrypted()
    ballot.enter_count(
        Count.from_data(command),
        by=uow.principal.subject,
        on=day,
        present=queries.count_present_at(uow.session, ballot, ballot.round.opened_on),
    )
    # The count stands in the round's row; a confirmation must see that the ballot has changed.
    uow.changed(ballot)
    return ballot


def confirm_count(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """A second scrutineer confirms a count."""
    ballot, day, _ = _acting(CONFIRMING, command, uow)
    ballot.confirm_count(int(command["round"]), by=uow.principal.subject, on=day)
    return ballot


def open_run_off(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """Open the run-off among the tied."""
    return _open_next(Kind.RUN_OFF, command, uow)


def open_re_vote(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """Open the re-vote for seats that stayed open."""
    return _open_next(Kind.RE_VOTE, command, uow)


def certify(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """The chief scrutineer, or her deputy in her absence, certifies the result."""
    uow.principal.require("chief-scrutineer")
    ballot, day, office = _acting(CERTIFYING, command, uow)
    ballot.certify(
        by=uow.principal.subject, on=day, office=office, chief_absent=command["chief_absent"]
    )
    return ballot


def announce(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """The executive chairperson announces the certified result (公告)."""
    ballot, day, _ = _acting(ANNOUNCING, command, uow)
    number = command["number"]
    if queries.has_announcement(uow.session, ballot, number):
        raise Conflict(
            "announcement-number-taken",
            "the session has an announcement of this number already",
            f"本次会议已有第 {number} 号公告",
            [{"pointer": "/number", "detail": "已使用 (taken)"}],
        )
    ballot.announce(number=number, signed_by=command["signed_by"], by=uow.principal.subject, on=day)
    return ballot


def void(command: dict[str, Any], uow: UnitOfWork) -> Ballot:
    """The executive chairperson declares the vote void."""
    ballot, day, _ = _acting(ANNOUNCING, command, uow)
    ballot.void(reason=command["reason"], by=uow.principal.subject, on=day)
    for id_ in open_elections(uow.session, ballot.id):
        uow.get(Election, id_, locked=True).void(
            command["reason"], by=uow.principal.subject, on=day
        )
    return ballot


def hear_shortlist(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a copy of a shortlist that proposal adopted; only a higher version replaces it."""
    # As it was published, whole: its digest is of that, and not of what the reader takes from it.
    row = data | {"published": event.data["candidates"], "version": event.version}
    copies.keep_newest(uow.session, shortlists, row)


def _acting(
    offices: tuple[Office, ...], command: dict[str, Any], uow: UnitOfWork
) -> tuple[Ballot, dt.date, Office]:
    """The ballot, the day, and the office in which whoever asks acts on it; else Forbidden."""
    ballot = uow.get(Ballot, command["id"])
    day = uow.happened(command["happened_on"])
    officer = queries.find_officer(uow.session, ballot.session_id, uow.principal.subject)
    return ballot, day, acting(officer, offices, day)


def _check_not_voted_on(uow: UnitOfWork, shortlist: HeardShortlist, session: Session) -> None:
    other = queries.find_ballot_on(uow.session, shortlist.id, session.id)
    if other is not None:
        raise Conflict(
            "shortlist-voted-on",
            "there is a ballot on this shortlist, running, with a result, or void in this session; "
            "its candidates are not voted on twice",
            "该候选项目名单已有进行中、已有结果或在本次会议中无效的票决,不得重复票决",
            [{"pointer": "/shortlist_id", "detail": f"ballot {other}"}],
        )


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
    present = queries.count_present_at(uow.session, ballot, day)
    ballot.open_next(kind, present=present, on=day, by=uow.principal.subject)
    if ballot.round.medium == ELECTRONIC:
        set_up_next(ballot, uow)
    return ballot
