"""Collection (征集): suggestions, sorted by a person; and those that must not count."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..catalogue import Theme
from ..days import between
from ..people import Person
from ..request import Actor, Lane, Ref, Request, Step
from ..scene import Scene

_DEPUTIES_CHANNELS = ("session", "activity", "station", "zhezhengding")
_RESIDENTS_CHANNELS = ("zheliban", "hotline", "letter", "reception", "site")
#: What is said or written there is entered by staff.
_ON_BEHALF = ("hotline", "letter", "reception")


def steps(scene: Scene) -> Iterator[Step]:
    """All suggestions, each sorted after it was made."""
    yield Step("征集与梳理建议", [*_counted(scene), *_residents(scene), *_others(scene)])


def counted(scene: Scene) -> list[tuple[str, Theme]]:
    """The deputies' accepted suggestions for the year: the request's name and the theme."""
    themes = scene.aspects
    total = scene.figures["intake.deputy_suggestions"]
    return [(f"suggestion/{n + 1:04}", themes[n % len(themes)]) for n in range(total)]


def residents(scene: Scene) -> list[tuple[str, Theme]]:
    """The residents' accepted suggestions; the first is about what no deputy's is."""
    total = 3 + scene.figures["intake.deputy_suggestions"] * 2 // 5
    themes = [scene.aside, *scene.aspects]
    return [(f"suggestion/resident/{n + 1}", themes[n % len(themes)]) for n in range(total)]


def _counted(scene: Scene) -> Iterator[Lane]:
    rng = scene.rng("suggestions")
    for number, (name, theme) in enumerate(counted(scene)):
        made = between(rng, *scene.days.collection)
        # Some are made under another heading, and only the sorting puts them where they belong.
        heading = scene.aside if number % 9 == 4 else theme
        yield [
            _by_deputy(scene, rng, name, heading, made, about=theme),
            _sorting(rng, scene, name, {"outcome": "accepted", "aspect": theme.code}),
        ]


def _residents(scene: Scene) -> Iterator[Lane]:
    rng = scene.rng("residents")
    for number, (name, theme) in enumerate(residents(scene)):
        made = between(rng, *scene.days.collection)
        channel = _RESIDENTS_CHANNELS[number % len(_RESIDENTS_CHANNELS)]
        body = _body(scene, rng, theme, made) | {"author_kind": "resident", "channel": channel}
        by = actors.CLERK if channel in _ON_BEHALF else actors.RESIDENT
        yield [
            Request(name, by, "/v1/suggestions", body),
            _sorting(rng, scene, name, {"outcome": "accepted"}),
        ]


def _others(scene: Scene) -> Iterator[Lane]:
    """Deputies' suggestions that must not count: returned, not sorted, of other years, too late."""
    rng, days, year = scene.rng("other suggestions"), scene.days, scene.figures.year
    for number in range(2 + scene.figures["intake.deputy_suggestions"] // 12):
        name, made = f"suggestion/returned/{number}", between(rng, *days.collection)
        returned = {"outcome": "returned", "reason": f"属于其他渠道受理的事项。{texts.MARK}"}
        yield [
            _by_deputy(scene, rng, name, scene.aside, made),
            _sorting(rng, scene, name, returned),
        ]
    for number in range(2):
        yield [_by_deputy(scene, rng, f"suggestion/unsorted/{number}", scene.aside, days.proposing)]
        for other, made in ((year - 1, days.enrolment), (year + 1, dt.date(year, 11, 8))):
            name = f"suggestion/{other}/{number}"
            yield [
                _by_deputy(scene, rng, name, scene.aside, made, year=other),
                _accept(name, made + dt.timedelta(days=20)),
            ]
        name = f"suggestion/late/{number}"
        yield [_by_deputy(scene, rng, name, scene.aside, days.as_of), _accept(name, days.later)]


def _by_deputy(
    scene: Scene,
    rng: random.Random,
    name: str,
    theme: Theme,
    made: dt.date,
    *,
    about: Theme | None = None,
    year: int | None = None,
) -> Request:
    person: Person = rng.choice(scene.who.roll)
    body = _body(scene, rng, about or theme, made) | {
        "author_kind": "deputy",
        "deputy_id": Ref(person.name),
        "channel": rng.choice(_DEPUTIES_CHANNELS),
        "aspect": theme.code,
    }
    if year is not None:
        body["year"] = year
    # Who she is must have crossed from the register first.
    return Request(name, actors.deputy(person.name), "/v1/suggestions", body, patient=True)


def _body(scene: Scene, rng: random.Random, theme: Theme, made: dt.date) -> dict[str, Any]:
    code, place = rng.choice(sorted(scene.divisions.items()))
    title, text = texts.suggestion(theme, place, rng)
    return {
        "year": scene.figures.year,
        "aspect": theme.code,
        "title": title,
        "text": text,
        "place": {"division": code},
        "happened_on": str(made),
    }


def _sorting(rng: random.Random, scene: Scene, name: str, body: dict[str, Any]) -> Request:
    return _sort(name, actors.CLERK, body | {"happened_on": str(between(rng, *scene.days.sorting))})


def _accept(name: str, day: dt.date) -> Request:
    return _sort(name, actors.CLERK, {"outcome": "accepted", "happened_on": str(day)})


def _sort(name: str, by: Actor, body: dict[str, Any]) -> Request:
    return Request(f"{name}/sorting", by, "/v1/suggestions/{}/sorting", body, (Ref(name),))
