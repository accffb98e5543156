"""A year's assessment through the service's calls, as tests drive it.  All of it is synthetic."""

from __future__ import annotations

from typing import Any

from services.commons.aggregate import new_id

from ...harness import Harness, example
from .samples import CITY, zhenhai

DRAFTED, OPENS, CLOSES, AFTER = "2023-11-28", "2023-12-01", "2023-12-10", "2023-12-12"
DEPUTY = ("deputy", "recorder")


def hear_deputy(
    survey: Harness, congress: str = CITY, delegation: str = "示例代表团", **changed: Any
) -> str:
    """Deliver a deputy of ballot's register; her id."""
    mandate = {"congress": congress, "level": "city", "delegation": delegation}
    data = {"id": new_id(), "mandates": [mandate], "enrolled_on": "2022-02-01"} | changed
    survey.deliver("ballot.deputy.enrolled.v1", data)
    return str(data["id"])


def hear_project(survey: Harness, *, version: int = 1, **changed: Any) -> dict[str, Any]:
    """Deliver supervision's example of an adopted project of 2023, with two sub-items."""
    project = example("supervision", "project.adopted.v1") | {"year": 2023} | changed
    (sub_item, *_) = project["sub_items"]
    project["sub_items"] = [sub_item, sub_item | {"id": new_id(), "name": "(示例)改造旧食堂"}]
    survey.deliver("supervision.project.adopted.v1", project, version=version)
    return project


def method_body(**changed: Any) -> dict[str, Any]:
    """A draft by Zhenhai's rule."""
    return {
        "title": "测评办法(合成)",
        "text": "合成文本",
        "parameters": zhenhai(inclusive=True),
        "happened_on": "2023-11-01",
    } | changed


def adopted_method(survey: Harness, **changed: Any) -> str:
    """Draft and adopt a method; its id."""
    drafted = survey.call("draft_assessment_method", method_body(**changed))
    adoption = {"adopted_by": "主任会议(合成)", "happened_on": "2023-11-20"}
    survey.call("adopt_assessment_method", drafted["id"], adoption)
    return str(drafted["id"])


def questionnaire_body(method_id: str, **changed: Any) -> dict[str, Any]:
    """A draft of a questionnaire on 2023."""
    return {
        "year": 2023,
        "title": "2023年度满意度测评(合成)",
        "method_id": method_id,
        "congress": CITY,
        "happened_on": DRAFTED,
    } | changed


def audience_body(**changed: Any) -> dict[str, Any]:
    """All deputies, secretly, for ten days in December."""
    return {
        "group": "all-deputies",
        "title": "全体代表(合成)",
        "channel": "roll",
        "kind": "secret",
        "sampling": "census",
        "opens_on": OPENS,
        "closes_on": CLOSES,
        "happened_on": DRAFTED,
    } | changed


def opened(
    survey: Harness,
    *audiences: dict[str, Any],
    method: str | None = None,
    on: str = DRAFTED,
    **changed: Any,
) -> dict[str, Any]:
    """A questionnaire by a method of its own, to all deputies or to these audiences.

    ``audience_id``: of the first one.
    """
    body = questionnaire_body(method or adopted_method(survey), **changed)
    drafted = survey.call("draft_questionnaire", body)
    added = [
        survey.call("add_audience", drafted["id"], audience_body(**one))
        for one in (audiences or ({},))
    ]
    found = survey.call("open_questionnaire", drafted["id"], {"happened_on": on})
    return found | {"audience_id": added[0]["id"]}


def plain(questionnaire: dict[str, Any]) -> dict[str, Any]:
    """A questionnaire as the service shows it."""
    return {name: value for name, value in questionnaire.items() if name != "audience_id"}


def form(questionnaire: dict[str, Any], *grades: str | None) -> dict[str, Any]:
    """A filled-in form; the last grade goes on for the lines that are left."""
    items = questionnaire["items"]
    filled = [*grades, *[grades[-1]] * (len(items) - len(grades))]
    return {
        "form_version": questionnaire["form_version"],
        "answers": [
            {"question": "grade", "item_id": item["item_id"], "value": grade}
            for item, grade in zip(items, filled, strict=True)
        ],
        "happened_on": "2023-12-05",
    }


def answer(
    survey: Harness, questionnaire: dict[str, Any], deputy: str, *grades: str | None, **how: Any
) -> Any:
    """Answer as a deputy."""
    given = {"roles": DEPUTY, "subject": deputy} | how
    body = form(questionnaire, *grades)
    return survey.call("answer_questionnaire", questionnaire["audience_id"], body, **given)


def close(survey: Harness, questionnaire: dict[str, Any]) -> dict[str, Any]:
    """End the answering on the last day."""
    body = {"happened_on": CLOSES}
    found: dict[str, Any] = survey.call("close_questionnaire", questionnaire["id"], body)
    return found


def decision(**changed: Any) -> dict[str, Any]:
    """The decision to publish, two days after the closing."""
    return {
        "decided_by": "主任会议(合成)",
        "reference": "合成〔2023〕1号",
        "happened_on": AFTER,
    } | changed


def publish(survey: Harness, questionnaire: dict[str, Any]) -> dict[str, Any]:
    """Publish; the score as the public reads it."""
    survey.call("publish_score", questionnaire["id"], decision())
    found: dict[str, Any] = survey.call("get_score", questionnaire["id"], roles=())
    return found
