"""Kinds of ballot: the questions that a method asks, and the copies that bind them together.

1. approve some of n candidates (13 选 10): one question of n answers;
2. approve, oppose or abstain on each: n questions {赞成, 反对}, of which at most one is chosen;
3. both at once: as 2, then one more question of n answers, whose choices and individual proofs are
   copies of *approve* in the questions before it.  Its overall proof so limits how many are
   approved, and whoever does not know of copies still verifies all else.

Where ballots of kinds 2 and 3 may be blank, one encrypted "this ballot is blank" is copied into all
questions.  Nothing else may be copied: a ciphertext used again could reveal or repeat a vote.

Functions that take an election rely on its questions being those that :func:`questions` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.ballot.belenios import credential as credentials
from services.ballot.belenios.answer import Answer, IProof, context, encrypt_choice
from services.ballot.belenios.ballot import (
    Ballot,
    Prepared,
    check_ballot,
    check_spoiled,
    put_together,
)
from services.ballot.belenios.ciphertext import Ciphertext
from services.ballot.belenios.election import Election
from services.ballot.belenios.question import Question
from services.ballot.belenios.refused import Refused

SOME, EACH, BOTH = KINDS = (1, 2, 3)
APPROVE, OPPOSE = "赞成", "反对"


class Mark(StrEnum):
    """What a deputy marks for one candidate."""

    APPROVE = "approve"
    OPPOSE = "oppose"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Marks:
    """How often one candidate was marked; kind 1 asks for nothing but approval."""

    approve: int
    oppose: int | None = None
    abstain: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The marks of every candidate, in order, and how many ballots were blank."""

    marks: tuple[Marks, ...]
    blank: int


def questions(
    kind: int, candidates: Sequence[str], *, most: int, least: int = 0, blank: bool = False
) -> tuple[Question, ...]:
    """What an election of this kind asks; from ``least`` to ``most`` may be approved.

    Kind 2 has no such limits.
    """
    _check_kind(kind)
    each = tuple(Question((APPROVE, OPPOSE), 0, 1, name, blank) for name in candidates)
    together = Question(tuple(candidates), least, most, "赞成的项目", blank)
    return {SOME: (together,), EACH: each, BOTH: (*each, together)}[kind]


def make_plaintext(kind: int, marks: Sequence[Mark], *, blank: bool = False) -> list[list[int]]:
    """The 0s and 1s of a ballot that is not blank; ``blank``: whether it might be."""
    _check_kind(kind)
    leading = [0] if blank else []
    if kind == SOME and Mark.OPPOSE in marks:
        raise Refused("bad-plaintext", "this ballot only asks for approval", "本票仅可表示赞成")
    each = [[*leading, int(one == Mark.APPROVE), int(one == Mark.OPPOSE)] for one in marks]
    together = [*leading, *(int(one == Mark.APPROVE) for one in marks)]
    return {SOME: [together], EACH: each, BOTH: [*each, together]}[kind]


def make_blank(election: Election) -> list[list[int]]:
    """The 0s and 1s of a blank ballot; Refused where there is none."""
    if not all(one.blank for one in election.questions):
        raise Refused("bad-plaintext", "a blank ballot is not allowed", "本次票决不允许空白票")
    return [[1, *(0 for _ in one.answers)] for one in election.questions]


def prepare(
    election: Election, kind: int, credential: str, plaintext: Sequence[Sequence[int]]
) -> Prepared:
    """Encrypt a ballot under a secret credential, once for every choice and its copies.

    Refused if the plaintext is not allowed or its copies differ.
    """
    public = credentials.public(election.uuid, credential, election.group)
    s0 = context(election, public)
    if [len(row) for row in plaintext] != [one.ciphertexts for one in election.questions]:
        raise Refused("bad-plaintext", "every question wants its choices", "每道题目均须作答")
    rows = [[encrypt_choice(election, s0, m) for m in row] for row in plaintext]
    for (at, i), (source_at, source_i) in _copied(kind, election.questions).items():
        if plaintext[at][i] != plaintext[source_at][source_i]:
            raise Refused("bad-plaintext", "a copied choice differs", "相互复制的选择不一致")
        rows[at][i] = rows[source_at][source_i]
    return put_together(election, public, rows)


def check(election: Election, ballot: Ballot, kind: int) -> tuple[str, ...]:
    """The α of a ballot, each once; Refused unless all holds that the ballot alone can show."""
    check_copies(election, ballot, kind)
    found = alphas(ballot, kind)
    check_ballot(election, ballot, copies=kind != SOME)
    return found


