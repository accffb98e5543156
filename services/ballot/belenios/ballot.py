"""Ballots: one voter's answers, signed with her credential; made, read, written and checked.

A ballot is made in two steps, so that its voter can first cast or check: :func:`make_ballot`
commits to the answers (``Ballot.unsigned_hash``), and only :func:`sign` makes it a vote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from . import credential as credentials
from .answer import Answer, Checking, EncryptedChoice, context, encrypt, encrypt_choice, make_answer
from .election import Election
from .encoding import array, dumps, encoded, fields, loads, sha256_base64, string
from .interval import Opened
from .proof import Proof, knows, prove_knowledge
from .refused import Refused

_ELEMENT, _PROOF = 660, 200  # bytes that one takes at most, with its field's name


@dataclass(frozen=True, slots=True)
class Signature:
    """``signature``: the hash of the unsigned ballot, and the proof of knowing the credential."""

    hash: str
    proof: Proof

    @classmethod
    def from_data(cls, data: Any, q: int) -> Signature:
        """Read the message."""
        read = fields(data, "hash", "proof")
        return cls(string(read["hash"]), Proof.from_data(read["proof"], q))

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {"hash": self.hash, "proof": self.proof.to_data()}


@dataclass(frozen=True)
class Ballot:
    """``ballot``; without a signature it is no vote yet, or never one."""

    election_uuid: str
    election_hash: str
    credential: str
    answers: tuple[Answer, ...]
    signature: Signature | None = None

    @classmethod
    def from_text(cls, text: str, election: Election) -> Ballot:
        """Read a ballot of this election, signed or not.

        Refused unless it is as long as the questions ask for and written as :meth:`to_text` does.
        """
        names = ("election_uuid", "election_hash", "credential", "answers")
        read = fields(loads(text, most=most_bytes(election)), *names, optional=("signature",))
        answers = array(read["answers"], len(election.questions))
        q = election.group.q
        made = cls(
            string(read["election_uuid"]),
            string(read["election_hash"]),
            string(read["credential"]),
            tuple(
                Answer.from_data(one, question, q)
                for one, question in zip(answers, election.questions, strict=True)
            ),
            Signature.from_data(read["signature"], q) if "signature" in read else None,
        )
        if made.to_text() != text:
            raise Refused(
                "not-canonical",
                "this is not the compact JSON that the specification asks for",
                "不是规范要求的紧凑 JSON",
            )
        return made

    def to_text(self) -> str:
        """The message."""
        return self._text

    @property
    def tracker(self) -> str:
        """The "smart ballot tracker": what a voter looks for on the board."""
        return sha256_base64(encoded(self._text))

    @cached_property
    def unsigned_hash(self) -> str:
        """What is signed, and what a voter's device commits to before she casts or checks."""
        return sha256_base64(encoded(self._unsigned_text))

    @cached_property
    def _unsigned_text(self) -> str:
        return dumps(
            {
                "election_uuid": self.election_uuid,
                "election_hash": self.election_hash,
                "credential": self.credential,
                "answers": [one.to_data() for one in self.answers],
            }
        )

    @cached_property
    def _text(self) -> str:
        if self.signature is None:
            return self._unsigned_text
        return f'{self._unsigned_text[:-1]},"signature":{dumps(self.signature.to_data())}}}'


@dataclass(frozen=True, slots=True)
class Prepared:
    """An unsigned ballot and what only its voter may know: how every ciphertext was made."""

    ballot: Ballot
    openings: tuple[tuple[Opened, ...], ...]


def most_bytes(election: Election) -> int:
    """No ballot of this election is longer."""
    ciphertexts = sum(one.ciphertexts for one in election.questions)
    proofs = sum(one.overall + 2 for one in election.questions) + 2 * ciphertexts
    return 1000 + _ELEMENT + 2 * _ELEMENT * ciphertexts + _PROOF * (proofs + 1)


def make_ballot(
    election: Election, credential: str, plaintext: Sequence[Sequence[int]]
) -> Prepared:
    """Encrypt 0s and 1s, a list for each question; where it may be blank, that comes first.

    ``credential``: the secret one.  Refused if the plaintext is not allowed.
    """
    public = credentials.public(election.uuid, credential, election.group)
    s0 = context(election, public)
    rows = [[encrypt_choice(election, s0, m) for m in marks] for marks in plaintext]
    return put_together(election, public, rows)


