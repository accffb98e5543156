"""Services as real processes, on a virtual host and databases of their own, to be killed."""

from __future__ import annotations

import dataclasses
import http.client
import json
import os
import signal
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import sqlalchemy as sa
from click.testing import CliRunner, Result
from kombu import Connection, Queue

from deploy.local import children
from deploy.local.ports import LOOPBACK, free_port
from services.ballot.service import BallotService
from services.chassis import cli, database, migrations, settings, topology
from services.chassis.broker import Rights, definitions, rights
from services.chassis.cloudevents import CONTENT_TYPE, Event
from services.chassis.context import CallContext
from services.chassis.contracts import Contracts
from services.chassis.messaging import ELSEWHERE
from services.chassis.store import BoundStore
from services.commons import clock, errors
from services.proposal.service import ProposalService

from .services_for_tests.gates import open_gate
from .services_for_tests.notes import service as notes
from .services_for_tests.notes.tables import metadata as notes_metadata
from .services_for_tests.reader.service import ReaderService
from .services_for_tests.reader.tables import metadata as reader_metadata

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "of-no-worth"
_TESTS = "tests.chassis.services_for_tests"
PATHS = {
    "notes": f"{_TESTS}.notes.service:NotesService",
    "reader": f"{_TESTS}.reader.service:ReaderService",
    "gateway": f"{_TESTS}.gateway.service:Front",
    "proposal": "services.proposal.service:ProposalService",
    "similarity": "services.proposal.similarity.service:SimilarityService",
    "woken-ballot": f"{_TESTS}.ballot.service:BallotService",
    "parted-ballot": f"{_TESTS}.ballot.parted:PartedBallot",
    "ballotbox": f"{_TESTS}.ballotbox.service:Registry",
    "mortal-notes": f"{_TESTS}.notes.mortal:MortalNotes",
    "real-gateway": "gateway.service:Gateway",
}
PATHS["all"] = f"{PATHS['notes']} {PATHS['reader']} {PATHS['gateway']}"
METADATA = {"notes": notes_metadata, "reader": reader_metadata}


class Silent:
    """A service of this project that these tests need no more of than its exchange."""


SERVICES: dict[str, Any] = {
    **dict.fromkeys(settings.SERVICES, Silent),
    "proposal": ProposalService,
    "ballot": BallotService,
    "notes": notes.NotesService,
    "reader": ReaderService,
}


