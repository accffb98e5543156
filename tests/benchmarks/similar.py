"""Similar suggestions: how well on the labelled set, how fast with 100,000 on either database."""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rich.progress import Progress
from rich.table import Table
from sqlalchemy.orm import Session

from services.chassis import database
from services.proposal.queries.similarity import SHOWN
from services.proposal.rules import shipped
from services.proposal.similarity import building
from services.proposal.similarity.ranking import Asked
from services.proposal.similarity.search import Index, snapshot
from services.proposal.tables import findable, metadata
from services.proposal.tables.suggestions import suggestions

from . import corpus, quality

NUMBER = 100_000
INSERTS = 400
#: What the issue asks for, in milliseconds.
QUERY_MS, INSERT_MS = 100, 20


def measure(folder: Path, number: int, progress: Progress) -> dict[str, Any]:
    """Quality once, speed on both databases."""
    task = progress.add_task("labelled set", total=1)
    found: dict[str, Any] = {"quality": quality.results(), "speed": {}}
    progress.advance(task)
    for kind, opened in (("SQLite", _sqlite(folder)), ("PostgreSQL", _postgres())):
        with opened as (engine, size):
            found["speed"][kind] = _speed(engine, size, number, progress, kind)
    return found


def _speed(
    engine: sa.Engine, size: Callable[[], int], number: int, progress: Progress, kind: str
) -> dict[str, Any]:
    metadata.create_all(engine)
    task = progress.add_task(f"{kind}: suggestions", total=number)
    given = corpus.rows(number)
    while part := list(itertools.islice(given, 1000)):
        with engine.begin() as connection:
            connection.execute(sa.insert(suggestions), part)
        progress.advance(task, len(part))
    before = size()
    task = progress.add_task(f"{kind}: index", total=number)
    began = time.perf_counter()
    building.reindex(
        engine,
        shipped("synonyms")["content"],
        lambda done, _: progress.update(task, completed=done),
    )
    built = time.perf_counter() - began
    found: dict[str, Any] = {
        "suggestions": number,
        "build s": built,
        "index MB": (size() - before) / 1e6,
    }
    found["query ms"] = _queries(engine, progress, kind)
    found["insert ms"] = _inserts(engine, progress, kind)
    return found


def _queries(engine: sa.Engine, progress: Progress, kind: str) -> dict[str, Any]:
    """The labelled texts and long ones: by processes that have just begun, by one that has not,
    and by that with a submission before each.
    """
    index = Index()
    asked = [
        Asked(one["title"], one["text"], one["aspect"], one["division"], 120.5, 30.5)
        for one in corpus.labelled()
    ]
    asked += [
        Asked(row["title"], row["text"] * 3, row["aspect"], row["division"], 120.5, 30.5)
        for row in corpus.rows(200, seed=3)
    ]
    fresh = corpus.rows(building.ENOUGH - 1, seed=4)
    task = progress.add_task(f"{kind}: queries", total=3 * len(asked))
    found = {}
    for name in ("just begun", "quiet", "with a submission before each"):
        times = []
        for number, one in enumerate(asked):
            if name == "just begun" and number % 50 == 0:
                index = Index()
            if name.startswith("with") and (row := next(fresh, None)):
                with engine.begin() as connection:
                    _submit(connection, row, indexed=True)
            began = time.perf_counter()
            database.in_transaction(engine, partial(_ask, index, one), reading=True)
            times.append(time.perf_counter() - began)
            progress.advance(task)
        found[name] = _spread(times)
    return found


def _ask(index: Index, asked: Asked, session: Session) -> int:
    snapshot(session)
    return len(index.similar(session, asked, list, SHOWN, 5))


