"""A sheet as rows of named values, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.commons.errors import Invalid

from . import archive
from .columns import Column, Fault, by_name, label, matched, normal
from .text import Objects, Text, lines
from .workbook import Cell, Workbook

#: Rows of data that one file may have.
ROWS = 200_000
#: Bytes of a file: text is streamed, a workbook's directory is at its end.
TEXT_BYTES, WORKBOOK_BYTES = 1_000_000_000, 200_000_000
_OBJECTS = (".ndjson", ".jsonl")


@dataclass(frozen=True)
class Row:
    """One row: its line in the file, its values by column key (missing: ""), what is wrong."""

    line: int
    values: dict[str, str]
    faults: tuple[Fault, ...] = ()
    #: Column key → as the file calls it.
    labels: dict[str, str] | None = None

    def label(self, key: str) -> str:
        """A column as the file calls it."""
        return (self.labels or {}).get(key, key)


class Sheet:
    """An open file; iterating gives its rows once, blank ones left out.

    Raises Invalid when the header does not fit, or at row ``rows`` + 1, before it is read on.
    """

    def __init__(
        self,
        source: Text | Workbook | Objects,
        columns: Sequence[Column],
        called: str,
        rows: int,
    ) -> None:
        self.source = source
        self.columns = columns
        self.called = called
        self.rows = rows
        if isinstance(source, Workbook) and source.last > rows + 1:
            raise self._too_many()

    def __iter__(self) -> Iterator[Row]:
        found = self._objects() if isinstance(self.source, Objects) else self._table(self.source)
        for count, row in enumerate(found):
            if count >= self.rows:
                raise self._too_many()
            yield row

    def _table(self, source: Text | Workbook) -> Iterator[Row]:
        places: list[Column | None] | None = None
        header: list[str] = []
        labels: dict[str, str] = {}
        for line, cells in source.rows():
            # Row numbers of a workbook may leap; they count for the limit too.
            if line > self.rows * 10 + 1:
                raise self._too_many()
            if not any(not isinstance(cell, str) or cell.strip() for cell in cells):
                continue
            if places is None:
                header = [cell if isinstance(cell, str) else "?" for cell in cells]
                places = matched(header, self.columns, line, self.called)
                labels = {c.key: label(header, i) for i, c in enumerate(places) if c}
                continue
            yield _row(line, cells, places, header, labels)
        if places is None:
            raise Invalid("sheet-empty", f"{self.called} is empty", f"{self.called} 为空")

    def _objects(self) -> Iterator[Row]:
        assert isinstance(self.source, Objects)  # noqa: S101 - for the type checker
        names = by_name(self.columns)
        for line, values in self.source.rows():
            if values is None:
                fault = Fault(line, "-", "is not one flat JSON object", "不是一个单层的 JSON 对象")
                yield Row(line, {}, (fault,))
                continue
            faults = [
                Fault(line, name[:40], "is not a column of this sheet", "不是可用的列")
                for name in values
                if normal(name) not in names
            ]
            read = {names[normal(n)]: v for n, v in values.items() if normal(n) in names}
            kept = {c.key: v for c, v in read.items() if not c.ignored}
            yield Row(line, kept, tuple(faults))

    def _too_many(self) -> Invalid:
        return Invalid(
            "sheet-too-many-rows",
            f"{self.called} has more than {self.rows:,} rows; split it",
            f"{self.called} 超过 {self.rows:,} 行,请拆分后再导入",
        )


def _row(
    line: int,
    cells: Sequence[Cell],
    places: Sequence[Column | None],
    header: Sequence[str],
    labels: dict[str, str],
) -> Row:
    values, faults = {}, []
    for index, cell in enumerate(cells):
        column = places[index] if index < len(places) else None
        if column is None:
            if not isinstance(cell, str) or cell.strip():
                en, zh = "a value stands under no title", "此处有内容但该列没有标题"
                faults.append(Fault(line, label(header, index), en, zh))
        elif isinstance(cell, str):
            if not column.ignored:
                values[column.key] = cell
        else:
            faults.append(Fault(line, label(header, index), *cell))
    return Row(line, values, tuple(faults), labels)


@contextmanager
def open_sheet(
    path: Path, columns: Sequence[Column], *, sheet: str | None = None, rows: int = ROWS
) -> Iterator[Sheet]:
    """Open a file for reading.  Its content decides what it is; ``sheet`` names a worksheet.

    Raises Invalid, with a code ``sheet-…``, for what is no sheet or too large to be one.
    """
    _refuse_long_text(path, columns, rows)
    source = _source(path, columns, sheet)
    try:
        yield Sheet(source, columns, path.name, rows)
    finally:
        source.close()


def _refuse_long_text(path: Path, columns: Sequence[Column], rows: int) -> None:
    """Raise Invalid for a text of too many rows, before somebody checks the first of them.

    A row may have several lines, so where there are many lines the rows are counted.
    """
    with path.open("rb") as file:
        start = file.read(len(archive.ZIP))
    if start.startswith(archive.ZIP) or path.stat().st_size > TEXT_BYTES or lines(path) <= rows:
        return
    source = _source(path, columns, None)
    try:
        for _ in Sheet(source, columns, path.name, rows):
            pass
    finally:
        source.close()


def _source(path: Path, columns: Sequence[Column], sheet: str | None) -> Text | Workbook | Objects:
    with path.open("rb") as file:
        start = file.read(8)
    workbook = start.startswith(archive.ZIP)
    size = path.stat().st_size
    if size > (WORKBOOK_BYTES if workbook else TEXT_BYTES):
        raise Invalid(
            "sheet-too-large",
            f"{path.name} has {size:,} bytes; split it",
            f"{path.name} 有 {size:,} 字节,请拆分后再导入",
        )
    if start == archive.COMPOUND:
        archive.refuse_compound(path)
    if workbook:
        return Workbook(path, sheet)
    return Objects(path) if path.suffix.lower() in _OBJECTS else Text(path, columns)
