"""The encrypted tally is the product of the ballots that count."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.belenios.ciphertext import Ciphertext
from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.group import ED25519, GROUPS
from services.ballot.belenios.tally import EncryptedTally, RunningTally, SizedEncryptedTally

from .ceremonies import ARCHIVES, Answer, archived, encryption, refused

X = 4711
#: Encryptions of 0 and 1 to make ballots of.
BOTH = tuple(
    encryption(ED25519, ED25519.text(ED25519.exp_g(X)), number) for number in (0, 0, 0, 1, 1, 1)
)
#: Ballots of two questions, with three answers and one.
BALLOT = st.tuples(
    st.lists(st.sampled_from(BOTH), min_size=3, max_size=3).map(lambda one: Answer(tuple(one))),
    st.sampled_from(BOTH).map(lambda one: Answer((one,))),
)


def decrypted(tally: EncryptedTally) -> list[list[int]]:
    """What the private key X finds, by trying."""
    group, found = ED25519, []
    for row in tally.ciphertexts:
        elements = [one.elements(group) for one in row]
        powers = [group.div(beta, group.exp(alpha, X)) for alpha, beta in elements]
        found.append([next(m for m in range(50) if group.exp_g(m) == one) for one in powers])
    return found


def counted(ballots: list[tuple[Answer, ...]]) -> list[list[int]]:
    """A plain count."""
    sums = [[0, 0, 0], [0]]
    for ballot in ballots:
        for row, answer in zip(sums, ballot, strict=True):
            for i, one in enumerate(answer.choices):
                row[i] += BOTH.index(one) >= 3
    return sums


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_tally_of_the_vectors_is_made_byte_for_byte(name: str) -> None:
    """Tally, its size and its hash are the archive's."""
    found = archived(name)
    running = RunningTally.of_ballots(found.group, [13], found.ballots)
    (sized,) = found.payloads("EncryptedTally")
    assert running.sized().to_text() == sized
    read = SizedEncryptedTally.from_text(sized)
    text = found.named(read.encrypted_tally)
    assert running.encrypted().to_text() == text
    assert EncryptedTally.from_text(text, found.group, [13]) == running.encrypted()


@given(kept=st.lists(BALLOT, max_size=6), replaced=st.lists(BALLOT, max_size=4))
def test_a_recast_leaves_no_trace(
    kept: list[tuple[Answer, ...]], replaced: list[tuple[Answer, ...]]
) -> None:
    """Whatever came and was replaced: the tally is the one of the last ballots alone."""
    running = RunningTally(ED25519, [3, 1])
    for ballot in replaced + kept:
        running.add(ballot)
    for ballot in replaced:
        running.subtract(ballot)
    again = RunningTally.of_ballots(ED25519, [3, 1], reversed(kept))
    assert running.sized() == again.sized()
    assert running.number == len(kept)
    assert decrypted(running.encrypted()) == counted(kept)


@pytest.mark.parametrize("name", GROUPS)
def test_the_tally_of_no_ballots_holds_identities(name: str) -> None:
    """It can be written and read."""
    group = GROUPS[name]
    tally = RunningTally(group, [2, 1]).encrypted()
    one = group.text(group.one)
    assert {(c.alpha, c.beta) for row in tally.ciphertexts for c in row} == {(one, one)}
    assert EncryptedTally.from_text(tally.to_text(), group, [2, 1]) == tally


def test_a_ballot_of_another_shape_is_not_counted() -> None:
    """Nor is more taken away than was counted."""
    running = RunningTally(ED25519, [3, 1])
    for wrong in ([Answer(BOTH[:3])], [Answer(BOTH[:1]), Answer(BOTH[:3])]):
        with refused("wrong-length"):
            running.add(wrong)
    with refused("nothing-counted"):
        running.subtract([Answer(BOTH[:3]), Answer(BOTH[:1])])
    assert running.number == 0


def test_a_tally_has_one_form() -> None:
    """Other shapes, points off the group, and other writings are refused."""
    group = ED25519
    tally = RunningTally.of_ballots(group, [3, 1], [[Answer(BOTH[:3]), Answer(BOTH[3:4])]])
    text, data = tally.encrypted().to_text(), tally.encrypted().to_data()
    for shape in ([3], [3, 2], [1, 3], [3, 1, 1]):
        with refused("wrong-length"):
            EncryptedTally.from_text(text, group, shape)
    small = [data[0], [Ciphertext("00" * 32, data[1][0]["beta"]).to_data()]]
    swapped = [data[0], [dict(reversed(data[1][0].items()))]]
    for changed, code in (
        (dumps(small), "not-in-group"),
        (dumps(swapped), "not-canonical"),
        (json.dumps(data), "not-canonical"),
        (text[:-1], "not-json"),
    ):
        with refused(code):
            EncryptedTally.from_text(changed, group, [3, 1])


def test_every_ballot_weighs_the_same() -> None:
    """A tally in which some count for more is refused; so are true for 1, and other hashes."""
    good = SizedEncryptedTally(5, 5, "ab" * 32)
    assert SizedEncryptedTally.from_text(good.to_text()) == good
    for changed, code in (
        ({"total_weight": 6}, "weights"),
        ({"num_tallied": True}, "wrong-type"),
        ({"num_tallied": -1}, "wrong-type"),
        ({"encrypted_tally": "AB" * 32}, "bad-hash"),
    ):
        with refused(code):
            SizedEncryptedTally.from_text(dumps(good.to_data() | changed))
