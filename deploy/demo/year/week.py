"""The supervision week (代表监督周): visits, persons, problems, opinions; what is outside."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import actors, texts
from ..days import between
from ..people import Person
from ..request import Lane, Ref, Request, Step, single
from ..scene import Planned, Scene
from .implementation import unit_of

_KINDS = ("research", "open-visit", "unannounced-visit")
_WEEK = "activity/week"


@dataclass(frozen=True)
class Visit:
    """A visit as planned, with those who will be there."""

    name: str
    project: Planned
    day: dt.date
    kind: str
    activity: str | None
    people: list[Person]


def steps(scene: Scene) -> Iterator[Step]:
    """The week and what happened in it; then what must not count as part of it."""
    yield Step("代表监督周:安排", single([_activity(scene)]))
    visits = _visits(scene)
    others = _other_visits(scene)
    yield Step("代表监督周:调研和明察暗访", [_lane(visit) for visit in [*visits, *others]])
    yield Step(
        "代表监督周:问题",
        single([*_problems(scene, visits), *_other_problems(scene, visits, others)]),
    )
    yield Step("代表监督周:意见建议", [*_opinions(scene, visits), *_other_opinions(scene, visits)])


def opinion(
    scene: Scene,
    name: str,
    person: Person,
    project: Planned,
    channel: str,
    day: dt.date,
    rng: random.Random,
) -> Request:
    """The request with which a deputy raises an opinion."""
    body = {
        "project_id": project.id,
        "deputy_id": Ref(person.name),
        "channel": channel,
        "text": texts.opinion(rng),
        "happened_on": str(day),
    }
    by = actors.deputy(person.name)
    return Request(name, by, "/v1/opinions", body, patient=True)


def answer(name: str, project: Planned, what: str, day: dt.date, rng: random.Random) -> Request:
    """The request that handles (``handling``) an opinion, or replies to it (``reply``)."""
    office, by = unit_of(project)
    text = texts.handling(rng) if what == "handling" else texts.reply(rng)
    body = {"unit_id": Ref(office), "text": text, "happened_on": str(day)}
    path = f"/v1/opinions/{{}}/{what}"
    return Request(f"{name}/{what}", by, path, body, (Ref(name),), patient=True)


def _activity(scene: Scene) -> Request:
    first, last = scene.days.week
    body = {
        "year": scene.figures.year,
        "kind": "supervision-week",
        "name": f"{scene.figures.year}年代表监督周(演示)",
        "starts_on": str(first),
        "ends_on": str(last),
        "happened_on": str(first - dt.timedelta(days=14)),
    }
    return Request(_WEEK, actors.CLERK, "/v1/activities", body)


def _visits(scene: Scene) -> list[Visit]:
    """The week's visits, with just the persons and person-times of the figures.

    Everybody who takes part goes once; the person-times left over go to them again, each time on
    another visit.
    """
    figures, rng = scene.figures, scene.rng("visits")
    own, below = (
        figures["supervision.week.city_deputies"],
        figures["supervision.week.district_deputies"],
    )
    attendances = figures["supervision.week.attendances"]
    # Those with mandates on both levels come first on the roll: all of them take part and must
    # count once, on this level.
    people = [*scene.who.roll[:own], *scene.who.below[:below]]
    again = attendances - len(people)
    least = 1 + -(-attendances // len(people)) if people else 1
    count = max(least, 3 * len(scene.projects), attendances // 8)
    visits = [_visit(scene, number, rng) for number in range(count)]
    turns = people + [people[n % len(people)] for n in range(again)]
    for number, person in enumerate(turns):
        # A person's turns are len(people) apart: never on the same visit twice.
        round_, place = divmod(number, max(len(people), 1))
        visits[(place + round_) % count].people.append(person)
    return visits


def _visit(scene: Scene, number: int, rng: random.Random) -> Visit:
    project = scene.projects[number % len(scene.projects)]
    day = between(rng, *scene.days.week)
    return Visit(f"visit/{number:03}", project, day, _KINDS[number % 3], _WEEK, [])


def _other_visits(scene: Scene) -> list[Visit]:
    """In the week's name but after its days; in its days but not in its name; in another month."""
    rng, (first, last) = scene.rng("other visits"), scene.days.week
    plans = [
        (_WEEK, last + dt.timedelta(days=3)),
        (None, first),
        (None, scene.days.report_meeting),
    ]
    return [
        Visit(
            f"visit/other/{number}",
            rng.choice(scene.projects),
            day,
            _KINDS[number % 3],
            activity,
            scene.some(rng, [*scene.who.own, *scene.who.below], 5),
        )
        for number, (activity, day) in enumerate(plans)
    ]


