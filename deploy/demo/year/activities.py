"""Activities in which suggestions are born: themed days (主题活动) and research (调研)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, catalogue, texts
from ..days import between
from ..people import delegations
from ..request import Request
from ..scene import Scene
from .rules import GROUP

COUNT = 4
_PATH = "/v1/collection-activities"


def name(number: int) -> str:
    """The name of the request that records an activity."""
    return f"collection-activity/{number % COUNT}"


def day(scene: Scene, number: int) -> dt.date:
    """The day of an activity, early in the round."""
    first, _ = scene.days.collection
    return between(scene.rng(name(number)), first, first + dt.timedelta(days=12))


def requests(scene: Scene) -> Iterator[Request]:
    """A few activities of delegations, and research of a group."""
    places, delegates = list(scene.divisions.values()), delegations(scene.figures)
    for number in range(COUNT):
        research = number % 2 == 1
        place, begins = places[number % len(places)], day(scene, number)
        kind, what = ("research", "专题调研") if research else ("thematic", "代表主题活动")
        about = catalogue.theme(number % len(scene.aspects)).aspect
        body = {
            "kind": kind,
            "title": f"“{about}”{what}(演示)",
            "organiser_kind": "group" if number == 1 else "delegation",
            "organiser": GROUP if number == 1 else delegates[number % len(delegates)],
            "starts_on": str(begins),
            "ends_on": str(begins + dt.timedelta(days=2)),
            "place": f"{place}代表联络站(演示)",
            "text": f"代表走访社区,听取居民对{about}的需求。{texts.MARK}",
        }
        # The delegation must have crossed from the register first.
        yield Request(name(number), actors.CLERK, _PATH, body, patient=True)
