"""Bulk import (批量导入): a file is checked whole, then written in chunks that may be interrupted.

What has been checked is what is written: the checked rows wait in a temporary file.  A row is known
by its source and its number there, so a file that is imported again, or again after a kill, makes
nothing twice.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from services.chassis.store import BoundStore, load
from services.chassis.work import UnitOfWork
from services.commons.errors import ServiceError
from services.commons.sheets import Fault, Row, open_sheet

from ..commands.intake import submit
from ..model.suggestion import Suggestion
from ..model.transfer import Import
from ..queries import transfers as queries
from ..schemas.suggestions import SubmitSuggestion
from .columns import SUGGESTIONS
from .messages import faults
from .rows import Origin, Words, digest
from .values import body_of, own_source

#: Rows that are checked, and by default written, in one transaction.
CHUNK = 500
#: Faults and differences that are kept to be shown; the others are counted.
SHOWN = 1_000
_LONGEST = {"source": 60, "source_id": 120}


@dataclass
class Checked:
    """What checking a file found; ``spool``: its new rows, as they will be written."""

    file_hash: str
    spool: IO[bytes]
    rows: int = 0
    new: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    differences: list[Fault] = field(default_factory=list)
    difference_count: int = 0
    #: Hashes of the origins seen, each with its line: a number may stand in a file once.
    seen: dict[bytes, int] = field(default_factory=dict)

    def fault(self, found: Iterable[Fault]) -> None:
        """Count faults and keep the first ones."""
        for one in found:
            self.fault_count += 1
            if len(self.faults) < SHOWN:
                self.faults.append(one)

    def difference(self, row: Row) -> None:
        """Count a row that says something else than the row of the same number before."""
        self.difference_count += 1
        if len(self.differences) < SHOWN:
            en = "differs from what was imported under this number; it is left as it was"
            zh = "与此前以同一编号导入的内容不同,未作改动"
            self.differences.append(Fault(row.line, row.label("source_id"), en, zh))


def check(
    store: BoundStore,
    path: Path,
    *,
    sheet: str | None = None,
    source: str = "",
    step: Callable[[int], None] = lambda _: None,
) -> Checked:
    """Check every row as its submission would be; nothing is written.

    ``source``: of rows that name none.  ``step`` is told the rows as they are done.  Raises Invalid
    for what is no sheet of suggestions at all.
    """
    # Closed, and gone, when the caller lets the result go.
    checked = Checked(_hash(path), tempfile.TemporaryFile())  # noqa: SIM115
    words = store.rehearse(_words)
    with open_sheet(path, SUGGESTIONS, sheet=sheet) as opened:
        for rows in _chunks(iter(opened), CHUNK):
            _check_chunk(store, checked, words, rows, source)
            checked.rows += len(rows)
            step(len(rows))
    return checked


def _words(uow: UnitOfWork) -> Words:
    return Words(queries.aspect_names(uow.session), queries.channel_names(uow.session, uow.today))


def _check_chunk(
    store: BoundStore, checked: Checked, words: Words, rows: list[Row], source: str
) -> None:
    found: list[tuple[Row, Origin, dict[str, Any]]] = []
    bad: list[Fault] = []
    for row in rows:
        bad += row.faults
        origin = _origin(checked, row, source, bad)
        if origin and not row.faults:
            found.append((row, origin, words.body(row)))

    def work(uow: UnitOfWork) -> list[tuple[str, Any]]:
        known = _known(uow, [origin for _, origin, _ in found])
        return [_judged(uow, known, words, *one) for one in found]

    for (row, origin, body), (verdict, detail) in zip(found, store.rehearse(work), strict=True):
        if verdict == "fault":
            bad += detail
        elif verdict == "known":
            checked.same += detail
            if not detail:
                checked.difference(row)
        else:
            checked.new += 1
            line = json.dumps([origin.source, origin.source_id, body], ensure_ascii=False)
            checked.spool.write(line.encode() + b"\n")
    checked.fault(sorted(bad, key=lambda one: one.line))


def _judged(
    uow: UnitOfWork,
    known: dict[Origin, str | None],
    words: Words,
    row: Row,
    origin: Origin,
    body: dict[str, Any],
) -> tuple[str, Any]:
    """``("fault", faults)``, ``("known", whether it says the same)`` or ``("new", None)``."""
    try:
        command = load(SubmitSuggestion, body)
        if origin in known:
            return "known", known[origin] == digest(command)
        submit(command, uow)
    except ServiceError as exc:
        return "fault", list(faults(row, exc, words))
    return "new", None


def _origin(checked: Checked, row: Row, source: str, faults: list[Fault]) -> Origin | None:
    """Where a row comes from; None, and the faults, where that is not told, or told twice."""
    values = {key: row.values.get(key, "").strip() for key in _LONGEST}
    values["source"] = values["source"] or source
    bad = []
    for key, longest in _LONGEST.items():
        if not 0 < len(values[key]) <= longest or not values[key].isprintable():
            en, zh = f"must be 1 to {longest} characters", f"应为 1 至 {longest} 个字符"
            bad.append(Fault(row.line, row.label(key), en, zh))
    if not bad:
        key_ = hashlib.blake2b("\0".join(values.values()).encode(), digest_size=16).digest()
        first = checked.seen.setdefault(key_, row.line)
        if first != row.line:
            en, zh = f"is the number of line {first} too", f"与第 {first} 行编号重复"
            bad.append(Fault(row.line, row.label("source_id"), en, zh))
    faults += bad
    return None if bad else Origin(**values)


def _known(uow: UnitOfWork, origins: list[Origin]) -> dict[Origin, str | None]:
    """Which of them are here already, with the hash of what they said.

    What this system exported is known by its own id.
    """
    found: dict[Origin, str | None] = {}
    for source in {origin.source for origin in origins}:
        ids = [origin.source_id for origin in origins if origin.source == source]
        known = queries.known_origins(uow.session, source, ids)
        if source == own_source(uow.settings.jurisdiction):
            known |= {one.id: _said(one) for one in queries.own(uow.session, _uuids(ids))}
        found |= {Origin(source, id_): hash_ for id_, hash_ in known.items()}
    return found


def _said(suggestion: Suggestion) -> str:
    return digest(load(SubmitSuggestion, body_of(suggestion)))


def _uuids(ids: list[str]) -> list[str]:
    return [id_ for id_ in ids if len(id_) == 36 and id_.count("-") == 4]


def write(
    store: BoundStore,
    checked: Checked,
    name: str,
    *,
    chunk: int = CHUNK,
    step: Callable[[int], None] = lambda _: None,
) -> Import:
    """Write the new rows, each chunk in one transaction with its events; the import as recorded.

    Killed in the middle, the next run finds what is written and writes the rest.
    """
    id_ = store.apply(lambda uow: _begun(uow, checked, name).id)
    checked.spool.seek(0)
    for lines in _chunks(iter(checked.spool), chunk):
        rows = [json.loads(line) for line in lines]
        store.apply(lambda uow, rows=rows: _write_chunk(uow, id_, rows))  # type: ignore[misc]
        step(len(rows))

    def finish(uow: UnitOfWork) -> Import:
        run = uow.get(Import, id_)
        run.finish(uow.now)
        return run

    return store.apply(finish)


def _begun(uow: UnitOfWork, checked: Checked, name: str) -> Import:
    before = queries.import_of(uow.session, checked.file_hash)
    return before or uow.add(
        Import.begin(
            file_hash=checked.file_hash,
            name=name[:255],
            kind="suggestions",
            imported_by=uow.principal.subject,
            rows=checked.rows,
            recorded_at=uow.now,
        )
    )


def _write_chunk(uow: UnitOfWork, id_: str, rows: list[Any]) -> None:
    run = uow.get(Import, id_)
    # Another run of the same file may be at work; what it has written is not written again.
    known = _known(uow, [Origin(source, source_id) for source, source_id, _ in rows])
    new = [row for row in rows if Origin(row[0], row[1]) not in known]
    for source, source_id, body in new:
        command = load(SubmitSuggestion, body)
        hash_ = digest(command)
        submit(command, uow).imported(source, source_id, hash_)
    run.wrote(len(new))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while chunk := list(itertools.islice(items, size)):
        yield chunk
