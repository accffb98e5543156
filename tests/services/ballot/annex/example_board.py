"""The test vectors of docs/ballot-protocol.md: a board with a ballot, and how its vote ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.ballot.annex import chain as lines
from services.ballot.annex.ceremony import commit
from services.ballot.annex.chain import Chain
from services.ballot.annex.cosigning import cosign
from services.ballot.annex.decrypting import decrypt
from services.ballot.annex.opening import opening_to_text
from services.ballot.annex.receipt import Receipt
from services.ballot.annex.rehearsal import make_dummy, rehearse
from services.ballot.belenios import board as events
from services.ballot.belenios.archive import Member
from services.ballot.belenios.ballot import Ballot, sign
from services.ballot.belenios.board import Board, Entry, setup_data
from services.ballot.belenios.decryption import OwnedPartialDecryption
from services.ballot.belenios.result import make_result
from services.ballot.belenios.tally import RunningTally

from .examples import ABOUT, EXAMPLES, ceremony, chance, of_ballot
from .manifests import KEY

#: Whose ballot the board has.
EXAMPLE = EXAMPLES[2]
#: Who of the scrutineers decrypts.
OWNERS = (1, 3)


class Begun:
    """The board after its first ballot, the annex after a ballot that was opened."""

    def __init__(self) -> None:
        self.election = EXAMPLE.election
        self.ceremony = ceremony(EXAMPLE.group)
        self.board, self.annex = Board(), Chain()
        trustees = self.ceremony.trustees.to_text()
        texts = (self.election.text, trustees, EXAMPLE.roll)
        self.setup_data = setup_data(*texts)
        self.board.append(events.SETUP, *texts, self.setup_data)
        self.setup = (self.board.last, self.board.hash)
        self.first = of_ballot(EXAMPLE)["ballot"]
        (self.ballot, _) = self.board.append(events.BALLOT, self.first)
        self.say(lines.MANIFEST, EXAMPLE.manifest.to_data())
        with chance("board commitments"):
            for seed, dealt in zip(self.ceremony.seeds, self.ceremony.polynomials, strict=True):
                raw = dealt.coefexps.message
                made = commit(self.election.group, seed, self.ceremony.certs, raw)
                self.say(lines.COMMITMENT, made.to_data())
        with chance("board rehearsal"):
            self.say(lines.REHEARSAL, self._rehearsal())
        with chance("board opened"):
            self.opened = EXAMPLE.prepare()
        self.say(lines.SPOILED, {"hash": self.opened.ballot.unsigned_hash})

    def say(self, type_: str, payload: dict[str, Any]) -> None:
        """Write a line into the annex."""
        self.annex.append(type_, payload, KEY)

    def _rehearsal(self) -> dict[str, Any]:
        group, trustees = self.election.group, self.ceremony.trustees
        dummy = make_dummy(group, trustees.election_key, 42)
        parts = [
            {"owner": owner, "decryption": rehearse(group, trustees, x, dummy).to_data()}
            for owner, x in enumerate(self.ceremony.private_keys, 1)
        ]
        return {"dummy": dummy.to_data(), "decryptions": parts}


def of_board() -> dict[str, Any]:
    """A board with one ballot, its receipt, and its annex."""
    begun = Begun()
    board, (setup, setup_hash) = begun.board, begun.setup
    assert setup and board.last and board.hash
    entry = Entry(board.last, board.hash, begun.ballot, ())
    return {
        "about": ABOUT,
        "ballot_in": f"{EXAMPLE.name}.json",
        "trustees_in": f"{EXAMPLE.group.lower()}-trustees.json",
        "board_key_seed": bytes(KEY).hex(),
        "board_key": EXAMPLE.manifest.board_key,
        "setup_data": begun.setup_data,
        "setup_event": setup.to_text(),
        "setup_event_hash": setup_hash,
        "ballot_event": board.last.to_text(),
        "ballot_event_hash": board.hash,
        "receipt": Receipt.made(begun.election.uuid, entry, KEY).to_text(),
        "opened": opening_to_text(begun.opened),
        "annex": [line.text for line in begun.annex.lines],
        "annex_last_hash": begun.annex.last.hash if begun.annex.last else None,
    }


def of_count() -> dict[str, Any]:
    """How that vote ends: a second ballot, co-signatures, tally, two decryptions, the result."""
    begun = Begun()
    before = len(begun.annex.lines)
    with chance("board count"):
        members = _counted(begun)
    return {
        "about": ABOUT,
        "continues": "board.json",
        "members": [{"kind": one.kind, "text": one.text} for one in members],
        "annex": [line.text for line in begun.annex.lines[before:]],
        "private_keys": [str(one) for one in begun.ceremony.private_keys],
    }


def _counted(begun: Begun) -> Sequence[Member]:
    election, held, board = begun.election, begun.ceremony, begun.board
    group, trustees = election.group, held.trustees
    second = sign(election, EXAMPLE.credentials[1], EXAMPLE.prepare(1).ballot)
    members = [*board.append(events.BALLOT, second.to_text()), *board.append(events.END_BALLOTS)]
    for seed in held.seeds[:2]:
        made = cosign(group, seed, held.certs, election.uuid, board.hash or "")
        begun.say(lines.COSIGNED, made.to_data())
    shape = [question.ciphertexts for question in election.questions]
    cast = [Ballot.from_text(begun.first, election), second]
    running = RunningTally.of_ballots(group, shape, (one.answers for one in cast))
    tally = running.encrypted()
    members += board.append(events.ENCRYPTED_TALLY, tally.to_text(), running.sized().to_text())
    decryptions = {}
    for owner in OWNERS:
        x = held.private_keys[owner - 1]
        decryption, proofs = decrypt(group, election.fingerprint, owner, x, tally)
        owned = OwnedPartialDecryption(owner, decryption.hash).to_text()
        members += board.append(events.PARTIAL_DECRYPTION, decryption.to_text(), owned)
        begun.say(lines.DECRYPTION_PROOFS, proofs.to_data())
        decryptions[owner] = decryption
    result = make_result(group, trustees, tally, decryptions, running.number)
    return [*members, *board.append(events.RESULT, result.to_text())]
