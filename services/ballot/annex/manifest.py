"""The manifest: what an election is for, fixed before the first ballot.

It stands on the annex's first line, and its SHA-256 in the election's description: every proof of
every ballot is bound to the election's hash, and so to the manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from services.ballot.belenios.encoding import array, fields, hash_text, integer, string, uuid
from services.ballot.belenios.refused import Refused
from services.commons.canonical import canonical

from .copying import KINDS

MARK = "minsheng-manifest-1:"
_MOST_CANDIDATES = 200
_MOST_DEPUTIES = 10_000
_MOST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that may be chosen, in the order of the ballot."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Method:
    """The ballot method that the congress adopted (票决办法) and the SHA-256 of its text."""

    id: str
    title: str
    hash: str


@dataclass(frozen=True, slots=True)
class Spare:
    """A run-off's election, whose credentials were derived at the ceremony."""

    uuid: str
    credentials: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``min``, ``max``: choices on a ballot; ``roll``: how many may vote.

    ``credentials``, ``trustees``: the hashes of these data; ``threshold``: how many scrutineers
    decrypt; ``least_ballots``: below it nothing is decrypted; ``least_papers``: below it no papers
    are counted beside; ``booth``: SHA-256 of the page that deputies vote on, None if there is none;
    ``board_key``: RFC 8032, in hexadecimal digits.
    """

    uuid: str
    ballot_id: str
    round: int
    kind: int
    candidates: tuple[Candidate, ...]
    seats: int
    min: int
    max: int
    blank: bool
    recast: bool
    method: Method
    roll: int
    credentials: str
    trustees: str
    threshold: int
    least_ballots: int
    least_papers: int
    board_key: str
    booth: str | None = None
    spares: tuple[Spare, ...] = ()

    @classmethod
    def from_data(cls, data: Any) -> Manifest:
        """Read one; Refused if anything is missing, superfluous or impossible."""
        read = dict(fields(data, "version", *_READERS))
        if integer(read.pop("version")) != 1:
            raise Refused("unsupported-version", "this manifest's version is not 1")
        made = cls(**{name: _READERS[name](value) for name, value in read.items()})
        made._check()
        return made

    def to_data(self) -> dict[str, Any]:
        """The message."""
        data = {"version": 1} | asdict(self)
        return data | {name: list(data[name]) for name in ("candidates", "spares")}

    @property
    def hash(self) -> str:
        """SHA-256 of its canonical form, in hexadecimal digits."""
        return hashlib.sha256(canonical(self.to_data()).encode()).hexdigest()

    def description(self, title: str) -> str:
        """What the election's description is: a title, and below it this manifest's hash."""
        return f"{title}\n{MARK}{self.hash}"

    def check_description(self, description: str) -> None:
        """Refused unless an election with this description is this manifest's."""
        _, _, mark = description.rpartition("\n")
        if mark != MARK + self.hash:
            raise Refused(
                "other-manifest",
                "the election's description names another manifest, or none",
                "选举说明中的清单哈希与附件不符",
            )

    def _check(self) -> None:
        n = len(self.candidates)
        possible = (
            0 < n == len({candidate.id for candidate in self.candidates})
            and 0 < self.seats <= n
            and self.min <= self.max <= n
            and self.max > 0
            and self.threshold > 0
            and self.least_ballots > 0
            and self.least_papers > 0
            and self.roll > 0
            and len({self.uuid, *(spare.uuid for spare in self.spares)}) == len(self.spares) + 1
        )
        if not possible:
            raise Refused("impossible-manifest", "the manifest's numbers do not fit together")


def _kind(value: Any) -> int:
    if type(value) is not int or value not in KINDS:
        raise Refused("unknown-kind", "a ballot's kind is 1, 2 or 3")
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused("wrong-type", "expected true or false", "应为真或假")
    return value


def _short(value: Any) -> str:
    text = string(value)
    if not 0 < len(text) <= _MOST_TEXT:
        raise Refused("wrong-length", f"expected a text of 1 to {_MOST_TEXT} characters")
    return text


def _number(most: int) -> Callable[[Any], int]:
    return lambda value: integer(value, most=most)


def _hash_or_none(value: Any) -> str | None:
    return None if value is None else hash_text(value)


def _candidates(value: Any) -> tuple[Candidate, ...]:
    read = (fields(one, "id", "name") for one in array(value, most=_MOST_CANDIDATES))
    return tuple(Candidate(_short(one["id"]), _short(one["name"])) for one in read)


def _method(value: Any) -> Method:
    read = fields(value, "id", "title", "hash")
    return Method(_short(read["id"]), _short(read["title"]), hash_text(read["hash"]))


def _spares(value: Any) -> tuple[Spare, ...]:
    read = (fields(one, "uuid", "credentials") for one in array(value, most=20))
    return tuple(Spare(uuid(one["uuid"]), hash_text(one["credentials"])) for one in read)


_READERS: dict[str, Callable[[Any], Any]] = {
    "uuid": uuid,
    "ballot_id": _short,
    "round": _number(100),
    "kind": _kind,
    "candidates": _candidates,
    "seats": _number(_MOST_CANDIDATES),
    "min": _number(_MOST_CANDIDATES),
    "max": _number(_MOST_CANDIDATES),
    "blank": _boolean,
    "recast": _boolean,
    "method": _method,
    "roll": _number(_MOST_DEPUTIES),
    "credentials": hash_text,
    "trustees": hash_text,
    "threshold": _number(100),
    "least_ballots": _number(_MOST_DEPUTIES),
    "least_papers": _number(_MOST_DEPUTIES),
    # A key has the form of a hash: 32 bytes in lowercase hexadecimal digits.
    "board_key": hash_text,
    "booth": _hash_or_none,
    "spares": _spares,
}
