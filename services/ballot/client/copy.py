"""Somebody's own copy of a board and its annex, which only ever grows.

What comes next is asked for together with the last that is there, and must continue it: both are
hash chains, so that the same end means the same beginning.  A board that is changed, shortened or
replaced is refused, and the copy stays as it was: it is the evidence.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.ballot.annex.chain import DECRYPTION_PROOFS, EXTRA_DECRYPTION, Chain
from services.ballot.belenios.archive import DATA, EVENT, Archive, Member, header_bytes
from services.ballot.belenios.board import PARTIAL_DECRYPTION, Board, Entry
from services.ballot.belenios.encoding import encoded
from services.ballot.belenios.encoding import uuid as uuid_of
from services.ballot.belenios.refused import Refused

from . import files
from .gateway import Service
from .trouble import Trouble

_NOTE = "copy-of-a-board"
_WHAT = ("本机副本的记录:副本有多长、验证到何处", "how long the copy is and how far it is verified")
_SHARE = (
    "留在本机;副本本身(.bel、.annex)可以公开",
    "keep it here; the copy itself (.bel, .annex) is public",
)
#: Board and annex are fetched one after the other: so often until they belong together.
_ATTEMPTS = 20


class Copy:
    """``<uuid>.bel``, ``<uuid>.annex`` and a note on them in a folder; all in memory as well.

    ``verified``: how many ballots of it were found good, before and in this process; ``sums``:
    the product of those of them that count.
    """

    def __init__(self, folder: Path, uuid: str) -> None:
        """Read what is there; Trouble if it is not what was written."""
        try:
            self.uuid = uuid_of(uuid)
        except Refused as exc:
            raise Trouble.of(exc) from exc
        self.archive_path = folder / f"{uuid}.bel"
        self.annex_path = folder / f"{uuid}.annex"
        self._note_path = folder / f"{uuid}.copy.json"
        self.timestamp: int | None = None
        self.members: list[Member] = []
        self.entries: list[Entry] = []
        self.board = Board()
        self.chain = Chain()
        self.verified, self.sums = 0, ""
        self._size, self._annex_size, self._digest = 0, 0, hashlib.sha256()
        self._read()

    @property
    def archive(self) -> Archive:
        """The archive; Trouble before anything was fetched."""
        if self.timestamp is None:
            raise Trouble(
                "no-copy", "尚无副本,请先跟踪公告板", "there is no copy: follow the board"
            )
        return Archive(self.timestamp, tuple(self.members))

    @property
    def archive_bytes(self) -> bytes:
        """The archive's file."""
        return self.archive.to_bytes()

    def update(self, service: Service) -> int:
        """Fetch what is new; how many members of the archive are.  Trouble if it does not follow.

        What follows is written to disk before it is judged: if it is bad, it is evidence.
        """
        before, lines = len(self.members), len(self.chain.lines)
        try:
            self._fetch(service)
        except Refused as exc:
            raise _changed(exc.zh, f"{exc.en} [{exc.code}]") from exc
        self._write(before, lines)
        return len(self.members) - before

    def note_verified(self, ballots: int, sums: str) -> None:
        """Remember that so many ballots, from the first on, are good, and their product."""
        if (ballots, sums) != (self.verified, self.sums):
            self.verified, self.sums = ballots, sums
            self._write_note()

    def _fetch(self, service: Service) -> None:
        for _ in range(_ATTEMPTS):
            self._fetch_board(service)
            self._fetch_annex(service)
            decryptions = sum(one.event.type == PARTIAL_DECRYPTION for one in self.entries)
            decryptions += len(self.chain.of(EXTRA_DECRYPTION))
            if decryptions == len(self.chain.of(DECRYPTION_PROOFS)):
                return
        raise Trouble(
            "annex-apart",
            "公告板与附件不一致:部分解密与补充证明数目不符",
            "board and annex do not belong together: decryptions lack their second proofs",
        )

    def _fetch_board(self, service: Service) -> None:
        while True:
            known = len(self.members)
            part = service.get(f"elections/{self.uuid}/board", after=max(0, known - 1))
            timestamp, found = int(part["timestamp"]), _members(part["members"], known)
            if self.timestamp not in (None, timestamp):
                raise _changed("档案头不同", "its header is another")
            self.timestamp = timestamp
            if known:
                _check_same(found[:1], self.members[-1:])
                found = found[1:]
            for member in found:
                self._take(member)
            if not part["left"]:
                self.board.check_nothing_waits()
                return
            if not found:
                raise _changed("公告板答复不完整", "it answers with nothing where more should be")

    def _fetch_annex(self, service: Service) -> None:
        while True:
            known = len(self.chain.lines)
            part = service.get(f"elections/{self.uuid}/annex-lines", after=max(0, known - 1))
            texts = list(part["lines"])
            if known:
                _check_same(texts[:1], [self.chain.lines[-1].text])
                texts = texts[1:]
            for text in texts:
                self.chain.take(text)
            if not part["left"]:
                return
            if not texts:
                raise _changed("附件答复不完整", "it answers with nothing where more should be")

    def _take(self, member: Member) -> None:
        entry = self.board.take(member)
        self.members.append(member)
        if entry:
            self.entries.append(entry)

    def _write(self, before: int, lines: int) -> None:
        if self.timestamp is None or (before, lines) == (len(self.members), len(self.chain.lines)):
            return
        pieces = [] if self._size else [header_bytes(self.timestamp)]
        pieces += [one.to_bytes(self.timestamp) for one in self.members[before:]]
        grown = b"".join(pieces)
        said = b"".join(encoded(one.text) + b"\n" for one in self.chain.lines[lines:])
        files.append(self.archive_path, grown, at=self._size)
        files.append(self.annex_path, said, at=self._annex_size)
        self._size += len(grown)
        self._annex_size += len(said)
        self._digest.update(grown)
        self._write_note()

    def _write_note(self) -> None:
        text = files.labelled(
            _NOTE,
            _WHAT,
            _SHARE,
            archive=self._size,
            annex=self._annex_size,
            verified=self.verified,
            sums=self.sums,
            sha256=self._digest.hexdigest(),
        )
        files.write(self._note_path, text, secret=False)

    def _read(self) -> None:
        if not self._note_path.exists():
            if self.archive_path.exists() or self.annex_path.exists():
                raise Trouble(
                    "foreign-copy",
                    f"{self.archive_path.parent} 中有不是本命令写的副本,请换一个文件夹",
                    "there is a copy that this command did not write: take another folder",
                )
            return
        names = ("archive", "annex", "verified", "sums", "sha256")
        note = files.read_fields(self._note_path, _NOTE, *names)
        data = self._own(self.archive_path, note["archive"])
        lines = self._own(self.annex_path, note["annex"])
        self._digest.update(data)
        if self._digest.hexdigest() != note["sha256"]:
            raise _damaged(self.archive_path)
        self._size, self._annex_size = len(data), len(lines)
        try:
            archive = Archive.from_bytes(data)
            self.timestamp = archive.timestamp
            for member in archive.members:
                self._take(member)
            self.chain = Chain.from_bytes(lines)
        except Refused as exc:
            raise _damaged(self.archive_path) from exc
        self.verified, self.sums = note["verified"], note["sums"]

    def _own(self, path: Path, size: int) -> bytes:
        """What this command wrote; what stands behind it is of a write that broke off."""
        try:
            data = path.read_bytes()[:size]
        except OSError as exc:
            raise _damaged(path) from exc
        if len(data) < size:
            raise _damaged(path)
        return data


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else works in this folder meanwhile; Trouble if somebody does."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as exc:
        raise Trouble(
            "folder-busy", f"另一命令正在使用 {folder}", "another command works in this folder"
        ) from exc
    finally:
        os.close(handle)


