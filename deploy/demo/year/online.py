"""Online supervision (线上监督) all year round, and the indicators that departments declare."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from .. import actors, catalogue
from ..days import between
from ..people import Person
from ..request import Lane, Ref, Request, Step
from ..scene import Planned, Scene
from . import year_before
from .preparation import office
from .week import answer, opinion


def steps(scene: Scene) -> Iterator[Step]:
    """Opinions with what became of them, checks, and what must not count; then indicators."""
    yield Step("线上监督:意见建议、处理与回复", [*_opinions(scene), *_others(scene)])
    yield Step("线上监督:查看进展", list(_checks(scene)))
    yield Step("部门申报指标", list(_indicators(scene)))


def _people(scene: Scene) -> list[Person]:
    count = scene.figures["supervision.online.city_deputies"]
    return scene.rng("online").sample(scene.who.roll, count)


def _projects(scene: Scene) -> list[Planned]:
    return scene.projects[: scene.figures["supervision.online.projects_covered"]]


def _day(scene: Scene, rng: random.Random) -> dt.date:
    """A day on which projects are under way and a reply can still come within the year."""
    return between(rng, dt.date(scene.figures.year, 3, 10), dt.date(scene.figures.year, 11, 20))


def _opinions(scene: Scene) -> Iterator[Lane]:
    """The year's online opinions: the figure's number handled and replied to, the others not."""
    people, projects, rng = _people(scene), _projects(scene), scene.rng("online opinions")
    answered = scene.figures["supervision.online.opinions_handled_and_replied"]
    # Some of those who take part raise nothing and only look.
    raising = people[: max(1, len(people) * 4 // 5)]
    for number in range(scene.figures["supervision.online.opinions"]):
        person, project = raising[number % len(raising)], projects[number % len(projects)]
        name, day = f"opinion/online/{number:04}", _day(scene, rng)
        lane = [opinion(scene, name, person, project, "online", day, rng)]
        if number < answered:
            handled = between(rng, day, day + dt.timedelta(days=20))
            replied = between(rng, handled, day + dt.timedelta(days=30))
            lane.append(answer(name, project, "handling", handled, rng))
            lane.append(answer(name, project, "reply", replied, rng))
            lane.append(_judged(name, person, number, replied))
        else:
            lane += _half(scene, name, project, day, number - answered, rng)
        yield lane


def _judged(name: str, person: Person, number: int, replied: dt.date) -> Request:
    """What the deputy thinks of the reply; what satisfies her settles it."""
    body = {
        "judgement": "basically" if number % 8 == 0 else "satisfied",
        "happened_on": str(replied + dt.timedelta(days=2)),
    }
    by, path = actors.deputy(person.name), "/v1/opinions/{}/judgement"
    return Request(f"{name}/judgement", by, path, body, (Ref(name),))


def _half(
    scene: Scene, name: str, project: Planned, day: dt.date, number: int, rng: random.Random
) -> Iterator[Request]:
    """Handled but not replied to; the reverse; replied to after the report's day; neither."""
    case, soon = number % 4, day + dt.timedelta(days=15)
    if case in (0, 2):
        yield answer(name, project, "handling", soon, rng)
    if case == 1:
        yield answer(name, project, "reply", soon, rng)
    if case == 2:
        yield answer(name, project, "reply", scene.days.later, rng)


def _others(scene: Scene) -> Iterator[Lane]:
    """Online opinions of districts' deputies, on last year's project, and of the next year."""
    rng, day = scene.rng("other online opinions"), scene.days.report_meeting
    before = year_before.project(scene)
    cases = [
        *((person, scene.projects[0], day) for person in scene.who.below[-2:]),
        *((person, before, day) for person in scene.who.late),
        *((person, scene.projects[0], scene.days.later) for person in scene.who.late),
    ]
    for number, (person, project, on) in enumerate(cases):
        name = f"opinion/online/other/{number}"
        yield [
            opinion(scene, name, person, project, "online", on, rng),
            answer(name, project, "handling", on, rng),
            answer(name, project, "reply", on, rng),
        ]


def _checks(scene: Scene) -> Iterator[Lane]:
    """Everybody who takes part looked at least once, and every covered project was seen."""
    people, projects, rng = _people(scene), _projects(scene), scene.rng("checks")
    for number in range(max(len(people), len(projects)) if people else 0):
        person, project = people[number % len(people)], projects[number % len(projects)]
        yield [_check(f"check/{number:04}", person, project, _day(scene, rng))]
    for number, person in enumerate(scene.who.late):
        yield [_check(f"check/late/{number}", person, scene.projects[-1], scene.days.later)]
    for number, person in enumerate(scene.who.below[-3:]):
        yield [_check(f"check/below/{number}", person, scene.projects[-1], _day(scene, rng))]


def _check(name: str, person: Person, project: Planned, day: dt.date) -> Request:
    body = {"deputy_id": Ref(person.name), "project_id": project.id, "happened_on": str(day)}
    by = actors.deputy(person.name)
    return Request(name, by, "/v1/online-checks", body, patient=True)


def _indicators(scene: Scene) -> Iterator[Lane]:
    year = scene.figures.year
    for expected in scene.figures.declared:
        key = expected.key.removeprefix("declared.")
        lane = _indicator(scene, key, year, expected.target)
        # What was declared for the year before is another indicator, and does not count.
        yield lane
        yield _indicator(scene, key, year - 1, 100)[:2]


def _indicator(scene: Scene, key: str, year: int, total: int) -> Lane:
    """The indicator, then month by month what adds up to ``total`` by the day of the report."""
    name = f"indicator/{key}/{year}"
    title, measure, code = catalogue.INDICATORS.get(key, (key, "次", scene.projects[0].theme.code))
    unit = next((t for t in catalogue.THEMES if t.code == code), scene.projects[0].theme)
    body = {
        "year": year,
        "key": key,
        "name": f"{title}(演示)",
        "unit_of_measure": measure,
        "declared_by": Ref(office(unit)),
        "happened_on": f"{year}-01-20",
    }
    lane = [Request(name, actors.CLERK, "/v1/indicators", body, patient=True)]
    parts = _parts(total, 11, random.Random(f"{scene.seed}/{year}/{total}"))
    # The first month is declared wrongly first, and put right below.
    declared = [(1, parts[0] + 7, f"{year}-02-03"), (1, parts[0], f"{year}-02-10")]
    declared += [(month, parts[month - 1], f"{year}-{month + 1:02}-03") for month in range(2, 12)]
    declared.append((12, 1000, f"{year + 1}-01-03"))
    for place, (month, value, day) in enumerate(declared):
        entry = {"month": f"{year}-{month:02}", "value": value, "happened_on": day}
        path = "/v1/indicators/{}/entries"
        by = actors.unit(office(unit))
        lane.append(Request(f"{name}/{place}", by, path, entry, (Ref(name),)))
    return lane


def _parts(total: int, count: int, rng: random.Random) -> list[int]:
    """``total`` as so many whole numbers, roughly alike."""
    weights = [rng.uniform(0.8, 1.2) for _ in range(count)]
    parts = [int(total * weight / sum(weights)) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts
