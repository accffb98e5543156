"""Tables that a service gives and the gateway writes: as CSV, as sheets of one XLSX workbook.

Beside :mod:`writing`, which writes rows as they come: a table is small, and travels as data.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .text import neutral
from .writing import as_cell

TEXT, NUMBER = "text", "number"

Value = str | int | float | None


@dataclass(frozen=True)
class Field:
    """A column; ``key``: its name in programs, ``name``: its title, ``labels``: texts of codes."""

    key: str
    name: str
    kind: str = TEXT
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """``key``: its name in programs; a row has one value for each field, None where there is none.

    A number is an int or a float; everything else is text.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.fields) for row in self.rows):
            raise ValueError("a row has other values than there are fields")

    @classmethod
    def of(cls, key: str, title: str, fields: Sequence[Field], rows: Iterable[Any]) -> Table:
        """A table of rows by the fields' keys; what a row does not name, it has not."""
        made = tuple(tuple(row.get(one.key) for one in fields) for row in rows)
        return cls(key, title, tuple(fields), made)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Table:
        """Read the written form."""
        return cls(
            data["key"],
            data["title"],
            tuple(Field(**one) for one in data["fields"]),
            tuple(map(tuple, data["rows"])),
        )

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {
            "key": self.key,
            "title": self.title,
            "fields": [vars(one) | {"labels": dict(one.labels)} for one in self.fields],
            "rows": [list(row) for row in self.rows],
        }

    def column(self, key: str) -> list[Value]:
        """The values of one field."""
        place = [one.key for one in self.fields].index(key)
        return [row[place] for row in self.rows]

    def to_csv(self) -> bytes:
        """RFC 4180 in UTF-8 with its mark; no cell runs as a formula."""
        text = io.StringIO(newline="")
        rows = csv.writer(text)
        rows.writerow([one.name for one in self.fields])
        for row in self.rows:
            rows.writerow([_cell(value) for value in row])
        return text.getvalue().encode("utf-8-sig")


def to_xlsx(tables: Iterable[Table]) -> bytes:
    """A workbook with a sheet for each table; text is text, whatever it begins with."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title[:31])
        sheet.freeze_panes = "A2"
        for row in ([one.name for one in table.fields], *table.rows):
            sheet.append([as_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return neutral(value) if isinstance(value, str) else str(value)
