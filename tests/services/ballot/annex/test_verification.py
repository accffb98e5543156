"""Verification: what holds is found to hold, and each thing that does not is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.ballot.annex import chain as lines
from services.ballot.annex.case import Published
from services.ballot.annex.copying import KINDS, marks_of
from services.ballot.annex.receipt import Receipt
from services.ballot.annex.verification import STEPS, Claim, verify
from services.ballot.annex.workers import judging
from services.ballot.belenios.archive import Archive
from services.ballot.belenios.board import Board
from services.ballot.belenios.election import Election
from tests.services.ballot.belenios.archives import ARCHIVES, THRESHOLD_ED25519

from .elections import UUID, Vote, finished


def codes(archive: bytes, annex: bytes | None) -> list[str]:
    """Why claims do not hold."""
    return [one.refused.code for one in verify(archive, annex) if one.refused]


def test_a_good_election_holds() -> None:
    """Every claim is judged, in order, and holds."""
    vote = Vote()
    receipts = [vote.vote(voter).to_text() for voter in (0, 1, 2, 0)]
    earlier, before = vote.archive, vote.annex
    vote.say(lines.SPOILED, {"hash": "x" * 43})
    vote.say(lines.WITHDRAWN, {"credential": vote.public(3)})
    vote.finish(1, 2, 3)
    trackers = [Receipt.from_text(text).tracker for text in receipts[1:]]
    kept = {"receipts": receipts, "trackers": trackers, "earlier": earlier, "earlier_annex": before}
    credentials = tuple(vote.public(voter) for voter in range(4))
    cast = vote.ballots.values()
    kept["commitments"] = {one.tracker: one.unsigned_hash for one in cast}  # type: ignore[assignment]
    kept["published"] = Published(UUID, "Ed25519", credentials)  # type: ignore[assignment]
    claims = list(verify(vote.archive, vote.annex, **kept))  # type: ignore[arg-type]
    assert all(claim.holds for claim in claims), claims
    assert [claim.en for claim in claims] == [step.en for step in STEPS]


def test_what_was_cast_is_what_was_shown() -> None:
    """A device that showed another ballot than it cast is named; so is a tracker of no ballot."""
    vote = Vote()
    shown = vote.prepare(0, vote.random_marks())
    cast = vote.cast(vote.prepare(0, vote.random_marks()))
    tracker = cast.tracker

    def refused(commitments: dict[str, str]) -> list[str]:
        claims = verify(vote.archive, vote.annex, commitments=commitments)
        return [one.refused.code for one in claims if one.refused]

    (ballot,) = vote.ballots.values()
    assert refused({tracker: ballot.unsigned_hash}) == []
    assert refused({tracker: shown.unsigned_hash}) == ["other-commitment"]
    assert refused({shown.tracker: shown.unsigned_hash}) == ["no-such-ballot"]


def test_the_roll_is_what_the_office_published() -> None:
    """None replaced, none added, none left out; of this election and this group."""
    vote = finished()
    roll = tuple(vote.public(voter) for voter in range(4))
    foreign = Vote().public(0)

    def refused(*published: Any) -> list[str]:
        claims = verify(vote.archive, vote.annex, published=Published(*published))
        return [one.refused.code for one in claims if one.refused]

    assert refused(UUID, "Ed25519", roll[::-1]) == []
    for other in (roll[:3], (*roll, foreign), (*roll[:3], foreign), (*roll, roll[0])):
        assert refused(UUID, "Ed25519", other) == ["other-roll"]
    assert refused("uTRT9mVxBfxQEH", "Ed25519", roll) == ["other-election"]
    assert refused(UUID, "BELENIOS-2048", roll) == ["other-election"]


@pytest.mark.parametrize("blank", [False, True], ids=["", "blank"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_counted_as_by_hand(kind: int, blank: bool) -> None:
    """The result is that of a plain count of everybody's last marks."""
    vote = Vote(kind=kind, blank=blank)
    for voter in (0, 1, 2, 0):
        vote.vote(voter)
    if blank:
        vote.vote_blank(3)
    result = vote.finish(2, 3)
    assert codes(vote.archive, vote.annex) == []
    counted = marks_of(kind, result, candidates=3, ballots=len(vote.ballots))
    approvals = [(one.approve, one.oppose or 0) for one in counted.marks]
    assert approvals == vote.counted() and counted.blank == blank


def test_an_archive_is_verified_while_it_grows() -> None:
    """After every event all holds that can be claimed by then."""
    vote = finished()
    members = Archive.from_bytes(vote.archive).members
    timestamp = Archive.from_bytes(vote.archive).timestamp
    before, board = 0, Board()
    for count, member in enumerate(members, 1):
        if board.take(member) is None or board.last is None:
            continue
        archive = Archive(timestamp, members[:count]).to_bytes()
        annex = _annex_until(vote, len(board.owners))
        claims = list(verify(archive, annex))
        assert all(claim.holds for claim in claims)
        assert len(claims) >= before
        before = len(claims)


def _annex_until(vote: Vote, decryptions: int) -> bytes:
    """The annex when so many had decrypted."""
    texts = []
    for line in vote.chain.lines:
        if line.type == lines.DECRYPTION_PROOFS and line.payload["owner"] > decryptions:
            break
        texts.append(line.text)
    return lines.written(texts)


@pytest.mark.parametrize("file", ARCHIVES[:1] + ARCHIVES[2:], ids=lambda file: file.stem)
def test_archives_of_the_tools_hold(file: Path) -> None:
    """What Belenios' own tools made holds by Belenios' rules."""
    claims = list(verify(file.read_bytes(), None))
    assert all(claim.holds for claim in claims)
    assert claims[-1].en.startswith("the result")


@pytest.mark.filterwarnings("ignore:Using fork")  # eventlet is imported here and patches nothing
def test_processes_judge_as_one_does() -> None:
    """Ballots keep their order and their refusals, however many processes check them."""
    members = Archive.from_bytes(THRESHOLD_ED25519.read_bytes()).members
    election = Election.from_text(members[0].text)
    texts = [one.text for one in members if one.text.startswith('{"election_uuid"')][:12]
    texts[5] = texts[5].replace('"challenge":"', '"challenge":"1', 1)
    with judging(election, 1, texts, 1) as alone, judging(election, 1, texts, 2) as shared:
        expected, found = list(alone), list(shared)
    assert [str(one) for one in found] == [str(one) for one in expected]
    assert sum(isinstance(one, Exception) for one in found) == 1


def test_progress_is_told() -> None:
    """Whoever waits sees how many ballots were checked."""
    told: list[tuple[int, int]] = []
    vote = finished()
    list(verify(vote.archive, vote.annex, progress=lambda *of: told.append(of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_claim_says_it_in_both_languages() -> None:
    """Chinese and English, for what holds and for why something does not."""
    claims: list[Claim] = list(verify(finished().archive, finished().annex.replace(b"1", b"2")))
    assert all(claim.zh and claim.en for claim in claims)
    assert claims[-1].refused and claims[-1].refused.zh
