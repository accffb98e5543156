"""What a running system wrote where nobody's words, names and answers may stand."""

from __future__ import annotations

import urllib.request
from functools import partial

from deploy.local.environment import PROCESSES, SERVICES, metrics_address
from deploy.local.system import System
from services.chassis import deadletters, streams
from tests.chassis.house import until
from tests.desk import rows


def written(system: System) -> dict[str, str]:
    """Events, logs and metrics, once everything was told; there may be no dead letter."""
    assert system.broker
    for service in SERVICES:
        until(partial(_told, system, service), 20)
    uri = system.broker.amqp_uri()
    events = streams.read(uri, "history", "first", until_idle=2)
    files = [*system.logs.values(), *(system.folder / "broker").glob("*.log*")]
    logs = [file.read_text("utf-8", "replace") for file in files if file.exists()]
    found = {
        "events": "\n".join(events),
        "logs": "".join(logs),
        "metrics": "".join(_metrics(system)),
    }
    assert [letter.message.body for letter in deadletters.read(uri, SERVICES)] == []
    return found


def _told(system: System, service: str) -> bool:
    return not rows(system, service, "outbox")


def _metrics(system: System) -> list[str]:
    """What every process tells of itself."""
    found = []
    for process in PROCESSES:
        url = f"http://{system.env[metrics_address(process)]}/metrics"
        with urllib.request.urlopen(url, timeout=10) as answer:
            found.append(answer.read().decode())
    return found
