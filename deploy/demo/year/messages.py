"""Residents' messages on projects' public pages (群众留言): moderated, answered, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..request import Lane, Ref, Request, Step
from ..scene import Scene
from .preparation import office

#: Residents who leave a message; others of their numbers made suggestions.
_FIRST, _MESSAGES = 900, 5


def steps(scene: Scene) -> Iterator[Step]:
    """A few of them; the last is advertisement."""
    yield Step("群众留言", list(_messages(scene)))


def _messages(scene: Scene) -> Iterator[Lane]:
    for number in range(_MESSAGES):
        project = scene.projects[number % len(scene.projects)]
        day = scene.days.month_end(9) + dt.timedelta(days=number)
        name, of = f"message/{number}", (Ref(f"message/{number}"),)
        body = {
            "project_id": project.id,
            "text": f"请问何时能用上?{texts.MARK}",
            "contact": texts.contact(_FIRST + number),
            "happened_on": str(day),
        }
        by = actors.resident(_FIRST + number)
        lane = [Request(name, by, "/v1/messages", body, patient=True)]
        if number == _MESSAGES - 1:
            refused = {"reason_code": "advertisement", "happened_on": _after(day, 1)}
            path = "/v1/messages/{}/refusal"
            yield [*lane, Request(f"{name}/refusal", actors.CLERK, path, refused, of)]
            continue
        approved = {"happened_on": _after(day, 1)}
        answer = {
            "unit_id": Ref(office(project.theme)),
            "text": f"年内开放。{texts.MARK}",
            "happened_on": _after(day, 4),
        }
        unit = actors.unit(office(project.theme))
        yield [
            *lane,
            Request(f"{name}/approval", actors.CLERK, "/v1/messages/{}/approval", approved, of),
            Request(f"{name}/answer", unit, "/v1/messages/{}/answer", answer, of),
        ]


def _after(day: dt.date, days: int) -> str:
    return str(day + dt.timedelta(days=days))
