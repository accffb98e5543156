"""Boards at the gateway: files put together of parts, written after their request was left."""

from __future__ import annotations

import contextvars
import threading
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from services.ballot.belenios.archive import Archive, Member

from .test_app import Gateway

UUID = "1A2B3C4D5E6F7G"
MEMBERS = [Member("data", f'"{number}"') for number in range(5)]
LINES = [f'{{"line":{number}}}' for number in range(5)]


class Boards(Gateway):
    """A gateway whose service gives two members or lines at once, and one more at the end."""

    def _call(self, service: str, method: str, *args: Any, context: Any, deadline: float) -> Any:
        self.calls.append((service, method, args, context))
        after = args[1]["after"]
        late = [Member("data", '"late"')] if after else []
        if method == "get_annex_part":
            lines = [*LINES, *(["{}"] if after else [])]
            found = lines[after : after + 2]
            return {"lines": found, "left": len(lines) - after - len(found)}
        members = [
            {"number": number, "kind": one.kind, "hash": one.hash, "text": one.text}
            for number, one in enumerate([*MEMBERS, *late], 1)
        ]
        part = members[after : after + 2]
        return {"timestamp": "17", "members": part, "left": len(members) - after - len(part)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("archive", Archive(17, tuple(MEMBERS)).to_bytes()),
        ("annex", "".join(line + "\n" for line in LINES).encode()),
    ],
)
def test_a_file_is_as_long_as_it_was_at_the_first_part(
    tmp_path: Path, name: str, expected: bytes
) -> None:
    """The server iterates it elsewhere than where the application ran, as eventlet's does."""
    gateway = Boards(tmp_path)
    environ = EnvironBuilder(path=f"/v1/elections/{UUID}/{name}").get_environ()
    response = contextvars.Context().run(Response.from_app, gateway.app, environ)
    written: list[bytes] = []

    def write() -> None:
        written.extend(response.iter_encoded())
        response.close()
        written.append(b"the end")

    server = threading.Thread(target=write)
    server.start()
    server.join()
    assert written[-1:] == [b"the end"] and b"".join(written[:-1]) == expected
    asked = [args[1]["after"] for _, _, args, _ in gateway.calls]
    assert asked == [0, 2, 4]
    assert len({context.request_id for *_, context in gateway.calls}) == 1
