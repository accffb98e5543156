"""To what a counted record belongs, where it has no resource of its own."""

from __future__ import annotations

from collections.abc import Callable

from .evidence import Evidence


def owner(evidence: Evidence, kind: str, id_: str) -> str | None:
    """The id of the project of a sub-item, the visit of an attendance, and so on; else None."""
    found = _OWNERS.get(kind)
    return found(evidence, id_) if found else None


_OWNERS: dict[str, Callable[[Evidence, str], str | None]] = {
    "sub-item": lambda evidence, id_: evidence.sub_items[id_].project_id,
    "attendance": lambda evidence, id_: evidence.visit_of[id_],
    "sign-in": lambda evidence, id_: evidence.session.id if evidence.session else None,
    "task-check": lambda evidence, id_: evidence.task_of_check[id_],
    "indicator-entry": lambda evidence, id_: evidence.indicator_of[id_],
}
