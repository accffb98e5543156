"""The records that figures are counted from: light, read in bulk, each of one person or thing.

``happened_on`` is the day of the deed in each.  A figure as of a day sees only what is dated on or
before it; ``sequence`` is the order of recording, where a later record replaces an earlier one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .registers import Registers


@dataclass(frozen=True)
class Question:
    """What is asked: a year's figures as of a day, for one jurisdiction (GB/T 2260 code).

    ``completed_by``: the day for which completion is asked.
    """

    jurisdiction: str
    year: int
    as_of: dt.date
    completed_by: dt.date


@dataclass(frozen=True)
class SuggestionStep:
    """A suggestion as it stood after one step: submitted, sorted or matched.

    ``id``: the suggestion's, the same in each of its steps; ``version`` orders them.
    ``state``: submitted, accepted or returned.  ``sub_item_id``: the voted sub-item to which
    somebody matched it; None if to none or not yet.  ``happened_on``: the latest day in it.
    """

    id: str
    version: int
    year: int
    author_kind: str
    aspect: str
    state: str
    sub_item_id: str | None
    happened_on: dt.date


@dataclass(frozen=True)
class SuggestedProject:
    """A suggested project (建议项目) and the suggestions it was distilled from."""

    id: str
    year: int
    aspect: str
    suggestion_ids: tuple[str, ...]
    happened_on: dt.date


@dataclass(frozen=True)
class Deputy:
    """One person, with the congresses in which she holds a mandate; the day of enrolment."""

    id: str
    congresses: frozenset[str]
    happened_on: dt.date


@dataclass(frozen=True)
class Session:
    """A session of a congress; ``happened_on``: the day on which it opened."""

    id: str
    congress: str
    happened_on: dt.date


@dataclass(frozen=True)
class SignIn:
    """One deputy signed in at a session on a day."""

    id: str
    session_id: str
    deputy_id: str
    happened_on: dt.date


@dataclass(frozen=True)
class Result:
    """A certified result (票决结果); ``happened_on``: the day of the certification.

    ``voted_on``: the day of the first round, in which all stood.  ``candidates``: as the ballot
    service published them, those not chosen among them.
    """

    id: str
    year: int
    session_id: str
    method_title: str
    voted_on: dt.date
    candidates: tuple[dict[str, Any], ...]
    happened_on: dt.date


@dataclass(frozen=True)
class Project:
    """A project chosen by the vote; ``happened_on``: the day of the certification."""

    id: str
    year: int
    name: str
    lead_unit_id: str
    happened_on: dt.date


@dataclass(frozen=True)
class SubItem:
    """A sub-item of a project, in the order of its ``position``."""

    id: str
    project_id: str
    position: int
    name: str
    target: float | None
    unit_of_measure: str


@dataclass(frozen=True)
class Progress:
    """An entry of a sub-item's monthly progress."""

    id: str
    sub_item_id: str
    sequence: int
    month: str
    quantity: float | None
    share: float | None
    happened_on: dt.date


@dataclass(frozen=True)
class Group:
    """A supervision group of a project, with its members as they are recorded."""

    id: str
    project_id: str
    members: tuple[dict[str, Any], ...]
    liaison_officers: tuple[str, ...]
    happened_on: dt.date


@dataclass(frozen=True)
class Activity:
    """An activity of a year with its days; ``happened_on``: the day on which it was set."""

    id: str
    year: int
    kind: str
    name: str
    starts_on: dt.date
    ends_on: dt.date
    happened_on: dt.date


@dataclass(frozen=True)
class Visit:
    """A visit to a project, perhaps part of an activity."""

    id: str
    activity_id: str | None
    project_id: str
    kind: str
    happened_on: dt.date


@dataclass(frozen=True)
class Attendance:
    """One deputy at one visit."""

    id: str
    visit_id: str
    deputy_id: str
    happened_on: dt.date


@dataclass(frozen=True)
class Problem:
    """A problem found with a project."""

    id: str
    project_id: str
    visit_id: str | None
    happened_on: dt.date


@dataclass(frozen=True)
class Opinion:
    """An opinion, with the days on which it was handled and replied to."""

    id: str
    project_id: str
    deputy_id: str
    channel: str
    handled_on: dt.date | None
    replied_on: dt.date | None
    happened_on: dt.date


@dataclass(frozen=True)
class OnlineCheck:
    """A deputy looked at a project's progress online."""

    id: str
    deputy_id: str
    project_id: str
    happened_on: dt.date


@dataclass(frozen=True)
class Indicator:
    """An indicator that a unit declares about itself."""

    id: str
    year: int
    key: str
    name: str
    unit_of_measure: str
    declared_by: str
    happened_on: dt.date


@dataclass(frozen=True)
class IndicatorEntry:
    """What was declared for one month."""

    id: str
    indicator_id: str
    sequence: int
    month: str
    value: int
    happened_on: dt.date


@dataclass(frozen=True)
class Records:
    """All that the figures of a year are counted from; it may hold much that must not count."""

    suggestions: Sequence[SuggestionStep] = field(default=())
    suggested_projects: Sequence[SuggestedProject] = field(default=())
    deputies: Sequence[Deputy] = field(default=())
    sessions: Sequence[Session] = field(default=())
    sign_ins: Sequence[SignIn] = field(default=())
    results: Sequence[Result] = field(default=())
    projects: Sequence[Project] = field(default=())
    sub_items: Sequence[SubItem] = field(default=())
    progress: Sequence[Progress] = field(default=())
    groups: Sequence[Group] = field(default=())
    activities: Sequence[Activity] = field(default=())
    visits: Sequence[Visit] = field(default=())
    attendances: Sequence[Attendance] = field(default=())
    problems: Sequence[Problem] = field(default=())
    opinions: Sequence[Opinion] = field(default=())
    online_checks: Sequence[OnlineCheck] = field(default=())
    indicators: Sequence[Indicator] = field(default=())
    indicator_entries: Sequence[IndicatorEntry] = field(default=())
    registers: Registers = field(default_factory=Registers)
