"""Implementation (实施): groups, meetings, and the monthly progress of every sub-item."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from .. import actors, catalogue, texts
from ..days import between
from ..people import by_elections
from ..request import Actor, Lane, Ref, Request, Step, single
from ..scene import Planned, Scene
from .preparation import committee, office, organ


def steps(scene: Scene) -> Iterator[Step]:
    """Everything between the vote and the report that is not supervision by deputies."""
    late = by_elections(scene.figures, scene.days, scene.who, scene.rng("late names"))
    yield Step("监督小组、会议、补选代表", [*single([*_groups(scene), *_meetings(scene)]), *late])
    yield Step("逐月进展", list(_progress(scene)))


def _groups(scene: Scene) -> Iterator[Request]:
    rng = scene.rng("groups")
    districts = sorted(catalogue.districts(scene.figures.code))
    for number, project in enumerate(scene.projects[: scene.figures["supervision.groups"]]):
        members: list[dict[str, Any]] = [{"kind": "city-organ", "unit_id": Ref(organ(number))}]
        if districts:
            code = districts[number % len(districts)]
            members.append({"kind": "district-committee", "unit_id": Ref(committee(code))})
        for person in scene.some(rng, scene.who.roll, 4):
            members.append({"kind": "deputy", "deputy_id": Ref(person.name)})
        body = {
            "project_id": project.id,
            "name": f"{project.theme.project}监督小组(演示)",
            "members": members,
            "liaison_officers": [f"联络员{number + 1}甲(虚构)", f"联络员{number + 1}乙(虚构)"],
            "happened_on": str(scene.days.kick_off),
        }
        yield Request(f"group/{project.name}", actors.CLERK, "/v1/groups", body, patient=True)


def _meetings(scene: Scene) -> Iterator[Request]:
    days, place = scene.days, scene.figures.place
    held = [
        ("kick-off", f"{place}民生实事项目监督部署会(演示)", days.kick_off),
        *(("regular", f"{month}月工作例会(演示)", days.month_end(month)) for month in (4, 6, 10)),
        ("report-meeting", "“一府两院”工作情况报告会(演示)", days.report_meeting),
        ("standing-committee", f"{place}人大常委会会议(演示)", days.as_of),
        ("regular", "次年1月工作例会(演示)", days.later),
    ]
    for kind, name, day in held:
        body = {
            "kind": kind,
            "name": name,
            "text": f"{name}。{texts.MARK}",
            "happened_on": str(day),
        }
        yield Request(meeting(day), actors.CLERK, "/v1/meetings", body)


def _progress(scene: Scene) -> Iterator[Lane]:
    """A lane per project: entries of one project follow one another."""
    done = completions(scene)
    rng = scene.rng("progress")
    number = 0
    for project in scene.projects:
        lane: Lane = []
        for place in range(len(project.items)):
            lane += _of_item(scene, project, place, done[number], rng)
            if number == 0:
                lane.append(_correction(scene, project, rng))
            number += 1
        yield lane


def completions(scene: Scene) -> list[dt.date | None]:
    """The day on which each sub-item is complete: the figure's number in time, the others late.

    In the order of the projects; the first is complete on the last day that counts.
    """
    figures, rng = scene.figures, scene.rng("completions")
    in_time, by = figures[figures.completed_key], figures.completed_by
    total = figures["supervision.sub_items"]
    earliest = min(dt.date(figures.year, 5, 8), by)
    days: list[dt.date | None] = [between(rng, earliest, by) for _ in range(in_time)]
    if days:
        days[0] = by
    # What is late is complete a day after the last that counts, or never in the year.
    late = by + dt.timedelta(days=1)
    return days + [late if n % 2 == 0 else None for n in range(total - in_time)]


def _of_item(
    scene: Scene, project: Planned, place: int, done: dt.date | None, rng: random.Random
) -> Iterator[Request]:
    """Entries at the ends of months, growing to the target on the day ``done``, and past it."""
    last = done or scene.days.month_end(12)
    ends = [end for end in map(scene.days.month_end, range(3, 13)) if end < last]
    share = 0.0
    for number, end in enumerate(ends):
        # A bare beginning first, never the whole before its day, and never less than before.
        grown = 0.05 + 0.9 * (number + 1) / (len(ends) + 1) * rng.uniform(0.85, 1.0)
        share = max(share, min(0.97, grown))
        yield _entry(scene, project, place, end, share, rng)
    if done:
        yield _entry(scene, project, place, done, 1.0, rng)
        after = dt.date(scene.figures.year, 12, 26)
        if (done.year, done.month) < (after.year, after.month):
            # Work goes on after the target is reached; nothing is completed a second time.
            yield _entry(scene, project, place, after, 1.08, rng)


def _correction(scene: Scene, project: Planned, rng: random.Random) -> Request:
    """The first sub-item's first entry again: it replaces one, and is no completion either."""
    end = scene.days.month_end(3)
    return _entry(scene, project, 0, end, 0.1, rng, again=True)


def _entry(
    scene: Scene,
    project: Planned,
    place: int,
    day: dt.date,
    share: float,
    rng: random.Random,
    *,
    again: bool = False,
) -> Request:
    name, target, _ = project.items[place]
    body = {
        "sub_item_id": project.item_id(place),
        "month": f"{day:%Y-%m}",
        "quantity": None if target is None else _quantity(target, share),
        "share": round(min(share, 1.0), 3) if target is None else None,
        "text": texts.progress(name, share >= 1, rng),
        "happened_on": str(day),
    }
    request = f"progress/{project.name}/{place}/{day}" + ("/again" if again else "")
    by = actors.unit(office(project.theme))
    return Request(request, by, "/v1/projects/{}/progress", body, (project.id,), patient=True)


def _quantity(target: int, share: float) -> int:
    """So much of the target, in whole units; only a whole share reaches it."""
    if share >= 1:
        return round(target * share)
    return min(int(target * share), target - 1)


def meeting(day: dt.date) -> str:
    """The name of the request that records a meeting."""
    return f"meeting/{day}"


def unit_of(project: Planned) -> tuple[str, Actor]:
    """The office that leads a project, by its registration, and somebody of it."""
    return office(project.theme), actors.unit(office(project.theme))