def _inserts(engine: sa.Engine, progress: Progress, kind: str) -> dict[str, Any]:
    """A transaction that inserts a suggestion, with and without the index, in turns."""
    times: dict[bool, list[float]] = {False: [], True: []}
    task = progress.add_task(f"{kind}: inserts", total=2 * INSERTS)
    for number, row in enumerate(corpus.rows(2 * INSERTS, seed=5)):
        indexed = bool(number % 2)
        began = time.perf_counter()
        with engine.begin() as connection:
            _submit(connection, row, indexed=indexed)
        times[indexed].append(time.perf_counter() - began)
        progress.advance(task)
    plain, ours = _spread(times[False]), _spread(times[True])
    return {
        "plain": plain,
        "ours": ours,
        "extra": {name: ours[name] - plain[name] for name in ours},
    }


def _submit(connection: sa.Connection, row: dict[str, Any], *, indexed: bool) -> None:
    connection.execute(sa.insert(suggestions), row)
    if indexed:
        findable.add(connection, [row])


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    at = {"p50": 0.5, "p95": 0.95}
    return {name: ordered[int(len(ordered) * share)] * 1000 for name, share in at.items()}


@contextmanager
def _sqlite(folder: Path) -> Iterator[tuple[sa.Engine, Callable[[], int]]]:
    shutil.rmtree(folder, ignore_errors=True)
    file = folder / "similar.db"
    engine = database.create_engine(f"sqlite:///{file}")

    def size() -> int:
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return file.stat().st_size

    yield engine, size
    engine.dispose()


@contextmanager
def _postgres() -> Iterator[tuple[sa.Engine, Callable[[], int]]]:
    from deploy.local.postgres import PostgresServer

    server = PostgresServer(durable=True, say=lambda _: None)
    server.start()
    engine = database.create_engine(server.create_database("similar"))

    def size() -> int:
        with engine.connect() as connection:
            asked = sa.text("SELECT pg_database_size(current_database())")
            return int(connection.execute(asked).scalar_one())

    try:
        yield engine, size
    finally:
        engine.dispose()
        server.stop()


def tables(results: dict[str, Any]) -> list[Table]:
    """What was measured, to be printed."""
    well = Table(title="Similar suggestions on the labelled set (synthetic): recall@5 / AP")
    halves = ("all", "chosen on", "other half")
    for column in ("method", *halves, "recall@5 by distance 0…4"):
        well.add_column(column, justify="left" if column == "method" else "right")
    for name, one in results["quality"]["methods"].items():
        shown = [f"{one[h]['recall@5']:.3f} / {one[h]['average precision']:.3f}" for h in halves]
        well.add_row(name, *shown, " ".join(f"{r:.2f}" for r in one["by distance"]))
    rand = results["quality"]["clusters"]["adjusted Rand index"]
    well.caption = f"clusters: adjusted Rand index {rand:.3f}"
    fast = Table(title="Similar suggestions: speed")
    for column in ("", *results["speed"]):
        fast.add_column(column, justify="right" if column else "left")
    for name, value in _figures():
        fast.add_row(name, *(value(one) for one in results["speed"].values()))
    fast.caption = f"asked for: query p95 < {QUERY_MS} ms, insert p95 < {INSERT_MS} ms beyond plain"
    return [well, fast]


def _figures() -> list[tuple[str, Callable[[dict[str, Any]], str]]]:
    def spread(*path: str) -> Callable[[dict[str, Any]], str]:
        def shown(one: Any) -> str:
            for name in path:
                one = one[name]
            return f"{one['p50']:.2f} / {one['p95']:.2f} ms"

        return shown

    cold, quiet, busy = "just begun", "quiet", "with a submission before each"
    return [
        ("suggestions", lambda one: f"{one['suggestions']:,}"),
        ("index built in", lambda one: f"{one['build s']:.1f} s"),
        ("size of the index", lambda one: f"{one['index MB']:.0f} MB"),
        ("query, p50 / p95", spread("query ms", quiet)),
        ("query, the first fifty of a process", spread("query ms", cold)),
        (f"query, {busy}", spread("query ms", busy)),
        ("plain insert", spread("insert ms", "plain")),
        ("insert with index", spread("insert ms", "ours")),
        ("the index's part", spread("insert ms", "extra")),
    ]
