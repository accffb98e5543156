"""``python -m services.proposal.transfer.exporting``: write the exports that wait, and end.

One statement reads all rows of an export, so the file is of one moment; a row at a time is held.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
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
from ..model.transfer import FAILED, Export
from .lists import LISTS, Listed
from .values import own_source

log = structlog.get_logger()

#: Rows that come over from the database at a time, and seconds between signs of life.
BATCH, BEAT = 1_000, 5.0


def write_all(store: BoundStore, files: Files) -> int:
    """Write what waits, and let go what was kept long enough; how many files were written."""
    written = 0
    while (export := store.apply(commands.begin_next)) is not None:
        if export.state != FAILED:
            written += _write(store, files, export)
    for old in store.apply(commands.expire):
        files.drop(old.key)
    return written


def _write(store: BoundStore, files: Files, export: Export) -> bool:
    """Write one export's file; whether it is ready."""
    descriptor, name = tempfile.mkstemp(suffix=f".{export.format}")
    os.close(descriptor)
    file = Path(name)
    try:
        rows = _fill(store, export, file)
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
        reason = exc.code
        store.apply(lambda uow: commands.in_hand(uow, export).fail(reason))
        return False
    except commands.Superseded:
        log.warning("export_superseded", export=export.id)
        return False
    finally:
        file.unlink(missing_ok=True)
    log.info("export_ready", export=export.id, rows=rows, size=size)
    return True


def _fill(store: BoundStore, export: Export, file: Path) -> int:
    listed = LISTS[export.list]
    own = own_source(store.settings.jurisdiction)
    last, count = time.monotonic(), 0
    with sheets.writer(export.format, file, listed.columns, title=listed.title) as sheet:
        for row in _rows(store, listed, export):
            values = listed.values(row, own)
            sheet.row([values[column.key] for column in listed.columns])
            count += 1
            if time.monotonic() - last > BEAT:
                store.apply(lambda uow: commands.beat(uow, export))
                last = time.monotonic()
    return count


def _rows(store: BoundStore, listed: Listed, export: Export) -> Iterator[Any]:
    query = listed.query(store.asked(listed.filters, export.filters))
    bind = store.engine.execution_options(reading=True)
    with Session(bind) as session:
        for number, row in enumerate(session.execute(query.execution_options(yield_per=BATCH)), 1):
            yield row
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
