"""A chart as SVG: with a title, and a description that says all of it in words."""

from __future__ import annotations

from collections.abc import Iterator

from ..markup import escaped
from .chart import LINES, Chart, coloured, written

_WIDTH, _LEFT, _RIGHT, _TOP = 720, 190, 60, 64
_BAR, _GAP = 16, 14
_PLOT = 240
_LONGEST = 12
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"


def to_svg(chart: Chart) -> str:
    """The whole file."""
    height = _TOP + (_PLOT + 40 if chart.kind == LINES else _bars_height(chart))
    inner = _lines(chart) if chart.kind == LINES else _bars(chart)
    name = f"chart-{chart.key}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" lang="zh-CN" font-family="{_FONT}">',
        f'<title id="{name}-title">{escaped(chart.title)}</title>',
        f'<desc id="{name}-desc">{escaped(chart.described)}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#FFFFFF"/>',
        _text(_WIDTH / 2, 24, f"{chart.title}({chart.unit})", size=16, anchor="middle"),
        *_legend(chart),
        *inner,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _legend(chart: Chart) -> Iterator[str]:
    if len(chart.series) < 2:
        return
    for place, (colour, one) in enumerate(coloured(chart.series)):
        x = _LEFT + 120 * place
        yield f'<rect x="{x}" y="38" width="12" height="12" fill="#{colour}"/>'
        yield _text(x + 18, 49, _short(one.name))


def _bars_height(chart: Chart) -> int:
    return len(chart.categories) * (_BAR * len(chart.series) + _GAP) + 10


def _bars(chart: Chart) -> Iterator[str]:
    scale = (_WIDTH - _LEFT - _RIGHT) / chart.largest
    block = _BAR * len(chart.series)
    for place, category in enumerate(chart.categories):
        top = _TOP + place * (block + _GAP)
        yield f"<g><title>{escaped(category)}</title>"
        yield _text(_LEFT - 8, top + block / 2 + 4, _short(category), anchor="end")
        for row, (colour, one) in enumerate(coloured(chart.series)):
            value = one.values[place]
            y = top + row * _BAR
            length = max(0.0, (value or 0) * scale)
            yield (
                f'<rect x="{_LEFT}" y="{y}" width="{length:.1f}" height="{_BAR - 2}" '
                f'fill="#{colour}"/>'
            )
            yield _text(_LEFT + length + 5, y + _BAR - 5, written(value))
        yield "</g>"


def _lines(chart: Chart) -> Iterator[str]:
    bottom = _TOP + _PLOT
    wide = _WIDTH - 60 - _RIGHT
    step = wide / max(1, len(chart.categories) - 1)
    for part in (0, 0.5, 1):
        y = bottom - part * _PLOT
        yield f'<line x1="60" y1="{y}" x2="{60 + wide}" y2="{y}" stroke="#D0D0D0"/>'
        yield _text(54, y + 4, written(part * chart.largest), anchor="end")
    for place, category in enumerate(chart.categories):
        yield _text(60 + place * step, bottom + 20, _short(category), anchor="middle")
    for colour, one in coloured(chart.series):
        points = [
            (60 + place * step, bottom - value / chart.largest * _PLOT)
            for place, value in enumerate(one.values)
            if value is not None
        ]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{joined}" fill="none" stroke="#{colour}" stroke-width="2"/>'
        for x, y in points:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#{colour}"/>'


def _text(x: float, y: float, text: str, *, size: int = 12, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="#222222">{escaped(text)}</text>'
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
