"""A photo over a line that is cut again and again, on real sockets."""

from __future__ import annotations

import hashlib
import json
import socket
from typing import Any

from deploy.local.environment import address
from deploy.local.system import System
from tests.services.commons.photos import samples

from .test_server import ask

PHOTO = samples.photo(samples.scene((1000, 800), seed=52))
NAME = hashlib.sha256(PHOTO).hexdigest()
PART = 4096


def test_an_upload_goes_on_where_the_line_was_cut(system: System) -> None:
    """Of each part half is lost with its connection; what had arrived whole stays."""
    token = system.minsheng("token", "--role", "deputy", "--subject", "phone").strip()
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": "key-12345",
        "Content-Type": "application/octet-stream",
    }

    def offset() -> int:
        status, _, answer = ask(system, "GET", f"/v1/uploads/{NAME}", headers=headers)
        assert status == 200, answer
        return int(json.loads(answer)["offset"])

    def path(at: int) -> str:
        return f"/v1/uploads/{NAME}/parts?offset={at}&size={len(PHOTO)}"

    def cut(at: int, part: bytes) -> None:
        lines = [f"POST {path(at)} HTTP/1.1", "Host: x", f"Content-Length: {len(part)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        where = address(system.env, "MINSHENG_GATEWAY_ADDRESS")
        with socket.create_connection(where, 30) as sock:
            sock.sendall("\r\n".join([*lines, "", ""]).encode() + part[: len(part) // 2])

    told: Any = None
    while (at := offset()) < len(PHOTO):
        part = PHOTO[at : at + PART]
        cut(at, part)
        assert offset() == at
        status, _, answer = ask(system, "POST", path(at), body=part, headers=headers)
        assert status == 200, answer
        told = json.loads(answer)
    assert len(PHOTO) > 3 * PART
    assert (told["offset"], told["file"]["sha256"]) == (len(PHOTO), NAME)
