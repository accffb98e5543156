"""Which suggestions match what was voted (相吻合): each compared by a person."""

from __future__ import annotations

from collections.abc import Iterator

from .. import actors
from ..catalogue import Theme
from ..request import Lane, Ref, Request, Step, single
from ..scene import Scene
from . import collection


def steps(scene: Scene) -> Iterator[Step]:
    """The deputies' suggestions, some of the residents', and one of another year."""
    yield Step("建议与票决结果对照", [*_counted(scene), *single(list(_not_counted(scene)))])


def _counted(scene: Scene) -> Iterator[Lane]:
    """Just as many match as the figures ask for; of the rest some were never looked at.

    The first of those that match nothing was thought to match before somebody looked again.
    """
    voted = {project.theme.code for project in scene.projects}
    suggestions = collection.counted(scene)
    # Those about the theme of a chosen project come first.
    suggestions.sort(key=lambda suggestion: suggestion[1].code not in voted)
    for number, (name, theme) in enumerate(suggestions):
        if number < scene.figures.matching:
            yield [match(scene, name, theme, number)]
        elif number == scene.figures.matching:
            later = match(scene, name, None, number, again="/again")
            yield [match(scene, name, theme, number), later]
        elif number % 4:
            yield [match(scene, name, None, number)]


def _not_counted(scene: Scene) -> Iterator[Request]:
    for number, (name, theme) in enumerate(collection.residents(scene)):
        if number % 2:
            yield match(scene, name, theme, number)


def match(scene: Scene, name: str, theme: Theme | None, number: int, *, again: str = "") -> Request:
    """The request that says which sub-item a suggestion matches; None: none."""
    sub_item = None
    if theme:
        same = [project for project in scene.projects if project.theme.code == theme.code]
        project = same[0] if same else scene.projects[number % len(scene.projects)]
        sub_item = project.item_id(number % len(project.items))
    body = {"sub_item_id": sub_item, "happened_on": str(scene.days.matching)}
    path = "/v1/suggestions/{}/match"
    return Request(f"{name}/match{again}", actors.CLERK, path, body, (Ref(name),), patient=True)
