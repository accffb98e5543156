"""What is read of electronic votes: the board, the annex, who may cast, what must come next."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as Database

from services.chassis.secretbox import Keys
from services.chassis.work import get, not_found
from services.commons.canonical import canonical

from ..annex.receipt import Receipt
from ..belenios.archive import DATA, EVENT
from ..belenios.archive import Member as ArchiveMember
from ..belenios.board import END_BALLOTS, PARTIAL_DECRYPTION, Entry, Event
from ..belenios.decryption import OwnedPartialDecryption
from ..belenios.election import Election as Question
from ..belenios.encoding import BASE58, encoded, sha256_hex
from ..board_key import unseal
from ..model.ballot import Ballot
from ..model.board import CredentialList, Member, PublicCredential, Turnout
from ..model.ceremony import Ceremony
from ..model.election import Election, State
from ..model.next_step import step
from ..tables import (
    annex_lines,
    ballots,
    board_members,
    ceremonies,
    credential_issues,
    credential_lists,
    elections,
    seen_alphas,
    sign_ins,
    spoiled_ballots,
)

Query = sa.Select[Any]
#: What is shown of an election as it stands.
_SHOWN = (
    *("id", "uuid", "ballot_id", "round", "state", "head", "height", "members", "annex_lines"),
    *("cast", "cosigned", "decrypted", "result", "opened_on", "closed_on", "tallied_on"),
    *("voted", "difference_because", "void_because", "version"),
)
_UUID = re.compile(f"[{BASE58}]{{14,64}}", re.ASCII)
#: Characters of one part of an archive or annex: a call must not carry megabytes.
PART = 500_000
#: Rows that are read for one part; thousands of ballots would be read to send a dozen.
ROWS = 64


def find_election(database: Database, uuid: str) -> Election:
    """The election of this Belenios identifier; NotFound without it."""
    if not _UUID.fullmatch(uuid):  # nor is PostgreSQL asked for what it cannot read
        raise not_found(Election)
    query = sa.select(Election).where(elections.c.uuid == uuid)
    found = database.scalars(query).one_or_none()
    if found is None:
        raise not_found(Election)
    return found


def election_text(database: Database, election: Election) -> str:
    """The election's own message, byte for byte: the archive's first datum."""
    return database.get_one(Member, (election.id, 1)).text


def title_of(database: Database, election: Election) -> str:
    """What the election is called on the ballot."""
    return Question.from_text(election_text(database, election)).name


def trustees_text(database: Database, election: Election) -> str:
    """The trustees' message: the archive's second datum."""
    return database.get_one(Member, (election.id, 2)).text


def member_text(database: Database, election: Election, hash_: str) -> str:
    """A datum of the archive by its hash."""
    query = sa.select(board_members.c.text).where(
        board_members.c.election_id == election.id, board_members.c.hash == hash_
    )
    text: str = database.execute(query).scalar_one()
    return text


def is_on_board(database: Database, election: Election, hash_: str) -> bool:
    """Whether a datum with this hash stands in the archive."""
    query = sa.select(board_members.c.number).where(
        board_members.c.election_id == election.id, board_members.c.hash == hash_
    )
    return database.execute(query).first() is not None


def ballot_entry(database: Database, election_id: str, hash_: str) -> Entry:
    """A ballot on the board with its event; NotFound without it."""
    ballot = database.execute(
        sa.select(board_members.c.number, board_members.c.text).where(
            board_members.c.election_id == election_id,
            board_members.c.hash == hash_,
            board_members.c.kind == DATA,
        )
    ).one_or_none()
    if ballot is None:
        raise not_found(Member)
    event = database.get_one(Member, (election_id, ballot.number + 1))
    if event.kind != EVENT or Event.from_text(event.text).type != "Ballot":
        raise not_found(Member)
    return entry_of(ballot.text, event)


def entry_of(ballot: str, event: Member) -> Entry:
    """A ballot's text with the event that put it on the board."""
    payload = ArchiveMember(DATA, ballot)
    return Entry(Event.from_text(event.text), event.hash, payload, referred=())


def find_receipt(database: Database, uuid: str, tracker: str, keys: Keys) -> Receipt:
    """The board's word on the ballot with this tracker, signed anew; NotFound without it."""
    election = find_election(database, uuid)
    entry = ballot_entry(database, election.id, base64.b64decode(tracker + "=").hex())
    return Receipt.made(election.uuid, entry, unseal(election, keys))


def find_credential(
    database: Database, election: Election, credential: str
) -> PublicCredential | None:
    """A public credential on the roll."""
    return database.get(PublicCredential, (election.id, sha256_hex(encoded(credential))))


def any_seen(database: Database, election: Election, hashes: Sequence[bytes]) -> bool:
    """Whether one of these α stands on the board."""
    query = sa.select(seen_alphas.c.hash).where(
        seen_alphas.c.election_id == election.id, seen_alphas.c.hash.in_(hashes)
    )
    return database.execute(query.limit(1)).first() is not None


