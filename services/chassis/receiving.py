"""Files that arrive in parts, over a line that breaks: each is kept, whoever receives the next.

A file is known by the hash that its sender declares, so no session has to be remembered: what is
there of it tells where to go on.  Parts are kept per sender, so nobody can spoil another's; what
nobody completes goes after a day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import time
from dataclasses import dataclass
from typing import Any

import obstore

from services.commons import clock
from services.commons.errors import Conflict, Invalid, ServiceError, TooMany
from services.commons.photos import refusals

from .files import About, Files
from .settings import Settings

#: How long parts wait for the next, and how often it is looked which have waited too long.
KEPT, SWEPT = dt.timedelta(days=1), 600.0
#: Files that one sender may have begun; bytes that a part has at least, unless it is the last.
BEGUN, SMALLEST = 20, 4096

_PARTS = "parts/"


@dataclass(frozen=True)
class Arrival:
    """How far a file has come: its next byte is ``offset``; ``about``: once it is whole."""

    sha256: str
    size: int | None
    offset: int
    about: About | None


class Receiving(Files):
    """The store of files, as the gateway fills it part by part."""

    def __init__(self, settings: Settings, store: Any = None) -> None:
        super().__init__(settings, store)
        self._swept = 0.0

    def arrived(self, sender: str, sha256: str) -> Arrival:
        """How far a sender's file has come."""
        about = self.describe(sha256)
        if about:
            return Arrival(sha256, about.size, about.size, about)
        parts = self._parts(sender, sha256)
        return Arrival(sha256, None, _end(parts), None)

    def take(self, sender: str, sha256: str, part: bytes, *, offset: int, size: int) -> Arrival:
        """Keep a part of a file of ``size`` bytes; with the last one the whole is examined.

        Raises Conflict where another part is awaited, TooLarge, TooMany; Invalid or Unsupported if
        the whole is not what was declared, or not taken: then all of it is dropped.
        """
        arrival = self.arrived(sender, sha256)
        if arrival.about:
            return arrival
        if size > self._settings.upload_limit:
            raise refusals.too_large(self._settings.upload_limit)
        end = offset + len(part)
        if offset != arrival.offset:
            raise _elsewhere(arrival.offset)
        if end > size or (end < size and len(part) < SMALLEST):
            raise _misfit()
        if offset == 0:
            self._make_room(sender)
        # Nothing more comes of a file that is all here, and that could not be kept when it was.
        path = f"{_folder(sender, sha256)}{offset:012d}"
        if part and not self._create(path, part):
            # Another of this sender's connections was faster.
            raise _elsewhere(self.arrived(sender, sha256).offset)
        if end < size:
            return Arrival(sha256, size, end, None)
        return self._whole(sender, sha256, size)

    def _whole(self, sender: str, sha256: str, size: int) -> Arrival:
        parts = self._parts(sender, sha256)
        digest = hashlib.sha256()
        with tempfile.TemporaryFile() as file:
            for path, _ in parts:
                piece = self._read(path) or b""
                digest.update(piece)
                file.write(piece)
            try:
                if digest.hexdigest() != sha256:
                    raise _other_bytes()
                about = self.store(file)
            except ServiceError as exc:
                if exc.kind != "unavailable":
                    self._drop(parts)
                raise
        self._drop(parts)
        return Arrival(sha256, size, size, about)

    def _parts(self, sender: str, sha256: str) -> list[tuple[str, int]]:
        """The paths and sizes of what is there, in order."""
        found = self._listed(_folder(sender, sha256))
        return sorted((one["path"], one["size"]) for one in found)

    def _make_room(self, sender: str) -> None:
        """Sweep now and then, and let nobody begin without end."""
        if time.monotonic() - self._swept > SWEPT or self._swept == 0.0:
            self._swept = time.monotonic()
            late = clock.now() - KEPT
            stale = [one for one in self._listed(_PARTS) if one["last_modified"] < late]
            self._drop([(one["path"], one["size"]) for one in stale])
        begun = {one["path"].split("/")[2] for one in self._listed(_folder(sender))}
        if len(begun) >= BEGUN:
            raise TooMany(
                "uploads-unfinished",
                f"finish one of the {BEGUN} files that you have begun to upload",
                f"已有 {BEGUN} 个文件尚未传完,请先传完其中之一",
            )

    def _listed(self, prefix: str) -> list[dict[str, Any]]:
        chunks = self._do(lambda: list(obstore.list(self._store, prefix)))
        return [dict(one) for chunk in chunks for one in chunk]

    def _drop(self, parts: list[tuple[str, int]]) -> None:
        # The last first: what is left of a file that is being dropped still begins at its start.
        for path, _ in reversed(parts):
            self.drop(path)


def _folder(sender: str, sha256: str | None = None) -> str:
    """Where a sender's parts are; her name stands there as a hash."""
    who = hashlib.sha256(b"minsheng-sender|" + sender.encode()).hexdigest()
    return f"{_PARTS}{who}/" + (f"{sha256}/" if sha256 else "")


def _end(parts: list[tuple[str, int]]) -> int:
    """How many bytes have come without a gap."""
    end = 0
    for path, size in parts:
        if int(path.rsplit("/", 1)[-1]) != end:
            break
        end += size
    return end


def _elsewhere(offset: int) -> Conflict:
    return Conflict(
        "part-elsewhere",
        f"go on at byte {offset}",
        f"请从第 {offset} 字节继续上传",
        [{"pointer": "/offset", "detail": str(offset)}],
    )


def _misfit() -> Invalid:
    return Invalid(
        "part-misfit",
        f"a part ends within the file, and has {SMALLEST} bytes at least unless it is the last",
        f"分片不得超出文件;除最后一片外,每片至少 {SMALLEST} 字节",
    )


def _other_bytes() -> Invalid:
    return Invalid(
        "digest-mismatch",
        "the bytes that arrived are not those of the declared SHA-256; send the file again",
        "收到的内容与所声明的 SHA-256 不符,请重新上传",
    )
