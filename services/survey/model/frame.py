"""Sampling frames (抽样框): the list of households or persons of whom a sample is drawn.

How to reach them is sealed, apart from the list, read only with a reason and gone some days after
the last audience that was drawn from it has closed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Invalid
from services.commons.sheets.columns import normal

from .frame_row import COLUMNS, Stratification
from .sampling import digest

#: How long a list lies of which no audience came.
UNUSED = dt.timedelta(days=365)


@dataclass(eq=False)
class SamplingFrame(Aggregate):
    """One frame; announced first, so that seeds can be fixed before anybody sees the list.

    ``unit``: ``household`` (户) or ``person``.  ``strata``: as data, see ``Stratification``.
    ``source``: who made the list, of which day.  ``keep_days``: for how long contacts stay after
    the last audience's closing.  ``size``, ``cells`` (cell → how many) and ``digest`` (see
    ``sampling.digest``) tell what was loaded.
    """

    id: str
    title: str
    unit: str
    strata: list[dict[str, Any]]
    source: str
    keep_days: int
    announced_on: dt.date
    recorded_at: dt.datetime
    loaded_on: dt.date | None = None
    size: int | None = None
    cells: dict[str, int] | None = None
    digest: str | None = None
    has_contacts: bool = False
    purged_on: dt.date | None = None
    version: int = 0

    @classmethod
    def announce(
        cls,
        *,
        title: str,
        unit: str,
        strata: list[dict[str, Any]],
        source: str,
        keep_days: int,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> SamplingFrame:
        """A frame whose list is still to come; raises Invalid for columns that cannot be told."""
        names: set[str] = {normal(n) for column in COLUMNS for n in (column.key, *column.names)}
        for n, one in enumerate(strata):
            mine = {normal(one["code"]), normal(one["title"])}
            if mine & names:
                raise Invalid(
                    "strata-doubled",
                    "a stratum is called like another column",
                    "分层变量与其他列同名",
                    [{"pointer": f"/strata/{n}", "detail": "须另取名称 (is taken)"}],
                )
            names |= mine
        return cls(new_id(), title, unit, strata, source, keep_days, happened_on, recorded_at)

    @property
    def stratification(self) -> Stratification:
        """Its strata, as the reader of its rows needs them."""
        return Stratification.from_data(self.strata)

    def load(self, units: Mapping[str, str], *, has_contacts: bool, happened_on: dt.date) -> None:
        """Note the list (id → cell) that was loaded; a frame is loaded once, whole."""
        self.check_empty()
        if happened_on < self.announced_on:
            raise Invalid(
                "loaded-before-announcement",
                "a frame is announced before its list is loaded",
                "应先登记抽样框,再载入名单",
                [{"pointer": "/happened_on", "detail": f"早于 {self.announced_on}"}],
            )
        cells: dict[str, int] = {}
        for cell in units.values():
            cells[cell] = cells.get(cell, 0) + 1
        self.loaded_on, self.size = happened_on, len(units)
        self.cells, self.digest = dict(sorted(cells.items())), digest(units)
        self.has_contacts = has_contacts

    def check_empty(self) -> None:
        """Raise Conflict if a list has been loaded."""
        if self.loaded_on is not None:
            raise Conflict(
                "frame-loaded",
                "this frame has its list; announce another one",
                "该抽样框已载入名单,请另行登记",
            )

    def check_loaded(self) -> None:
        """Raise Conflict before a list has been loaded."""
        if self.loaded_on is None:
            raise Conflict("frame-empty", "this frame has no list yet", "该抽样框尚未载入名单")

    def outlived(
        self, closings: list[dt.date | None], today: dt.date, *, planned: bool = False
    ) -> bool:
        """Whether its contacts were kept long enough.

        ``closings``: when each opened audience of its samples was closed, None: not yet;
        ``planned``: whether one is still to be opened.  A list that no audience came of, or that
        waits for one in vain, goes after :data:`UNUSED`.
        """
        ended = [day for day in closings if day is not None]
        if len(ended) < len(closings):
            return False
        if planned or not ended:
            return self.loaded_on is not None and today - self.loaded_on > UNUSED
        return (today - max(ended)).days > self.keep_days

    def purge(self, on: dt.date) -> None:
        """Note that its contacts are gone."""
        self.purged_on = self.purged_on or on

    def public_state(self) -> dict[str, Any]:
        """For events; it causes none."""
        return {"id": self.id}


@dataclass(eq=False)
class FrameUnit:
    """One household or person of a frame."""

    frame_id: str
    unit: str
    cell: str


@dataclass(eq=False)
class ContactReading(Aggregate):
    """Who read contacts of a frame (查阅记录), when and why; it outlives the contacts.

    ``purpose``: ``unit`` (one of them), ``links`` (the sheet of links), ``renewal`` (a new link),
    ``reminder``, ``paper``.  ``count``: how many; ``unit``: which, if it was one.
    """

    id: str
    frame_id: str
    audience_id: str | None
    unit: str | None
    purpose: str
    count: int
    read_by: str
    reason: str
    read_at: dt.datetime
    version: int = 0

    @classmethod
    def note(cls, **fields: Any) -> ContactReading:
        """A new reading."""
        return cls(new_id(), **fields)

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {"id": self.id}
