"""What stands on the other side in tests: boards and ceremonies in memory, checked as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nacl.pwhash import argon2id

from services.ballot.annex.ceremony import Complaint, judge_complaint
from services.ballot.annex.chain import SPOILED, WITHDRAWN
from services.ballot.annex.copying import check
from services.ballot.annex.cosigning import Cosignature
from services.ballot.annex.decrypting import DecryptionProofs
from services.ballot.ballotbox import preparing
from services.ballot.belenios.ballot import Ballot
from services.ballot.belenios.certificate import Certificate
from services.ballot.belenios.dealing import Polynomial
from services.ballot.belenios.decryption import PartialDecryption
from services.ballot.belenios.encoding import dumps, loads
from services.ballot.belenios.group import group_named
from services.ballot.client import ceremony as client
from services.ballot.client.trustee_state import State
from services.ballot.model.ceremony import Ceremony, Step
from services.ballot.model.method import BallotMethod
from services.ballot.schemas import BallotMethod as BallotMethodSchema
from services.ballot.schemas import elections as schemas
from services.chassis.store import dump
from services.commons.aggregate import new_id

from .. import samples
from ..annex.elections import TIMESTAMP, UUID, Vote

PASSPHRASE = "合成口令 correct horse battery"
#: The least that Argon2id costs.
CHEAP = (argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN)
TRUSTEES = ("a", "b", "c")
MOST = 10_000_000


class Waiting(Exception):
    """Somebody waits for others."""


class Killed(Exception):
    """A command was killed."""


def asked(new: bool) -> str:
    """The passphrase."""
    return PASSPHRASE


def waits(shown: Any) -> None:
    """Do not wait."""
    raise Waiting


class Desk:
    """A gateway with one board behind it, for one subject."""

    def __init__(self, vote: Vote, subject: str = "somebody") -> None:
        self.vote = vote
        self.subject = subject
        self.posted: list[tuple[str, Any, str | None]] = []
        self.receipts: dict[str, Any] = {}

    def get(self, path: str, **params: Any) -> Any:
        """A part of the board or of the annex, two members or lines at once."""
        if path.startswith("ballot-methods/"):
            return show_method(self.vote.method, path)
        assert path in (f"elections/{UUID}/board", f"elections/{UUID}/annex-lines")
        after, take = params["after"], 3
        if path.endswith("annex-lines"):
            lines = [one.text for one in self.vote.chain.lines]
            part = lines[after : after + take]
            return {"lines": part, "left": max(0, len(lines) - after - len(part))}
        members = [
            {"number": number, "kind": one.kind, "hash": one.hash, "text": one.text}
            for number, one in enumerate(self.vote.members, 1)
        ]
        found = members[after : after + take]
        left = max(0, len(members) - after - len(found))
        return {"timestamp": str(TIMESTAMP), "members": found, "left": left}

    def post(self, path: str, body: Any, *, key: str | None = None) -> Any:
        """Take what a client posts, and check what a board would."""
        self.posted.append((path, body, key))
        return _POSTS[path.rpartition("/")[2]](self, body)

    def _cast(self, body: Any) -> Any:
        ballot = Ballot.from_text(body["ballot"], self.vote.election)
        if ballot.tracker not in self.receipts:
            check(self.vote.election, ballot, self.vote.kind)
            self.receipts[ballot.tracker] = self.vote.cast(ballot).to_data()
        return self.receipts[ballot.tracker]

    def _spoil(self, body: Any) -> Any:
        self.vote.say(SPOILED, body)

    def _withdraw(self, body: Any) -> Any:
        self.vote.say(WITHDRAWN, body)

    def _cosign(self, body: Any) -> Any:
        data = loads(body["signature"], most=MOST)
        Cosignature.from_data(data, self.vote.group.q)
        if data not in self.vote.chain.of("cosigned"):
            self.vote.say("cosigned", data)

    def _decrypt(self, body: Any) -> Any:
        shape = self.vote.running().encrypted().shape
        made = PartialDecryption.from_text(body["decryption"], self.vote.group, shape)
        data = loads(body["proofs"], most=MOST)
        proofs = DecryptionProofs.from_data(data, self.vote.group.q, shape)
        if proofs.owner not in self.vote.decryptions:
            self.vote.take_decryption(proofs.owner, made, proofs)


_POSTS: dict[str, Callable[[Desk, Any], Any]] = {
    "ballots": Desk._cast,
    "spoiled-ballots": Desk._spoil,
    "withdrawn-credentials": Desk._withdraw,
    "cosignatures": Desk._cosign,
    "decryptions": Desk._decrypt,
}


def show_method(method: BallotMethod, path: str) -> Any:
    """A method as the service shows it."""
    assert path == f"ballot-methods/{method.id}"
    return dump(BallotMethodSchema, method)


def scrutineer(vote: Vote, index: int, folder: Path) -> State:
    """The state of a scrutineer (from 1) who took part in the vote's ceremony."""
    return State(
        folder / f"{index}.state.json",
        vote.ceremony.seeds[index - 1],
        vote.manifest.ballot_id,
        [UUID, *(one.uuid for one in vote.manifest.spares)],
        vote.method.digest,
        "ceremony",
        1,
        index,
        {"voutput": dumps(vote.ceremony.voutputs[index - 1].to_data())},
        {client.TRUSTEES: vote.trustees.hash},
        {},
        {},
    )


