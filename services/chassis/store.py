"""The database of a service as its methods see it: one transaction per command, read or event.

``Store`` is the nameko dependency.  A command's rows, its outbox and its idempotency key are
written together or not at all; the relay publishes what the outbox holds.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from marshmallow import Schema, ValidationError
from nameko.extensions import DependencyProvider
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from services.commons import clock
from services.commons.errors import Conflict, Invalid, ServiceError, Stale, Unavailable

from . import database, paging
from .cloudevents import Event
from .context import CallContext, Principal
from .contracts import Contracts
from .files import Files
from .gauges import Counted, Gauges
from .relay import Relay
from .secretbox import Keys, keys_of
from .settings import Settings, owner
from .validation import invalid
from .work import UnitOfWork

#: How long the answer to an idempotency key is kept.
KEPT = dt.timedelta(hours=24)

#: A schema's class: instances are made once, since making one costs more than using it.
Form = Schema | type[Schema]

#: Where an answer is not kept: the id of what it showed.
_ANEW = "anew"

T = TypeVar("T")
Command = Callable[[dict[str, Any], UnitOfWork], Any]


@dataclass(frozen=True)
class Anew:
    """For answers that may not lie about: who repeats the command is told what is there by then.

    ``of``: whether this holds for what a command returned; ``query(session, id)``: finds it again.
    """

    of: Callable[[Any], bool]
    query: Callable[[Session, str], Any]


class _Rehearsed(Exception):
    """Ends a transaction without a commit, with what came of it."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


class _Repeated(Exception):
    """Inside a transaction: this key has been used before; look at what it answered."""


