"""What was answered to questions that are no grades: choices, ratings, numbers in their bins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..form import Form, Kind, Line
from ..form.localised import CHINESE
from ..method import Formula
from ..protection import Protection, marks
from ..scoring import Counted


def questions(formula: Formula, form: Form, groups: Sequence[Counted]) -> Iterator[dict[str, Any]]:
    """Of each group and key, by the order of the form; counts and asked None where concealed.

    Not of the strata: how many are in a part of a group the breakdowns tell, or suppress.
    """
    told = [one for one in form.lines if _is_told(one)]
    for group in groups:
        concealed = Protection(formula, group, form).concealed
        for line in told:
            if group.asks(line.key):
                hidden = line.key in concealed
                yield {
                    "group": group.group,
                    "question": line.question.code,
                    "kind": line.question.kind.value,
                    "text": line.question.text.texts[CHINESE],
                    "names": {one.code: one.text.texts[CHINESE] for one in line.question.options},
                    "item_id": line.item_id,
                    "asked": None if hidden else group.asked(line.key),
                    "counts": None if hidden else marks(group.counts(line.key)),
                }


def _is_told(line: Line) -> bool:
    question = line.question
    return question.countable and question.kind is not Kind.GRADE and not question.stratum