class Hall:
    """The room of a key ceremony, with the rules of the service's own."""

    def __init__(self, *, size: int = 3, threshold: int = 2) -> None:
        self.ballot_id = new_id()
        self.size, self.threshold = size, threshold
        self.attempts = 0
        trustees = {"size": size, "threshold": max(threshold, size // 2 + 1)}
        self.method = samples.method(**samples.online(trustees=trustees, spare_elections=0))
        self.history: list[tuple[str, str, str]] = []
        self.change: Callable[[dict[str, Any]], None] = lambda shown: None
        self.begin()

    def begin(self) -> None:
        """Begin an attempt."""
        self.attempts += 1
        self.ceremony = Ceremony.start(
            ballot_id=self.ballot_id,
            attempt=self.attempts,
            group="Ed25519",
            uuids=[UUID],
            size=self.size,
            threshold=self.threshold,
            subjects=TRUSTEES[: self.size],
            on=dt.date(2023, 2, 22),
            by="clerk",
            recorded_at=dt.datetime(2023, 2, 22, tzinfo=dt.UTC),
        )

    def seat(self, subject: str) -> Place:
        """The gateway as one of them sees it."""
        return Place(self, subject)

    def show(self) -> Any:
        """The ceremony as the service shows it, perhaps changed."""
        shown = dump(schemas.Ceremony, self.ceremony)
        self.change(shown)
        return shown

    def post(self, subject: str, step: str, message: str) -> None:
        """Take a message as the service does."""
        ceremony, at = self.ceremony, Step(step)
        index = ceremony.index_of(subject)
        self.history.append((subject, step, message))
        if ceremony.has_posted(index, at, message):
            return
        group = group_named(ceremony.group)
        preparing._CHECKS[at](ceremony, group, index, message)
        if ceremony.post(index, at, message) and at in preparing._FINISH:
            preparing._FINISH[at](ceremony, group)

    def complain(self, message: str) -> None:
        """Judge a complaint."""
        group = group_named(self.ceremony.group)
        complaint = Complaint.from_data(loads(message, most=MOST), group.q)
        certs = [
            Certificate.from_text(one, group.q) for one in self.ceremony.messages(Step.CERTIFICATE)
        ]
        text = self.ceremony.messages(Step.POLYNOMIAL)[complaint.dealer - 1]
        dealt = Polynomial.from_text(text, group.q)
        dealer = judge_complaint(group, certs, dealt.coefexps, complaint)
        self.ceremony.fail(dealer, f"trustee {dealer}")


class Place:
    """One trustee's connection; ``before`` and ``after`` a post are hooks."""

    def __init__(self, hall: Hall, subject: str) -> None:
        self.hall, self.subject = hall, subject
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def get(self, path: str, **params: Any) -> Any:
        """The ceremony, the ballot that it is for, or its method."""
        if path == "ballots":
            listed = {"id": self.hall.ballot_id, "method_id": self.hall.method.id}
            return {"items": [listed], "next": None}
        if path.startswith("ballot-methods/"):
            return show_method(self.hall.method, path)
        assert path == f"ballots/{self.hall.ballot_id}/ceremony"
        return self.hall.show()

    def post(self, path: str, body: Any, *, key: str | None = None) -> Any:
        """A message or a complaint."""
        self.before()
        if path.endswith("/complaints"):
            self.hall.complain(body["message"])
        else:
            self.hall.post(self.subject, body["step"], body["message"])
        self.after()


def take_part(hall: Hall, subject: str, folder: Path, place: Place | None = None) -> State | None:
    """A trustee's command, run once; None if it waits for others."""
    try:
        return client.hold(
            place or hall.seat(subject), folder / subject, hall.ballot_id, asked, waits, cost=CHEAP
        )
    except Waiting:
        return None


def hold_until(hall: Hall, folder: Path, step: str) -> None:
    """All trustees' commands, until the ceremony is at this step, of which nobody has seen it."""

    def stop(shown: dict[str, Any]) -> None:
        if shown["step"] == step:
            raise Waiting

    hall.change = stop
    while hall.ceremony.step != step:
        for subject in TRUSTEES[: hall.size]:
            take_part(hall, subject, folder)
    hall.change = lambda shown: None


def hold_all(hall: Hall, folder: Path) -> dict[str, State]:
    """All trustees' commands, each run anew until there is nothing to wait for."""
    done: dict[str, State] = {}
    for _ in range(len(client.STEPS) + 1):
        for subject in TRUSTEES[: hall.size]:
            state = take_part(hall, subject, folder)
            done |= {subject: state} if state else {}
    return done
