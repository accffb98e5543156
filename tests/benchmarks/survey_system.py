"""Answers to an open link, through the gateway of a whole system, beside the bare baseline."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests as http
from rich.progress import Progress
from rich.table import Table

from .systems import BASELINE, Bench

ROUNDS = 5
LINES = 22
_OPTIONS = ("satisfied", "basically-satisfied", "dissatisfied")
_METHOD = {
    "options": [
        {"code": code, "name_zh": name, "counts_in_denominator": True}
        for code, name in zip(_OPTIONS, ("满意", "基本满意", "不满意"), strict=True)
    ],
    "denominator": "valid",
    "rates": {"top1": _OPTIONS[:1], "top2": _OPTIONS[:2]},
    "grades": [],
    "otherwise": None,
    "rounding": 2,
}
#: Everybody here comes from one network.
_LIMITS = {"per_network_hour": 1_000_000}


def measure(
    folder: Path, connections: Sequence[int], requests: int, progress: Progress
) -> dict[str, Any]:
    """Rounds of ours and of the baseline in turns, on so many connections; memory at the end."""
    task = progress.add_task("survey: answers", total=len(connections) * (ROUNDS + 1) * 2)
    found: dict[str, Any] = {"answers": {}}
    with Bench(folder) as bench:
        asked = _Asked(bench)
        before = bench.memory()
        with bench.only("gateway", "services.survey", *BASELINE):
            for number in connections:
                rounds: dict[str, list[dict[str, float]]] = {"minsheng": [], "baseline": []}
                share = requests if number > 1 else requests // 3
                for turn in range(ROUNDS + 1):
                    rounds["minsheng"].append(asked.answer(number, share))
                    rounds["baseline"].append(bench.load("baseline", number, share))
                    progress.advance(task, 2)
                    if turn == 0:  # it warms up
                        for each in rounds.values():
                            each.clear()
                found["answers"][str(number)] = {n: _median(r) for n, r in rounds.items()}
        asked.check()
        found["memory"] = {
            name: {"before": before[name], "after": size}
            for name, size in bench.memory().items()
            if name in ("gateway", "services.survey")
        }
    return found


class _Asked:
    """An open questionnaire with an open link on a running system."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._sent = 0
        today = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8))).date()
        day = {"happened_on": today.isoformat()}
        draft = {"title": "测评办法(合成)", "text": "合成", "parameters": _METHOD}
        method = self._post("assessment-methods", draft | day)["id"]
        self._post(f"assessment-methods/{method}/adoption", {"adopted_by": "合成"} | day)
        questionnaire = self._post(
            "questionnaires",
            {
                "year": today.year,
                "title": "居民问卷(合成)",
                "congress": "330100",
                "method_id": method,
                "questions": [_question(n) for n in range(LINES)],
            }
            | day,
        )["id"]
        self._audience = self._post(
            f"questionnaires/{questionnaire}/audiences",
            {
                "group": "residents",
                "title": "居民(合成)",
                "channel": "open",
                "kind": "anonymous",
                "sampling": "open",
                "opens_on": today.isoformat(),
                "closes_on": (today + dt.timedelta(days=1)).isoformat(),
                "limits": _LIMITS,
            }
            | day,
        )["id"]
        self._post(f"questionnaires/{questionnaire}/opening", day)
        link = self._post(f"audiences/{self._audience}/links", {"label": "现场(合成)"} | day)
        self._body = {
            "form_version": 1,
            "link": link["code"],
            "answers": [
                {"question": f"q{n}", "value": _OPTIONS[n % len(_OPTIONS)]} for n in range(LINES)
            ],
        }

    def answer(self, connections: int, requests: int) -> dict[str, float]:
        """One round; every request is another person's."""
        url = f"{self._bench.system.gateway_url}/v1/audiences/{self._audience}/answers"
        command = [sys.executable, "-m", "tests.benchmarks.load", url]
        command += ["--connections", str(connections), "--requests", str(requests)]
        body = json.dumps(self._body, ensure_ascii=False)
        given = json.dumps({"token": self._bench.token, "body": body})
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
        result: dict[str, float] = json.loads(done.stdout)
        self._sent += requests - int(result["failed"])
        return result

    def check(self) -> None:
        """Raise unless every answer that was accepted is counted, once."""
        path = f"audiences/{self._audience}/participation"
        returned = self._get(path)["returned"]
        if returned != self._sent:
            raise RuntimeError(f"{self._sent} answers were accepted, {returned} are counted")

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = self._headers() | {"Idempotency-Key": str(uuid.uuid4())}
        answer = http.post(self._url(path), json=body, headers=headers, timeout=30)
        if not answer.ok:
            raise RuntimeError(f"{path}: {answer.text}")
        found: dict[str, Any] = answer.json()
        return found

    def _get(self, path: str) -> dict[str, Any]:
        answer = http.get(self._url(path), headers=self._headers(), timeout=30)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def _url(self, path: str) -> str:
        return f"{self._bench.system.gateway_url}/v1/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._bench.token}"}


def _question(number: int) -> dict[str, Any]:
    options = [{"code": code, "text": {"zh-CN": code}} for code in _OPTIONS]
    text = {"zh-CN": f"对第{number + 1}项是否满意(合成)"}
    return {"code": f"q{number}", "kind": "choice", "text": text, "options": options}


def _median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


def tables(found: dict[str, Any]) -> list[Table]:
    """What was measured, to be printed."""
    table = Table(title=f"Answers of {LINES} lines to an open link (SQLite, one machine)")
    for column in ("connections", "", "answers/s", "p50 ms", "p99 ms", "failed"):
        table.add_column(column, justify="right")
    for connections, pair in found["answers"].items():
        for name, one in pair.items():
            times = (f"{one[at] * 1000:.1f}" for at in ("p50", "p99"))
            table.add_row(
                connections, name, f"{one['per_second']:.0f}", *times, f"{one['failed']:.0f}"
            )
        ours, bare = pair["minsheng"], pair["baseline"]
        ratios = (f"{ours[at] / bare[at]:.2f}" for at in ("per_second", "p50", "p99"))
        table.add_row(connections, "ratio", *ratios, "", style="bold")
    table.caption = "baseline: a bare nameko gateway and service that inserts one row"
    memory = Table(title="Memory of survey and gateway (resident), before and after the answers")
    for column in ("process", "MB before", "MB after"):
        memory.add_column(column, justify="right" if column != "process" else "left")
    for name, size in found["memory"].items():
        memory.add_row(name, f"{size['before'] / 1e6:.0f}", f"{size['after'] / 1e6:.0f}")
    return [table, memory]
