"""Chinese numerals, dates and shares, and other people's words on one line."""

from __future__ import annotations

import datetime as dt

#: How the report marks what the paper form of such a report does not have.
ADDED = "「本系统补充」"

_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二; from 1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def day(date: dt.date) -> str:
    """2023-08-05 → 2023年8月5日."""
    return f"{date.year}年{date.month}月{date.day}日"


def number(value: float) -> str:
    """100.0 → 100, 7.5 → 7.5."""
    return str(int(value)) if float(value).is_integer() else str(value)


def percent(part: int, whole: int) -> str:
    """A share with its fraction: 73/104 → 70.2%(73/104)."""
    if not whole:
        return "无"
    return f"{100 * part / whole:.1f}%({part}/{whole})"


def one_line(text: str) -> str:
    """Somebody's words on one line."""
    return " ".join(text.split())


def paragraphs(text: str) -> list[str]:
    """Somebody's words as paragraphs, one per line of the original."""
    return [one_line(part) for part in text.splitlines() if part.strip()]
