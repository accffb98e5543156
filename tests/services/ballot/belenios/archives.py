"""The archives that Belenios' own tools made, and ways to spoil one."""

from __future__ import annotations

from pathlib import Path

from services.ballot.belenios.archive import Archive
from services.ballot.belenios.board import Board, Entry

VECTORS = Path(__file__).parent / "vectors"
#: By Debian's 2.0 (three trustees who all decrypt), and by 3.3.0 (two of three).
SINGLE_2048 = VECTORS / "belenios2048-single-5ballots.bel"
THRESHOLD_2048 = VECTORS / "belenios2048-threshold-2of3-100ballots.bel"
THRESHOLD_ED25519 = VECTORS / "ed25519-threshold-2of3-100ballots.bel"
ARCHIVES = (SINGLE_2048, THRESHOLD_2048, THRESHOLD_ED25519)


def entries(data: bytes) -> list[Entry]:
    """The events of an archive with their data."""
    board = Board()
    return [entry for entry in map(board.take, Archive.from_bytes(data).members) if entry]


def texts(entry: Entry) -> list[str]:
    """An event's data, its payload last, as ``Board.append`` takes them."""
    payload = [entry.payload] if entry.payload else []
    return [member.text for member in (*entry.referred, *payload)]