class Process:
    """One process of the house."""

    def __init__(self, name: str, paths: str, environ: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self.environ = environ
        self.log_file = folder / f"{name}-{uuid.uuid4().hex[:6]}.log"
        self.address = environ.get("MINSHENG_METRICS_ADDRESS", "")
        code = f"from services.chassis import runner; runner.run(*{paths.split()!r})"
        self.popen = children.start(
            [sys.executable, "-c", code], env=environ, cwd=ROOT, log=self.log_file
        )

    def wait_ready(self, patience: float = 20.0) -> Process:
        """Return when ``/ready`` says so."""
        until(lambda: self.get("/ready")[0] == 200, patience, self)
        return self

    def get(self, path: str) -> tuple[int, str]:
        """A path of its metrics server; status 0 while it does not answer."""
        try:
            with urllib.request.urlopen(f"http://{self.address}{path}", timeout=8) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as exc:
            return exc.code, exc.read().decode()
        except OSError:
            return 0, ""

    def metric(self, name: str) -> float:
        """The sum of a metric's samples whose line starts with ``name``."""
        lines = self.get("/metrics")[1].splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self.popen.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.popen.send_signal(number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.popen.kill()
        self.popen.wait()

    def stop(self, patience: float = 15.0) -> int:
        """Ask it to end; its exit status."""
        self.popen.terminate()
        return self.popen.wait(patience)

    def log(self) -> str:
        """Everything that it printed."""
        return self.log_file.read_text("utf-8", "replace")


class House:
    """The services for tests, on a virtual host of their own and a database each."""

    def __init__(
        self,
        broker: Any,
        folder: Path,
        database_url: Callable[[str], str],
        services: Sequence[str] = ("notes", "reader"),
    ) -> None:
        """``services``: those whose exchanges and queues there are."""
        self.services = {name: SERVICES[name] for name in services}
        self.broker = broker
        self.folder = folder
        self.vhost = _virtual_host(broker)
        self.urls = {name: database_url(name) for name in ("notes", "reader")}
        self._new_database = database_url
        self.processes: list[Process] = []
        self.front: Process | None = None
        self._engines: dict[str, sa.Engine] = {}
        for name, metadata in METADATA.items():
            metadata.create_all(self.engine(name))

    # Its processes

    def declare(self, **changes: str) -> House:
        """Declare exchanges, queues and bindings."""
        settings = self.settings("notes", **changes)
        topology.declare(self.uri("owner"), settings, self.services)
        return self

    def uri(self, user: str, password: str = PASSWORD) -> str:
        """The broker as one user sees it."""
        return f"{self.broker.amqp_uri(user, password)}/{self.vhost}"

    def environ(self, service: str, **changes: str) -> dict[str, str]:
        """The settings of a process; ``changes`` are names without ``MINSHENG_``."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MINSHENG_", "AMQP"))}
        ours = {
            "AMQP_URI": self.uri(service),
            "DATA_DIR": str(self.folder),
            "METRICS_ADDRESS": f"{LOOPBACK}:{free_port()}",
            "GATEWAY_ADDRESS": f"{LOOPBACK}:{free_port()}",
            "FIRST_WAIT": "0.1",
            "LONGEST_WAIT": "0.4",
            "DELIVERIES": "3",
            "RABBITMQCTL": self.broker.rabbitmqctl_command,
        }
        if service in self.urls:
            ours["DATABASE_URL"] = self.urls[service]
        ours |= changes
        return inherited | {f"MINSHENG_{name}": value for name, value in ours.items()}

    def settings(self, service: str, **changes: str) -> settings.Settings:
        """The same, read."""
        return settings.load(service, self.environ(service, **changes))

    def launch(self, name: str, **changes: str) -> Process:
        """Start a process without waiting for it."""
        service = name.rpartition("-")[2]  # real-gateway is the gateway
        if service in settings.SERVICES and service not in self.urls:
            self.urls[service] = self._new_database(service)
            migrations.upgrade(self.settings(service))
        if name == "all":
            changes |= {f"{one.upper()}_DATABASE_URL": url for one, url in self.urls.items()}
            changes |= {f"{one.upper()}_AMQP_URI": self.uri(one) for one in METADATA}
            changes["GATEWAY_AMQP_URI"] = self.uri("gateway")
        process = Process(name, PATHS[name], self.environ(service, **changes), self.folder)
        self.processes.append(process)
        if name in ("gateway", "all"):
            self.front = process
        return process

    def start(self, name: str, **changes: str) -> Process:
        """Start a process that is ready."""
        return self.launch(name, **changes).wait_ready()

    def start_all(self, *names: str, **changes: str) -> list[Process]:
        """Start several at once, all ready."""
        return [process.wait_ready() for process in [self.launch(n, **changes) for n in names]]

    def close(self) -> None:
        """End everything."""
        for process in self.processes:
            process.signal(signal.SIGCONT)
            children.end(process.popen, by=signal.SIGKILL)
        for engine in self._engines.values():
            engine.dispose()

    def logs(self) -> str:
        """Everything that all processes printed."""
        return "\n".join(process.log() for process in self.processes)

    # What one can do to it

    def call(
        self,
        service: str,
        method: str,
        *args: Any,
        deadline: float = 10.0,
        subject: str = "somebody",
        roles: tuple[str, ...] = ("clerk", "recorder"),
        **context: Any,
    ) -> Any:
        """Call a method through the front; raises the typed error that comes back."""
        context.setdefault("idempotency_key", str(uuid.uuid4()))
        asked = {
            "service": service,
            "method": method,
            "args": args,
            "deadline": deadline,
            "subject": subject,
            "roles": roles,
            "context": context | {"deadline": time.time() + deadline},
        }
        assert self.front is not None
        status, answer = post(self.front, "/", asked)
        assert status == 200, (status, answer)
        if "error" in answer:
            raise getattr(errors, answer["error"])(*answer["args"])
        return answer["result"]

    def open_gate(self, name: str) -> None:
        """Let what waits for it go on."""
        open_gate(self.folder, name)

    def publish(self, data: dict[str, Any], **fields: Any) -> Event:
        """Publish an event as the notes service would; ``fields`` of the event replace defaults."""
        event = make_event(data, **fields)
        self.publish_all([event])
        return event

    def publish_all(self, events: Sequence[Event]) -> None:
        """Publish events in a burst."""
        self._publish([(event.type, event.to_json().encode(), CONTENT_TYPE) for event in events])

    def publish_raw(
        self, body: bytes, type_: str = "notes.note.written.v1", content_type: str = CONTENT_TYPE
    ) -> None:
        """Publish any bytes to a service's exchange."""
        self._publish([(type_, body, content_type)])

    def _publish(self, messages: Sequence[tuple[str, bytes, str]]) -> None:
        # Confirmed: what is on its way to a quorum queue when its connection ends may be lost.
        waiting = set(range(1, len(messages) + 1))

        def confirmed(tag: int, multiple: bool) -> None:
            waiting.difference_update(range(1, tag + 1) if multiple else [tag])

        with self.channel() as channel:
            channel.confirm_select()
            channel.events["basic_ack"].add(confirmed)
            for type_, body, content_type in messages:
                service, _, key = type_.partition(".")
                message = channel.prepare_message(
                    body, content_type=content_type, content_encoding="utf-8"
                )
                channel.basic_publish(message, f"{service}.events", f"{key}.330100")
            while waiting:
                channel.connection.drain_events(timeout=5)

    def move_here(self, event: Event, *codes: str) -> None:
        """What a shovel does with an event of another deployment's feed: its keys stay."""
        _, _, type_ = event.type.partition(".")
        with self.channel() as channel:
            message = channel.prepare_message(
                event.to_json().encode(),
                content_type=CONTENT_TYPE,
                content_encoding="utf-8",
                headers={"CC": [f"{type_}.{code}" for code in codes[1:]]},
            )
            channel.basic_publish_confirm(message, ELSEWHERE, f"{type_}.{codes[0]}")

    # What one can see of it

    @contextmanager
    def channel(self, user: str = "owner") -> Iterator[Any]:
        """A channel of a user's own."""
        with Connection(self.uri(user), connect_timeout=5) as connection:
            yield connection.channel()

    def depth(self, queue: str) -> int:
        """How many messages wait in a queue."""
        with self.channel() as channel:
            return int(Queue(queue, channel=channel).queue_declare(passive=True).message_count)

    def engine(self, service: str) -> sa.Engine:
        """A service's database."""
        if service not in self._engines:
            self._engines[service] = database.create_engine(self.urls[service])
        return self._engines[service]

    def rows(self, service: str, table: str) -> list[Any]:
        """All rows of a table."""
        found = METADATA[service].tables[table]
        return database.in_transaction(
            self.engine(service), lambda s: list(s.execute(sa.select(found)).all()), reading=True
        )

    def effects(self, *subjects: str) -> list[Any]:
        """What took effect at the reader, in order; of some subjects if given."""
        found = self.rows("reader", "effects")
        return [row for row in found if not subjects or row.subject in subjects]

    def commit(self, **body: Any) -> str:
        """A write of a notes process that dies right after its commit; the note's id."""
        store = BoundStore(
            self.engine("notes"),
            notes_metadata,
            self.settings("notes"),
            CallContext(),
            contracts=Contracts.of_package(f"{_TESTS}.notes"),
        )
        made = store.execute(
            notes.write, notes.WriteNote, {"text": "合成"} | body, answer=notes.Written
        )
        return str(made["id"])

    def attempts(self, event_id: str) -> list[float]:
        """When the reader was tried with an event."""
        file = self.folder / "attempts"
        lines = file.read_text().splitlines() if file.exists() else []
        return [float(line.split()[1]) for line in lines if line.startswith(event_id)]


#: Virtual hosts that no house has taken yet, by the broker's port.
_free: dict[int, list[str]] = {}


def _virtual_host(broker: Any) -> str:
    """A virtual host with a user for each service, and one who may do everything.

    Many are made at once: every rabbitmqctl takes most of a second.
    """
    waiting = _free.setdefault(broker.port, [])
    if not waiting:
        grants = {
            name: rights(name, SERVICES) for name in (*SERVICES, *settings.WORKERS, "gateway")
        }
        grants["owner"] = Rights(".*", ".*", ".*", {})
        users = {user: (PASSWORD, granted) for user, granted in grants.items()}
        waiting += [f"house-{uuid.uuid4().hex[:8]}" for _ in range(25)]
        parts = [definitions(vhost, users) for vhost in waiting]
        whole = {key: [one for part in parts for one in part[key]] for key in parts[0]}
        whole["users"] = parts[0]["users"]
        file = broker.home / "definitions.json"
        file.write_text(json.dumps(whole))
        broker.ctl("import_definitions", str(file))
    return waiting.pop()


def make_event(data: dict[str, Any], type_: str = "notes.note.written.v1", **fields: Any) -> Event:
    """An event of this jurisdiction, now; ``fields`` of the event replace defaults."""
    event = Event(
        id=str(uuid.uuid4()),
        type=type_,
        source=f"/330100/{type_.partition('.')[0]}",
        subject=data.get("id") or str(uuid.uuid4()),
        version=1,
        time=clock.now(),
        data=data,
    )
    return dataclasses.replace(event, **fields)


def post(process: Process, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    """POST JSON to a process that serves HTTP; the status and the answer."""
    address = process.environ["MINSHENG_GATEWAY_ADDRESS"]
    connection = http.client.HTTPConnection(address, timeout=30)
    try:
        given = {"Content-Type": "application/json"} | headers
        connection.request("POST", path, json.dumps(body).encode(), given)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def minsheng(house: House, *arguments: str, **changes: str) -> Result:
    """Run the ``minsheng`` command line as the operator of a house."""
    done = CliRunner().invoke(cli.main, arguments, env=house.environ("owner", **changes))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def until(
    condition: Callable[[], Any], patience: float = 30.0, process: Process | None = None
) -> Any:
    """Wait for something to come true; what it then is."""
    end = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        if process is not None and not process.alive:
            raise AssertionError(f"{process.name} ended:\n{process.log()[-2000:]}")
        if time.monotonic() > end:
            tail = process.log()[-2000:] if process else ""
            raise AssertionError(f"not within {patience} s\n{tail}")
        time.sleep(0.02)
