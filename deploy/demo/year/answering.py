"""Answers (答复): together and apart, judged by those who get them, given again when need be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..catalogue import Theme
from ..days import between
from ..request import Actor, Lane, Ref, Request, Step, look, single
from ..scene import Scene
from . import collection, distilling, imported, suggestions
from .distilling import Distilled
from .preparation import office
from .suggestions import ref

#: How many deputies and residents say what they think of their answers.
_JUDGING = 8
#: The places of the projects whose answer promises something, and comes after an extension.
_PROMISING, _EXTENDED = 1, 3


def steps(scene: Scene) -> Iterator[Step]:
    """Every suggestion but two is answered, and every suggested project but one."""
    # One after another: a suggestion may stand in several projects.
    yield Step("并案答复", [[r for one in _projects(scene) for r in _together(scene, *one)]])
    yield Step("逐件答复", single(list(_apart(scene))))
    yield Step("对答复的评价", list(_judgements(scene)))
    yield Step("再次答复、兑现承诺", [list(_again(scene))])


def _projects(scene: Scene) -> list[tuple[int, Distilled]]:
    """The projects that are answered, counted; the last second one about a theme waits.

    The deadline of what waits passes, so that there is something overdue to be seen.
    """
    every = distilling.distilled(scene)
    waiting = [one for one in every if one.number == 2][-1:]
    return list(enumerate(one for one in every if one not in waiting))


def _together(scene: Scene, place: int, one: Distilled) -> Iterator[Request]:
    first, last = scene.days.answering
    day = between(scene.rng(f"answer to {one.name}"), first, last)
    if place == _PROMISING:
        yield _answer(one, "answer", "B", day, promised_on=str(_promised(scene)))
    elif place == _EXTENDED:
        said = {
            "reason": f"涉及多个部门,需进一步会商。{texts.MARK}",
            "happened_on": str(first),
        }
        path, by = "/v1/suggested-projects/{}/extension", actors.unit(office(one.theme))
        yield Request(f"{one.name}/extension", by, path, said, (Ref(one.name),))
        yield _answer(one, "answer", "A", dt.date(scene.figures.year, 6, 8))
    else:
        apart = [ref(name) for name in _left_apart(scene) if name in one.members]
        yield _answer(one, "answer", "ACD"[place % 3], day, apart=apart)


def _promised(scene: Scene) -> dt.date:
    return dt.date(scene.figures.year, 9, 28)


def _answer(one: Distilled, what: str, result: str, day: dt.date, **more: Any) -> Request:
    said = more | {
        "text": texts.answered(result, one.theme),
        "result": result,
        "happened_on": str(day),
    }
    path, by = "/v1/suggested-projects/{}/answer", actors.unit(office(one.theme))
    return Request(f"{one.name}/{what}", by, path, said, (Ref(one.name),))


def _left_apart(scene: Scene) -> list[str]:
    """A deputy's suggestion that is answered apart: of one project only, and not alone in it."""
    every = distilling.distilled(scene)
    deputies = {name for name, _ in collection.counted(scene)}
    for place, one in _projects(scene):
        elsewhere = {name for other in every if other != one for name in other.members}
        own = [name for name in one.members if name in deputies - elsewhere]
        if place not in (_PROMISING, _EXTENDED) and own and len(one.members) > 1:
            return own[:1]
    return []


def _apart(scene: Scene) -> Iterator[Request]:
    """The one that was left apart, and all that stand in no project; two of them are forgotten.

    What was handed to no unit is answered by the government for the one that it concerns.
    """
    themes = dict(_accepted(scene))
    in_projects = {name for one in distilling.distilled(scene) for name in one.members}
    rng, year = scene.rng("answers apart"), scene.figures.year
    for name in _left_apart(scene):
        yield _answered(name, "answer", themes[name], "C", scene.days.answering[1])
    alone = [name for name in themes if name not in in_projects]
    for name in alone[:-2]:
        day = between(rng, dt.date(year, 2, 1), dt.date(year, 2, 24))
        yield _answered(name, "answer", themes[name], "D", day, by=actors.GOVERNMENT)
    for number in range(2):
        day = scene.days.enrolment + dt.timedelta(days=60)
        name = f"suggestion/{year - 1}/{number}"
        yield _answered(name, "answer", scene.aside, "D", day, by=actors.GOVERNMENT)


def _accepted(scene: Scene) -> list[tuple[str, Theme]]:
    """All accepted suggestions of the year with their themes."""
    return [
        *collection.counted(scene),
        *collection.residents(scene),
        *imported.accepted(scene),
    ]


def _answered(
    name: str, what: str, theme: Theme, result: str, day: dt.date, by: Actor | None = None
) -> Request:
    said = {
        "unit_id": Ref(office(theme)),
        "text": texts.answered(result, theme),
        "result": result,
        "happened_on": str(day),
    }
    by = by or actors.unit(office(theme))
    return suggestions.act(name, what, "answers", said, by=by)


def _judgements(scene: Scene) -> Iterator[Lane]:
    """Deputies and residents judge; who was answered apart is not satisfied."""
    early = {name for place, one in _projects(scene) for name in one.members if place != _EXTENDED}
    day = scene.days.answering[1] + dt.timedelta(days=3)
    left = _left_apart(scene)
    for name in left:
        reason = f"答复未说明不能解决的具体原因。{texts.MARK}"
        yield _judged(name, "", 0, _author(scene, name), "not", day, reason=reason)
    judging = [name for name, _ in collection.counted(scene) if name in early][:_JUDGING]
    judging += [name for name in _own_residents(scene) if name in early][:_JUDGING]
    for number, name in enumerate(name for name in judging if name not in left):
        judgement = "basically" if number % 4 == 3 else "satisfied"
        yield _judged(name, "", 0, _author(scene, name), judgement, day)


def _own_residents(scene: Scene) -> list[str]:
    """The residents' suggestions that they made themselves."""
    channels = suggestions.RESIDENTS_CHANNELS
    return [
        name
        for number, (name, _) in enumerate(collection.residents(scene))
        if channels[number % len(channels)] not in suggestions.ON_BEHALF
    ]


def _author(scene: Scene, name: str) -> Actor:
    residents = [one for one, _ in collection.residents(scene)]
    if name in residents:
        return actors.resident(residents.index(name))
    return actors.deputy(suggestions.author(scene, name).name)


def _judged(
    name: str, again: str, place: int, by: Actor, judgement: str, day: dt.date, **more: str
) -> Lane:
    """The answers to a suggestion are looked at, and one of them is judged."""
    found = f"{name}/answers{again}"
    said = {"judgement": judgement, "happened_on": str(day)} | more
    of = (Ref(found, ("items", place, "id")),)
    return [
        look(found, by, f"{suggestions.PATH}/{{}}/answers", ref(name)),
        Request(f"{name}/judgement{again}", by, "/v1/answers/{}/judgement", said, of),
    ]


def _again(scene: Scene) -> Iterator[Request]:
    """Who was not satisfied is answered once more; what was promised is answered as done."""
    day = scene.days.answering[1] + dt.timedelta(days=20)
    themes = dict(_accepted(scene))
    for name in _left_apart(scene):
        yield _answered(name, "answer/again", themes[name], "A", day)
        after = day + dt.timedelta(days=3)
        yield from _judged(name, "/again", 1, _author(scene, name), "satisfied", after)
    for place, one in _projects(scene):
        if place == _PROMISING:
            yield _answer(one, "answer/kept", "A", _promised(scene) - dt.timedelta(days=2))
