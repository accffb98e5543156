"""A filled-in form of grades only, one for every line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.commons.errors import Invalid


def marks_on(
    answers: list[dict[str, Any]], *, items: Iterable[str], codes: Iterable[str]
) -> dict[str, str | None]:
    """The marks of a form ``[{"item_id", "grade"}]``: item's id → code, or None for a blank.

    Every item stands in it exactly once, so that a form cut short on its way is refused and not
    taken for final.  Raises Invalid with the places; the message repeats no mark, for it is logged.
    """
    expected, options = set(items), {*codes, None}
    marks: dict[str, str | None] = {}
    mistakes = []
    for n, answer in enumerate(answers):
        if answer["item_id"] not in expected - marks.keys():
            mistakes.append((f"/answers/{n}/item_id", "须为本测评的项目,且不重复 (an item, once)"))
        elif answer["grade"] not in options:
            mistakes.append((f"/answers/{n}/grade", "须为测评办法的选项 (an option's code)"))
        else:
            marks[answer["item_id"]] = answer["grade"]
    if not mistakes and marks.keys() != expected:
        mistakes.append(("/answers", "须逐项作答,不评请留空 (every item; null leaves it blank)"))
    if mistakes:
        raise Invalid(
            "answers-malformed",
            "the answers do not fit the questionnaire",
            "答卷与测评内容不符",
            errors=[{"pointer": at, "detail": why} for at, why in mistakes],
        )
    return marks
