"""Kinds of ballot: what they ask, the copies that bind them, what their results say."""

from __future__ import annotations

from dataclasses import replace
from functools import partial, reduce
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.annex.copying import (
    BOTH,
    EACH,
    KINDS,
    SOME,
    Counted,
    Mark,
    Marks,
    alphas,
    check,
    check_copies,
    check_opened,
    make_blank,
    make_plaintext,
    marks_of,
    prepare,
    questions,
)
from services.ballot.belenios.answer import Answer, context, encrypt_choice
from services.ballot.belenios.ballot import Ballot, check_ballot, make_ballot, put_together, sign
from services.ballot.belenios.ciphertext import Ciphertext, multiply
from services.ballot.belenios.credential import make_credential, public
from services.ballot.belenios.election import Election
from services.ballot.belenios.group import GROUPS
from services.ballot.belenios.refused import Refused
from tests.services.ballot.belenios.samples import decrypted, election

CANDIDATES = ("农贸市场", "口袋公园", "老旧小区")
SECRET = make_credential()
YES, NO, NEITHER = Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN
EACH_GROUP = pytest.mark.parametrize("group", GROUPS)
EACH_KIND = pytest.mark.parametrize("kind", KINDS)
COPYING_KINDS = pytest.mark.parametrize("kind", [EACH, BOTH])


def asked(kind: int, *, blank: bool = False, group: str = "Ed25519", least: int = 0) -> Election:
    """An election of this kind: at most two of three candidates."""
    return election(*questions(kind, CANDIDATES, most=2, least=least, blank=blank), group=group)


def voted(at: Election, kind: int, plaintext: list[list[int]]) -> Ballot:
    """A signed ballot, as the board reads it."""
    ballot = sign(at, SECRET, prepare(at, kind, SECRET, plaintext).ballot)
    return Ballot.from_text(ballot.to_text(), at)


class Vote(NamedTuple):
    """One deputy's marks, or a blank ballot."""

    marks: tuple[Mark, ...]
    blank: bool


def votes(kind: int, blank: bool) -> st.SearchStrategy[list[Vote]]:
    """Some deputies' votes that are allowed in :func:`asked`."""
    marks = (YES, NEITHER) if kind == SOME else (YES, NO, NEITHER)
    row = st.tuples(*(st.sampled_from(marks) for _ in CANDIDATES))
    if kind != EACH:
        row = row.filter(lambda one: one.count(YES) <= 2)
    made = st.builds(Vote, row, st.booleans() if blank else st.just(False))
    return st.lists(made, min_size=1, max_size=3)


@EACH_KIND
@pytest.mark.parametrize("blank", [False, True])
@settings(max_examples=12)
@given(st.data())
def test_ballots_add_up_to_what_was_marked(kind: int, blank: bool, data: st.DataObject) -> None:
    """Encrypted, checked, multiplied and decrypted, the votes are those of a plain count."""
    at, cast = asked(kind, blank=blank), data.draw(votes(kind, blank))
    ballots = [
        voted(
            at, kind, make_blank(at) if one.blank else make_plaintext(kind, one.marks, blank=blank)
        )
        for one in cast
    ]
    seen: set[str] = set()
    for ballot in ballots:
        found = check(at, ballot, kind)
        assert not seen & set(found)
        seen |= set(found)
    rows = zip(*(one.answers for one in ballots), strict=True)
    result = [
        [decrypted(at, reduce(partial(multiply, at.group), one)) for one in columns(row)]
        for row in rows
    ]
    valid = [one.marks for one in cast if not one.blank]
    expected = [
        {mark: [marks[i] for marks in valid].count(mark) for mark in Mark}
        for i in range(len(CANDIDATES))
    ]
    plain = Counted(
        tuple(
            Marks(one[YES]) if kind == SOME else Marks(one[YES], one[NO], one[NEITHER])
            for one in expected
        ),
        len(cast) - len(valid),
    )
    assert marks_of(kind, result, candidates=len(CANDIDATES), ballots=len(cast)) == plain


def columns(row: tuple[Answer, ...]) -> list[tuple[Ciphertext, ...]]:
    """The ciphertexts of one question, choice by choice."""
    return list(zip(*(one.choices for one in row), strict=True))