def is_spoiled(database: Database, election: Election, hash_: str) -> bool:
    """Whether a ballot with this hash was opened to check it."""
    query = sa.select(spoiled_ballots.c.hash).where(
        spoiled_ballots.c.election_id == election.id, spoiled_ballots.c.hash == hash_
    )
    return database.execute(query).first() is not None


def count_spoiled(database: Database, election: Election) -> int:
    """How many ballots were opened to check them."""
    query = sa.select(sa.func.count()).where(spoiled_ballots.c.election_id == election.id)
    return database.execute(query).scalar_one()


def may_vote(database: Database, election: Election, deputy_id: str) -> bool:
    """Whether a deputy was handed her credential and has signed in for the day of this round."""
    query = _holders(election).where(credential_issues.c.deputy_id == deputy_id)
    return database.execute(query).first() is not None


def count_issued(database: Database, election: Election) -> int:
    """How many hold a credential and have signed in for the day of this round."""
    query = sa.select(sa.func.count()).select_from(_holders(election).subquery())
    return database.execute(query).scalar_one()


def count_cast_open(database: Database, _today: dt.date) -> dict[tuple[str, ...], float]:
    """How many ballots count so far in each election that is open."""
    return {(one.uuid,): one.cast for one in _open(database)}


def count_issued_open(database: Database, _today: dt.date) -> dict[tuple[str, ...], float]:
    """How many hold a credential and may cast in each election that is open."""
    return {(one.uuid,): count_issued(database, one) for one in _open(database)}


def _open(database: Database) -> Sequence[Any]:
    columns = elections.c
    query = sa.select(columns.uuid, columns.ballot_id, columns.opened_on, columns.cast)
    return database.execute(query.where(columns.state == State.OPEN.value)).all()


def count_handed_out(database: Database, ballot_id: str) -> int:
    """How many credentials were handed out, on any day."""
    query = sa.select(sa.func.count()).where(credential_issues.c.ballot_id == ballot_id)
    return database.execute(query).scalar_one()


def _holders(election: Election) -> Query:
    """Whoever is not there on the day of a run-off does not vote, although she has a credential."""
    return (
        sa.select(credential_issues.c.deputy_id)
        .join(ballots, ballots.c.id == credential_issues.c.ballot_id)
        .join(
            sign_ins,
            sa.and_(
                sign_ins.c.session_id == ballots.c.session_id,
                sign_ins.c.deputy_id == credential_issues.c.deputy_id,
                sign_ins.c.happened_on == election.opened_on,
            ),
        )
        .where(credential_issues.c.ballot_id == election.ballot_id)
    )


def latest_ceremony(database: Database, ballot_id: str) -> Ceremony | None:
    """A ballot's latest attempt at its keys."""
    query = sa.select(Ceremony).where(ceremonies.c.ballot_id == ballot_id)
    return database.scalars(query.order_by(ceremonies.c.attempt.desc()).limit(1)).one_or_none()


def show_ceremony(database: Database, ballot_id: str) -> Ceremony:
    """The same; NotFound before the first."""
    get(database, Ballot, ballot_id)
    found = latest_ceremony(database, ballot_id)
    if found is None:
        raise not_found(Ceremony)
    return found


def credential_lists_of(database: Database, ballot_id: str) -> dict[str, CredentialList]:
    """What the credentials office registered, by the election's identifier."""
    query = sa.select(CredentialList).where(credential_lists.c.ballot_id == ballot_id)
    return {one.uuid: one for one in database.scalars(query)}


def list_elections(params: dict[str, Any]) -> Query:
    """Electronic votes by the day of their opening."""
    query = sa.select(Election).order_by(elections.c.opened_on, elections.c.id)
    if "ballot_id" in params:
        query = query.where(elections.c.ballot_id == params["ballot_id"])
    return query


def show_election(database: Database, uuid: str) -> dict[str, Any]:
    """One election with its counts, and what is missing for its next step."""
    return shown(database, find_election(database, uuid))


def shown(database: Database, election: Election) -> dict[str, Any]:
    """An election as it is shown; during the vote only counts."""
    issued = count_issued(database, election)
    return {name: getattr(election, name) for name in _SHOWN} | {
        "hash": sha256_hex(encoded(election_text(database, election))),
        "board_key": election.board_public_key,
        "roll": election.manifest["roll"],
        "issued": issued,
        "not_cast": issued - election.cast,
        "missing": missing(election, _size(database, election)),
    }


