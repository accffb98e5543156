"""A broker in a container, for machines that have a Docker engine and no RabbitMQ."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import subprocess
from pathlib import Path
from urllib.parse import quote

from .greeting import BrokerFailed, wait_until_answers
from .ports import LOOPBACK, free_port, is_free

COMPOSE_FILE = Path(__file__).resolve().parents[1] / "compose" / "broker.yml"


def engine_answers() -> bool:
    """Whether a Docker engine runs here and has the compose command."""
    return all(
        _docker(*question, timeout=10).returncode == 0
        for question in (("info",), ("compose", "version"))
    )


class ComposeBroker:
    """RabbitMQ in a container on a free loopback port.

    ``home`` holds the name, port and password; the data is a volume, kept over ``stop`` like the
    folders of everything else.
    """

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        file = home / "container.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        self.project: str = known.get("project") or f"minsheng-{secrets.token_hex(4)}"
        self.password: str = known.get("password") or secrets.token_hex(16)
        port = known.get("port")
        self.port: int = port if port and is_free(port) else free_port()
        file.touch(mode=0o600)
        file.write_text(
            json.dumps({"project": self.project, "password": self.password, "port": self.port})
        )

    @property
    def rabbitmqctl_command(self) -> str:
        """The command line of rabbitmqctl in the container, quoted for a shell."""
        ours = [f"{name}={value}" for name, value in self._environment().items()]
        inside = ["exec", "-T", "broker", "rabbitmqctl"]
        return shlex.join(["env", *ours, "docker", *self._compose(*inside)])

    def amqp_uri(self, user: str = "", password: str = "") -> str:
        """The container's URI, for the administrator unless a user is named."""
        user, password = (user, password) if user else ("admin", self.password)
        return f"amqp://{quote(user, '')}:{quote(password, '')}@{LOOPBACK}:{self.port}"

    def start(self, patience: float = 60.0) -> None:
        """Return when clients can connect; fetching the image is not counted."""
        self._run("up", "--detach", "--wait", "--quiet-pull")
        wait_until_answers((LOOPBACK, self.port), patience)

    def stop(self) -> None:
        """Take the container down."""
        self._run("down")

    def _run(self, *arguments: str) -> None:
        done = _docker(*self._compose(*arguments), env=self._environment())
        if done.returncode:
            raise BrokerFailed(f"docker compose {arguments[0]}: {done.stderr.strip()[-500:]}")

    def _compose(self, *arguments: str) -> list[str]:
        return ["compose", "--file", str(COMPOSE_FILE), "--project-name", self.project, *arguments]

    def _environment(self) -> dict[str, str]:
        return {
            "MINSHENG_BROKER_PORT": str(self.port),
            "MINSHENG_BROKER_PASSWORD": self.password,
        }


def _docker(
    *arguments: str, env: dict[str, str] | None = None, timeout: float | None = None
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["docker", *arguments],
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return subprocess.CompletedProcess(arguments, 1, "", str(problem))
