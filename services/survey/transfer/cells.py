"""What stands in a cell of a sheet as the answer that it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from ..model.form import Form, Kind, Line
from ..model.paper import CALLED, CONDITIONS, MARKED, VOID_LINE

#: Written in the cell of a line with several marks, or with none that can be read.
VOID_WORDS = frozenset({"废", "废票", "无效", "void"})
_CONDITIONS = (
    {code: code for code in CONDITIONS}
    | {name: code for code, name in CALLED.items()}
    | {"有效": "marked", "空白": "blank", "污损": "spoiled", "废": "void", "": MARKED}
)
_BETWEEN = re.compile("[;,、,;|\n]")
#: Texts whose meaning a column keeps in mind: most cells say one of a few.
_KNOWN = 1_000
#: How many options a fault names.
_NAMED = 20

Read = Callable[[str], Any]


class Unreadable(ValueError):
    """What a cell must hold, in English and Chinese; it repeats nothing of what it does hold."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh


def condition_of(cell: str) -> str:
    """The condition of a form by its code or its name; a marked one without."""
    found = _CONDITIONS.get(folded(cell))
    if found is None:
        named = "、".join(CALLED.values())
        raise Unreadable(f"must be one of: {', '.join(CONDITIONS)}", f"应为下列之一:{named}")
    return found


def reader(form: Form, line: Line) -> Read:
    """A function from a cell's text to a line's value; it raises Unreadable."""
    question = line.question
    if question.kind is Kind.TEXT:
        return lambda cell: cell.strip() or None
    if question.kind is Kind.NUMBER:
        return _void_or(lambda cell: cell)
    if question.kind is Kind.GRADE:
        names = {option.name_zh: option.code for option in form.grades}
        names |= {option.code: option.code for option in form.grades}
        return _void_or(_one_of(names))
    names = {code: code for code in question.codes}
    names |= {text: one.code for one in question.options for text in one.text.texts.values()}
    if question.rating:
        labels = question.rating.labels.items()
        names |= {text: level for level, label in labels for text in label.texts.values()}
        one = _one_of(names)
        return _void_or(lambda cell: int(one(cell)))
    if question.kind is Kind.CHOICES:
        one = _one_of(names)
        return _void_or(lambda cell: [one(part) for part in _BETWEEN.split(cell) if part.strip()])
    return _void_or(_one_of(names))


def folded(text: str) -> str:
    """A cell's text as it is compared: width, case and blanks at its ends are one."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _void_or(read: Read) -> Read:
    known: dict[str, Any] = {"": None}

    def found(cell: str) -> Any:
        if cell in known:
            return known[cell]
        text = cell.strip()
        value = None if not text else VOID_LINE if folded(text) in VOID_WORDS else read(text)
        if len(known) < _KNOWN:
            known[cell] = value
        return value

    return found


def _one_of(names: Mapping[str, str]) -> Read:
    known = {folded(name): code for name, code in names.items()}

    def found(cell: str) -> str:
        code = known.get(folded(cell))
        if code is None:
            told = list(names)[:_NAMED]
            zh = f"应为下列之一:{'、'.join(told)}"
            raise Unreadable(f"must be one of: {', '.join(told)}", zh)
        return code

    return found
