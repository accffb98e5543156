"""The relay: publishes the outbox, in order per aggregate, pipelined, each with its confirm.

What the broker has confirmed is deleted; what it has not, stays and is published again.

However many replicas run, one relay is active per database (an advisory lock on PostgreSQL,
``flock`` on SQLite).  It wakes at once on a commit: by a bell in its own process, by ``NOTIFY`` or
a named pipe from another.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import eventlet
import sqlalchemy as sa
import structlog
from eventlet.event import Event as Signal
from eventlet.hubs import trampoline
from kombu import Connection
from sqlalchemy.orm import Session

from services.commons import clock

from . import cloudevents, database, telemetry
from .connection import connect
from .settings import Settings

log = structlog.get_logger()

BATCH = 500
#: Seconds between looks at the outbox when no bell rings: only a safety net.
IDLE = 1.0
CONFIRM_TIMEOUT = 10.0
#: Seconds after a batch, in which the next one gathers: under load few large batches cost less.
PAUSE = 0.025
HOUSEKEEPING = 600.0
_CHANNEL = "minsheng_outbox"


class Unroutable(Exception):
    """The broker returned an event: the topology is not declared (``minsheng migrate``)."""


class LockLost(Exception):
    """The connection that held the lock ended: another relay may have its turn now."""


class Relay:
    """Publishes one database's outbox for as long as it holds the lock."""

    def __init__(self, engine: sa.Engine, settings: Settings, metadata: sa.MetaData) -> None:
        self.engine = engine
        self.settings = settings
        self.outbox = metadata.tables["outbox"]
        self.idempotency = metadata.tables["idempotency"]
        self.leadership = _leadership(engine)
        self.leading = False
        self.connected = False
        self.stopping = False
        self._bell = Signal()
        self._cleaned = 0.0

    def wake(self) -> None:
        """Say that something was committed; called after the commit."""
        if self.leading:
            self._ring()
        else:
            self.leadership.ring_elsewhere()

    def notify(self, session: Session) -> None:
        """The same inside the transaction, where the database can carry it."""
        if not self.leading:
            self.leadership.notify(session)

    def run(self) -> None:
        """Relay until :meth:`stop`; a failure is logged and tried again with growing waits."""
        # Told by who may relay, and not by the workers, who only wake it.
        telemetry.outbox_pending.labels(self.settings.service).set_function(self._pending)
        wait = 0.1
        while not self.stopping:
            try:
                with self.leadership.held(self._ring, self._lose):
                    self.leading = True
                    self._lead()
                wait = 0.1
            except Exception as exc:
                log.warning("relay_interrupted", error=type(exc).__name__, wait=round(wait, 2))
                telemetry.relay_failures.labels(self.settings.service).inc()
                eventlet.sleep(wait)
                wait = min(wait * 2, 5.0)
            finally:
                self.leading = self.connected = False

    def stop(self) -> None:
        """Finish: the relay leaves its loop at the next look."""
        self.stopping = True
        self._ring()

    def _lead(self) -> None:
        with self._channel() as (connection, channel):
            self.connected = True
            while not self.stopping:
                if not self.leading:
                    raise LockLost
                published = self._publish_batch(connection, channel)
                if published:
                    eventlet.sleep(PAUSE if published < BATCH else 0)
                else:
                    self._clean()
                    self._wait(connection)

    @contextmanager
    def _channel(self) -> Iterator[tuple[Connection, Any]]:
        with connect(self.settings.amqp_uri, heartbeat=20, confirm_publish=False) as connection:
            channel = connection.channel()
            channel.confirm_select()
            yield connection, channel

    def _publish_batch(self, connection: Connection, channel: Any) -> int:
        rows = database.in_transaction(self.engine, self._unpublished, reading=True)
        if not rows:
            return 0
        confirms = _Confirms(channel)
        for row in rows:
            confirms.publish(channel, f"{self.settings.service}.events", row)
        confirms.wait(connection)
        done = confirms.in_order(rows)
        if done:
            self._forget(done)
        if len(done) < len(rows):
            raise Unroutable
        return len(done)

    def _unpublished(self, session: Session) -> list[Any]:
        table = self.outbox
        query = sa.select(table).order_by(table.c.sequence).limit(BATCH)
        return list(session.execute(query).all())

    def _forget(self, sequences: list[int]) -> None:
        gone = sa.delete(self.outbox).where(self.outbox.c.sequence.in_(sequences))
        database.in_transaction(self.engine, lambda session: session.execute(gone))
        telemetry.events_published.labels(self.settings.service).inc(len(sequences))

    def _wait(self, connection: Connection) -> None:
        with eventlet.Timeout(IDLE, False):
            self._bell.wait()
        self._bell = Signal()
        try:
            connection.heartbeat_check()
            connection.drain_events(timeout=0.0001)  # close frames and heartbeats, if any
        except TimeoutError:
            pass

    def _ring(self) -> None:
        if not self._bell.ready():
            self._bell.send(None)

    def _lose(self) -> None:
        self.leading = False
        self._ring()

    def _pending(self) -> float:
        query = sa.select(sa.func.count()).select_from(self.outbox)
        try:
            with self.engine.execution_options(reading=True).connect() as connection:
                return float(connection.execute(query).scalar_one())
        except sa.exc.SQLAlchemyError:
            return float("nan")

    def _clean(self) -> None:
        if time.monotonic() - self._cleaned < HOUSEKEEPING:
            return
        self._cleaned = time.monotonic()
        keys = sa.delete(self.idempotency).where(self.idempotency.c.expires_at < clock.now())
        database.in_transaction(self.engine, lambda session: session.execute(keys))


