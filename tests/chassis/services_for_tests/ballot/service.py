"""The ballot service whose relay never looks by itself, but only when it is woken."""

from __future__ import annotations

from services.ballot.service import BallotService
from services.chassis import relay

__all__ = ["BallotService"]

relay.IDLE = 3600.0
