"""The annex beside an archive (``<uuid>.annex``): signed lines, each naming the one before it.

A line is the canonical JSON (RFC 8785) of ``height``, ``parent`` (the SHA-256 of the line before,
absent at 0), ``type``, ``payload`` and ``signature``, which is the board's over the same without
``signature``.  Line 0 is the manifest, and with it the board's key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from nacl.signing import SigningKey

from services.ballot.belenios.encoding import (
    encoded,
    fields,
    hash_text,
    integer,
    loads,
    sha256_hex,
)
from services.ballot.belenios.refused import Refused
from services.commons.canonical import canonical

from . import signing
from .manifest import Manifest

MANIFEST = "manifest"
COMMITMENT = "commitment"
REHEARSAL = "rehearsal"
SPOILED = "spoiled"
WITHDRAWN = "withdrawn"
COSIGNED = "cosigned"
DECRYPTION_PROOFS = "decryption-proofs"
EXTRA_DECRYPTION = "extra-decryption"
REFUSED_DECRYPTION = "refused-decryption"
PAPER = "paper"
TYPES = (
    MANIFEST,
    COMMITMENT,
    REHEARSAL,
    SPOILED,
    WITHDRAWN,
    COSIGNED,
    DECRYPTION_PROOFS,
    EXTRA_DECRYPTION,
    REFUSED_DECRYPTION,
    PAPER,
)
#: Of one line, in bytes: decryption proofs of 600 factors in BELENIOS-2048 have 900 kB.
MOST_LINE_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``text`` without its newline, ``hash`` what the next one names as its parent."""

    height: int
    type: str
    payload: dict[str, Any]
    text: str
    hash: str


@dataclass
class Chain:
    """Takes an annex's lines one after the other, or makes the next ones."""

    last: Line | None = None
    board_key: str | None = None
    lines: list[Line] = field(default_factory=list)

    @classmethod
    def from_bytes(cls, data: bytes) -> Chain:
        """Read an annex; Refused if a line does not follow, is not signed, or is cut off."""
        chain = cls()
        try:
            *texts, rest = data.decode().split("\n")
        except UnicodeDecodeError as exc:
            raise Refused("not-unicode", "the annex is no Unicode text") from exc
        if rest or not texts:
            raise Refused("truncated", "the annex ends in the middle of a line", "附件在行中间截断")
        for text in texts:
            chain.take(text)
        return chain

    @classmethod
    def resumed(cls, last: str, board_key: str) -> Chain:
        """A chain whose newest line, known to be good, has this text."""
        chain = cls(board_key=board_key)
        chain.last = _read(text=last)[0]
        return chain

    @property
    def manifest(self) -> Manifest:
        """What the first line says; Refused if that has not been taken."""
        if not self.lines:
            raise Refused("no-manifest", "the annex does not begin with a manifest")
        return Manifest.from_data(self.lines[0].payload)

    def of(self, type_: str) -> list[dict[str, Any]]:
        """The payloads of one type."""
        return [line.payload for line in self.lines if line.type == type_]

    def take(self, text: str) -> Line:
        """The next line; Refused if it is not."""
        line, parent, signature = _read(text)
        if (line.height, parent) != self._next():
            raise Refused(
                "broken-chain",
                f"the annex's line {line.height} does not follow the one before it",
                f"附件第 {line.height} 行与前一行不相连",
            )
        if (line.type == MANIFEST) != (line.height == 0):
            raise Refused("out-of-sequence", "an annex has one manifest, on its first line")
        if self.board_key is None:
            self.board_key = Manifest.from_data(line.payload).board_key
        signing.check(
            self.board_key, _signed(line.height, parent, line.type, line.payload), signature
        )
        self.last = line
        self.lines.append(line)
        return line

    def append(self, type_: str, payload: dict[str, Any], key: SigningKey) -> str:
        """Make the next line, its text without a newline."""
        height, parent = self._next()
        signed = _signed(height, parent, type_, payload)
        data = _data(height, parent, type_, payload) | {"signature": signing.sign(key, signed)}
        return self.take(canonical(data)).text

    def to_bytes(self) -> bytes:
        """The annex's file."""
        return written(line.text for line in self.lines)

    def _next(self) -> tuple[int, str | None]:
        return (0, None) if self.last is None else (self.last.height + 1, self.last.hash)


def written(texts: Iterable[str]) -> bytes:
    """The annex's file, of the texts of its lines."""
    return b"".join(encoded(text) + b"\n" for text in texts)


def _read(text: str) -> tuple[Line, str | None, Any]:
    """A line by itself, its parent and its signature."""
    data = loads(text, most=MOST_LINE_BYTES)
    read = fields(data, "height", "type", "payload", "signature", optional=("parent",))
    if not _is_canonical(data, text):
        raise Refused("not-canonical", "a line of the annex is not in canonical form")
    if read["type"] not in TYPES or not isinstance(read["payload"], dict):
        raise Refused("unknown-line", "the annex has a line of another type")
    parent = hash_text(read["parent"]) if "parent" in read else None
    height = integer(read["height"])
    line = Line(height, read["type"], read["payload"], text, sha256_hex(encoded(text)))
    return line, parent, read["signature"]


def _is_canonical(data: Any, text: str) -> bool:
    try:
        return canonical(data) == text
    except ValueError:  # lone surrogates, escaped
        return False


def _data(height: int, parent: str | None, type_: str, payload: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {} if parent is None else {"parent": parent}
    return data | {"height": height, "type": type_, "payload": payload}


def _signed(height: int, parent: str | None, type_: str, payload: dict[str, Any]) -> bytes:
    return encoded(canonical(_data(height, parent, type_, payload)))