@EACH_GROUP
@EACH_KIND
@pytest.mark.parametrize("blank", [False, True])
def test_each_alpha_stands_once_but_for_copies(group: str, kind: int, blank: bool) -> None:
    """A ballot shows as many different α as it has marks to encrypt."""
    at = asked(kind, blank=blank, group=group)
    ballot = voted(at, kind, make_plaintext(kind, [YES, NEITHER, YES], blank=blank))
    distinct = len(CANDIDATES) * (1 if kind == SOME else 2) + blank
    assert len(check(at, ballot, kind)) == len(alphas(ballot, kind)) == distinct
    assert len({one.alpha for a in ballot.answers for one in a.choices}) == distinct


@EACH_KIND
def test_a_ballot_can_be_opened_instead_of_cast(kind: int) -> None:
    """Its copies are checked with it, and it is not signed."""
    at = asked(kind, blank=True)
    prepared = prepare(at, kind, SECRET, make_plaintext(kind, [YES, YES, NEITHER], blank=True))
    check_opened(at, prepared, prepared.ballot.unsigned_hash, kind)
    with pytest.raises(Refused, match="other-hash"):
        check_opened(at, prepared, "", kind)


@EACH_GROUP
@COPYING_KINDS
def test_a_ballot_without_its_copies_is_refused(group: str, kind: int) -> None:
    """Encrypted twice, the same choice passes every proof and still is no copy."""
    at = asked(kind, blank=True, group=group)
    plaintext = make_plaintext(kind, [YES, NO, NEITHER], blank=True)
    ballot = sign(at, SECRET, make_ballot(at, SECRET, plaintext).ballot)
    check_ballot(at, ballot)
    with pytest.raises(Refused, match="not-a-copy"):
        check(at, ballot, kind)


def test_approving_otherwise_in_the_last_question_is_refused() -> None:
    """What the copies are for: approving more, or others, than one marks."""
    at = asked(BOTH)
    contradicting = [[1, 0], [0, 1], [1, 0], [0, 1, 1]]
    ballot = sign(at, SECRET, make_ballot(at, SECRET, contradicting).ballot)
    check_ballot(at, ballot)
    with pytest.raises(Refused, match="not-a-copy"):
        check(at, ballot, BOTH)
    with pytest.raises(Refused, match="bad-plaintext"):
        prepare(at, BOTH, SECRET, contradicting)


def test_a_copy_without_its_own_proof_is_refused() -> None:
    """The ciphertext is the same and both proofs hold, but they are not the same bytes."""
    at = asked(BOTH)
    plaintext = make_plaintext(BOTH, [YES, NEITHER, NEITHER])
    ballot = voted(at, BOTH, plaintext)
    last = ballot.answers[-1]
    other = (last.individual_proofs[1], *last.individual_proofs[1:])
    changed = replace(last, individual_proofs=other)
    with pytest.raises(Refused, match="not-a-copy"):
        check_copies(at, replace(ballot, answers=(*ballot.answers[:-1], changed)), BOTH)


def test_a_copy_at_another_place_is_refused() -> None:
    """Approval of one candidate is not to be counted for another."""
    at = asked(BOTH)
    ballot = voted(at, BOTH, make_plaintext(BOTH, [YES, NEITHER, NEITHER]))
    last = ballot.answers[-1]
    changed = replace(
        last, choices=last.choices[::-1], individual_proofs=last.individual_proofs[::-1]
    )
    with pytest.raises(Refused, match="not-a-copy"):
        check_copies(at, replace(ballot, answers=(*ballot.answers[:-1], changed)), BOTH)


@COPYING_KINDS
def test_other_copies_are_refused(kind: int) -> None:
    """One candidate's answer, copied whole to another, would pass every proof."""
    at = asked(kind)
    credential = public(at.uuid, SECRET, at.group)
    row = [encrypt_choice(at, context(at, credential), m) for m in (1, 0)]
    other = [encrypt_choice(at, context(at, credential), 0) for _ in range(2)]
    rows = [row, row, other] + ([[row[0], row[0], other[0]]] if kind == BOTH else [])
    ballot = sign(at, SECRET, put_together(at, credential, rows).ballot)
    if kind == EACH:
        check_ballot(at, ballot, copies=True)
    check_copies(at, ballot, kind)
    with pytest.raises(Refused, match="repeated-alpha"):
        alphas(ballot, kind)
    with pytest.raises(Refused, match="repeated-alpha"):
        check(at, ballot, kind)


