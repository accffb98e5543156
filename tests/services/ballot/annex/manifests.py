"""A made-up manifest and the key of a made-up board."""

from __future__ import annotations

from typing import Any

from nacl.signing import SigningKey

from services.ballot.annex import signing
from services.ballot.annex.copying import SOME
from services.ballot.annex.manifest import Candidate, Manifest, Method

KEY = SigningKey(bytes(range(32)))


def manifest(**changes: Any) -> Manifest:
    """13 projects of which at most 10 are chosen, by 45 deputies."""
    values: dict[str, Any] = {
        "uuid": "uTRT9mVxBfxQEG",
        "ballot_id": "6e1e7f5c-4a2c-4d6e-9d0f-3a2b1c0d9e8f",
        "round": 1,
        "kind": SOME,
        "candidates": tuple(Candidate(str(i), f"示例项目{i}") for i in range(1, 14)),
        "seats": 10,
        "min": 0,
        "max": 10,
        "blank": False,
        "recast": True,
        "method": Method("example", "示例票决办法", "0" * 64),
        "roll": 45,
        "credentials": "1" * 64,
        "trustees": "2" * 64,
        "threshold": 2,
        "least_ballots": 5,
        "least_papers": 2,
        "board_key": signing.public(KEY),
    }
    return Manifest(**values | changes)
