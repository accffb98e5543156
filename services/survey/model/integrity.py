"""What shows in the records of an audience that a hand other than the service's was there.

Three things are compared: each count with its seal, which only who has the service's keys can make;
the counts with one another and with the roll; and, of a named audience, the counts with the forms
that they are made from.  Nothing of an answer is told, and nothing is mended: a finding is for
people.  A hand that brings back a whole record of an earlier moment, seal and all, shows only where
the roll or the named forms contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .audience import Audience
from .cell import joined
from .form import Form
from .named import NamedAnswer
from .roll import Roll
from .tally import Sums, Tally


class Sign(StrEnum):
    """What was found.

    ``SEAL``: a count does not fit its seal.  ``CELLS``: a count is missing, or there is one too
    many.  ``RETURNED``: the roll, or what was noted where forms came in, says another number than
    the counts.  ``MARKS``: a line has more marks than forms came in.  ``NAMED``: the named forms do
    not add up to the counts.
    """

    SEAL = "seal"
    CELLS = "cells"
    RETURNED = "returned"
    MARKS = "marks"
    NAMED = "named"


_TEXTS = {
    Sign.SEAL: ("计数与其封印不符", "a count does not fit its seal"),
    Sign.CELLS: ("计数记录缺失或多出", "a count is missing, or there is one too many"),
    Sign.RETURNED: (
        "名单、邀请、链接或票数记录与计数不符",
        "the roll, or what was noted where forms came in, says another number than the counts",
    ),
    Sign.MARKS: ("有项目的票数多于收回数", "a line has more marks than forms came in"),
    Sign.NAMED: ("实名答卷合计与计数不符", "the named forms do not add up to the counts"),
}


@dataclass(frozen=True)
class Finding:
    """A sign in the records of an audience; ``cell``: in which count, None: in all together."""

    audience_id: str
    sign: Sign
    cell: str | None = None

    @property
    def zh(self) -> str:
        """For people, in Chinese."""
        return _TEXTS[self.sign][0]

    @property
    def en(self) -> str:
        """For people, in English."""
        return _TEXTS[self.sign][1]


@dataclass(frozen=True)
class Records:
    """All that is kept of an opened audience; ``cells``: those that there must be.

    ``forms``: how many have been counted by what was noted where they came in: on paper and from
    files, by invitations, by the days of open links; None: that is not known.
    """

    audience: Audience
    form: Form
    cells: Sequence[str]
    tallies: Sequence[Tally]
    roll: Roll | None
    named: Sequence[NamedAnswer]
    forms: int | None = None


def findings(records: Records, sealed: Callable[[Tally], bool]) -> list[Finding]:
    """What does not fit together; ``sealed``: whether a count fits its seal."""
    id_ = records.audience.id
    found = [Finding(id_, Sign.SEAL, one.cell) for one in records.tallies if not sealed(one)]
    if sorted(records.cells) != sorted(one.cell for one in records.tallies):
        found.append(Finding(id_, Sign.CELLS))
    returned = sum(one.returned for one in records.tallies)
    if records.roll is not None and records.roll.returned != returned:
        found.append(Finding(id_, Sign.RETURNED))
    if records.forms is not None and records.forms != returned:
        found.append(Finding(id_, Sign.RETURNED))
    found += [Finding(id_, Sign.MARKS, one.cell) for one in records.tallies if _too_many(one)]
    if records.audience.named:
        found += [Finding(id_, Sign.NAMED, cell) for cell in _contradicted(records)]
    return found


def _too_many(tally: Tally) -> bool:
    """Whether a line has more marks than forms, or any count is below zero."""
    for count in tally.counts.values():
        whole = {code: n for code, n in count.items() if isinstance(n, int)}
        marks = [n for code, n in whole.items() if not code.startswith("_")]
        # Of several options one form can choose more than one.
        most = max(marks, default=0) if "_answered" in whole else sum(marks)
        asked = whole.get("_asked", tally.returned)
        if min(whole.values(), default=0) < 0 or not most <= asked <= tally.returned:
            return True
    return tally.returned < 0


def _contradicted(records: Records) -> list[str]:
    """The cells whose counts are not the sums of the named forms."""
    sums = {cell: Sums() for cell in records.cells}
    for one in records.named:
        reading = one.reading
        known = records.roll.cell(one.respondent) if records.roll else ""
        sums.setdefault(joined(known, reading.cell), Sums()).add(records.form, reading)
    found = []
    for tally in records.tallies:
        counted = Tally.blank(tally.audience_id, tally.cell, records.form)
        counted.add(sums.get(tally.cell, Sums()))
        if counted.sealed_data() != tally.sealed_data():
            found.append(tally.cell)
    return found
