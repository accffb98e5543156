"""A sheet of forms is checked whole before anything of it is counted."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.chassis.store import BoundStore
from services.chassis.work import UnitOfWork
from services.commons.sheets import Fault, Row, open_sheet

from ..commands.paper_forms import taking
from ..model.form import Form
from ..queries import answer_imports as queries
from .alike import Alike
from .columns import NUMBER, Columns
from .rows import Faulty, Paper, Reader
from .spool import Spool, Spooled

#: Rows of one file; a worksheet has no more.
ROWS = 2_000_000
#: Rows that are looked up together.
CHUNK = 1_000
#: Faults and differences that are kept to be shown; the others are counted.
SHOWN = 1_000

Step = Callable[[int], None]


@dataclass
class Checked:
    """What checking a file found; ``spool``: its new rows, as they will be written.

    ``form``: by which they were read, ``version``: of the form; ``straight``: how many forms have
    one mark on all graded lines.
    """

    form: Form
    spool: Spool
    rows: int = 0
    new: int = 0
    same: int = 0
    straight: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    differences: list[Fault] = field(default_factory=list)
    difference_count: int = 0
    alike: Alike = field(default_factory=Alike)

    def fault(self, found: Iterable[Fault]) -> None:
        """Count faults and keep the first ones."""
        for one in found:
            self.fault_count += 1
            if len(self.faults) < SHOWN:
                self.faults.append(one)

    def difference(self, row: Row, en: str, zh: str) -> None:
        """Count a row that says something else than what is known under its number."""
        self.difference_count += 1
        if len(self.differences) < SHOWN:
            self.differences.append(Fault(row.line, row.label(NUMBER.key), en, zh))

    def report(self) -> dict[str, Any]:
        """As data: no marks, only where somebody should look."""
        return {
            "fault_count": self.fault_count,
            "faults": [vars(one) for one in self.faults],
            "difference_count": self.difference_count,
            "differences": [vars(one) for one in self.differences],
            "alike_count": self.alike.count,
            "alike": self.alike.found,
            "straight": self.straight,
        }


def check(
    store: BoundStore,
    audience_id: str,
    path: Path,
    spool: Spool,
    *,
    sheet: str | None = None,
    step: Step = lambda _: None,
) -> Checked:
    """Check every row; nothing is written.  ``step`` is told the rows as they are done.

    Raises Conflict if the audience takes no forms now, Invalid for what is no sheet of its forms.
    """
    form = store.rehearse(lambda uow: taking(uow, audience_id, locked=False)[1])
    checked, reader = Checked(form, spool), Reader(form)
    with open_sheet(path, Columns(form).all, sheet=sheet, rows=ROWS) as opened:
        for rows in _chunks(iter(opened), CHUNK):
            _check_chunk(store, audience_id, checked, reader, rows)
            checked.rows += len(rows)
            step(len(rows))
    checked.alike.end()
    return checked


def _check_chunk(
    store: BoundStore, audience_id: str, checked: Checked, reader: Reader, rows: list[Row]
) -> None:
    read = [(row, *found) for row in rows if (found := _read(checked, reader, row))]
    numbers = [number for _, number, _ in read]
    known = store.rehearse(lambda uow: queries.known_numbers(uow.session, audience_id, numbers))
    for row, number, paper in read:
        mark = mark_of(store, audience_id, number, paper.said)
        first = checked.spool.add(Spooled(number, row.line, mark, paper.counted))
        if first is not None:
            en, zh = f"is the number of line {first} too", f"与第 {first} 行编号重复"
            checked.fault([Fault(row.line, row.label(NUMBER.key), en, zh)])
        elif number not in known:
            checked.new += 1
        elif known[number] == mark:
            checked.same += 1
        elif known[number] is None:
            en = "was entered as a paper form; what was entered is left as it was"
            checked.difference(row, en, "该编号已按纸质测评表录入,未作改动")
        else:
            en = "differs from what was imported under this number; it is left as it was"
            checked.difference(row, en, "与此前以同一编号导入的内容不同,未作改动")


def _read(checked: Checked, reader: Reader, row: Row) -> tuple[str, Paper] | None:
    """The number and the content of a row; None, and the faults, where they cannot be read."""
    faults, number, paper = list(row.faults), "", None
    try:
        number = reader.number(row)
    except Faulty as exc:
        faults += exc.faults
    try:
        paper = reader.paper(row)
    except Faulty as exc:
        faults += exc.faults
    if faults or paper is None:
        checked.fault(faults)
        return None
    checked.straight += paper.straight
    checked.alike.see(row.line, paper)
    return number, paper


def mark_of(store: BoundStore | UnitOfWork, audience_id: str, number: str, said: str) -> str:
    """What a form said as a hash that only this service can make, to know it again by."""
    return store.keys.pseudonym("form", audience_id, number, said)[:16]


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while chunk := list(itertools.islice(items, size)):
        yield chunk
