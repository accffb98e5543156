"""The columns that a sheet may have, and which of them a header row names."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from services.commons.errors import Invalid


@dataclass(frozen=True)
class Column:
    """A column by its key, which is also its English name, and its other names, Chinese first.

    ``required``: must stand in the header.  ``ignored``: may stand there and is not read.
    """

    key: str
    names: tuple[str, ...] = ()
    required: bool = False
    ignored: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: the line in the file (from 1), the column as the file calls it."""

    line: int
    column: str
    en: str
    zh: str

    def told(self) -> str:
        """As an operator reads it."""
        return f"第 {self.line} 行 line, 列 column {self.column}: {self.zh} {self.en}"

    def as_error(self) -> dict[str, str]:
        """As one of a problem's places; the pointer is line and column."""
        escaped = self.column.replace("~", "~0").replace("/", "~1")
        return {"pointer": f"/{self.line}/{escaped}", "detail": f"{self.en} {self.zh}"}


def letter(index: int) -> str:
    """The letters of a column counted from 0, as spreadsheets show them: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def label(header: Sequence[str], index: int) -> str:
    """A column as a person finds it: its letter and its title."""
    title = header[index].strip()[:40] if index < len(header) else ""
    return f"{letter(index)} {title}".strip()


def by_name(columns: Sequence[Column]) -> dict[str, Column]:
    """Every name that a column has, normalised."""
    return {normal(name): one for one in columns for name in (one.key, *one.names)}


def normal(name: str) -> str:
    """A name as it is compared: width, case, blanks and a star that marks it required are one."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip().removesuffix("*")
    return folded.strip().replace(" ", "_")


def matched(
    header: Sequence[str], columns: Sequence[Column], line: int, called: str
) -> list[Column | None]:
    """The column at each place of a header; None where it has no title.

    Raises Invalid (``sheet-columns``) with every unknown, doubled and missing column.
    """
    names = by_name(columns)
    found: list[Column | None] = []
    faults = []
    for index, title in enumerate(header):
        column = names.get(normal(title)) if title.strip() else None
        if title.strip() and column is None:
            faults.append(
                Fault(line, label(header, index), "is not a column of this sheet", "不是可用的列")
            )
        elif column is not None and column in found:
            faults.append(Fault(line, label(header, index), "stands there twice", "该列重复"))
            column = None
        found.append(column)
    for column in columns:
        if column.required and column not in found:
            name = column.names[0] if column.names else column.key
            en, zh = f"the column {column.key} is missing", f"缺少列“{name}”"
            faults.append(Fault(line, name, en, zh))
    if faults:
        raise Invalid(
            "sheet-columns",
            f"the header of {called} does not fit",
            f"{called} 的表头不符合要求",
            [fault.as_error() for fault in faults],
        )
    return found
