"""What is wrong with a row, in both languages and under the name that the file gives the column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.commons.errors import ServiceError
from services.commons.sheets import Fault, Row

from .rows import Words

#: marshmallow's sentences, and ours in the schemas.
_CHINESE = (
    (r"Missing data for required field\.|Field may not be null\.", "缺少内容"),
    (r"Not a valid date\.", "不是有效日期,应如 2023-02-22"),
    (r"Not a valid (integer|number)\.", "不是有效数字"),
    (r"Not a valid UUID\.", "不是有效编号(UUID)"),
    (r"Goes with the other coordinate\.", "须与另一坐标同时填写"),
    (r"Length must be between (\d+) and (\d+)\.", r"长度应为 \1 至 \2 个字符"),
    (r"Must be one of: (.*)\.", r"应为下列之一:\1"),
    (
        r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\.",
        r"应在 \1 与 \2 之间",
    ),
    (r"Must be text without control characters\.", "不得含控制字符"),
    (r"Must be text that does not turn the direction of writing\.", "不得含改变书写方向的字符"),
    (r"Must be text with ordinary line breaks\.", "换行只能用普通换行符"),
    (r"Must have a visible character\.", "不得只有看不见的字符"),
    (r"Must lie in China\.", "应在中国境内"),
    (r"Must lie in China; longitude and latitude .*", "应在中国境内,经度与纬度似乎颠倒"),
    (r"String does not match expected pattern\.", "格式不符"),
)
_NO_CODE = "String does not match expected pattern."
#: Which column a refusal without a place speaks of.
_COLUMN = {
    "day-too-late": "happened_on",
    "day-in-future": "happened_on",
    "role-missing": "deputy_id",
}


def faults(row: Row, exc: ServiceError, words: Words) -> Iterator[Fault]:
    """Each place that a refusal names, as a fault of the row.

    What is no code was meant as a name: the fault says which there are.
    """
    for error in exc.errors or [{"pointer": "", "detail": ""}]:
        key = str(error["pointer"]).rsplit("/", 1)[-1] or _COLUMN.get(exc.code, "")
        column = row.label(key) if key else "-"
        detail = str(error["detail"])
        if detail == _NO_CODE and (unknown := words.unknown(row, key)):
            yield unknown
        elif exc.code == "body-invalid":
            yield Fault(row.line, column, detail, _chinese(detail))
        else:
            yield Fault(row.line, column, exc.en, exc.zh)


def _chinese(detail: str) -> str:
    for pattern, chinese in _CHINESE:
        if found := re.fullmatch(pattern, detail, re.DOTALL):
            return found.expand(chinese)
    return "内容不符合要求"
