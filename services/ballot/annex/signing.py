"""Ed25519 signatures of the board (RFC 8032), in hexadecimal digits.

Not to be confused with the group of that name: a board signs with a key of its own, and what it
signs proves that it was said, never how somebody voted.
"""

from __future__ import annotations

import re

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from services.ballot.belenios.refused import Refused

_SIGNATURE = re.compile(r"[0-9a-f]{128}", re.ASCII)
_KEY = re.compile(r"[0-9a-f]{64}", re.ASCII)


def public(key: SigningKey) -> str:
    """The key that others verify with."""
    return bytes(key.verify_key).hex()


def sign(key: SigningKey, message: bytes) -> str:
    """The signature."""
    return key.sign(message).signature.hex()


def check(board_key: str, message: bytes, signature: object) -> None:
    """Refused unless this is the key's signature of the message."""
    if not _KEY.fullmatch(board_key):
        raise Refused("bad-key", "the board's key is not 32 bytes in hexadecimal digits")
    if not isinstance(signature, str) or not _SIGNATURE.fullmatch(signature):
        raise _bad()
    try:
        VerifyKey(bytes.fromhex(board_key)).verify(message, bytes.fromhex(signature))
    except (CryptoError, ValueError) as exc:
        raise _bad() from exc


def _bad() -> Refused:
    return Refused(
        "bad-signature", "this is no signature of the board's key", "签名与公告板密钥不符"
    )
