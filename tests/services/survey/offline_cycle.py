"""An audience on paper through the service's calls.  All of it is synthetic."""

from __future__ import annotations

from typing import Any

from services.chassis.context import CallContext, Principal
from services.chassis.store import BoundStore
from services.survey.transfer.command import ROLES

from ...harness import Harness
from .cycle import hear_project, opened

#: Everything that tellers do needs the role of the office.
CLERK = ("clerk",)
OFFLINE: dict[str, Any] = {
    "group": "households",
    "title": "抽样住户(合成)",
    "channel": "offline",
    "kind": "anonymous",
    "sampling": "sample",
}


def on_paper(survey: Harness, **changed: Any) -> dict[str, Any]:
    """An open questionnaire on three lines to one audience on paper."""
    hear_project(survey)
    return opened(survey, OFFLINE, **changed)


def lines(questionnaire: dict[str, Any], *grades: Any) -> list[dict[str, Any]]:
    """The lines of a paper form; ``"void"`` for a void one, the last grade goes on."""
    items = questionnaire["items"]
    filled = [*grades, *[grades[-1]] * (len(items) - len(grades))]
    return [
        {"question": "grade", "item_id": item["item_id"]}
        | ({"void": True} if grade == "void" else {"value": grade})
        for item, grade in zip(items, filled, strict=True)
    ]


def enter(
    survey: Harness,
    questionnaire: dict[str, Any],
    number: str,
    by: str,
    *grades: Any,
    condition: str = "marked",
) -> Any:
    """Enter a form as somebody."""
    body: dict[str, Any] = {"number": number, "condition": condition}
    if grades:
        body["answers"] = lines(questionnaire, *grades)
    audience = questionnaire["audience_id"]
    return survey.call("enter_paper_form", audience, body, subject=by, roles=CLERK)


def pair(survey: Harness, questionnaire: dict[str, Any], number: str, *grades: Any) -> Any:
    """Enter a form in a pair that agrees."""
    enter(survey, questionnaire, number, "wang", *grades)
    return enter(survey, questionnaire, number, "li", *grades)


def store(survey: Harness) -> BoundStore:
    """The store as the command has it."""
    context = CallContext(principal=Principal("operator", ROLES))
    return BoundStore(survey.engine, survey.metadata, survey.settings, context)


def tallies(survey: Harness, audience_id: str) -> dict[str, Any]:
    """The counts of an audience as they stand in the database, by cell."""
    table = survey.metadata.tables["cell_tallies"]
    with survey.engine.execution_options(reading=True).connect() as connection:
        rows = connection.execute(table.select().where(table.c.audience_id == audience_id))
        return {row.cell: row for row in rows}
