"""A running system through its gateway, spoken to as one speaks to a service on its own."""

from __future__ import annotations

import base64
import csv
import hashlib
import http.client
import io
import json
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from kombu import Connection

from deploy.demo.tokens import Tokens
from deploy.local import environment
from deploy.local.system import System
from services.chassis import database, settings
from services.chassis.cloudevents import CONTENT_TYPE, Event
from services.commons import clock

from .chassis.house import make_event
from .harness import Harness, check

ROOT = Path(__file__).parents[1]
#: What a client takes for *not now*: it sends the same again.
NOT_NOW = (503, 504)
#: What is refused while an event that it rests on is still on its way.
NOT_HEARD = (404, 409, 422)
CSV = "text/csv"
#: The address that clients come from: no process of the system has it.
CLIENT = "127.0.0.7"
#: Seconds after which a client gives up; a broker that was killed is back in a few.
PATIENCE = 60.0


class Desk(Harness):
    """All services through the gateway: a call is the operation of its name.

    What is not answered is sent again with the same key.  ``repeated``: how often, by why.
    ``patient``: operations that rest on another service's events, which may not be there yet.
    """

    def __init__(self, system: System, patient: tuple[str, ...] = ("open_ballot",)) -> None:
        self.system = system
        self.patient = patient
        self.repeated: Counter[str] = Counter()
        sample = system.minsheng("token", "--role", "clerk", "--subject", "x").strip()
        self.tokens = Tokens(sample, Path(system.env["MINSHENG_DATA_DIR"]))
        document = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
        self.operations = {}
        #: Those that take a file as it is, and that answer with one.
        self.taking: set[str] = set()
        self.giving: set[str] = set()
        for path, methods in document["paths"].items():
            for method in {"get", "post"} & set(methods):
                one = methods[method]
                self.operations[one["operationId"]] = (method.upper(), path)
                if CSV in one.get("requestBody", {}).get("content", ()):
                    self.taking.add(one["operationId"])
                if CSV in one["responses"].get("200", {}).get("content", ()):
                    self.giving.add(one["operationId"])

    def call(
        self,
        method: str,
        *args: Any,
        roles: tuple[str, ...] = ("clerk", "recorder"),
        subject: str = "somebody",
        key: str | None = None,
        expected_version: int | None = None,
    ) -> Any:
        """Ask until there is an answer; AssertionError unless it is 2xx."""
        status, answer = self.ask(
            method, *args, roles=roles, subject=subject, key=key, expected_version=expected_version
        )
        assert status in (200, 201), (method, status, answer)
        return answer

    def ask(
        self,
        method: str,
        *args: Any,
        roles: tuple[str, ...] = ("clerk", "recorder"),
        subject: str = "somebody",
        key: str | None = None,
        expected_version: int | None = None,
    ) -> tuple[int, Any]:
        """The same, whatever the answer is; ``subject`` "": as somebody who is not logged in."""
        verb, path = self.operations[method]
        path, rest = _filled(path, args)
        headers = {"Authorization": f"Bearer {self.tokens.of(subject, roles)}"} if subject else {}
        body = None
        if verb == "POST":
            headers |= {"Idempotency-Key": key or str(uuid.uuid4())}
            headers |= {"Content-Type": "application/json"}
            body = json.dumps(rest).encode()
            if method in self.taking:
                headers |= {"Content-Type": CSV}
                body = base64.b64decode(rest.pop("file"))
                path += "?" + urlencode(rest)
        elif rest:
            path += "?" + urlencode(rest)
        if expected_version is not None:
            headers |= {"If-Match": f'"{expected_version}"'}
        again = (*NOT_NOW, *NOT_HEARD) if method in self.patient else NOT_NOW
        status, answer = self.insist(verb, path, body, headers, again)
        if method in self.giving and status == 200:
            return status, list(csv.DictReader(io.StringIO(answer.decode("utf-8-sig"))))
        return status, json.loads(answer)

    def upload(self, data: bytes, subject: str, roles: tuple[str, ...]) -> str:
        """Upload a photo until there is an answer; its SHA-256."""
        sha256 = hashlib.sha256(data).hexdigest()
        headers = {
            "Authorization": f"Bearer {self.tokens.of(subject, roles)}",
            "Idempotency-Key": sha256,
            "Content-Type": "image/jpeg",
        }
        status, answer = self.insist("POST", "/v1/files", data, headers)
        assert status == 201, (status, answer)
        assert json.loads(answer)["sha256"] == sha256
        return sha256

    def listed(self, method: str, *args: Any, **params: Any) -> Iterator[Any]:
        """Everything that a list holds, page by page."""
        query = {"limit": "200"} | params
        while True:
            page = self.call(method, *args, query)
            yield from page["items"]
            if not page["next"]:
                return
            query["cursor"] = page["next"]

    def insist(
        self,
        verb: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        again: tuple[int, ...] = NOT_NOW,
    ) -> tuple[int, bytes]:
        """Send until the answer is whole and none of ``again``."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                status, answer = self._send(verb, path, body, headers or {})
            except (OSError, http.client.HTTPException) as exc:
                status, answer = 503, type(exc).__name__.encode()
                self.repeated[type(exc).__name__] += 1
            else:
                if status not in again:
                    return status, answer
                self.repeated[str(status)] += 1
            if time.monotonic() > end:
                return status, answer
            time.sleep(0.1)

    def deliver(self, type_: str, data: dict[str, Any], *, version: int = 1, **_: Any) -> bool:
        """Publish an event of another service, confirmed."""
        producer, _dot, name = type_.partition(".")
        check(producer, name, data)
        self.publish(make_event(data, type_, version=version))
        return True

    def publish(self, event: Event) -> None:
        """Publish an event as its service's relay does, confirmed; OSError without a broker."""
        producer, _dot, name = event.type.partition(".")
        assert self.system.broker
        uri = self.system.broker.amqp_uri()
        with Connection(uri, connect_timeout=5) as connection, connection.channel() as channel:
            message = channel.prepare_message(
                event.to_json().encode(), content_type=CONTENT_TYPE, content_encoding="utf-8"
            )
            channel.basic_publish_confirm(message, f"{producer}.events", f"{name}.330100")

    def close(self) -> None:
        """Nothing is open."""

    def _send(
        self, verb: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        host, port = environment.address(self.system.env, "MINSHENG_GATEWAY_ADDRESS")
        connection = http.client.HTTPConnection(host, port, timeout=20, source_address=(CLIENT, 0))
        try:
            connection.request(verb, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def midday() -> ZoneInfo:
    """A zone in which it is about noon: in it no day ends while a test runs."""
    ahead = 12 - clock.now().hour  # Etc/GMT-8 is eight hours ahead of UTC
    return ZoneInfo(f"Etc/GMT{-ahead:+d}")


def rows(system: System, service: str, table: str) -> list[Any]:
    """What stands in a table of a service of the system."""
    engine = database.create_engine(settings.load(service, system.env).database_url)
    try:
        with engine.execution_options(reading=True).connect() as connection:
            return list(connection.execute(sa.text(f"SELECT * FROM {table}")))
    finally:
        engine.dispose()


def _filled(path: str, args: tuple[Any, ...]) -> tuple[str, Any]:
    """A path with its parameters, and what is left: the body or the query."""
    left = list(args)
    parts = []
    for part in path.split("/"):
        parts.append(str(left.pop(0)) if part.startswith("{") else part)
    return "/".join(parts), left[0] if left else {}
