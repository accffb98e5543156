"""The unit of work: what a command may touch, and the events that it leaves behind."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, attributes

from services.commons import clock
from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Forbidden, Invalid, NotFound, Stale

from .cloudevents import Event, routing_key
from .context import CallContext, Principal
from .contracts import Contracts
from .secretbox import Keys, keys_of
from .settings import Settings

E = TypeVar("E", bound=Aggregate)
T = TypeVar("T")

_UOW = "minsheng.unit-of-work"
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def get(session: Session, cls: type[E], id_: str, *, locked: bool = False) -> E:
    """The entity with this id; NotFound without it.

    ``locked``: until the end of the transaction nobody else changes it, so a counter that many
    count up at once needs no second try (on SQLite all who write take turns anyhow).
    """
    for_update = True if locked else None
    entity = session.get(cls, id_, with_for_update=for_update) if is_id(id_) else None
    if entity is None:
        raise not_found(cls)
    return entity


def is_id(text: str) -> bool:
    """Whether a text has the form of an entity's id, so that a database may be asked for it."""
    return _UUID.fullmatch(text) is not None


def not_found(cls: type[Any]) -> NotFound:
    """What is told where there is nothing, and where the caller may not know that there is."""
    return NotFound("not-found", f"there is no such {cls.__name__}", "未找到所指的内容")


def _unknown(cls: type[Any], id_: str, pointer: str) -> Invalid:
    return Invalid(
        "reference-unknown",
        f"{cls.__name__} {id_} does not exist, or is named twice",
        f"{cls.__name__} {id_} 不存在,或重复出现",
        [{"pointer": pointer, "detail": "does not exist, or is named twice"}],
    )


@functools.cache
def _insert(outbox: sa.Table) -> sa.Insert:
    return sa.insert(outbox)


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, *_: Any) -> None:
    if _UOW in session.info:
        session.info[_UOW].keep_flushed(session)


