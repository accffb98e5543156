"""Results by stratum (分层结果): one table per stratum question and group, and never another.

That the set of tables is fixed is part of the protection: what may be shown of one depends on what
is shown of the others (:mod:`.statistics.suppression`).  So there is no table that somebody could
ask for on her own, of two strata crossed or of a part of the people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .cell import parts_of
from .form import Form
from .form.localised import CHINESE
from .method import Formula
from .protection import NOT_ASKED, Protection, answered, marks
from .scoring.counted import SAMPLE, Counted
from .scoring.figure import Rate, rounded
from .statistics.interval import wilson
from .statistics.suppression import Row

Data = dict[str, Any]
#: Of a stratum that the form does not ask, its title and those of its values.
Names = Mapping[str, tuple[str, Mapping[str, str]]]


def breakdowns(
    formula: Formula,
    groups: Sequence[Counted],
    form: Form | None = None,
    names: Names | None = None,
) -> list[Data]:
    """The tables of all groups: ``{"group", "stratum", "title", "minimum", "cells": […]}``.

    A cell is ``{"code", "title", "returned", "items"}``, a line of it ``{"question", "item_id"?,
    "counts"}`` with rates for a grade; what is not shown is None.  Blanks are not told by cell: who
    is asked a question can follow from an answer to an earlier one.  ``form``: says which.
    """
    called = dict(names or {}) | (_asked(form) if form else {})
    return [table for one in groups for table in _Group(formula, one, form, called).tables()]


def _asked(form: Form) -> dict[str, tuple[str, Mapping[str, str]]]:
    return {
        one.code: (
            one.text.texts[CHINESE],
            {option.code: option.text.texts[CHINESE] for option in one.options},
        )
        for one in form.strata()
    }


class _Group:
    """The tables of one group."""

    def __init__(self, formula: Formula, counted: Counted, form: Form | None, names: Names) -> None:
        self._formula = formula
        self._counted = counted
        self._names = names
        self._hides = Protection(formula, counted, form)

    def tables(self) -> list[Data]:
        """One per stratum."""
        return [self._table(*numbered) for numbered in enumerate(self._hides.strata)]

    def _table(self, number: int, stratum: str) -> Data:
        title, values = self._names.get(stratum, (stratum, {}))
        return {
            "group": self._counted.group,
            "stratum": stratum,
            "title": title,
            "minimum": self._hides.minimum,
            "cells": [
                {"code": code, "title": values.get(code, code or "其他")}
                | self._cell((number, code))
                for code in self._hides.codes(stratum)
            ],
        }

    def _cell(self, row: Row) -> Data:
        number, code = row
        there = [
            one
            for name, one in self._counted.cells.items()
            if self._hides.rows(name)[number] == code
        ]
        returned = sum(one.returned for one in there)
        return {
            "returned": None if row in self._hides.small else returned,
            "items": [
                self._line(key, [one.counts.get(key, {}) for one in there], row)
                for key in self._hides.keys
            ],
        }

    def _line(self, key: str, counts: Sequence[Mapping[str, int | str]], row: Row) -> Data:
        question, _, item = key.partition(":")
        line: Data = {"question": question} | ({"item_id": item} if item else {})
        if row in self._hides.hidden[key]:
            return line | {"counts": None}
        total: dict[str, int] = {}
        for one in counts:
            for option, number in marks(one).items():
                total[option] = total.get(option, 0) + number
        line |= {"counts": total, "answered": sum(answered(one) for one in counts)}
        return line | (self._rates(total, row) if self._hides.is_grade(question) else {})

    def _rates(self, counts: Mapping[str, int], row: Row) -> Data:
        """Of the marks that count: whole bases, such as all members, are not known by cell."""
        whole = sum(counts.get(code, 0) for code in self._formula.counted)
        if not whole:
            return {"top1": None, "top2": None}
        return {
            name: self._rate(sum(counts.get(code, 0) for code in codes), whole, row)
            for name, codes in (("top1", self._formula.top1), ("top2", self._formula.top2))
        }

    def _rate(self, part: int, whole: int, row: Row) -> Data:
        places = self._formula.places
        data: Data = {"part": part, "whole": whole, "percent": Rate(part, whole).percent(places)}
        if self._counted.sampling != SAMPLE:
            return data
        rule = self._formula.sample
        found = wilson(part, whole, float(rule.confidence) if rule else 0.95, self._people(row))
        ends = {"low": found.low, "high": found.high}
        return data | {
            "interval": {e: rounded(100 * Fraction(value), places) for e, value in ends.items()}
        }

    def _people(self, row: Row) -> int | None:
        """How many the frame has in a row, if it says so and not fewer than answered."""
        number, code = row
        stratum = self._hides.strata[number]
        frame = self._counted.population or {}
        people = sum(n for c, n in frame.items() if parts_of(c).get(stratum, NOT_ASKED) == code)
        answered = sum(
            one.returned
            for name, one in self._counted.cells.items()
            if self._hides.rows(name)[number] == code
        )
        return people if people and people >= answered else None
