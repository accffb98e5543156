"""Answers to an open link, through the gateway of a whole system, beside the bare baseline."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import time
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
    """An open questionnaire on 22 sub-items with an open link, on a running system."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._token = _token(bench)
        self._sent = 0
        today = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8))).date()
        self._day = {"happened_on": today.isoformat()}
        self._archive(today.year - 1)
        questionnaire = self._post(
            "questionnaires",
            {
                "year": today.year - 1,
                "title": "居民问卷(合成)",
                "congress": "330100",
                "method_id": self._method(),
                "item_kinds": ["sub-item"],
            },
        )["id"]
        audience = {
            "group": "residents",
            "title": "居民(合成)",
            "channel": "open",
            "kind": "anonymous",
            "sampling": "open",
            "opens_on": today.isoformat(),
            "closes_on": (today + dt.timedelta(days=1)).isoformat(),
            "limits": _LIMITS,
        }
        added = self._post(f"questionnaires/{questionnaire}/audiences", audience)
        opened = self._open(questionnaire)
        self._audience = added["id"]
        link = self._post(f"audiences/{self._audience}/links", {"label": "现场(合成)"})
        self._body = {
            "form_version": opened["form_version"],
            "link": link["code"],
            "answers": [
                {
                    "question": "grade",
                    "item_id": item["item_id"],
                    "value": _OPTIONS[n % len(_OPTIONS)],
                }
                for n, item in enumerate(opened["items"])
            ],
        }

    def _archive(self, year: int) -> None:
        """A project of a past year, which needs no ballot."""
        unit = self._post("units", {"name": "示例市民政局(合成)", "kind": "department"}, day=False)
        sub_item = {"target": 10, "unit_of_measure": "家"}
        self._post(
            "archived-projects",
            {
                "year": year,
                "name": "老年助餐(合成)",
                "description": "合成",
                "aspect": "elderly-care",
                "lead_unit_id": unit["id"],
                "adopted_on": f"{year}-02-22",
                "source": {"title": "情况报告(合成)"},
                "sub_items": [{"name": f"子项{n}(合成)"} | sub_item for n in range(LINES)],
            },
        )

    def _method(self) -> str:
        draft = {"title": "测评办法(合成)", "text": "合成", "parameters": _METHOD}
        method = str(self._post("assessment-methods", draft)["id"])
        self._post(f"assessment-methods/{method}/adoption", {"adopted_by": "合成"})
        return method

    def _open(self, questionnaire: str) -> dict[str, Any]:
        """As soon as survey has heard of the project."""
        end = time.monotonic() + 60
        while True:
            try:
                return self._post(f"questionnaires/{questionnaire}/opening", {})
            except RuntimeError as refused:
                if "nothing-to-assess" not in str(refused) or time.monotonic() > end:
                    raise
                time.sleep(0.5)

    def answer(self, connections: int, requests: int) -> dict[str, float]:
        """One round; every request is another person's."""
        url = f"{self._bench.system.gateway_url}/v1/audiences/{self._audience}/answers"
        command = [sys.executable, "-m", "tests.benchmarks.load", url]
        command += ["--connections", str(connections), "--requests", str(requests)]
        body = json.dumps(self._body, ensure_ascii=False)
        given = json.dumps({"token": self._token, "body": body})
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

    def _post(self, path: str, body: dict[str, Any], *, day: bool = True) -> dict[str, Any]:
        headers = self._headers() | {"Idempotency-Key": str(uuid.uuid4())}
        said = body | (self._day if day else {})
        answer = http.post(self._url(path), json=said, headers=headers, timeout=30)
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
        return {"Authorization": f"Bearer {self._token}"}


def _token(bench: Bench) -> str:
    command = [sys.executable, "-m", "services.chassis.cli", "token", "--subject", "bench"]
    for role in ("clerk", "government", "recorder"):
        command += ["--role", role]
    done = subprocess.run(command, env=bench.environ, capture_output=True, text=True, check=True)
    return done.stdout.strip()


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
