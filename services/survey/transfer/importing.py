"""Importing a sheet of forms: checked whole, then counted in chunks that may be interrupted.

A chunk is one transaction: the numbers of its forms, their counts, and how far the import is.
Killed in the middle, the next run finds the numbers that are there and counts the others, so every
form counts once.  What has been checked is what is counted: the checked rows wait on the disk.

``python -m services.survey.transfer.importing``: import the files that wait in the store, and end.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import sqlalchemy as sa
import structlog

from services.chassis import logs, settings
from services.chassis.store import BoundStore, open_store
from services.chassis.work import UnitOfWork
from services.commons import clock
from services.commons.errors import Conflict, ServiceError

from ..commands import answer_imports as commands
from ..commands.paper_forms import count_forms, taking
from ..model.answer_import import UNFINISHED, WRITING, AnswerImport
from ..model.form import Form
from ..queries import answer_imports as queries
from ..tables.offline import imported_forms
from .checking import Step, check
from .rows import counted_of
from .spool import Spool, Spooled

log = structlog.get_logger()

#: Forms that are counted in one transaction.
CHUNK = 5_000
#: Seconds between signs of life.
BEAT = 5.0
#: For how long a file may be on its way into the store after its import was asked for.
ARRIVES = dt.timedelta(minutes=10)


def run(
    store: BoundStore,
    id_: str,
    path: Path,
    *,
    chunk: int = CHUNK,
    checking: Step = lambda _: None,
    writing: Step = lambda _: None,
) -> AnswerImport:
    """Check a file and count its forms; the import as it stands then.

    Raises what is no fault of a row: Invalid for no sheet of these forms, Conflict for an audience
    that takes none now.
    """
    begun = store.apply(partial(commands.begin, id_=id_))
    with Spool() as spool:
        alive = _Beating(store, id_, checking)
        checked = check(store, begun.audience_id, path, spool, sheet=begun.sheet, step=alive.step)
        import_ = store.apply(partial(commands.checked, id_=id_, checked=checked))
        if import_.state != WRITING:
            return import_
        for rows in spool.chunks(chunk):
            import_ = store.apply(partial(_count_chunk, id_=id_, form=checked.form, rows=rows))
            writing(len(rows))
    return store.apply(partial(commands.finish, id_=id_)) if import_.state == WRITING else import_


def _count_chunk(uow: UnitOfWork, *, id_: str, form: Form, rows: Sequence[Spooled]) -> AnswerImport:
    """Count those of some forms whose numbers are not known yet, under the audience's lock."""
    import_ = uow.get(AnswerImport, id_)
    audience, now_asked = taking(uow, import_.audience_id)
    uow.session.refresh(import_)
    if import_.state != WRITING:
        return import_
    if now_asked.version != form.version:
        raise Conflict(
            "form-changed",
            "the form has changed since the file was checked; check it again",
            "文件检查之后问卷内容已更新,请重新检查",
        )
    known = queries.known_numbers(uow.session, audience.id, [row.number for row in rows])
    new = [row for row in rows if row.number not in known]
    outcomes, void, readings = Counter[str](), Counter[str](), []
    keys = form.keys()
    for row in new:
        condition, reading, void_lines = counted_of(keys, row.counted)
        outcomes[condition] += 1
        void.update(void_lines)
        if reading is not None:
            readings.append(reading)
    if new:
        count_forms(uow, audience, form, outcomes, void, readings)
        numbers = [
            {"audience_id": audience.id, "number": row.number, "mark": row.mark} for row in new
        ]
        uow.session.connection().execute(sa.insert(imported_forms), numbers)
    import_.wrote(len(new), uow.now)
    return import_


class _Beating:
    """Passes the steps on, and says now and then that the import lives."""

    def __init__(self, store: BoundStore, id_: str, step: Step) -> None:
        self._store, self._id, self._step = store, id_, step
        self._last = time.monotonic()

    def step(self, rows: int) -> None:
        """Note rows that are done."""
        self._step(rows)
        if time.monotonic() - self._last > BEAT:
            self._store.apply(partial(commands.beat, id_=self._id))
            self._last = time.monotonic()


def import_all(store: BoundStore) -> int:
    """Import the files that wait in the store; how many were looked at."""
    looked_at = 0
    while (waiting := store.apply(commands.next_waiting)) is not None:
        ended = _import(store, waiting)
        if ended is None:
            break
        looked_at += 1
        log.info("answers_imported", id=ended.id, state=ended.state, written=ended.written)
        drop(store, ended)
    return looked_at


def _import(store: BoundStore, waiting: AnswerImport) -> AnswerImport | None:
    """Import one stored file; None if that is still on its way into the store."""
    with (
        tempfile.TemporaryDirectory(prefix="minsheng-sheet-") as folder,
        # Only a link has the name: of what is in the file nothing is left if this process is ended.
        tempfile.TemporaryFile() as file,
    ):
        path = Path(folder) / (Path(waiting.name).name or "sheet")
        path.symlink_to(f"/proc/self/fd/{file.fileno()}")
        try:
            file.writelines(store.files.kept(waiting.key, waiting.size))
            file.flush()
            return run(store, waiting.id, path)
        except FileNotFoundError:
            if clock.now() - waiting.asked_at < ARRIVES:
                return None
            refused: ServiceError = commands.FILE_GONE
        except ServiceError as exc:
            refused = exc
    return store.apply(partial(commands.refuse, id_=waiting.id, exc=refused))


def drop(store: BoundStore, ended: AnswerImport) -> None:
    """Let a file go that no import needs any more: only counts stay."""
    wanted = store.rehearse(
        lambda uow: queries.wanted_file(uow.session, ended.audience_id, ended.sha256)
    )
    if ended.state not in UNFINISHED and not wanted:
        store.files.drop(ended.key)


def main() -> int:
    """Import what waits."""
    own = settings.load("survey")
    logs.configure("survey-importing", own.log_format, own.log_level)
    from ..tables import metadata

    store = open_store(own, metadata)
    try:
        import_all(store)
    finally:
        store.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
