"""The running count of an audience, built so that no answer can be led back to who gave it.

An answer of the secret (无记名) and the anonymous kind sets one flag of the roll, if there is a
roll, adds to the counts of its cell and is gone: no row of its own, no time, no order, no number,
no event, no log line, and no trace in the counts of how one form's marks on different lines belong
together, but for how many forms had the same one on all lines (``straight``).  The rows of all
cells are made when the audience is opened, so that the making of a row
tells nothing.

``tests/services/survey/test_unlinkable.py`` compares whole databases, with all that they add by
themselves, in which deputies exchanged their answers: they are the same to the last column.

What this does not hide, and no shape of the data could:

- From a **unanimous** count, or one with few answers, everybody's mark follows; so does it from a
  cell with few answers.  A roll's cells have at least ten members (``model/roll.py``), a secret
  audience has no cells but these, and what is published of small ones is suppressed.
- Who sees the records **before and after** an answer sees that answer.  An administrator of the
  live database can: by reading it at short intervals, from backups and the write-ahead log, by
  logging statements, and for a while from the row versions that PostgreSQL has not yet vacuumed and
  the pages that SQLite has freed and not overwritten.
- While it runs, the rows' stamps tell for **each cell when it was changed last** since the night
  before, and so does a page of comments; at the closing and every night they are written anew
  (``commands/restamping.py``), and then all bear one stamp.
- Where PostgreSQL puts a **page of comments** on its disk follows from the lengths of the texts in
  the order in which they came; who knew that order and could redo all of it could test guesses of
  who wrote which text, not of who gave which mark.
- The answer comes **in the clear, with the deputy's id**, to gateway, broker and service: who runs
  one of them can look while it passes.
- The hashed idempotency keys are rows, on PostgreSQL in the order of answering.  Who knows a
  deputy's key finds her place in it, but no mark: nothing in those rows is computed from one.

Against people who read the data these defences suffice; against who runs the machine they do not.
There the answer is to let other people run it, or a cryptographic ballot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Any

from .form import Form, Reading
from .form.scale import written

#: Code → how often, beside it ``_asked``, ``_answered``, ``_n`` and decimals as text.
Count = dict[str, Any]

#: Sums of decimals stay exact.
_EXACT = Context(prec=200)


@dataclass
class Sums:
    """Counts that are added up: of some forms, or of an audience's cell.

    ``counts``: key → code → how often.  ``straight``: code → how many forms had nothing else.
    """

    returned: int = 0
    straight: dict[str, int] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, form: Form, reading: Reading, times: int = 1) -> None:
        """Add a form; ``times`` -1 takes it back."""
        self.returned += times
        if reading.straight is not None:
            self.straight[reading.straight] = self.straight.get(reading.straight, 0) + times
        for key, mark in reading.marks.items():
            _into(self.counts.setdefault(key, {}), form.adds(key, mark), times)


@dataclass(eq=False)
class Tally:
    """The count of one cell of an audience; see the module for what it keeps and what not.

    It has no version: a number that grows with each answer serves nobody here; who changes it has
    locked the audience.  ``seal``: by which a hand in the database is noticed
    (``model/integrity.py``).
    """

    audience_id: str
    cell: str
    returned: int
    straight: dict[str, int]
    counts: dict[str, Count]
    seal: str = ""

    @classmethod
    def blank(cls, audience_id: str, cell: str, form: Form) -> Tally:
        """The count before the first answer."""
        codes = [option.code for option in form.grades]
        return cls(audience_id, cell, 0, dict.fromkeys(codes, 0), form.blank_counts())

    def take(self, form: Form, reading: Reading) -> None:
        """Count a form."""
        self.add(_sums(form, reading, 1))

    def untake(self, form: Form, reading: Reading) -> None:
        """Take back a named form that another one replaces."""
        self.add(_sums(form, reading, -1))

    def add(self, sums: Sums) -> None:
        """Add the counts of some forms; the keys stay in their order."""
        straight = dict(self.straight)
        _into(straight, sums.straight, 1)
        counts = dict(self.counts)
        for key, count in sums.counts.items():
            counts[key] = dict(counts[key])
            _into(counts[key], count, 1)
        self.returned += sums.returned
        self.straight, self.counts = straight, counts

    def sealed_data(self) -> dict[str, Any]:
        """What the seal is computed from."""
        return {
            "audience_id": self.audience_id,
            "cell": self.cell,
            "returned": self.returned,
            "straight": self.straight,
            "counts": self.counts,
        }


def sealed_text(data: dict[str, Any]) -> str:
    """What is sealed, written one way; every answer seals, so it is JSON's own writer that does it.

    There are only whole numbers and texts in it.
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def returned(tallies: Iterable[Tally]) -> int:
    """How many answered, over all cells."""
    return sum(tally.returned for tally in tallies)


def _sums(form: Form, reading: Reading, times: int) -> Sums:
    sums = Sums()
    sums.add(form, reading, times)
    return sums


def _into(count: Count, more: Count, times: int) -> None:
    """Add ``more`` to a count, in place; whole numbers as such, decimals as text."""
    for code, n in more.items():
        if isinstance(n, str):
            product = _EXACT.multiply(Decimal(n), times)
            # Written one way, so that the same sum is the same text however it came about.
            count[code] = written(_EXACT.add(Decimal(count.get(code, "0")), product))
        else:
            count[code] = count.get(code, 0) + n * times
