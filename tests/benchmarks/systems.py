"""The two systems that are compared: ours as ``make up`` runs it, and the bare baseline."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from deploy.local.environment import SERVICES, WORKERS
from deploy.local.ports import free_port
from deploy.local.system import System

BASELINE = ("tests.benchmarks.baseline service", "tests.benchmarks.baseline gateway")
BODY = {
    "year": 2023,
    "author_kind": "resident",
    "channel": "site",
    "aspect": "elderly-care",
    "title": "增设社区老年食堂(合成)",
    "text": "希望在社区里增设老年食堂,方便老人就近用餐。" * 5,
    "happened_on": "2022-11-01",
    "place": {"division": "330106"},
}


class Bench:
    """Both systems, running on one broker, for as long as the context lasts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        chosen = {"MINSHENG_LOG_LEVEL": "warning", "MINSHENG_NIGHTLY": ""}
        self.system = System(folder / "minsheng", chosen=chosen)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Bench:
        self.system.start()
        self.environ = {**os.environ, **self.system.env}
        self.token = self._token()
        self._post("/v1/aspects", {"code": "elderly-care", "name": "养老"})
        self.baseline_url = f"http://127.0.0.1:{free_port()}"
        self.environ |= {
            "BASELINE_ADDRESS": self.baseline_url.removeprefix("http://"),
            "MINSHENG_BASELINE_DATABASE_URL": f"sqlite:///{self.folder.resolve()}/baseline.db",
        }
        for part in ("service", "gateway"):
            self.processes[part] = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.baseline", part],
                env=self.environ,
                stdout=(self.folder / f"baseline-{part}.log").open("wb"),
                stderr=subprocess.STDOUT,
            )
        self._wait_for_baseline()
        return self

    def __exit__(self, *_exc: object) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(10)
        self.system.stop()

    def load(self, name: str, connections: int, requests_: int) -> dict[str, float]:
        """One round on ``minsheng`` or ``baseline``."""
        url = self.system.gateway_url if name == "minsheng" else self.baseline_url
        command = [sys.executable, "-m", "tests.benchmarks.load", url + "/v1/suggestions"]
        command += ["--connections", str(connections), "--requests", str(requests_)]
        given = json.dumps({"token": self.token, "body": json.dumps(BODY, ensure_ascii=False)})
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
        result: dict[str, float] = json.loads(done.stdout)
        return result

    @contextmanager
    def only(self, *names: str) -> Iterator[None]:
        """Hold every other process of ours still: the baseline has no consumers either."""
        ours = self.processes_of_ours().items()
        others = [pid for name, pids in ours if name not in names for pid in pids]
        for pid in others:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in others:
                os.kill(pid, signal.SIGCONT)

    def processes_of_ours(self) -> dict[str, list[int]]:
        """The processes of both systems by the module that they run."""
        mark = self.environ["AMQP_URI"].encode()
        found: dict[str, list[int]] = {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                pid = int(entry.name)
                _, module, part = (*(entry / "cmdline").read_bytes().split(b"-m\0"), b"")[:3]
                if mark in (entry / "environ").read_bytes():
                    name = (module + part).replace(b"\0", b" ").decode().strip()
                    found.setdefault(name, []).append(pid)
        workers = (f"services.{owner}.{name}" for name, owner in WORKERS.items())
        wanted = (*(f"services.{name}" for name in SERVICES), *workers, "gateway", *BASELINE)
        return {name: found[name] for name in wanted}

    def memory(self) -> dict[str, float]:
        """Resident bytes of each program of both systems, in all its processes."""
        page = os.sysconf("SC_PAGE_SIZE")
        return {
            name: float(page * sum(map(_resident, pids)))
            for name, pids in self.processes_of_ours().items()
        }

    def _token(self) -> str:
        command = [sys.executable, "-m", "services.chassis.cli", "token", "--subject", "bench"]
        command += ["--role", "clerk", "--role", "recorder"]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def _post(self, path: str, body: Any) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid.uuid4())}
        url = self.system.gateway_url + path
        requests.post(url, json=body, headers=headers, timeout=10).raise_for_status()

    def _wait_for_baseline(self) -> None:
        end = time.monotonic() + 30
        headers = {"Authorization": f"Bearer {self.token}"}
        while time.monotonic() < end:
            try:
                url = self.baseline_url + "/v1/suggestions"
                if requests.post(url, json=BODY, headers=headers, timeout=5).status_code == 201:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.2)
        raise RuntimeError("the baseline did not start")


def _resident(pid: int) -> int:
    """Pages of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
