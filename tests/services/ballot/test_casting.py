"""Casting a ballot: what is taken, what is refused and why, on both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.ballot.annex.receipt import Receipt
from services.ballot.belenios.credential import make_credential, public
from services.ballot.belenios.encoding import encoded, sha256_base64
from services.commons.canonical import canonical
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound

from .congress import CHIEF, CLOSING, SCRUTINEER
from .stages import AGAIN, TICKS, Stages, counted, refused, rows, send, signed, ticks
from .voting import OFFICE, Vote


def board(vote: Vote) -> list[str]:
    """What stands on the board."""
    return [one.text for one in vote.members()]


def test_a_receipt_is_the_boards_word(stage: Stages) -> None:
    """It verifies with the board's key, and is found again by its tracker, by anybody."""
    vote = stage(**TICKS)
    ballot = vote.made(0, *ticks(0))
    given = vote.cast(0, ballot)
    receipt = Receipt.from_text(canonical(given))
    receipt.check(vote.manifest["board_key"])
    assert (receipt.uuid, receipt.tracker) == (vote.uuid, ballot.tracker)
    assert board(vote)[-2] == ballot.to_text()
    found = vote.ballot.call("get_receipt", vote.uuid, {"tracker": ballot.tracker}, roles=())
    assert found == given
    for tracker in (vote.made(0, *ticks(0)).tracker, "A" * 43):
        with refused(vote, "not-found", NotFound):
            vote.ballot.call("get_receipt", vote.uuid, {"tracker": tracker}, roles=())


def test_a_datum_that_is_no_ballot_has_no_receipt(stage: Stages) -> None:
    """The election itself stands on the board too, and has a hash like any ballot."""
    vote = stage(**TICKS)
    for text in board(vote):
        with refused(vote, "not-found", NotFound):
            tracker = sha256_base64(encoded(text))
            vote.ballot.call("get_receipt", vote.uuid, {"tracker": tracker}, roles=())


def test_a_repeated_ballot_counts_once(stage: Stages) -> None:
    """However often, by whichever process, and still after the end: the same receipt."""
    vote = stage(**TICKS)
    ballot = vote.made(0, *ticks(0))
    first = vote.cast(0, ballot)
    before = rows(vote)
    assert [vote.cast(0, ballot) for _ in range(3)] == [first] * 3
    assert rows(vote) == before
    vote.close()
    ended = rows(vote)
    assert vote.cast(0, ballot) == first
    assert rows(vote) == ended
    assert vote.ballot.call("get_election", vote.uuid)["cast"] == 1


def test_a_repeat_by_somebody_else_flags_nobody(stage: Stages) -> None:
    """Ballots are public: who sends one that stands on the board has not voted by that."""
    vote = stage(**TICKS)
    ballot = vote.made(0, *ticks(0))
    vote.cast(0, ballot)
    before = rows(vote)
    for sender in (vote.congress.deputies[1], vote.congress.deputies[8], "nobody"):
        vote.cast(0, ballot, subject=sender)
    assert rows(vote) == before
    vote.vote(1, *ticks(1))


@pytest.mark.parametrize("recast", [False, True])
def test_one_login_casts_under_one_credential(stage: Stages, recast: bool) -> None:
    """Whoever has other people's credentials can still cast one ballot only."""
    vote = stage(**(AGAIN if recast else TICKS))
    vote.vote(0, *ticks(0))
    with refused(vote, "voted-already", Conflict):
        vote.cast(0, vote.made(1, *ticks(1)))
    vote.vote(1, *ticks(1))


def test_without_recast_the_first_ballot_is_the_only_one(stage: Stages) -> None:
    """A second one is refused, of the same deputy and under the same credential by another."""
    vote = stage(**TICKS)
    vote.vote(0, *ticks(0))
    for sender in (0, 1):
        with refused(vote, "voted-already", Conflict):
            vote.cast(sender, vote.made(0, *ticks(1)))


def test_with_recast_the_last_ballot_counts(stage: Stages) -> None:
    """The number of ballots stays, the count is that of the last ones, the archive verifies."""
    vote = stage(**AGAIN)
    for deputy in range(6):
        vote.vote(deputy, *ticks(0, 1))
    early = vote.made(0, *ticks(2))
    vote.cast(0, early)
    vote.vote(0, *ticks(1))
    receipt = vote.cast(0, early)
    assert receipt["tracker"] == early.tracker
    assert vote.broken() == []
    assert vote.finish()["cast"] == 6
    assert [one[0] for one in counted(vote)] == [5, 6, 0]
    assert vote.broken() == []


def test_one_credential_casts_ten_ballots(stage: Stages) -> None:
    """The tenth counts and the archive verifies; sending it again is no eleventh."""
    vote = stage(**AGAIN)
    for n in range(9):
        vote.vote(0, *ticks(n % 3))
    last = vote.made(0, *ticks(0, 1))
    receipt = vote.cast(0, last)
    with refused(vote, "too-many-recasts", Conflict):
        vote.vote(0, *ticks(2))
    assert vote.cast(0, last) == receipt
    for deputy in range(1, 6):
        vote.vote(deputy, *ticks(0))
    assert vote.finish()["result"] == [[6, 1, 0]]
    assert vote.broken() == []


