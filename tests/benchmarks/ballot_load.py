"""Deputies who cast ballots that they have made before: in turns, or each at her own moment.

A process of its own, plain sockets and asyncio, so that the client takes as little as it can of
the cores.  Reads one JSON from stdin and prints one JSON line.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Crowd:
    """Who casts at one election's address; ``ballots``: token, tracker and text of each."""

    def __init__(self, url: str, ballots: list[dict[str, str]]) -> None:
        self._parts = urlsplit(url)
        if self._parts.hostname not in ("127.0.0.1", "localhost"):
            raise SystemExit("only addresses of this machine are loaded")
        self._requests = [self._request(one) for one in ballots]
        self.times: list[float] = []
        self.statuses: Counter[str] = Counter()

    async def in_turns(self, connections: int) -> None:
        """So many connections, each with one ballot on its way, until all are cast."""
        left = iter(self._requests)
        await asyncio.gather(*(self._connection(left) for _ in range(connections)))

    async def within(self, seconds: float) -> None:
        """Everybody at a moment of her own, on a connection of her own."""
        rng = random.Random(len(self._requests))  # noqa: S311 - the same arrivals in every run
        moments = [rng.uniform(0, seconds) for _ in self._requests]
        pairs = zip(moments, self._requests, strict=True)
        await asyncio.gather(*(self._arrive(moment, one) for moment, one in pairs))

    async def _connection(self, left: Any) -> None:
        streams = await self._connected()
        for request in left:
            if not await self._cast(streams, request):
                streams[1].close()
                streams = await self._connected()
        streams[1].close()

    async def _arrive(self, moment: float, request: bytes) -> None:
        await asyncio.sleep(moment)
        began = time.perf_counter()
        try:
            streams = await self._connected()
        except OSError as exc:
            self.statuses[type(exc).__name__] += 1
            return
        await self._cast(streams, request, began)
        streams[1].close()

    async def _connected(self) -> Streams:
        return await asyncio.open_connection(str(self._parts.hostname), self._parts.port or 80)

    async def _cast(self, streams: Streams, request: bytes, began: float | None = None) -> bool:
        """Whether it was answered, with whatever; if not, the connection is of no use any more."""
        reader, writer = streams
        start = time.perf_counter() if began is None else began
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            )
            await reader.readexactly(length)
        except (OSError, EOFError, StopIteration) as exc:
            self.statuses[type(exc).__name__] += 1
            return False
        self.statuses[head.split(b" ", 2)[1].decode()] += 1
        self.times.append(time.perf_counter() - start)
        return True

    def _request(self, ballot: dict[str, str]) -> bytes:
        body = json.dumps({"ballot": ballot["text"]}, ensure_ascii=False).encode()
        head = (
            f"POST {self._parts.path} HTTP/1.1\r\nHost: {self._parts.netloc}\r\n"
            f"Authorization: Bearer {ballot['token']}\r\nIdempotency-Key: {ballot['tracker']}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


async def run(given: dict[str, Any]) -> dict[str, Any]:
    """Cast what is given; ballots per second, latencies in seconds, and whatever was not 201."""
    crowd = Crowd(given["url"], given["ballots"])
    began = time.perf_counter()
    if given.get("seconds"):
        await crowd.within(given["seconds"])
    else:
        await crowd.in_turns(given["connections"])
    took = time.perf_counter() - began
    times = sorted(crowd.times) or [0.0]
    n = len(times)
    at = {f"p{share}": times[min(n - 1, n * share // 100)] for share in (50, 95, 99)}
    others = {status: count for status, count in crowd.statuses.items() if status != "201"}
    return {
        "ballots": len(given["ballots"]),
        "per_second": crowd.statuses["201"] / took,
        **at,
        "failed": sum(others.values()),
        "failures": others,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.load(sys.stdin)))))
