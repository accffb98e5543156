"""What a form asks about: one line for every project and sub-item, and for former ones again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ..heard import HeardLookBack, HeardProject

PROJECT, SUB_ITEM = "project", "sub-item"
FORMER_PROJECT, FORMER_SUB_ITEM = "former-project", "former-sub-item"


@dataclass(frozen=True)
class Item:
    """What one line asks about; ``kind``: ``project`` or ``sub-item`` (子项), or a former one.

    ``item_id`` is the project's or the sub-item's id, ``project_id`` the project it belongs to.
    ``former_year``: the year of a project that a look-back brings before the deputies again.
    """

    item_id: str
    project_id: str
    kind: str
    name: str
    former_year: int | None = None

    def to_data(self) -> dict[str, Any]:
        """As data; without a former year, where there is none."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def items_of(projects: Iterable[HeardProject]) -> list[Item]:
    """The lines of the form: the projects by name, each followed by its sub-items."""
    items = []
    for project in sorted(projects, key=lambda project: (project.name, project.id)):
        items.append(Item(project.id, project.id, PROJECT, project.name))
        items += [
            Item(sub_item["id"], project.id, SUB_ITEM, sub_item["name"])
            for sub_item in project.sub_items
        ]
    return items


def former_items(look_back: HeardLookBack, project: HeardProject | None) -> list[Item]:
    """The lines for a former project that is assessed again: itself, and what does not fully work.

    A project that is known by its name only has one line, with the look-back's id.
    """
    year = look_back.project_year
    if project is None:
        id_ = look_back.project_id or look_back.id
        return [Item(id_, id_, FORMER_PROJECT, look_back.project_name, year)]
    seen = {one["sub_item_id"]: one["working"] for one in look_back.sub_items or []}
    return [
        Item(project.id, project.id, FORMER_PROJECT, project.name, year),
        *(
            Item(sub_item["id"], project.id, FORMER_SUB_ITEM, sub_item["name"], year)
            for sub_item in project.sub_items
            if seen.get(sub_item["id"]) != "fully"
        ),
    ]
