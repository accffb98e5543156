"""Events: how long from a commit to its effect, and how fast the relay empties an outbox."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import uuid
from typing import Any

import requests
import sqlalchemy as sa
from kombu import Connection, Exchange, Producer
from rich.progress import Progress

from services.chassis import cloudevents, database, migrations, settings

from .systems import BODY, Bench

SAMPLES = 200
OUTBOX = 20_000


def latency(bench: Bench, progress: Progress) -> dict[str, float]:
    """Seconds from a suggestion's commit in proposal to its effect's commit in supervision.

    Read off supervision's own histogram would be buckets only, so the effect is watched: each
    suggestion is posted alone, and supervision's inbox is looked at until the event is in it.
    The look itself costs up to a millisecond.
    """
    task = progress.add_task("commit to effect", total=SAMPLES)
    inbox = f"sqlite:///{bench.system.env['MINSHENG_DATA_DIR']}/supervision.db"
    engine = database.create_engine(inbox)
    count = sa.text("SELECT count(*) FROM inbox")
    times = []
    url = bench.system.gateway_url + "/v1/suggestions"
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {bench.token}"
        for _ in range(SAMPLES):
            time.sleep(0.05)
            with engine.execution_options(reading=True).connect() as connection:
                before = connection.execute(count).scalar_one()
            key = {"Idempotency-Key": str(uuid.uuid4())}
            session.post(url, json=BODY, headers=key, timeout=10).raise_for_status()
            # The answer comes right after the commit; its way back is not counted against us.
            answered = time.perf_counter()
            while True:
                with engine.execution_options(reading=True).connect() as connection:
                    if connection.execute(count).scalar_one() > before:
                        break
                time.sleep(0.0005)
            times.append(time.perf_counter() - answered)
            progress.advance(task)
    times.sort()
    return {"p50": statistics.median(times), "p99": times[int(len(times) * 0.99)]}


def relay_throughput(bench: Bench, progress: Progress) -> dict[str, float]:
    """Events per second from a full outbox to the broker; beside it one confirm at a time."""
    task = progress.add_task("relay", total=2)
    url = f"sqlite:///{bench.folder.resolve()}/relay.db"
    environ = bench.environ | {"MINSHENG_PROPOSAL_DATABASE_URL": url}
    migrations.upgrade(settings.load("proposal", environ))
    _fill(url)
    command = [sys.executable, "-m", "tests.benchmarks.drain"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    progress.advance(task)
    ours = OUTBOX / float(json.loads(done.stdout)["seconds"])
    bare = _one_at_a_time(environ["AMQP_URI"])
    progress.advance(task)
    return {"relay": ours, "baseline": bare}


def _body() -> str:
    event: dict[str, Any] = {"specversion": "1.0", "id": str(uuid.uuid4()), "data": BODY}
    return json.dumps(event, ensure_ascii=False)


def _fill(url: str) -> None:
    outbox = migrations.metadata("proposal").tables["outbox"]
    rows = [
        {
            "event_id": str(uuid.uuid4()),
            "subject": str(uuid.uuid4()),
            "routing_key": "bench.measured.v1.330100",
            "also": [],
            "body": _body(),
        }
        for _ in range(OUTBOX)
    ]
    database.in_transaction(
        database.create_engine(url), lambda session: session.execute(sa.insert(outbox), rows)
    )


def _one_at_a_time(amqp_uri: str, number: int = 2000) -> float:
    """What nameko's dispatcher does: publish, wait for the confirm, publish the next."""
    options = {"confirm_publish": True}
    with Connection(amqp_uri, transport_options=options) as connection:
        exchange = Exchange("proposal.events", type="topic", no_declare=True)
        producer = Producer(connection, exchange)
        began = time.perf_counter()
        for _ in range(number):
            producer.publish(
                _body(),
                routing_key="bench.measured.v1.330100",
                content_type=cloudevents.CONTENT_TYPE,
                content_encoding="utf-8",
                delivery_mode=2,
            )
        return number / (time.perf_counter() - began)
