"""Configuration from the environment, checked at start; a bad value names itself.

A process reads ``MINSHENG_<SERVICE>_<NAME>`` first, then ``MINSHENG_<NAME>``, so that all services
can share one environment, also inside one process.  A CPU worker works on its owner's database and
reads the owner's variables before the common ones.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from services.commons import clock

T = TypeVar("T")

SERVICES = ("proposal", "ballot", "supervision", "survey")
#: CPU workers, processes of their own, and the service whose database they work on.
WORKERS = {"ballotbox": "ballot", "similarity": "proposal"}
GATEWAY = "gateway"
ADMIN = "admin"


class BadSetting(Exception):
    """A setting is missing or malformed; the message names the variable and what it should be."""


@dataclass(frozen=True)
class Settings:
    """The settings of one service.

    ``jurisdiction``: its code by GB/T 2260, six digits.  ``deliveries``: how often an event is
    tried before it goes to the dead letters.  ``first_wait``, ``longest_wait``: seconds between
    tries; each wait doubles.  ``rpc_deadline``, ``drain``: seconds.  ``late_after``: days after
    which recording a deed is late and needs the role ``recorder``.  ``nightly``: the local time at
    which the nightly command starts; None: never.  ``body_limit``, ``upload_limit``: bytes of a
    request's body, and of a file's.  ``proxies``: how many proxies of ours stand in front of the
    gateway, each adding to X-Forwarded-For.  ``files``: the folder of files, or ``s3://bucket/prefix``.
    ``keys``: a file, see ``secretbox``.
    """

    service: str
    jurisdiction: str
    environment: str
    zone: ZoneInfo
    data_dir: Path
    database_url: str
    amqp_uri: str
    metrics_address: tuple[str, int] | None
    gateway_address: tuple[str, int]
    rabbitmqctl: str
    log_format: str
    log_level: str
    max_workers: int
    deliveries: int
    first_wait: float
    longest_wait: float
    rpc_deadline: float
    drain: float
    late_after: int
    nightly: dt.time | None
    body_limit: int
    upload_limit: int
    proxies: int
    files: str
    keys: str
    jwks: str
    audience: str

    @property
    def today(self) -> dt.date:
        """The civil day in the jurisdiction's zone."""
        return clock.civil_day(clock.now(), self.zone)

    @property
    def production(self) -> bool:
        """Whether this process serves people for real: development keys are refused."""
        return self.environment == "production"


class _Reader:
    """Looks names up for one service and says which variable was wrong."""

    #: What a worker never shares with its owner: a port, a user of the broker, how many at once.
    OWN = ("METRICS_ADDRESS", "AMQP_URI", "MAX_WORKERS")

    def __init__(self, service: str, environ: Mapping[str, str]) -> None:
        self.prefix = f"MINSHENG_{service.upper()}_"
        self.owner = f"MINSHENG_{owner(service).upper()}_"
        self.environ = environ

    def _names(self, name: str) -> tuple[str, ...]:
        between = () if name in self.OWN else (self.owner + name,)
        return (self.prefix + name, *between, "MINSHENG_" + name)

    def __call__(self, name: str, default: str, parse: Callable[[str], T], what: str) -> T:
        variable = next((v for v in self._names(name) if v in self.environ), None)
        if variable is None and name == "AMQP_URI":
            variable = "AMQP_URI" if "AMQP_URI" in self.environ else None
        text = self.environ[variable] if variable else default
        try:
            return parse(text)
        except (ValueError, KeyError) as exc:
            raise BadSetting(f"{variable or 'MINSHENG_' + name} must be {what}") from exc


