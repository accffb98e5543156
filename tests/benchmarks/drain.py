"""Run one relay until its outbox is empty, in a process of its own; print the seconds as JSON."""

from __future__ import annotations

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import time  # noqa: E402

from services.chassis import database, migrations, settings  # noqa: E402
from services.chassis.relay import Relay  # noqa: E402


def main() -> None:
    """Drain the outbox of proposal."""
    one = settings.load("proposal")
    engine = database.create_engine(one.database_url)
    relay = Relay(engine, one, migrations.metadata("proposal"))
    began = time.perf_counter()
    runner = eventlet.spawn(relay.run)
    while relay._pending():
        eventlet.sleep(0.05)
    print(json.dumps({"seconds": time.perf_counter() - began}))
    relay.stop()
    runner.wait()


if __name__ == "__main__":
    main()
