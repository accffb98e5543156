"""Answers: each choice encrypted, with proofs that it is 0 or 1 and that their number is allowed.

Specification, "Homomorphic answers" and "Proofs of possibly-blank votes".  ``s0``, the context of
every proof, is the election's fingerprint and the voter's public credential.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from .ciphertext import Ciphertext
from .election import Election
from .encoding import array, fields
from .interval import Bases, Key, Opened, bproof_prefix, holds, iprove_prefix, prove
from .proof import Proof, iproof_from_data
from .question import Question
from .refused import Refused

IProof = tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class EncryptedChoice:
    """A 0 or 1 that its maker encrypted, and the proof of it; ``opened`` is the voter's secret."""

    ciphertext: Ciphertext
    opened: Opened
    proof: IProof


@dataclass(frozen=True, slots=True)
class Answer:
    """``answer_h``."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[IProof, ...]
    overall_proof: IProof
    blank_proof: IProof | None = None

    @classmethod
    def from_data(cls, data: Any, question: Question, q: int) -> Answer:
        """Read the message; Refused unless it is as long as the question asks for."""
        blank = ("blank_proof",) if question.blank else ()
        read = fields(data, "choices", "individual_proofs", "overall_proof", *blank)
        n = question.ciphertexts
        return cls(
            tuple(Ciphertext.from_data(one) for one in array(read["choices"], n)),
            tuple(iproof_from_data(one, 2, q) for one in array(read["individual_proofs"], n)),
            iproof_from_data(read["overall_proof"], question.overall, q),
            iproof_from_data(read["blank_proof"], 2, q) if question.blank else None,
        )

    def to_data(self) -> dict[str, Any]:
        """The message."""
        made = {
            "choices": [one.to_data() for one in self.choices],
            "individual_proofs": [_iproof_to_data(one) for one in self.individual_proofs],
            "overall_proof": _iproof_to_data(self.overall_proof),
        }
        if self.blank_proof is not None:
            made["blank_proof"] = _iproof_to_data(self.blank_proof)
        return made


def context(election: Election, credential: str) -> str:
    """S0: what every proof of a ballot is bound to."""
    return f"{election.fingerprint}|{credential}"


def encrypt(election: Election, opened: Opened) -> Ciphertext:
    """The ciphertext of a known number with known randomness."""
    group, y = election.group, election.y
    beta = group.mul(y.exp(opened.r), group.exp_g(opened.m))
    return Ciphertext.of(group, group.exp_g(opened.r), beta)


def encrypt_choice(election: Election, s0: str, m: int, r: int | None = None) -> EncryptedChoice:
    """Encrypt 0 or 1, with the proof that it is one of them; ``r`` is drawn unless it is given."""
    if type(m) is not int or m not in (0, 1):
        raise _bad_plaintext("a choice is 0 or 1", "每项选择应为 0 或 1")
    opened = Opened(1 + secrets.randbelow(election.group.q - 1) if r is None else r, m)
    if not opened.r % election.group.q:
        raise Refused("no-randomness", "r must not be 0", "随机数不得为 0")
    made = encrypt(election, opened)
    prefix = iprove_prefix(s0, made.alpha, made.beta)
    key = Key(election.group, election.y)
    return EncryptedChoice(made, opened, prove(key, prefix, [(opened, 0), (opened, 1)], m))


def make_answer(
    election: Election, question: Question, s0: str, choices: Sequence[EncryptedChoice]
) -> Answer:
    """Put encrypted choices together, with the proofs of how many they are.

    Refused unless they are as many as the question has ciphertexts and their sum is allowed.
    """
    if len(choices) != question.ciphertexts:
        raise _bad_plaintext(
            f"expected {question.ciphertexts} choices", f"应有 {question.ciphertexts} 项选择"
        )
    key = Key(election.group, election.y)
    ciphertexts = tuple(one.ciphertext for one in choices)
    s = _full_context(s0, ciphertexts)
    opened = [one.opened for one in choices]
    total = reduce(add, opened[question.blank :])
    is_blank = bool(question.blank and opened[0].m)
    allowed = total.m == 0 if is_blank else question.min <= total.m <= question.max
    if not allowed:
        raise _bad_plaintext("this many choices are not allowed", "选择的项数不符合规定")
    branches = [(total, m) for m in range(question.min, question.max + 1)]
    proofs = tuple(one.proof for one in choices)
    if not question.blank:
        summed = encrypt(election, total)
        prefix = iprove_prefix(s, summed.alpha, summed.beta)
        return Answer(ciphertexts, proofs, prove(key, prefix, branches, total.m - question.min))
    true = 0 if is_blank else 1 + total.m - question.min
    overall = prove(key, bproof_prefix(1, s), [(opened[0], 1), *branches], true)
    blank = prove(key, bproof_prefix(0, s), [(opened[0], 0), (total, 0)], int(is_blank))
    return Answer(ciphertexts, proofs, overall, blank)


class Checking:
    """Checks the answers of one ballot; what it has seen proven in it, it does not check again."""

    def __init__(self, election: Election, credential: str) -> None:
        self._group = election.group
        self._key = Key(election.group, election.y)
        self._s0 = context(election, credential)
        self._proven: dict[tuple[Ciphertext, IProof], Bases] = {}

    def answer(self, question: Question, answer: Answer) -> None:
        """Refused unless all proofs of the answer hold."""
        _check_shape(question, answer)
        pairs = zip(answer.choices, answer.individual_proofs, strict=True)
        bases = [self._choice(ciphertext, proof) for ciphertext, proof in pairs]
        total = self._sum(bases[question.blank :])
        branches = [(total, m) for m in range(question.min, question.max + 1)]
        s = _full_context(self._s0, answer.choices)
        if answer.blank_proof is None:
            summed = Ciphertext.of(self._group, total.alpha.element, total.beta.element)
            prefix = iprove_prefix(s, summed.alpha, summed.beta)
        else:
            prefix = bproof_prefix(1, s)
            branches = [(bases[0], 1), *branches]
            parts = [(bases[0], 0), (total, 0)]
            if not holds(self._key, bproof_prefix(0, s), parts, answer.blank_proof):
                raise _bad_proof("blank_proof")
        if not holds(self._key, prefix, branches, answer.overall_proof):
            raise _bad_proof("overall_proof")

    def _choice(self, ciphertext: Ciphertext, proof: IProof) -> Bases:
        seen = self._proven.get((ciphertext, proof))
        if seen is not None:
            return seen
        bases = Bases(self._group.base(ciphertext.alpha), self._group.base(ciphertext.beta))
        prefix = iprove_prefix(self._s0, ciphertext.alpha, ciphertext.beta)
        if not holds(self._key, prefix, [(bases, 0), (bases, 1)], proof):
            raise _bad_proof("individual_proofs")
        return self._proven.setdefault((ciphertext, proof), bases)

    def _sum(self, summands: Sequence[Bases]) -> Bases:
        group = self._group
        alpha = reduce(group.mul, (one.alpha.element for one in summands))
        beta = reduce(group.mul, (one.beta.element for one in summands))
        return Bases(group.shared(alpha), group.shared(beta))


def check_answer(election: Election, credential: str, question: Question, answer: Answer) -> None:
    """Refused unless all proofs of the answer hold, for this voter's public credential."""
    Checking(election, credential).answer(question, answer)


def _check_shape(question: Question, answer: Answer) -> None:
    """Reading has seen to it; but an answer may have been made elsewhere."""
    lengths = (len(answer.choices), len(answer.individual_proofs), len(answer.overall_proof))
    wanted = (question.ciphertexts, question.ciphertexts, question.overall)
    if lengths != wanted or (answer.blank_proof is not None) != question.blank:
        raise Refused("wrong-length", "the answer does not fit the question", "答案与题目不符")


def _full_context(s0: str, choices: Sequence[Ciphertext]) -> str:
    """S: the context of the proofs about all choices of an answer."""
    return f"{s0}|" + ",".join(f"{one.alpha},{one.beta}" for one in choices)


def _iproof_to_data(proofs: IProof) -> list[dict[str, str]]:
    return [one.to_data() for one in proofs]


def _bad_plaintext(en: str, zh: str) -> Refused:
    return Refused("bad-plaintext", en, zh)


def _bad_proof(where: str) -> Refused:
    return Refused("bad-proof", f"a proof does not hold: {where}", f"零知识证明不成立:{where}")
