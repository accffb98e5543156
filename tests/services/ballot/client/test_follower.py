"""Following a board: what grows is verified, what changes is refused, and the copy stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from services.ballot.annex import workers
from services.ballot.annex.verification import verify
from services.ballot.belenios.archive import Member
from services.ballot.belenios.board import END_BALLOTS
from services.ballot.client.copy import Copy, locked
from services.ballot.client.follower import Follower, follow
from services.ballot.client.trouble import Trouble

from ..annex.elections import UUID, Vote
from .desks import Desk
from .test_ceremony import trouble


def test_a_copy_grows_with_the_board(tmp_path: Path) -> None:
    """Byte for byte, from the opening to the result, and all claims hold at every stage."""
    vote = Vote(kind=3)
    at = Follower(tmp_path, UUID)
    desk = Desk(vote)
    steps: list[Callable[[], object]] = [
        lambda: vote.rehearse(7, 1, 2),
        lambda: vote.vote(0),
        lambda: vote.vote(1),
        lambda: vote.vote(0),
        lambda: vote.end(1, 2),
        lambda: vote.tally(),
        lambda: vote.decrypt(1, 3),
        lambda: vote.result(),
    ]
    for step in steps:
        step()
        at.update(desk)
        assert at.copy.archive_path.read_bytes() == vote.archive
        assert at.copy.annex_path.read_bytes() == vote.annex
    assert at.copy.verified == 3 and at.stage == "Result"
    assert list(at.claims()) == list(verify(vote.archive, vote.annex))
    assert at.copy.archive_path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("uuid", ["../../elsewhere", "", "x", "uTRT9mVxBfxQEG/x"])
def test_a_copy_lies_in_its_folder(tmp_path: Path, uuid: str) -> None:
    """An election's identifier names files, and no other place."""
    with trouble("bad-uuid"):
        Copy(tmp_path, uuid)


def test_it_follows_until_the_end(tmp_path: Path) -> None:
    """Waiting in between; told how much each look brought."""
    vote = Vote()
    told: list[int] = []

    def pause(at: Follower, grown: int) -> None:
        told.append(grown)
        if len(told) == 1:
            vote.vote(0)
        elif len(told) == 3:
            vote.end()

    follow(Desk(vote), Follower(tmp_path, UUID), until=END_BALLOTS, pause=pause)
    assert told == [5, 2, 0]


