"""A private RabbitMQ node under a folder of its own, beside whatever else runs on the machine."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from . import children, packages
from .greeting import BrokerFailed, wait_until_answers
from .ports import LOOPBACK, accepts, free_port, is_free

NODE_NAME = "minsheng@localhost"
ADMIN = "admin"

_CONFIGURATION = """\
listeners.tcp.1 = {host}:{port}
default_user = {user}
default_pass = {password}
default_user_tags.administrator = true
# A developer's disk may be nearly full; the default limit would block every publisher.
disk_free_limit.absolute = 10MB
vm_memory_high_watermark.absolute = 1GB
raft.wal_max_size_bytes = 67108864
log.console = false
log.file = {log}
log.file.rotation.size = 10485760
log.file.rotation.count = 2
"""


class NotInstalled(BrokerFailed):
    """RabbitMQ is not on this machine, and could not be brought."""


def programs_folder() -> Path | None:
    """Where RabbitMQ's own start scripts are; None where it is not installed.

    Debian's ``rabbitmq-server`` on the PATH is a wrapper that changes the user and the folder.
    """
    debian = Path("/usr/lib/rabbitmq/bin")
    if (debian / "rabbitmq-server").exists():
        return debian
    found = shutil.which("rabbitmq-server")
    return Path(found).resolve().parent if found else None


class BrokerNode:
    """One node: loopback only, three ports of its own, no plugins.

    ``home`` holds its data, logs, password and Erlang cookie; the ports are kept there too and
    taken again while they are free.  ``start`` after ``stop`` or ``kill`` goes on with the data.
    Where RabbitMQ is missing, the distribution's package is installed if we may; else NotInstalled.
    """

    def __init__(self, home: Path, say: Callable[[str], None] = print) -> None:
        self.programs = programs_folder() or _install(say)
        self.home = home.resolve()
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)
        self.log = self.home / "broker.log"
        self._output = self.home / "output.log"
        self._beam: subprocess.Popen[bytes] | None = None
        self._epmd: subprocess.Popen[bytes] | None = None
        self.password = self._secret("password", mode=0o600)
        self._secret(".erlang.cookie", mode=0o400)
        self.port, self._distribution_port, self._epmd_port = self._ports()

    @property
    def rabbitmqctl_command(self) -> str:
        """The command line of rabbitmqctl for this node, quoted for a shell."""
        ours = [f"{name}={value}" for name, value in self._ctl_environment().items()]
        return shlex.join(["env", *ours, str(self.programs / "rabbitmqctl")])

    def amqp_uri(self, user: str = "", password: str = "") -> str:
        """The node's URI, for the administrator unless a user is named."""
        user, password = (user, password) if user else (ADMIN, self.password)
        return f"amqp://{quote(user, '')}:{quote(password, '')}@{LOOPBACK}:{self.port}"

    @property
    def running(self) -> bool:
        """Whether the node's process lives."""
        return self._beam is not None and self._beam.poll() is None

    def start(self, patience: float = 60.0) -> None:
        """Return when clients can connect; raises BrokerFailed with the end of the log."""
        if self.running:
            return
        self._prepare()
        self._start_epmd()
        self._beam = children.start(
            [self.programs / "rabbitmq-server"],
            env={**os.environ, **self._server_environment()},
            cwd=self.home,
            log=self._output,
        )
        try:
            wait_until_answers((LOOPBACK, self.port), patience, alive=lambda: self.running)
        except BrokerFailed as failure:
            self.stop()
            last = children.tail(self._output) + "\n" + children.tail(self.log)
            raise BrokerFailed(f"{failure}\n{last}") from None
        except BaseException:  # Ctrl-C while it starts
            self.stop()
            raise

    def stop(self) -> None:
        """End the node, then its epmd."""
        if self._beam:
            children.end(self._beam)
            self._beam = None
        if self._epmd:
            children.end(self._epmd, patience=2)
            self._epmd = None

    def kill(self) -> None:
        """End the node as a power cut would."""
        if self._beam:
            children.end(self._beam, by=signal.SIGKILL)
            self._beam = None

    def ctl(self, *arguments: str, timeout: float = 20.0) -> str:
        """Run rabbitmqctl against the node; its output.  Raises BrokerFailed."""
        try:
            done = subprocess.run(
                [*shlex.split(self.rabbitmqctl_command), "-q", *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BrokerFailed(f"rabbitmqctl {arguments[0]}: no answer in {timeout} s") from None
        if done.returncode:
            raise BrokerFailed(f"rabbitmqctl {arguments[0]}: {done.stderr.strip()}")
        return done.stdout

    def _start_epmd(self) -> None:
        # Else Erlang starts one as a daemon, which nobody could end by its process.
        if self._epmd and self._epmd.poll() is None:
            return
        self._epmd = children.start(
            [_epmd_program(), "-port", str(self._epmd_port), "-address", LOOPBACK],
            log=self._output,
        )
        deadline = time.monotonic() + 10
        while not accepts(self._epmd_port):
            if self._epmd.poll() is not None or time.monotonic() > deadline:
                raise BrokerFailed(f"epmd did not start\n{children.tail(self._output)}")
            time.sleep(0.01)

    def _prepare(self) -> None:
        (self.home / "enabled_plugins").write_text("[].\n")
        (self.home / "rabbitmq.conf").write_text(
            _CONFIGURATION.format(
                host=LOOPBACK, port=self.port, user=ADMIN, password=self.password, log=self.log
            )
        )
        # It looks into every plugin at each start, used or not: 3 of 6 seconds.
        links = self.home / "plugins"
        shutil.rmtree(links, ignore_errors=True)
        links.mkdir()
        installed = (self.programs / "rabbitmq-server").resolve().parent.parent / "plugins"
        for part in installed.iterdir() if installed.exists() else ():
            if not part.name.startswith("rabbitmq_") or part.name.startswith("rabbitmq_prelaunch"):
                (links / part.name).symlink_to(part)

    def _server_environment(self) -> dict[str, str]:
        return {
            **self._common_environment(),
            "RABBITMQ_DIST_PORT": str(self._distribution_port),
            "RABBITMQ_CONFIG_FILE": str(self.home / "rabbitmq.conf"),
            "RABBITMQ_CONFIG_FILES": str(self.home / "conf.d"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.home / "advanced.config"),
            "RABBITMQ_MNESIA_BASE": str(self.home / "data"),
            "RABBITMQ_LOG_BASE": str(self.home),
            "RABBITMQ_MAX_NUMBER_OF_PROCESSES": "65536",
            "RABBITMQ_MAX_NUMBER_OF_ATOMS": "1048576",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"
            ),
            # The script then becomes the node instead of waiting beside it.
            "detached": "true",
        }

    def _ctl_environment(self) -> dict[str, str]:
        return {
            **self._common_environment(),
            "RABBITMQ_CTL_ERL_ARGS": (
                "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"
            ),
            "RABBITMQ_CTL_DIST_PORT_MIN": "0",  # any free one
        }

    def _common_environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "ERL_CRASH_DUMP": str(self.home / "erl_crash.dump"),
            "ERL_EPMD_PORT": str(self._epmd_port),
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "RABBITMQ_NODENAME": NODE_NAME,
            "RABBITMQ_CONF_ENV_FILE": str(self.home / "rabbitmq-env.conf"),
            "RABBITMQ_PLUGINS_DIR": str(self.home / "plugins"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.home / "enabled_plugins"),
        }

    def _secret(self, name: str, mode: int) -> str:
        file = self.home / name
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(16))
            file.chmod(mode)
        return file.read_text()

    def _ports(self) -> list[int]:
        file = self.home / "ports.json"
        ports: list[int] = json.loads(file.read_text()) if file.exists() else []
        if len(ports) != 3 or not all(map(is_free, ports)):
            ports = [free_port() for _ in range(3)]
            file.write_text(json.dumps(ports))
        return ports


def _install(say: Callable[[str], None]) -> Path:
    if packages.may_install():
        try:
            packages.install("rabbitmq-server", say=say)
        except packages.CannotInstall as problem:
            raise NotInstalled(str(problem)) from problem
    if found := programs_folder():
        return found
    raise NotInstalled("rabbitmq-server is not installed")


def _epmd_program() -> Path:
    if found := shutil.which("epmd"):
        return Path(found)
    for found_path in sorted(Path("/usr/lib/erlang").glob("erts-*/bin/epmd"), reverse=True):
        return found_path
    raise BrokerFailed("epmd, a part of Erlang, is not installed")
