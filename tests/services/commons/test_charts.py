"""Charts: the same numbers as data, as SVG, and as a chart of a DOCX file."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.charts import BARS, LINES, Chart, Series, to_svg
from services.commons.documents import Document, Heading, Table
from tests.services.commons.test_documents import DAY

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SVG = "{http://www.w3.org/2000/svg}"
SAMPLE = Chart(
    "opinions",
    BARS,
    "意见建议(合成)",
    "条",
    ("养老<助餐>", "停车"),
    (Series("本年", (7, 2.5)), Series("上年", (None, 4))),
)


def of(chart: Chart) -> zipfile.ZipFile:
    """The DOCX file of a document with only this chart."""
    return zipfile.ZipFile(io.BytesIO(Document("题", "", (chart,), "", DAY).to_docx()))


def test_data_come_back_as_the_chart() -> None:
    """Also over the wire, where they are JSON; also inside a document with headings."""
    assert Chart.from_data(json.loads(json.dumps(SAMPLE.to_data()))) == SAMPLE
    whole = Document("题", "", (Heading(2, "一、"), SAMPLE, "文", Table("", ("甲",), ())), "", DAY)
    assert Document.from_data(json.loads(json.dumps(whole.to_data()))) == whole


def test_a_series_has_a_value_for_each_category() -> None:
    """A chart with a hole that nobody meant is a mistake of whoever wrote it."""
    with pytest.raises(ValueError):
        dataclasses.replace(SAMPLE, series=(Series("本年", (1,)),))


@pytest.mark.parametrize("kind", [BARS, LINES])
def test_svg_says_in_words_what_it_shows(kind: str) -> None:
    """A title, and a description with every number, named as the image's label."""
    root = ElementTree.fromstring(to_svg(dataclasses.replace(SAMPLE, kind=kind)))  # noqa: S314
    assert root.get("role") == "img"
    title, said = root.find(f"{_SVG}title"), root.find(f"{_SVG}desc")
    assert title is not None and said is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {said.get('id')}"
    assert said.text == (
        "意见建议(合成)(条)。本年:养老<助餐>为7、停车为2.5。上年:养老<助餐>为无、停车为4。"
    )


def test_bars_of_svg_are_as_long_as_their_numbers() -> None:
    """The largest fills the plot; none has no length."""
    root = ElementTree.fromstring(to_svg(SAMPLE))  # noqa: S314
    groups = root.iter(f"{_SVG}g")
    widths = [float(bar.get("width", 0)) for group in groups for bar in group.iter(f"{_SVG}rect")]
    assert widths == pytest.approx([470, 0, 470 * 2.5 / 7, 470 * 4 / 7], abs=0.1)


@pytest.mark.parametrize(("kind", "element"), [(BARS, "barChart"), (LINES, "lineChart")])
def test_docx_has_a_chart_that_word_draws(kind: str, element: str) -> None:
    """A part of its own with the numbers, and a workbook with the same ones to edit."""
    file = of(dataclasses.replace(SAMPLE, kind=kind))
    (name,) = [n for n in file.namelist() if n.startswith("word/charts/chart")]
    plot = ElementTree.fromstring(file.read(name)).find(f".//{_C}{element}")  # noqa: S314
    assert plot is not None
    series = plot.findall(f"{_C}ser")
    numbers = [[v.text for v in one.findall(f"{_C}val//{_C}v")] for one in series]
    assert numbers == [["7", "2.5"], ["4"]]
    assert [v.text for v in series[0].findall(f"{_C}cat//{_C}v")] == ["养老<助餐>", "停车"]
    (book,) = [n for n in file.namelist() if n.startswith("word/embeddings/")]
    sheet = openpyxl.load_workbook(io.BytesIO(file.read(book))).active
    assert sheet is not None
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        [None, "本年", "上年"],
        ["养老<助餐>", 7, None],
        ["停车", 2.5, 4],
    ]
    document = file.read("word/document.xml").decode()
    assert "养老&lt;助餐&gt;为7" in document, "the text for who cannot see it"
    links = file.read("word/_rels/document.xml.rels").decode()
    assert f'Target="{name.removeprefix("word/")}"' in links
    types = file.read("[Content_Types].xml").decode()
    assert f'PartName="/{name}" ContentType="application/vnd.openxml' in types


def test_docx_headings_make_an_outline() -> None:
    """They have Word's own styles, in the fonts of official documents."""
    written = Document("题", "", (Heading(2, "一、甲"), Heading(3, "(一)乙")), "", DAY).to_docx()
    made = docx.Document(io.BytesIO(written))
    found = [(p.style.name, p.text) for p in made.paragraphs if p.style]
    assert found[2:] == [("Heading 1", "一、甲"), ("Heading 2", "(一)乙")]
    assert 'w:eastAsia="黑体"' in made.paragraphs[2].runs[0]._element.xml


@given(st.text(max_size=20), st.one_of(st.none(), st.floats(0, 1e12)))
def test_any_name_and_number_make_well_formed_svg(name: str, value: float | None) -> None:
    """Names are other people's words."""
    chart = Chart("x", BARS, name, name, (name,), (Series(name, (value,)),))
    for kind in (BARS, LINES):
        ElementTree.fromstring(to_svg(dataclasses.replace(chart, kind=kind)))  # noqa: S314


def test_any_name_makes_a_docx() -> None:
    """What XML cannot hold is replaced; no name becomes a formula of the workbook."""
    file = of(Chart("x", BARS, "\0<&\"'", "\ufffe", ("=1+1",), (Series("\x01]]>", (1,)),)))
    (book,) = [n for n in file.namelist() if n.startswith("word/embeddings/")]
    sheet = openpyxl.load_workbook(io.BytesIO(file.read(book))).active
    assert sheet is not None and sheet["A2"].data_type == "s"
    for name in file.namelist():
        if name.endswith(".xml"):
            ElementTree.fromstring(file.read(name))  # noqa: S314
