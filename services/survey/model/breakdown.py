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
from .method import Formula, PublicationRule
from .scoring.counted import ASKED, SAMPLE, Counted
from .scoring.figure import Rate, rounded
from .scoring.weighted import SampleWeights, weights_of
from .statistics.interval import wilson
from .statistics.suppression import Cell, Row, agree, hidden_rows
from .statistics.weight import Number

Data = dict[str, Any]
#: The row of who was not asked the stratum's question.
NOT_ASKED = ""


def breakdowns(formula: Formula, groups: Sequence[Counted], form: Form | None = None) -> list[Data]:
    """The tables of all groups: ``{"group", "stratum", "minimum", "cells": […]}``.

    A cell is ``{"code", "returned", "items"}``, a line of it ``{"question", "item_id"?, "counts"}``
    with rates for a grade; what is not shown is None.  Blanks are not told by cell: who is asked a
    question can follow from an answer to an earlier one.  ``form``: says which; without it every
    question that is not asked of all is taken to follow from all before it.
    """
    return [table for one in groups for table in _Group(formula, one, form).tables()]


class _Group:
    """The tables of one group, which together must not tell of a few."""

    def __init__(self, formula: Formula, counted: Counted, form: Form | None) -> None:
        self._formula = formula
        self._counted = counted
        self._form = form
        self._rule = formula.publication or PublicationRule()
        self._parts = {cell: parts_of(cell) for cell in counted.cells}
        self._strata = sorted({code for parts in self._parts.values() for code in parts})
        self._weights: dict[str, Mapping[str, Number] | None] = {}
        self._keys = list(
            dict.fromkeys(
                key
                for one in counted.cells.values()
                for key in one.counts
                if key not in self._strata
            )
        )

    def tables(self) -> list[Data]:
        """One per stratum."""
        if not self._strata:
            return []
        forms = [Cell(self._rows(c), one.returned) for c, one in self._counted.cells.items()]
        small = hidden_rows(forms, self._rule.cell)
        hidden: dict[str, set[Row]] = {}
        for key in self._keys:
            follows = self._follows(key, list(hidden))
            known = small.union(*(hidden[earlier] for earlier in follows))
            hidden[key] = self._hidden(key, known)
        return [
            {
                "group": self._counted.group,
                "stratum": stratum,
                "minimum": self._rule.cell,
                "cells": [self._cell(number, code, small, hidden) for code in self._codes(stratum)],
            }
            for number, stratum in enumerate(self._strata)
        ]

    def _rows(self, cell: str) -> tuple[str, ...]:
        return tuple(self._parts[cell].get(stratum, NOT_ASKED) for stratum in self._strata)

    def _codes(self, stratum: str) -> list[str]:
        """In the form's order; what only a frame knows, in its own."""
        known = [parts.get(stratum, NOT_ASKED) for parts in self._parts.values()]
        asked = [q.codes for q in self._form.strata() if q.code == stratum] if self._form else []
        order = list(asked[0]) if asked else []
        return sorted(set(known), key=lambda c: (c not in order, c in order and order.index(c), c))

    def _hidden(self, key: str, known: set[Row]) -> set[Row]:
        cells = []
        for name, one in self._counted.cells.items():
            counts = one.counts.get(key, {})
            factors = self._factors(name, key)
            cells.append(Cell(self._rows(name), _answered(counts), _marks(counts), factors))
        show = self._rule.unanimous == "show"
        if not show and agree(cells):
            return {(n, c) for n, stratum in enumerate(self._strata) for c in self._codes(stratum)}
        return hidden_rows(cells, self._rule.cell, unanimous=show, hidden=known)

    def _factors(self, name: str, key: str) -> tuple[Number, ...]:
        """How each counts in the weighted figure that is published of the line, if one is."""
        if not self._is_grade(key.partition(":")[0]):
            return ()
        if key not in self._weights:
            found = weights_of(self._formula, self._counted, key)
            self._weights[key] = found.by_cell if isinstance(found, SampleWeights) else None
        weights = self._weights[key]
        return () if weights is None else (weights.get(name, 0),)

    def _follows(self, key: str, earlier: list[str]) -> list[str]:
        """The keys by whose answers it is asked or not."""
        if not any(ASKED in one.counts.get(key, {}) for one in self._counted.cells.values()):
            return []
        if self._form is None:
            return earlier
        code, _, item = key.partition(":")
        question = next((one for one in self._form.questions if one.code == code), None)
        if question is None or question.condition is None:
            return []
        asked = {leaf.question for leaf in question.condition.leaves()}
        # What it follows from may itself have followed from something: that is hidden with it.
        return [one for one in earlier if one in asked or one in {f"{q}:{item}" for q in asked}]

    def _cell(
        self, number: int, code: str, small: set[Row], hidden: Mapping[str, set[Row]]
    ) -> Data:
        there = [
            one for name, one in self._counted.cells.items() if self._rows(name)[number] == code
        ]
        row = (number, code)
        return {
            "code": code,
            "returned": None if row in small else sum(one.returned for one in there),
            "items": [
                self._line(key, [one.counts.get(key, {}) for one in there], row in hidden[key], row)
                for key in self._keys
            ],
        }

    def _line(
        self, key: str, counts: Sequence[Mapping[str, int | str]], hidden: bool, row: Row
    ) -> Data:
        question, _, item = key.partition(":")
        line: Data = {"question": question} | ({"item_id": item} if item else {})
        if hidden:
            return line | {"counts": None}
        marks: dict[str, int] = {}
        for one in counts:
            for option, number in _marks(one).items():
                marks[option] = marks.get(option, 0) + number
        line |= {"counts": marks, "answered": sum(_answered(one) for one in counts)}
        return line | (self._rates(marks, row) if self._is_grade(question) else {})

    def _is_grade(self, question: str) -> bool:
        if self._form is None:
            named = {one.code for one in self._formula.dimensions}
            return question in (named or {"grade"})
        return any(q.code == question and q.kind == "grade" for q in self._form.questions)

    def _rates(self, marks: Mapping[str, int], row: Row) -> Data:
        """Of the marks that count: whole bases, such as all members, are not known by cell."""
        whole = sum(marks.get(code, 0) for code in self._formula.counted)
        if not whole:
            return {"top1": None, "top2": None}
        return {
            name: self._rate(sum(marks.get(code, 0) for code in codes), whole, row)
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
        stratum = self._strata[number]
        frame = self._counted.population or {}
        people = sum(n for c, n in frame.items() if parts_of(c).get(stratum, NOT_ASKED) == code)
        answered = sum(
            one.returned
            for name, one in self._counted.cells.items()
            if self._rows(name)[number] == code
        )
        return people if people and people >= answered else None


def _marks(counts: Mapping[str, int | str]) -> dict[str, int]:
    """How often each option was chosen; the sums of numbers stay with the whole."""
    return {option: int(n) for option, n in counts.items() if not option.startswith("_")}


def _answered(counts: Mapping[str, int | str]) -> int:
    """How many did not leave it blank."""
    for name in ("_answered", "_n"):
        if name in counts:
            return int(counts[name])
    return sum(_marks(counts).values())
