"""A load on one HTTP address of this machine: so many connections, so many requests, then an end.

A process of its own, plain sockets and asyncio, so that the client takes as little as it can of
the two cores.  Prints one JSON line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
import uuid
from urllib.parse import urlsplit


async def _connection(
    host: str, port: int, head: str, body: bytes, left: list[int], times: list[float]
) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    failed = 0
    while left[0] > 0:
        left[0] -= 1
        began = time.perf_counter()
        key = uuid.uuid4().hex
        writer.write(f"{head}Idempotency-Key: {key}\r\n\r\n".encode() + body)
        header = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in header.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
        failed += not header.startswith(b"HTTP/1.1 201")
    writer.close()
    return failed


async def run(url: str, token: str, body: str, connections: int, requests: int) -> dict[str, float]:
    """Send ``requests`` over ``connections``; seconds and requests per second."""
    parts = urlsplit(url)
    if parts.hostname not in ("127.0.0.1", "localhost"):
        raise SystemExit("only addresses of this machine are loaded")
    payload = body.encode()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\n"
    )
    left, times = [requests], list[float]()
    began = time.perf_counter()
    host, port = str(parts.hostname), int(parts.port or 80)
    jobs = [_connection(host, port, head, payload, left, times) for _ in range(connections)]
    failed = sum(await asyncio.gather(*jobs))
    took = time.perf_counter() - began
    times.sort()
    return {
        "per_second": len(times) / took,
        "p50": times[len(times) // 2],
        "p99": times[int(len(times) * 0.99)],
        "failed": failed,
    }


def main() -> None:
    """``python -m tests.benchmarks.load URL --connections N --requests N`` with a JSON on stdin."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--connections", type=int, required=True)
    parser.add_argument("--requests", type=int, required=True)
    given = parser.parse_args()
    what = json.load(sys.stdin)
    result = run(given.url, what["token"], what["body"], given.connections, given.requests)
    print(json.dumps(asyncio.run(result)))


if __name__ == "__main__":
    main()
