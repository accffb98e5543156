"""A whole system in which an electronic vote is held over HTTP, while parts of it are killed."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from kombu import Connection

from deploy.demo.tokens import Tokens
from deploy.local import environment
from deploy.local.system import System
from services.ballot.annex.copying import Mark
from services.ballot.belenios.ballot import Ballot
from services.ballot.service import BallotService
from services.chassis.cloudevents import CONTENT_TYPE

from ..chassis.house import make_event, until
from ..harness import Harness, check
from ..services.ballot.voting import Vote

ROOT = Path(__file__).parents[2]
#: What a client takes for *not now*: it sends the same again.
NOT_NOW = (503, 504)
#: The address that clients come from: no process of the system has it.
CLIENT = "127.0.0.7"
#: Seconds after which a client gives up; a broker that was killed is back in a few.
PATIENCE = 60.0


class Desk(Harness):
    """The ballot service and its box through the gateway: a call is the operation of its name.

    What is not answered is sent again with the same key.  ``repeated``: how often, by why.
    """

    def __init__(self, system: System) -> None:
        self.cls = BallotService
        self.system = system
        self.repeated: Counter[str] = Counter()
        sample = system.minsheng("token", "--role", "clerk", "--subject", "x").strip()
        self.tokens = Tokens(sample, Path(system.env["MINSHENG_DATA_DIR"]))
        document = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
        self.operations = {
            one["operationId"]: (method.upper(), path)
            for path, methods in document["paths"].items()
            for method, one in methods.items()
            if method in ("get", "post")
        }

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
        verb, path = self.operations[method]
        path, rest = _filled(path, args)
        headers = {"Authorization": f"Bearer {self.tokens.of(subject, roles)}"}
        body = None
        if verb == "POST":
            headers |= {"Idempotency-Key": key or str(uuid.uuid4())}
            headers |= {"Content-Type": "application/json"}
            body = json.dumps(rest).encode()
        elif rest:
            path += "?" + urlencode(rest)
        # What comes by an event may not be there yet.
        again = (*NOT_NOW, 404, 409, 422) if method == "open_ballot" else NOT_NOW
        status, answer = self.insist(verb, path, body, headers, again)
        assert status in (200, 201), (method, status, answer)
        return json.loads(answer)

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

    def deliver(self, type_: str, data: dict[str, Any], **_: Any) -> bool:
        """Publish an event of another service, confirmed."""
        producer, _dot, name = type_.partition(".")
        check(producer, name, data)
        event = make_event(data, type_)
        assert self.system.broker
        uri = self.system.broker.amqp_uri()
        with Connection(uri, connect_timeout=5) as connection, connection.channel() as channel:
            message = channel.prepare_message(
                event.to_json().encode(), content_type=CONTENT_TYPE, content_encoding="utf-8"
            )
            channel.basic_publish_confirm(message, f"{producer}.events", f"{name}.330100")
        return True

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


def _filled(path: str, args: tuple[Any, ...]) -> tuple[str, Any]:
    """A path with its parameters, and what is left: the body or the query."""
    left = list(args)
    parts = []
    for part in path.split("/"):
        parts.append(str(left.pop(0)) if part.startswith("{") else part)
    return "/".join(parts), left[0] if left else {}


def hold(desk: Desk, **rules: Any) -> Vote:
    """A vote on a running system, open, with its credentials handed out."""
    return Vote(lambda _: desk, box=lambda ballot: ballot, **rules).ready()


class Deputies:
    """Deputies at their devices, each with one ballot under way, pausing between two of them."""

    def __init__(self, vote: Vote, choices: list[list[tuple[Mark, ...]]], pause: float) -> None:
        self.vote = vote
        self.choices = choices
        self.pause = pause
        #: Made before the faults begin: nothing but casting is under way then.
        self.ballots = [
            [vote.made(deputy, *marks) for marks in own] for deputy, own in enumerate(choices)
        ]
        self.receipts: dict[str, Any] = {}
        self.failures: list[str] = []
        self._threads = [
            threading.Thread(target=self._run, args=(deputy,)) for deputy in range(len(choices))
        ]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until everybody has voted; nobody may have been refused."""
        for thread in self._threads:
            thread.join(2 * PATIENCE)
        assert not any(thread.is_alive() for thread in self._threads)
        assert not self.failures, self.failures[:3]

    def cast(self, deputy: int, ballot: Ballot) -> Any:
        """Cast a ballot until there is an answer."""
        return self.vote.cast(deputy, ballot)

    def _run(self, deputy: int) -> None:
        rng = random.Random(deputy)
        for ballot in self.ballots[deputy]:
            try:
                time.sleep(rng.uniform(0, 2 * self.pause))
                self.receipts[ballot.tracker] = self.cast(deputy, ballot)
            except Exception as exc:
                self.failures.append(repr(exc))
                return


class Killer:
    """Kills processes of a system in an order of its own; the supervisor starts them again."""

    def __init__(self, system: System, seed: int) -> None:
        self.system = system
        self.rng = random.Random(seed)
        self.killed: Counter[str] = Counter()

    def kill(self, *programs: str) -> None:
        """Kill one process of these programs, as a power cut would."""
        name, pid = self.rng.choice(until(lambda: self._running(programs)))
        os.kill(pid, signal.SIGKILL)
        self.killed[environment.PROCESSES[name]] += 1

    def _running(self, programs: Sequence[str]) -> list[tuple[str, int]]:
        """The processes of these programs that run now; none while they are started again."""
        pids = sorted(self.system.pids().items())
        return [(name, pid) for name, pid in pids if environment.PROCESSES[name] in programs]

    def restart(self, what: Any) -> None:
        """Kill a broker or a database, and start it again, from the thread that started it."""
        what.kill()
        what.start()
        self.killed[type(what).__name__] += 1

    def wait(self, shortest: float, longest: float) -> None:
        """Some time between two faults."""
        time.sleep(self.rng.uniform(shortest, longest))


class Aside:
    """Something done beside the faults; ``join`` raises what it raised."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.result: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,))
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether it is not done."""
        return self._thread.is_alive()

    def join(self) -> Any:
        """Wait for its end; what it gave."""
        self._thread.join(120)
        assert not self.busy
        if self._error:
            raise self._error
        return self.result

    def _run(self, work: Callable[[], Any]) -> None:
        try:
            self.result = work()
        except BaseException as exc:
            self._error = exc
