"""``python -m services.proposal.transfer.exporting``: write the exports that wait, and end.

One statement reads all rows of an export, so the file is of one moment; a row at a time is held.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.orm import Session

from services.chassis import database, logs, settings
from services.chassis.context import CallContext, Principal
from services.chassis.files import Files
from services.chassis.store import BoundStore
from services.commons import sheets
from services.commons.errors import ServiceError

from ..commands import exports as commands
from ..model.transfer import Export
from .lists import LISTS, Listed
from .values import own_source

log = structlog.get_logger()

#: Rows that come over from the database at a time, and seconds between signs of life.
BATCH, BEAT = 1_000, 5.0


def write_all(store: BoundStore, files: Files) -> int:
    """Write what waits, and let go what was kept long enough; how many files were written."""
    written = 0
    while (export := store.apply(commands.begin_next)) is not None:
        if export.is_hopeless:
            _fail(store, files, export, "writer-ended", export.keys)
        else:
            written += _write(store, files, export)
    for old in store.apply(commands.old):
        _drop(files, old.keys)
        store.apply(partial(commands.expire, export=old))
    return written


def _write(store: BoundStore, files: Files, export: Export) -> bool:
    """Write one export's file; whether it is ready."""
    descriptor, name = tempfile.mkstemp(suffix=f".{export.format}")
    os.close(descriptor)
    file = Path(name)
    try:
        with _alive(store, export) as lost:
            rows = _fill(store, export, file, lost)
            with file.open("rb") as done:
                sha256 = hashlib.file_digest(done, "sha256").hexdigest()
            files.keep(export.key, file)
        size = file.stat().st_size
        store.apply(
            lambda uow: commands.in_hand(uow, export).ready(
                uow.now, rows=rows, size=size, sha256=sha256
            )
        )
    except ServiceError as exc:
        _fail(store, files, export, exc.code, [export.key])
        return False
    except commands.Superseded:
        log.warning("export_superseded", export=export.id)
        _drop(files, [export.key])
        return False
    finally:
        file.unlink(missing_ok=True)
    log.info("export_ready", export=export.id, rows=rows, size=size)
    return True


def _fail(
    store: BoundStore, files: Files, export: Export, reason: str, keys: Sequence[str]
) -> None:
    """Let go what is left of it, and only then note that there will be no file."""
    _drop(files, keys)
    with contextlib.suppress(commands.Superseded):
        store.apply(lambda uow: commands.in_hand(uow, export).fail(reason))


def _drop(files: Files, keys: Sequence[str]) -> None:
    for key in keys:
        files.drop(key)


@contextlib.contextmanager
def _alive(store: BoundStore, export: Export) -> Iterator[threading.Event]:
    """Say all the while that its writer lives: to close and to keep a file takes long, too.

    The event tells that another has taken it over nevertheless.
    """
    over, lost = threading.Event(), threading.Event()

    def beat() -> None:
        while not over.wait(BEAT) and not lost.is_set():
            try:
                store.apply(lambda uow: commands.beat(uow, export))
            except commands.Superseded:
                lost.set()
            except ServiceError as exc:  # it is said again
                log.warning("export_beat_lost", export=export.id, code=exc.code)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        over.set()
        thread.join()


def _fill(store: BoundStore, export: Export, file: Path, lost: threading.Event) -> int:
    listed = LISTS[export.list]
    own = own_source(store.settings.jurisdiction)
    count = 0
    with sheets.writer(export.format, file, listed.columns, title=listed.title) as sheet:
        for row in _rows(store, listed, export):
            values = listed.values(row, own)
            sheet.row([values[column.key] for column in listed.columns])
            count += 1
            if lost.is_set():
                raise commands.Superseded
    return count


def _rows(store: BoundStore, listed: Listed, export: Export) -> Iterator[Any]:
    params = store.asked(listed.filters, export.filters)
    query = listed.query(params)
    bind = store.engine.execution_options(reading=True)
    with Session(bind) as session:
        for number, row in enumerate(session.execute(query.execution_options(yield_per=BATCH)), 1):
            yield from listed.parts(row, params)
            if number % BATCH == 0:
                session.expunge_all()  # entities are done with once they are written


def main() -> None:
    """Write what waits."""
    from ..tables import metadata

    os.nice(10)
    one = settings.load("proposal")
    logs.configure("exporting", one.log_format, one.log_level)
    engine = database.create_engine(one.database_url)
    context = CallContext(principal=Principal("exporting"))
    write_all(BoundStore(engine, metadata, one, context), Files(one))


if __name__ == "__main__":
    main()
