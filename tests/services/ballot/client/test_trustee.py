"""A scrutineer after the close: what she signs and decrypts, and what she never does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.ballot.annex.manifest import Method
from services.ballot.belenios.encoding import loads
from services.ballot.client import voter
from services.ballot.client.follower import Follower
from services.ballot.client.trouble import Trouble
from services.ballot.client.trustee import cosign_end, decrypt_tally
from services.ballot.client.trustee_state import State

from ..annex.elections import UUID, Vote
from .desks import MOST, Desk, Killed, scrutineer
from .test_ceremony import trouble


class Scrutineer:
    """One with her folder; every command begins anew from what is in it."""

    def __init__(self, vote: Vote, index: int, folder: Path) -> None:
        self.folder = folder / str(index)
        self.folder.mkdir(parents=True)
        self.state: State = scrutineer(vote, index, self.folder)

    def cosign(self, desk: Desk) -> str:
        """The command ``cosign``."""
        return cosign_end(desk, self.followed(desk), self.state)

    def decrypt(self, desk: Desk) -> str:
        """The command ``decrypt``."""
        return decrypt_tally(desk, self.followed(desk), self.state)

    def followed(self, desk: Desk) -> Follower:
        """Her verified copy."""
        at = Follower(self.folder, UUID)
        at.update(desk)
        return at


def held(tmp_path: Path, votes: int = 3, **how: Any) -> tuple[Vote, Desk, list[Scrutineer]]:
    """An election in which some have voted, and its scrutineers."""
    vote = Vote(**how)
    for number in range(votes):
        vote.vote(number)
    return vote, Desk(vote), [Scrutineer(vote, index, tmp_path) for index in (1, 2, 3)]


def test_scrutineers_sign_and_decrypt(tmp_path: Path) -> None:
    """The result of what all three decrypt is the plain count."""
    vote, desk, three = held(tmp_path)
    vote.end()
    vote.tally()
    for one in three:
        one.cosign(desk)
    tallies = {one.decrypt(desk) for one in three}
    assert tallies == {vote.running().encrypted().hash}
    (result,) = vote.result()
    assert list(result) == [yes for yes, _ in vote.counted()]
    assert Follower(tmp_path / "3", UUID).update(desk) > 0


def test_nothing_is_signed_before_the_end(tmp_path: Path) -> None:
    """Nor decrypted."""
    _, desk, (one, *_) = held(tmp_path)
    with trouble("not-ended"):
        one.cosign(desk)
    with trouble("not-ended"):
        one.decrypt(desk)
    assert not desk.posted


def test_nothing_is_signed_of_a_copy_that_was_not_verified(tmp_path: Path) -> None:
    """A follower that has not checked, or whose check failed."""
    vote, desk, (one, *_) = held(tmp_path)
    vote.end()
    with trouble("not-verified"):
        cosign_end(desk, Follower(one.folder, UUID), one.state)
    assert not desk.posted


def test_decrypting_needs_more_than_half_to_sign(tmp_path: Path) -> None:
    """Her own signature among them."""
    vote, desk, (first, second, third) = held(tmp_path)
    vote.end()
    vote.tally()
    first.cosign(desk)
    with trouble("too-few-cosignatures"):
        first.decrypt(desk)
    second.cosign(desk)
    with trouble("not-cosigned"):
        third.decrypt(desk)
    assert first.decrypt(desk)


@pytest.mark.parametrize("counted", [4, 5])
def test_too_few_ballots_are_never_decrypted(tmp_path: Path, counted: int) -> None:
    """A ballot that was replaced is not counted as another one."""
    vote, desk, three = held(tmp_path, counted, voters=6, least_ballots=5)
    vote.vote(0)
    vote.end()
    vote.tally()
    for one in three:
        one.cosign(desk)
    if counted < 5:
        with trouble("too-few-ballots"):
            three[0].decrypt(desk)
        assert not three[0].state.decrypted
    else:
        assert three[0].decrypt(desk)


def test_one_aggregate_is_decrypted_ever(tmp_path: Path) -> None:
    """What she has decrypted is handed in again as it was; another tally is refused."""
    vote, desk, three = held(tmp_path)
    vote.end()
    vote.tally()
    for one in three:
        one.cosign(desk)
    three[0].decrypt(desk)
    three[0].decrypt(desk)
    bodies = [body for path, body, _ in desk.posted if path.endswith("/decryptions")]
    assert len(bodies) == 2 and bodies[0] == bodies[1]
    three[0].state.decrypted[UUID]["tally"] = "0" * 64
    with trouble("second-aggregate"):
        three[0].decrypt(desk)


def test_another_end_is_never_signed(tmp_path: Path) -> None:
    """A board with other ballots, in a fresh folder: her record knows what she signed."""
    vote, desk, (one, *_) = held(tmp_path)
    members, board = vote.members[:], vote.board
    vote.end()
    one.cosign(desk)
    vote.members, vote.board = members[:-2], type(board)()
    vote.ballots.popitem()
    for member in vote.members:
        vote.board.take(member)
    vote.chain.lines = [line for line in vote.chain.lines if line.type != "cosigned"]
    vote.chain.last = vote.chain.lines[-1]
    vote.end()
    vote.tally()
    one.folder = tmp_path / "fresh"
    with trouble("other-end"):
        one.cosign(desk)
    with trouble("other-end"):
        one.decrypt(desk)


def test_only_keys_that_she_made_are_used(tmp_path: Path) -> None:
    """An election under other keys than those of her ceremony."""
    vote, desk, (one, *_) = held(tmp_path)
    vote.end()
    one.state.seen["trustees"] = "0" * 64
    with trouble("other-trustees"):
        one.cosign(desk)


def test_another_election_than_those_of_the_ceremony_is_never_signed(tmp_path: Path) -> None:
    """Its identifier, and those of the spare ones, are what the keys were made for."""
    for uuids in ([], ["uTRT9mVxBfxQEH"], [UUID, "uTRT9mVxBfxQEH"]):
        vote, desk, (one, *_) = held(tmp_path / str(len(uuids)) / str(uuids)[2:4])
        vote.end()
        vote.tally()
        one.state.uuids = uuids
        with trouble("unknown-election"):
            one.cosign(desk)
        with trouble("unknown-election"):
            one.decrypt(desk)
        assert not desk.posted


def test_another_method_than_at_the_ceremony_is_never_followed(tmp_path: Path) -> None:
    """Nor is one whose text does not have the digest that the manifest names."""
    vote, desk, (one, *_) = held(tmp_path)
    vote.end()
    kept, one.state.method = one.state.method, "0" * 64
    with trouble("other-method"):
        one.cosign(desk)
    one.state.method = kept
    vote.method.text += "。"
    with trouble("other-method"):
        one.cosign(desk)
    assert not desk.posted


@pytest.mark.parametrize(
    "changes",
    [
        {"least_ballots": 2},
        {"least_papers": 3},
        {"recast": False},
        {"seats": 3},
        {"most": 3, "seats": 2},
        {"kind": 2},
        {"min": 1},
        {"round": 2, "seats": 3},
    ],
)
def test_a_manifest_that_is_not_the_methods_is_never_signed(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    """The service makes the manifest: every number of it must follow from the method."""
    method = Vote().method
    named = Method(method.id, method.title, method.digest)
    vote, desk, (one, *_) = held(tmp_path, method=named, **changes)
    vote.method = method
    one.state.method = method.digest
    vote.end()
    with trouble("other-method"):
        one.cosign(desk)
    with trouble("other-method"):
        voter.fetch(desk, UUID)
    assert not desk.posted


def test_a_run_off_may_be_for_fewer_seats(tmp_path: Path) -> None:
    """For those that stayed open; how many may be approved follows from them."""
    method = Vote().method
    named = Method(method.id, method.title, method.digest)
    vote, desk, (one, *_) = held(tmp_path, method=named, round=2, most=1)
    vote.method, one.state.method = method, method.digest
    vote.end()
    assert one.cosign(desk)


def test_what_she_did_is_on_disk_before_it_is_posted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at the post, she hands in the same afterwards."""
    vote, desk, three = held(tmp_path)
    vote.end()
    vote.tally()
    for one in three:
        one.cosign(desk)
    post = desk.post

    def killed(path: str, body: Any, *, key: str | None = None) -> Any:
        raise Killed

    monkeypatch.setattr(desk, "post", killed)
    with pytest.raises(Killed):
        three[0].decrypt(desk)
    written = loads(three[0].state.path.read_text(), most=MOST)["decrypted"][UUID]
    monkeypatch.setattr(desk, "post", post)
    three[0].decrypt(desk)
    assert desk.posted[-1][1] == {
        "decryption": written["decryption"],
        "proofs": written["proofs"],
    }


def test_a_lie_in_the_tally_is_never_decrypted(tmp_path: Path) -> None:
    """A tally that is not the product of the ballots: a part of them, say."""
    vote, desk, three = held(tmp_path)
    vote.end(1, 2)
    left = vote.ballots.popitem()
    vote.tally()
    vote.ballots.update([left])
    with pytest.raises(Trouble, match="other-tally"):
        three[0].decrypt(desk)
    assert not three[0].state.decrypted and not desk.posted
