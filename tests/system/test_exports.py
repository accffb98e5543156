"""Exports through the whole system: asked for, written beside the service, fetched."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import uuid
from typing import Any

import requests

BODY = {"list": "units", "format": "csv", "filters": {"sort": "-name"}}


def header(system: Any, role: str, subject: str) -> dict[str, str]:
    """A token's header."""
    command = [sys.executable, "-m", "services.chassis.cli", "token", "--role", role]
    done = subprocess.run(
        [*command, "--subject", subject],
        env={**os.environ, **system.env},
        capture_output=True,
        text=True,
        check=True,
    )
    return {"Authorization": f"Bearer {done.stdout.strip()}"}


def test_a_list_is_fetched_as_a_file(system: Any) -> None:
    """From the request to the bytes, by who asked; to others it does not exist."""
    url = system.gateway_url + "/v1"
    mine = header(system, "government", "asker")
    name = f"合成局 {uuid.uuid4().hex}"
    for path, body in (("units", {"name": name, "kind": "department"}), ("exports", BODY)):
        sent = {**mine, "Idempotency-Key": str(uuid.uuid4())}
        answer = requests.post(f"{url}/{path}", json=body, headers=sent, timeout=10)
        assert answer.status_code == 201, answer.text
    place = system.gateway_url + answer.headers["Location"]
    early = requests.get(place + "/file", headers=mine, timeout=10)
    assert early.status_code in (200, 409)
    end = time.monotonic() + 30
    while (shown := requests.get(place, headers=mine, timeout=10).json())["state"] != "ready":
        assert time.monotonic() < end, shown
        time.sleep(0.1)
    file = requests.get(place + "/file", headers=mine, timeout=10)
    assert file.status_code == 200
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "units-" in file.headers["Content-Disposition"]
    assert hashlib.sha256(file.content).hexdigest() == shown["sha256"]
    assert name in file.content.decode("utf-8-sig")
    other = header(system, "auditor", "another")
    assert requests.get(place + "/file", headers=other, timeout=10).status_code == 404
    nobody = requests.get(place + "/file", headers=header(system, "deputy", "d"), timeout=10)
    assert nobody.status_code == 403
