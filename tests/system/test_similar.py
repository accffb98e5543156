"""Similar suggestions and clusters over HTTP, on the whole system."""

from __future__ import annotations

import subprocess
import sys
import uuid
from typing import Any

import pytest
import requests

from deploy.local.system import ROOT, System

TEXT = "小区门口的合成老年食堂太少,老人吃饭难。"


class Client:
    """Somebody with roles."""

    def __init__(self, system: System, *roles: str) -> None:
        given = [part for role in roles for part in ("--role", role)]
        token = system.minsheng("token", *given, "--subject", f"similar-{roles[0]}").strip()
        self.url = system.gateway_url + "/v1/"
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **params: Any) -> requests.Response:
        """GET a path."""
        return requests.get(self.url + path, params=params, headers=self.headers, timeout=20)

    def post(self, path: str, body: Any, *, key: bool = True) -> requests.Response:
        """POST a body."""
        headers = self.headers | ({"Idempotency-Key": str(uuid.uuid4())} if key else {})
        return requests.post(self.url + path, json=body, headers=headers, timeout=20)


@pytest.fixture(scope="module")
def clerk(system: System) -> Client:
    """The office."""
    return Client(system, "clerk", "recorder")


@pytest.fixture(scope="module")
def made(clerk: Client) -> list[str]:
    """Three suggestions in an aspect and a year of their own; the first is accepted."""
    clerk.post("aspects", {"code": "similar-care", "name": "合成养老"})
    ids = []
    for title in ("合成老年食堂", "增设合成老年食堂", "路灯不亮"):
        body = {
            "year": 2031,
            "author_kind": "resident",
            "channel": "hotline",
            "aspect": "similar-care",
            "title": title,
            "text": TEXT if "食堂" in title else "夜里没有灯。",
            "happened_on": "2022-11-01",
        }
        answer = clerk.post("suggestions", body)
        assert answer.status_code == 201, answer.text
        ids.append(str(answer.json()["id"]))
    sorting = {"outcome": "accepted", "happened_on": "2022-12-01"}
    sorted_ = clerk.post(f"suggestions/{ids[0]}/sorting", sorting)
    assert sorted_.status_code == 200, sorted_.text
    return ids


def test_similar_ones_are_shown(clerk: Client, made: list[str]) -> None:
    """Of a stored suggestion, with reasons; what was just submitted is there."""
    answer = clerk.get(f"suggestions/{made[1]}/similar", limit=3)
    assert answer.status_code == 200, answer.text
    first = answer.json()["items"][0]
    assert first["id"] == made[0] and "老年食堂" in "".join(first["reasons"]["words"])
    assert clerk.get(f"suggestions/{uuid.uuid4()}/similar").status_code == 404
    assert clerk.get(f"suggestions/{made[0]}/similar", limit=99).status_code == 422


def test_a_search_needs_no_key(system: System, made: list[str]) -> None:
    """It changes nothing; a resident sees what was accepted; the public is asked for a token."""
    resident = Client(system, "resident")
    answer = resident.post("similar-searches", {"text": TEXT}, key=False)
    assert answer.status_code == 200, answer.text
    assert {one["state"] for one in answer.json()["items"]} == {"accepted"}
    assert answer.json()["items"][0]["id"] == made[0]
    assert resident.get(f"suggestions/{made[0]}/similar").status_code == 403
    url = resident.url + "similar-searches"
    assert requests.post(url, json={"text": TEXT}, timeout=20).status_code == 401


def test_clusters_are_read_and_moved(system: System, clerk: Client, made: list[str]) -> None:
    """A run by the command; a move by the clerk and by nobody else."""
    module = "from services.proposal.cli import proposal; proposal()"
    command = [sys.executable, "-c", module, "cluster", "--year", "2031"]
    done = subprocess.run(command, env=system.env, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    (run,) = clerk.get("cluster-runs", year=2031).json()["items"]
    (one,) = clerk.get(f"cluster-runs/{run['id']}/clusters").json()["items"]
    assert one["size"] == 2 and clerk.get(f"clusters/{one['id']}").json() == one
    move = {
        "suggestion_id": made[2],
        "other_id": made[0],
        "verdict": "together",
        "happened_on": "2022-12-01",
    }
    path = f"cluster-runs/{run['id']}/moves"
    assert Client(system, "deputy").post(path, move).status_code == 403
    moved = clerk.post(path, move)
    assert moved.status_code == 201, moved.text
    members = clerk.get(f"clusters/{one['id']}/members").json()["items"]
    assert {member["suggestion_id"] for member in members} == set(made)
    assert clerk.post(path, move).status_code == 409
    assert moved.json() in clerk.get("cluster-moves", year=2031).json()["items"]
