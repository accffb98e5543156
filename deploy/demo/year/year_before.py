"""The cycle of the year before, in short: its vote and its project must not count in this one."""

from __future__ import annotations

from collections.abc import Iterator

from .. import actors, catalogue, texts
from ..count import count
from ..request import Request, Step, single
from ..scene import Planned, Scene
from . import vote
from .candidates import propose
from .preselection import shortlist

METHOD = "method/before"


def project(scene: Scene) -> Planned:
    """The project that was chosen the year before; it is completed in this year only."""
    theme = scene.aside
    return Planned("candidate/before", theme, catalogue.sub_items(theme, 1), chosen=True)


def steps(scene: Scene) -> Iterator[Step]:
    """A session with a bare quorum, one candidate, one project, completed late."""
    figures, day, planned = scene.figures, scene.days.session_before, project(scene)
    year, roll = figures.year - 1, len(scene.who.roll)
    proposed = propose(scene, planned, year, scene.days.enrolment)
    quorum = -(-2 * roll // 3)
    attending = scene.some(scene.rng("before"), scene.who.roll, quorum)
    counted = count([planned], roll=roll, present=quorum, rng=scene.rng("count before"))
    yield Step(
        f"{year}年:候选与大会(不应计入)",
        [
            [proposed, *shortlist("shortlist/before", year, [planned.name], day)],
            vote.method(METHOD, scene, year, 1, (day, day, day)),
            [
                vote.session("session/before", scene, day, day, ordinal=2),
                *vote.officers("session/before", scene, day),
            ],
        ],
    )
    yield Step(f"{year}年:签到", single(vote.sign_ins(attending, "session/before", day)))
    voted = vote.ballot("ballot/before", "session/before", "shortlist/before", METHOD, day, counted)
    yield Step(f"{year}年:票决与迟到的完成", [[*voted, *_late(scene, planned)]])


def _late(scene: Scene, planned: Planned) -> Iterator[Request]:
    _, target, _ = planned.items[0]
    rng, year = scene.rng("late completion"), scene.figures.year
    stations = ((f"{year - 1}-12", 0.6, f"{year - 1}-12-30"), (f"{year}-06", 1.0, f"{year}-06-20"))
    for month, share, day in stations:
        body = {
            "sub_item_id": planned.item_id(0),
            "month": month,
            "quantity": int((target or 0) * share) if target else None,
            "share": None if target else share,
            "text": texts.progress(planned.items[0][0], share == 1, rng),
            "happened_on": day,
        }
        name = f"progress/before/{month}"
        by, path = actors.GOVERNMENT, "/v1/projects/{}/progress"
        yield Request(name, by, path, body, (planned.id,), patient=True)
