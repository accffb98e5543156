"""Casting (投票): cheap checks first, then the proofs, then one place on the board.

Casting needs a login *and* a credential, so neither this service nor the credentials office can
cast alone.  What is stored tells which credential cast which ballot, and who has voted, in two
transactions and two records that share nothing; nothing stored holds both a person and a ballot.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Forbidden, Invalid

from ..annex.box import MOST_BALLOTS
from ..annex.copying import SOME, alphas, check_copies
from ..annex.receipt import Receipt
from ..belenios.ballot import Ballot, check_ballot
from ..belenios.board import BALLOT
from ..belenios.encoding import encoded, sha256_hex
from ..belenios.tally import RunningTally
from ..model.board import CredentialState, PublicCredential, SeenAlpha, Turnout
from ..model.election import Election, State, seen
from ..queries import elections as queries
from . import metrics
from .setting import Setting


@dataclass(frozen=True)
class Cast:
    """A ballot that was read; ``hash``: of its text, the tracker in other digits.

    ``alphas``: what must never be seen again, its ciphertexts and the ballot that was signed.
    """

    text: str
    hash: str
    ballot: Ballot
    alphas: list[bytes]


def read(setting: Setting, text: str, tracker: str | None) -> Cast:
    """Read a ballot; Refused or Invalid if its form alone shows that it is none.

    ``tracker``: the request's idempotency key, which must be the ballot's tracker.
    """
    ballot = Ballot.from_text(text, setting.election)
    if tracker is not None and tracker != ballot.tracker:
        raise Invalid(
            "tracker-mismatch",
            "the Idempotency-Key of a ballot is its tracker, and this ballot has another",
            "投票请求的 Idempotency-Key 应为该票的追踪码",
        )
    check_copies(setting.election, ballot, setting.manifest.kind)
    new = alphas(ballot, setting.manifest.kind)
    return Cast(text, sha256_hex(encoded(text)), ballot, seen([*new, ballot.unsigned_hash]))


def admit(
    session: Session, setting: Setting, cast: Cast, deputy_id: str
) -> PublicCredential | None:
    """The credential of a ballot that would be taken now; None if it stands on the board already.

    Raises Conflict, Forbidden or Invalid with the reason if it would not.
    """
    election = session.get_one(Election, setting.id)
    credential = queries.find_credential(session, election, cast.ballot.credential)
    if credential is None:
        raise Invalid(
            "unknown-credential",
            "the ballot's credential is not on the roll of this election",
            "该票的凭证不在本次票决的名册上",
            [{"pointer": "/ballot", "detail": "unknown credential"}],
        )
    # A ballot names its credential, so it can only stand there if this one has cast before.
    if credential.ballot is not None and queries.is_on_board(session, election, cast.hash):
        return None
    election.must_be(State.OPEN)
    _check_login(session, election, setting, deputy_id, credential)
    _check_credential(credential, setting)
    _check_new(session, election, cast)
    return credential


def prove(setting: Setting, cast: Cast) -> None:
    """Check signature and proofs; Refused if one does not hold.  This is what costs time."""
    with metrics.proof_seconds.time():
        check_ballot(setting.election, cast.ballot, copies=setting.manifest.kind != SOME)


def put(setting: Setting, cast: Cast, deputy_id: str, uow: UnitOfWork) -> Receipt:
    """Append the ballot to the board, in one order per election; durable at the commit."""
    election = uow.get(Election, setting.id, locked=True)
    credential = admit(uow.session, setting, cast, deputy_id)
    if credential is None:
        return receipt(uow.session, setting, cast.hash)
    again = credential.ballot is not None
    sums = RunningTally.resumed(setting.election.group, election.sums, election.cast)
    if credential.ballot is not None:
        text = queries.member_text(uow.session, election, credential.ballot)
        sums.subtract(Ballot.from_text(text, setting.election).answers)
    sums.add(cast.ballot.answers)
    election.count_ballot(sums.encrypted().to_text(), again=again)
    credential.ballot, credential.ballots = cast.hash, credential.ballots + 1
    ballot, event = election.append(BALLOT, cast.text)
    uow.session.add_all((ballot, event))
    uow.session.flush()
    # After the flush, which counts the election's change once.
    rows = [{"election_id": election.id, "hash": one} for one in cast.alphas]
    uow.session.execute(sa.insert(SeenAlpha), rows)
    return Receipt.made(setting.election.uuid, queries.entry_of(ballot.text, event), setting.key)


def note_voted(setting: Setting, deputy_id: str, uow: UnitOfWork, *, again: bool) -> None:
    """Set the flag that she has voted; in a transaction of its own, so that no row links it.

    ``again``: the ballot stood there before, and anybody can send a public ballot once more.  Then
    the flag is set only while one is missing, because a process ended between the two transactions.
    """
    turnout = uow.session.get_one(Turnout, setting.id, with_for_update=True)
    election = uow.session.get_one(Election, setting.id)
    # Never more flags than ballots, whoever votes again with a credential that has voted.
    if turnout.number >= election.cast:
        return
    if again and not _may_vote(uow.session, election, turnout, deputy_id):
        return
    turnout.note(deputy_id)


def receipt(session: Session, setting: Setting, hash_: str) -> Receipt:
    """The receipt of a ballot on the board; NotFound without it."""
    entry = queries.ballot_entry(session, setting.id, hash_)
    return Receipt.made(setting.election.uuid, entry, setting.key)


def _check_login(
    session: Session,
    election: Election,
    setting: Setting,
    deputy_id: str,
    credential: PublicCredential,
) -> None:
    turnout = check_may_vote(session, election, deputy_id)
    # Voting again is for the credential that has voted: a login is good for one.
    again = setting.manifest.recast and credential.ballot is not None
    if turnout.voted[deputy_id] and not again:
        raise _voted_already()


def check_may_vote(session: Session, election: Election, deputy_id: str) -> Turnout:
    """Who has voted so far; Forbidden for a login that may not vote in this election."""
    turnout = session.get_one(Turnout, election.id)
    if not _may_vote(session, election, turnout, deputy_id):
        raise Forbidden(
            "no-credential-issued",
            "you have not signed in today, or no credential was handed to you; ask the secretariat",
            "您今日尚未签到,或尚未领取投票凭证,请联系大会秘书处",
        )
    return turnout


def _may_vote(session: Session, election: Election, turnout: Turnout, deputy_id: str) -> bool:
    # Who is not on the roll may be anybody, whose subject is no deputy's id at all.
    return deputy_id in turnout.voted and queries.may_vote(session, election, deputy_id)


def _check_credential(credential: PublicCredential, setting: Setting) -> None:
    if credential.state == CredentialState.WITHDRAWN:
        raise Conflict(
            "credential-withdrawn",
            "this credential was withdrawn: its deputy votes on paper",
            "该凭证已撤回,持有人改用纸质票",
        )
    if credential.ballot is not None and not setting.manifest.recast:
        raise _voted_already()
    if credential.ballots >= MOST_BALLOTS:
        raise Conflict(
            "too-many-recasts",
            f"{MOST_BALLOTS} ballots were cast with this credential, which is the most; the last "
            "one counts",
            f"该凭证已投 {MOST_BALLOTS} 张选票,达到上限,以最后一票为准",
        )


def _check_new(session: Session, election: Election, cast: Cast) -> None:
    if queries.any_seen(session, election, cast.alphas):
        raise Conflict(
            "repeated-alpha",
            "a ciphertext of this ballot stands on the board already; make a new ballot",
            "该票的密文已在公告板上出现过,请重新填写",
        )
    signature = cast.ballot.signature
    if signature and queries.is_spoiled(session, election, signature.hash):
        raise Conflict(
            "ballot-spoiled",
            "this ballot was opened to check it and cannot be cast; make a new ballot",
            "该票已用于查验,不能再投,请重新填写",
        )


def _voted_already() -> Conflict:
    return Conflict(
        "voted-already",
        "a ballot was cast already, and the method knows no second one",
        "已经投票,票决办法不允许重投",
    )
