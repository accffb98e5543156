"""Who stands behind suggestions: supports, signatures, comments (支持、附议、评论)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from .. import actors, texts
from ..people import Person
from ..request import Lane, Ref, Request, Step
from ..scene import Scene
from . import collection, suggestions

#: How many suggestions are supported, and signed; a demo need not have more.
_SUPPORTED, _SIGNED = 14, 12
#: Residents who only support; the others have suggestions of their own.
_FIRST = 500


def steps(scene: Scene) -> Iterator[Step]:
    """All of it, once the suggestions are sorted."""
    yield Step("支持、附议、评论", [*_supports(scene), *_signatures(scene)])


def _supports(scene: Scene) -> Iterator[Lane]:
    rng = scene.rng("supports")
    residents, deputies = collection.residents(scene), collection.counted(scene)
    some = residents[: _SUPPORTED // 2]
    some += rng.sample(deputies, min(len(deputies), _SUPPORTED - len(some)))
    for place, (name, _) in enumerate(some):
        people = rng.sample(range(_FIRST, _FIRST + 40), rng.randint(3, 14))
        lane = [_support(name, number, "support", "supports") for number in people]
        if place == 0:
            # Thought better of it.
            lane.append(_support(name, people[0], "support-withdrawal", "support-withdrawal"))
        yield lane


def _support(name: str, number: int, what: str, path: str) -> Request:
    by = actors.resident(number)
    return suggestions.act(name, f"{what}/{number}", path, {}, by=by)


def _signatures(scene: Scene) -> Iterator[Lane]:
    """Deputies sign others' suggestions, some residents'; every third time with a comment."""
    rng = scene.rng("signatures")
    deputies, residents = collection.counted(scene), collection.residents(scene)
    chosen: list[tuple[str, Person | None]] = [
        (name, suggestions.author(scene, name))
        for name, _ in rng.sample(deputies, min(len(deputies), _SIGNED))
    ]
    chosen += [(name, None) for name, _ in residents[:2]]
    for number, (name, author) in enumerate(chosen):
        others = [person for person in scene.who.roll if person != author]
        signing = scene.some(rng, others, rng.randint(1, 4))
        lane = [_signed(scene, name, person) for person in signing]
        if number % 3 == 0 and signing:
            lane.append(_comment(scene, name, signing[0], rng))
        if lane:
            yield lane


def _signed(scene: Scene, name: str, person: Person) -> Request:
    body = {"deputy_id": Ref(person.name), "happened_on": str(_day(scene))}
    by = actors.deputy(person.name)
    what = f"cosignature/{person.name}"
    return suggestions.act(name, what, "cosignatures", body, by=by, patient=True)


def _comment(scene: Scene, name: str, person: Person, rng: random.Random) -> Request:
    body = {
        "deputy_id": Ref(person.name),
        "text": texts.comment(rng),
        "happened_on": str(_day(scene)),
    }
    by = actors.deputy(person.name)
    return suggestions.act(name, "comment", "comments", body, by=by, patient=True)


def _day(scene: Scene) -> dt.date:
    return scene.days.sorting[1] + dt.timedelta(days=1)
