"""An independent deputy: what she checks before she votes, and what she can check of her ballot."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from services.ballot.annex.copying import Mark
from services.ballot.annex.receipt import Receipt
from services.ballot.belenios.credential import make_credential
from services.ballot.client import casting, files, tracking, voter
from services.ballot.client.trouble import Trouble

from ..annex.elections import UUID, Vote
from ..annex.manifests import KEY
from .desks import Desk
from .test_ceremony import trouble

YES, NO, NEITHER = Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN


@pytest.mark.parametrize("kind", [1, 2, 3])
@pytest.mark.parametrize("blank", [False, True])
def test_her_ballot_counts(kind: int, blank: bool) -> None:
    """It is taken, verifies, and its receipt is the board's; so does a blank one."""
    vote = Vote(kind=kind, blank=blank)
    desk = Desk(vote)
    at = voter.fetch(desk, UUID)
    marks = [YES, NEITHER if kind == 1 else NO, NEITHER]
    receipt = voter.cast(desk, at, vote.credentials[0], voter.make(at, vote.credentials[0], marks))
    vote.marks[vote.credentials[0]] = marks
    if blank:
        voter.cast(desk, at, vote.credentials[1], voter.make(at, vote.credentials[1], None))
    path, _, key = desk.posted[0]
    assert (path, key) == (f"elections/{UUID}/ballots", receipt.tracker)
    receipt.check(vote.manifest.board_key)
    result = vote.finish(1, 2)
    approved = result[-1][int(blank) :] if kind != 2 else [row[int(blank)] for row in result]
    assert list(approved) == [1, 0, 0]


def test_a_ballot_sent_again_is_the_same_vote() -> None:
    """The same receipt, and one ballot on the board."""
    vote = Vote()
    desk = Desk(vote)
    at = voter.fetch(desk, UUID)
    prepared = voter.make(at, vote.credentials[0], [YES, NEITHER, NEITHER])
    first = voter.cast(desk, at, vote.credentials[0], prepared)
    assert len(desk.posted) == 1 and len(vote.ballots) == 1
    assert first.tracker == desk.posted[0][2]


@pytest.mark.parametrize(
    "changes", [{"max": 1}, {"seats": 3, "max": 3}, {"roll": 5}, {"threshold": 3}, {"blank": True}]
)
def test_an_election_that_is_not_the_manifests_is_refused(changes: dict[str, Any]) -> None:
    """Before anything is encrypted for it."""
    vote = Vote()
    other = Vote()
    other.manifest = dataclasses.replace(vote.manifest, **changes)
    other.chain = type(vote.chain)()
    other.say("manifest", other.manifest.to_data())
    other.members = vote.members
    with pytest.raises(Trouble, match="票决检查不通过"):
        voter.fetch(Desk(other), UUID)


def test_an_election_without_its_ceremony_is_refused() -> None:
    """All scrutineers' commitments stand in the annex."""
    vote = Vote()
    del vote.chain.lines[2:]
    with trouble("commitments-missing"):
        voter.fetch(Desk(vote), UUID)


def test_a_credential_that_is_not_on_the_roll_is_told() -> None:
    """And one that is none."""
    vote = Vote()
    at = voter.fetch(Desk(vote), UUID)
    with trouble("unknown-credential"):
        voter.make(at, make_credential(), [YES, NEITHER, NEITHER])
    with trouble("bad-credential"):
        voter.make(at, "0", [YES, NEITHER, NEITHER])


@pytest.mark.parametrize("marks", [[YES] * 3, [YES], [NO, NO, NO], None])
def test_marks_that_are_not_allowed_are_told(marks: list[Mark] | None) -> None:
    """Too many, too few, oppositions where there are none, a blank ballot where there is none."""
    vote = Vote()
    at = voter.fetch(Desk(vote), UUID)
    with trouble("bad-plaintext"):
        voter.make(at, vote.credentials[0], marks)


def test_numbers_become_marks() -> None:
    """Each candidate once."""
    at = voter.fetch(Desk(Vote(kind=3)), UUID)
    assert voter.marks_of(at, [3], [1]) == [NO, NEITHER, YES]
    for approve, oppose in (([4], []), ([0], []), ([1, 1], []), ([1], [1])):
        with trouble("bad-marks"):
            voter.marks_of(at, approve, oppose)