def put_together(
    election: Election, credential: str, rows: Sequence[Sequence[EncryptedChoice]]
) -> Prepared:
    """An unsigned ballot under a public credential, of choices encrypted in its context."""
    if len(rows) != len(election.questions):
        raise Refused("bad-plaintext", "every question wants an answer", "每道题目均须作答")
    s0 = context(election, credential)
    answers = tuple(
        make_answer(election, question, s0, row)
        for question, row in zip(election.questions, rows, strict=True)
    )
    ballot = Ballot(election.uuid, election.fingerprint, credential, answers)
    return Prepared(ballot, tuple(tuple(one.opened for one in row) for row in rows))


def sign(election: Election, credential: str, ballot: Ballot) -> Ballot:
    """Cast: the ballot with the signature of its voter's secret credential."""
    group = election.group
    if ballot.credential != credentials.public(election.uuid, credential, group):
        raise Refused("other-credential", "this is another voter's ballot", "该票不属于此投票凭证")
    exponent = credentials.secret(election.uuid, credential, group)
    digest = ballot.unsigned_hash
    proof = prove_knowledge(group, exponent, lambda a: f"sig|{digest}|{a}")
    return replace(ballot, signature=Signature(digest, proof))


def check_ballot(election: Election, ballot: Ballot, *, copies: bool = False) -> None:
    """Refused unless everything holds that a ballot alone can show.

    Whether its credential is on the roll and its ciphertexts are new is for the board.  With
    ``copies`` an α may stand again in another answer; which may is judged elsewhere.
    """
    signature = ballot.signature
    if signature is None:
        raise Refused("unsigned", "the ballot is not signed", "该票未签名")
    if signature.hash != ballot.unsigned_hash:
        raise Refused("other-hash", "the signature is of another ballot", "签名不属于此票")
    _check_election(election, ballot)
    credential = election.group.parse(ballot.credential)
    digest = signature.hash
    if not knows(election.group, credential, signature.proof, lambda a: f"sig|{digest}|{a}"):
        raise Refused("bad-signature", "the signature does not hold", "签名无效")
    _check_answers(election, ballot, copies)


def check_unsigned(election: Election, ballot: Ballot, *, copies: bool = False) -> None:
    """The same, but for the signature: the election, distinct α, and every proof."""
    _check_election(election, ballot)
    election.group.parse(ballot.credential)
    _check_answers(election, ballot, copies)


def check_spoiled(
    election: Election, prepared: Prepared, committed: str, *, copies: bool = False
) -> None:
    """What a second device checks when its voter had a ballot opened instead of casting it.

    Refused unless the ballot is the one that was committed to, would be taken, was never signed,
    and every ciphertext is what the openings say; they are then shown to the voter.
    """
    ballot, openings = prepared.ballot, prepared.openings
    if ballot.signature is not None:
        raise Refused("signed", "a ballot to be checked must not be signed", "待查验的票不得签名")
    if ballot.unsigned_hash != committed:
        raise Refused("other-hash", "another ballot was committed to", "与先前承诺的票不一致")
    check_unsigned(election, ballot, copies=copies)
    shape = [len(one.choices) for one in ballot.answers]
    if [len(row) for row in openings] != shape:
        raise Refused("wrong-length", "every ciphertext wants an opening", "每个密文均须公开随机数")
    for answer, row in zip(ballot.answers, openings, strict=True):
        for ciphertext, opened in zip(answer.choices, row, strict=True):
            if opened.m not in (0, 1) or encrypt(election, opened) != ciphertext:
                raise Refused(
                    "other-choice", "a ciphertext holds another choice", "密文与所示选择不一致"
                )


def _check_election(election: Election, ballot: Ballot) -> None:
    if ballot.election_uuid != election.uuid or ballot.election_hash != election.fingerprint:
        raise Refused("other-election", "this is a ballot of another election", "该票属于其他票决")


def _check_answers(election: Election, ballot: Ballot, copies: bool) -> None:
    array(list(ballot.answers), len(election.questions))
    _check_distinct(ballot, copies)
    checking = Checking(election, ballot.credential)
    for question, answer in zip(election.questions, ballot.answers, strict=True):
        checking.answer(question, answer)


def _check_distinct(ballot: Ballot, copies: bool) -> None:
    rows = [[one.alpha for one in answer.choices] for answer in ballot.answers]
    judged = rows if copies else [[alpha for row in rows for alpha in row]]
    if any(len(set(row)) < len(row) for row in judged):
        raise Refused("repeated-alpha", "a ciphertext's α stands twice", "密文的 α 重复")