@EACH_KIND
def test_too_many_approvals_are_prevented(kind: int) -> None:
    """Where there is a limit no ballot beyond it can be made; kind 2 has none."""
    plaintext = make_plaintext(kind, [YES] * 3)
    if kind == EACH:
        check(asked(kind), voted(asked(kind), kind, plaintext), kind)
        return
    with pytest.raises(Refused, match="bad-plaintext"):
        prepare(asked(kind), kind, SECRET, plaintext)


def test_a_least_number_of_approvals_binds_all_but_blank_ballots() -> None:
    """Fewer are refused; a blank ballot approves nothing and is allowed where the method says."""
    at = asked(BOTH, blank=True, least=2)
    with pytest.raises(Refused, match="bad-plaintext"):
        prepare(at, BOTH, SECRET, make_plaintext(BOTH, [YES, NO, NO], blank=True))
    check(at, voted(at, BOTH, make_blank(at)), BOTH)
    with pytest.raises(Refused, match="bad-plaintext"):
        make_blank(asked(BOTH))


def test_blank_in_one_question_only_is_refused() -> None:
    """A ballot is blank as a whole."""
    at = asked(EACH, blank=True)
    half = [[1, 0, 0], [0, 1, 0], [0, 0, 0]]
    with pytest.raises(Refused, match="bad-plaintext"):
        prepare(at, EACH, SECRET, half)
    ballot = sign(at, SECRET, make_ballot(at, SECRET, half).ballot)
    with pytest.raises(Refused, match="not-a-copy"):
        check(at, ballot, EACH)


def test_a_ballot_that_only_asks_for_approval_cannot_oppose() -> None:
    """Kind 1 has no place for it."""
    with pytest.raises(Refused, match="bad-plaintext"):
        make_plaintext(SOME, [YES, NO, NEITHER])


@pytest.mark.parametrize("kind", [0, 4, -1])
def test_an_unknown_kind_is_refused(kind: int) -> None:
    """There are three."""
    with pytest.raises(Refused, match="unknown-kind"):
        questions(kind, CANDIDATES, most=2)


@pytest.mark.parametrize(
    ("made", "taken"), [(SOME, EACH), (EACH, SOME), (BOTH, EACH), (EACH, BOTH)]
)
def test_a_ballot_of_another_kind_is_refused(made: int, taken: int) -> None:
    """Its questions do not fit, or it lacks the copies."""
    at = asked(made)
    ballot = voted(at, made, make_plaintext(made, [YES, NEITHER, NEITHER]))
    with pytest.raises(Refused, match="other-kind|not-a-copy"):
        check(at, ballot, taken)
    with pytest.raises(Refused, match="other-kind|not-a-copy"):
        alphas(ballot, taken)


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        (SOME, []),
        (SOME, [[1, 2]]),
        (SOME, [[1, 2, 6]]),
        (SOME, [[3, 1, 2, 3]]),
        (SOME, [[1, 2, 3], [1, 2, 3]]),
        (EACH, []),
        (EACH, [[1, 2], [2, 1]]),
        (EACH, [[1, 2], [2, 1], [3]]),
        (EACH, [[1, 2], [2, 1], [3, 3]]),
        (EACH, [[0, 1, 2], [1, 2, 1], [0, 3, 2]]),
        (EACH, [[1, 2, 3], [1, 2, 1], [1, 3, 0]]),
        (BOTH, []),
        (BOTH, [[1, 2], [2, 1], [3, 0], [1, 2]]),
        (BOTH, [[1, 2], [2, 1], [3, 0], [1, 3, 2]]),
        (BOTH, [[0, 1, 2], [0, 2, 1], [0, 3, 0], [1, 1, 2, 3]]),
        (BOTH, [[1, 2], [2, 1], [3, 0]]),
    ],
)
def test_results_that_contradict_themselves_are_refused(kind: int, result: list[list[int]]) -> None:
    """Two results for one candidate, more marks than ballots, other lengths."""
    with pytest.raises(Refused, match="results-differ"):
        marks_of(kind, result, candidates=3, ballots=5)
