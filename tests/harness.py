"""A service on a real database without its broker: calls, events in, events out.

What crosses the broker is tested in ``tests/chassis`` and ``tests/system``.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from pathlib import Path
from typing import Any

import jsonschema
import sqlalchemy as sa

from services.chassis import database, migrations, settings
from services.chassis.cloudevents import Event
from services.chassis.context import CallContext, Principal
from services.chassis.contracts import Contracts
from services.chassis.store import BoundStore


class Harness:
    """One service; every event that it writes is checked against its contract."""

    def __init__(self, cls: Any, url: str, data_dir: Path) -> None:
        self.cls = cls
        self.settings = settings.load(
            cls.name,
            {"MINSHENG_DATABASE_URL": url, "MINSHENG_DATA_DIR": str(data_dir)},
        )
        self.engine = database.create_engine(url)
        self.metadata = migrations.metadata(cls.name)
        self.contracts = Contracts.of_service(cls.name)
        #: What the gateway says of the caller's network.
        self.network = ""

    def call(
        self,
        method: str,
        *args: Any,
        roles: tuple[str, ...] = ("clerk", "recorder"),
        subject: str = "somebody",
        key: str | None = None,
        expected_version: int | None = None,
    ) -> Any:
        """Call a method as the gateway does, with a fresh idempotency key unless one is given."""
        context = CallContext(
            principal=Principal(subject, frozenset(roles)),
            idempotency_key=key or str(uuid.uuid4()),
            expected_version=expected_version,
            network=self.network,
        )
        return getattr(self._service(method, context), method)(*args)

    def deliver(
        self,
        type_: str,
        data: dict[str, Any],
        *,
        version: int = 1,
        id_: str | None = None,
        subject: str | None = None,
        jurisdiction: str | None = None,
    ) -> bool:
        """Deliver an event of another service, e.g. ``ballot.result.certified.v1``.

        False if it had taken effect before.  ``data`` is checked against the producer's contract.
        ``jurisdiction``: of the deployment that it comes from, this one's unless given.
        """
        producer, _, name = type_.partition(".")
        check(producer, name, data)
        event = Event(
            id=id_ or str(uuid.uuid4()),
            type=type_,
            source=f"/{jurisdiction or self.settings.jurisdiction}/{producer}",
            subject=subject or data["id"],
            version=version,
            time=dt.datetime.now(dt.UTC),
            data=data,
        )
        handler = "on_" + name.rsplit(".", 1)[0].replace(".", "_").replace("-", "_")
        result: bool = getattr(self._service(handler, CallContext()), handler)(event)
        return result

    def events(self, type_: str | None = None) -> list[Event]:
        """What the outbox holds, in order; of one type (without the service's name) if given."""
        outbox = self.metadata.tables["outbox"]
        with self.engine.connect() as connection:
            bodies = connection.execute(sa.select(outbox.c.body).order_by(outbox.c.sequence))
            events = [Event.from_envelope(json.loads(body)) for (body,) in bodies]
        for event in events:
            check(self.cls.name, event.type.partition(".")[2], event.data)
        return [e for e in events if type_ is None or e.type == f"{self.cls.name}.{type_}"]

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def _service(self, method: str, context: CallContext) -> Any:
        service = self.cls()
        service.store = BoundStore(
            self.engine, self.metadata, self.settings, context, operation=method
        )
        return service


def check(producer: str, name: str, data: dict[str, Any]) -> None:
    """Raise unless ``data`` fits the producer's contract for the event."""
    schema = Contracts.of_service(producer).schemas[name]
    jsonschema.validate(data, schema, format_checker=jsonschema.FormatChecker())


def example(producer: str, name: str) -> dict[str, Any]:
    """The first example of a contract."""
    found: dict[str, Any] = Contracts.of_service(producer).schemas[name]["examples"][0]
    return json.loads(json.dumps(found))
