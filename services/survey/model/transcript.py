"""What was entered of a paper form (录入), read by the form of the questionnaire.

Paper accepts everything, so all but the strata may be left blank, an invalid line counts as blank,
and what was left blank or is void where nothing was asked is as good as not there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from .form import Form, Kind, Line, Question, Reading
from .paper import CALLED, MARKED, VOID_LINE, Entry


def on_paper(form: Form) -> Form:
    """The form as paper is read: only the strata must be answered."""
    questions = tuple(dataclasses.replace(one, required=one.stratum) for one in form.questions)
    return dataclasses.replace(form, questions=questions)


def answers_of(form: Form, entry: Entry) -> list[dict[str, Any]]:
    """The lines of a marked form as answers, without what is not asked and was left blank."""
    lines = entry.lines
    return [
        {"question": line.question.code, "item_id": line.item_id, "value": value}
        for line in form.lines
        if line.key in lines
        and ((value := _value(lines[line.key])) is not None or _asked(line, lines))
    ]


def reading_of(paper: Form, entry: Entry) -> Reading | None:
    """What a form counts for; None where it is not valid.  ``paper``: see :func:`on_paper`.

    Raises Invalid where the lines do not fit.
    """
    if entry.condition != MARKED:
        return None
    return paper.read(answers_of(paper, entry), form_version=paper.version)


def invalid_reading(form: Form) -> Reading | None:
    """What a returned form without a valid mark counts for: blank lines, and one form returned.

    None where there are strata: nobody knows in which cell it belongs, so it is no answer at all.
    """
    if form.strata():
        return None
    entry = Entry(MARKED, {line.key: None for line in form.lines})
    return reading_of(on_paper(form), entry)


def void_of(entry: Entry, reading: Reading | None) -> list[str]:
    """The keys of the void lines that were asked."""
    marks = reading.marks if reading else {}
    return [key for key in entry.void_lines() if key in marks]


def described(form: Form, key: str, first: Entry, second: Entry) -> dict[str, Any]:
    """One line on which two entries differ, in the words of the form."""
    line = next((line for line in form.lines if line.key == key), None)
    if line is None:
        told = {"question": None, "item_id": None, "name": "票况"}
        return told | {"first": CALLED[first.condition], "second": CALLED[second.condition]}
    text = line.question.text.to_data()["zh-CN"]
    return {
        "question": line.question.code,
        "item_id": line.item_id,
        "name": f"{line.item.name} {text}" if line.item else text,
        "first": _in_words(form, line, first.lines.get(key)),
        "second": _in_words(form, line, second.lines.get(key)),
    }


def names_of(form: Form, question: Question) -> dict[str, str]:
    """The options of a question by their codes, as people read them in Chinese."""
    if question.kind is Kind.GRADE:
        return {option.code: option.name_zh for option in form.grades}
    names = {code: code for code in question.codes}
    return names | {option.code: option.text.to_data()["zh-CN"] for option in question.options}


def _in_words(form: Form, line: Line, said: Any) -> str:
    if said is None:
        return "空白"
    if said == VOID_LINE:
        return "无效"
    names = names_of(form, line.question)
    values = said if isinstance(said, list) else [said]
    return "、".join(names.get(str(value), str(value)) for value in values)


def _value(said: Any) -> Any:
    return None if said == VOID_LINE else said


def _asked(line: Line, lines: Mapping[str, Any]) -> bool:
    condition = line.question.condition
    if condition is None:
        return True

    def codes(code: str) -> Iterable[str]:
        said = _value(lines.get(f"{code}:{line.item_id}", lines.get(code)))
        if said is None:
            return []
        return map(str, said) if isinstance(said, list) else [str(said)]

    return condition.holds(codes)
