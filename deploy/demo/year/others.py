"""Suggestions that must not count: returned, withdrawn, drafts, of other years, too late."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from .. import actors, texts
from ..days import between
from ..request import Lane
from ..scene import Scene
from . import suggestions
from .rules import FIT

LATE = 2


def late(number: int) -> str:
    """The name of a suggestion that is accepted after the day of the report."""
    return f"suggestion/late/{number}"


def lanes(scene: Scene) -> Iterator[Lane]:
    """All of them; every one is a deputy's, so that only what is said here keeps it out."""
    rng = scene.rng("other suggestions")
    yield from _returned(scene, rng)
    for number in range(LATE):
        yield from _at_other_times(scene, rng, number)
    yield _withdrawn(scene, rng)
    yield from _drafts(scene, rng)


def _returned(scene: Scene, rng: random.Random) -> Iterator[Lane]:
    items = list(FIT)
    for number in range(2 + scene.figures["intake.deputy_suggestions"] // 12):
        name, made = f"suggestion/returned/{number}", between(rng, *scene.days.collection)
        day = between(rng, *scene.days.sorting)
        yield [
            suggestions.by_deputy(scene, rng, name, scene.aside, made),
            suggestions.give_back(name, day, items[number % len(items)]),
        ]


def _at_other_times(scene: Scene, rng: random.Random, number: int) -> Iterator[Lane]:
    days, year, aside = scene.days, scene.figures.year, scene.aside
    name = f"suggestion/unsorted/{number}"
    yield [suggestions.by_deputy(scene, rng, name, aside, days.proposing)]
    for other, made in ((year - 1, days.enrolment), (year + 1, dt.date(year, 11, 8))):
        name = f"suggestion/{other}/{number}"
        yield [
            suggestions.by_deputy(scene, rng, name, aside, made, year=other),
            suggestions.accept(name, made + dt.timedelta(days=20)),
        ]
    # Sorted only after the day of the report.
    yield [suggestions.by_deputy(scene, rng, late(number), aside, days.as_of)]


def _withdrawn(scene: Scene, rng: random.Random) -> Lane:
    """Accepted, and then taken back by its author."""
    name, (first, last) = "suggestion/withdrawn", scene.days.sorting
    by = actors.deputy(suggestions.author(scene, name).name)
    said = {
        "code": "solved",
        "text": f"所提问题已经解决。{texts.MARK}",
        "happened_on": str(last),
    }
    made = between(rng, *scene.days.collection)
    return [
        suggestions.by_deputy(scene, rng, name, scene.aside, made),
        suggestions.accept(name, first),
        suggestions.act(name, "withdrawal", "withdrawal", said, by=by),
    ]


def _drafts(scene: Scene, rng: random.Random) -> Iterator[Lane]:
    """One that its author keeps to herself, one that she throws away."""
    day, said = scene.days.proposing, {"code": "mistaken", "happened_on": str(scene.days.proposing)}
    for name in ("suggestion/draft/kept", "suggestion/draft/thrown-away"):
        made = suggestions.by_deputy(scene, rng, name, scene.aside, day, draft=True, channel="site")
        if name.endswith("kept"):
            yield [made]
        else:
            yield [made, suggestions.act(name, "withdrawal", "withdrawal", said, by=made.by)]