def check_opened(election: Election, prepared: Prepared, committed: str, kind: int) -> None:
    """What a second device checks of a ballot that was opened instead of cast."""
    check_copies(election, prepared.ballot, kind)
    alphas(prepared.ballot, kind)
    check_spoiled(election, prepared, committed, copies=kind != SOME)


def check_copies(election: Election, ballot: Ballot, kind: int) -> None:
    """Refused unless all that must be a copy is one, ciphertext and proof alike."""
    _compare(ballot, _copied(kind, election.questions))


def alphas(ballot: Ballot, kind: int) -> tuple[str, ...]:
    """The α of a ballot, those of its copies once; Refused if any other stands twice.

    The board refuses a ballot with an α that it has seen before.
    """
    shapes = [(len(one.choices), one.blank_proof is not None) for one in ballot.answers]
    copied = _copies(kind, shapes)
    _compare(ballot, copied)
    found = [
        one.alpha
        for at, answer in enumerate(ballot.answers)
        for i, one in enumerate(answer.choices)
        if (at, i) not in copied
    ]
    if len(set(found)) < len(found):
        raise Refused("repeated-alpha", "a ciphertext's α stands twice", "密文的 α 重复")
    return tuple(found)


def marks_of(
    kind: int, result: Sequence[Sequence[int]], *, candidates: int, ballots: int
) -> Counted:
    """What the result of ``ballots`` ballots says of each candidate.

    Refused if its parts contradict each other, which correct proofs exclude.
    """
    _check_kind(kind)
    rows = len(result) - (kind != EACH)
    if candidates < 1 or rows != (0 if kind == SOME else candidates):
        raise _differ()
    together = result[-1] if kind != EACH else ()
    blank = len(together) > candidates if together else len(result[0]) > 2
    blanks = {row[0] for row in result} if blank else {0}
    each = [tuple(row[blank:]) for row in result[:rows]]
    if len(blanks) > 1 or any(len(row) != 2 for row in each):
        raise _differ()
    approved = tuple(together[blank:]) or tuple(row[0] for row in each)
    marked = ballots - (invalid := blanks.pop())
    marks = (
        tuple(Marks(yes, no, marked - yes - no) for yes, no in each)
        if each
        else tuple(map(Marks, approved))
    )
    too_many = any(one.approve > marked or (one.abstain or 0) < 0 for one in marks)
    if too_many or tuple(one.approve for one in marks) != approved or len(marks) != candidates:
        raise _differ()
    return Counted(marks, invalid)


Place = tuple[int, int]  # of a choice: its answer, and its index there


def _compare(ballot: Ballot, copied: dict[Place, Place]) -> None:
    for (at, i), (source_at, source_i) in copied.items():
        if _choice(ballot.answers[at], i) != _choice(ballot.answers[source_at], source_i):
            raise Refused(
                "not-a-copy",
                f"choice {i} of answer {at} is not the copy that it must be",
                f"第 {at + 1} 题第 {i + 1} 项未照规定复制",
            )


def _copied(kind: int, asked: Sequence[Question]) -> dict[Place, Place]:
    return _copies(kind, [(one.ciphertexts, one.blank) for one in asked])


def _copies(kind: int, shapes: Sequence[tuple[int, bool]]) -> dict[Place, Place]:
    """Which choices are copies, of which; ``shapes``: ciphertexts and blank, of each question."""
    _check_kind(kind)
    blank = shapes[0][1]
    if kind == SOME:
        fits = len(shapes) == 1
    else:
        each = shapes[: len(shapes) - (kind == BOTH)]
        fits = all(one == (2 + blank, blank) for one in each)
        if kind == BOTH:
            fits = fits and shapes[-1] == (len(each) + blank, blank)
    if not fits:
        raise Refused(
            "other-kind", f"these are not the questions of kind {kind}", f"题目与第 {kind} 类票不符"
        )
    copied = {(at, 0): (0, 0) for at in range(1, len(shapes)) if blank}
    if kind == BOTH:
        last = len(shapes) - 1
        copied |= {(last, i + blank): (i, int(blank)) for i in range(last)}
    return copied


def _choice(answer: Answer, i: int) -> tuple[Ciphertext, IProof]:
    return answer.choices[i], answer.individual_proofs[i]


def _check_kind(kind: int) -> None:
    if kind not in KINDS:
        raise Refused("unknown-kind", f"no kind {kind} of ballot is known", f"没有第 {kind} 类票")


def _differ() -> Refused:
    return Refused("results-differ", "the parts of the result contradict", "结果的各部分互相矛盾")
