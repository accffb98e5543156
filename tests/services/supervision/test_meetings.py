"""Meetings: who took part, minutes, decisions until they are done, questions until closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def held(year: Year, **changes: Any) -> dict[str, Any]:
    """A report meeting of August."""
    body = {"kind": "report-meeting", "name": "(合成)报告会", "happened_on": "2023-08-10"}
    return year.call("record_meeting", **body | changes)


def at(year: Year, method: str, meeting_id: str, **body: Any) -> dict[str, Any]:
    """Call a method whose day is the meeting's."""
    made: dict[str, Any] = year.service.call(method, meeting_id, body)
    return made


def overdue(year: Year, on: str, kind: str) -> list[str]:
    """What was overdue on a day: the ids of the things."""
    found = year.service.call("list_supervision_overdue", {"on": on, "kind": kind})
    return [one["subject_id"] for one in found["items"]]


def test_a_meeting_of_a_group_is_about_projects(year: Year) -> None:
    """An old client names neither; what is named must exist."""
    (project_id,) = year.vote("(合成)甲")
    assert held(year)["project_ids"] == []
    members = [{"kind": "city-organ", "unit_id": year.unit}]
    group = year.call("form_group", project_id=project_id, name="(合成)一组", members=members)
    named = {"group_id": group["id"], "project_ids": [project_id], "number": "第1次"}
    made = held(year, kind="regular", **named)
    assert {name: made[name] for name in named} == named
    found = year.service.call("list_meetings", {"group_id": group["id"]})["items"]
    assert found == [made]
    with pytest.raises(Conflict, match="project-not-heard"):
        held(year, project_ids=[new()])
    with pytest.raises(Invalid, match="reference-unknown"):
        held(year, group_id=new())


def test_minutes_that_replace_others_say_why_and_the_others_stay(year: Year) -> None:
    """The public list of meetings does not carry them."""
    meeting = held(year)
    year.call("write_minutes", meeting["id"], text="(合成)初稿", happened_on="2023-08-11")
    with pytest.raises(Invalid, match="reason-missing"):
        year.call("write_minutes", meeting["id"], text="(合成)二", happened_on="2023-08-12")
    later = {"text": "(合成)二", "reason": "(合成)更正", "happened_on": "2023-08-12"}
    made = year.call("write_minutes", meeting["id"], **later)
    assert [one["text"] for one in made["minutes"]] == ["(合成)初稿", "(合成)二"]
    assert year.service.call("get_minutes", meeting["id"]) == made
    assert "minutes" not in year.service.call("get_meeting", meeting["id"])


def test_a_person_takes_part_in_a_meeting_once_in_whatever_role(year: Year) -> None:
    """A deputy by her id, an official by unit and office, a resident by a label."""
    meeting, deputy = held(year), year.deputy(OWN)
    official = {"role": "official", "unit_id": year.unit, "office": "(示例)局长"}
    at(year, "attend_meeting", meeting["id"], role="deputy", deputy_id=deputy)
    at(year, "attend_meeting", meeting["id"], **official)
    at(year, "attend_meeting", meeting["id"], **official | {"office": "(示例)处长"})
    at(year, "attend_meeting", meeting["id"], role="resident", label="居民代表一")
    for twice in (
        {"role": "group-leader", "deputy_id": deputy},
        official | {"role": "chair"},
    ):
        with pytest.raises(Conflict, match="attends-already"):
            at(year, "attend_meeting", meeting["id"], **twice)
    for misnamed in (
        {"role": "deputy", "unit_id": year.unit},
        {"role": "official", "unit_id": year.unit},
        {"role": "resident", "label": "居民代表二", "deputy_id": deputy},
    ):
        with pytest.raises(Invalid, match="participant-misnamed"):
            at(year, "attend_meeting", meeting["id"], **misnamed)
    listed = year.service.call("list_meeting_participants", meeting["id"], {})["items"]
    assert len(listed) == 4


def test_a_decision_is_overdue_from_its_day_until_it_is_done(year: Year) -> None:
    """By the unit itself; done once; what has no day is never overdue."""
    meeting = held(year)
    body = {"text": "(合成)月底前整改", "unit_id": year.unit, "due_on": "2023-08-31"}
    made = at(year, "take_decision", meeting["id"], **body)
    at(year, "take_decision", meeting["id"], **body | {"due_on": None})
    assert overdue(year, "2023-08-31", "decision") == []
    assert overdue(year, "2023-09-01", "decision") == [made["id"]]
    done = {"outcome": "(合成)已整改", "happened_on": "2023-09-05"}
    unit = ("unit", "recorder")
    with pytest.raises(Forbidden):
        year.service.call("complete_decision", made["id"], done, roles=unit, subject=new())
    ended = year.service.call("complete_decision", made["id"], done, roles=unit, subject=year.unit)
    assert (ended["state"], ended["ended_on"]) == ("done", "2023-09-05")
    assert overdue(year, "2023-09-04", "decision") == [made["id"]]
    assert overdue(year, "2023-09-05", "decision") == []
    with pytest.raises(Conflict, match="decision-ended"):
        year.call("drop_decision", made["id"], **done)


