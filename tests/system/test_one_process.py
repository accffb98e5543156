"""A small place: all services in one process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from deploy.local import environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small(broker: Any, tmp_path: Path) -> Iterator[dict[str, str]]:
    """``python -m services`` and the gateway on one broker; their environment."""
    settings = environment.make(tmp_path, broker)
    env = {k: v for k, v in os.environ.items() if not k.startswith("MINSHENG_")} | settings
    minsheng = Path(sys.executable).with_name("minsheng")
    for command in (["broker", "provision"], ["migrate"]):
        subprocess.run([minsheng, *command], env=env, cwd=ROOT, check=True, capture_output=True)
    running = []
    for module in ("services", "gateway"):
        with (tmp_path / f"{module}.log").open("wb") as log:
            command = [sys.executable, "-m", module]
            running.append(subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log))
    yield env
    for process in running:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(30) for process in running] == [0, 0]


def test_all_services_answer_from_one_process(small: dict[str, str]) -> None:
    """Each service is reached and ready, and an event of one takes effect in another."""
    gateway = f"http://{small['MINSHENG_GATEWAY_ADDRESS']}"
    metrics = small["MINSHENG_SURVEY_METRICS_ADDRESS"]
    ready = wait_for(f"http://{metrics}/ready")
    assert {"proposal ok", "ballot ok", "supervision ok", "survey ok"} <= set(ready.split("\n"))
    for path in ("shortlists", "ballots", "projects", "questionnaires"):
        wait_for(f"{gateway}/v1/{path}")
    token = subprocess.run(
        [Path(sys.executable).with_name("minsheng"), "token", "--role", "clerk", "--subject", "x"],
        env=small,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    made = requests.post(
        f"{gateway}/v1/units",
        json={"name": "示例单位", "kind": "department"},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "key-unit-1"},
        timeout=10,
    )
    assert made.status_code == 201
    end = time.monotonic() + 10
    while "supervision" not in consumed(metrics) and time.monotonic() < end:
        time.sleep(0.1)
    assert "supervision" in consumed(metrics)


def consumed(metrics: str) -> str:
    """The metric's lines of units that were heard."""
    text = requests.get(f"http://{metrics}/metrics", timeout=10).text
    lines = [
        line
        for line in text.splitlines()
        if line.startswith("minsheng_event_seconds_count") and "unit.registered" in line
    ]
    return "\n".join(lines)


def wait_for(url: str) -> str:
    """The text at ``url`` once it answers 200."""
    end = time.monotonic() + 60
    while True:
        try:
            response = requests.get(url, timeout=10)
            if response.status_code == 200:
                return response.text
        except requests.ConnectionError:
            pass
        assert time.monotonic() < end, url
        time.sleep(0.1)
