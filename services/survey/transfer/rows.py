"""A row of a sheet as a form: its number, what it was found to be, and what it counts for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.errors import Invalid
from services.commons.sheets import Fault, Row

from ..model.form import Form, Reading
from ..model.form.reading import STRAIGHT_FROM
from ..model.paper import MARKED, Entry, form_number
from ..model.transcript import answers_of, on_paper, reading_of, void_of
from .cells import Unreadable, condition_of, reader
from .columns import CONDITION, NUMBER

#: Forms that were read last: most forms of a large file say what one of these says.
_CACHED = 4096
#: A sentence of ours for both: Chinese, and English in brackets.
_BOTH = re.compile(r"(.*?)\s*\((.*)\)", re.DOTALL)
#: Stands where a question was not asked; no mark is true or false.
_NOT_ASKED = False
_PLACE = re.compile(r"/answers/(\d+)(?:/value)?")


@dataclass(frozen=True)
class Paper:
    """What a row says, without its number.

    ``said``: all of it, in one way to write it; ``counted``: what it counts for, see
    :func:`counted_of`.  ``complete``: it has so many lines that they say something, and none is
    blank or void; ``straight``: all its graded lines have one mark.
    """

    said: str
    counted: str
    complete: bool
    straight: bool


def counted_of(keys: Sequence[str], counted: str) -> tuple[str, Reading | None, list[str]]:
    """The condition of a form, what it says if it is valid, and the keys of its void lines.

    ``keys``: of everything that the form counts.
    """
    condition, valid, void = json.loads(counted)
    if valid is None:
        return condition, None, void
    marks, cell, straight, comments = valid
    placed = zip(keys, marks, strict=True)
    asked = {key: mark for key, mark in placed if mark is not _NOT_ASKED}
    return condition, Reading(asked, cell, straight, tuple(map(tuple, comments))), void


class Reader:
    """Reads the rows of one audience's sheets."""

    def __init__(self, form: Form) -> None:
        self.form = on_paper(form)
        self.readers = {line.key: reader(self.form, line) for line in self.form.lines}
        self.keys = self.form.keys()
        self._read: dict[tuple[str, ...], Paper] = {}

    def number(self, row: Row) -> str:
        """The form's number; raises Faulty."""
        try:
            return form_number(row.values.get(NUMBER.key, ""))
        except ValueError as exc:
            raise Faulty([_fault(row, NUMBER.key, str(exc))]) from exc

    def paper(self, row: Row) -> Paper:
        """What the row says; raises Faulty with everything that is wrong in it."""
        cells = tuple(row.values.get(key, "") for key in (CONDITION.key, *self.readers))
        found = self._read.get(cells)
        if found is None:
            if len(self._read) >= _CACHED:
                self._read.clear()
            found = self._read[cells] = self._paper(row)
        return found

    def _paper(self, row: Row) -> Paper:
        entry = self._entry(row)
        try:
            reading = reading_of(self.form, entry)
        except Invalid as exc:
            raise Faulty(self._misfits(row, entry, exc)) from exc
        marks = reading.marks.values() if reading else ()
        counted = [entry.condition, reading and self._marks(reading), void_of(entry, reading)]
        said = [entry.condition, [entry.lines.get(key) for key in self.readers]]
        return Paper(
            said=json.dumps(said, ensure_ascii=False, separators=(",", ":")),
            counted=json.dumps(counted, ensure_ascii=False, separators=(",", ":")),
            complete=len(marks) >= STRAIGHT_FROM and None not in marks,
            straight=reading is not None and reading.straight is not None,
        )

    def _marks(self, reading: Reading) -> list[Any]:
        """A reading without the keys, which are long and the same for all."""
        marks = [reading.marks.get(key, _NOT_ASKED) for key in self.keys]
        return [marks, reading.cell, reading.straight, reading.comments]

    def _entry(self, row: Row) -> Entry:
        faults: list[Fault] = []
        try:
            condition = condition_of(row.values.get(CONDITION.key, ""))
        except Unreadable as exc:
            condition = MARKED
            faults.append(Fault(row.line, row.label(CONDITION.key), exc.en, exc.zh))
        lines: dict[str, Any] = {}
        for key, read in self.readers.items():
            try:
                lines[key] = read(row.values.get(key, ""))
            except Unreadable as exc:
                faults.append(Fault(row.line, row.label(key), exc.en, exc.zh))
        if condition != MARKED:
            faults += [
                Fault(
                    row.line,
                    row.label(key),
                    "must be empty, since the form is not marked",
                    "票况非有效票时须留空",
                )
                for key, value in lines.items()
                if value is not None
            ]
            lines = {}
        if faults:
            raise Faulty(faults)
        return Entry(condition, lines)

    def _misfits(self, row: Row, entry: Entry, exc: Invalid) -> Iterable[Fault]:
        """What the form refuses, under the columns of the answers that it points to."""
        answers = answers_of(self.form, entry)
        for error in exc.errors:
            place = _PLACE.fullmatch(str(error["pointer"]))
            key = ""
            if place:
                answer = answers[int(place[1])]
                item_id = answer.get("item_id")
                key = f"{answer['question']}:{item_id}" if item_id else answer["question"]
            yield _fault(row, key, str(error["detail"]))


class Faulty(Exception):
    """What is wrong with a row."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = list(faults)


def _fault(row: Row, key: str, detail: str) -> Fault:
    both = _BOTH.fullmatch(detail)
    zh, en = both.groups() if both else ("内容不符合要求", detail)
    return Fault(row.line, row.label(key) if key else "-", en, zh)
