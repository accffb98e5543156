"""Whole elections held in tests, step by step, so that any step can go wrong."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from services.ballot.annex import chain as lines
from services.ballot.annex import copying
from services.ballot.annex.ceremony import commit
from services.ballot.annex.chain import Chain
from services.ballot.annex.copying import BOTH, EACH, SOME, Mark
from services.ballot.annex.cosigning import cosign
from services.ballot.annex.decrypting import Decrypted, decrypt
from services.ballot.annex.manifest import Candidate, Manifest, Method
from services.ballot.annex.receipt import Receipt
from services.ballot.annex.rehearsal import make_dummy, rehearse
from services.ballot.belenios import board as events
from services.ballot.belenios.archive import DATA, EVENT, Archive, Member
from services.ballot.belenios.ballot import Ballot, sign
from services.ballot.belenios.board import Board, Entry, Event, setup_data
from services.ballot.belenios.credential import (
    make_credential,
    public,
    public_credentials_to_text,
    secret,
)
from services.ballot.belenios.decryption import OwnedPartialDecryption, PartialDecryption
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import dumps, sha256_base64
from services.ballot.belenios.group import GROUPS, Group
from services.ballot.belenios.proof import prove_knowledge, random_scalar
from services.ballot.belenios.result import make_result
from services.ballot.belenios.tally import EncryptedTally, RunningTally
from services.ballot.belenios.trustee import Trustees
from services.ballot.belenios.trustee_key import make_key
from services.ballot.model.method import BallotMethod
from services.ballot.model.rules import Choice
from tests.services.ballot import samples
from tests.services.ballot.belenios.ceremonies import Ceremony, held

from .manifests import KEY, manifest

TIMESTAMP = 1795425942
UUID = "uTRT9mVxBfxQEG"


class Vote:
    """An election of three candidates, of whom two may be approved, unless said otherwise.

    ``single``: its trustees are independent keys, as an election without an annex may have them.
    ``rehearsed``: whether all of them have rehearsed the decryption.
    """

    def __init__(
        self,
        group: str = "Ed25519",
        *,
        kind: int = SOME,
        candidates: int = 3,
        most: int = 2,
        blank: bool = False,
        voters: int = 4,
        threshold: int = 2,
        size: int = 3,
        single: bool = False,
        rehearsed: bool = True,
        **changes: Any,
    ) -> None:
        self.group: Group = GROUPS[group]
        self.kind, self.blank = kind, blank
        self.ceremony: Ceremony = held(group, size, threshold)
        self.keys = self.ceremony.private_keys
        self.trustees = self.ceremony.trustees
        if single:
            self.keys = tuple(random_scalar(self.group) for _ in range(size))
            self.trustees = Trustees.made(self.group, [make_key(self.group, x) for x in self.keys])
        self.credentials = [make_credential() for _ in range(voters)]
        self.roll = public_credentials_to_text(
            public(UUID, credential, self.group) for credential in self.credentials
        )
        names = [f"示例项目{i}" for i in range(1, candidates + 1)]
        values: dict[str, Any] = {
            "uuid": UUID,
            "kind": kind,
            "candidates": tuple(Candidate(name, name) for name in names),
            "seats": most,
            "max": candidates if kind == EACH else most,
            "blank": blank,
            "roll": voters,
            "credentials": Member(DATA, self.roll).hash,
            "trustees": self.trustees.hash,
            "threshold": threshold,
            "least_ballots": 1,
            "least_papers": 2,
        }
        made = manifest(**values | changes)
        self.method = method_of(made, group, size)
        named = Method(self.method.id, self.method.title, self.method.digest)
        self.manifest = made if "method" in changes else replace(made, method=named)
        asked = copying.questions(kind, names, most=most, least=self.manifest.min, blank=blank)
        self.election = Election.made(
            name="民生实事项目票决",
            description=self.manifest.description("示例票决"),
            group=self.group,
            public_key=self.trustees.election_key,
            questions=asked,
            uuid=UUID,
        )
        self.board = Board()
        self.members: list[Member] = []
        self.chain = Chain()
        self.ballots: dict[str, Ballot] = {}
        self.marks: dict[str, Sequence[Mark] | None] = {}
        self.decryptions: dict[int, PartialDecryption] = {}
        self._begin(single)
        if rehearsed and not single:
            self.rehearse(7, *range(1, size + 1))

    def _begin(self, single: bool) -> None:
        self.say(lines.MANIFEST, self.manifest.to_data())
        if not single:
            for seed, polynomial in zip(
                self.ceremony.seeds, self.ceremony.polynomials, strict=True
            ):
                raw = polynomial.coefexps.message
                made = commit(self.group, seed, self.ceremony.certs, raw)
                self.say(lines.COMMITMENT, made.to_data())
        data = (self.election.text, self.trustees.to_text(), self.roll)
        self.put(events.SETUP, *data, setup_data(*data))

    @property
    def archive(self) -> bytes:
        """The archive so far."""
        return Archive(TIMESTAMP, tuple(self.members)).to_bytes()

    @property
    def annex(self) -> bytes:
        """The annex so far."""
        return self.chain.to_bytes()

    def public(self, voter: int) -> str:
        """A voter's public credential."""
        return public(UUID, self.credentials[voter], self.group)

    def put(self, type_: str, *data: str) -> Entry:
        """Put an event with its data on the board."""
        members = self.board.append(type_, *data)
        self.members += members
        assert self.board.last and self.board.hash
        payload = members[-2] if data else None
        return Entry(self.board.last, self.board.hash, payload, members[: len(data) - 1])

    def say(self, type_: str, payload: dict[str, Any]) -> None:
        """Write a line into the annex."""
        self.chain.append(type_, payload, KEY)

    def prepare(self, voter: int, marks: Sequence[Mark] | None = None) -> Ballot:
        """A signed ballot of one voter, random unless it is given."""
        chosen = self.random_marks() if marks is None else marks
        plaintext = copying.make_plaintext(self.kind, chosen, blank=self.blank)
        return self._signed(voter, plaintext)

    def vote(self, voter: int, marks: Sequence[Mark] | None = None) -> Receipt:
        """A voter votes."""
        chosen = self.random_marks() if marks is None else marks
        self.marks[self.credentials[voter]] = chosen
        return self.cast(self.prepare(voter, chosen))

    def vote_blank(self, voter: int) -> Receipt:
        """A voter hands in a blank ballot."""
        self.marks[self.credentials[voter]] = None
        return self.cast(self._signed(voter, copying.make_blank(self.election)))

    def cast(self, ballot: Ballot) -> Receipt:
        """Put a ballot on the board as it is, whatever it is."""
        self.ballots[ballot.credential] = ballot
        return Receipt.made(UUID, self.put(events.BALLOT, ballot.to_text()), KEY)

    def random_marks(self) -> list[Mark]:
        """Some choice that is allowed."""
        n = len(self.manifest.candidates)
        approved = random.sample(range(n), random.randint(self.manifest.min, self.manifest.max))
        others = [Mark.ABSTAIN] if self.kind == SOME else [Mark.ABSTAIN, Mark.OPPOSE]
        return [Mark.APPROVE if i in approved else random.choice(others) for i in range(n)]

    def end(self, *signers: int) -> None:
        """End the vote; scrutineers (from 1) sign."""
        self.put(events.END_BALLOTS)
        for index in signers:
            self.cosign(index)

    def cosign(self, index: int, event: str | None = None) -> None:
        """A scrutineer signs the end."""
        seed = self.ceremony.seeds[index - 1]
        at = event or self.board.hash or ""
        made = cosign(self.group, seed, self.ceremony.certs, UUID, at)
        self.say(lines.COSIGNED, made.to_data())

    def tally(self) -> None:
        """Put the product of the last ballots on the board."""
        running = self.running()
        self.put(events.ENCRYPTED_TALLY, running.encrypted().to_text(), running.sized().to_text())

    def decrypted(self, owner: int, tally: EncryptedTally | None = None) -> Decrypted:
        """What a trustee (from 1) hands in."""
        at = tally or self.running().encrypted()
        x = self.keys[owner - 1]
        return decrypt(self.group, self.election.fingerprint, owner, x, at)

    def decrypt(self, *owners: int) -> None:
        """Trustees decrypt."""
        for owner in owners:
            self.take_decryption(owner, *self.decrypted(owner))

    def take_decryption(self, owner: int, decryption: PartialDecryption, proofs: Any) -> None:
        """Put a decryption on the board as it is, with its proofs."""
        self.decryptions[owner] = decryption
        owned = OwnedPartialDecryption(owner, decryption.hash)
        self.put(events.PARTIAL_DECRYPTION, decryption.to_text(), owned.to_text())
        self.say(lines.DECRYPTION_PROOFS, proofs.to_data())

    def rehearse(self, number: int, *owners: int) -> None:
        """Trustees decrypt a dummy."""
        dummy = make_dummy(self.group, self.trustees.election_key, number)
        parts = [
            {
                "owner": owner,
                "decryption": rehearse(
                    self.group, self.trustees, self.keys[owner - 1], dummy
                ).to_data(),
            }
            for owner in owners
        ]
        self.say(lines.REHEARSAL, {"dummy": dummy.to_data(), "decryptions": parts})

    def result(self) -> tuple[tuple[int, ...], ...]:
        """Combine the decryptions."""
        running = self.running()
        made = make_result(
            self.group, self.trustees, running.encrypted(), self.decryptions, running.number
        )
        self.put(events.RESULT, made.to_text())
        return made.result

    def finish(self, *owners: int) -> tuple[tuple[int, ...], ...]:
        """All that comes after the last ballot, by these trustees."""
        self.end(*(() if "Single" in self.trustees.to_text()[:10] else owners))
        self.tally()
        self.decrypt(*owners)
        return self.result()

    def counted(self) -> list[tuple[int, int]]:
        """Approvals and oppositions of each candidate by a plain count of the marks."""
        cast = [marks for marks in self.marks.values() if marks is not None]
        return [
            (sum(m[i] == Mark.APPROVE for m in cast), sum(m[i] == Mark.OPPOSE for m in cast))
            for i in range(len(self.manifest.candidates))
        ]

    def _signed(self, voter: int, plaintext: list[list[int]]) -> Ballot:
        credential = self.credentials[voter]
        prepared = copying.prepare(self.election, self.kind, credential, plaintext)
        return sign(self.election, credential, prepared.ballot)

    def running(self) -> RunningTally:
        """The product of everybody's last ballot."""
        shape = [question.ciphertexts for question in self.election.questions]
        answers = [ballot.answers for ballot in self.ballots.values()]
        return RunningTally.of_ballots(self.group, shape, answers)


