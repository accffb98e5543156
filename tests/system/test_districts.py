"""A city and its district: what concerns the district reaches it, also after the link was down."""

from __future__ import annotations

import json
import shlex
import subprocess
import time
import uuid
from typing import Any

import requests
from kombu import Connection, Consumer, Queue

from deploy.local.system import System
from services.chassis import streams

DISTRICT, NEIGHBOUR = "330106", "330105"


def suggest(system: System, division: str) -> str:
    """Post a suggestion about a place; its id."""
    roles = ["--role", "clerk", "--role", "recorder"]
    token = system.minsheng("token", *roles, "--subject", "office").strip()

    def post(path: str, body: dict[str, Any]) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
        url = f"{system.gateway_url}/v1/{path}"
        return requests.post(url, json=body, headers=headers, timeout=10)

    post("aspects", {"code": "district-feed", "name": "示例"})  # 409 the second time
    body = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "site",
        "aspect": "district-feed",
        "title": "(合成)",
        "text": "(合成)",
        "place": {"division": division},
        "happened_on": "2022-11-01",
    }
    made = post("suggestions", body)
    assert made.status_code == 201, made.text
    found: str = made.json()["id"]
    return found


def waiting(system: System) -> int:
    """How many events wait in the district's feed."""
    command = shlex.split(system.env["MINSHENG_RABBITMQCTL"])
    listed = subprocess.run(
        [*command, "-q", "list_queues", "--no-table-headers", "name", "messages"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = dict(line.split("\t") for line in listed.splitlines())
    return int(rows[f"feed.{DISTRICT}"])


def test_a_link_that_was_down_drains(system: System) -> None:
    """The feed grows while nobody reads; a cut in the middle loses nothing; then it is empty."""
    suggest(system, NEIGHBOUR)  # the first defines the aspect, of which every district hears
    added = system.minsheng("districts", "add", DISTRICT)
    facts = dict(line.split(maxsplit=1) for line in added.splitlines())
    uri = f"amqp://{facts['user']}:{facts['password']}@{system.env['AMQP_URI'].split('@')[1]}"
    ours = [suggest(system, DISTRICT) for _ in range(3)]
    suggest(system, NEIGHBOUR)
    end = time.monotonic() + 20
    while waiting(system) < len(ours) and time.monotonic() < end:
        time.sleep(0.2)
    assert waiting(system) == len(ours)

    first = take(uri, 2, acked=1)  # the second was on its way when the link was cut
    rest = take(uri, 2, acked=2)
    assert [event["subject"] for event in first + rest] == [ours[0], ours[1], ours[1], ours[2]]
    while waiting(system) and time.monotonic() < end + 20:
        time.sleep(0.2)
    assert waiting(system) == 0
    kept = [json.loads(text) for text in streams.read(uri, f"history.{DISTRICT}", "first", count=3)]
    assert [event["subject"] for event in kept] == ours


def take(uri: str, count: int, *, acked: int) -> list[dict[str, Any]]:
    """Read ``count`` events of the feed over a link that is cut after ``acked`` were acked."""
    found: list[dict[str, Any]] = []

    def receive(message: Any) -> None:
        found.append(json.loads(message.body))
        if len(found) <= acked:
            message.ack()

    feed = Queue(f"feed.{DISTRICT}", no_declare=True)
    with (
        Connection(uri, connect_timeout=10) as connection,
        Consumer(connection, [feed], on_message=receive, prefetch_count=1) as consumer,
    ):
        consumer.qos(prefetch_count=1)
        while len(found) < count:
            connection.drain_events(timeout=20)
    return found
