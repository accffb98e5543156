"""What is counted of a mark; the shape of the counts alone says how.

A grade and a choice are counted ``{code: n}``, a rating ``{"1": n}``; several options the same with
``_answered``, how many chose at all; a number ``{class: n}`` with ``_n``, ``_sum`` and ``_squares``
(exact decimals as text, for mean and deviation).  What is not asked of everybody has ``_asked``.
Who was asked and left it blank is in none of the codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact

from .question import Kind, Question
from .reading import Mark
from .scale import written

#: A number of 15 digits, squared, has 30.
_EXACT = Context(prec=40, traps=[Inexact])


def blank(question: Question, codes: Iterable[str]) -> dict[str, int | str]:
    """The counts before the first answer; ``codes``: what it can be answered by."""
    counts: dict[str, int | str] = dict.fromkeys(codes, 0)
    if question.kind is Kind.CHOICES:
        counts["_answered"] = 0
    if question.kind is Kind.NUMBER:
        counts |= {"_n": 0, "_sum": "0", "_squares": "0"}
    if question.conditional:
        counts["_asked"] = 0
    return counts


def added(question: Question, mark: Mark) -> dict[str, int | str]:
    """What a mark of somebody who was asked adds to the counts."""
    counts: dict[str, int | str] = {"_asked": 1} if question.conditional else {}
    if mark is None:
        return counts
    if question.number:
        value = Decimal(str(mark))
        lower = max(end for end in question.number.bins if end <= value)
        sums = {"_sum": written(value), "_squares": written(_EXACT.multiply(value, value))}
        return counts | {written(lower): 1, "_n": 1} | sums
    if isinstance(mark, list):
        return counts | dict.fromkeys(mark, 1) | {"_answered": 1}
    return counts | {str(mark): 1}
