"""What differs between two versions of a plan, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .plan import FIELDS

_ITEM = ("name", "target", "unit_of_measure", "due_on")


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """``{"changes": [{field, before, after}], "sub_items": {added, removed, changed}}``.

    Sub-items are matched by their ids, so that a renamed one is a change and no loss; their order
    is none.
    """
    return {
        "changes": _changes(before, after, (n for n in FIELDS if n != "sub_items")),
        "sub_items": _of_items(before["sub_items"], after["sub_items"]),
    }


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]
) -> list[dict[str, Any]]:
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in names
        if before.get(name) != after.get(name)
    ]


def _of_items(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> dict[str, Any]:
    old, new = ({one["id"]: one for one in items} for items in (before, after))
    compared = {id_: _changes(old[id_], new[id_], _ITEM) for id_ in old if id_ in new}
    return {
        "added": [one for id_, one in new.items() if id_ not in old],
        "removed": [one for id_, one in old.items() if id_ not in new],
        "changed": [{"id": id_, "changes": found} for id_, found in compared.items() if found],
    }
