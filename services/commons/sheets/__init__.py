"""Sheets: CSV, XLSX and NDJSON, read and written a row at a time with bounded memory.

Reading refuses what a sheet of plain data does not hold (formulas, macros, passwords) and what
would fill the memory, before it is unpacked.  Every value is text; what it means, the caller says.
"""

from .columns import Column, Fault
from .reading import ROWS, Row, Sheet, open_sheet
from .syntax import to_do, to_sps
from .table import NUMBER, TEXT, Field, Table, to_xlsx
from .writing import FORMATS, MEDIA_TYPES, Writer, writer

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "NUMBER",
    "ROWS",
    "TEXT",
    "Column",
    "Fault",
    "Field",
    "Row",
    "Sheet",
    "Table",
    "Writer",
    "open_sheet",
    "to_do",
    "to_sps",
    "to_xlsx",
    "writer",
]
