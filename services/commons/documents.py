"""Short official documents: written once as data, rendered as plain text or as DOCX.

A document is a title, paragraphs and tables, and who signed it when.  Its data are JSON, so that
one process writes it and another renders it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

#: As official documents are set (GB/T 9704-2012): A4, the body in 仿宋, 三号; the title larger.
_BODY, _TITLE = ("仿宋", 16), ("宋体", 22)
_TABLE_SIZE = 10.5
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Table:
    """A table with its caption; every row has as many cells as the head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("a row has other cells than the head")


@dataclass(frozen=True)
class Document:
    """``subtitle``: such as its number; ``blocks``: paragraphs and tables, in their order."""

    title: str
    subtitle: str
    blocks: tuple[str | Table, ...]
    signed_by: str
    signed_on: dt.date

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Document:
        """Read the written form; KeyError or ValueError for anything else."""
        return cls(
            title=data["title"],
            subtitle=data["subtitle"],
            blocks=tuple(_block(one) for one in data["blocks"]),
            signed_by=data["signed_by"],
            signed_on=dt.date.fromisoformat(data["signed_on"]),
        )

    def to_data(self) -> dict[str, Any]:
        """The written form: of a block either ``text`` or ``table`` is there, the other is null."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "blocks": [_written(one) for one in self.blocks],
            "signed_by": self.signed_by,
            "signed_on": self.signed_on.isoformat(),
        }

    def to_text(self) -> str:
        """As plain text, the columns of tables aligned as a terminal shows them."""
        lines = [self.title, self.subtitle, ""]
        for block in self.blocks:
            lines += [block] if isinstance(block, str) else _lines(block)
            lines.append("")
        return "\n".join([*lines, self.signed_by, chinese_day(self.signed_on)]) + "\n"

    def to_docx(self) -> bytes:
        """As a DOCX file; the same document gives the same content."""
        # Only who renders needs the library.
        import docx
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
        from docx.shared import Mm

        made = docx.Document()
        properties = made.core_properties
        properties.title, properties.author = _in_xml(self.title), _in_xml(self.signed_by)
        properties.comments = ""
        signed = dt.datetime.combine(self.signed_on, dt.time(), dt.UTC)
        properties.created = properties.modified = signed
        section = made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        _set_font(made.styles["Normal"], *_BODY)
        for text, (font, size) in ((self.title, _TITLE), (self.subtitle, _BODY)):
            heading = made.add_paragraph()
            heading.alignment = ALIGN.CENTER
            _set_font(heading.add_run(_in_xml(text)), font, size)
        for block in self.blocks:
            if isinstance(block, str):
                made.add_paragraph(_in_xml(block))
            else:
                _add_table(made, block)
        for line in (self.signed_by, chinese_day(self.signed_on)):
            made.add_paragraph(_in_xml(line)).alignment = ALIGN.RIGHT
        file = io.BytesIO()
        made.save(file)
        return file.getvalue()


def chinese_day(day: dt.date) -> str:
    """A day as documents write it: 2023年2月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _block(data: dict[str, Any]) -> str | Table:
    table = data["table"]
    if table is None:
        return str(data["text"])
    rows = tuple(tuple(row) for row in table["rows"])
    return Table(table["caption"], tuple(table["head"]), rows)


def _written(block: str | Table) -> dict[str, Any]:
    if isinstance(block, str):
        return {"text": block, "table": None}
    rows = [list(row) for row in block.rows]
    table = {"caption": block.caption, "head": list(block.head), "rows": rows}
    return {"text": None, "table": table}


def _lines(table: Table) -> Iterator[str]:
    yield table.caption
    every = [table.head, *table.rows]
    widths = [max(map(_width, column)) for column in zip(*every, strict=True)]
    for row in every:
        yield "  ".join(_padded(row, widths)).rstrip()


def _padded(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for cell, width in zip(row, widths, strict=True):
        yield cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """How many columns a text takes: two for each wide character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _add_table(made: Any, table: Table) -> None:
    made.add_paragraph(_in_xml(table.caption))
    shown = made.add_table(rows=0, cols=len(table.head), style="Table Grid")
    for row in (table.head, *table.rows):
        for cell, text in zip(shown.add_row().cells, row, strict=True):
            _set_font(cell.paragraphs[0].add_run(_in_xml(text)), _BODY[0], _TABLE_SIZE)
    made.add_paragraph()


def _in_xml(text: str) -> str:
    """The text with what XML cannot hold replaced, so that a document is made of any."""
    return _NOT_XML.sub("\ufffd", text)


def _set_font(of: Any, name: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    of.font.name, of.font.size = name, Pt(size)
    # Word takes the font of Chinese characters from an attribute of its own.
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
