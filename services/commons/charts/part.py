"""A chart as a part of a DOCX file (DrawingML): Word draws it, with its own fonts.

The numbers stand in a workbook inside the file as well, so that Word can edit them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from ..markup import escaped, in_xml
from .chart import LINES, Chart, Series, coloured

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OF_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: English Metric Units: 360,000 a centimetre.
_CENTIMETRE = 360_000
_WIDTH = 15 * _CENTIMETRE


def add_chart(document: Any, chart: Chart, number: int) -> None:
    """Add the chart at the end of a python-docx document; ``number``: its own in the file."""
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    package = document.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _XLSX, _workbook(chart), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, b"", package)
    part._blob = chart_xml(chart, part.relate_to(book, RT.PACKAGE)).encode()
    drawing = _inline(chart, number, document.part.relate_to(part, RT.CHART))
    document.add_paragraph().add_run()._r.append(parse_xml(drawing))


def _inline(chart: Chart, number: int, link: str) -> str:
    rows = len(chart.categories) * max(1, len(chart.series))
    height = 8 if chart.kind == LINES else min(22, max(5, 3 + 0.6 * rows))
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'xmlns:wp="{_DRAWING}" xmlns:a="{_MAIN}" xmlns:c="{_OF_CHART}" xmlns:r="{_LINKS}">'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_WIDTH}" cy="{int(height * _CENTIMETRE)}"/>'
        f'<wp:docPr id="{number}" name="{escaped(chart.title)}" '
        f'descr="{escaped(chart.described)}"/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_OF_CHART}"><c:chart r:id="{link}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )


def chart_xml(chart: Chart, workbook: str) -> str:
    """The part's content; ``workbook``: the id of its relation to the workbook."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_OF_CHART}" xmlns:a="{_MAIN}" xmlns:r="{_LINKS}">'
        '<c:roundedCorners val="0"/><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{_titled(chart)}</a:t></a:r></a:p>"
        '</c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
        f"<c:plotArea><c:layout/>{''.join(_plot(chart))}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _titled(chart: Chart) -> str:
    return escaped(f"{chart.title}({chart.unit})")


def _plot(chart: Chart) -> Iterator[str]:
    series = "".join(_series(chart, place) for place in range(len(chart.series)))
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    if chart.kind == LINES:
        yield (
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
            f'{series}<c:marker val="1"/>{axes}</c:lineChart>'
        )
    else:
        yield (
            '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/>'
            f'<c:varyColors val="0"/>{series}<c:gapWidth val="60"/>{axes}</c:barChart>'
        )
    lying = chart.kind != LINES
    # Lying bars start at the bottom unless told otherwise; the first category belongs on top, and
    # the numbers then below the last one.
    yield _axis("catAx", 1, "l" if lying else "b", "maxMin" if lying else "minMax")
    yield _axis(
        "valAx",
        2,
        "b" if lying else "l",
        "minMax",
        crosses="max" if lying else "autoZero",
        grid="<c:majorGridlines/>",
    )


def _axis(
    kind: str, number: int, place: str, order: str, *, crosses: str = "autoZero", grid: str = ""
) -> str:
    return (
        f'<c:{kind}><c:axId val="{number}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{place}"/>{grid}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{3 - number}"/><c:crosses val="{crosses}"/>'
        + ('<c:crossBetween val="between"/>' if kind == "valAx" else "")
        + f"</c:{kind}>"
    )


def _series(chart: Chart, place: int) -> str:
    colour, one = coloured(chart.series)[place]
    column = chr(ord("B") + place)
    last = len(chart.categories) + 1
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    shape = f'<a:ln w="28575">{fill}</a:ln>' if chart.kind == LINES else fill
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef>'
        f"<c:f>Sheet1!${column}$1</c:f>{_strings([one.name])}</c:strRef></c:tx>"
        f"<c:spPr>{shape}</c:spPr>"
        + ("" if chart.kind == LINES else '<c:invertIfNegative val="0"/>')
        + "".join(_labels(chart))
        + f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>{_strings(chart.categories)}"
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f>"
        f"{_numbers(one)}</c:numRef></c:val>"
        + ('<c:smooth val="0"/>' if chart.kind == LINES else "")
        + "</c:ser>"
    )


def _labels(chart: Chart) -> Iterator[str]:
    if chart.kind == LINES:
        return
    hidden = ("showCatName", "showSerName", "showPercent", "showBubbleSize")
    yield '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/>'
    yield from (f'<c:{name} val="0"/>' for name in hidden)
    yield "</c:dLbls>"


def _strings(texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escaped(text)}</c:v></c:pt>' for place, text in enumerate(texts)
    )
    return f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'


def _numbers(series: Series) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>'
        for place, value in enumerate(series.values)
        if value is not None
    )
    count = f'<c:ptCount val="{len(series.values)}"/>'
    return f"<c:numCache><c:formatCode>General</c:formatCode>{count}{points}</c:numCache>"


def _workbook(chart: Chart) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Sheet1"
    rows: list[Sequence[Any]] = [["", *(in_xml(one.name) for one in chart.series)]]
    for place, name in enumerate(chart.categories):
        rows.append([in_xml(name), *(one.values[place] for one in chart.series)])
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            cell = sheet.cell(y, x, value)
            if isinstance(value, str):
                cell.data_type = "s"  # no name can be a formula
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
