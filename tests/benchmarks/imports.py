"""Bulk import and export: rows a second and memory, on both databases, by the real commands.

Beside them, as the baseline, the same rows inserted by SQLAlchemy with nothing else: no checks, no
events.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rich.progress import Progress

from deploy.local.postgres import PostgresServer
from services.chassis import database, migrations, settings
from services.commons import clock

ROWS = 100_000
_SIGNS = "社区老年食堂停车位公园绿地医院学校公交站电梯加装垃圾分类照明道路养老托育农贸市场改造提升"
_HEAD = [
    "来源", "来源编号", "年度", "提出人类别", "渠道",
    "方面", "标题", "内容", "区划代码", "提出日期",
]  # fmt: skip


def measure(folder: Path, progress: Progress, rows: int = ROWS) -> dict[str, Any]:
    """Import, import again, export and plain inserts of so many synthetic rows (合成)."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {kind: folder / f"suggestions.{kind}" for kind in ("csv", "xlsx")}
    _write_csv(files["csv"], rows)
    _write_xlsx(files["xlsx"], rows)
    found: dict[str, Any] = {"rows": rows, "bytes": files["csv"].stat().st_size}
    server = PostgresServer()
    server.start()
    try:
        task = progress.add_task("bulk import and export", total=8)
        for kind, fresh in (
            ("sqlite", lambda: f"sqlite:///{folder.resolve()}/{uuid.uuid4().hex}.db"),
            ("postgresql", lambda: server.create_database(f"b_{uuid.uuid4().hex}")),
        ):
            found[kind] = _measure(files, fresh, folder, rows, lambda: progress.advance(task))
    finally:
        server.stop()
    return found


def _measure(
    files: dict[str, Path],
    fresh: Callable[[], str],
    folder: Path,
    rows: int,
    step: Callable[[], None],
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    urls = {kind: _prepared(fresh()) for kind in files}
    for kind, file in files.items():
        found[f"import {kind}"] = _run(urls[kind], folder, "import", str(file))
        step()
    found["import csv again"] = _run(urls["csv"], folder, "import", str(files["csv"]))
    found["export csv"] = _export(urls["csv"], folder)
    step()
    found["plain inserts"] = {"seconds": _plain(_prepared(fresh()), rows)}
    step()
    return found


def _run(url: str, folder: Path, *args: str) -> dict[str, float]:
    return _timed(url, folder, "-m", "services.chassis.cli", "proposal", *args)


def _export(url: str, folder: Path) -> dict[str, float]:
    engine = database.create_engine(url)
    exports = migrations.metadata("proposal").tables["exports"]
    row = {
        "id": str(uuid.uuid4()),
        "list": "suggestions",
        "filters": {},
        "format": "csv",
        "asked_by": "bench",
        "asked_at": clock.now(),
        "state": "waiting",
        "attempts": 0,
        "version": 1,
    }
    with engine.begin() as connection:
        connection.execute(sa.insert(exports), row)
    engine.dispose()
    return _timed(url, folder, "-m", "services.proposal.transfer.exporting")


def _timed(url: str, folder: Path, *args: str) -> dict[str, float]:
    """Seconds and the most memory (MB) of a command in a process of its own."""
    environ = {
        **os.environ,
        "MINSHENG_PROPOSAL_DATABASE_URL": url,
        "MINSHENG_DATA_DIR": str(folder),
    }
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
        "print('peak', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program, sys.executable, *args],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "megabytes": int(done.stdout.split("peak")[-1]) / 1024}


def _prepared(url: str) -> str:
    """A migrated database with the aspects."""
    migrations.upgrade(settings.load("proposal", {"MINSHENG_DATABASE_URL": url}))
    engine = database.create_engine(url)
    aspects = migrations.metadata("proposal").tables["aspects"]
    with engine.begin() as connection:
        for code, name in (("elderly-care", "养老"), ("traffic", "交通")):
            row = {"id": str(uuid.uuid4()), "code": code, "name": name, "version": 1}
            connection.execute(sa.insert(aspects), row | {"recorded_at": clock.now()})
    engine.dispose()
    return url


def _plain(url: str, rows: int) -> float:
    engine = database.create_engine(url)
    table = migrations.metadata("proposal").tables["suggestions"]
    began = time.perf_counter()
    batch: list[dict[str, Any]] = []
    for number, values in enumerate(_rows(rows), 1):
        batch.append(
            {
                "id": str(uuid.uuid4()),
                "year": 2023,
                "author_kind": "resident",
                "channel": "hotline",
                "aspect": "traffic",
                "title": values[6],
                "text": values[7],
                "division": values[8],
                "happened_on": dt.date.fromisoformat(values[9]),
                "recorded_at": clock.now(),
                "state": "submitted",
                "version": 1,
            }
        )
        if number % 500 == 0 or number == rows:
            with engine.begin() as connection:
                connection.execute(sa.insert(table), batch)
            batch = []
    engine.dispose()
    return time.perf_counter() - began


def _rows(number: int) -> Iterator[list[str]]:
    rng = random.Random(20230222)
    for n in range(number):
        day = dt.date(2022, 10, 1) + dt.timedelta(days=rng.randrange(90))
        title, text = ("".join(rng.choices(_SIGNS, k=k)) + "(合成)" for k in (14, 200))
        aspect = rng.choice(("养老", "traffic"))
        yield [
            "热线(合成)", f"S{n:07d}", "2023", "群众", "hotline", aspect, title, text, "330106",
            day.isoformat(),
        ]  # fmt: skip


def _write_csv(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(_HEAD)
        writer.writerows(_rows(rows))


def _write_xlsx(file: Path, rows: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("建议")
    sheet.append(_HEAD)
    for row in _rows(rows):
        sheet.append(row)
    book.save(file)
