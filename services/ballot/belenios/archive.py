"""The public archive of an election (``<uuid>.bel``): an old-style tar that only ever grows.

Specification, section "Public data".  A header member ``BELENIOS`` comes first, then data and
events, each named by the SHA-256 of its contents.  The bytes are fixed, so that a copy can be
compared with another by its prefix: no ``ustar`` magic, modes and owners of seven octal digits,
every time the header's (which also hides when a ballot came), and no blocks that end an archive.
What would not be written again as the same bytes is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .encoding import canonical, dumps, encoded, fields, sha256_hex, string
from .refused import Refused

#: Of one member, in bytes: a roll of 10,000 credentials in BELENIOS-2048 has 6.3 MB.
MOST_MEMBER_BYTES = 32_000_000
DATA, EVENT = "data", "event"

_BLOCK = 512
_HEADER_NAME = "BELENIOS"
_NAME = re.compile(r"[0-9a-f]{64}\.(data|event)\.json", re.ASCII)
_SIZE = re.compile(rb"[0-7]{11}")
_TIMESTAMP = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_TIMES = 8**11  # how many eleven octal digits write


@dataclass(frozen=True)
class Member:
    """A datum or an event; ``kind`` is ``data`` or ``event``."""

    kind: str
    text: str

    @cached_property
    def body(self) -> bytes:
        """Its bytes."""
        return encoded(self.text)

    @cached_property
    def hash(self) -> str:
        """What others refer to it by, in hexadecimal digits."""
        return sha256_hex(self.body)

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.hash}.{self.kind}.json"

    def to_bytes(self, timestamp: int) -> bytes:
        """What it adds to an archive whose header has this timestamp."""
        return _written(self.name, self.body, timestamp)


@dataclass(frozen=True)
class Archive:
    """An archive as it stands; ``timestamp`` is its header's, seconds since 1970 in UTC."""

    timestamp: int
    members: tuple[Member, ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> Archive:
        """Read one; Refused unless writing it would give the same bytes."""
        timestamp, offset = _read_header(data)
        return cls(timestamp, tuple(_read_members(data, offset, timestamp)))

    def to_bytes(self) -> bytes:
        """Write it."""
        return b"".join(written(self.timestamp, self.members))


def is_archive(data: bytes) -> bool:
    """Whether this begins as an archive does; all else is for ``Archive.from_bytes``."""
    return data[: len(_HEADER_NAME) + 1] == _HEADER_NAME.encode() + b"\0"


def written(timestamp: int, members: Iterable[Member]) -> Iterator[bytes]:
    """An archive piece by piece: its header, then each member."""
    yield header_bytes(timestamp)
    for member in members:
        yield member.to_bytes(timestamp)


def header_bytes(timestamp: int) -> bytes:
    """The bytes that an archive begins with; append ``Member.to_bytes`` one after the other."""
    text = dumps({"version": 1, "timestamp": str(timestamp)})
    return _written(_HEADER_NAME, text.encode(), timestamp)


def _written(name: str, body: bytes, timestamp: int) -> bytes:
    padding = bytes(-len(body) % _BLOCK)
    return _tar_header(name, len(body), timestamp) + body + padding


def _tar_header(name: str, size: int, timestamp: int) -> bytes:
    """One block; the checksum is taken with blanks in its own place."""
    before = name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2
    before += b"%011o\0%011o\0" % (size, timestamp)
    total = sum(before) + 8 * ord(" ") + ord("0")
    return (before + b"%06o\0 " % total + b"0").ljust(_BLOCK, b"\0")


def _read_header(data: bytes) -> tuple[int, int]:
    if not is_archive(data):
        raise Refused("not-an-archive", "this is no Belenios archive", "不是 Belenios 档案")
    _, body, offset = _read(data, 0)
    read = fields(canonical(_text(body), most=1000), "version", "timestamp")
    timestamp = string(read["timestamp"])
    if type(read["version"]) is not int or read["version"] != 1:
        raise Refused("unsupported-version", "this archive's version is not 1", "档案版本不是 1")
    if not _TIMESTAMP.fullmatch(timestamp) or int(timestamp) >= _TIMES:
        raise Refused("bad-timestamp", "the archive's timestamp must be a string of digits")
    if header_bytes(int(timestamp)) != data[:offset]:
        raise _otherwise(_HEADER_NAME)
    return int(timestamp), offset


def _read_members(data: bytes, offset: int, timestamp: int) -> Iterator[Member]:
    while offset < len(data):
        name, body, end = _read(data, offset)
        found = _NAME.fullmatch(name)
        if not found:
            raise Refused("bad-member", "a member of the archive has no name that may stand there")
        member = Member(found[1], _text(body))
        if member.name != name:
            raise Refused(
                "wrong-name",
                f"{name} is not named by the SHA-256 of its contents",
                f"{name} 的文件名与内容的 SHA-256 不符",
            )
        if member.to_bytes(timestamp) != data[offset:end]:
            raise _otherwise(name)
        yield member
        offset = end


def _read(data: bytes, offset: int) -> tuple[str, bytes, int]:
    """Name and contents of the member at this offset, and where the next one begins."""
    block = data[offset : offset + _BLOCK]
    if len(block) < _BLOCK:
        raise _truncated()
    if not any(block):
        raise Refused("end-of-archive", "an archive has no blocks of zeros", "档案中不应有全零块")
    if not _SIZE.fullmatch(block[124:135]):
        raise Refused("bad-member", "a member's size is not eleven octal digits")
    size = int(block[124:135], 8)
    if size > MOST_MEMBER_BYTES:
        raise Refused("too-long", f"a member is longer than {MOST_MEMBER_BYTES} bytes")
    start, end = offset + _BLOCK, offset + _BLOCK + size + -size % _BLOCK
    if end > len(data):
        raise _truncated()
    name = block[:100].rstrip(b"\0").decode("ascii", "replace")
    return name, data[start : start + size], end


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as exc:
        raise Refused("not-unicode", "this is no Unicode text", "不是合法的 Unicode 文本") from exc


def _truncated() -> Refused:
    return Refused(
        "truncated", "the archive ends in the middle of a member", "档案在某个成员中间截断"
    )


def _otherwise(name: str) -> Refused:
    return Refused(
        "not-canonical",
        f"the bytes of {name} are not those that Belenios writes",
        f"{name} 的字节与 Belenios 的写法不符",
    )
