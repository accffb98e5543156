"""Rows of CSV and NDJSON files: encoding and delimiter are found out, every record is bounded."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from services.commons.errors import Invalid

from .columns import Column, by_name, normal

DELIMITERS = ",;\t"
#: Characters of one record.
RECORD = 1_000_000
_CHUNK = 1 << 20

#: What a spreadsheet would take for a formula; written with an apostrophe before it.
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before = + - @, tab or return at its start.

    The widths that Chinese keyboards write count too.  :func:`plain` takes it off again.
    """
    return "'" + text if _FORMULA.match(text) else text


def plain(text: str) -> str:
    """The text that :func:`neutral` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def lines(path: Path) -> int:
    """How many ends of lines there are at most, whatever they are written with."""
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(_CHUNK), b"")
        return sum(chunk.count(b"\n") + chunk.count(b"\r") for chunk in chunks)


def encoding(path: Path) -> str:
    """UTF-8, with or without its mark, or else GB18030; Invalid if the bytes are neither."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise _not_text(1)
    return "utf-8-sig" if _line_of_fault(path, "utf-8") is None else _gb18030(path)


def _gb18030(path: Path) -> str:
    if _line_of_fault(path, "gb18030") is not None:
        raise _not_text(_line_of_fault(path, "utf-8") or 1)
    return "gb18030"


def _line_of_fault(path: Path, name: str) -> int | None:
    """The line at which the file stops being text in that encoding."""
    decoder = codecs.getincrementaldecoder(name)()
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as exc:
                return line + exc.object[: exc.start].count(b"\n")
            if not chunk:
                return None


def _not_text(line: int) -> Invalid:
    return Invalid(
        "sheet-encoding",
        f"line {line} is neither UTF-8 nor GB18030; save the file as CSV UTF-8",
        f"第 {line} 行既非 UTF-8 也非 GB18030 编码,请另存为 CSV UTF-8",
    )


class _Lines:
    """Lines with their ends, counted; ``budget`` characters are left to the present record."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self.file = file
        self.number = 0
        self.budget = RECORD

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.file.readline(RECORD + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.budget -= len(line)
        if self.budget < 0:
            raise Invalid(
                "sheet-record-too-long",
                f"the record at line {self.number} is longer than {RECORD:,} characters; is a "
                "quotation mark missing?",
                f"第 {self.number} 行的记录超过 {RECORD:,} 个字符,是否缺少引号?",
            )
        return line


class Text:
    """A CSV file; its first record that is not blank is the header."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        # The file stays open for the iteration and is closed by close().
        self._file = path.open(encoding=encoding(path), newline="")
        self._names = by_name(columns)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each record's first line and cells, header included; Invalid where the quoting breaks."""
        lines = _Lines(self._file)
        head = next(lines, "")
        delimiter = max(DELIMITERS, key=lambda one: self._recognised(head, one))
        reader = csv.reader(_before([head], lines), delimiter=delimiter, strict=True)
        while True:
            first = lines.number + 1 if reader.line_num else 1
            lines.budget = RECORD
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as exc:
                raise Invalid(
                    "sheet-csv",
                    f"the record at line {first} is not CSV: {exc}",
                    f"第 {first} 行不符合 CSV 格式(引号或长度有误)",
                ) from None
            yield first, [plain(cell) for cell in cells]

    def _recognised(self, head: str, delimiter: str) -> int:
        try:
            cells = next(csv.reader([head], delimiter=delimiter), [])
        except csv.Error:
            return 0
        return sum(normal(cell) in self._names for cell in cells)


def _before(first: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from rest


class Objects:
    """An NDJSON file: one flat object a line; the names are the columns' keys or other names."""

    def __init__(self, path: Path) -> None:
        self._file = path.open(encoding="utf-8-sig", newline="\n")

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def rows(self) -> Iterator[tuple[int, dict[str, str] | None]]:
        """Each line's number and values; None if the line is not such an object."""
        lines = _Lines(self._file)
        while True:
            lines.budget = RECORD
            try:
                line = next(lines, None)
            except UnicodeDecodeError:
                raise _not_text(lines.number + 1) from None
            if line is None:
                return
            if line.strip():
                yield lines.number, _flat(line)


def _flat(line: str) -> dict[str, str] | None:
    try:
        # Numbers as they are written, not as a float would have them.
        found = json.loads(line, parse_float=str, parse_int=str, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    values = {name: _scalar(value) for name, value in found.items()}
    return None if None in values.values() else values  # type: ignore[return-value]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands there twice")
    return dict(pairs)


def _scalar(value: Any) -> str | None:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None
