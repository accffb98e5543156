"""Satisfaction assessments: answers through the gateway, a file of forms imported, the score.

The score is made from counts, so it should cost the same after a thousand answers and a million.
Everything is synthetic (合成).
"""

from __future__ import annotations

import csv
import itertools
import os
import random
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from rich.progress import Progress
from rich.table import Table

from services.chassis import migrations, settings
from services.survey.service import SurveyService

from ..harness import Harness
from ..services.survey.cycle import CLOSES, adopted_method, hear_project, opened
from . import survey_system

ANSWERS = (1_000, 100_000, 1_000_000)
ROUNDS = 20
KINDS = ("sqlite", "postgresql")
SUB_ITEMS = 22
AGES = ("18-59", "60+")
DISTRICTS = tuple(f"3301{n:02d}" for n in range(2, 15))
#: Nothing but reading the file, so that the ratio says what checking and counting add.
_READ = (
    "import csv, sys; "
    "print(sum(1 for row in csv.reader(open(sys.argv[1], encoding='utf-8', newline=''))))"
)


def measure(
    folder: Path,
    progress: Progress,
    *,
    answers: Sequence[int] = ANSWERS,
    connections: Sequence[int],
    requests: int,
) -> dict[str, Any]:
    """Import and score so many answers on both databases, then answer over HTTP."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found: dict[str, Any] = {"answers": list(answers), "counts": {}}
    task = progress.add_task("survey: import and score", total=len(KINDS) * len(answers))
    for kind, opening in (("sqlite", _sqlite(folder)), ("postgresql", _postgres())):
        with opening as fresh:
            found["counts"][kind] = {}
            for number in answers:
                found["counts"][kind][str(number)] = _counted(fresh(), folder, number)
                progress.advance(task)
    found["system"] = survey_system.measure(folder / "system", connections, requests, progress)
    return found


def _counted(url: str, folder: Path, number: int) -> dict[str, Any]:
    """Import so many forms by the command; then the time of a score of them."""
    migrations.upgrade(settings.load("survey", {"MINSHENG_DATABASE_URL": url}))
    harness = Harness(SurveyService, url, folder / "files")
    questionnaire = _questionnaire(harness)
    file = folder / "forms.csv"
    _write(file, questionnaire["items"], number)
    read = _timed(folder, url, "-c", _READ, str(file))
    command = ["-m", "services.chassis.cli", "survey", "import", str(file)]
    command += ["--audience", questionnaire["audience_id"]]
    imported = _timed(folder, url, *command)
    harness.call("close_questionnaire", questionnaire["id"], {"happened_on": CLOSES})
    score = partial(harness.call, "get_score", questionnaire["id"], roles=("clerk",))
    began = time.perf_counter()
    returned = score()["returned"]
    first = (time.perf_counter() - began) * 1000
    if returned != number:
        raise RuntimeError(f"{number} forms were imported, {returned} are counted")
    found = {"read": read, "import": imported, "score": {"first": first} | _spread(score)}
    harness.close()
    file.unlink()
    return found


def _questionnaire(harness: Harness) -> dict[str, Any]:
    """22 sub-items by 26 strata cells, to a sample of households on paper."""
    project = hear_project(harness)
    (first, *_) = project["sub_items"]
    lines = [first | {"id": str(uuid.uuid4()), "name": f"子项{n}(合成)"} for n in range(SUB_ITEMS)]
    harness.deliver("supervision.project.adopted.v1", project | {"sub_items": lines}, version=2)
    strata = [
        _stratum("age", "年龄", AGES),
        _stratum("district", "区县", DISTRICTS),
    ]
    grade = {"code": "grade", "kind": "grade", "per": "item", "text": {"zh-CN": "您的评价"}}
    audience = {
        "group": "households",
        "title": "抽样住户(合成)",
        "channel": "offline",
        "kind": "anonymous",
        "sampling": "sample",
    }
    return opened(
        harness,
        audience,
        method=adopted_method(harness),
        questions=[*strata, grade],
        item_kinds=["sub-item"],
    )


def _stratum(code: str, text: str, options: Sequence[str]) -> dict[str, Any]:
    return {
        "code": code,
        "kind": "choice",
        "per": "once",
        "stratum": True,
        "required": True,
        "text": {"zh-CN": text},
        "options": [{"code": option, "text": {"zh-CN": option}} for option in options],
    }


def _write(file: Path, items: Sequence[dict[str, Any]], number: int) -> None:
    rng = random.Random(20231228)
    grades = ("satisfied", "basically-satisfied", "dissatisfied", "")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        keys = [f"grade:{item['item_id']}" for item in items]
        writer.writerow(["form", "condition", "age", "district", *keys])
        for form in range(1, number + 1):
            marks = rng.choices(grades, (80, 14, 4, 2), k=len(items))
            writer.writerow([form, "", rng.choice(AGES), rng.choice(DISTRICTS), *marks])


def _timed(folder: Path, url: str, *args: str) -> dict[str, float]:
    """Seconds and the most memory (MB) of a command in a process of its own."""
    environ = {
        **os.environ,
        "MINSHENG_SURVEY_DATABASE_URL": url,
        "MINSHENG_DATA_DIR": str(folder / "files"),
    }
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, "
        "stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", program, sys.executable, *args]
    began = time.perf_counter()
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"{args[:5]} failed: {done.stderr[-2000:]}")
    return {"seconds": seconds, "megabytes": int(done.stdout) / 1024}


def _spread(ask: Callable[[], Any]) -> dict[str, float]:
    """p50 and p95 in milliseconds of a call that has been made before."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return {"p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}


