"""The reserve pool (储备库): what was distilled waits here for its year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..catalogue import Theme
from ..request import Lane, Ref, Request, Step
from ..scene import Scene
from . import collection, distilling, imported
from .suggestions import ref

_PATH = "/v1/pool-entries"


def steps(scene: Scene) -> Iterator[Step]:
    """Entries from suggested projects, from suggestions alone, and one that is taken out again."""
    lanes = [*_from_projects(scene), *_from_residents(scene), _removed(scene)]
    yield Step("储备库入库", lanes)


def entry(theme: Theme) -> str:
    """The name of the request that adds the entry about a theme."""
    return f"pool/{theme.code}"


def covered(scene: Scene) -> set[str]:
    """The codes of the themes about which there is an entry."""
    return {theme.code for theme in [*_distilled(scene), *_asked_for(scene)]}


def _distilled(scene: Scene) -> list[Theme]:
    return [one.theme for one in distilling.distilled(scene) if one.number == 1]


def _asked_for(scene: Scene) -> dict[Theme, list[str]]:
    """Themes of which only residents speak, with their suggestions."""
    themes = [theme for theme in collection.unheard(scene) if theme not in _distilled(scene)]
    everything = collection.residents(scene)
    asked = {theme: [name for name, about in everything if about == theme] for theme in themes}
    return {theme: names for theme, names in asked.items() if names}


def _from_projects(scene: Scene) -> Iterator[Lane]:
    projects = distilling.distilled(scene)
    for theme in _distilled(scene):
        own = [Ref(one.name) for one in projects if one.theme.code == theme.code]
        yield [_add(scene, entry(theme), theme, suggested_project_ids=own)]


def _from_residents(scene: Scene) -> Iterator[Lane]:
    """An entry from one suggestion, later linked to the others."""
    day = str(scene.days.pooling + dt.timedelta(days=2))
    for theme, (first, *rest) in _asked_for(scene).items():
        name = entry(theme)
        lane = [_add(scene, name, theme, suggestion_ids=[ref(first)])]
        if rest:
            more = {"suggestion_ids": [ref(one) for one in rest], "happened_on": day}
            path, of = f"{_PATH}/{{}}/suggestions", (Ref(name),)
            lane.append(Request(f"{name}/suggestions", actors.CLERK, path, more, of))
        yield lane


def _removed(scene: Scene) -> Lane:
    name, (suggestion, theme) = "pool/removed", imported.accepted(scene)[0]
    said = {
        "reason": f"已由其他渠道解决。{texts.MARK}",
        "happened_on": str(scene.days.pooling + dt.timedelta(days=1)),
    }
    path = f"{_PATH}/{{}}/removal"
    return [
        _add(scene, name, theme, suggestion_ids=[ref(suggestion)]),
        Request(f"{name}/removal", actors.CLERK, path, said, (Ref(name),)),
    ]


def _add(scene: Scene, name: str, theme: Theme, **links: Any) -> Request:
    body = {
        "title": theme.project,
        "text": f"由{scene.figures.place}征集的建议形成,待条件成熟时列入候选。{texts.MARK}",
        "aspect": theme.code,
        "happened_on": str(scene.days.pooling),
    }
    return Request(name, actors.GOVERNMENT, _PATH, body | links)
