"""Databases: locked, slow or away, they stop neither the process nor what is half done."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import database
from services.chassis.columns import UtcDateTime
from services.commons.errors import Unavailable

from .house import ROOT, House, until
from .link import Link

#: Runs in a process of its own, patched as a service is: contends for a locked file and prints the
#: longest time for which the loop stood still, and what became of the transaction.
CONTENDER = """
import eventlet
eventlet.monkey_patch()
import sys, time
import sqlalchemy as sa
from services.chassis import database
from services.commons.errors import Unavailable

engine = database.create_engine(sys.argv[1])
database.PATIENCE = float(sys.argv[2])
longest = 0.0

def watch():
    global longest
    while True:
        began = time.monotonic()
        eventlet.sleep(0.001)
        longest = max(longest, time.monotonic() - began)

def write(session):
    session.execute(sa.text("INSERT INTO things VALUES (1)"))
    return "written"

database.in_transaction(engine, lambda s: s.execute(sa.text("SELECT 1")), reading=True)
print("begins", flush=True)
watching = eventlet.spawn(watch)
try:
    done = database.in_transaction(engine, write)
except Unavailable as exc:
    done = exc.code
print(done, longest)
"""


@pytest.mark.parametrize(
    ("held", "patience", "outcome"), [(0.6, 5, "written"), (1.5, 0.4, "database-unavailable")]
)
def test_a_locked_file_does_not_stop_the_loop(
    tmp_path: Path, held: float, patience: float, outcome: str
) -> None:
    """Who waits for another process's lock sleeps outside of SQLite, and not for ever."""
    file = tmp_path / "things.db"
    url = f"sqlite:///{file}"
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("PRAGMA journal_mode=WAL")
    holder.execute("CREATE TABLE things (x INTEGER)")
    holder.execute("BEGIN IMMEDIATE")
    contender = subprocess.Popen(
        [sys.executable, "-c", CONTENDER, url, str(patience)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert contender.stdout is not None
    assert contender.stdout.readline() == "begins\n"
    time.sleep(held)
    holder.execute("COMMIT")
    done, longest = contender.communicate(timeout=10)[0].split()
    assert done == outcome
    # Inside of SQLite it would have been the whole time; a busy machine may take some of it.
    assert float(longest) < 0.25


def test_writers_of_several_processes_all_get_their_turn(house: House) -> None:
    """Two replicas, many calls at once: none is lost, none refused."""
    second = house.start("notes")
    text = uuid.uuid4().hex
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: house.call("notes", "write", {"text": text}), range(60)))
    second.stop()
    assert [row.text for row in house.rows("notes", "notes")].count(text) == 60


def test_a_write_behind_a_lock_is_done_once_it_is_free(sqlite_house: House) -> None:
    """The call only takes longer."""
    file = sa.make_url(sqlite_house.urls["notes"]).database or ""
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    threading.Timer(0.7, lambda: holder.execute("ROLLBACK")).start()
    began = time.monotonic()
    sqlite_house.call("notes", "write", {"text": "合成"})
    assert 0.4 < time.monotonic() - began < 3


def test_an_event_waits_for_a_database_that_is_away(build: Any) -> None:
    """It is tried until it is back, and takes effect once: no fault of the event."""
    house = build("postgresql").declare()
    link = Link(house.urls["reader"])
    reader = house.start("reader", DATABASE_URL=link.uri)
    link.cut()
    event = house.publish({"id": str(uuid.uuid4()), "revision": 0, "behaviour": ""})
    until(lambda: house.attempts(event.id))
    until(lambda: reader.get("/ready")[0] == 503)
    time.sleep(0.5)
    link.mend()
    until(lambda: house.effects(event.subject))
    assert len(house.effects(event.subject)) == 1
    assert house.depth("reader.dead-letters") == 0
    house.close()


def test_sqlalchemy_s_errors_show_no_parameters(sqlite_house: House) -> None:
    """PostgreSQL's own messages do, which is why no exception's text is ever logged."""
    engine = sqlite_house.engine("notes")
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as caught:
        connection.execute(sa.text("SELECT :x FROM nothing"), {"x": "13800000000"})
    assert "13800000000" not in str(caught.value)


def test_a_transaction_that_fails_leaves_nothing(house: House) -> None:
    """Rows, outbox and key are written together or not at all."""
    before = {t: len(house.rows("notes", t)) for t in ("notes", "idempotency")}
    with pytest.raises(Exception, match="internal"):
        house.call("notes", "write", {"text": "x", "copies": 0})  # fails after the flush
    assert {t: len(house.rows("notes", t)) for t in ("notes", "idempotency")} == before


def test_what_is_no_instant_is_refused() -> None:
    """A time without its zone would be read as another one."""
    import datetime as dt

    column = UtcDateTime()
    with pytest.raises(ValueError, match="zone"):
        column.process_bind_param(dt.datetime(2023, 1, 1), None)  # noqa: DTZ001
    given = dt.datetime(2023, 1, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    stored = column.process_bind_param(given, None)
    assert stored == given and stored is not None and stored.tzinfo is dt.UTC
    naive = stored.replace(tzinfo=None)
    assert column.process_result_value(naive, None) == given


def test_unavailable_comes_after_the_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says that the database is away, in both languages, without where it is."""
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    engine = database.create_engine("postgresql://user:secret@127.0.0.1:9/none")
    with pytest.raises(Unavailable) as caught:
        database.in_transaction(engine, lambda session: session.execute(sa.text("SELECT 1")))
    assert caught.value.code == "database-unavailable"
    assert "127.0.0.1" not in str(caught.value.args) and "secret" not in str(caught.value.args)
