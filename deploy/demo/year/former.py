"""A project of two years before, entered from the archive, and a look-back at it (回头看)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..request import Lane, Ref, Request, Step
from ..scene import Scene
from .preparation import office

PROJECT, _LOOK_BACK = "former/project", "former/look-back"


def steps(scene: Scene) -> Iterator[Step]:
    """The project; then it is visited, one part does not serve any more, and that is concluded."""
    yield Step(f"{scene.figures.year - 2}年项目归档、回头看", [_lane(scene)])


def _lane(scene: Scene) -> Lane:
    year, theme = scene.figures.year, scene.projects[0].theme
    of, looked = (Ref(_LOOK_BACK),), dt.date(year, 9, 18)
    name, _, measure = theme.items[0]
    project = {
        "year": year - 2,
        "name": f"{theme.project}(往年,演示)",
        "description": f"两年前的项目。{texts.MARK}",
        "aspect": theme.code,
        "lead_unit_id": Ref(office(theme)),
        "adopted_on": f"{year - 2}-02-20",
        "sub_items": [
            {
                "name": name,
                "target": 20,
                "unit_of_measure": measure,
                "quantity": 21,
                "reached_on": f"{year - 2}-11-20",
                "accepted_on": f"{year - 2}-12-10",
            }
        ],
        "source": {"title": f"{year - 2}年民生实事项目完成情况(演示)"},
        "happened_on": str(scene.days.kick_off),
    }
    visit = {
        "place": "往年项目点位(演示)",
        "unit_ids": [Ref(office(theme))],
        "text": f"实地查看。{texts.MARK}",
        "happened_on": str(looked),
    }
    finding = {
        "sub_item_id": Ref(PROJECT, ("sub_items", 0, "id")),
        "working": "not",
        "operator_name": "属地管理单位(演示)",
        "running_yuan": 0,
        "recommendations": [f"落实管护经费。{texts.MARK}"],
        "text": f"部分设施停用,无人管护。{texts.MARK}",
        "happened_on": str(looked),
    }
    conclusion = {
        "finding": f"未持续发挥作用,须整改。{texts.MARK}",
        "effective": False,
        "happened_on": str(looked + dt.timedelta(days=6)),
    }
    plan = {"project_id": Ref(PROJECT), "happened_on": str(scene.days.report_meeting)}
    clerk = actors.CLERK
    return [
        Request(PROJECT, clerk, "/v1/archived-projects", project, patient=True),
        Request(_LOOK_BACK, clerk, "/v1/planned-look-backs", plan),
        Request(f"{_LOOK_BACK}/visit", clerk, "/v1/look-backs/{}/visits", visit, of),
        Request(f"{_LOOK_BACK}/finding", clerk, "/v1/look-backs/{}/findings", finding, of),
        Request(f"{_LOOK_BACK}/conclusion", clerk, "/v1/look-backs/{}/conclusion", conclusion, of),
    ]
