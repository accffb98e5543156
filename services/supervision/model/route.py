"""To which unit a matter goes, by project, kind and place; and which planned site is nearest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.places import Point, metres

from .plan_content import Site, Task
from .routing import BY_LEAD


@dataclass(frozen=True)
class Occasion:
    """What is known of a matter when it is routed; ``lead_unit_id``: the project's lead unit."""

    project_id: str
    aspect: str
    kind: str | None
    division: str | None
    lead_unit_id: str
    tasks: Sequence[Task] = ()


def ways(content: dict[str, Any], occasion: Occasion) -> list[tuple[str, str]]:
    """The units to which it may go, each with the basis, the first that suits first.

    ``content``: of the rule ``routing``: its cases in order, then the unit that does the district's
    part (条块任务), then the project's lead unit.
    """
    found = [
        (case["unit_id"], f"rule:{number}")
        for number, case in enumerate(content["rules"], start=1)
        if _fits(case, occasion)
    ]
    if content["tasks"] and occasion.division is not None:
        found += [
            (task.unit_id, f"task:{task.code}")
            for task in occasion.tasks
            if task.division == occasion.division
        ]
    return [*found, (occasion.lead_unit_id, BY_LEAD)]


def _fits(case: dict[str, Any], occasion: Occasion) -> bool:
    said = {
        "kinds": occasion.kind,
        "divisions": occasion.division,
        "project_ids": occasion.project_id,
        "aspects": occasion.aspect,
    }
    return all(not case[name] or value in case[name] for name, value in said.items())


def nearest(
    sites: Iterable[tuple[str, Site]], point: Point, within: int
) -> tuple[str, Site, int] | None:
    """The planned site nearest to a point, with its project and whole metres; None: none near.

    Of several equally near the first by project and code.
    """
    found: list[tuple[str, Site, int]] = []
    for project_id, site in sites:
        there = site.place["longitude"], site.place["latitude"]
        far = within + 1 if None in there else round(metres(point, there))
        found += [(project_id, site, far)] if far <= within else []
    return min(found, key=lambda one: (one[2], one[0], one[1].code), default=None)
