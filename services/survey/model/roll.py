"""The roll (参评名单) of an audience of deputies: who may answer, and who has.

That one deputy answers once must be known, what she answered must not.  So the roll is **one
record**: a flag per deputy, all made when the audience is opened, in the order of the ids.  Flags
in rows of their own would tell more: PostgreSQL stamps each row with the transaction that wrote it
last (``xmin``) and moves it (``ctid``), SQLite numbers rows (``rowid``), so they would show in
which order the deputies answered.  In a single record, rewritten whole, every answer overwrites the
stamp of the one before.  ``model/tally.py`` says what that does not hide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.commons.errors import Conflict, Forbidden

from .cell import cell_of

#: The code of the stratum that the register knows.
DELEGATION = "delegation"
#: Where the small delegations are counted together.
OTHER = "other"
#: No cell of a roll has fewer members.
SMALLEST = 10


@dataclass(eq=False)
class Roll:
    """``answered``: deputy's id → whether she has; ``cells``: id → cell, where there are any.

    It has no version and no time; who changes it has locked the audience.
    """

    audience_id: str
    answered: dict[str, bool]
    cells: dict[str, str]

    @classmethod
    def blank(
        cls, audience_id: str, deputies: Iterable[str], cells: Mapping[str, str] | None = None
    ) -> Roll:
        """The roll before the first answer."""
        return cls(audience_id, dict.fromkeys(sorted(deputies), False), dict(cells or {}))

    @property
    def eligible(self) -> int:
        """How many may answer."""
        return len(self.answered)

    @property
    def returned(self) -> int:
        """How many have."""
        return sum(self.answered.values())

    @property
    def outstanding(self) -> list[str]:
        """Who has not."""
        return [deputy for deputy, answered in self.answered.items() if not answered]

    def cell(self, deputy_id: str) -> str:
        """The cell in which her answer is counted."""
        return self.cells.get(deputy_id, "")

    def take(self, deputy_id: str, *, again: bool = False) -> bool:
        """Note that she answers; whether it is ``again``, where that is allowed.

        Raises Forbidden when she is not on the roll and Conflict when she has answered.
        """
        if deputy_id not in self.answered:
            raise Forbidden(
                "not-on-roll",
                "you are not on the roll of this questionnaire",
                "您不在本次测评的参评名单中",
            )
        before = self.answered[deputy_id]
        if before and not again:
            raise Conflict(
                "already-answered",
                "you have answered this questionnaire; an answer is final",
                "您已完成本次测评,提交后不可更改",
            )
        self.answered = {**self.answered, deputy_id: True}
        return before


def delegation_cells(delegations: Mapping[str, str | None]) -> dict[str, str]:
    """Deputy's id → her delegation's cell, so that no cell has fewer than :data:`SMALLEST`.

    Small delegations are counted together as ``other``, with the next smallest one as long as these
    are too few; where nothing is left to tell apart there are no cells.
    """
    named = {id_: _plain(name) if name else OTHER for id_, name in delegations.items()}
    sizes = Counter(named.values())
    folded = {name for name, size in sizes.items() if name == OTHER or size < SMALLEST}
    left = sorted((size, name) for name, size in sizes.items() if name not in folded)
    while left and 0 < sum(sizes[name] for name in folded) < SMALLEST:
        folded.add(left.pop(0)[1])
    if not left or (len(left) == 1 and not folded):
        return {}
    return {
        id_: cell_of({DELEGATION: OTHER if name in folded else name}) for id_, name in named.items()
    }


def _plain(name: str) -> str:
    """A name as it can stand in a cell."""
    return name.replace("|", " ").replace("=", " ")
