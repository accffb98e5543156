"""Documents: the same content as data, as text and as DOCX."""

from __future__ import annotations

import datetime as dt
import io
import json

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.documents import Document, Table, chinese_day

DAY = dt.date(2023, 2, 22)
SAMPLE = Document(
    title="某市人民代表大会公告(合成)",
    subtitle="(第2号)",
    blocks=(
        "下列项目现予公告:",
        Table("得票", ("项目", "赞成"), (("老年食堂(合成)", "480"), ("步道", "9"))),
        "完。",
    ),
    signed_by="大会主席团(合成)",
    signed_on=DAY,
)


def test_days_as_documents_write_them() -> None:
    """Without leading zeros."""
    assert chinese_day(DAY) == "2023年2月22日"


def test_data_come_back_as_the_document() -> None:
    """Also over the wire, where they are JSON."""
    assert Document.from_data(json.loads(json.dumps(SAMPLE.to_data()))) == SAMPLE


def test_a_row_has_the_cells_of_the_head() -> None:
    """A table with a hole is a mistake of whoever wrote it."""
    with pytest.raises(ValueError):
        Table("得票", ("项目", "赞成"), (("步道",),))


def test_text_aligns_wide_characters() -> None:
    """A Chinese character takes two columns."""
    lines = SAMPLE.to_text().splitlines()
    assert lines[:3] == ["某市人民代表大会公告(合成)", "(第2号)", ""]
    assert "项目            赞成" in lines
    assert "老年食堂(合成)  480" in lines
    assert "步道            9" in lines
    assert lines[-2:] == ["大会主席团(合成)", "2023年2月22日"]


def test_docx_holds_the_same() -> None:
    """Opened again: paragraphs in order, the table cell by cell, and who signed it."""
    made = docx.Document(io.BytesIO(SAMPLE.to_docx()))
    texts = [paragraph.text for paragraph in made.paragraphs if paragraph.text]
    assert texts == [
        "某市人民代表大会公告(合成)",
        "(第2号)",
        "下列项目现予公告:",
        "得票",
        "完。",
        "大会主席团(合成)",
        "2023年2月22日",
    ]
    (table,) = made.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["项目", "赞成"], ["老年食堂(合成)", "480"], ["步道", "9"]]
    properties = made.core_properties
    assert (properties.title, properties.author) == (SAMPLE.title, SAMPLE.signed_by)
    assert properties.created is not None and properties.created.date() == DAY


def test_docx_names_a_font_for_chinese_characters() -> None:
    """Else Word shows them in whatever it falls back to."""
    made = docx.Document(io.BytesIO(SAMPLE.to_docx()))
    (run,) = made.paragraphs[0].runs
    assert 'w:eastAsia="宋体"' in run._element.xml
    assert 'w:eastAsia="仿宋"' in made.styles["Normal"].element.xml
    page = made.sections[0]
    assert page.page_width is not None and round(page.page_width.mm) == 210
    assert page.page_height is not None and round(page.page_height.mm) == 297


def test_the_head_of_a_table_stands_on_each_of_its_pages() -> None:
    """And no other row does."""
    table = Table("", ("甲",), (("1",), ("2",)))
    made = docx.Document(io.BytesIO(Document("题", "", (table,), "", DAY).to_docx()))
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") for row in made.tables[0].rows]
    assert [len(found) for found in heads] == [1, 0, 0]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Z"]), max_size=9)))
def test_docx_takes_any_visible_text(cells: list[str]) -> None:
    """What names and reasons may hold survives, markup too; what XML cannot hold is replaced."""
    table = Table("<&>", ("甲",), tuple((cell,) for cell in cells))
    written = Document("题", "", (table,), "主席团", DAY).to_docx()
    made = docx.Document(io.BytesIO(written))
    found = [row.cells[0].text for row in made.tables[0].rows]
    assert len(found) == len(cells) + 1
    for text, cell in zip(found[1:], cells, strict=True):
        kept = [c for c in cell if c.isprintable()]
        assert [c for c in text if c.isprintable() and c != "\ufffd"] == [
            c for c in kept if c != "\ufffd"
        ]
