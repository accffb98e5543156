"""A ballot service with boards of two parts; what ``uuid`` begins with says how the second is."""

from __future__ import annotations

from typing import Any

from services.chassis.rpc import rpc

Json = dict[str, Any]
PIECE = "合成" * 1000


class PartedBallot:
    """The service."""

    name = "ballot"

    @rpc
    def get_board_part(self, uuid: str, params: Json) -> Json:
        """One member, and another."""
        found = _part(uuid, params, {"number": 1, "kind": "data", "hash": "", "text": PIECE})
        return {"timestamp": "1677000000", "members": found, "left": 1 - params["after"]}

    @rpc
    def get_annex_part(self, uuid: str, params: Json) -> Json:
        """One line, and another."""
        return {"lines": _part(uuid, params, PIECE), "left": 1 - params["after"]}


def _part(uuid: str, params: Json, item: Any) -> list[Any]:
    if params["after"] and uuid.startswith("broken"):
        raise RuntimeError("合成秘密")
    return [] if params["after"] and uuid.startswith("short") else [item]
