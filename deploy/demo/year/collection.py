"""Collection (征集): suggestions, sorted by a person; and those that must not count."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import actors, texts
from ..catalogue import Theme
from ..days import between
from ..request import Lane, Ref, Request, Step, look, single
from ..scene import Scene
from . import activities, imported, others, suggestions

_PHOTO = Path(__file__).parents[1] / "photo.jpg"
_PHOTO_OF = "photo"


def steps(scene: Scene) -> Iterator[Step]:
    """All suggestions, each sorted after it was made."""
    photo = Request(_PHOTO_OF, actors.resident(0), "/v1/files", {}, photo=_PHOTO)
    yield Step("代表主题活动、调研、现场照片", single([*activities.requests(scene), photo]))
    lanes = [*_counted(scene), *_residents(scene), *others.lanes(scene)]
    yield Step("征集与梳理建议", lanes)
    yield from imported.steps(scene)


def counted(scene: Scene) -> list[tuple[str, Theme]]:
    """The deputies' accepted suggestions for the year: the request's name and the theme."""
    themes = scene.aspects
    total = scene.figures["intake.deputy_suggestions"]
    return [(f"suggestion/{n + 1:04}", themes[n % len(themes)]) for n in range(total)]


def residents(scene: Scene) -> list[tuple[str, Theme]]:
    """The residents' accepted suggestions; the first are about what no deputy's is."""
    total = 3 + scene.figures["intake.deputy_suggestions"] * 2 // 5
    themes = [*unheard(scene), *scene.aspects]
    return [(f"suggestion/resident/{n + 1}", themes[n % len(themes)]) for n in range(total)]


def unheard(scene: Scene) -> list[Theme]:
    """The themes of which only residents speak: the one aside, and those of more candidates."""
    heard = {theme.code for theme in scene.aspects}
    themes = sorted((one.theme for one in scene.candidates), key=lambda theme: theme.code)
    return [scene.aside, *(theme for theme in themes if theme.code not in heard)]


def _counted(scene: Scene) -> Iterator[Lane]:
    rng = scene.rng("suggestions")
    for number, (name, theme) in enumerate(counted(scene)):
        made, said = _where(scene, number, rng)
        # Some are made under another heading, and only the sorting puts them where they belong.
        said |= {"aspect": scene.aside.code} if number % 9 == 4 else {}
        lane = [suggestions.by_deputy(scene, rng, name, theme, made, **said)]
        yield lane + list(_sorted(scene, rng, number, name, theme))


def _where(scene: Scene, number: int, rng: random.Random) -> tuple[dt.date, dict[str, Any]]:
    """When a deputy's suggestion is made, and by what way: a fourth are born in activities."""
    made = between(rng, *scene.days.collection)
    if number % 4 == 0:
        began = activities.day(scene, number // 4)
        born = {"channel": "activity", "activity_id": Ref(activities.name(number // 4))}
        return max(made, began), born
    if number % 10 == 7:
        channel = suggestions.ON_BEHALF[number // 10 % len(suggestions.ON_BEHALF)]
        return made, {"channel": channel, "contact": texts.contact(5000 + number)}
    return made, {}


def _sorted(
    scene: Scene, rng: random.Random, number: int, name: str, theme: Theme
) -> Iterator[Request]:
    """Accepted; one reclassified only days later, one corrected by its author and sorted again."""
    first, last = scene.days.sorting
    day = between(rng, first, last - dt.timedelta(days=4))
    soon = day + dt.timedelta(days=3)
    if number == 4:
        yield suggestions.accept(name, day)
        yield suggestions.sort(
            name, soon, again="/again", outcome="reclassified", aspect=theme.code
        )
        return
    yield suggestions.accept(name, day, aspect=theme.code)
    if number == 1:
        by = actors.deputy(suggestions.author(scene, name).name)
        said = {"text": texts.corrected(rng), "happened_on": str(soon)}
        yield suggestions.act(name, "correction", "correction", said, by=by)
        read = f"{name}/reading"
        yield look(read, actors.CLERK, f"{suggestions.PATH}/{{}}", suggestions.ref(name))
        yield suggestions.accept(name, soon, again="/again", match=Ref(read, ("version",)))


def _residents(scene: Scene) -> Iterator[Lane]:
    rng = scene.rng("residents")
    for number, (name, theme) in enumerate(residents(scene)):
        made = between(rng, *scene.days.collection)
        request = suggestions.by_resident(scene, rng, number, name, theme, made)
        lane = [request]
        if number == 0:
            picture = {"sha256": Ref(_PHOTO_OF, ("sha256",)), "name": "现场照片(合成).jpg"}
            request.body["attachments"] = [picture]
        elif request.by.subject != actors.CLERK.subject and number % 3 == 1:
            lane += _drafted(request, made, rng)
        yield [*lane, suggestions.accept(name, between(rng, *scene.days.sorting))]


def _drafted(request: Request, made: dt.date, rng: random.Random) -> Iterator[Request]:
    """What makes of the request a draft that is mended, and then handed in by its author."""
    request.body["draft"] = True
    dated = {"happened_on": str(made)}
    said = {"text": texts.corrected(rng)} | dated
    # Has somebody asked for this already?
    words = {name: request.body[name] for name in ("title", "text", "aspect")}
    yield Request(f"{request.name}/search", request.by, "/v1/similar-searches", words)
    yield suggestions.act(request.name, "correction", "correction", said, by=request.by)
    yield suggestions.act(request.name, "submission", "submission", dated, by=request.by)