def test_an_earlier_ballot_does_not_come_back_after_a_recast(stage: Stages) -> None:
    """Sent again it stays what it was, and with a new signature its ciphertexts are known."""
    vote = stage(**AGAIN)
    early = vote.made(0, *ticks(0))
    vote.cast(0, early)
    vote.vote(0, *ticks(1))
    before = rows(vote)
    vote.cast(0, early)
    assert rows(vote) == before
    with refused(vote, "repeated-alpha", Conflict):
        send(vote, 0, signed(vote, 0, json.loads(early.to_text())))


def test_a_credential_off_the_roll_is_unknown(stage: Stages) -> None:
    """Whoever makes one up has a valid ballot that nobody takes: none more than the roll."""
    vote = stage(**TICKS, present=9)
    for deputy in range(9):
        vote.vote(deputy, *ticks(0))
    vote.credentials.append(make_credential())
    text = vote.made(9, *ticks(0)).to_text()
    for sender in (0, 8):
        with refused(vote, "unknown-credential", Invalid):
            send(vote, sender, text)


def test_a_withdrawn_credential_votes_on_paper(stage: Stages) -> None:
    """It is told, once; nobody but the office withdraws, and no credential that has voted."""
    vote = stage(**TICKS)

    def withdraw(deputy: int, roles: tuple[str, ...] = OFFICE) -> Any:
        credential = public(vote.uuid, vote.credentials[deputy], vote.group)
        body = {"credential": credential}
        return vote.box.call("withdraw_credential", vote.uuid, body, roles=roles)

    with refused(vote, "role-missing", Forbidden):
        withdraw(0, SCRUTINEER)
    withdraw(0)
    lines = vote.annex().count(b"\n")
    withdraw(0)
    assert vote.annex().count(b"\n") == lines
    with refused(vote, "credential-withdrawn", Conflict):
        vote.vote(0, *ticks(0))
    vote.vote(1, *ticks(0))
    with refused(vote, "credential-used", Conflict):
        withdraw(1)
    vote.credentials.append(make_credential())
    with refused(vote, "unknown-credential", Invalid):
        withdraw(9)
    assert vote.broken() == []


def test_a_login_without_a_credential_does_not_vote(stage: Stages) -> None:
    """Nor does one who is no deputy; credentials are handed out at sign-in only."""
    vote = stage(**TICKS)
    absent = vote.congress.deputies[8]
    for sender in (absent, "c"):
        with refused(vote, "no-credential-issued", Forbidden):
            vote.cast(8, vote.made(8, *ticks(0)), subject=sender)
    with refused(vote, "not-signed-in", Invalid):
        vote.issue(absent)


def handed_out_the_day_before(vote: Vote) -> None:
    """One deputy signed in and was handed her credential on the day before, and stayed away."""
    vote.register_all()
    vote.make_keys()
    deputy, day = vote.congress.deputies[8], "2023-02-21"
    body = {"deputy_id": deputy, "happened_on": day}
    vote.ballot.call("sign_in_deputy", vote.congress.session, body)
    vote.box.call("issue_credential", vote.id, body, roles=OFFICE)
    vote.open()


def test_who_has_not_signed_in_that_day_does_not_vote(stage: Stages) -> None:
    """A credential of yesterday is no presence today."""
    vote = stage(handed_out_the_day_before, **TICKS)
    with refused(vote, "no-credential-issued", Forbidden):
        vote.vote(8, *ticks(0))
    body = {"deputy_id": vote.congress.deputies[8], "happened_on": CLOSING}
    vote.ballot.call("sign_in_deputy", vote.congress.session, body)
    vote.vote(8, *ticks(0))


def test_nobody_votes_before_the_opening_or_after_the_end(stage: Stages) -> None:
    """Spare elections are not open either; after the end there is no ballot more."""
    vote = stage(**TICKS)
    late = vote.made(0, *ticks(0))
    for uuid in vote.uuids[1:]:
        with refused(vote, "not-found", NotFound):
            vote.box.call("cast_ballot", uuid, {"ballot": late.to_text()}, roles=("deputy",))
    vote.vote(1, *ticks(0))
    vote.close()
    with refused(vote, "election-state", Conflict):
        vote.cast(0, late)


def test_the_key_of_the_request_is_the_tracker(stage: Stages) -> None:
    """Any other could link a person to a ballot."""
    vote = stage(**TICKS)
    ballot = vote.made(0, *ticks(0))
    with refused(vote, "tracker-mismatch", Invalid):
        vote.cast(0, ballot, key="another")


def test_the_counts_during_the_vote_tell_no_names(stage: Stages) -> None:
    """Who has voted opens after the close."""
    vote = stage(**TICKS)
    vote.vote(0, *ticks(0))
    shown = vote.ballot.call("get_election", vote.uuid)
    assert (shown["cast"], shown["issued"], shown["not_cast"], shown["roll"]) == (1, 8, 7, 9)
    with refused(vote, "election-state", Conflict):
        vote.ballot.call("get_voters", vote.uuid, roles=CHIEF)
    vote.close()
    voters = vote.ballot.call("get_voters", vote.uuid, roles=CHIEF)["voters"]
    assert [one["deputy_id"] for one in voters if one["voted"]] == [vote.congress.deputies[0]]
    assert sum(one["issued"] for one in voters) == 8
    assert len(voters) == 9
