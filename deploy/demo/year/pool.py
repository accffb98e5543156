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

#: The entry that is about nothing of this year.
ASIDE = "pool/aside"
_PATH = "/v1/pool-entries"


def steps(scene: Scene) -> Iterator[Step]:
    """Entries from suggested projects, one from suggestions alone, one that is taken out again."""
    yield Step("储备库入库", [*_from_projects(scene), _aside(scene), _removed(scene)])


def entry(theme: Theme) -> str:
    """The name of the request that adds the entry about a theme."""
    return f"pool/{theme.code}"


def covered(scene: Scene) -> list[Theme]:
    """The themes about which there is an entry from suggested projects."""
    return [one.theme for one in distilling.distilled(scene) if one.number == 1]


def _from_projects(scene: Scene) -> Iterator[Lane]:
    projects = distilling.distilled(scene)
    for theme in covered(scene):
        own = [Ref(one.name) for one in projects if one.theme.code == theme.code]
        yield [_add(scene, entry(theme), theme, suggested_project_ids=own)]


def _aside(scene: Scene) -> Lane:
    """From residents' suggestions alone; later linked to more of them."""
    first, *rest = (name for name, about in collection.residents(scene) if about == scene.aside)
    more = {
        "suggestion_ids": [ref(name) for name in rest or [imported.accepted(scene)[0][0]]],
        "happened_on": str(scene.days.pooling + dt.timedelta(days=2)),
    }
    path = f"{_PATH}/{{}}/suggestions"
    return [
        _add(scene, ASIDE, scene.aside, suggestion_ids=[ref(first)]),
        Request(f"{ASIDE}/suggestions", actors.CLERK, path, more, (Ref(ASIDE),)),
    ]


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
