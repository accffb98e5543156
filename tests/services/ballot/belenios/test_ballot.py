"""Ballots: made, cast or checked, read back, and decrypted to what was marked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.belenios.answer import context, encrypt_choice
from services.ballot.belenios.ballot import (
    Ballot,
    Prepared,
    check_ballot,
    check_spoiled,
    make_ballot,
    most_bytes,
    put_together,
    sign,
)
from services.ballot.belenios.credential import make_credential, public
from services.ballot.belenios.encoding import sha256_base64
from services.ballot.belenios.group import GROUPS
from services.ballot.belenios.interval import Opened
from services.ballot.belenios.question import Question
from services.ballot.belenios.refused import Refused

from .samples import BLANK, PLAIN, cast, decrypted, election

EACH_GROUP = pytest.mark.parametrize("group", GROUPS)
SECRET = make_credential()


@st.composite
def asked_and_answered(draw: st.DrawFn) -> tuple[Question, list[int]]:
    """A question with any limits, and an answer that it allows."""
    n = draw(st.integers(1, 4))
    least = draw(st.integers(0, n))
    most = draw(st.integers(least, n))
    blank = draw(st.booleans())
    question = Question(tuple("甲乙丙丁"[:n]), least, most, "?", blank)
    if blank and draw(st.booleans()):
        return question, [1] + [0] * n
    total = draw(st.integers(least, most))
    marks = draw(st.permutations([1] * total + [0] * (n - total)))
    return question, [0] * blank + marks


@EACH_GROUP
@settings(max_examples=20)
@given(st.lists(asked_and_answered(), min_size=1, max_size=2))
def test_whatever_is_allowed_can_be_voted(
    group: str, asked: list[tuple[Question, list[int]]]
) -> None:
    """Any allowed answer makes a ballot that holds, is read back, and decrypts to it."""
    at = election(*(question for question, _ in asked), group=group)
    ballot = cast(at, [marks for _, marks in asked])
    text = ballot.to_text()
    assert len(text) <= most_bytes(at)
    read = Ballot.from_text(text, at)
    assert read == ballot
    check_ballot(at, read)
    found = [[decrypted(at, one, 1) for one in answer.choices] for answer in read.answers]
    assert found == [marks for _, marks in asked]


@pytest.mark.parametrize(
    "plaintext",
    [
        [[1, 1, 1], [0, 1, 0]],
        [[0, 0, 0], [0, 0, 0]],
        [[0, 0, 0], [1, 1, 0]],
        [[0, 0, 2], [0, 1, 0]],
        [[0, 0, -1], [0, 1, 0]],
        [[0, 0, True], [0, 1, 0]],
        [[0, 0], [0, 1, 0]],
        [[0, 0, 0, 0], [0, 1, 0]],
        [[0, 0, 0]],
        [[0, 0, 0], [0, 1, 0], [0, 1, 0]],
        [],
    ],
)
def test_what_is_not_allowed_cannot_be_made(plaintext: list[list[int]]) -> None:
    """Too many, too few, a blank ballot with marks, other numbers, other lengths."""
    with pytest.raises(Refused, match="bad-plaintext"):
        make_ballot(election(PLAIN, BLANK), SECRET, plaintext)


def test_a_tracker_is_the_hash_of_the_whole_text() -> None:
    """The unsigned hash is that of the text without the signature, and is what is signed."""
    at = election(PLAIN)
    prepared = make_ballot(at, SECRET, [[0, 1, 0]])
    ballot = sign(at, SECRET, prepared.ballot)
    assert ballot.tracker == sha256_base64(ballot.to_text().encode())
    assert ballot.signature is not None
    assert ballot.unsigned_hash == prepared.ballot.unsigned_hash == ballot.signature.hash
    assert ballot.unsigned_hash == prepared.ballot.tracker != ballot.tracker


def test_only_its_voter_can_sign_a_ballot() -> None:
    """Another credential is refused, not silently used."""
    at = election(PLAIN)
    with pytest.raises(Refused, match="other-credential"):
        sign(at, make_credential(), make_ballot(at, SECRET, [[0, 1, 0]]).ballot)


@EACH_GROUP
def test_the_same_choices_never_give_the_same_ballot(group: str) -> None:
    """Every element and every scalar is new, though the credential is the same."""
    at = election(PLAIN, group=group)
    one, other = (cast(at, [[1, 0, 0]], SECRET).answers[0] for _ in range(2))
    texts = [
        {text for c in answer.choices for text in (c.alpha, c.beta)} for answer in (one, other)
    ]
    assert not texts[0] & texts[1] and len(texts[0]) == 6
    proofs = [
        {
            n
            for p in (*a.overall_proof, *sum(a.individual_proofs, ()))
            for n in (p.challenge, p.response)
        }
        for a in (one, other)
    ]
    assert not proofs[0] & proofs[1] and len(proofs[0]) == 2 * (3 + 6)


@EACH_GROUP
def test_randomness_may_add_up_to_nothing(group: str) -> None:
    """The sum of all α is then the identity, which is no reason to refuse."""
    at = election(Question(("甲", "乙"), 0, 2, "?"), group=group)
    credential = public(at.uuid, SECRET, at.group)
    s0 = context(at, credential)
    row = [encrypt_choice(at, s0, m, r) for m, r in ((1, 5), (0, at.group.q - 5))]
    ballot = sign(at, SECRET, put_together(at, credential, [row]).ballot)
    check_ballot(at, Ballot.from_text(ballot.to_text(), at))


def test_no_randomness_is_refused() -> None:
    """An r of 0, or a multiple of q, would show the choice to everyone."""
    at = election(PLAIN)
    for r in (0, at.group.q):
        with pytest.raises(Refused, match="no-randomness"):
            encrypt_choice(at, "", 1, r)


@EACH_GROUP
@pytest.mark.parametrize("marks", [[0, 1, 1], [1, 0, 0]])
def test_an_opened_ballot_shows_what_it_holds(group: str, marks: list[int]) -> None:
    """A second device recomputes every ciphertext from the randomness."""
    at = election(BLANK, group=group)
    prepared = make_ballot(at, SECRET, [marks])
    check_spoiled(at, prepared, prepared.ballot.unsigned_hash)
    assert [one.m for one in prepared.openings[0]] == marks


def test_an_opening_that_lies_is_refused() -> None:
    """Another choice, other randomness, another ballot, too few openings, a signed ballot."""
    at = election(BLANK)
    prepared = make_ballot(at, SECRET, [[0, 1, 0]])
    committed = prepared.ballot.unsigned_hash
    first, second, third = prepared.openings[0]
    lies = [
        ((first, second, Opened(third.r, 1)),),
        ((first, Opened(second.r + 1, 1), third),),
        ((first, second, Opened(third.r, at.group.q)),),
        ((first, second),),
        (),
    ]
    for lie in lies:
        with pytest.raises(Refused):
            check_spoiled(at, replace(prepared, openings=lie), committed)
    with pytest.raises(Refused, match="other-hash"):
        check_spoiled(at, make_ballot(at, SECRET, [[0, 1, 0]]), committed)
    signed = Prepared(sign(at, SECRET, prepared.ballot), prepared.openings)
    with pytest.raises(Refused, match="signed"):
        check_spoiled(at, signed, committed)