def missing(election: Election, trustees: int) -> list[dict[str, str]]:
    """What must still happen before the election's next step."""
    if election.state == State.OPEN:
        return [step("closing", "总监票人宣布投票截止", "the chief scrutineer ends the voting")]
    if election.state != State.CLOSED:
        return []
    cosigned, needed = len(election.cosigned), trustees // 2 + 1
    if cosigned < needed:
        zh, en = "名监票人签署截止", "scrutineers have co-signed the end"
        return [step("cosignatures", f"{cosigned}/{needed} {zh}", f"{cosigned} of {needed} {en}")]
    decrypted, threshold = len(election.decrypted), election.manifest["threshold"]
    if decrypted < threshold:
        zh, en = "名监票人已解密", "scrutineers have decrypted"
        many = f"{decrypted}/{threshold} {zh}", f"{decrypted} of {threshold} {en}"
        return [step("decryptions", *many)]
    return [step("result", "总监票人计算结果", "the chief scrutineer has the result computed")]


def _size(database: Database, election: Election) -> int:
    ceremony = latest_ceremony(database, election.ballot_id)
    return ceremony.size if ceremony else 0


def archive_part(database: Database, uuid: str, after: int) -> dict[str, Any]:
    """Members of the archive after a number, as many as one call carries (at least one)."""
    election = find_election(database, uuid)
    columns = board_members.c
    rows = database.execute(
        sa.select(columns.number, columns.kind, columns.hash, columns.text)
        .where(columns.election_id == election.id, columns.number > after)
        .order_by(columns.number)
        .limit(ROWS)
    ).mappings()
    members = _as_many_as_fit([dict(row) for row in rows], lambda row: len(row["text"]))
    last = members[-1]["number"] if members else after
    left = max(0, election.members - last)
    return {"timestamp": election.timestamp, "members": members, "left": left}


def annex_part(database: Database, uuid: str, after: int) -> dict[str, Any]:
    """Lines of the annex, without the first ``after`` ones."""
    election = find_election(database, uuid)
    columns = annex_lines.c
    rows = database.execute(
        sa.select(columns.text)
        .where(columns.election_id == election.id, columns.number >= after)
        .order_by(columns.number)
        .limit(ROWS)
    )
    lines = _as_many_as_fit([row.text for row in rows], len)
    return {"lines": lines, "left": max(0, election.annex_lines - after - len(lines))}


def _as_many_as_fit(rows: list[Any], size: Any) -> list[Any]:
    total, count = 0, 0
    for row in rows:
        total += size(row)
        if count and total > PART:
            break
        count += 1
    return rows[:count]


def voters(database: Database, uuid: str) -> dict[str, Any]:
    """The roll with who has voted; only after the close.  Raises Conflict before."""
    election = find_election(database, uuid)
    election.must_be(State.CLOSED, State.TALLIED)
    voted = database.get_one(Turnout, election.id).voted
    issued = set(database.execute(_holders(election)).scalars())
    rows = [
        {"deputy_id": one, "issued": one in issued, "voted": did}
        for one, did in sorted(voted.items())
    ]
    return {"voters": rows}


def latest_election(database: Database, ballot_id: str) -> Election:
    """The election that a ballot opened last."""
    query = sa.select(Election).where(elections.c.ballot_id == ballot_id)
    return database.scalars(query.order_by(elections.c.round.desc()).limit(1)).one()


def open_elections(database: Database, ballot_id: str) -> list[str]:
    """The ids of a ballot's elections that are neither tallied nor void."""
    query = sa.select(elections.c.id).where(
        elections.c.ballot_id == ballot_id, elections.c.state.in_([State.OPEN, State.CLOSED])
    )
    return list(database.execute(query).scalars())


def used_uuids(database: Database, ballot_id: str) -> set[str]:
    """Which of a ballot's elections were opened."""
    query = sa.select(elections.c.uuid).where(elections.c.ballot_id == ballot_id)
    return set(database.execute(query).scalars())


def end_of_ballots(database: Database, election: Election) -> str:
    """The hash of the event that ended the voting."""
    found: str = _events(database, election, END_BALLOTS)[0].hash
    return found


def decryption_texts(database: Database, election: Election) -> dict[int, str]:
    """The partial decryptions on the board, by their owners."""
    found = {}
    for event in _events(database, election, PARTIAL_DECRYPTION):
        payload = Event.from_text(event.text).payload or ""
        owned = OwnedPartialDecryption.from_text(member_text(database, election, payload))
        found[owned.owner] = member_text(database, election, owned.payload)
    return found


def _events(database: Database, election: Election, type_: str) -> list[Any]:
    """Events after the ballots; there are only a few of them, at the end."""
    columns = board_members.c
    query = (
        sa.select(columns.hash, columns.text)
        .where(columns.election_id == election.id, columns.kind == EVENT)
        .order_by(columns.number.desc())
        .limit(len(election.decrypted) + 3)
    )
    rows = reversed(database.execute(query).all())
    return [row for row in rows if Event.from_text(row.text).type == type_]


def is_noted(database: Database, election: Election, payload: dict[str, Any]) -> bool:
    """Whether the annex has a line with this payload."""
    query = sa.select(annex_lines.c.number).where(
        annex_lines.c.election_id == election.id,
        annex_lines.c.text.contains(f'"payload":{canonical(payload)},', autoescape=True),
    )
    return database.execute(query).first() is not None
