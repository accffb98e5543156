"""The form (测评表): one line for every project and sub-item, and how a filled-in one is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from services.commons.errors import Invalid

from .heard import HeardLookBack, HeardProject

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


def marks_on(
    answers: list[dict[str, Any]], *, items: Iterable[str], codes: Iterable[str]
) -> dict[str, str | None]:
    """The marks of a form ``[{"item_id", "grade"}]``: item's id → code, or None for a blank.

    Every item stands in it exactly once, so that a form cut short on its way is refused and not
    taken for final.  Raises Invalid with the places; the message repeats no mark, for it is logged.
    """
    expected, options = set(items), {*codes, None}
    marks: dict[str, str | None] = {}
    mistakes = []
    for n, answer in enumerate(answers):
        if answer["item_id"] not in expected - marks.keys():
            mistakes.append((f"/answers/{n}/item_id", "须为本测评的项目,且不重复 (an item, once)"))
        elif answer["grade"] not in options:
            mistakes.append((f"/answers/{n}/grade", "须为测评办法的选项 (an option's code)"))
        else:
            marks[answer["item_id"]] = answer["grade"]
    if not mistakes and marks.keys() != expected:
        mistakes.append(("/answers", "须逐项作答,不评请留空 (every item; null leaves it blank)"))
    if mistakes:
        raise Invalid(
            "answers-malformed",
            "the answers do not fit the questionnaire",
            "答卷与测评内容不符",
            errors=[{"pointer": at, "detail": why} for at, why in mistakes],
        )
    return marks
