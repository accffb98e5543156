"""What is done after the day of the report, and must not count in it."""

from __future__ import annotations

from collections.abc import Iterator

from ..request import Lane, Step
from ..scene import Scene
from . import matching, others, suggestions


def steps(scene: Scene) -> Iterator[Step]:
    """Suggestions that are accepted now, one of them found to match; always the last step."""
    yield Step("报告日之后的梳理和对照(不应计入)", list(_late(scene)))


def _late(scene: Scene) -> Iterator[Lane]:
    for number in range(others.LATE):
        name = others.late(number)
        lane = [suggestions.accept(name, scene.days.later)]
        if number == 0:
            found = matching.match(scene, name, scene.aside, number)
            found.body["happened_on"] = str(scene.days.later)
            lane.append(found)
        yield lane
