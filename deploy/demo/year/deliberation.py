"""Deliberation (审议): opinions of deputies and delegations, and what departments answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..people import delegations
from ..request import Actor, Lane, Ref, Request
from ..scene import Planned, Scene
from .implementation import unit_of

CRITERIA = ("necessity", "feasibility", "fiscal-capacity")
_TAKEN_UP = ("yes", "partly", "no")


def lane(scene: Scene, number: int, candidate: Planned) -> Lane:
    """Of each criterion one deputy's opinion, and a delegation's; all but a few are answered."""
    requests = list(_deputies(scene, candidate))
    requests.append(_delegation(scene, number, candidate))
    for place, opinion in enumerate(list(requests)):
        if (number + place) % 5:
            requests.append(_answer(scene, number, place, candidate, opinion))
    return requests


def at_session(scene: Scene, number: int, candidate: Planned) -> Request:
    """A delegation's opinion at the session itself, when the list is frozen already."""
    day = scene.days.session[0]
    said = {"delegation": _of(scene, number + 1), "phase": "in-session"}
    return _opinion(scene, candidate, "session", CRITERIA[number % 3], actors.CLERK, day, said)


def _deputies(scene: Scene, candidate: Planned) -> Iterator[Request]:
    rng, day = scene.rng(f"deliberation of {candidate.name}"), scene.days.deliberation
    for criterion in CRITERIA:
        person = rng.choice(scene.who.roll)
        by, said = actors.deputy(person.name), {"deputy_id": Ref(person.name)}
        yield _opinion(scene, candidate, criterion, criterion, by, day, said)


def _delegation(scene: Scene, number: int, candidate: Planned) -> Request:
    criterion, day = CRITERIA[number % 3], scene.days.deliberation
    said = {"delegation": _of(scene, number)}
    return _opinion(scene, candidate, "delegation", criterion, actors.CLERK, day, said)


def _of(scene: Scene, number: int) -> str:
    names = delegations(scene.figures)
    return names[number % len(names)]


def _opinion(
    scene: Scene,
    candidate: Planned,
    name: str,
    criterion: str,
    by: Actor,
    day: dt.date,
    said: dict[str, Any],
) -> Request:
    rng = scene.rng(f"opinion {candidate.name}/{name}")
    body = said | {
        "criterion": criterion,
        "text": texts.deliberation(criterion, candidate.theme, rng),
        "happened_on": str(day),
    }
    path = "/v1/candidates/{}/opinions"
    return Request(f"{candidate.name}/opinion/{name}", by, path, body, (candidate.id,))


def _answer(scene: Scene, number: int, place: int, candidate: Planned, opinion: Request) -> Request:
    """What the lead unit answers; the opinion is the last one in the answer to its request."""
    _, by = unit_of(candidate)
    said = {
        "text": f"意见已研究,将在实施方案中落实。{texts.MARK}",
        "adopted": _TAKEN_UP[(number + place) % 3],
        "happened_on": str(scene.days.deliberation + dt.timedelta(days=2)),
    }
    of = (candidate.id, Ref(opinion.name, ("opinions", place, "id")))
    path = "/v1/candidates/{}/opinions/{}/answer"
    return Request(f"{opinion.name}/answer", by, path, said, of)
