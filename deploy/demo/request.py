"""What a replay consists of: requests of single persons and things, in an order.

A request is data, made before anything is sent.  What the system itself makes, such as ids, stands
in it as a :class:`Ref` and is put in when the answer that holds it has come.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from .sheet import Sheet

if TYPE_CHECKING:
    from .hall import Hall

_KEYS = uuid.UUID("6d696e73-6865-4e67-8465-6d6f00000001")


@dataclass(frozen=True)
class Ref:
    """A field of the answer to an earlier request, by that request's name.

    In ``path`` a pair such as ``("role", "lead")`` is the first item of a list that has this value.
    """

    name: str
    path: tuple[str | int | tuple[str, str], ...] = ("id",)

    def find(self, answers: dict[str, Any]) -> Any:
        """What it stands for; LookupError if it is not there (yet)."""
        value = answers[self.name]
        for step in self.path:
            value = _item(value, *step) if isinstance(step, tuple) else value[step]
        return value


@dataclass(frozen=True)
class Actor:
    """On whose behalf a request is made: the subject of the token, and its roles."""

    subject: str | Ref
    roles: tuple[str, ...]


POST, GET = "POST", "GET"


@dataclass(frozen=True)
class Request:
    """One request.  ``name``: its own among all of a replay; others refer to its answer by it.

    ``of``: what fills the ``{}`` of the path.  ``patient``: it needs what another service has
    still to hear of, so a refusal may only mean *not yet*.  ``expect``: fields that the answer must
    have, or the replay cannot go on.  ``photo``, ``csv``: a JPEG, or a CSV file as text, that is
    sent in place of the body.  ``match``: the version that was read before, for If-Match.
    """

    name: str
    by: Actor
    path: str
    body: dict[str, Any]
    of: tuple[str | Ref, ...] = ()
    patient: bool = False
    expect: dict[str, Any] = field(default_factory=dict)
    method: str = POST
    photo: Path | None = None
    csv: str = ""
    match: Ref | None = None

    def refs(self) -> Iterator[Ref]:
        """Everything it refers to."""
        yield from _refs([self.body, list(self.of), self.by.subject, self.match])

    def resolved(self, answers: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The path and the body as they are sent."""
        path = self.path.format(*(_resolved(one, answers) for one in self.of))
        return path, _resolved(self.body, answers)

    def key(self, seed: str) -> str:
        """Its Idempotency-Key: the same whenever the same replay is made again."""
        return str(uuid.uuid5(_KEYS, f"{seed}/{self.name}"))


class Act(Protocol):
    """What somebody does with a program of her own, which makes its requests itself."""

    @property
    def size(self) -> int:
        """How often it counts up."""

    def perform(self, hall: Hall, advance: Callable[[], None]) -> None:
        """Do it; raises Refused."""


#: Requests that must follow one another; lanes of one step may go side by side.
Lane = list[Request]


@dataclass(frozen=True)
class Step:
    """A part of the year: lanes without an order between them, after all of the step before.

    Before them an operator does her part: ``sheet`` is imported from a file, and ``commands`` are
    given to ``minsheng``; and people in the hall do theirs, one act after the other.
    """

    title: str
    lanes: list[Lane]
    sheet: Sheet | None = None
    commands: tuple[tuple[str, ...], ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def requests(self) -> list[Request]:
        """All of its requests, lane by lane."""
        return [request for lane in self.lanes for request in lane]

    @property
    def size(self) -> int:
        """How many requests and rows it has, and what its acts count."""
        rows = len(self.sheet.rows) if self.sheet else 0
        return len(self.requests) + rows + sum(act.size for act in self.acts)


def look(name: str, by: Actor, path: str, *of: str | Ref) -> Request:
    """A request that changes nothing, for what others refer to in its answer."""
    return Request(name, by, path, {}, of, method=GET)


def single(requests: list[Request]) -> list[Lane]:
    """Each request in a lane of its own."""
    return [[request] for request in requests]


def _item(items: list[dict[str, Any]], field: str, value: str) -> dict[str, Any]:
    for item in items:
        if item[field] == value:
            return item
    raise LookupError(f"no {field} {value}")


def _refs(value: Any) -> Iterator[Ref]:
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _refs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _refs(inner)


def _resolved(value: Any, answers: dict[str, Any]) -> Any:
    if isinstance(value, Ref):
        return value.find(answers)
    if isinstance(value, dict):
        return {name: _resolved(inner, answers) for name, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner, answers) for inner in value]
    return value
