"""The HTTP server in the nameko container, on real sockets: slow, broken and large requests."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from deploy.local.environment import address
from deploy.local.system import System

#: As ``tests/conftest.py`` sets it for this system.
BODY_LIMIT = 100_000


def connect(system: System) -> http.client.HTTPConnection:
    """A connection to the gateway."""
    host, port = address(system.env, "MINSHENG_GATEWAY_ADDRESS")
    return http.client.HTTPConnection(host, port, timeout=40)


def ask(system: System, method: str, path: str, **kwargs: Any) -> tuple[int, Any, bytes]:
    """One request on a connection of its own: status, headers, body."""
    connection = connect(system)
    try:
        connection.request(method, path, **kwargs)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def raw(system: System, data: bytes) -> bytes:
    """Send bytes as they are and read until the other side closes."""
    with socket.create_connection(address(system.env, "MINSHENG_GATEWAY_ADDRESS"), 10) as sock:
        found = b""
        # What was not read before the answer makes the other side's close a reset.
        with contextlib.suppress(OSError):
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
            while chunk := sock.recv(65536):
                found += chunk
        return found


def headers(system: System, **more: str) -> dict[str, str]:
    """Of a POST by the office."""
    token = system.minsheng("token", "--role", "clerk", "--subject", "me").strip()
    base = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": os.urandom(8).hex(),
        "Content-Type": "application/json",
    }
    return base | more


def test_a_chunked_body_is_read(system: System) -> None:
    """Transfer-Encoding: chunked arrives whole, and not as an empty body."""
    body = [b'{"code": "chunk', b'ed", "name"', b': "x"}']
    status, _, answer = ask(
        system,
        "POST",
        "/v1/aspects",
        body=iter(body),
        headers=headers(system),
        encode_chunked=True,
    )
    assert status in (201, 409), answer


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_413(system: System, chunked: bool) -> None:
    """Refused by its declared length, or as soon as more than the limit has come."""
    body: Any = b"x" * (BODY_LIMIT + 1)
    status, found, _ = ask(
        system,
        "POST",
        "/v1/aspects",
        body=iter([body]) if chunked else body,
        headers=headers(system),
        encode_chunked=chunked,
    )
    assert status == 413 and found["Content-Type"] == "application/problem+json"


def test_fifty_slow_uploads_stop_nobody(system: System) -> None:
    """A body is read before it takes a worker, so others are answered meanwhile."""
    where = address(system.env, "MINSHENG_GATEWAY_ADDRESS")
    slow = [socket.create_connection(where, 10) for _ in range(50)]
    try:
        for sock in slow:
            sock.sendall(b"POST /v1/aspects HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        began = time.monotonic()
        assert ask(system, "GET", "/v1/aspects")[0] == 200
        assert time.monotonic() - began < 2
    finally:
        for sock in slow:
            sock.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /v1/aspects HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nshort",
        b"POST /v1/aspects HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /v1/aspects HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_broken_requests_get_a_4xx_and_harm_nobody(system: System, sent: bytes) -> None:
    """Cut, malformed and endless requests; the next one is answered."""
    answer = raw(system, sent)
    assert answer == b"" or answer.split(b" ", 2)[1][:1] == b"4", answer[:200]
    assert ask(system, "GET", "/v1/aspects")[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "//v1//aspects", 404),
        ("BREW", "/v1/aspects", 405),
        ("TRACE", "/v1/aspects", 405),
        ("GET", "/v1/units/no-uuid", 404),
        ("GET", "/v1/aspects?limit=0", 422),
        ("GET", "/v1/aspects?unknown=1", 422),
        ("GET", "/v1/%ff", 404),
        ("GET", f"/v1/units?cursor={'%F0%A0%80%80' * 1000}", 422),
    ],
)
def test_what_does_not_exist_is_a_problem(
    system: System, method: str, path: str, status: int
) -> None:
    """No page of a framework's own, whatever the method or path."""
    found, head, _ = ask(system, method, path)
    assert (found, head["Content-Type"]) == (status, "application/problem+json")


def test_head_and_the_root_answer(system: System) -> None:
    """HEAD has the headers of GET and no body; / says where the documents are."""
    status, _, body = ask(system, "HEAD", "/v1/aspects")
    assert (status, body) == (200, b"")
    assert ask(system, "GET", "/")[0] == 200


def test_many_requests_go_over_one_connection(system: System) -> None:
    """Keep-alive, also after a problem."""
    connection = connect(system)
    for path, status in (("/v1/aspects", 200), ("/nowhere", 404), ("/v1/aspects", 200)):
        connection.request("GET", path)
        response = connection.getresponse()
        assert (response.status, response.read() != b"") == (status, True)
    connection.close()


def test_a_stop_lets_answers_finish_and_the_gateway_returns(system: System) -> None:
    """SIGTERM under load: a request is answered whole or refused whole; then it is back."""
    outcomes: list[int | None] = []
    stop = threading.Event()

    def client() -> None:
        while not stop.is_set():
            try:
                status, head, body = ask(system, "GET", "/v1/aspects?limit=1")
                complete = len(body) == int(head["Content-Length"])
                outcomes.append(status if complete else None)
            except ConnectionError:
                time.sleep(0.05)  # refused as a whole: nobody listens
            except http.client.RemoteDisconnected:
                time.sleep(0.05)
            except http.client.HTTPException:
                outcomes.append(None)

    threads = [threading.Thread(target=client) for _ in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    before = pid_of(system, "gateway")
    os.kill(before, signal.SIGTERM)
    end = time.monotonic() + 30
    while outcomes[-1:] != [200] or not returned(system, before):
        assert time.monotonic() < end, outcomes[-20:]
        time.sleep(0.1)
    stop.set()
    for thread in threads:
        thread.join()
    assert set(outcomes) <= {200, 503}, outcomes
    assert ask(system, "GET", "/v1/aspects")[0] == 200


def returned(system: System, before: int) -> bool:
    """Whether another gateway runs in the place of process ``before``."""
    try:
        return pid_of(system, "gateway") != before
    except LookupError:
        return False


def pid_of(system: System, module: str) -> int:
    """The process of this system that runs ``python -m module``."""
    folder = f"MINSHENG_DATA_DIR={system.env['MINSHENG_DATA_DIR']}".encode()
    for entry in Path("/proc").iterdir():
        try:
            ours = entry.name.isdigit() and folder in (entry / "environ").read_bytes().split(b"\0")
            if ours and (entry / "cmdline").read_bytes().endswith(f"-m\0{module}\0".encode()):
                return int(entry.name)
        except OSError:
            continue
    raise LookupError(module)