def load(service: str, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of ``service``; raises BadSetting, which names the first bad variable."""
    read = _Reader(service, os.environ if environ is None else environ)
    data_dir = read("DATA_DIR", "var/data", Path, "a folder")
    sqlite = f"sqlite:///{data_dir / (owner(service) + '.db')}"
    # One job at a time holds the CPU; a second process uses the second core.
    workers = "1" if service in WORKERS else "32"
    return Settings(
        service=service,
        jurisdiction=read(
            "JURISDICTION", "330100", _matching(r"[1-9][0-9]{5}"), "six digits (GB/T 2260)"
        ),
        environment=read(
            "ENVIRONMENT",
            "development",
            _matching("development|production"),
            "development or production",
        ),
        zone=read("ZONE", "Asia/Shanghai", ZoneInfo, "a time zone, e.g. Asia/Shanghai"),
        data_dir=data_dir,
        database_url=read("DATABASE_URL", sqlite, _database_url, "sqlite:///… or postgresql://…"),
        amqp_uri=read(
            "AMQP_URI", "amqp://guest:guest@127.0.0.1:5672//", _amqp_uri, "amqp://user:pass@host/"
        ),
        metrics_address=read("METRICS_ADDRESS", "", _address_or_none, "host:port or empty"),
        gateway_address=read("GATEWAY_ADDRESS", "127.0.0.1:8000", _address, "host:port"),
        rabbitmqctl=read("RABBITMQCTL", "", str, "a command line"),
        log_format=read("LOG_FORMAT", "text", _matching("text|json"), "text or json"),
        log_level=read("LOG_LEVEL", "info", _matching("debug|info|warning|error"), "a log level"),
        max_workers=read("MAX_WORKERS", workers, _positive(int), "a whole number from 1"),
        deliveries=read("DELIVERIES", "8", _positive(int), "a whole number from 1"),
        first_wait=read("FIRST_WAIT", "0.1", _positive(float), "seconds"),
        longest_wait=read("LONGEST_WAIT", "5", _positive(float), "seconds"),
        rpc_deadline=read("RPC_DEADLINE", "10", _positive(float), "seconds"),
        drain=read("DRAIN", "10", _positive(float), "seconds"),
        late_after=read("LATE_AFTER", "7", _positive(int), "days"),
        nightly=read("NIGHTLY", "03:00", _time_or_none, "a time of the day, e.g. 03:00, or empty"),
        body_limit=read("BODY_LIMIT", "1048576", _positive(int), "bytes"),
        upload_limit=read("UPLOAD_LIMIT", "20971520", _positive(int), "bytes"),
        proxies=read("PROXIES", "0", _count, "a whole number from 0"),
        files=read("FILES", str(data_dir / "files"), _files, "a folder or s3://bucket/prefix"),
        keys=read("KEYS", "", str, "a file of keys"),
        jwks=read("JWKS", "", str, "a file or an https:// address"),
        audience=read("AUDIENCE", "minsheng", str, "the audience of bearer tokens"),
    )


def owner(service: str) -> str:
    """Whose database and contracts they are: a worker's owner, or the service itself."""
    return WORKERS.get(service, service)


def package(service: str) -> str:
    """Where a service or a worker stands."""
    folder = f"services.{owner(service)}"
    return f"{folder}.{service}" if service in WORKERS else folder


def variables() -> list[str]:
    """Every variable's name, for the documents and their test."""
    names = [f.name.upper() for f in dataclasses.fields(Settings) if f.name != "service"]
    return [f"MINSHENG_{name}" for name in names]


def _matching(pattern: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(text)
        return text

    return parse


def _positive(number: Callable[[str], T]) -> Callable[[str], T]:
    def parse(text: str) -> T:
        value: Any = number(text)
        if not 0 < value < float("inf"):
            raise ValueError(text)
        return value

    return parse


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not 0 < int(port) < 65536:
        raise ValueError(text)
    return host, int(port)


def _address_or_none(text: str) -> tuple[str, int] | None:
    return _address(text) if text else None


def _time_or_none(text: str) -> dt.time | None:
    return dt.datetime.strptime(text, "%H:%M").time() if text else None  # noqa: DTZ007 local


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg2://")):
        raise ValueError(text)
    if not text.startswith("sqlite"):
        _ = urlsplit(text).port  # raises ValueError
    return text


def _files(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    if not text or (separator and (scheme != "s3" or not urlsplit(text).hostname)):
        raise ValueError(text)
    return text


def _amqp_uri(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("amqp", "amqps") or not parts.hostname or parts.port == 0:
        raise ValueError(text)
    return text
