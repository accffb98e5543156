"""The code at the site (民生码): a QR code that leads to the form, and a poster to print.

The poster is SVG of A4's size.  Its texts are Chinese and English and hold nothing but what the
clerk wrote; the code holds the address and the link's code, so nothing about who scans it.
"""

from __future__ import annotations

import base64
import io

import segno

from services.commons.markup import escaped

_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
#: Millimetres.
_WIDTH, _HEIGHT, _CODE = 210, 297, 110
#: Full-width characters of one line of the title.
_LINE = 16


def svg(address: str) -> str:
    """The code as SVG."""
    written = io.BytesIO()
    _code(address).save(written, kind="svg", scale=4, border=4, title="民生码", xmldecl=False)
    return written.getvalue().decode()


def png(address: str) -> str:
    """The code as PNG, in base64."""
    written = io.BytesIO()
    _code(address).save(written, kind="png", scale=10, border=4)
    return base64.b64encode(written.getvalue()).decode()


def poster(address: str, *, title: str, place: str, days: str) -> str:
    """A sheet to hang up: what is asked, where, until when, and the code."""
    short = _short(title, 4 * _LINE)
    lines = [short[start : start + _LINE] for start in range(0, len(short), _LINE)]
    top = 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}mm" height="{_HEIGHT}mm" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" lang="zh-CN" font-family="{_FONT}" '
        'aria-labelledby="poster-title poster-desc">',
        f'<title id="poster-title">{escaped(title)}</title>',
        f'<desc id="poster-desc">{escaped(place)}。{escaped(days)}。{escaped(address)}</desc>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#FFFFFF"/>',
        _text(24, "民生实事项目满意度测评", 9, "#8A1C1C"),
    ]
    for line in lines:
        parts.append(_text(top, line, 11, "#111111", bold=True))
        top += 15
    parts.append(_text(top, _short(place, 24), 8, "#111111"))
    code = _code(address)
    side = code.symbol_size(scale=1, border=4)[0]
    scale = _CODE / side
    inner = code.svg_inline(scale=scale, border=4, omitsize=False, unit="")
    parts += [
        f'<g transform="translate({(_WIDTH - _CODE) / 2} {top + 8})">{inner}</g>',
        _text(top + _CODE + 24, "扫码评一评,请您说说满意不满意", 9, "#111111"),
        _text(top + _CODE + 36, "Scan to say how satisfied you are", 6, "#444444"),
        _text(top + _CODE + 50, days, 6, "#444444"),
        _text(top + _CODE + 60, "不记名:不登记姓名和电话,答卷只计数", 5, "#444444"),
        _text(_HEIGHT - 10, address, 3.5, "#444444"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="q")


def _short(text: str, longest: int) -> str:
    """What has room; the description holds all of it."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _text(y: float, text: str, size: float, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_WIDTH / 2}" y="{y}" font-size="{size}" text-anchor="middle" '
        f'fill="{colour}"{weight}>{escaped(text)}</text>'
    )
