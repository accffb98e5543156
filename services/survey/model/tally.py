"""The running count of a questionnaire, built so that no answer can be led back to its deputy.

One answer per deputy must be known, what she answered must not.  Both stand in **one record per
questionnaire**: who has answered (a flag per deputy of the roll, all made when the questionnaire
opens) and how many marks each option of each item has.  An answer sets one flag, adds to the counts
and is gone: no row of its own, no time, no order, no number, no event, no log line, and no trace in
the marks of how one deputy's marks on different items belong together.

Flags in rows of their own would tell more.  PostgreSQL stamps each row with the transaction that
wrote it last (``xmin``) and moves it (``ctid``); SQLite numbers rows (``rowid``): the flags' rows
would show in which order the deputies answered.  In a single record, rewritten whole with its keys
in their first order, every answer overwrites the stamp of the one before; what is left names the
last transaction and neither a deputy nor a mark.

``tests/services/survey/test_unlinkable.py`` compares whole databases, with all that they add by
themselves, in which deputies exchanged their answers: they are the same to the last column.

What this does not hide, and no shape of the data could:

- From a **unanimous** count, or one with few answers, everybody's mark follows.
- Who sees the record **before and after** an answer sees that answer.  An administrator of the
  live database can: by reading it at short intervals, from backups and the write-ahead log, by
  logging statements, and for a while from the row versions that PostgreSQL has not yet vacuumed and
  the pages that SQLite has freed and not overwritten.
- The answer comes **in the clear, with the deputy's id**, to gateway, broker and service: who runs
  one of them can look while it passes.
- The hashed idempotency keys are rows, on PostgreSQL in the order of answering.  Who knows a
  deputy's key finds her place in it, but no mark: nothing in those rows is computed from one.

Against people who read the data these defences suffice; against who runs the machine they do not.
There the answer is to let other people run it, or a cryptographic ballot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.commons.errors import Conflict, Forbidden


@dataclass(eq=False)
class Tally:
    """Who has answered, and the count of all marks; see the module for why both are one record.

    ``answered``: deputy's id → whether she has answered; its keys are the roll.  ``counts``: item's
    id → code of the option → marks.  It has no version: a number that grows with each answer serves
    nobody here; who changes it locks it.
    """

    questionnaire_id: str
    answered: dict[str, bool]
    counts: dict[str, dict[str, int]]

    @classmethod
    def blank(
        cls, questionnaire_id: str, *, roll: Iterable[str], items: Iterable[str], codes: list[str]
    ) -> Tally:
        """The count before the first answer; the flags stand in the order of the ids."""
        return cls(
            questionnaire_id,
            answered=dict.fromkeys(sorted(roll), False),
            counts={item_id: dict.fromkeys(codes, 0) for item_id in items},
        )

    @property
    def eligible(self) -> int:
        """How many deputies may answer."""
        return len(self.answered)

    @property
    def returned(self) -> int:
        """How many have."""
        return sum(self.answered.values())

    def take(self, deputy_id: str, marks: Mapping[str, str | None]) -> None:
        """Count the marks (item's id → code, or None for a blank) of a deputy's only answer.

        Raises Forbidden when she is not on the roll and Conflict when she has answered.
        """
        if deputy_id not in self.answered:
            raise Forbidden(
                "not-on-roll",
                "you are not on the roll of this questionnaire",
                "您不在本次测评的参评名单中",
            )
        if self.answered[deputy_id]:
            raise Conflict(
                "already-answered",
                "you have answered this questionnaire; an answer is final",
                "您已完成本次测评,提交后不可更改",
            )
        self.answered = {**self.answered, deputy_id: True}
        self.counts = {
            item_id: {code: n + (marks.get(item_id) == code) for code, n in counted.items()}
            for item_id, counted in self.counts.items()
        }

    def blanks(self, item_id: str) -> int:
        """How many answers left this item blank."""
        return self.returned - sum(self.counts[item_id].values())
