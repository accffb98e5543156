"""Supervision's views and its annual report, with one and with ten years of a city.

Asked of the service as its methods are called, and over HTTP of a whole system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import requests
from rich.progress import Progress
from rich.table import Table

from services.chassis import migrations, settings
from services.commons.documents import Document
from services.supervision.service import SupervisionService

from ..harness import Harness
from .supervision_data import City, fill

YEARS = (1, 10)
#: How often each is asked; the report, which takes longer, a fifth as often.
ROUNDS = 30
KINDS = ("sqlite", "postgresql")


def measure(folder: Path, years: tuple[int, ...], progress: Progress) -> dict[str, Any]:
    """Both databases with so many years each: in the service, and once over HTTP."""
    shutil.rmtree(folder, ignore_errors=True)
    found: dict[str, Any] = {"years": list(years)}
    for kind, opened in (("sqlite", _sqlite(folder)), ("postgresql", _postgres())):
        with opened as fresh:
            found[kind] = {
                str(number): _measured(fresh(number), number, folder, progress, kind)
                for number in years
            }
    return found


def _measured(url: str, years: int, folder: Path, progress: Progress, kind: str) -> dict[str, Any]:
    own = settings.load("supervision", {"MINSHENG_DATABASE_URL": url})
    migrations.upgrade(own)
    harness = Harness(SupervisionService, url, folder / "files")
    task = progress.add_task(f"{kind}, {years} years: rows", total=1)
    city = City(years, own.today)
    rows = fill(harness.engine, city)
    with harness.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    progress.advance(task)
    asked = _asked(harness, city)
    task = progress.add_task(f"{kind}, {years} years: views", total=len(asked))
    found: dict[str, Any] = {"rows": rows, "service": {}}
    for name, ask in asked.items():
        found["service"][name] = _spread(ask, ROUNDS // 5 if "report" in name else ROUNDS)
        progress.advance(task)
    harness.close()
    found["gateway"] = _over_http(url, city, folder / f"{kind}-{years}", progress)
    return found


def _asked(harness: Harness, city: City) -> dict[str, Callable[[], Any]]:
    """What is asked of the service, by what it is called in the tables."""
    year = city.today.year
    unit, deputy, project = city.units[1], city.deputies[1], city.projects[0]
    staff = partial(harness.call, roles=("clerk",))

    def desk(role: str, subject: str) -> Callable[[], Any]:
        return partial(harness.call, "get_desk", {}, roles=(role,), subject=subject)

    def docx() -> bytes:
        found = staff("get_report_document", year, {})
        return Document.from_data(found["document"]).to_docx()

    return {
        "board": partial(staff, "get_board", {"year": year}),
        "desk of a unit": desk("unit", unit),
        "desk of a deputy": desk("deputy", deputy),
        "desk of a clerk": desk("clerk", "somebody"),
        "desk of the government": desk("government", "somebody"),
        "map of a year": partial(staff, "get_map", {"year": year}),
        "map of a square kilometre": partial(
            staff, "get_map", {"year": year, "bbox": "120.15,30.25,120.16,30.26"}
        ),
        "matrix": partial(staff, "get_matrix", {"year": year}),
        "timeline, its latest page": partial(staff, "get_timeline", project, {"sort": "-day"}),
        "statistics by unit": partial(staff, "count_supervision", {"year": year, "by": "unit"}),
        "export, a page of 2,000": partial(staff, "list_matter_times", {"year": year}),
        "annual report, its figures": partial(staff, "get_report_figures", year, {}),
        "annual report, Markdown": partial(staff, "get_report", year, {}),
        "annual report, DOCX": docx,
    }


def _over_http(url: str, city: City, folder: Path, progress: Progress) -> dict[str, Any]:
    """The same over HTTP, through gateway and broker, one of each."""
    from deploy.local.system import System

    year, project = city.today.year, city.projects[0]
    paths = {
        "board": f"/v1/board?year={year}",
        "desk of a clerk": "/v1/desk",
        "map of a year": f"/v1/map?year={year}",
        "matrix": f"/v1/matrix?year={year}",
        "timeline, its latest page": f"/v1/projects/{project}/timeline?sort=-day",
        "statistics by unit": f"/v1/supervision-statistics?year={year}&by=unit",
        "annual report, Markdown": f"/v1/reports/{year}",
        "annual report, DOCX": f"/v1/reports/{year}/document",
    }
    chosen = {
        "MINSHENG_LOG_LEVEL": "warning",
        "MINSHENG_NIGHTLY": "",
        "MINSHENG_RPC_DEADLINE": "60",
        "MINSHENG_SUPERVISION_DATABASE_URL": url,
    }
    task = progress.add_task(f"{folder.name}: over HTTP", total=len(paths))
    found = {}
    with System(folder, chosen=chosen, say=lambda _: None) as system:
        headers = {"Authorization": f"Bearer {_token(system.env)}"}
        with requests.Session() as session:
            for name, path in paths.items():
                ask = partial(_get, session, system.gateway_url + path, headers)
                found[name] = _spread(ask, ROUNDS // 5 if "report" in name else ROUNDS)
                progress.advance(task)
    return found


def _get(session: requests.Session, url: str, headers: dict[str, str]) -> None:
    session.get(url, headers=headers, timeout=120).raise_for_status()


def _token(env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "services.chassis.cli", "token"]
    command += ["--subject", "bench", "--role", "clerk"]
    done = subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _spread(ask: Callable[[], Any], rounds: int) -> dict[str, float]:
    """p50 and p95 in milliseconds, after one round that warms up."""
    ask()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return {"p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}


@contextmanager
def _sqlite(folder: Path) -> Iterator[Callable[[int], str]]:
    yield lambda years: f"sqlite:///{folder.resolve()}/city-{years}.db"


@contextmanager
def _postgres() -> Iterator[Callable[[int], str]]:
    from deploy.local.postgres import PostgresServer

    server = PostgresServer(durable=True, say=lambda _: None)
    server.start()
    try:
        yield lambda years: server.create_database(f"city_{years}")
    finally:
        server.stop()


def tables(results: dict[str, Any]) -> list[Table]:
    """What was measured, to be printed."""
    return [
        _table(results, kind, where)
        for where in ("service", "gateway")
        for kind in KINDS
        if kind in results
    ]


def _table(results: dict[str, Any], kind: str, where: str) -> Table:
    few, many = (str(number) for number in (results["years"][0], results["years"][-1]))
    table = Table(title=f"Supervision, {where}, {kind}: p50 / p95 in ms")
    for column in ("", f"{few} years", f"{many} years", "ratio of p50"):
        table.add_column(column, justify="right" if column else "left")
    one, ten = results[kind][few][where], results[kind][many][where]
    for name, spread in ten.items():
        shown = (f"{each['p50']:.1f} / {each['p95']:.1f}" for each in (one[name], spread))
        table.add_row(name, *shown, f"{spread['p50'] / one[name]['p50']:.2f}")
    rows = (f"{results[kind][number]['rows']:,}" for number in (few, many))
    table.caption = " and ".join(rows) + " rows"
    return table
