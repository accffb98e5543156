"""One answer to one question: whether it fits, and the mark that it is."""

from __future__ import annotations

from collections.abc import Collection

from services.commons import wording

from .question import LONGEST_TEXT, Kind, Question
from .reading import Mark
from .scale import Number, decimal_of, written

#: What an empty field holds is a blank, too.
_NOTHING: dict[Kind, object] = {Kind.TEXT: "", Kind.CHOICES: []}


def mark_of(question: Question, value: object, grades: Collection[str]) -> Mark:
    """The mark, or of a text question the text in plain form; None is a blank.

    Raises ValueError with what would fit; it repeats nothing of the value, for it may be logged.
    """
    if value == _NOTHING.get(question.kind):
        value = None
    if value is None:
        if question.required:
            raise ValueError("本题必答 (must be answered)")
        return None
    if question.kind is Kind.TEXT:
        return _text(value, question.max_length or LONGEST_TEXT, required=question.required)
    if question.kind is Kind.CHOICES:
        return _choices(question, value)
    if question.number:
        return _number(question.number, value)
    if question.rating:
        return _level(question.codes, value)
    if not isinstance(value, str) or value not in (
        grades if question.kind is Kind.GRADE else question.codes
    ):
        raise ValueError("须为选项代码 (an option's code)")
    return value


def _text(value: object, longest: int, *, required: bool) -> str | None:
    too_long = ValueError(f"须为不超过 {longest} 字的文字 (text of at most {longest} characters)")
    # The length first: what follows takes time on a long text.
    if not isinstance(value, str) or len(value) > longest:
        raise too_long
    text = wording.plain(value)
    if len(text) > longest:  # one character may be several in the normal form
        raise too_long
    if not text and required:
        raise ValueError("本题必答 (must be answered)")
    return text or None


def _level(levels: list[str], value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or str(value) not in levels:
        first, last = levels[0], levels[-1]
        raise ValueError(f"须为 {first} 至 {last} 的整数 (a whole number from {first} to {last})")
    return value


def _choices(question: Question, value: object) -> list[str]:
    codes = question.codes
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("须为选项代码的列表 (a list of options' codes)")
    if len(set(value)) < len(value) or not set(value) <= set(codes):
        raise ValueError("须为选项代码,且不重复 (options' codes, each once)")
    least = question.at_least or 1
    most = len(codes) if question.at_most is None else question.at_most
    if not least <= len(value) <= most:
        raise ValueError(f"须选 {least} 至 {most} 项 (choose {least} to {most})")
    return [code for code in codes if code in value]


def _number(number: Number, value: object) -> str:
    found = decimal_of(value)
    if found is None or not number.least <= found <= number.most:
        least, most = written(number.least), written(number.most)
        raise ValueError(
            f"须为 {least} 至 {most} 的数,带小数的写成文字"
            f' (a number from {least} to {most}; with decimals as text, "36.5")'
        )
    text = written(found)
    if len(text.partition(".")[2]) > number.decimals:
        raise ValueError(f"至多 {number.decimals} 位小数 (at most {number.decimals} decimals)")
    return text
