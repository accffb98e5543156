"""The requests of single suggestions: made by a deputy, a resident or staff; sorted."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from .. import actors, catalogue, texts
from ..catalogue import Theme
from ..people import Person
from ..request import Ref, Request
from ..scene import Scene
from .rules import FIT

PATH = "/v1/suggestions"
DEPUTIES_CHANNELS = ("session", "station", "zhezhengding", "site")
#: What is said or written there is entered by staff.
ON_BEHALF = ("hotline", "letter", "reception")
RESIDENTS_CHANNELS = ("zheliban", "hotline", "letter", "reception", "site")

#: How the names begin by which imported suggestions are found in a list.
IMPORTED = "imported/"


def ref(name: str) -> Ref:
    """The id of the suggestion of this name."""
    return Ref(name, ("items", 0, "id") if name.startswith(IMPORTED) else ("id",))


def author(scene: Scene, name: str) -> Person:
    """The deputy who makes the suggestion of this name."""
    return scene.rng(f"author of {name}").choice(scene.who.roll)


def by_deputy(
    scene: Scene, rng: random.Random, name: str, theme: Theme, made: dt.date, **said: Any
) -> Request:
    """The request of a deputy's suggestion; ``said``: what else it says, in place of the usual."""
    person = author(scene, name)
    fields = body(scene, rng, theme, made) | {
        "author_kind": "deputy",
        "deputy_id": Ref(person.name),
        "channel": rng.choice(DEPUTIES_CHANNELS),
    }
    fields |= said
    by = actors.CLERK if fields["channel"] in ON_BEHALF else actors.deputy(person.name)
    # Who she is must have crossed from the register first.
    return Request(name, by, PATH, fields, patient=True)


def by_resident(
    scene: Scene, rng: random.Random, number: int, name: str, theme: Theme, made: dt.date
) -> Request:
    """The request of a resident's suggestion; what comes by telephone and letter staff enter."""
    channel = RESIDENTS_CHANNELS[number % len(RESIDENTS_CHANNELS)]
    fields = body(scene, rng, theme, made) | {"author_kind": "resident", "channel": channel}
    if channel in ON_BEHALF or number % 2:
        fields["contact"] = texts.contact(number)
    by = actors.CLERK if channel in ON_BEHALF else actors.resident(number)
    return Request(name, by, PATH, fields)


def body(scene: Scene, rng: random.Random, theme: Theme, made: dt.date) -> dict[str, Any]:
    """What every suggestion says; two of three with a point on a map, as people read it off."""
    code, place = rng.choice(sorted(scene.divisions.items()))
    title, text = texts.suggestion(theme, place, rng)
    return {
        "year": scene.figures.year,
        "aspect": theme.code,
        "title": title,
        "text": text,
        "beneficiaries": texts.beneficiaries(rng),
        "place": {"division": code} | (point(code, rng) if rng.random() < 0.67 else {}),
        "happened_on": str(made),
    }


def point(code: str, rng: random.Random) -> dict[str, Any]:
    """A point of a division, in the datum of the usual maps."""
    longitude, latitude = catalogue.centre(code)
    return {
        "longitude": round(longitude + rng.uniform(-0.03, 0.03), 6),
        "latitude": round(latitude + rng.uniform(-0.03, 0.03), 6),
        "datum": "GCJ-02",
    }


def accept(name: str, day: dt.date, **said: Any) -> Request:
    """The request that accepts it, with the checklist answered."""
    return sort(name, day, outcome="accepted", checks=FIT, **said)


def give_back(name: str, day: dt.date, item: str) -> Request:
    """The request that returns it, because one item of the checklist fails."""
    checks = FIT | {item: not FIT[item]}
    return sort(name, day, expect={"reason_code": item}, outcome="returned", checks=checks)


def sort(
    name: str,
    day: dt.date,
    *,
    again: str = "",
    expect: dict[str, Any] | None = None,
    match: Ref | None = None,
    **said: Any,
) -> Request:
    """The request of an act of sorting (梳理); ``match``: the version that was read."""
    fields = said | {"happened_on": str(day)}
    return act(name, f"sorting{again}", "sorting", fields, expect=expect or {}, match=match)


def act(name: str, what: str, path: str, body: dict[str, Any], **more: Any) -> Request:
    """A request of the clerk that does something with the suggestion of this name."""
    by = more.pop("by", actors.CLERK)
    return Request(f"{name}/{what}", by, f"{PATH}/{{}}/{path}", body, (ref(name),), **more)
