"""The settings of all processes of one system on this machine, as environment variables."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from .broker import Broker
from .ports import LOOPBACK, first_free, free_port, is_free

SERVICES = ("proposal", "ballot", "supervision", "survey")
#: CPU workers, and the service in whose folder each stands.
WORKERS = {"ballotbox": "ballot", "similarity": "proposal"}
PROGRAMS = (*SERVICES, *WORKERS, "gateway")
#: Of what runs in more than one process: in how many, one per core.
NUMBERS = {"ballotbox": len(os.sched_getaffinity(0))}


def processes_of(program: str) -> list[str]:
    """The names of a program's processes: its own, then ``ballotbox-2`` and so on."""
    more = range(2, NUMBERS.get(program, 1) + 1)
    return [program, *(f"{program}-{number}" for number in more)]


#: Every process of a system, and its program.
PROCESSES = {process: program for program in PROGRAMS for process in processes_of(program)}
FIRST_GATEWAY_PORT = 8000

Settings = dict[str, str]


def file_of(folder: Path) -> Path:
    """Where a system's settings are kept; ``minsheng --env`` reads it."""
    return folder / "environment"


def make(
    folder: Path,
    broker: Broker,
    *,
    gateway_port: int | None = None,
    chosen: Mapping[str, str] | None = None,
) -> Settings:
    """The settings of the system in ``folder``, kept there for the next start.

    Passwords stay; addresses stay while they are free.  ``gateway_port``: the port to try first,
    then upwards; None: any free one.  ``chosen``: settings that somebody made by hand, which win.
    """
    folder = folder.resolve()
    before = read(file_of(folder))
    settings = {
        "MINSHENG_JURISDICTION": "330100",
        "MINSHENG_ENVIRONMENT": "development",
        "MINSHENG_DATA_DIR": str(folder / "data"),
        "MINSHENG_LOG_FORMAT": "text",
        "MINSHENG_GATEWAY_ADDRESS": _gateway_address(before, gateway_port),
        **_metrics_addresses(before),
        **_broker_settings(broker, before),
        **(chosen or {}),
    }
    Path(settings["MINSHENG_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    _write(file_of(folder), settings)
    return settings


def read(file: Path) -> Settings:
    """The settings in a file; empty if there is none."""
    if not file.exists():
        return {}
    lines = (line.partition("=") for line in file.read_text("utf-8").splitlines())
    return {name: value for name, separator, value in lines if separator}


def metrics_address(process: str) -> str:
    """The name of the setting that holds a process's address for ``/metrics``."""
    return f"MINSHENG_{process.upper().replace('-', '_')}_METRICS_ADDRESS"


def own(settings: Mapping[str, str], process: str) -> Settings:
    """What one process reads otherwise than the others of its program: its own address."""
    program = PROCESSES[process]
    if process == program:
        return {}
    return {metrics_address(program): settings[metrics_address(process)]}


def address(settings: Mapping[str, str], name: str) -> tuple[str, int]:
    """A setting of the form host:port."""
    host, _, port = settings[name].rpartition(":")
    return host, int(port)


def _write(file: Path, settings: Settings) -> None:
    file.touch(mode=0o600)  # it holds passwords
    file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")


def _gateway_address(before: Settings, first: int | None) -> str:
    if first is not None:
        return f"{LOOPBACK}:{first_free(first)}"
    return _still_free(before.get("MINSHENG_GATEWAY_ADDRESS", ""))


def _metrics_addresses(before: Settings) -> Settings:
    names = [metrics_address(process) for process in PROCESSES]
    return {name: _still_free(before.get(name, "")) for name in names}


def _still_free(address: str) -> str:
    port = address.rpartition(":")[2]
    return address if port and is_free(int(port)) else f"{LOOPBACK}:{free_port()}"


def _broker_settings(broker: Broker, before: Settings) -> Settings:
    settings = {"AMQP_URI": broker.amqp_uri()}
    if not broker.rabbitmqctl_command:
        return settings
    settings["MINSHENG_RABBITMQCTL"] = broker.rabbitmqctl_command
    for program in PROGRAMS:
        name = f"MINSHENG_{program.upper()}_AMQP_URI"
        password = urlsplit(before.get(name, "")).password or secrets.token_hex(16)
        settings[name] = broker.amqp_uri(program, password)
    return settings