def method_of(manifest: Manifest, group: str, size: int) -> BallotMethod:
    """The adopted method from which all numbers of a manifest follow."""
    exact = manifest.kind != EACH and manifest.min == manifest.max
    choice = {
        SOME: Choice.TICK_EXACTLY if exact else Choice.TICK_UP_TO,
        EACH: Choice.EACH,
        BOTH: Choice.EACH_UP_TO,
    }[manifest.kind]
    fixed: dict[str, Any] = {
        "group": group,
        "overvote": "blank" if manifest.blank else "prevented",
        "recast": manifest.recast,
        "least_ballots": manifest.least_ballots,
        "least_papers": manifest.least_papers,
        "spare_elections": len(manifest.spares),
        "trustees": {"size": size, "threshold": max(manifest.threshold, size // 2 + 1)},
    }
    void = "void" if choice is Choice.TICK_EXACTLY else "valid"
    asked: dict[str, Any] = {"seats": manifest.seats, "choice": choice.value, "undervote": void}
    return samples.method(**samples.online(**fixed), **asked)


def signed(vote: Vote, voter: int, data: dict[str, Any]) -> str:
    """The text of a ballot with this content, whatever it is, and a voter's good signature."""
    unsigned = dumps({name: value for name, value in data.items() if name != "signature"})
    digest = sha256_base64(unsigned.encode())
    exponent = secret(UUID, vote.credentials[voter], vote.group)
    proof = prove_knowledge(vote.group, exponent, lambda a: f"sig|{digest}|{a}")
    signature = {"hash": digest, "proof": proof.to_data()}
    return f'{unsigned[:-1]},"signature":{dumps(signature)}}}'


def rechained(steps: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """An archive of these events with their data, whatever their sequence: parents are right."""
    members: list[Member] = []
    parent: str | None = None
    for height, (type_, data) in enumerate(steps):
        members += [Member(DATA, text) for text in data]
        payload = members[-1].hash if data else None
        members.append(Member(EVENT, Event(parent, height, type_, payload).to_text()))
        parent = members[-1].hash
    return Archive(TIMESTAMP, tuple(members)).to_bytes()


def steps_of(archive: bytes) -> list[tuple[str, list[str]]]:
    """The events of an archive with their data, as :func:`rechained` takes them."""
    board = Board()
    entries = [one for one in map(board.take, Archive.from_bytes(archive).members) if one]
    return [
        (
            one.event.type,
            [member.text for member in one.referred] + ([one.text] if one.payload else []),
        )
        for one in entries
    ]


@cache
def finished() -> Vote:
    """An election that went well, for tests that only read it: 4 on the roll, 3 voted, 1 twice."""
    vote = Vote()
    for voter in (0, 1, 2, 0):
        vote.vote(voter)
    vote.finish(1, 2, 3)
    return vote