def test_proofs_are_checked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later command relies on what an earlier one verified, unless told to begin afresh."""
    vote = Vote()
    vote.vote(0)
    vote.vote(1)
    Follower(tmp_path, UUID).update(Desk(vote))
    judged: list[str] = []
    judge = workers.judge

    def counted(election: object, kind: int | None, text: str) -> object:
        judged.append(text)
        return judge(election, kind, text)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "judge", counted)
    vote.vote(2)
    Follower(tmp_path, UUID).update(Desk(vote))
    assert len(judged) == 1
    Follower(tmp_path, UUID, afresh=True).check()
    assert len(judged) == 4


def test_the_tally_is_kept_between_commands(tmp_path: Path) -> None:
    """A later command subtracts what an earlier one added; a wrong note only costs time."""
    vote = Vote(kind=3, blank=True)
    vote.vote(0)
    vote.vote(1)
    Follower(tmp_path, UUID).update(Desk(vote))
    vote.vote(0)
    vote.end()
    vote.tally()
    at = Follower(tmp_path, UUID)
    at.update(Desk(vote))
    assert at.case.tally == vote.running().encrypted()
    assert at.copy.sums == vote.running().encrypted().to_text()
    note = tmp_path / f"{UUID}.copy.json"
    other = Vote(kind=3, blank=True)
    other.vote(0)
    wrong = json.dumps(other.running().encrypted().to_text())
    note.write_text(note.read_text().replace(json.dumps(at.copy.sums), wrong))
    again = Follower(tmp_path, UUID)
    assert json.dumps(again.copy.sums) == wrong
    assert again.check().tally == vote.running().encrypted()


def changed(vote: Vote) -> Vote:
    """Another board of the same election, with as many ballots and more."""
    other = Vote.__new__(Vote)
    other.__dict__.update(vote.__dict__)
    other.members = list(vote.members[:5])
    other.board = type(vote.board)()
    for member in other.members:
        other.board.take(member)
    for _ in range(3):
        other.vote(3)
    return other


@pytest.mark.parametrize("afresh", [True, False], ids=["in one command", "by a later command"])
def test_a_changed_board_is_refused(tmp_path: Path, afresh: bool) -> None:
    """Another history is told loudly, and nothing of it comes into the copy."""
    vote = Vote()
    vote.vote(0)
    at = Follower(tmp_path, UUID)
    at.update(Desk(vote))
    before = at.copy.archive_path.read_bytes()
    if afresh:
        at = Follower(tmp_path, UUID)
    with trouble("board-changed"):
        at.update(Desk(changed(vote)))
    assert at.copy.archive_path.read_bytes() == before == vote.archive
    Follower(tmp_path, UUID).check()


def test_a_shortened_board_is_refused(tmp_path: Path) -> None:
    """A ballot that stood there and does not any more; a line of the annex likewise."""
    vote = Vote()
    Follower(tmp_path / "before", UUID).update(Desk(vote))
    before = vote.members[:]
    vote.vote(0)
    vote.say("spoiled", {"hash": "A" * 43})
    at = Follower(tmp_path / "after", UUID)
    at.update(Desk(vote))
    members, vote.members = vote.members, before
    with trouble("board-changed"):
        at.update(Desk(vote))
    vote.members = members
    vote.chain.lines.pop()
    with trouble("board-changed"):
        Follower(tmp_path / "after", UUID).update(Desk(vote))


def test_a_datum_of_no_event_is_refused(tmp_path: Path) -> None:
    """What stands there unreferenced."""
    vote = Vote()
    vote.members.append(Member("data", '"nothing"'))
    with trouble("board-changed"):
        Follower(tmp_path, UUID).update(Desk(vote))


def test_a_bad_ballot_is_named_and_kept(tmp_path: Path) -> None:
    """A board that took a ballot which it must not take: the copy is the evidence."""
    vote = Vote(recast=False)
    vote.vote(0)
    vote.vote(0)
    at = Follower(tmp_path, UUID)
    with trouble("no-recast"):
        at.update(Desk(vote))
    assert at.copy.archive_path.read_bytes() == vote.archive
    with pytest.raises(Trouble):
        _ = at.case
    with trouble("no-recast"):
        Follower(tmp_path, UUID).check()


def test_false_proofs_are_noticed(tmp_path: Path) -> None:
    """Also by a later command: what failed is never noted as verified."""
    vote = Vote()
    vote.vote(0)
    good = vote.prepare(1).to_text()
    forged = good.replace('"response":"', '"response":"1', 1)
    assert forged != good
    vote.put("Ballot", forged)
    for _ in range(2):
        with pytest.raises(Trouble, match="选票"):
            Follower(tmp_path, UUID).update(Desk(vote))


def test_what_a_broken_write_left_is_dropped(tmp_path: Path) -> None:
    """A command that was killed while it wrote; the next one goes on."""
    vote = Vote()
    at = Follower(tmp_path, UUID)
    at.update(Desk(vote))
    with at.copy.archive_path.open("ab") as file:
        file.write(b"half a member")
    vote.vote(0)
    again = Follower(tmp_path, UUID)
    again.update(Desk(vote))
    assert again.copy.archive_path.read_bytes() == vote.archive


@pytest.mark.parametrize("name", [f"{UUID}.bel", f"{UUID}.annex"])
def test_a_copy_that_was_touched_is_refused(tmp_path: Path, name: str) -> None:
    """Whatever was changed in it, or cut off."""
    vote = Vote()
    Follower(tmp_path, UUID).update(Desk(vote))
    path = tmp_path / name
    data = path.read_bytes()
    path.write_bytes(data[:900] + bytes([data[900] ^ 1]) + data[901:])
    with trouble("copy-damaged"):
        Copy(tmp_path, UUID)
    path.write_bytes(data[:-1])
    with trouble("copy-damaged"):
        Copy(tmp_path, UUID)


def test_a_folder_is_for_one_command(tmp_path: Path) -> None:
    """A second one at the same time is told so."""
    with locked(tmp_path), trouble("folder-busy"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass
