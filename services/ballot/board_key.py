"""The key of an election's board: it signs receipts and the annex, and lies sealed in the database.

What was sealed is opened only where something is signed.
"""

from __future__ import annotations

from nacl.signing import SigningKey

from services.chassis.secretbox import Keys

from .model.election import Election


def seal(key: SigningKey, keys: Keys) -> bytes:
    """A board's key as it may be stored."""
    return keys.seal(bytes(key).hex())


def unseal(election: Election, keys: Keys) -> SigningKey:
    """The key of an election's board; BadSetting if none of the service's keys opens it."""
    return SigningKey(bytes.fromhex(keys.open(election.board_key)))
