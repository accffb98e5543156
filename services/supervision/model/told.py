"""What was told of a sub-item's progress by a day."""

from __future__ import annotations

import datetime as dt

from .monthly import Reached, standing
from .project import Project


def told(project: Project, sub_item_id: str, on: dt.date) -> list[Reached]:
    """The project's own entries for a sub-item by a day; a district's part is never counted in."""
    return [
        entry
        for entry in project.progress
        if entry.sub_item_id == sub_item_id
        and entry.happened_on <= on
        and getattr(entry, "task_code", None) is None
    ]


def last_told(project: Project, sub_item_id: str, on: dt.date) -> Reached | None:
    """The standing entry of the latest month; None before the first."""
    entries = standing(told(project, sub_item_id, on), lambda _: None)
    return max(entries, key=lambda entry: entry.month, default=None)
