"""Entries of monthly progress, and whether a figure follows from those before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import ClassVar

from services.commons.aggregate import new_id
from services.commons.errors import Invalid

from .monthly import standing


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What a unit says that a sub-item had reached on a day, for a month.

    ``quantity``, ``share``, ``funds_paid_yuan``: cumulative, up to that day.  ``task_code``: the
    district's task of the plan whose part it is; None for the project's own figure.
    ``reported_on``: the day on which it was told, ``due_on`` the last day to tell it, if a rule
    says.  ``reason``: why a figure is corrected, or falls.
    """

    sub_item_id: str
    month: str
    quantity: float | None
    share: float | None
    text: str
    happened_on: dt.date
    funds_paid_yuan: int | None = None
    task_code: str | None = None
    unit_id: str | None = None
    reason: str | None = None
    reported_on: dt.date | None = None
    due_on: dt.date | None = None

    @property
    def about(self) -> tuple[str, str | None]:
        """Of which sub-item, and of which district's part of it."""
        return self.sub_item_id, self.task_code


@dataclass(eq=False)
class Progress:
    """What a sub-item had reached on a day, reported for a month (月度进展).

    ``quantity``: cumulative, in the sub-item's unit.  ``share``: from 0 to 1, for a sub-item
    without a number.  ``sequence``: the order of recording within the project, from 1; a later
    entry for the same thing and month replaces an earlier one, which is kept with who and why.
    ``late``: the first one for its month, told after its last day; None where nobody noted it.
    """

    #: Whether no later entry replaces it; computed where it is listed.
    is_standing: ClassVar[bool]

    id: str
    project_id: str
    sub_item_id: str
    sequence: int
    month: str
    quantity: float | None
    share: float | None
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    task_code: str | None = None
    funds_paid_yuan: int | None = None
    unit_id: str | None = None
    reason: str | None = None
    reported_on: dt.date | None = None
    late: bool | None = None

    @classmethod
    def of(
        cls, said: Reported, project_id: str, sequence: int, first: bool, recorded_at: dt.datetime
    ) -> Progress:
        """The entry of what was said; ``first``: for its month."""
        told = asdict(said)
        due = told.pop("due_on")
        late = None
        if due is not None and said.reported_on is not None:
            late = first and said.reported_on > due
        return cls(
            id=new_id(),
            project_id=project_id,
            sequence=sequence,
            late=late,
            recorded_at=recorded_at,
            **told,
        )

    @property
    def about(self) -> tuple[str, str | None]:
        """Of which sub-item, and of which district's part of it."""
        return self.sub_item_id, self.task_code


def check_course(before: Iterable[Progress], said: Reported) -> None:
    """Raise Invalid if a cumulative figure falls and no reason is given.

    ``before``: the entries of the same thing.  Compared are the standing entries of the months
    just before and just after, and an earlier day's figure of the same month; a figure of the same
    day is a correction, and is replaced as it is.
    """
    if said.reason:
        return
    known = sorted(standing(before, lambda _: None), key=lambda one: one.month)
    earlier = [one for one in known if _when(one) < _when(said)]
    later = [one for one in known if one.month > said.month]
    for name in ("quantity", "share", "funds_paid_yuan"):
        value = getattr(said, name)
        if value is None:
            continue
        low = next((v for one in reversed(earlier) if (v := getattr(one, name)) is not None), None)
        high = next((v for one in later if (v := getattr(one, name)) is not None), None)
        if (low is not None and value < low) or (high is not None and value > high):
            raise Invalid(
                "progress-backwards",
                "a cumulative figure would fall from one month to the next: say why in reason",
                "累计数将少于此前已报的数:请在 reason 中说明理由",
                [{"pointer": f"/{name}", "detail": "makes the cumulative figures fall"}],
            )


def _when(entry: Progress | Reported) -> tuple[str, dt.date]:
    return entry.month, entry.happened_on
