"""Runs services: one or several in a process, configured from the environment, drained on SIGTERM.

``run`` patches the standard library for eventlet before a service is imported; nothing else in
this project ever patches.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Any


def run(*paths: str) -> None:
    """Run the services at ``package.module:Class`` until SIGTERM or SIGINT; exits the process.

    Exits with 2 and one line if a setting is wrong, with 1 if a container died.
    """
    import eventlet

    eventlet.monkey_patch()
    from . import settings

    try:
        names = [_service_name(path) for path in paths]
        loaded = {name: settings.load(name) for name in names}
    except settings.BadSetting as exc:
        print(f"minsheng: {exc}", file=sys.stderr)
        raise SystemExit(2) from None
    raise SystemExit(_Process(paths, loaded).run())


def _service_name(path: str) -> str:
    """The name by which settings are looked up: the package's own."""
    return path.partition(":")[0].split(".")[-2]


class _Process:
    """The containers of one process, their metrics server and their end."""

    def __init__(self, paths: tuple[str, ...], loaded: dict[str, Any]) -> None:
        from eventlet.event import Event
        from nameko.runners import ServiceRunner

        from . import logs

        self.ended = Event()
        self.started = False
        first = next(iter(loaded.values()))
        name = first.service if len(loaded) == 1 else "minsheng"
        logs.configure(name, first.log_format, first.log_level)
        self.settings = loaded
        self.runners = []
        for path in paths:
            module, _, attribute = path.partition(":")
            runner = ServiceRunner(self._configuration(loaded[_service_name(path)]))
            runner.add_service(getattr(importlib.import_module(module), attribute))
            self.runners.append(runner)

    def _configuration(self, one: Any) -> dict[str, Any]:
        from . import codec

        return {
            "AMQP_URI": one.amqp_uri,
            "ACCEPT": codec.ACCEPT,
            "serializer": codec.ACCEPT[0],
            "HEARTBEAT": 20,
            "max_workers": one.max_workers,
            "settings": self.settings,
            "WEB_SERVER_ADDRESS": "{}:{}".format(*one.gateway_address),
        }

    def run(self) -> int:
        """Start everything and wait for the end; the exit status."""
        import eventlet
        import structlog

        from . import logs

        log = structlog.get_logger()
        logs.replace_tracebacks()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: eventlet.spawn_n(self._end, 0))
        # Beside, since a container starts only when its broker is there: a signal may come before.
        eventlet.spawn(self._start)
        status = _wait(self.ended)
        log.info("stopping")
        if self.started:
            longest = max(one.drain for one in self.settings.values())
            with eventlet.Timeout(longest, False):
                pool = eventlet.GreenPool()
                for runner in self.runners:
                    pool.spawn(runner.stop)
                pool.waitall()
        log.info("stopped")
        return status

    def _start(self) -> None:
        import eventlet
        import structlog

        from . import logs, settings, telemetry

        log = structlog.get_logger()
        try:
            for address in {one.metrics_address for one in self.settings.values()} - {None}:
                telemetry.serve(address, self._ready)
            for runner in self.runners:
                runner.start()
        except settings.BadSetting as exc:
            print(f"minsheng: {exc}", file=sys.stderr)
            self._end(2)
        except Exception as exc:
            log.error("start_failed", **logs.where(exc))
            self._end(1)
        else:
            self.started = True
            log.info("started", pid=os.getpid())
            for runner in self.runners:
                eventlet.spawn(self._watch, runner)

    def _watch(self, runner: Any) -> None:
        """End the process when a container ends."""
        import structlog

        from . import logs

        try:
            runner.wait()
            self._end(0)
        except Exception as exc:
            structlog.get_logger().error("container_died", **logs.where(exc))
            self._end(1)

    def _end(self, status: int) -> None:
        """Whichever comes first ends the process: a signal, or a container that died."""
        if not self.ended.ready():
            self.ended.send(status)

    def _ready(self) -> dict[str, bool]:
        if not self.started:
            return {"started": False}
        parts = {}
        for runner in self.runners:
            for name, container in runner.service_map.items():
                parts[name] = container.started
                for extension in container.dependencies | container.subextensions:
                    check = getattr(extension, "ready", None)
                    if check:
                        parts[f"{name}.{type(extension).__name__}"] = check()
        return parts


def _wait(ended: Any) -> int:
    """Wait for the end; a signal may interrupt the hub's own wait."""
    while True:
        try:
            return int(ended.wait())
        except InterruptedError:
            continue
