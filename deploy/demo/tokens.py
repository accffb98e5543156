"""Tokens of the demo's people, signed with the system's development key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jwt


class Tokens:
    """Makes tokens like ``sample``, which ``minsheng token`` printed, for other people.

    Over five hundred deputies act for themselves; to start a command for each would take minutes.
    ``data_dir``: where that system keeps its development key.
    """

    def __init__(self, sample: str, data_dir: Path) -> None:
        self._header = jwt.get_unverified_header(sample)
        self._claims: dict[str, Any] = jwt.decode(sample, options={"verify_signature": False})
        self._key = (data_dir / "development-key.pem").read_text("ascii")
        self._made: dict[tuple[str, tuple[str, ...]], str] = {}

    def of(self, subject: str, roles: tuple[str, ...]) -> str:
        """The token of a subject with these roles; the same each time."""
        known = self._made.get((subject, roles))
        if known:
            return known
        claims = self._claims | {"sub": subject, "roles": list(roles)}
        kid = {"kid": self._header["kid"]}
        token = jwt.encode(claims, self._key, self._header["alg"], headers=kid)
        self._made[subject, roles] = token
        return token
