"""Money, a change of each kind, and acceptance (资金、调整、验收), as projects come to an end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..request import Lane, Ref, Request, Step, single
from ..scene import Planned, Scene
from . import plans
from .implementation import completions
from .preparation import office, offices


def steps(scene: Scene) -> Iterator[Step]:
    """Payments, changes, then the acceptance of what is complete."""
    yield Step("资金拨付与支出", list(_payments(scene)))
    yield Step("项目调整", [_minor(scene), *_major(scene)])
    yield Step("验收", single(list(_acceptances(scene))))


def _payments(scene: Scene) -> Iterator[Lane]:
    """What was released in spring, and what of it was spent by autumn, all in whole millions."""
    rng, year = scene.rng("payments"), scene.figures.year
    for project in scene.projects:
        released, unit = rng.randint(8, 20), office(project.theme)
        sums = (
            ("released", released, dt.date(year, 4, 10)),
            ("spent", released - rng.randint(0, 3), dt.date(year, 10, 20)),
        )
        yield [
            Request(
                f"funds/{project.name}/{kind}",
                actors.unit(unit),
                "/v1/projects/{}/funds",
                {
                    "kind": kind,
                    "amount_yuan": millions * 1_000_000,
                    "source": "own-budget",
                    "unit_id": Ref(unit),
                    "document": "凭证(演示)",
                    "happened_on": str(day),
                },
                (project.id,),
            )
            for kind, millions, day in sums
        ]


def _minor(scene: Scene) -> Lane:
    """A safeguard is added: the lead unit does that by itself."""
    project = scene.projects[0]
    said = plans.content(scene, project) | {"safeguards": f"每周调度,按月公开。{texts.MARK}"}
    return [_proposal(scene, "change/minor", project, said, "safeguards")]


def _major(scene: Scene) -> Iterator[Lane]:
    """A site is given up, which the standing committee decides; only then the plan changes.

    It is announced, and reported to the congress only after the day of the report.
    """
    project = scene.projects[-1]
    said = plans.content(scene, project)
    if len(said["sites"]) < 2 or project == scene.projects[0]:
        return
    said["sites"] = said["sites"][:-1]
    day, of = scene.days.report_meeting, (Ref("change/major"),)
    decision = {
        "approved": True,
        "body": "standing-committee",
        "document": "关于调整项目点位的决定(演示)",
        "text": f"同意调整。{texts.MARK}",
        "happened_on": str(day + dt.timedelta(days=6)),
    }
    announcement = {
        "document": "公告(演示)",
        "happened_on": str(day + dt.timedelta(days=9)),
    }
    path, clerk = "/v1/changes/{}/", actors.CLERK
    yield [
        _proposal(scene, "change/major", project, said, "sites"),
        Request("change/major/decision", clerk, path + "decision", decision, of),
        Request("change/major/announcement", clerk, path + "announcement", announcement, of),
    ]


def _proposal(
    scene: Scene, name: str, project: Planned, content: dict[str, Any], what: str
) -> Request:
    reasons = {"safeguards": "加强调度", "sites": "用地条件变化"}
    body = {
        "kind": "adjust",
        "content": content,
        "ground": "other",
        "reason": f"{reasons[what]}。{texts.MARK}",
        "happened_on": str(scene.days.report_meeting),
    }
    by = actors.unit(office(project.theme))
    return Request(name, by, "/v1/projects/{}/changes", body, (project.id,))


def _acceptances(scene: Scene) -> Iterator[Request]:
    """Ten days after a sub-item was complete, but for the last: finished is not accepted."""
    done = iter(completions(scene))
    every = [
        (project, place, next(done))
        for project in scene.projects
        for place in range(len(project.items))
    ]
    for project, place, day in every[:-1]:
        if day is None or day > scene.figures.completed_by:
            continue
        body = {
            "sub_item_id": project.item_id(place),
            "unit_id": Ref(next(one for one in offices(scene) if one != office(project.theme))),
            "passed": True,
            "text": f"现场核验合格。{texts.MARK}",
            "document": "验收记录(演示)",
            "happened_on": str(day + dt.timedelta(days=10)),
        }
        name = f"acceptance/{project.name}/{place}"
        yield Request(name, actors.GOVERNMENT, "/v1/projects/{}/acceptances", body, (project.id,))