class ReadingStore(DependencyProvider):
    """A CPU worker's view of its owner's database: it runs queries and no commands.

    ``metadata`` is the one of the owner's ``tables.py``.
    """

    def __init__(self, metadata: sa.MetaData) -> None:
        self.metadata = metadata

    def setup(self) -> None:
        """Open the engine; the runner has put the settings into nameko's configuration."""
        self.settings: Settings = self.container.config["settings"][self.container.service_name]
        self.engine = database.create_engine(self.settings.database_url)

    def stop(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def ready(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.execution_options(reading=True).connect() as connection:
                connection.execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def get_dependency(self, worker_ctx: Any) -> BoundStore:
        """The store for one call."""
        context = CallContext.from_data(worker_ctx.data)
        return BoundStore(self.engine, self.metadata, self.settings, context)


class WorkingStore(ReadingStore):
    """A CPU worker's store that runs commands too, in its owner's name.

    ``seals``: the worker opens what the owner keeps sealed.  What its commands leave in the outbox
    the owner's relay publishes.
    """

    def __init__(self, metadata: sa.MetaData, *, seals: bool = False) -> None:
        super().__init__(metadata)
        self.seals = seals

    def setup(self) -> None:
        """Open the engine, and know how to wake the relay."""
        super().setup()
        self.settings = dataclasses.replace(self.settings, service=owner(self.settings.service))
        if self.seals:
            keys_of(self.settings)
        self.relay = Relay(self.engine, self.settings, self.metadata)

    def get_dependency(self, worker_ctx: Any) -> BoundStore:
        """The store for one call."""
        return BoundStore(
            self.engine,
            self.metadata,
            self.settings,
            CallContext.from_data(worker_ctx.data),
            operation=worker_ctx.entrypoint.method_name,
            relay=self.relay,
        )


def open_store(settings: Settings, metadata: sa.MetaData) -> BoundStore:
    """A service's store for a command line; it wakes the relay of whoever relays."""
    engine = database.create_engine(settings.database_url)
    return BoundStore(engine, metadata, settings, relay=Relay(engine, settings, metadata))


class Store(ReadingStore):
    """The service's database; ``metadata`` is the one of its ``tables.py``.

    ``counted``: what is counted in it for ``/metrics``.  ``seals``: the service keeps something
    sealed, so it does not start without its keys.
    """

    def __init__(
        self, metadata: sa.MetaData, counted: Sequence[Counted] = (), *, seals: bool = False
    ) -> None:
        super().__init__(metadata)
        self.counted = counted
        self.seals = seals

    def setup(self) -> None:
        """Open the engine, and make the relay that publishes what commands leave behind."""
        super().setup()
        if self.seals:
            keys_of(self.settings)
        package = self.container.service_cls.__module__.rpartition(".")[0]
        self.contracts = Contracts.of_package(package)
        self.relay = Relay(self.engine, self.settings, self.metadata)
        self.gauges = Gauges(self.engine, self.settings, self.counted)

    def start(self) -> None:
        """Start the relay; it waits for its turn when another replica is relaying."""
        self.container.spawn_managed_thread(self.relay.run, identifier="relay")
        self.container.spawn_managed_thread(self.gauges.run, identifier="gauges")

    def stop(self) -> None:
        """Stop relaying and close; what is not published yet waits in the outbox."""
        self.gauges.stop()
        self.relay.stop()
        super().stop()

    def ready(self) -> bool:
        """Whether the database answers, and the relay, if it is this one's turn, has its broker."""
        return super().ready() and (self.relay.connected or not self.relay.leading)

    def get_dependency(self, worker_ctx: Any) -> BoundStore:
        """The store for one call."""
        context = CallContext.from_data(worker_ctx.data)
        return BoundStore(
            self.engine,
            self.metadata,
            self.settings,
            context,
            operation=worker_ctx.entrypoint.method_name,
            relay=self.relay,
            contracts=self.contracts,
        )


class BoundStore:
    """The store for one call: who asks is known."""

    def __init__(
        self,
        engine: sa.Engine,
        metadata: sa.MetaData,
        settings: Settings,
        context: CallContext | None = None,
        *,
        operation: str = "",
        relay: Relay | None = None,
        contracts: Contracts | None = None,
    ) -> None:
        self.engine = engine
        self.tables = metadata.tables
        self.settings = settings
        self.context = context or CallContext()
        self.operation = operation
        self.relay = relay
        self.contracts = contracts or Contracts.of_service(settings.service)

    @property
    def principal(self) -> Principal:
        """Who asks."""
        return self.context.principal

    @property
    def keys(self) -> Keys:
        """The service's keys; BadSetting without them."""
        return keys_of(self.settings)

    @functools.cached_property
    def files(self) -> Files:
        """The store of uploaded files; never to be called inside a transaction: it may yield."""
        return Files(self.settings)

    def execute(
        self,
        command: Command,
        schema: Form,
        body: Any,
        *,
        answer: Form,
        secret: dict[str, Any] | None = None,
        kept: bool = True,
        anew: Anew | None = None,
        **ids: str,
    ) -> dict[str, Any]:
        """Run a command and answer with the thing that it returns, dumped by ``answer``.

        ``ids`` are added to the command; ``id`` is the aggregate that If-Match speaks of.
        The same idempotency key with the same body gives the same answer, with another body
        Invalid.  ``secret``: the fixed answer to a command of which nothing may be kept, neither
        an answer nor a time nor a fingerprint of the body (who could guess a key could try all
        bodies); the same key is then a repeat, whatever the body.  What the command returns as a
        dict is added to it, once.  ``kept=False``: the answer may
        not lie about, so the key is not remembered, and who repeats the command does it again.
        ``anew``: nor may it, but the command must not be done again: its id alone is kept.
        Raises what the command raises.
        """
        data = load(schema, body) | ids
        said = body if secret is None else None
        key = _Key.of(self.context, self.operation, said, ids) if kept else None

        def work(session: Session) -> tuple[dict[str, Any], bool]:
            uow = UnitOfWork(session, self.context, self.settings, target=ids.get("id"))
            # A copy: the transaction may be tried again, and a command may take its own apart.
            result = command(dict(data), uow)
            wrote = uow.publish(self.tables["outbox"], self.contracts, self._notify)
            if secret is None:
                dumped = dump(answer, result)
            else:
                dumped = secret | (result if isinstance(result, dict) else {})
            if key:
                brief = {_ANEW: dumped["id"]} if anew and anew.of(result) else dumped
                self._remember(session, key, brief, secret=secret is not None)
            return dumped, wrote

        try:
            dumped, wrote = database.in_transaction(self.engine, work)
        except Unavailable:
            raise
        except (ServiceError, IntegrityError, StaleDataError, _Repeated) as exc:
            # Asked only now: a key that was used before is rare, and a look-up costs every command.
            before = self._answered_before(key, secret) if key else None
            if anew and before and _ANEW in before:
                return self.read(anew.query, before[_ANEW], answer=answer)
            if before is not None:
                return before
            raise _as_service_error(exc) from exc
        if wrote and self.relay:
            self.relay.wake()
        return dumped

    def apply(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run an operator's commands in one transaction, with their events and without a key.

        ``work`` must find out by itself what has been done before: it may run several times, and
        again when another was faster with the same rows.
        """

        def applied(session: Session) -> tuple[T, bool]:
            uow = UnitOfWork(session, self.context, self.settings)
            result = work(uow)
            return result, uow.publish(self.tables["outbox"], self.contracts, self._notify)

        races = StaleDataError, IntegrityError
        result, wrote = database.in_transaction(self.engine, applied, races=races)
        if wrote and self.relay:
            self.relay.wake()
        return result

    def rehearse(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run commands and take everything back: what they would refuse, and nothing written."""

        def rehearsed(session: Session) -> None:
            with session.no_autoflush:
                raise _Rehearsed(work(UnitOfWork(session, self.context, self.settings)))

        try:
            database.in_transaction(self.engine, rehearsed, reading=True)
        except _Rehearsed as done:
            result: T = done.result
            return result
        raise AssertionError

    def asked(self, schema: Form, params: Any) -> dict[str, Any]:
        """The parameters of a query as the schema reads them, and ``today`` in this zone."""
        return load(schema, params) | {"today": self.settings.today}

    def read(self, query: Callable[..., Any], *args: Any, answer: Form) -> dict[str, Any]:
        """Run ``query(session, *args)`` and dump what it finds."""
        return database.in_transaction(
            self.engine, lambda session: dump(answer, query(session, *args)), reading=True
        )

    def list(
        self, query: Callable[..., sa.Select[Any]], schema: Form, params: Any, *, answer: Schema
    ) -> dict[str, Any]:
        """One page of ``query(asked)``: ``{"items": […], "next": cursor or None}``."""
        loaded = self.asked(schema, params)

        def work(session: Session) -> dict[str, Any]:
            return paging.page(session, query(loaded), loaded, lambda row: dump(answer, row))

        return database.in_transaction(self.engine, work, reading=True)

    def handle(
        self,
        event: Event,
        reader: Form,
        effect: Callable[[dict[str, Any], Event, UnitOfWork], Any],
    ) -> bool:
        """Let an event take effect once; False if it had before.  Invalid if it is unreadable."""
        data = load(reader, event.data)

        def work(session: Session) -> tuple[bool, bool]:
            if not self._first_time(session, event):
                return False, False
            uow = UnitOfWork(session, self.context, self.settings)
            effect(dict(data), event, uow)
            return True, uow.publish(self.tables["outbox"], self.contracts, self._notify)

        # Two events may make the same row at once; that is the fault of neither.
        races = StaleDataError, IntegrityError
        first, wrote = database.in_transaction(self.engine, work, races=races)
        if wrote and self.relay:
            self.relay.wake()
        return first

    def _first_time(self, session: Session, event: Event) -> bool:
        row = {"source": event.source, "event_id": event.id}
        return _inserted(session, self.tables["inbox"], row)

    def _notify(self, session: Session) -> None:
        if self.relay:
            self.relay.notify(session)

    def _remember(
        self, session: Session, key: _Key, answer: dict[str, Any], *, secret: bool
    ) -> None:
        row = {
            "key_hash": key.hash,
            "fingerprint": key.fingerprint,
            "answer": None if secret else answer,
            "expires_at": None if secret else clock.now() + KEPT,
        }
        if not _inserted(session, self.tables["idempotency"], row):
            raise _Repeated

    def _answered_before(self, key: _Key, secret: dict[str, Any] | None) -> dict[str, Any] | None:
        table = self.tables["idempotency"]
        query = sa.select(table.c.fingerprint, table.c.answer).where(table.c.key_hash == key.hash)
        row = database.in_transaction(
            self.engine, lambda session: session.execute(query).one_or_none(), reading=True
        )
        if row is None:
            return None
        if not hmac.compare_digest(row.fingerprint, key.fingerprint):
            raise Invalid(
                "idempotency-key-reused",
                "this Idempotency-Key was used for another request; make a new key",
                "该 Idempotency-Key 已用于另一请求,请换一个新的",
            )
        return secret if secret is not None else row.answer


class _Key:
    """An idempotency key as it may be stored: never the key, the caller or the body."""

    def __init__(self, key: str, said: bytes) -> None:
        self.hash = hashlib.sha256(b"minsheng-idempotency|" + key.encode()).digest()
        self.fingerprint = hmac.digest(key.encode(), said, "sha256")

    @classmethod
    def of(cls, context: CallContext, operation: str, body: Any, ids: Any) -> _Key | None:
        if not context.idempotency_key:
            return None
        said = json.dumps([context.principal.subject, operation, ids, body], sort_keys=True)
        return cls(context.idempotency_key, said.encode())


def load(schema: Form, body: Any) -> dict[str, Any]:
    """The body as the schema reads it; raises Invalid with a pointer for each mistake."""
    try:
        loaded: dict[str, Any] = _instance(schema).load(body)
    except ValidationError as exc:
        raise invalid(exc) from exc
    return loaded


def dump(schema: Form, thing: Any) -> dict[str, Any]:
    """A thing as JSON-able data."""
    dumped: dict[str, Any] = _instance(schema).dump(thing)
    return dumped


def _instance(schema: Form) -> Schema:
    return _made(schema) if isinstance(schema, type) else schema


@functools.cache
def _made(cls: type[Schema]) -> Schema:
    return cls()


def _inserted(session: Session, table: sa.Table, row: dict[str, Any]) -> bool:
    """Whether the row was not there before; now it is."""
    connection = session.connection()
    return bool(connection.execute(_insert(table, connection.dialect.name), row).rowcount)


@functools.cache
def _insert(table: sa.Table, dialect: str) -> sa.Executable:
    statement: sa.Executable = database.insert(dialect, table).on_conflict_do_nothing()
    return statement


def _as_service_error(exc: Exception) -> Exception:
    if isinstance(exc, StaleDataError):
        return Stale(
            "version-stale",
            "somebody else changed this at the same moment; read it again",
            "此项刚被他人修改,请重新读取",
        )
    if isinstance(exc, IntegrityError | _Repeated):
        return Conflict(
            "already-exists",
            "this exists already, or refers to what does not",
            "此项已存在,或引用了不存在的内容",
        )
    return exc
