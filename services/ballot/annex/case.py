"""A case to be verified: an archive, its annex if there is one, and what was read of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from services.ballot.belenios.archive import Archive
from services.ballot.belenios.board import (
    BALLOT,
    ENCRYPTED_TALLY,
    END_BALLOTS,
    PARTIAL_DECRYPTION,
    RESULT,
    SETUP,
    Board,
    Entry,
)
from services.ballot.belenios.decryption import OwnedPartialDecryption, PartialDecryption
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import fields, string
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.result import Result
from services.ballot.belenios.tally import EncryptedTally, SizedEncryptedTally
from services.ballot.belenios.trustee import Trustees

from .box import MOST_BALLOTS, Box
from .chain import SPOILED, WITHDRAWN, Chain
from .manifest import Manifest
from .workers import Judged

#: Told how many ballots of how many were checked.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Published:
    """The public credentials of one election, as the credentials office published them."""

    uuid: str
    group: str
    credentials: tuple[str, ...]


@dataclass
class Case:
    """Fields are set by the claims of ``verification``, in their order.

    ``commitments``: what was shown to the voters of these trackers before they chose to cast.
    """

    archive_bytes: bytes
    annex_bytes: bytes | None
    receipts: tuple[str, ...]
    earlier: bytes | None
    processes: int
    progress: Progress
    trackers: tuple[str, ...] = ()
    earlier_annex: bytes | None = None
    published: Published | None = None
    commitments: Mapping[str, str] = field(default_factory=dict)
    archive: Archive = field(init=False)
    entries: list[Entry] = field(init=False)
    chain: Chain = field(init=False)
    manifest: Manifest = field(init=False)
    election: Election = field(init=False)
    trustees: Trustees = field(init=False)
    credentials: tuple[str, ...] = field(init=False)
    judged: list[Judged] = field(init=False)
    tally: EncryptedTally = field(init=False)
    decryptions: dict[int, PartialDecryption] = field(init=False)
    result: Result = field(init=False)

    @property
    def has_annex(self) -> bool:
        """Whether more is to be judged than Belenios' own rules."""
        return self.annex_bytes is not None

    def read_entries(self) -> None:
        """Put the archive's members on a board; Refused if one may not stand there."""
        board = Board()
        self.entries = [entry for entry in map(board.take, self.archive.members) if entry]
        board.check_nothing_waits()
        if not self.entries:
            raise Refused("no-setup", "the archive has no Setup yet", "档案尚无 Setup 事件")

    def of(self, type_: str) -> list[Entry]:
        """The events of one type."""
        return [entry for entry in self.entries if entry.event.type == type_]

    def has(self, type_: str) -> bool:
        """Whether the archive has come so far."""
        return any(entry.event.type == type_ for entry in self.entries)

    @property
    def stage(self) -> str:
        """The type of the newest event."""
        return self.entries[-1].event.type

    @property
    def setup(self) -> tuple[str, str, str]:
        """The texts of election, trustees and credentials."""
        election, trustees, credentials = self.of(SETUP)[0].referred
        return election.text, trustees.text, credentials.text

    @property
    def ballots(self) -> list[str]:
        """The texts of all ballots, in their order."""
        return [entry.text for entry in self.of(BALLOT)]

    @property
    def end(self) -> str:
        """The hash of the event that ended the vote."""
        return self.of(END_BALLOTS)[0].hash

    @property
    def counted(self) -> list[Judged]:
        """The last ballot of each voter (``last`` of the specification)."""
        return list({one.credential: one for one in self.judged}.values())

    @property
    def shape(self) -> tuple[int, ...]:
        """How many ciphertexts each question has."""
        return tuple(question.ciphertexts for question in self.election.questions)

    @property
    def sized(self) -> SizedEncryptedTally:
        """What the archive says of its tally."""
        return SizedEncryptedTally.from_text(self.of(ENCRYPTED_TALLY)[0].text)

    def box(self) -> Box:
        """An empty ballot box by the rules of this election, as far as they are known."""
        if not self.has_annex:
            return Box(self.credentials)
        return Box(
            self.credentials,
            recast=self.manifest.recast,
            most=MOST_BALLOTS,
            withdrawn=self.named(WITHDRAWN, "credential"),
            spoiled=self.named(SPOILED, "hash"),
        )

    def named(self, type_: str, name: str) -> list[str]:
        """What the annex's lines of a type, which have just this field, name in it."""
        return [string(fields(payload, name)[name]) for payload in self.chain.of(type_)]

    def read_decryptions(self) -> dict[int, PartialDecryption]:
        """The archive's partial decryptions by their owners."""
        made = {}
        for entry in self.of(PARTIAL_DECRYPTION):
            owner = OwnedPartialDecryption.from_text(entry.text).owner
            text = entry.referred[0].text
            made[owner] = PartialDecryption.from_text(text, self.election.group, self.shape)
        return made

    def read_result(self) -> Result:
        """The archive's result."""
        return Result.from_text(self.of(RESULT)[0].text, self.shape)
