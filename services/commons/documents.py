"""Short official documents: written once as data, rendered as plain text or as DOCX.

A document is a title, headings, paragraphs, tables and charts, and who signed it when.  Its data
are JSON, so that one process writes it and another renders it.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .charts import Chart
from .markup import in_xml

TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

#: As official documents are set (GB/T 9704-2012): A4, the body in 仿宋, 三号; the title larger.
_BODY, _TITLE = ("仿宋", 16), ("宋体", 22)
_TABLE_SIZE = 10.5
#: Headings by level, after the title: 黑体, 楷体, 仿宋 (GB/T 9704-2012, 7.3.3).
_HEADINGS = {2: ("黑体", 16), 3: ("楷体", 16), 4: ("仿宋", 16)}


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
class Heading:
    """A heading (标题); ``level``: 2 for the parts, 3 for their sections, 4 below."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if self.level not in _HEADINGS:
            raise ValueError("no such level of headings")


Block = str | Heading | Table | Chart


@dataclass(frozen=True)
class Document:
    """``subtitle``: such as its number; ``blocks``: what stands in it, in order.

    ``signed_by``: empty for what nobody signs.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
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
        """The written form: of a block one of ``text``, ``table`` … is there, the others not.

        ``text`` and ``table`` always stand there, perhaps null.
        """
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
            lines += _lines(block)
            lines.append("")
        return "\n".join([*lines, *self._signed()]) + "\n"

    def _signed(self) -> list[str]:
        return [self.signed_by, chinese_day(self.signed_on)] if self.signed_by else []

    def to_docx(self) -> bytes:
        """As a DOCX file; the same document gives the same content."""
        # Only who renders needs the library.
        import docx
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
        from docx.shared import Mm

        made = docx.Document()
        properties = made.core_properties
        properties.title, properties.author = in_xml(self.title), in_xml(self.signed_by)
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
            _set_font(heading.add_run(in_xml(text)), font, size)
        for number, block in enumerate(self.blocks, start=1):
            _add(made, block, number)
        for line in self._signed():
            made.add_paragraph(in_xml(line)).alignment = ALIGN.RIGHT
        file = io.BytesIO()
        made.save(file)
        return file.getvalue()


def chinese_day(day: dt.date) -> str:
    """A day as documents write it: 2023年2月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _block(data: dict[str, Any]) -> Block:
    if data.get("heading"):
        return Heading(data["heading"]["level"], data["heading"]["text"])
    if data.get("chart"):
        return Chart.from_data(data["chart"])
    table = data["table"]
    if table is None:
        return str(data["text"])
    rows = tuple(tuple(row) for row in table["rows"])
    return Table(table["caption"], tuple(table["head"]), rows)


def _written(block: Block) -> dict[str, Any]:
    none: dict[str, Any] = {"text": None, "table": None}
    match block:
        case str():
            return none | {"text": block}
        case Heading():
            return none | {"heading": {"level": block.level, "text": block.text}}
        case Chart():
            return none | {"chart": block.to_data()}
    rows = [list(row) for row in block.rows]
    return none | {"table": {"caption": block.caption, "head": list(block.head), "rows": rows}}


def _lines(block: Block) -> Iterator[str]:
    match block:
        case str():
            yield block
        case Heading():
            yield block.text
        case Chart():
            yield block.described
        case Table():
            yield from _columns(block)


def _columns(table: Table) -> Iterator[str]:
    if table.caption:
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


def _add(made: Any, block: Block, number: int) -> None:
    match block:
        case str():
            made.add_paragraph(in_xml(block))
        case Heading():
            _add_heading(made, block)
        case Chart():
            from .charts.part import add_chart

            add_chart(made, block, number)
        case Table():
            _add_table(made, block)


def _add_heading(made: Any, heading: Heading) -> None:
    # By Word's own style, so that it makes an outline and a table of contents of them.
    added = made.add_paragraph(style=f"Heading {heading.level - 1}")
    run = added.add_run(in_xml(heading.text))
    _set_font(run, *_HEADINGS[heading.level])
    run.font.bold = False
    run.font.color.rgb = _black()


def _black() -> Any:
    from docx.shared import RGBColor

    return RGBColor(0, 0, 0)


def _add_table(made: Any, table: Table) -> None:
    if table.caption:
        made.add_paragraph(in_xml(table.caption))
    shown = made.add_table(rows=0, cols=len(table.head), style="Table Grid")
    for row in (table.head, *table.rows):
        for cell, text in zip(shown.add_row().cells, row, strict=True):
            _set_font(cell.paragraphs[0].add_run(in_xml(text)), _BODY[0], _TABLE_SIZE)
    _repeat_head(shown)
    made.add_paragraph()


def _repeat_head(shown: Any) -> None:
    """Let the first row of a table stand on each of its pages."""
    from docx.oxml import OxmlElement

    shown.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _set_font(of: Any, name: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    of.font.name, of.font.size = name, Pt(size)
    # Word takes the font of Chinese characters from an attribute of its own.
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
