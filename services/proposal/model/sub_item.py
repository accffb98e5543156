"""Sub-items of a candidate: each keeps its id through every revision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.commons.aggregate import new_id
from services.commons.errors import Invalid


def named(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """New sub-items (子项), each with an id of its own."""
    return [{"id": new_id()} | _said(item) for item in items]


def renamed(
    former: Sequence[dict[str, Any]], items: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The sub-items of a revision: with an id it is one of the former ones, without a new one.

    Raises Invalid for an id that the candidate does not have, or that stands there twice.
    """
    left = {one["id"] for one in former}
    found = []
    for index, item in enumerate(items):
        id_ = item.get("id") or new_id()
        if item.get("id") and id_ not in left:
            raise Invalid(
                "sub-item-unknown",
                "this candidate has no such sub-item, or it is named twice",
                "该候选项目没有此子项,或重复出现",
                [{"pointer": f"/sub_items/{index}/id", "detail": "is unknown or named twice"}],
            )
        left.discard(id_)
        found.append({"id": id_} | _said(item))
    return found


def _said(item: dict[str, Any]) -> dict[str, Any]:
    """Without the keys that were left empty, as sub-items have always been kept."""
    return {n: one for n, one in item.items() if n != "id" and (n != "due_on" or one is not None)}
