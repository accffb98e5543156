"""The checked rows of a file on disk, until they are written: a million take no memory.

A table in a temporary file, known by the forms' numbers, so that it also finds the number that
stands in a file twice.  Whoever is ended in the middle leaves nothing of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Spooled:
    """One row: the form's number, its line in the file, and what is kept of it.

    ``mark``: what the row said, as a keyed hash; ``counted``: what it counts for, see ``rows``.
    """

    number: str
    line: int
    mark: str
    counted: str


class Spool:
    """Rows in the order of the file."""

    def __init__(self) -> None:
        # Without a name: a file that has none either, and so is gone when this process is.
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=OFF")
        columns = "line INTEGER PRIMARY KEY, number TEXT UNIQUE, mark TEXT, counted TEXT"
        self._rows.execute(f"CREATE TABLE rows ({columns})")
        self._rows.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._rows.close()

    def add(self, row: Spooled) -> int | None:
        """Keep a row; the line on which its number stands already, and then it is not kept."""
        values = (row.line, row.number, row.mark, row.counted)
        insert = "INSERT OR IGNORE INTO rows VALUES (?, ?, ?, ?)"
        if self._rows.execute(insert, values).rowcount:
            return None
        query = "SELECT line FROM rows WHERE number = ?"
        line: int = self._rows.execute(query, (row.number,)).fetchone()[0]
        return line

    def chunks(self, size: int) -> Iterator[list[Spooled]]:
        """The rows in the order of the file, so many at a time."""
        query = "SELECT number, line, mark, counted FROM rows ORDER BY line"
        cursor = self._rows.execute(query)
        while rows := cursor.fetchmany(size):
            yield [Spooled(*row) for row in rows]
