"""What is not shown of one group's counts, so that nothing can be told of a few people (隐去).

Two things are decided together, since each could undo the other: which rows of the tables by
stratum are hidden (:mod:`.statistics.suppression`), and which conditional questions are hidden
altogether.  What everybody was asked is published whole, whatever it is; but a question that only
those from one district were asked, or only those who were dissatisfied, is a table by stratum or
by mark under another name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from .cell import parts_of
from .form import Form, Line
from .form.condition import OneOf
from .form.question import Kind, Question
from .method import Formula, PublicationRule
from .scoring.counted import ASKED, Counted
from .scoring.weighted import SampleWeights, weights_of
from .statistics.suppression import Cell, Row, agree, hidden_rows
from .statistics.weight import Number

#: The row of who was not asked the stratum's question.
NOT_ASKED = ""
#: What a form says of a line on which it has no mark.
_SILENT = "_silent"


class Protection:
    """What is hidden of one group; ``form``: says which question follows from which.

    Without a form every question that is not asked of all is taken to follow from all before it.
    """

    def __init__(self, formula: Formula, counted: Counted, form: Form | None) -> None:
        self._formula = formula
        self._counted = counted
        self._form = form
        self._rule = formula.publication or PublicationRule()
        self._parts = {cell: parts_of(cell) for cell in counted.cells}
        self._weights: dict[str, Mapping[str, Number] | None] = {}
        self.minimum = self._rule.cell
        self.strata = sorted({code for parts in self._parts.values() for code in parts})
        #: What is told of the group, in the order of its counts.
        asked = (key for one in counted.cells.values() for key in one.counts)
        self.keys = [key for key in dict.fromkeys(asked) if key not in self.strata]

    def rows(self, cell: str) -> tuple[str, ...]:
        """In which row of each table a cell stands."""
        return tuple(self._parts[cell].get(stratum, NOT_ASKED) for stratum in self.strata)

    def codes(self, stratum: str) -> list[str]:
        """The rows of a table in the form's order; what only a frame knows, in its own."""
        known = [parts.get(stratum, NOT_ASKED) for parts in self._parts.values()]
        asked = [q.codes for q in self._form.strata() if q.code == stratum] if self._form else []
        order = list(asked[0]) if asked else []
        return sorted(set(known), key=lambda c: (c not in order, c in order and order.index(c), c))

    def is_grade(self, question: str) -> bool:
        """Whether a question is one that the method scores."""
        if self._form is None:
            named = {one.code for one in self._formula.dimensions}
            return question in (named or {"grade"})
        return any(q.code == question and q.kind == Kind.GRADE for q in self._form.questions)

    @cached_property
    def small(self) -> set[Row]:
        """The rows of which not even the size is shown."""
        return hidden_rows(self._forms(), self.minimum)

    @cached_property
    def hidden(self) -> dict[str, set[Row]]:
        """By key the rows whose counts are not shown."""
        found: dict[str, set[Row]] = {}
        for key in self.keys:
            if key in self.concealed:
                found[key] = self._all_rows
                continue
            follows = self._follows(key, list(found))
            known = self.small.union(*(found[earlier] for earlier in follows))
            found[key] = self._hidden(key, known)
        return found

    @cached_property
    def concealed(self) -> set[str]:
        """The conditional keys of which nothing is shown, neither counts nor how many were asked.

        Those of whom too few were asked, or answered; those that hang on strata, where who was
        asked would tell what the tables hide; and what follows from any of these.
        """
        if self._form is None:
            return set()
        found: set[str] = set()
        for line in self._conditional:
            key, counts = line.key, self._counted.counts(line.key)
            people = self._counted.asked(key), answered(counts)
            few = any(0 < count < self.minimum for count in people)
            one = self._rule.unanimous != "show" and agree([Cell((), people[1], marks(counts))])
            tells = self._tells_of_strata and bool(self._strata_of(line.question))
            if few or one or tells or not found.isdisjoint(self._follows(key, self.keys)):
                found.add(key)
        return found

    @property
    def _conditional(self) -> list[Line]:
        lines = self._form.lines if self._form else ()
        return [one for one in lines if one.question.conditional and one.key in self.keys]

    @cached_property
    def _tells_of_strata(self) -> bool:
        """Whether who was asked what hangs on strata tells anything beside the tables.

        Each such question is a table more, of those whom it can be asked and the others.  If then
        nothing has to be hidden of any, nothing is told.
        """
        hanging = [one for one in self._conditional if self._strata_of(one.question)]
        leaves = dict.fromkeys(tuple(self._strata_of(one.question)) for one in hanging)
        if not leaves:
            return False
        more: dict[str, tuple[str, ...]] = {}
        for cell, parts in self._parts.items():
            if self._counted.cells[cell].returned and any(
                leaf.question not in parts for some in leaves for leaf in some
            ):
                return True  # it is not even counted by that stratum
            more[cell] = tuple(_stands(parts, some) for some in leaves)
        if hidden_rows(self._forms(more), self.minimum):
            return True
        grounds = {key for line in hanging for key in self._follows(line.key, self.keys)}
        show = self._rule.unanimous == "show"
        return any(
            hidden_rows(self._marked(key, more), self.minimum, unanimous=show) for key in grounds
        )

    def _strata_of(self, question: Question) -> list[OneOf]:
        """What it, or a question on which it hangs, asks of strata."""
        grounds = self._form.grounds(question) if self._form else []
        strata = {one.code for one in grounds if one.stratum}
        conditions = (one.condition for one in (question, *grounds) if one.condition)
        leaves = (leaf for condition in conditions for leaf in condition.leaves())
        return [leaf for leaf in leaves if leaf.question in strata]

    @property
    def _all_rows(self) -> set[Row]:
        return {(n, c) for n, stratum in enumerate(self.strata) for c in self.codes(stratum)}

    def _hidden(self, key: str, known: set[Row]) -> set[Row]:
        """What is not shown of a line: of those who answered it, and of all with its form.

        Forms returned in a row less those that answered are who said nothing; that is one mark
        more.
        """
        answering, all_forms = self._marked(key), self._marked(key, silent=True)
        show = self._rule.unanimous == "show"
        if not show and agree(answering):
            return self._all_rows
        hidden, before = hidden_rows(answering, self.minimum, unanimous=show, hidden=known), None
        while any(cell.marks[_SILENT] for cell in all_forms) and hidden != before:
            before = hidden
            for cells in (all_forms, answering):
                hidden = hidden_rows(cells, self.minimum, unanimous=show, hidden=hidden)
        return hidden

    def _forms(self, more: Mapping[str, tuple[str, ...]] | None = None) -> list[Cell]:
        """How many of each cell answered; ``more``: in which rows of other tables they stand."""
        return [
            Cell(self.rows(name) + (more[name] if more else ()), one.returned)
            for name, one in self._counted.cells.items()
        ]

    def _marked(
        self,
        key: str,
        more: Mapping[str, tuple[str, ...]] | None = None,
        *,
        silent: bool = False,
    ) -> list[Cell]:
        """What of each cell was answered to ``key``; ``silent``: and how many did not."""
        cells = []
        for name, one in self._counted.cells.items():
            counts = one.counts.get(key, {})
            rows = self.rows(name) + (more[name] if more else ())
            people, chosen = answered(counts), marks(counts)
            if silent:
                people, chosen = one.having(key), chosen | {_SILENT: one.having(key) - people}
            cells.append(Cell(rows, people, chosen, self._factors(name, key)))
        return cells

    def _factors(self, name: str, key: str) -> tuple[Number, ...]:
        """How each counts in the weighted figure that is published of the line, if one is."""
        if not self.is_grade(key.partition(":")[0]):
            return ()
        if key not in self._weights:
            found = weights_of(self._formula, self._counted, key)
            self._weights[key] = found.by_cell if isinstance(found, SampleWeights) else None
        weights = self._weights[key]
        return () if weights is None else (weights.get(name, 0),)

    def _follows(self, key: str, earlier: Collection[str]) -> list[str]:
        """The keys by whose answers it is asked or not."""
        if not any(ASKED in one.counts.get(key, {}) for one in self._counted.cells.values()):
            return []
        if self._form is None:
            return list(earlier)
        code, _, item = key.partition(":")
        question = next((one for one in self._form.questions if one.code == code), None)
        if question is None:
            return []
        asked = {one.code for one in self._form.grounds(question)}
        return [one for one in earlier if one in asked or one in {f"{q}:{item}" for q in asked}]


def _stands(parts: Mapping[str, str], leaves: Iterable[OneOf]) -> str:
    """Which of the conditions a cell meets."""
    return "".join("1" if parts[leaf.question] in leaf.codes else "0" for leaf in leaves)


def marks(counts: Mapping[str, int | str]) -> dict[str, int]:
    """How often each option was chosen; the sums of numbers stay with the whole."""
    return {option: int(n) for option, n in counts.items() if not option.startswith("_")}


def answered(counts: Mapping[str, int | str]) -> int:
    """How many did not leave it blank."""
    for name in ("_answered", "_n"):
        if name in counts:
            return int(counts[name])
    return sum(marks(counts).values())