def _lane(visit: Visit) -> Lane:
    body: dict[str, Any] = {
        "activity_id": Ref(visit.activity) if visit.activity else None,
        "project_id": visit.project.id,
        "kind": visit.kind,
        "place": "项目现场(演示)",
        "happened_on": str(visit.day),
    }
    lane = [Request(visit.name, actors.CLERK, "/v1/visits", body, patient=True)]
    for person in visit.people:
        lane.append(
            Request(
                f"{visit.name}/{person.name}",
                actors.CLERK,
                "/v1/visits/{}/attendances",
                {"deputy_id": Ref(person.name), "happened_on": str(visit.day)},
                (Ref(visit.name),),
                patient=True,
            )
        )
    return lane


def _problems(scene: Scene, visits: list[Visit]) -> Iterator[Request]:
    rng = scene.rng("problems")
    for number in range(scene.figures["supervision.week.problems"]):
        visit = visits[number % len(visits)]
        yield _problem(f"problem/{number:04}", visit, visit.day, rng)


def _other_problems(scene: Scene, visits: list[Visit], others: list[Visit]) -> Iterator[Request]:
    rng, (_, last) = scene.rng("other problems"), scene.days.week
    for visit in others:
        yield _problem(f"problem/{visit.name}", visit, visit.day, rng)
    yield _problem("problem/after-the-week", visits[0], last + dt.timedelta(days=9), rng)
    no_visit = _problem("problem/no-visit", visits[0], last, rng)
    no_visit.body["visit_id"] = None
    yield no_visit


def _problem(name: str, visit: Visit, day: dt.date, rng: random.Random) -> Request:
    body = {
        "project_id": visit.project.id,
        "visit_id": Ref(visit.name),
        "text": texts.problem(rng),
        "happened_on": str(day),
    }
    return Request(name, actors.CLERK, "/v1/problems", body, patient=True)


def _opinions(scene: Scene, visits: list[Visit]) -> Iterator[Lane]:
    """The week's opinions; every fourth is handled and replied to."""
    rng = scene.rng("week opinions")
    attended = [(visit, person) for visit in visits for person in visit.people]
    for number in range(scene.figures["supervision.week.opinions"]):
        visit, person = visits[number % len(visits)], scene.who.roll[number % len(scene.who.roll)]
        if attended:
            visit, person = attended[number % len(attended)]
        name = f"opinion/week/{number:04}"
        lane = [opinion(scene, name, person, visit.project, "week", visit.day, rng)]
        if attended:
            lane[0].body["visit_id"] = Ref(visit.name)
        if number % 4 == 0:
            for what, after in (("handling", 20), ("reply", 30)):
                day = visit.day + dt.timedelta(days=after)
                lane.append(answer(name, visit.project, what, day, rng))
        yield lane


def _other_opinions(scene: Scene, visits: list[Visit]) -> Iterator[Lane]:
    """Through the week's channel but after it, and in its days but at a meeting."""
    rng, (first, last) = scene.rng("other opinions"), scene.days.week
    for number, (channel, day) in enumerate(
        [("week", last + dt.timedelta(days=1)), ("week", scene.days.later), ("meeting", first)]
    ):
        for again, person in enumerate(scene.some(rng, scene.who.roll, 2)):
            name, project = f"opinion/other/{number}/{again}", rng.choice(scene.projects)
            yield [opinion(scene, name, person, project, channel, day, rng)]
