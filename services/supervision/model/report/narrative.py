"""What the text of the report needs beside the figures: names, meetings, passages, scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


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
    """A published satisfaction score; ``happened_on``: the day of publication."""

    year: int
    eligible: int
    returned: int
    method_title: str
    items: tuple[dict[str, Any], ...]
    happened_on: dt.date


@dataclass(frozen=True)
class Narrative:
    """All of it for one report."""

    title: str
    units: Mapping[str, str] = field(default_factory=dict)
    meetings: Sequence[Meeting] = ()
    look_backs: Sequence[LookBack] = ()
    passages: Sequence[Passage] = ()
    scores: Sequence[Score] = ()
