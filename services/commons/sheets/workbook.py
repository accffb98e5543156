"""Rows of one worksheet, streamed; openpyxl knows the parts, the rows are walked here.

openpyxl would build a whole row before anybody can count its cells, so the walk is our own.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from services.commons.errors import Invalid

from . import archive
from .columns import letter

#: Elements of one row: so many cells with their parts are no sheet of ours.
ELEMENTS = 5_000
#: A spreadsheet keeps 15 digits of a number; longer ones have lost some.
_EXACT = 10**15

#: A cell's text, or what is wrong with it, in English and Chinese.
Cell = str | tuple[str, str]


class Workbook:
    """One worksheet of a workbook; ``last``: the last row by its own declaration, which may lie."""

    def __init__(self, path: Path, sheet: str | None) -> None:
        archive.check(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._book = _opened(path)
        try:
            self._sheet = self._chosen(sheet)
        except Invalid:
            self.close()
            raise
        self.last: int = self._sheet.max_row or 0

    def close(self) -> None:
        """Let the file go."""
        self._book.close()

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row's number and cells; raises Invalid where the file is broken."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                for number, cells in _walk(self._book, self._sheet):
                    yield number, _placed(cells)
            except (Invalid, GeneratorExit):
                raise
            except Exception as exc:  # whatever a broken part makes a library raise
                raise archive.malformed() from exc

    def _chosen(self, name: str | None) -> Any:
        sheets = {sheet.title: sheet for sheet in self._book.worksheets}
        if name is None and sheets:
            return next(iter(sheets.values()))
        if name not in sheets:
            held = "、".join(sheets) or "-"
            raise Invalid(
                "sheet-unknown",
                f"the workbook has no sheet {name}; it has: {held}",
                f"工作簿中没有工作表“{name}”,现有:{held}",
            )
        return sheets[name]


def _opened(path: Path) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(path, read_only=True, keep_links=False)
    except Exception as exc:  # whatever a broken part makes a library raise
        raise archive.malformed() from exc


def _walk(book: Any, sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser
    from openpyxl.xml.functions import iterparse

    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        elements, data = 0, None
        for event, element in iterparse(source, events=("start", "end")):
            if event == "start":
                elements = 0 if element.tag == ROW_TAG else elements + 1
                data = element if element.tag == DATA_TAG else data
                if elements > ELEMENTS:
                    raise _too_wide()
            elif element.tag == ROW_TAG:
                yield parser.parse_row(element)
                elements = 0
                if data is not None:
                    data.clear()
            elif element.tag == DATA_TAG:
                return


def _too_wide() -> Invalid:
    return Invalid(
        "sheet-too-wide",
        "a row has more cells than any sheet of this system",
        "某行的单元格过多,不是本系统的表格",
    )


def _placed(cells: list[dict[str, Any]]) -> list[Cell]:
    """Cells by column, with blanks where the file leaves one out."""
    row: list[Cell] = []
    for cell in cells:
        index = cell["column"] - 1
        if not 0 <= index < ELEMENTS:
            raise _too_wide()
        row.extend([""] * (index + 1 - len(row)))
        row[index] = _cell(cell["value"], cell["data_type"], f"{letter(index)}{cell['row']}")
    return row


def _cell(value: Any, kind: str, place: str) -> Cell:
    if kind == "f":
        return f"cell {place} holds a formula; paste values", f"单元格 {place} 含公式,请粘贴为数值"
    if value is None:
        return ""
    if kind == "e":
        return f"cell {place} holds an error ({value})", f"单元格 {place} 为错误值({value})"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if abs(value) >= _EXACT:
            return (
                f"cell {place} is a number of more than 15 digits; make the column text",
                f"单元格 {place} 为超过 15 位的数字,请将该列设为文本",
            )
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return value if isinstance(value, str) else str(value)