class _Confirms:
    """The confirms of one batch on one channel."""

    def __init__(self, channel: Any) -> None:
        self.first = getattr(channel, "minsheng_published", 0) + 1
        self.next = self.first
        self.waiting: set[int] = set()
        self.failed: set[int] = set()
        self.returned: set[str] = set()
        self.sequences: dict[int, Any] = {}
        channel.events["basic_ack"].clear()
        channel.events["basic_nack"].clear()
        channel.events["basic_return"].clear()
        channel.events["basic_ack"].add(self._settle)
        channel.events["basic_nack"].add(self._refuse)
        channel.events["basic_return"].add(self._return)

    def publish(self, channel: Any, exchange: str, row: Any) -> None:
        message = channel.prepare_message(
            row.body,
            content_type=cloudevents.CONTENT_TYPE,
            content_encoding="utf-8",
            headers={"CC": row.also} if row.also else {},
            properties={"delivery_mode": 2, "message_id": str(row.event_id)},
        )
        channel.basic_publish(message, exchange, row.routing_key, mandatory=True)
        self.waiting.add(self.next)
        self.sequences[self.next] = row
        channel.minsheng_published = self.next
        self.next += 1

    def wait(self, connection: Connection) -> None:
        with eventlet.Timeout(CONFIRM_TIMEOUT, TimeoutError("the broker does not confirm")):
            while self.waiting:
                connection.drain_events()

    def in_order(self, rows: list[Any]) -> list[int]:
        """What may be forgotten: nothing behind an unconfirmed event of the same aggregate."""
        failed = {self.sequences[tag].sequence for tag in self.failed}
        held: set[str] = set()
        done = []
        for row in rows:
            if row.sequence in failed or str(row.event_id) in self.returned:
                held.add(row.subject)
            if row.subject not in held:
                done.append(row.sequence)
        return done

    def _tags(self, tag: int, multiple: bool) -> set[int]:
        return {t for t in self.waiting if t <= tag} if multiple else {tag}

    def _settle(self, tag: int, multiple: bool) -> None:
        self.waiting -= self._tags(tag, multiple)

    def _refuse(self, tag: int, multiple: bool) -> None:
        tags = self._tags(tag, multiple)
        self.failed |= tags
        self.waiting -= tags

    def _return(self, _exc: Exception, _exchange: str, _key: str, message: Any) -> None:
        self.returned.add(message.properties.get("message_id", ""))


class _Postgres:
    """Leadership by a session-level advisory lock; the bell by LISTEN and NOTIFY."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextmanager
    def held(self, ring: Callable[[], None], lose: Callable[[], None]) -> Iterator[None]:
        # A connection of its own, outside the pool: the lock lives as long as the connection does.
        connection = self.engine.dialect.connect(*self._arguments()[0], **self._arguments()[1])
        listener = None
        try:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", (_CHANNEL,))
            cursor.execute(f"LISTEN {_CHANNEL}")
            listener = eventlet.spawn(self._listen, connection, ring, lose)
            yield
        finally:
            if listener is not None:
                listener.kill()
            connection.close()

    def _arguments(self) -> tuple[Any, Any]:
        args, kwargs = self.engine.dialect.create_connect_args(self.engine.url)
        return args, {**kwargs, **database.POSTGRES}

    def _listen(self, connection: Any, ring: Callable[[], None], lose: Callable[[], None]) -> None:
        try:
            while True:
                trampoline(connection.fileno(), read=True)
                connection.poll()
                if connection.notifies:
                    connection.notifies.clear()
                    ring()
        except (self.engine.dialect.loaded_dbapi.Error, OSError):
            lose()

    def notify(self, session: Session) -> None:
        session.execute(sa.text(f"NOTIFY {_CHANNEL}"))

    def ring_elsewhere(self) -> None:
        """The transaction has carried the notification already."""


class _Sqlite:
    """Leadership by ``flock`` on a file beside the database; the bell is a named pipe there."""

    def __init__(self, engine: sa.Engine) -> None:
        name = str(engine.url.database)
        self.lock = Path(name + ".relay")
        self.pipe = Path(name + ".wake")

    @contextmanager
    def held(self, ring: Callable[[], None], lose: Callable[[], None]) -> Iterator[None]:
        """``lose`` is never called: only the end of the process lets a file's lock go."""
        with self.lock.open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    eventlet.sleep(0.05)
            if not self.pipe.exists():
                os.mkfifo(self.pipe, 0o600)
            pipe = os.open(self.pipe, os.O_RDWR | os.O_NONBLOCK)
            listener = eventlet.spawn(self._listen, pipe, ring)
            try:
                yield
            finally:
                listener.kill()
                os.close(pipe)

    def _listen(self, pipe: int, ring: Any) -> None:
        while True:
            trampoline(pipe, read=True)
            os.read(pipe, 4096)
            ring()

    def notify(self, session: Session) -> None:
        """SQLite cannot carry it; the pipe rings after the commit."""

    def ring_elsewhere(self) -> None:
        try:
            pipe = os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody leads at this moment; whoever does next looks first
            return
        try:
            os.write(pipe, b"!")
        except BlockingIOError:
            pass
        finally:
            os.close(pipe)


def _leadership(engine: sa.Engine) -> _Postgres | _Sqlite:
    return _Postgres(engine) if engine.dialect.name == "postgresql" else _Sqlite(engine)
