"""``python -m deploy.local.up``: the whole system, as a newcomer starts it."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local import children, ports
from deploy.local.system import ROOT


class Up:
    """One start of it, in a process group of its own as under a terminal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder.parent / "output"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local.up", "--folder", str(folder)],
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        _until(lambda: "Ctrl-C" in self.said or self.process.poll() is not None, 120)
        assert self.process.poll() is None, self.said

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return self.output.read_text()

    @property
    def gateway(self) -> str:
        """The gateway's address, as printed."""
        found = re.search(r"http://([0-9.:]+)", self.said)
        assert found
        return found[1]

    def token(self) -> str:
        """A token, by the command as printed."""
        found = re.search(r"token +(.*)", self.said)
        assert found
        command = shlex.split(found[1])
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()

    def pid_of(self, name: str) -> int | None:
        """The process id of one service."""
        for supervisor in children.children_of(self.process.pid):
            for pid, command in children.children_of(supervisor).items():
                if command[-1] == f"services.{name}":
                    return pid
        return None

    def left(self) -> list[str]:
        """Every process, however started, that has the system's folder in its environment."""
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if not entry.name.isdigit() or int(entry.name) == self.process.pid:
                    continue
                about = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
                if str(self.folder).encode() in about:
                    found.append((entry / "cmdline").read_text().replace("\0", " "))
        return found


@pytest.mark.skipif(
    not Path(sys.executable).with_name("minsheng").exists(), reason="the project is not installed"
)
def test_a_newcomers_session(tmp_path: Path) -> None:
    """Start beside a taken port, ask, lose a service and get it back, Ctrl-C; then a crash."""
    with contextlib.ExitStack() as stack:
        if ports.is_free(8000):
            stack.enter_context(socket.create_server((ports.LOOPBACK, 8000)))
        up = Up(tmp_path / "system")
        stack.callback(_kill, up.process)
        assert not up.gateway.endswith(":8000")
        headers = {"Authorization": f"Bearer {up.token()}"}
        assert _status(up.gateway, "/docs") == 200
        assert _status(up.gateway, "/v1/aspects", headers) == 200

        before = up.pid_of("proposal")
        assert before
        os.kill(before, signal.SIGKILL)
        _until(lambda: up.pid_of("proposal") not in (None, before), 20)
        _until(lambda: _status(up.gateway, "/v1/aspects", headers) == 200, 20)

        os.killpg(up.process.pid, signal.SIGINT)
        assert up.process.wait(60) == 0
        assert up.left() == []

        again = Up(tmp_path / "system")
        stack.callback(_kill, again.process)
        assert again.gateway == up.gateway
        assert _status(again.gateway, "/v1/aspects", headers) == 200
        again.process.kill()
        again.process.wait()
        _until(lambda: again.left() == [], 60)


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _status(address: str, path: str, headers: dict[str, str] | None = None) -> int:
    connection = http.client.HTTPConnection(address, timeout=30)
    try:
        connection.request("GET", path, headers=headers or {})
        return connection.getresponse().status
    finally:
        connection.close()


def _until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
