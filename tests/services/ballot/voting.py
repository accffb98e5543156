"""An electronic vote of a small congress: every part of it played with the protocol's library."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from services.ballot.annex.ceremony import commit
from services.ballot.annex.copying import Mark, make_plaintext, prepare
from services.ballot.annex.cosigning import cosign
from services.ballot.annex.decrypting import decrypt
from services.ballot.annex.rehearsal import Dummy, rehearse
from services.ballot.annex.verification import verify
from services.ballot.ballotbox.service import BallotBox
from services.ballot.ballotbox.setting import Settings
from services.ballot.belenios.archive import Archive, Member
from services.ballot.belenios.ballot import Ballot, sign
from services.ballot.belenios.board import END_BALLOTS, Event
from services.ballot.belenios.certificate import Certificate, make_certificate
from services.ballot.belenios.credential import make_credential, public
from services.ballot.belenios.dealing import Polynomial, Voutput
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import dumps, sha256_hex
from services.ballot.belenios.group import group_named
from services.ballot.belenios.pedersen import (
    make_polynomial,
    make_vinputs,
    make_voutput,
    read_private_key,
)
from services.ballot.belenios.pki import make_seed
from services.ballot.belenios.tally import EncryptedTally
from services.ballot.belenios.trustee import Trustees
from services.ballot.service import BallotService

from ...harness import Harness
from .congress import CLOSING, DEPUTIES, Congress
from .samples import online

OFFICE = ("credentials-office", "recorder")
CHIEF = ("chief-scrutineer", "recorder")
SCRUTINEER = ("scrutineer", "recorder")
#: The trustees, by the subjects of their tokens; all of them scrutineers of the session.
TRUSTEES = ("a", "b", "c")

YES, NO, NEITHER = Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN


class Box(Harness):
    """The worker on ballot's database; what it remembers is this one process's."""

    def __init__(self, ballot: Harness) -> None:
        super().__init__(BallotBox, str(ballot.settings.database_url), ballot.settings.data_dir)
        self.settings = dataclasses.replace(ballot.settings)
        self.remembered = Settings()

    def _service(self, method: str, context: Any) -> Any:
        service = super()._service(method, context)
        service.settings = self.remembered
        return service


class Vote:
    """A ballot held electronically, step by step.

    ``credentials``: the private ones, in the order of the deputies; only a test knows both.
    ``box``: makes what answers for the ballot box beside the service.
    """

    def __init__(
        self,
        serve: Callable[[Any], Harness],
        *,
        candidates: int = 3,
        present: int = 8,
        deputies: int = DEPUTIES,
        box: Callable[[Harness], Harness] = Box,
        **rules: Any,
    ) -> None:
        self.ballot = serve(BallotService)
        self.box = box(self.ballot)
        electronic = rules.pop("electronic", {})
        self.congress = Congress(
            self.ballot,
            candidates,
            deputies,
            **(online(**electronic) | {"overvote": "void-paper"} | rules),
        )
        self.congress.sign_in(present)
        self.present = self.congress.deputies[:present]
        self.drafted = self.congress.open(medium="electronic")
        self.id = self.drafted["id"]
        self.uuids: list[str] = self.drafted["uuids"]
        self.uuid = self.uuids[0]
        self.group = group_named(electronic.get("group", "Ed25519"))
        self.credentials = [make_credential() for _ in self.congress.deputies]
        self.seeds = {subject: make_seed() for subject in TRUSTEES}
        self.polynomials: dict[str, Polynomial] = {}

    # Preparing

    def register(self, uuid: str, number: int | None = None, **how: Any) -> Any:
        """Register the credentials of one election."""
        credentials = [public(uuid, one, self.group) for one in self.credentials[:number]]
        body = {"uuid": uuid, "credentials": sorted(credentials), "happened_on": CLOSING}
        return self.box.call("register_credentials", self.id, body, roles=OFFICE, **how)

    def register_all(self, number: int | None = None) -> None:
        """Register those of the election and its spares."""
        for uuid in self.uuids:
            self.register(uuid, number)

    def start_ceremony(self, trustees: Sequence[str] = TRUSTEES) -> Any:
        """Name the trustees."""
        body = {"trustees": list(trustees), "happened_on": CLOSING}
        return self.box.call("start_ceremony", self.id, body)

    def post(self, subject: str, step: str, message: str, **how: Any) -> Any:
        """Post a trustee's message."""
        body = {"step": step, "message": message}
        given = {"roles": SCRUTINEER, "subject": subject} | how
        return self.box.call("post_ceremony_message", self.id, body, **given)

    def message(self, subject: str, step: str) -> str:
        """What a trustee posts at a step, from what stands there."""
        shown = self.ballot.call("get_ceremony", self.id)
        index = TRUSTEES.index(subject) + 1
        q, seed = self.group.q, self.seeds[subject]
        if step == "certificate":
            made = make_certificate(self.group, seed, size=3, threshold=2, index=index)
            return dumps(made.to_data())
        certs = [Certificate.from_text(one["certificate"], q) for one in shown["seats"]]
        if step == "commitment":
            self.polynomials[subject] = make_polynomial(self.group, seed, certs)
            raw = self.polynomials[subject].coefexps.message
            return dumps(commit(self.group, seed, certs, raw).to_data())
        if step == "polynomial":
            return dumps(self.polynomials[subject].to_data())
        if step == "voutput":
            dealt = [Polynomial.from_text(one["polynomial"], q) for one in shown["seats"]]
            vinput = make_vinputs(self.group, certs, dealt)[index - 1]
            return dumps(make_voutput(self.group, seed, certs, vinput).to_data())
        dummy = Dummy.from_data(shown["rehearsed"], q)
        trustees = Trustees.from_text(shown["trustees"], self.group)
        return rehearse(self.group, trustees, self.private_key(subject), dummy).to_text()

    def take_step(self, step: str) -> Any:
        """All trustees take a step."""
        messages = {subject: self.message(subject, step) for subject in TRUSTEES}
        return [self.post(subject, step, message) for subject, message in messages.items()][-1]

    def make_keys(self) -> Any:
        """The whole ceremony."""
        self.start_ceremony()
        for step in ("certificate", "commitment", "polynomial", "voutput", "rehearsal"):
            shown = self.take_step(step)
        return shown

    def private_key(self, subject: str) -> int:
        """A trustee's private key."""
        shown = self.ballot.call("get_ceremony", self.id)
        seat = shown["seats"][TRUSTEES.index(subject)]
        sealed = Voutput.from_text(seat["voutput"], self.group.q).private_key
        return read_private_key(self.group, self.seeds[subject], sealed)

    # Voting

    def open(self, **how: Any) -> Any:
        """Open the voting."""
        body = {"title": "民生实事项目票决(合成)", "happened_on": CLOSING}
        given = {"roles": CHIEF, "subject": "c"} | how
        return self.box.call("open_election", self.id, body, **given)

    def issue(self, deputy: str, **how: Any) -> Any:
        """Hand a deputy her credential."""
        body = {"deputy_id": deputy, "happened_on": CLOSING}
        return self.box.call("issue_credential", self.id, body, roles=OFFICE, **how)

    def ready(self) -> Vote:
        """Prepare everything, open, and hand out the credentials to all who are present."""
        self.register_all()
        self.make_keys()
        self.open()
        for deputy in self.present:
            self.issue(deputy)
        return self

    @property
    def election(self) -> Election:
        """The election as its archive begins."""
        return Election.from_text(self.members()[0].text)

    @property
    def kind(self) -> int:
        """The kind of its ballots."""
        kind: int = self.manifest["kind"]
        return kind

    @property
    def manifest(self) -> dict[str, Any]:
        """The annex's first payload."""
        import json

        part = self.ballot.call("get_annex_part", self.uuid, {"after": 0})
        found: dict[str, Any] = json.loads(part["lines"][0])["payload"]
        return found

    def made(self, deputy: int, *marks: Mark, blank: bool = False) -> Ballot:
        """A deputy's ballot, not cast yet."""
        election = self.election
        can_be_blank = election.questions[0].blank
        if blank:
            plain = [[1, *(0 for _ in one.answers)] for one in election.questions]
        else:
            plain = make_plaintext(self.kind, marks, blank=can_be_blank)
        prepared = prepare(election, self.kind, self.credentials[deputy], plain)
        return sign(election, self.credentials[deputy], prepared.ballot)

    def cast(self, deputy: int, ballot: Ballot, **how: Any) -> Any:
        """Cast a ballot with a deputy's login."""
        given = {"roles": ("deputy",), "subject": self.congress.deputies[deputy]} | how
        given.setdefault("key", ballot.tracker)
        body = {"ballot": ballot.to_text()}
        return self.box.call("cast_ballot", self.uuid, body, **given)

    def vote(self, deputy: int, *marks: Mark, **how: Any) -> Any:
        """Make a ballot and cast it."""
        return self.cast(deputy, self.made(deputy, *marks, **how))

    # After the vote

    def close(self, **how: Any) -> Any:
        """End the voting."""
        return self._act("close_election", **how)

    def made_cosignature(self, subject: str, event: str | None = None) -> str:
        """A scrutineer's signature of the end, or of another event."""
        end = event or next(
            sha256_hex(one.text.encode())
            for one in self.members()
            if one.kind == "event" and Event.from_text(one.text).type == END_BALLOTS
        )
        certs = self.trustees.items[0].certs  # type: ignore[union-attr]
        return dumps(cosign(self.group, self.seeds[subject], certs, self.uuid, end).to_data())

    def cosign(self, subject: str, event: str | None = None) -> Any:
        """A scrutineer signs the end."""
        body = {"signature": self.made_cosignature(subject, event)}
        return self.box.call("cosign_end", self.uuid, body, roles=SCRUTINEER, subject=subject)

    @property
    def trustees(self) -> Trustees:
        """The trustees as the archive has them."""
        return Trustees.from_text(self.members()[1].text, self.group)

    def decryption(self, subject: str, *, key: int | None = None) -> dict[str, str]:
        """A scrutineer's partial decryption with its second proofs; a false one with ``key``."""
        election = self.election
        tally = next(one.text for one in self.members() if one.text.startswith('[[{"alpha"'))
        shape = [one.ciphertexts for one in election.questions]
        made, proofs = decrypt(
            self.group,
            election.fingerprint,
            TRUSTEES.index(subject) + 1,
            key or self.private_key(subject),
            EncryptedTally.from_text(tally, self.group, shape),
        )
        return {"decryption": made.to_text(), "proofs": dumps(proofs.to_data())}

    def decrypt(self, subject: str, body: dict[str, str] | None = None) -> Any:
        """A scrutineer decrypts."""
        given = body or self.decryption(subject)
        return self.box.call("post_decryption", self.uuid, given, roles=SCRUTINEER, subject=subject)

    def tally(self, **how: Any) -> Any:
        """Have the result computed."""
        return self._act("tally_election", **how)

    def finish(self, decrypting: Sequence[str] = TRUSTEES) -> Any:
        """Close, co-sign, decrypt and tally."""
        self.close()
        for subject in TRUSTEES[:2]:
            self.cosign(subject)
        for subject in decrypting:
            self.decrypt(subject)
        return self.tally()

    # What everybody sees

    def members(self) -> list[Member]:
        """The archive's members."""
        found: list[Member] = []
        while True:
            part = self.ballot.call("get_board_part", self.uuid, {"after": len(found)})
            found += [Member(one["kind"], one["text"]) for one in part["members"]]
            if not part["left"]:
                self.timestamp = int(part["timestamp"])
                return found

    def archive(self) -> bytes:
        """The archive's file."""
        members = tuple(self.members())
        return Archive(self.timestamp, members).to_bytes()

    def annex(self) -> bytes:
        """The annex's file."""
        lines: list[str] = []
        while True:
            part = self.ballot.call("get_annex_part", self.uuid, {"after": len(lines)})
            lines += part["lines"]
            if not part["left"]:
                return "".join(line + "\n" for line in lines).encode()

    def broken(self) -> list[str]:
        """The claims of the archive and its annex that do not hold."""
        claims = verify(self.archive(), self.annex(), processes=1)
        return [f"{one.en}: {one.refused}" for one in claims if not one.holds]

    def shown(self) -> Any:
        """The ballot as its officers see it."""
        return self.ballot.call("get_ballot", self.id)

    def _act(self, method: str, **how: Any) -> Any:
        given = {"roles": CHIEF, "subject": "c"} | how
        return self.box.call(method, self.uuid, {"happened_on": CLOSING}, **given)
