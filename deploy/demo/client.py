"""The public HTTP API as the demo uses it: a few connections side by side, and patience.

Every request carries an Idempotency-Key, so sending it again is safe: when a service is busy, when
a connection breaks, and when what it needs has not crossed from another service yet.
"""

from __future__ import annotations

import contextlib
import csv
import http.client
import io
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import Any
from urllib.parse import urlsplit

from .request import GET, Lane, Ref, Request, Step

#: Connections side by side.
WIDTH = 8
#: Seconds for which *not yet* and *not now* are believed.
PATIENCE = 30.0
_NOT_NOW = (503, 504)
#: What a service says of things that it may only not have heard of yet.
_NOT_YET = (404, 409, 422)


class Refused(Exception):
    """The API did not do what the replay asked for; the message is one line."""


class Caller:
    """Sends requests to one gateway; ``token(subject, roles)`` makes bearer tokens."""

    def __init__(self, url: str, token: Callable[[str, tuple[str, ...]], str], seed: str) -> None:
        address = urlsplit(url)
        self._host, self._port = address.hostname or "127.0.0.1", address.port or 80
        self.token = token
        self._seed = seed
        self._local = threading.local()
        self._answers: dict[str, Any] = {}
        self._stopped = threading.Event()

    def perform(self, step: Step, done: Callable[[], None]) -> None:
        """Send a step's requests; ``done`` is called after each.  Raises Refused."""
        with ThreadPoolExecutor(min(WIDTH, max(1, len(step.lanes)))) as pool:
            lanes = [pool.submit(self._lane, lane, done) for lane in step.lanes]
            try:
                finished, _ = wait(lanes, return_when=FIRST_EXCEPTION)
                for lane in finished:
                    lane.result()
            except BaseException:
                self._stopped.set()
                pool.shutdown(cancel_futures=True)
                raise

    def get(self, path: str, subject: str = "demo", roles: tuple[str, ...] = ("clerk",)) -> Any:
        """The answer to a GET; raises Refused."""
        headers = {"Authorization": f"Bearer {self.token(subject, roles)}"}
        status, answer = self._insist("GET", path, None, headers, _NOT_NOW)
        if status != 200:
            raise Refused(f"GET {path}: {_told(status, answer)}")
        return answer

    def fetch(self, path: str, kind: str, roles: tuple[str, ...] = ()) -> bytes:
        """What the public, or who has a role, gets at a path as that type; raises Refused."""
        headers = {"Accept": kind}
        if roles:
            headers["Authorization"] = f"Bearer {self.token('demo', roles)}"
        connection = http.client.HTTPConnection(self._host, self._port, timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            content, given = response.read(), response.headers.get_content_type()
        if response.status != 200 or given != kind:
            raise Refused(f"GET {path}: {response.status} {given}")
        return content

    def sheet(self, request: Request) -> list[dict[str, str]]:
        """The rows of the CSV file that a POST gives out once; raises Refused."""
        path, body = request.resolved(self._answers)
        headers = {
            "Authorization": f"Bearer {self.token(str(request.by.subject), request.by.roles)}",
            "Idempotency-Key": request.key(self._seed),
            "Content-Type": _kind(request),
            "Accept": "text/csv",
        }
        connection = http.client.HTTPConnection(self._host, self._port, timeout=30)
        with contextlib.closing(connection):
            connection.request("POST", path, _payload(request, body), headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8-sig")
        if response.status != 200:
            raise Refused(f"{request.name}: POST {path}: {response.status} {text[:200]}")
        return list(csv.DictReader(io.StringIO(text)))

    def find(self, ref: Ref) -> Any:
        """A field of what was answered; LookupError if it is not there."""
        return ref.find(self._answers)

    def close(self) -> None:
        """Close this thread's connection, so that nobody waits for it to end."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _lane(self, lane: Lane, done: Callable[[], None]) -> None:
        for request in lane:
            if self._stopped.is_set():
                break
            self._answers[request.name] = self._made(request)
            done()

    def _made(self, request: Request) -> Any:
        try:
            path, body = request.resolved(self._answers)
            subject = request.by.subject
            if isinstance(subject, Ref):
                subject = subject.find(self._answers)
            version = request.match.find(self._answers) if request.match else None
        except LookupError as exc:
            raise Refused(f"{request.name}: refers to what no answer holds: {exc}") from exc
        headers = {"Authorization": f"Bearer {self.token(subject, request.by.roles)}"}
        payload = None
        if request.method != GET:
            headers["Idempotency-Key"] = request.key(self._seed)
            headers["Content-Type"] = _kind(request)
            payload = _payload(request, body)
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        again = _NOT_NOW + _NOT_YET if request.patient else _NOT_NOW
        status, answer = self._insist(request.method, path, payload, headers, again)
        if status not in (200, 201):
            raise Refused(f"{request.name}: {request.method} {path}: {_told(status, answer)}")
        for name, value in request.expect.items():
            if answer.get(name) != value:
                raise Refused(f"{request.name}: {name} is {answer.get(name)}, not {value}")
        return answer

    def _insist(
        self,
        method: str,
        path: str,
        payload: bytes | None,
        headers: dict[str, str],
        again: tuple[int, ...],
    ) -> tuple[int, Any]:
        """Send until the answer is none of ``again``, or patience ends."""
        deadline, pause = time.monotonic() + PATIENCE, 0.05
        while True:
            try:
                status, answer = self._send(method, path, payload, headers)
            except (OSError, http.client.HTTPException) as exc:
                self._local.connection = None
                status, answer = 503, {"detail": str(exc) or type(exc).__name__}
            over = time.monotonic() + pause > deadline or self._stopped.is_set()
            if status not in again or over:
                return status, answer
            time.sleep(pause)
            pause = min(pause * 1.6, 1.0)

    def _send(
        self, method: str, path: str, payload: bytes | None, headers: dict[str, str]
    ) -> tuple[int, Any]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=30)
            self._local.connection = connection
        connection.request(method, path, payload, headers)
        response = connection.getresponse()
        text = response.read()
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, {"detail": text[:200].decode("utf-8", "replace")}


def _kind(request: Request) -> str:
    if request.photo:
        return "image/jpeg"
    return "text/csv" if request.csv else "application/json"


def _payload(request: Request, body: dict[str, Any]) -> bytes:
    if request.photo:
        return request.photo.read_bytes()
    if request.csv:
        return request.csv.encode()
    return json.dumps(body, ensure_ascii=False).encode()


def _told(status: int, answer: Any) -> str:
    """A problem in one line."""
    if not isinstance(answer, dict):
        return str(status)
    places = "; ".join(f"{e.get('pointer')} {e.get('detail')}" for e in answer.get("errors", []))
    parts = (str(status), answer.get("title"), answer.get("detail"), places)
    return " ".join(part for part in parts if part)
