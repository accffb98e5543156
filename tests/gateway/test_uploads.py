"""Uploads on real sockets: slow, large, many at once, cut off, and by those who may not."""

from __future__ import annotations

import hashlib
import json
import os
import random
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from deploy.local.environment import address
from deploy.local.system import System
from tests.services.commons.photos import samples

from .test_server import ask, pid_of, raw

PATH = "/v1/files"
MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE


@pytest.fixture(scope="module")
def office(system: System) -> dict[str, str]:
    """The headers of a clerk's upload."""
    token = system.minsheng("token", "--role", "clerk", "--subject", "me").strip()
    return {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": "key-12345",
        "Content-Type": "application/octet-stream",
    }


def document(size: int, seed: int = 1) -> bytes:
    """A PDF of this size that holds nothing but chance (合成)."""
    return samples.PDF[:9] + b"%" + random.Random(seed).randbytes(size) + samples.PDF[9:]


def head(headers: dict[str, str], length: int) -> bytes:
    """The beginning of an upload."""
    lines = [f"POST {PATH} HTTP/1.1", "Host: x", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def begun(
    system: System, headers: dict[str, str], length: int, first: bytes = b"\xff\xd8\xff"
) -> socket.socket:
    """An upload that has begun and not gone on."""
    sock = socket.create_connection(address(system.env, "MINSHENG_GATEWAY_ADDRESS"), 30)
    sock.sendall(head(headers, length) + first)
    return sock


@pytest.mark.parametrize("chunked", [False, True])
def test_a_file_goes_up_and_comes_back(
    system: System, office: dict[str, str], chunked: bool
) -> None:
    """More than a body may have, with and without a declared length."""
    data = document(3 * MEGABYTE, seed=chunked)
    body: Any = iter([data[:100], data[100:]]) if chunked else data
    status, _, answer = ask(system, "POST", PATH, body=body, headers=office, encode_chunked=chunked)
    assert status == 201, answer
    name = json.loads(answer)["sha256"]
    assert name == hashlib.sha256(data).hexdigest()
    status, _, found = ask(system, "GET", f"{PATH}/{name}/original", headers=office)
    assert (status, found) == (200, data)


def test_many_slow_uploads_stop_nobody(system: System, office: dict[str, str]) -> None:
    """Neither a read nor another upload; they take no worker while they are slow."""
    slow = [begun(system, office, 1000) for _ in range(50)]
    try:
        began = time.monotonic()
        assert ask(system, "GET", "/v1/aspects")[0] == 200
        assert ask(system, "POST", PATH, body=samples.photo(), headers=office)[0] == 201
        assert time.monotonic() - began < 5
    finally:
        for sock in slow:
            sock.close()


def test_more_uploads_than_may_be_under_way_are_told_to_wait(
    system: System, office: dict[str, str]
) -> None:
    """503 with the time to wait; when the others are gone there is room again."""
    slow = [begun(system, office, 1000) for _ in range(100)]
    try:
        end = time.monotonic() + 10
        while ask(system, "POST", PATH, body=samples.photo(), headers=office)[0] != 503:
            assert time.monotonic() < end
    finally:
        for sock in slow:
            sock.close()
    end = time.monotonic() + 10
    while ask(system, "POST", PATH, body=samples.photo(), headers=office)[0] != 201:
        assert time.monotonic() < end


def test_photos_in_a_queue_leave_the_workers_to_others(
    system: System, office: dict[str, str]
) -> None:
    """Forty at once are examined a few at a time, and a read is answered meanwhile."""
    photos = [samples.photo(samples.scene((1600, 1200), seed)) for seed in range(40)]
    statuses: list[int] = []

    def send(data: bytes) -> None:
        statuses.append(ask(system, "POST", PATH, body=data, headers=office)[0])

    threads = [threading.Thread(target=send, args=(data,)) for data in photos]
    for thread in threads:
        thread.start()
    waits = []
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        assert ask(system, "GET", "/v1/aspects?limit=1")[0] == 200
        waits.append(time.monotonic() - began)
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert statuses == [201] * 40
    assert max(waits) < 2


@pytest.mark.parametrize("declared", [True, False])
def test_a_file_over_the_limit_is_413(
    system: System, office: dict[str, str], declared: bool
) -> None:
    """By its declared length at once; else as soon as more has come."""
    if declared:
        answer = raw(system, head(office, LIMIT + 1))
        assert b" 413 " in answer.split(b"\r\n")[0] and b"file-too-large" in answer
        return
    status, found, _ = ask(
        system, "POST", PATH, body=iter([bytes(LIMIT + 1)]), headers=office, encode_chunked=True
    )
    assert (status, found["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Authorization": "Bearer x.y.z"}, 401),
        ({"Idempotency-Key": "short"}, 400),
    ],
)
def test_who_may_not_upload_is_told_before_the_body(
    system: System, office: dict[str, str], change: dict[str, str], status: int
) -> None:
    """Nothing of a stranger's file reaches the disk."""
    sock = begun(system, office | change, 10 * MEGABYTE)
    answer = sock.recv(65536)
    sock.close()
    assert answer.startswith(f"HTTP/1.1 {status} ".encode()), answer


@pytest.mark.parametrize(
    "rest",
    [b"Content-Length: 1000\r\n\r\nshort", b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"],
)
def test_an_upload_that_is_cut_off_is_no_file(
    system: System, office: dict[str, str], rest: bytes
) -> None:
    """400, and the next one is answered."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in office.items())
    answer = raw(system, f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{lines}".encode() + rest)
    assert answer == b"" or b" 400 " in answer.split(b"\r\n")[0], answer
    assert ask(system, "POST", PATH, body=samples.photo(), headers=office)[0] == 201


def test_large_uploads_are_not_held_in_memory(system: System, office: dict[str, str]) -> None:
    """Sixteen of 18 MB that arrive side by side: in memory is one for each core, to be kept."""
    process = Path(f"/proc/{pid_of(system, 'gateway')}")
    (process / "clear_refs").write_text("5")
    before = peak(process)
    statuses: list[bytes] = []
    barrier = threading.Barrier(16)

    def send(seed: int) -> None:
        data = document(18 * MEGABYTE, seed)
        # In the middle of the file all wait for one another.
        sock = begun(system, office, len(data), data[: 9 * MEGABYTE])
        barrier.wait()
        sock.sendall(data[9 * MEGABYTE :])
        statuses.append(sock.recv(65536).split(b" ", 2)[1])
        sock.close()

    threads = [threading.Thread(target=send, args=(seed,)) for seed in range(2, 18)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [b"201"] * 16
    cores = len(os.sched_getaffinity(0))
    assert peak(process) - before < (cores + 1) * 24 * MEGABYTE


def peak(process: Path) -> int:
    """The most memory that a process has had, in bytes."""
    lines = (process / "status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def test_nothing_of_an_upload_is_left_over(system: System) -> None:
    """Neither in the folder of uploads nor as an open file."""
    folder = Path(system.env["MINSHENG_DATA_DIR"]) / "uploads"
    assert list(folder.iterdir()) == []
    descriptors = Path(f"/proc/{pid_of(system, 'gateway')}/fd").iterdir()
    names = [os.readlink(descriptor) for descriptor in descriptors if descriptor.is_symlink()]
    assert not any("uploads" in name for name in names)
