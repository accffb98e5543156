"""One whole system on this machine: broker, services, gateway, in one folder, on free ports."""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Self

from . import children, environment
from .broker import Broker, find_broker
from .environment import PROCESSES, WORKERS
from .supervise import Supervisor, log_files

ROOT = Path(__file__).resolve().parents[2]

_FOR_PYTHON = {
    "PYTHONUNBUFFERED": "1",
    # Every address here is a number; a resolver of its own costs each process a fifth of its start.
    "EVENTLET_NO_GREENDNS": "yes",
}


class StartFailed(Exception):
    """The system did not come up; the message says which part, with the end of its log."""


class System:
    """A system that lives while this process does.

    ``folder`` keeps everything: settings, databases, the broker's data, logs; a second start goes
    on with it.  ``gateway_port``: the port to try first; None: any.  ``chosen``: settings that win
    over the made ones, e.g. another jurisdiction, a database, ``AMQP_URI``; settings in our own
    environment do not count.  ``env``: the environment of every process.
    """

    def __init__(
        self,
        folder: Path,
        *,
        gateway_port: int | None = None,
        chosen: Mapping[str, str] | None = None,
        say: Callable[[str], None] = print,
    ) -> None:
        self.folder = folder.resolve()
        self.env: dict[str, str] = {}
        self.broker: Broker | None = None
        self.supervisor: Supervisor | None = None
        self._gateway_port = gateway_port
        self._chosen = dict(chosen or {})
        self._say = say
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def gateway_url(self) -> str:
        """Where the gateway answers."""
        host, port = environment.address(self.env, "MINSHENG_GATEWAY_ADDRESS")
        return f"http://{host}:{port}"

    @property
    def running(self) -> bool:
        """Whether the processes are being looked after."""
        return self.supervisor is not None and self.supervisor.running

    def pids(self) -> dict[str, int]:
        """The process id of every process by its name, as far as they run now."""
        return self.supervisor.pids() if self.supervisor else {}

    @property
    def environment_file(self) -> Path:
        """The settings as a file, for ``minsheng --env``."""
        return environment.file_of(self.folder)

    @property
    def logs(self) -> dict[str, Path]:
        """The log file of each process."""
        return log_files(self.folder, PROCESSES)

    def start(self, patience: float = 90.0) -> None:
        """Return when every process is ready; raises StartFailed, NoBroker or BrokerFailed."""
        try:
            self._start(patience)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End everything in order: gateway and services, then the broker."""
        self._open.close()

    def minsheng(self, *arguments: str) -> str:
        """Run the command ``minsheng`` on this system; its output.  Raises StartFailed."""
        program = Path(sys.executable).with_name("minsheng")
        done = subprocess.run(
            [program, *arguments],
            env=self.env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise StartFailed(f"minsheng {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def _start(self, patience: float) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._open.enter_context(_alone(self.folder))
        self.broker = self._start_broker()
        settings = environment.make(
            self.folder, self.broker, gateway_port=self._gateway_port, chosen=self._chosen
        )
        self.env = {**_inherited(), **_FOR_PYTHON, **settings}
        if "MINSHENG_RABBITMQCTL" in settings:
            with self._step("权限 rights"):
                self.minsheng("broker", "provision")
        else:
            self._say(
                "所有进程共用 AMQP_URI 中的用户。"
                "All processes use the user in AMQP_URI: without MINSHENG_RABBITMQCTL there is no "
                "way to make one for each."
            )
        with self._step("数据库与队列 databases and queues"):
            self.minsheng("migrate")
        with self._step("服务 services"):
            self.supervisor = Supervisor(
                self.folder,
                {process: _command(program) for process, program in PROCESSES.items()},
                self.env,
                ROOT,
                first_out=["gateway"],
                own={process: environment.own(settings, process) for process in PROCESSES},
            )
            self._open.callback(self.supervisor.stop)
            self.supervisor.start()
            self._wait(patience)

    def _start_broker(self) -> Broker:
        broker = find_broker(self.folder / "broker", self._chosen, self._say)
        self._open.callback(broker.stop)
        with self._step("消息队列 broker"):
            broker.start()
        return broker

    @contextlib.contextmanager
    def _step(self, what: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        self._say(f"  ✓ {what}  {time.monotonic() - start:.1f} s")

    def _wait(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        for process in PROCESSES:
            where = environment.address(self.env, environment.metrics_address(process))
            while not _ready(where):
                if not self.running or time.monotonic() > deadline:
                    log = children.tail(self.logs[process])
                    raise StartFailed(f"{process} did not become ready\n{log}")
                time.sleep(0.1)


def _inherited() -> dict[str, str]:
    """Our environment without settings: those of another system must not leak into this one."""
    ours = ("MINSHENG_", "AMQP_URI")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _command(program: str) -> list[str]:
    if program in WORKERS:
        module = f"services.{WORKERS[program]}.{program}"
    else:
        module = program if program == "gateway" else f"services.{program}"
    return [sys.executable, "-m", module]


def _ready(where: tuple[str, int]) -> bool:
    connection = http.client.HTTPConnection(*where, timeout=2)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder, so that a second start in it is refused instead of mixing with the first."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartFailed(f"已在运行 already running in this folder: {folder}") from None
        yield
