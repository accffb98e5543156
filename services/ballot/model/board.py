"""What stands on an election's public board (公告板), as rows: archive, annex, credentials, α."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from ..belenios.encoding import sha256_hex


@dataclass(eq=False, kw_only=True)
class Member:
    """One member of the archive (``.bel``): a datum or an event, by its SHA-256.

    ``number``: its place, from 1; the archive's header comes before.
    """

    election_id: str
    number: int
    kind: str
    hash: str
    text: str


@dataclass(eq=False, kw_only=True)
class AnnexLine:
    """One line of the annex; ``number``: its height, from 0."""

    election_id: str
    number: int
    text: str


@dataclass(eq=False, kw_only=True)
class CredentialList:
    """The public credentials of an election or a spare; ``text``: as the archive will have it."""

    uuid: str
    ballot_id: str
    number: int
    text: str
    registered_by: str
    registered_on: dt.date

    @property
    def hash(self) -> str:
        """Its name in the archive."""
        return sha256_hex(self.text.encode())


@dataclass(eq=False, kw_only=True)
class CredentialIssue:
    """That a deputy was handed her credential; which one, nobody here knows."""

    ballot_id: str
    deputy_id: str
    issued_on: dt.date
    issued_by: str


class CredentialState(StrEnum):
    """``WITHDRAWN``: published as unused, before its deputy got a paper instead."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"


@dataclass(eq=False, kw_only=True)
class PublicCredential:
    """A public credential on an election's roll; nobody here knows whose it is.

    ``hash``: SHA-256 of its text.  ``ballot``: the hash of its latest ballot, which is public;
    ``ballots``: how many it has cast.
    """

    election_id: str
    hash: str
    state: str = CredentialState.VALID.value
    ballot: str | None = None
    ballots: int = 0


@dataclass(eq=False, kw_only=True)
class SeenAlpha:
    """An α that a ballot on the board holds, as a hash; none may come a second time."""

    election_id: str
    hash: bytes


@dataclass(eq=False, kw_only=True)
class SpoiledBallot:
    """A ballot that its voter had opened to check it, by its hash; it can never be cast."""

    election_id: str
    hash: str


@dataclass(eq=False, kw_only=True)
class Turnout:
    """Who has voted (是否已投票), one record per election, without time, order or ballot.

    ``voted``: deputy's id → whether she has; its keys, in the order of the ids, are the whole roll.
    One record, rewritten whole with each vote: rows of their own would show, by what a database
    adds to them, in which order the deputies came.
    """

    election_id: str
    voted: dict[str, bool]

    def note(self, deputy_id: str) -> None:
        """She has voted; a second time changes nothing."""
        self.voted = self.voted | {deputy_id: True}

    @property
    def number(self) -> int:
        """How many have."""
        return sum(self.voted.values())


@dataclass(eq=False, kw_only=True)
class Openings:
    """How many ballots each deputy had opened to check them, one record per election.

    ``number``: deputy's id → how many, of those who had any.  Rewritten whole like the turnout, and
    with no hash beside it: which of the spoiled ballots was whose is nobody's business.
    """

    election_id: str
    number: dict[str, int]

    def count(self, deputy_id: str) -> None:
        """She has one more opened."""
        self.number = dict(sorted((self.number | {deputy_id: self.of(deputy_id) + 1}).items()))

    def of(self, deputy_id: str) -> int:
        """How many she had opened."""
        return self.number.get(deputy_id, 0)
