"""The contracts of the events that a service publishes: its folder ``events/``, as data.

One JSON Schema (2020-12) of an event's ``data`` per event and version, with examples and with
``x-audience``: ``internal`` (this jurisdiction), ``districts`` (also those it concerns) or ``all``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from .settings import package

AUDIENCES = ("internal", "districts", "all")

#: The code that stands for every jurisdiction in a routing key.
EVERYONE = "all"


class Contracts:
    """The contracts of one service, by event type without the service's name."""

    def __init__(self, schemas: dict[str, dict[str, Any]]) -> None:
        self.schemas = schemas

    @classmethod
    def of_service(cls, service: str) -> Contracts:
        """Those of one of this project's services; a worker has none."""
        return _read(package(service))

    @classmethod
    def of_package(cls, package: str) -> Contracts:
        """Those in a package's folder ``events/``, read once."""
        return _read(package)

    def concerned(self, type_: str, concerns: Iterable[str]) -> list[str]:
        """Whose routing keys an event gets beside the producer's; KeyError without a contract."""
        audience = self.schemas[type_]["x-audience"]
        if audience == "internal":
            return []
        return [EVERYONE] if audience == EVERYONE else sorted(set(concerns))


@cache
def _read(package: str) -> Contracts:
    folder = resources.files(package) / "events"
    schemas = {}
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name.endswith(".json"):
                schemas[file.name.removesuffix(".json")] = json.loads(file.read_text("utf-8"))
    return Contracts(schemas)
