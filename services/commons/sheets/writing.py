"""Sheets written a row at a time: CSV with its byte order mark, XLSX, NDJSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.commons.errors import Invalid

from .columns import Column
from .text import neutral

FORMATS = ("csv", "xlsx", "ndjson")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ndjson": "application/x-ndjson",
}
#: Rows of a worksheet, its header among them.
_LARGEST = 1_048_576
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Writer:
    """Takes rows; a value is text, a number, a day, an instant or None."""

    def row(self, values: Sequence[Any]) -> None:
        """Write one row, in the columns' order."""
        raise NotImplementedError

    def close(self) -> None:
        """Finish the file."""


@contextmanager
def writer(kind: str, path: Path, columns: Sequence[Column], *, title: str) -> Iterator[Writer]:
    """Write a sheet of one of :data:`FORMATS`, header first, with titles in Chinese.

    NDJSON is keyed by the columns' keys.  A file that was not finished must not be used.
    """
    with path.open("wb") as file:
        made = _KINDS[kind](file, columns, title)
        yield made
        made.close()


class _Csv(Writer):
    """RFC 4180 in UTF-8 with the mark by which spreadsheets know it; no cell runs as a formula."""

    def __init__(self, file: io.BufferedWriter, columns: Sequence[Column], title: str) -> None:
        self._text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=False)
        self._csv = csv.writer(self._text)
        self._csv.writerow(_titles(columns))

    def row(self, values: Sequence[Any]) -> None:
        self._csv.writerow(
            [neutral(v) if isinstance(v, str) else "" if v is None else _text(v) for v in values]
        )

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


class _Ndjson(Writer):
    def __init__(self, file: io.BufferedWriter, columns: Sequence[Column], title: str) -> None:
        self._file = file
        self._keys = [column.key for column in columns]

    def row(self, values: Sequence[Any]) -> None:
        plain = {k: _text(v) if _dated(v) else v for k, v in zip(self._keys, values, strict=True)}
        self._file.write(json.dumps(plain, ensure_ascii=False).encode() + b"\n")


class _Xlsx(Writer):
    """Text is text, whatever it begins with: no cell can be a formula."""

    def __init__(self, file: io.BufferedWriter, columns: Sequence[Column], title: str) -> None:
        from openpyxl import Workbook

        self._file = file
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title[:31])
        self._sheet.freeze_panes = "A2"
        self._rows = 0
        self.row(_titles(columns))

    def row(self, values: Sequence[Any]) -> None:
        self._rows += 1
        if self._rows > _LARGEST:
            raise Invalid(
                "sheet-too-many-rows",
                f"a worksheet has at most {_LARGEST - 1:,} rows; choose CSV, or fewer",
                f"工作表最多 {_LARGEST - 1:,} 行,请改用 CSV 或缩小范围",
            )
        self._sheet.append([as_cell(self._sheet, value) for value in values])

    def close(self) -> None:
        self._book.save(self._file)


def as_cell(sheet: Any, value: Any) -> Any:
    """A value as a worksheet takes it: text stays text, so no cell can be a formula."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, dt.datetime):  # spreadsheets know no zones
        value = _text(value)
    if not isinstance(value, str) or not value:
        return value or (0 if value == 0 and value is not None else None)
    cell = WriteOnlyCell(sheet, _NO_XML.sub("\ufffd", value))
    cell.data_type = "s"
    return cell


def _titles(columns: Sequence[Column]) -> list[str]:
    return [column.names[0] if column.names else column.key for column in columns]


def _dated(value: Any) -> bool:
    return isinstance(value, dt.date | dt.datetime)


def _text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


_KINDS = {"csv": _Csv, "xlsx": _Xlsx, "ndjson": _Ndjson}
