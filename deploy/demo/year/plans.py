"""Implementation plans (实施计划): units, months, milestones, funds, sites, districts' tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..request import Ref, Request, Step, single
from ..scene import Planned, Scene
from .preparation import committee, office
from .suggestions import point

#: Districts that take a part of the first sub-item of a project (条块任务), where there are any.
_DISTRICTS = 3
#: The month by whose end everything is planned to be done.
_LAST_MONTH = 11


def steps(scene: Scene) -> Iterator[Step]:
    """A plan for every project, soon after the vote."""
    yield Step("实施计划", single([_plan(scene, project) for project in scene.projects]))


def divisions(scene: Scene, project: Planned) -> list[str]:
    """Where a project is carried out; the first few also have tasks, if they are districts."""
    codes = sorted(scene.divisions)
    return scene.rng(f"places of {project.name}").sample(codes, min(len(codes), _DISTRICTS))


def site(scene: Scene, project: Planned) -> dict[str, Any]:
    """The place of the first site of a project's plan."""
    code = divisions(scene, project)[0]
    return {"division": code} | point(code, scene.rng(f"sites of {project.name}"))


def has_tasks(scene: Scene) -> bool:
    """Whether the place has districts that can take tasks."""
    return scene.figures.code not in scene.divisions


def responsible(scene: Scene, project: Planned) -> str:
    """Who does the project at its first site: the district with a task there, or the lead."""
    if not has_tasks(scene):
        return office(project.theme)
    return committee(divisions(scene, project)[0])


def _plan(scene: Scene, project: Planned) -> Request:
    body = {"content": content(scene, project), "happened_on": str(scene.days.kick_off)}
    by = actors.unit(office(project.theme))
    path = "/v1/projects/{}/plans"
    return Request(f"plan/{project.name}", by, path, body, (project.id,), patient=True)


def content(scene: Scene, project: Planned) -> dict[str, Any]:
    """What the plan of a project says."""
    lead, places = Ref(office(project.theme)), divisions(scene, project)
    with_tasks = has_tasks(scene)
    units: list[dict[str, Any]] = [{"unit_id": lead, "role": "lead"}]
    if with_tasks:
        units += [
            {"unit_id": Ref(committee(code)), "role": "district", "division": code}
            for code in places
        ]
    rng, year = scene.rng(f"sites of {project.name}"), scene.figures.year
    return {
        "due_on": str(dt.date(year, 12, 31)),
        "units": units,
        "targets": [
            {"sub_item_id": project.item_id(place), "target": target}
            for place, (_, target, _) in enumerate(project.items)
        ],
        "monthly": list(_months(scene, project)),
        "milestones": [
            {"code": "begun", "name": "全面开工(演示)", "due_on": str(scene.days.month_end(4))},
            {"code": "half", "name": "进度过半(演示)", "due_on": str(scene.days.month_end(7))},
        ],
        "funds": {
            "total_yuan": Ref(project.name, ("budget", "total_yuan")),
            "years": [{"year": year, "yuan": Ref(project.name, ("budget", "year_yuan"))}],
        },
        "safeguards": f"成立专班,每月调度。{texts.MARK}",
        "sites": [
            {
                "code": f"site-{number}",
                "name": f"{scene.divisions[code]}点位(演示)",
                "place": {"division": code} | point(code, rng),
            }
            for number, code in enumerate(places, 1)
        ],
        "tasks": [
            {
                "code": f"task-{code}",
                "division": code,
                "unit_id": Ref(committee(code)),
                "sub_item_id": project.item_id(0),
                "share": 0.3,
            }
            for code in places
            if with_tasks
        ],
    }


def _months(scene: Scene, project: Planned) -> Iterator[dict[str, Any]]:
    """Month by month as much again, all of it by the last."""
    first = scene.days.kick_off.month
    for place, (_, target, _) in enumerate(project.items):
        for month in range(first, _LAST_MONTH + 1):
            share = (month - first + 1) / (_LAST_MONTH - first + 1)
            yield {
                "sub_item_id": project.item_id(place),
                "month": f"{scene.figures.year}-{month:02}",
                "quantity": None if target is None else int(target * share),
                "share": round(share, 3) if target is None else None,
            }