def test_a_decision_is_for_one_unit_or_one_group(year: Year) -> None:
    """Neither and both are refused; a day before the meeting too."""
    meeting = held(year)
    with pytest.raises(Invalid, match="decision-whose"):
        at(year, "take_decision", meeting["id"], text="(合成)")
    with pytest.raises(Invalid, match="day-before"):
        at(
            year,
            "take_decision",
            meeting["id"],
            text="(合成)",
            unit_id=year.unit,
            due_on="2023-08-09",
        )


def test_a_deputy_of_the_group_completes_its_decision(year: Year) -> None:
    """Not one who is no member on that day."""
    (project_id,) = year.vote("(合成)甲")
    deputy, other = year.deputy(OWN), year.deputy(OWN)
    members = [{"kind": "deputy", "deputy_id": deputy}]
    group = year.call("form_group", project_id=project_id, name="(合成)一组", members=members)
    made = at(year, "take_decision", held(year)["id"], text="(合成)", group_id=group["id"])
    done = {"outcome": "(合成)", "happened_on": "2023-09-01"}
    roles = ("deputy", "recorder")
    with pytest.raises(Forbidden):
        year.service.call("complete_decision", made["id"], done, roles=roles, subject=other)
    year.service.call("complete_decision", made["id"], done, roles=roles, subject=deputy)


def asked(year: Year) -> tuple[dict[str, Any], str]:
    """A question about a project at the report meeting, and who asked it."""
    (project_id,) = year.vote("(合成)甲")
    deputy = year.deputy(OWN)
    body = {"project_id": project_id, "deputy_id": deputy, "unit_id": year.unit, "text": "(合成)?"}
    return at(year, "ask_question", held(year)["id"], **body), deputy


def test_a_question_waits_on_the_overdue_list_until_each_answer(year: Year) -> None:
    """Asked on 10 August, ten working days by the shipped rule; asked again, ten more."""
    question, _ = asked(year)
    assert overdue(year, "2023-08-24", "question") == []
    assert overdue(year, "2023-08-25", "question") == [question["id"]]
    year.call("answer_question", question["id"], text="(合成)", happened_on="2023-08-25")
    assert overdue(year, "2023-08-25", "question") == []
    year.call("follow_up_question", question["id"], text="(合成)", happened_on="2023-08-28")
    assert overdue(year, "2023-09-30", "question") == [question["id"]]
    year.call("answer_question", question["id"], text="(合成)", happened_on="2023-09-30")
    closed = year.call("close_question", question["id"], happened_on="2023-10-01")
    assert (closed["state"], closed["closed_on"]) == ("closed", "2023-10-01")
    assert [turn["kind"] for turn in closed["turns"]] == ["answer", "follow-up", "answer"]
    assert overdue(year, "2023-12-01", "question") == []


def test_a_question_is_answered_by_its_unit_and_closed_by_its_deputy(year: Year) -> None:
    """Another unit and another deputy are refused; so is what is out of turn."""
    question, deputy = asked(year)
    body = {"text": "(合成)", "happened_on": "2023-08-12"}
    day = {"happened_on": "2023-08-12"}
    unit, own = ("unit", "recorder"), ("deputy", "recorder")

    def call(method: str, body: dict[str, Any], roles: tuple[str, ...], subject: str) -> Any:
        return year.service.call(method, question["id"], body, roles=roles, subject=subject)

    with pytest.raises(Conflict, match="question-unanswered"):
        call("close_question", day, own, deputy)
    with pytest.raises(Forbidden):
        call("answer_question", body, unit, new())
    call("answer_question", body, unit, year.unit)
    with pytest.raises(Conflict, match="question-answered"):
        call("answer_question", body, unit, year.unit)
    with pytest.raises(Forbidden):
        call("follow_up_question", body, own, year.deputy(OWN))
    with pytest.raises(Forbidden):
        call("close_question", day, own, year.deputy(OWN))
    with pytest.raises(Invalid, match="day-before"):
        call("close_question", {"happened_on": "2023-08-11"}, own, deputy)
    call("close_question", day, own, deputy)
    with pytest.raises(Conflict, match="question-closed"):
        call("answer_question", body, unit, year.unit)


def test_a_follow_up_points_to_an_opinion_about_the_same_project(year: Year) -> None:
    """An opinion about another project is refused."""
    question, deputy = asked(year)
    (other,) = year.vote("(合成)乙")
    year.call("answer_question", question["id"], text="(合成)", happened_on="2023-08-12")
    raised = {"deputy_id": deputy, "channel": "meeting", "text": "(合成)"}
    one = year.call("raise_opinion", project_id=question["project_id"], **raised)
    two = year.call("raise_opinion", project_id=other, **raised)
    body = {"text": "(合成)", "happened_on": "2023-08-13"}
    with pytest.raises(Invalid, match="other-project"):
        year.call("follow_up_question", question["id"], **body, opinion_id=two["id"])
    made = year.call("follow_up_question", question["id"], **body, opinion_id=one["id"])
    assert made["turns"][-1]["opinion_id"] == one["id"]
