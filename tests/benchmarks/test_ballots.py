"""That what measures electronic votes measures what it says; no test asserts a duration."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import pytest

from . import ballot_archives as archives
from . import ballot_layers as layers
from .ballot_load import run


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole election of two deputies."""
    return archives.hold(tmp_path_factory.mktemp("held") / "one", "Ed25519", 3, 2)


def test_an_archive_is_verified_in_every_way(archive: Path) -> None:
    """As often as is said."""
    rounds: list[None] = []
    found = archives.verifying(archive, "Ed25519", 2, lambda: rounds.append(None))
    assert len(found) == archives.ways("Ed25519") and len(rounds) == 2 * len(found)
    assert all(one["seconds"] > 0 and one["computing"] > 0 for one in found.values())


def test_nothing_is_measured_on_an_archive_that_does_not_hold(archive: Path) -> None:
    """A refusal would be fast."""
    annex = archive.with_suffix(".annex")
    whole = annex.read_bytes()
    annex.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    try:
        with pytest.raises(RuntimeError):
            archives.verifying(archive, "Ed25519", 1, lambda: None)
    finally:
        annex.write_bytes(whole)


def test_the_operations_of_a_ballot_are_those_of_its_proofs() -> None:
    """Per branch two powers of g or y and two of the ciphertext; one proof more for the signature.

    13 choices of two branches and 11 branches of their sum: y, α and β are variable bases.
    """
    found = layers.one_ballot(rounds=1, ballots=2)
    branches = 13 * 2 + 11
    assert found["operations"]["variable"] == 3 * branches + 1
    shifts = 13 + 10  # of branches "it encrypts M", M > 0
    assert found["operations"]["base"] == branches + shifts + 1
    assert found["operations"]["add"] == 2 * branches + shifts + 2 * 12 + 1
    assert found["ratio"] == pytest.approx(found["seconds"] / found["floor"])


def test_layers_are_told_apart() -> None:
    """Hashing is hashing, and the shares are of the whole."""
    found = layers.shares(lambda: [hashlib.sha256(bytes(10**6)).digest() for _ in range(20)])
    assert sum(found.values()) == pytest.approx(1)
    assert max(found, key=lambda layer: found[layer]) == layers.HASH


@pytest.mark.parametrize("how", [{"connections": 2}, {"seconds": 0.1}])
def test_every_ballot_is_cast_once_and_failures_are_counted(how: dict[str, Any]) -> None:
    """One answer is no 201; and on one the connection breaks off."""
    heard: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := (await _request(reader)):
            key = head.partition("Idempotency-Key: ")[2].partition("\r\n")[0]
            heard.append(key)
            if key == "broken":
                break
            status = "409 Conflict" if key == "refused" else "201 Created"
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\n{{}}".encode())
        writer.close()

    async def measured() -> dict[str, Any]:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        trackers = ["broken", "one", "two", "refused", "three"]
        ballots = [{"token": "t", "tracker": one, "text": "{}"} for one in trackers]
        async with server:
            return await run({"url": f"http://127.0.0.1:{port}/x", "ballots": ballots, **how})

    found = asyncio.run(measured())
    assert sorted(heard) == ["broken", "one", "refused", "three", "two"]
    assert found["ballots"] == 5 and found["failed"] == 2
    assert set(found["failures"]) == {"409", "IncompleteReadError"}


async def _request(reader: asyncio.StreamReader) -> str:
    """The head of a request whose body was read; "" at the end."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return ""
    await reader.readexactly(int(head.partition("Content-Length: ")[2].partition("\r\n")[0]))
    return head
