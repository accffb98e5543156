"""Candidate projects (候选项目): put forward, most out of the reserve pool; revised, screened."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..request import Lane, Ref, Request
from ..scene import Planned, Scene
from . import pool, rules
from .preparation import office, offices
from .suggestions import point

_URGENCY = ("urgent", "important", "ordinary")
#: The one that goes back to the pool before the shortlist.
GIVEN_BACK = "candidate/given-back"


def propose(
    scene: Scene, candidate: Planned, year: int, day: dt.date, pool_entry: str | None = None
) -> Request:
    """The request that puts a candidate forward, perhaps out of the reserve pool."""
    theme, rng = candidate.theme, scene.rng(candidate.name)
    items = [
        {"name": name, "target": target, "unit_of_measure": measure}
        for name, target, measure in candidate.items
    ]
    body = {
        "year": year,
        "name": theme.project,
        "description": texts.candidate(theme, scene.figures.place),
        "aspect": theme.code,
        "lead_unit_id": Ref(office(theme)),
        "budget": _budget(rng, year),
        "due_on": str(dt.date(year, 12, 31)),
        "sub_items": items,
        "pool_entry_id": Ref(pool_entry) if pool_entry else None,
        "happened_on": str(day),
    }
    return Request(candidate.name, actors.GOVERNMENT, "/v1/candidates", body)


def lane(scene: Scene, number: int, candidate: Planned) -> Lane:
    """A candidate of the year with its whole plan, screened by two bodies."""
    days, theme = scene.days, candidate.theme
    entry = pool.entry(theme) if theme.code in pool.covered(scene) else None
    request = propose(scene, candidate, scene.figures.year, days.proposing, entry)
    request.body.update(_plan(scene, number, candidate))
    revised = [_revision(scene, request)] if candidate == scene.projects[0] else []
    return [request, *revised, *_screenings(scene, candidate)]


def given_back(scene: Scene) -> Lane:
    """One that does not come to the vote: it must not count, and waits in the pool again."""
    planned = Planned(GIVEN_BACK, scene.aside, [("前期研究", 1, "项")], chosen=False)
    day = scene.days.proposing
    said = {
        "reason": f"用地尚未落实,先回储备库。{texts.MARK}",
        "happened_on": str(day + dt.timedelta(days=1)),
    }
    of = (Ref(GIVEN_BACK),)
    return [
        propose(scene, planned, scene.figures.year, day, pool.entry(scene.aside)),
        Request(f"{GIVEN_BACK}/return", actors.GOVERNMENT, "/v1/candidates/{}/return", said, of),
    ]


def _budget(rng: random.Random, year: int) -> dict[str, Any]:
    """Whole millions; sources and years add up."""
    total = rng.randint(20, 900)
    this, city = total * rng.randint(50, 100) // 100, total * rng.randint(40, 90) // 100
    return {
        "total_yuan": total * 1_000_000,
        "year_yuan": this * 1_000_000,
        "funding_source": "财政资金(演示)",
        "sources": [
            {"source": "本级财政(演示)", "yuan": city * 1_000_000},
            {"source": "下级财政(演示)", "yuan": (total - city) * 1_000_000},
        ],
        "years": [
            {"year": year, "yuan": this * 1_000_000},
            {"year": year + 1, "yuan": (total - this) * 1_000_000},
        ],
    }


def _plan(scene: Scene, number: int, candidate: Planned) -> dict[str, Any]:
    rng, year = scene.rng(f"plan of {candidate.name}"), scene.figures.year
    others = [name for name in offices(scene) if name != office(candidate.theme)]
    divisions = sorted(scene.divisions.items())
    chosen = rng.sample(divisions, min(len(divisions), 3))
    plan: dict[str, Any] = {
        "goal": f"年内完成各子项,{candidate.theme.aspect}供给更加均衡。{texts.MARK}",
        "urgency": _URGENCY[number % len(_URGENCY)],
        "co_unit_ids": [Ref(name) for name in rng.sample(others, min(len(others), 2))],
        "places": [_place(code, name, rng) for code, name in chosen],
        "supporting": f"同步完善无障碍和停车条件。{texts.MARK}",
        "operation": f"建成后由属地管理,运行经费列入预算。{texts.MARK}",
    }
    if number % 3 == 0:
        plan["stages"] = [
            {"name": "建设", "goal": "完成建设(演示)", "due_on": str(dt.date(year, 10, 31))},
            {"name": "运行", "goal": "稳定运行(演示)", "due_on": str(dt.date(year + 1, 12, 31))},
        ]
    return plan


def _place(code: str, name: str, rng: random.Random) -> dict[str, Any]:
    # Here the day's survey has the point, in WGS-84; a suggestion's is as its sender's map has it.
    at = point(code, rng) | {"datum": "WGS-84"}
    return {"division": code, "name": f"{name}示范点(演示)"} | at


def _revision(scene: Scene, request: Request) -> Request:
    """More is promised of its first sub-item with a number, before anybody votes on it."""
    items = [
        item | {"id": Ref(request.name, ("sub_items", place, "id"))}
        for place, item in enumerate(request.body["sub_items"])
    ]
    # What was put forward first was less.
    for item in request.body["sub_items"]:
        if item["target"]:
            item["target"] = max(1, item["target"] * 4 // 5)
            break
    body = {
        "sub_items": items,
        "supporting": f"按代表意见提高目标并补充配套。{texts.MARK}",
        "reason": f"吸收代表协商意见。{texts.MARK}",
        "happened_on": str(scene.days.proposing + dt.timedelta(days=4)),
    }
    path, of = "/v1/candidates/{}/revision", (Ref(request.name),)
    expect = {"revision": 2}
    return Request(f"{request.name}/revision", actors.GOVERNMENT, path, body, of, expect=expect)


def _screenings(scene: Scene, candidate: Planned) -> Iterator[Request]:
    rng = scene.rng(f"screening of {candidate.name}")
    day = scene.days.proposing + dt.timedelta(days=6)
    bodies = (
        (actors.GOVERNMENT, f"{scene.level}政府办公厅(演示)"),
        (actors.CLERK, f"{scene.level}人大财政经济委员会(演示)"),
    )
    for number, (by, body) in enumerate(bodies):
        scores = {code: rng.randint(3, rules.MOST) for code, _, _ in rules.PRINCIPLES}
        said = {"scores": scores, "body": body, "happened_on": str(day)}
        path, of = "/v1/candidates/{}/screenings", (candidate.id,)
        yield Request(f"{candidate.name}/screening/{number}", by, path, said, of)
