"""The receipt: the board's signed word that a ballot stands on it, and where.

It holds a tracker and a place, nothing of what was chosen.  Whoever has one can show that a board
without that ballot is not the board that took it.
"""

from __future__ import annotations

import base64
import re
from dataclasses import asdict, dataclass
from typing import Any

from nacl.signing import SigningKey

from services.ballot.belenios.board import BALLOT, Entry, Event
from services.ballot.belenios.encoding import (
    encoded,
    fields,
    hash_text,
    integer,
    loads,
    sha256_hex,
    string,
    uuid,
)
from services.ballot.belenios.refused import Refused
from services.commons.canonical import canonical

from . import signing

_TRACKER = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]", re.ASCII)
_MOST_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Receipt:
    """``height``, ``parent``: of the Ballot event, whose hash is ``event``."""

    uuid: str
    tracker: str
    height: int
    parent: str
    event: str
    signature: str

    @classmethod
    def made(cls, uuid: str, entry: Entry, key: SigningKey) -> Receipt:
        """The receipt for a ballot that was put on the board of this election."""
        event = entry.event
        if event.type != BALLOT or event.parent is None or event.payload is None:
            raise ValueError("receipts are given for ballots")
        tracker = _tracker(event.payload)
        signature = signing.sign(key, _signed(uuid, tracker, event.height, event.parent))
        return cls(uuid, tracker, event.height, event.parent, entry.hash, signature)

    @classmethod
    def from_text(cls, text: str) -> Receipt:
        """Read one; Refused unless it names an event that can be."""
        read = fields(
            loads(text, most=_MOST_BYTES),
            *("uuid", "tracker", "height", "parent", "event", "signature"),
        )
        receipt = cls(
            uuid(read["uuid"]),
            string(read["tracker"]),
            integer(read["height"]),
            hash_text(read["parent"]),
            hash_text(read["event"]),
            string(read["signature"]),
        )
        if not _TRACKER.fullmatch(receipt.tracker):
            raise Refused("bad-tracker", "this is no tracker", "不是合法的追踪号")
        if receipt.event != receipt._event_hash():
            raise Refused("wrong-event", "the receipt's event is not this tracker's at this place")
        return receipt

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return asdict(self)

    def to_text(self) -> str:
        """Its canonical JSON."""
        return canonical(self.to_data())

    def check(self, board_key: str) -> None:
        """Refused unless the board of this key gave it."""
        signed = _signed(self.uuid, self.tracker, self.height, self.parent)
        signing.check(board_key, signed, self.signature)

    def _event_hash(self) -> str:
        payload = base64.b64decode(self.tracker + "=").hex()
        return sha256_hex(Event(self.parent, self.height, BALLOT, payload).to_text().encode())


def _tracker(payload: str) -> str:
    """The unpadded base64 of what the archive writes in hexadecimal digits."""
    return base64.b64encode(bytes.fromhex(payload)).decode().rstrip("=")


def _signed(uuid: str, tracker: str, height: int, parent: str) -> bytes:
    return encoded(f"minsheng-receipt-1|{uuid}|{tracker}|{height}|{parent}")