@contextmanager
def _sqlite(folder: Path) -> Iterator[Callable[[], str]]:
    numbers = itertools.count()
    yield lambda: f"sqlite:///{folder.resolve()}/survey-{next(numbers)}.db"


@contextmanager
def _postgres() -> Iterator[Callable[[], str]]:
    from deploy.local.postgres import PostgresServer

    server, numbers = PostgresServer(durable=True, say=lambda _: None), itertools.count()
    server.start()
    try:
        yield lambda: server.create_database(f"survey_{next(numbers)}")
    finally:
        server.stop()


def tables(results: dict[str, Any]) -> list[Table]:
    """What was measured, to be printed."""
    counts = [
        made(results["counts"][kind], kind)
        for made in (_import_table, _score_table)
        for kind in KINDS
    ]
    return [*counts, *survey_system.tables(results["system"])]


def _import_table(found: dict[str, Any], kind: str) -> Table:
    table = Table(title=f"Forms of {SUB_ITEMS} lines imported by the command, {kind}")
    heads = ("forms", "seconds", "forms/s", "MB at most", "csv.reader alone, rows/s", "ratio")
    for column in heads:
        table.add_column(column, justify="right")
    for number, one in found.items():
        rate, bare = (int(number) / one[name]["seconds"] for name in ("import", "read"))
        table.add_row(
            f"{int(number):,}",
            f"{one['import']['seconds']:.1f}",
            f"{rate:,.0f}",
            f"{one['import']['megabytes']:.0f}",
            f"{bare:,.0f}",
            f"{rate / bare:.3f}",
        )
    table.caption = "both as a process of its own, its start included"
    return table


def _score_table(found: dict[str, Any], kind: str) -> Table:
    cells = len(AGES) * len(DISTRICTS)
    table = Table(title=f"Score of {SUB_ITEMS} lines in {cells} cells, {kind}")
    for column in ("answers", "first ms", "p50 ms", "p95 ms", "first, ratio", "p50, ratio"):
        table.add_column(column, justify="right")
    least = next(iter(found.values()))["score"]
    for number, one in found.items():
        score = one["score"]
        times = (f"{score[name]:.1f}" for name in ("first", "p50", "p95"))
        ratios = (f"{score[name] / least[name]:.2f}" for name in ("first", "p50"))
        table.add_row(f"{int(number):,}", *times, *ratios)
    table.caption = "ratios to the fewest answers; the first reading decides what is shown by cell"
    return table
