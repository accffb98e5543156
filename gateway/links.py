"""Where the records are read that a service names by kind and id."""

from __future__ import annotations

from typing import Any

#: What is not here cannot be read one by one.
PATHS = {
    "acceptance": "/v1/acceptances/{id}",
    "calendar-entry": "/v1/calendar-entries/{id}",
    "change": "/v1/changes/{id}",
    "check-in": "/v1/check-ins/{id}",
    "coordination": "/v1/coordination/{id}",
    "decision": "/v1/decisions/{id}",
    "document": "/v1/documents/{id}",
    "escalation": "/v1/escalations",
    "evaluation": "/v1/evaluations/{id}",
    "finding": "/v1/findings/{id}",
    "fund-entry": "/v1/fund-entries/{id}",
    "group": "/v1/groups/{id}",
    "look-back": "/v1/look-backs/{id}",
    "meeting": "/v1/meetings/{id}",
    "message": "/v1/messages/{id}",
    "opinion": "/v1/opinions/{id}",
    "photo": "/v1/photos/{id}",
    "planned-look-back": "/v1/planned-look-backs/{id}",
    "problem": "/v1/problems/{id}",
    "project": "/v1/projects/{id}",
    "question": "/v1/questions/{id}",
    "rectification": "/v1/rectifications/{id}",
    "questionnaire": "/v1/questionnaires/{id}",
    "report-opinion": "/v1/report-opinions/{id}",
    "resource": "/v1/resources/{id}",
    "snap": "/v1/snaps/{id}",
    "task-item": "/v1/task-items/{id}",
    "visit": "/v1/visits/{id}",
}


def linked(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items, each with ``link`` to what its ``record`` and ``id`` name; null without one."""
    return [one | {"link": _link(one)} for one in items]


def _link(item: dict[str, Any]) -> str | None:
    path = PATHS.get(item["record"])
    return path.format(**item) if path else None