def _members(rows: list[Any], known: int) -> list[Member]:
    """The members of a part; ``known``: how many were there, of which the last comes again."""
    first = max(1, known)
    if [one["number"] for one in rows] != list(range(first, first + len(rows))):
        raise _changed("成员编号不连续", "its members are not numbered one after the other")
    if any(one["kind"] not in (DATA, EVENT) for one in rows):
        raise _changed("成员类型未知", "a member is neither datum nor event")
    return [Member(one["kind"], one["text"]) for one in rows]


def _check_same(theirs: list[Any], ours: list[Any]) -> None:
    if not theirs:
        raise _changed("公告板变短了", "it has become shorter than this copy")
    if theirs != ours:
        raise _changed("副本之后的内容与副本不相连", "it is another one than this copy is of")


def _changed(zh: str, en: str) -> Trouble:
    return Trouble(
        "board-changed",
        f"公告板与本机副本不符:{zh}。请保留副本,立即报告总监票人。",
        f"The board is not what it was: {en}. Keep this copy and tell the chief scrutineer.",
    )


def _damaged(path: Path) -> Trouble:
    return Trouble(
        "copy-damaged",
        f"本机副本 {path} 已损坏或被改动;请换一个文件夹重新跟踪",
        "this copy is damaged or was changed: follow again in another folder",
    )
