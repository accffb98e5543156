"""What the text of the report needs beside the figures: names, meetings, passages, scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..rectification import CONFIRMATION, REPORT, RETURN


@dataclass(frozen=True)
class Meeting:
    """A meeting that was held."""

    kind: str
    name: str
    happened_on: dt.date


@dataclass(frozen=True)
class LookBack:
    """A second look at a project of an earlier year."""

    project_name: str
    project_year: int
    finding: str
    effective: bool
    happened_on: dt.date


@dataclass(frozen=True)
class Passage:
    """A recorded passage for one section, in the order of its day and its recording."""

    section: str
    heading: str
    text: str
    project_id: str | None
    happened_on: dt.date
    recorded_at: dt.datetime


@dataclass(frozen=True)
class Score:
    """A published satisfaction score; ``happened_on``: the day of publication.

    ``eligible``, ``returned``, ``items``: of the leading group.  ``follows``: the assessment that
    it repeats.  The rest as the contract has it; empty before there was any.
    """

    year: int
    eligible: int | None
    returned: int
    method_title: str
    items: tuple[dict[str, Any], ...]
    happened_on: dt.date
    id: str = ""
    follows: str | None = None
    groups: tuple[dict[str, Any], ...] = ()
    projects: tuple[dict[str, Any], ...] = ()
    overall: dict[str, Any] | None = None
    consequences: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Rectified:
    """A rectification task; ``happened_on``: the day of the decision that it follows from."""

    id: str
    questionnaire_id: str
    item_id: str | None
    unit_id: str | None
    steps: tuple[dict[str, Any], ...]
    happened_on: dt.date

    def last_on(self, on: dt.date) -> tuple[str, dt.date] | None:
        """The last report, return or confirmation by a day, and when that was."""
        days = [(one["kind"], dt.date.fromisoformat(one["happened_on"])) for one in self.steps]
        told = [(kind, day) for kind, day in days if kind in _TOLD and day <= on]
        return told[-1] if told else None


_TOLD = (REPORT, RETURN, CONFIRMATION)


@dataclass(frozen=True)
class Narrative:
    """All of it for one report."""

    title: str
    units: Mapping[str, str] = field(default_factory=dict)
    meetings: Sequence[Meeting] = ()
    look_backs: Sequence[LookBack] = ()
    passages: Sequence[Passage] = ()
    scores: Sequence[Score] = ()
    rectifications: Sequence[Rectified] = ()