@pytest.mark.parametrize("lie", ["key", "tracker"])
def test_a_false_receipt_is_told(lie: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed by another key, or for another ballot; she is told her tracker."""
    vote = Vote()
    desk = Desk(vote)
    at = voter.fetch(desk, UUID)
    other = vote.vote(1)

    def post(path: str, body: Any, *, key: str | None = None) -> Any:
        if lie == "tracker":
            return other.to_data()
        entry = vote.put("Ballot", body["ballot"])
        return Receipt.made(UUID, entry, SigningKey.generate()).to_data()

    monkeypatch.setattr(desk, "post", post)
    prepared = voter.make(at, vote.credentials[0], [YES, NEITHER, NEITHER])
    with pytest.raises(Trouble, match="追踪码"):
        voter.cast(desk, at, vote.credentials[0], prepared)
    assert KEY


@pytest.mark.parametrize("kind", [1, 2, 3])
@pytest.mark.parametrize("blank", [False, True])
def test_a_second_device_sees_what_was_encrypted(kind: int, blank: bool, tmp_path: Path) -> None:
    """The ballot was spoiled first; its file is for her alone."""
    vote = Vote(kind=kind, blank=blank)
    desk = Desk(vote)
    at = voter.fetch(desk, UUID)
    marks = [YES, NEITHER if kind == 1 else NO, NEITHER]
    for chosen in (marks, *([None] if blank else [])):
        path = tmp_path / f"{chosen}.json"
        prepared = voter.make(at, vote.credentials[0], chosen)
        voter.open_to_check(desk, at, prepared, path)
        assert desk.posted[-1][1] == {"hash": prepared.ballot.unsigned_hash}
        read = voter.read_opened(path, prepared.ballot.unsigned_hash)
        assert read.marks == (None if chosen is None else tuple(chosen))
        assert path.stat().st_mode & 0o777 == 0o600
        assert vote.credentials[0] not in path.read_text()


def test_nothing_is_opened_that_could_be_cast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the board cannot be told, no file is written."""
    vote = Vote()
    desk = Desk(vote)
    at = voter.fetch(desk, UUID)
    prepared = voter.make(at, vote.credentials[0], [YES, NEITHER, NEITHER])

    def post(path: str, body: Any, *, key: str | None = None) -> Any:
        raise Trouble("no-connection", "无法连接")

    monkeypatch.setattr(desk, "post", post)
    with trouble("no-connection"):
        voter.open_to_check(desk, at, prepared, tmp_path / "opened.json")
    assert not list(tmp_path.iterdir())


def test_a_device_that_encrypts_something_else_is_found_out(tmp_path: Path) -> None:
    """The openings say another choice, or it opens another ballot than it had committed to."""
    vote = Vote()
    desk = Desk(vote)
    at = voter.fetch(desk, UUID)
    path = tmp_path / "opened.json"
    prepared = voter.make(at, vote.credentials[0], [YES, NEITHER, NEITHER])
    voter.open_to_check(desk, at, prepared, path)
    other = voter.make(at, vote.credentials[0], [NEITHER, YES, NEITHER])
    with trouble("other-hash"):
        voter.read_opened(path, other.ballot.unsigned_hash)
    data = json.loads(path.read_text())
    data["opened"] = data["opened"].replace('"m":1', '"m":2').replace('"m":0', '"m":1', 1)
    data["opened"] = data["opened"].replace('"m":2', '"m":0')
    files.write(path, json.dumps(data), secret=True)
    with trouble("other-choice"):
        voter.read_opened(path)


def test_the_ballot_on_the_board_is_the_one_that_was_shown() -> None:
    """Read from the board again, by the receipt's place; other answers of the board are told."""
    vote = Vote()
    desk = Desk(vote)
    at = voter.fetch(desk, UUID)
    vote.vote(1)
    prepared = voter.make(at, vote.credentials[0], [YES, NEITHER, NEITHER])
    receipt = voter.cast(desk, at, vote.credentials[0], prepared)
    vote.vote(2)
    assert casting.standing(desk, at, receipt) == prepared.ballot.unsigned_hash
    other = voter.make(at, vote.credentials[0], [NEITHER, YES, NEITHER])
    instead = voter.cast(desk, at, vote.credentials[0], other)
    assert casting.standing(desk, at, instead) != prepared.ballot.unsigned_hash
    for wrong in (
        dataclasses.replace(receipt, height=instead.height),
        dataclasses.replace(receipt, tracker=instead.tracker),
        dataclasses.replace(receipt, height=99),
        dataclasses.replace(receipt, height=0),
    ):
        with trouble("no-such-ballot"):
            casting.standing(desk, at, wrong)


def test_a_tracker_and_a_receipt_are_found_in_an_archive(tmp_path: Path) -> None:
    """Where it stands, and whether a later one counts instead; a broken promise is told."""
    vote = Vote()
    first, second = vote.vote(0), vote.vote(1)
    again = vote.vote(0)
    archive, annex, receipt = (tmp_path / name for name in ("a.bel", "a.annex", "r.json"))
    archive.write_bytes(vote.archive)
    annex.write_bytes(vote.annex)
    places = [tracking.find(archive, one.tracker) for one in (first, second, again)]
    assert [(p.height, p.replaced) for p in places if p] == [(1, True), (2, False), (3, False)]
    assert tracking.find(archive, "A" * 43) is None
    last = vote.ballots[vote.public(0)]
    assert places[2] and places[2].commitment == last.unsigned_hash
    places[2].check(last.unsigned_hash)
    with trouble("other-commitment"):
        places[2].check(vote.ballots[vote.public(1)].unsigned_hash)
    receipt.write_text(again.to_text() + "\n")
    assert tracking.check_receipt(receipt, archive, annex) == places[2]
    shorter = Vote.__new__(Vote)
    shorter.__dict__.update(vote.__dict__)
    shorter.members = vote.members[:-2]
    archive.write_bytes(shorter.archive)
    with trouble("receipt-broken"):
        tracking.check_receipt(receipt, archive, annex)
    receipt.write_text(again.to_text().replace('"height":3', '"height":2'))
    with trouble("wrong-event"):
        tracking.check_receipt(receipt, archive, annex)
