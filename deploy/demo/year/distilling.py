"""Suggested projects (建议项目): distilled from suggestions, handed to units (凝练、交办)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from .. import actors, catalogue, texts
from ..catalogue import Theme
from ..request import Lane, Ref, Request, Step, look, single
from ..scene import Scene
from . import collection, imported
from .preparation import office, offices
from .suggestions import ref

_PATH = "/v1/suggested-projects"


@dataclass(frozen=True)
class Distilled:
    """A suggested project as planned: ``suggestions`` by their names, ``more``: taken in later."""

    name: str
    theme: Theme
    number: int
    suggestions: list[str]
    more: list[str]

    @property
    def members(self) -> list[str]:
        """The names of all its suggestions."""
        return [*self.suggestions, *self.more]


def steps(scene: Scene) -> Iterator[Step]:
    """The projects, their further members, and the units that must answer."""
    projects = distilled(scene)
    requests = [_distil(scene, one, scene.days.distilling) for one in projects]
    yield Step("凝练建议项目", single([*requests, *_not_counted(scene)]))
    more = [_more(scene, one) for one in projects if one.more]
    yield Step("归并同类建议", single(more))
    yield Step("交办", [_handed_over(scene, n, one) for n, one in enumerate(projects)])


def distilled(scene: Scene) -> list[Distilled]:
    """Those whose aspects count, from deputies' suggestions and residents'.

    The first about a theme takes in all else that is about it; no suggestion is merged away.
    """
    rng = scene.rng("suggested projects")
    deputies, residents = collection.counted(scene), collection.residents(scene)
    everything = [*deputies, *residents, *imported.accepted(scene)]
    projects = []
    for number in range(scene.figures["intake.proposed_project_aspects"]):
        theme = catalogue.theme(number)
        for again in range(1 + (number % 3 == 0)):
            own = _about(theme, deputies, rng) + _about(theme, residents, rng)[:1]
            rest = [name for name, about in everything if about.code == theme.code]
            more = [name for name in rest if name not in own] if again == 0 else []
            name = f"suggested/{theme.code}/{again + 1}"
            projects.append(Distilled(name, theme, again + 1, own, more))
    return projects


def _not_counted(scene: Scene) -> Iterator[Request]:
    """Suggested projects that must not count: from residents alone, of another year, too late."""
    aside, days, year = scene.aside, scene.days, scene.figures.year
    others = [
        ("suggested/residents", "suggestion/resident/1", days.distilling, year),
        (f"suggested/{year + 1}", f"suggestion/{year + 1}/0", days.report_meeting, year + 1),
        ("suggested/late", collection.counted(scene)[0][0], days.later, year),
    ]
    for number, (name, suggestion, day, of_year) in enumerate(others):
        request = _distil(scene, Distilled(name, aside, number, [suggestion], []), day)
        request.body["year"] = of_year
        yield request


def _about(theme: Theme, named: list[tuple[str, Theme]], rng: random.Random) -> list[str]:
    own = [name for name, about in named if about.code == theme.code]
    if not own:
        return [rng.choice(named)[0]]
    return rng.sample(own, min(len(own), rng.randint(2, 6)))


def _distil(scene: Scene, one: Distilled, day: dt.date) -> Request:
    title, text = texts.suggested_project(one.theme, scene.figures.place, one.number)
    body = {
        "year": scene.figures.year,
        "title": title,
        "aspect": one.theme.code,
        "text": text,
        "suggestion_ids": [ref(name) for name in one.suggestions],
        "happened_on": str(day),
    }
    return Request(one.name, actors.CLERK, _PATH, body)


def _more(scene: Scene, one: Distilled) -> Request:
    body = {
        "suggestion_ids": [ref(name) for name in one.more],
        "reason": f"内容同属{one.theme.aspect}。{texts.MARK}",
        "happened_on": str(scene.days.distilling + dt.timedelta(days=2)),
    }
    path = f"{_PATH}/{{}}/members"
    return Request(f"{one.name}/members", actors.CLERK, path, body, (Ref(one.name),))


def _handed_over(scene: Scene, number: int, one: Distilled) -> Lane:
    """To the office of its theme; the second went to a wrong one first, every third to two."""
    own, others = office(one.theme), [name for name in offices(scene) if name != office(one.theme)]
    day = scene.days.handing_over
    if number == 1 and others:
        wrong = others[0]
        return [
            _hand_over(one, wrong, [], number, day),
            *_returned(one, wrong, day + dt.timedelta(days=3)),
            _hand_over(one, own, [], number, day + dt.timedelta(days=4), again="/again"),
        ]
    beside = others[number % len(others)] if number % 3 == 2 and others else None
    lane = [_hand_over(one, own, [beside] if beside else [], number, day)]
    return lane + (list(_opinion(one, beside, day + dt.timedelta(days=20))) if beside else [])


def _hand_over(
    one: Distilled, unit: str, beside: list[str], number: int, day: dt.date, again: str = ""
) -> Request:
    body = {
        "unit_id": Ref(unit),
        "co_handling_unit_ids": [Ref(name) for name in beside],
        "document_number": f"演示交办〔{day.year}〕{number + 1}号",
        "happened_on": str(day),
    }
    path = f"{_PATH}/{{}}/handover"
    return Request(f"{one.name}/handover{again}", actors.CLERK, path, body, (Ref(one.name),))


def _returned(one: Distilled, wrong: str, day: dt.date) -> Iterator[Request]:
    said = {"reason": f"不属于本单位职责。{texts.MARK}", "happened_on": str(day)}
    return _at_handover(one, "lead", wrong, "return", said)


def _opinion(one: Distilled, beside: str, day: dt.date) -> Iterator[Request]:
    said = {"text": f"同意主办单位意见,将配合落实。{texts.MARK}", "happened_on": str(day)}
    return _at_handover(one, "co-handling", beside, "opinion", said)


def _at_handover(
    one: Distilled, role: str, unit: str, what: str, said: dict[str, str]
) -> Iterator[Request]:
    """What a unit does with its handover, which is found by its role."""
    found, by = f"{one.name}/{role}", actors.unit(unit)
    yield look(found, actors.CLERK, f"{_PATH}/{{}}/handovers", Ref(one.name))
    of = (Ref(found, ("items", ("role", role), "id")),)
    yield Request(f"{one.name}/{what}", by, f"/v1/handovers/{{}}/{what}", said, of)
