"""Where a ballot stands: by its tracker or its receipt, in a copy of the archive, offline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.ballot.annex.chain import Chain
from services.ballot.annex.receipt import Receipt
from services.ballot.belenios.archive import Archive, is_archive
from services.ballot.belenios.ballot import Ballot
from services.ballot.belenios.board import BALLOT, SETUP, Board, Entry
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import encoded, sha256_base64
from services.ballot.belenios.refused import Refused

from . import files
from .trouble import Trouble


@dataclass(frozen=True)
class Place:
    """``height`` and ``event``: of the ballot's event; ``replaced``: a later one counts instead.

    ``commitment``: of the ballot that stands there, computed of its text: it must be the one that
    its voter was shown before she chose to cast.
    """

    uuid: str
    tracker: str
    height: int
    event: str
    replaced: bool
    commitment: str

    def check(self, commitment: str) -> None:
        """Trouble unless this is the ballot whose commitment was shown."""
        check_commitment(self.commitment, commitment)


def find(archive: Path, tracker: str) -> Place | None:
    """Where the ballot with this tracker stands in an archive; None if it does not."""
    entries = _entries(archive)
    election = Election.from_text(entries[0].referred[0].text)
    ballots = [one for one in entries if one.event.type == BALLOT]
    found = [one for one in ballots if sha256_base64(encoded(one.text)) == tracker]
    if not found:
        return None
    (entry,) = found
    ballot = Ballot.from_text(entry.text, election)
    later = ballots[ballots.index(entry) + 1 :]
    voters = (Ballot.from_text(one.text, election).credential for one in later)
    return Place(
        election.uuid,
        tracker,
        entry.event.height,
        entry.hash,
        ballot.credential in voters,
        ballot.unsigned_hash,
    )


def check_commitment(found: str, shown: str) -> None:
    """Trouble unless what stands on the board is what was shown before the choice to cast."""
    if found != shown.strip():
        raise Trouble(
            "other-commitment",
            f"投出的不是事先显示的那张票:公告板上的承诺码为 {found}。"
            "这台设备不可信,请立即报告监票人,并换设备重新投票",
            f"another ballot was cast than the one you were shown ({found} stands on the board):"
            " this device cheats; tell a scrutineer, and vote again with another one",
        )


def election_text(archive: Path) -> str:
    """The election of an archive, as it stands there."""
    return _entries(archive)[0].referred[0].text


def check_receipt(receipt: Path, archive: Path, annex: Path) -> Place:
    """The place that a receipt promises; Trouble if the board did not keep its word."""
    text = files.read(receipt).strip()
    try:
        read = Receipt.from_text(text)
        chain = Chain.from_bytes(files.read(annex).encode())
        read.check(chain.manifest.board_key)
    except Refused as exc:
        raise Trouble.of(exc, about_zh=f"{receipt}:", about_en=f"{receipt}: ") from exc
    place = find(archive, read.tracker)
    if place is None or (place.uuid, place.height, place.event) != (
        read.uuid,
        read.height,
        read.event,
    ):
        raise Trouble(
            "receipt-broken",
            f"公告板曾为 {read.tracker} 出具回执,但其不在该处;请连同回执报告监票人",
            "the board gave this receipt, and the ballot does not stand there: tell a scrutineer",
        )
    return place


def _entries(path: Path) -> list[Entry]:
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise Trouble("no-file", f"无法读取 {path}", f"cannot be read: {exc.strerror}") from exc
    if not is_archive(data):
        raise Trouble("not-an-archive", f"{path} 不是 Belenios 档案", "this is no Belenios archive")
    try:
        board = Board()
        entries = [one for one in map(board.take, Archive.from_bytes(data).members) if one]
    except Refused as exc:
        raise Trouble.of(exc, about_zh=f"{path}:", about_en=f"{path}: ") from exc
    if not entries or entries[0].event.type != SETUP:
        raise Trouble("no-setup", f"{path} 尚无票决", "the archive has no election yet")
    return entries