class UnitOfWork:
    """One transaction as a command sees it.

    ``now``: this instant, UTC; ``today``: the civil day in the jurisdiction's zone.
    """

    def __init__(
        self,
        session: Session,
        context: CallContext,
        settings: Settings,
        *,
        target: str | None = None,
    ) -> None:
        self.session = session
        self.context = context
        self.settings = settings
        self.target = target
        self.now = clock.now()
        # The session forgets what it has flushed and nobody holds; its events must not go with it.
        self._kept: dict[int, Aggregate] = {}
        self._written: set[int] = set()
        self._looked_up: dict[Hashable, Any] = {}
        session.info[_UOW] = self

    @property
    def principal(self) -> Principal:
        """Who asks."""
        return self.context.principal

    @property
    def keys(self) -> Keys:
        """The service's keys; BadSetting without them."""
        return keys_of(self.settings)

    @property
    def today(self) -> dt.date:
        """The civil day of :attr:`now`."""
        return clock.civil_day(self.now, self.settings.zone)

    def add(self, entity: E) -> E:
        """Keep a new entity."""
        self.session.add(entity)
        return self._keep(entity)

    def remove(self, entity: Aggregate) -> None:
        """Delete an entity of which nothing has been told yet."""
        self.session.delete(entity)

    def find(self, cls: type[E], id_: str) -> E | None:
        """The entity, or None."""
        found = self.session.get(cls, id_)
        return None if found is None else self._keep(found)

    def get(self, cls: type[E], id_: str, *, locked: bool = False) -> E:
        """The entity; NotFound without it, Stale if it is not at the version of If-Match."""
        entity = self._keep(get(self.session, cls, id_, locked=locked))
        expected = self.context.expected_version
        if id_ == self.target and expected is not None and entity.version != expected:
            raise Stale(
                "version-stale",
                f"this is at version {entity.version} now; read it again",
                f"此项现为第 {entity.version} 版,请重新读取",
            )
        return entity

    def known(self, cls: type[E], id_: str, pointer: str) -> E:
        """What a body refers to at ``pointer``; Invalid if it does not exist."""
        entity = self.find(cls, id_)
        if entity is None:
            raise _unknown(cls, id_, pointer)
        return entity

    def all_known(
        self,
        cls: type[E],
        ids: Sequence[str],
        pointer: str,
        seen: Callable[[E], bool] = lambda _: True,
    ) -> list[E]:
        """All that a list in a body refers to, in its order; each must exist, and stand there once.

        What is not ``seen`` is as if it did not exist.  Raises Invalid, with the place.
        """
        entity: Any = cls
        query = sa.select(entity).where(entity.id.in_(ids))
        left = {one.id: self._keep(one) for one in self.session.scalars(query) if seen(one)}
        found = []
        for index, id_ in enumerate(ids):
            if id_ not in left:
                raise _unknown(cls, id_, f"{pointer}/{index}")
            found.append(left.pop(id_))
        return found

    def once(self, key: Hashable, look: Callable[[], T]) -> T:
        """What ``look`` finds, looked up once in this transaction however many rows ask for it."""
        if key not in self._looked_up:
            self._looked_up[key] = look()
        found: T = self._looked_up[key]
        return found

    def happened(self, day: dt.date) -> dt.date:
        """The day of a deed, checked: not in the future, and late only by the role ``recorder``."""
        if day > self.today:
            raise Invalid(
                "day-in-future",
                "what has not happened yet cannot be recorded",
                "不能记录尚未发生的事项",
                [{"pointer": "/happened_on", "detail": "is in the future"}],
            )
        late = (self.today - day).days > self.settings.late_after
        if late and "recorder" not in self.principal.roles:
            raise Forbidden(
                "day-too-late",
                f"days more than {self.settings.late_after} days ago need the role recorder",
                f"补记 {self.settings.late_after} 天以前的事项需要 recorder 角色",
            )
        return day

    def changed(self, entity: Aggregate) -> None:
        """Count a change of the entity although none of its own columns changed."""
        mapper = sa.inspect(type(entity))
        keep = {column.key for column in mapper.primary_key} | {"version"}
        name = next(p.key for p in mapper.column_attrs if p.key not in keep)
        attributes.flag_modified(entity, name)

    def publish(
        self, outbox: sa.Table, contracts: Contracts, notify: Callable[[Session], None]
    ) -> bool:
        """Write the recorded events into the outbox; whether there were any.

        Versions count up at the flush, so the events are made after it.
        """
        self.keep_flushed(self.session)
        entities = [e for e in self._kept.values() if e.__dict__.get("_recorded")]
        for entity in entities:
            if id(entity) not in self._written:
                self.changed(entity)
        self.session.flush()
        rows = [row for entity in entities for row in self._rows(entity, contracts)]
        if rows:
            self.session.connection().execute(_insert(outbox), rows)
            notify(self.session)
        return bool(rows)

    def _keep(self, entity: E) -> E:
        self._kept.setdefault(id(entity), entity)
        return entity

    def keep_flushed(self, session: Session) -> None:
        """Hold what is about to be written."""
        for entity in (*session.new, *session.dirty):
            if isinstance(entity, Aggregate) and session.is_modified(entity):
                self._written.add(id(self._keep(entity)))

    def _rows(self, entity: Aggregate, contracts: Contracts) -> list[dict[str, Any]]:
        rows = []
        for recorded in entity.take_recorded():
            made = Event(
                id=new_id(),
                type=f"{self.settings.service}.{recorded.type}",
                source=f"/{self.settings.jurisdiction}/{self.settings.service}",
                subject=entity.id,
                version=entity.version,
                time=self.now,
                data=entity.public_state() | recorded.detail,
                traceparent=self.context.traceparent,
            )
            others = set(recorded.concerns) - {self.settings.jurisdiction}
            codes = contracts.concerned(recorded.type, others)
            rows.append(
                {
                    "event_id": made.id,
                    "subject": entity.id,
                    "routing_key": routing_key(recorded.type, self.settings.jurisdiction),
                    "also": [routing_key(recorded.type, code) for code in codes],
                    "body": made.to_json(),
                }
            )
        return rows
