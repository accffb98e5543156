"""The desk: what waits for whom, and that nothing with a deadline waits for nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gateway.links import PATHS
from services.supervision.model import deadline
from services.supervision.queries.views.desk import CALLED
from services.supervision.queries.views.due import DUE, WHOSE
from services.supervision.queries.views.waiting import ROLES
from services.supervision.queries.views.waits import WAITS
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import Year


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def desk(year: Year, role: str, subject: str = "somebody", **params: Any) -> dict[str, Any]:
    """All of a reader's desk, two things a page."""
    found: dict[str, Any] = {}
    items: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        given = {"limit": 2} | params | cursor
        found = year.service.call("get_desk", given, roles=(role,), subject=subject)
        items += found["items"]
        if found["next"] is None:
            return found | {"items": items}
        cursor = {"cursor": found["next"]}


def test_a_unit_sees_what_it_owes_and_the_government_what_it_let_pass(year: Year) -> None:
    """The most urgent first, with counts; another unit's desk is empty."""
    (project,) = year.vote("(合成)甲")
    for name, day in (("(合成)用地", "2023-07-01"), ("(合成)用电", "2023-06-01")):
        year.call(
            "owe_resource",
            project,
            kind="land",
            name=name,
            quantity=3,
            unit_of_measure="亩",
            unit_id=year.unit,
            due_on=day,
        )
    mine = desk(year, "unit", year.unit, kind="resource")
    assert [one["due_on"] for one in mine["items"]] == ["2023-06-01", "2023-07-01"]
    (counted,) = mine["counts"]
    assert (counted["kind"], counted["count"], counted["overdue"]) == ("resource", 2, 2)
    assert counted["zh"] == "要素保障到位"
    assert {one["project_id"] for one in mine["items"]} == {project}
    theirs = desk(year, "government", kind="resource")
    assert [one["id"] for one in theirs["items"]] == [one["id"] for one in mine["items"]]
    assert desk(year, "government", unit_id=project)["items"] == []
    assert desk(year, "unit", project)["items"] == []
    assert desk(year, "clerk")["items"] == []


def test_a_deputy_sees_what_waits_for_her_and_for_her_group(year: Year) -> None:
    """An answer to her question, and what a meeting decided for a group that she is in."""
    (project,) = year.vote("(合成)甲")
    hers, other = year.deputy("330100"), year.deputy("330100")
    group = year.call(
        "form_group",
        project_id=project,
        name="(合成)监督小组",
        members=[{"kind": "deputy", "deputy_id": hers}],
        happened_on="2023-03-01",
    )
    meeting = year.call("record_meeting", kind="report-meeting", name="(合成)", text="(合成)")
    decided = {"project_id": project, "text": "(合成)再看一次", "group_id": group["id"]}
    for due in ({"due_on": "2023-06-30"}, {}):
        year.service.call("take_decision", meeting["id"], decided | due)
    asked = {"project_id": project, "deputy_id": hers, "unit_id": year.unit, "text": "(合成)问"}
    question = year.service.call("ask_question", meeting["id"], asked)
    asked_of = desk(year, "unit", year.unit, project_id=project)["items"]
    assert {one["kind"] for one in asked_of} - {"plan"} == {"question"}
    year.call("answer_question", question["id"], text="(合成)六月")
    mine = desk(year, "deputy", hers)["items"]
    assert [one["kind"] for one in mine] == ["decision", "undated-decision", "answered-question"]
    assert mine[2]["id"] == question["id"] and mine[2]["due_on"] is None
    assert desk(year, "deputy", other)["items"] == []
    assert [one["kind"] for one in desk(year, "clerk")["items"]] == ["decision"]


def test_an_opinion_waits_for_its_unit_and_its_reply_for_the_deputy(year: Year) -> None:
    """Nobody else's desk has the judgement but hers and the office's."""
    (project,) = year.vote("(合成)甲")
    hers, other = year.deputy("330100"), year.deputy("330100")
    said = {"project_id": project, "deputy_id": hers, "channel": "week", "text": "(合成)意见"}
    opinion = year.call("raise_opinion", **said)
    mine = desk(year, "unit", year.unit, kind="opinion")["items"]
    assert {one["id"] for one in mine} == {opinion["id"]}
    assert {"accept", "reply"} <= {one["code"] for one in mine}
    assert desk(year, "deputy", hers, kind="opinion")["items"] == []
    answer = {"unit_id": year.unit, "text": "(合成)答复", "happened_on": "2023-05-20"}
    as_unit = {"roles": ("unit", "recorder"), "subject": year.unit}
    year.service.call("reply_to_opinion", opinion["id"], answer, **as_unit)
    (judge,) = desk(year, "deputy", hers, kind="opinion")["items"]
    assert (judge["code"], judge["id"], judge["record"]) == ("judge", opinion["id"], "opinion")
    assert desk(year, "deputy", other, kind="opinion")["items"] == []
    codes = {one["code"] for one in desk(year, "clerk", kind="opinion")["items"]}
    assert "judge" in codes


def test_a_subject_that_is_no_id_has_an_empty_desk(year: Year) -> None:
    """Such as that of a token from elsewhere; no error on either database."""
    assert desk(year, "unit", "somebody")["items"] == []
    assert desk(year, "deputy", "somebody", kind="opinion")["items"] == []


def test_every_kind_of_deadline_is_on_somebodys_desk() -> None:
    """Each has its names; with a unit it is the unit's, without one the office's."""
    assert set(DUE) == set(deadline.KINDS)
    assert set(WHOSE) == set(ROLES)


def test_every_wait_has_a_reader_and_leads_somewhere() -> None:
    """No kind is used twice, and the gateway knows the path of each record."""
    assert len(CALLED) == len(DUE) + len(WAITS)
    assert all(set(one.whose) <= set(ROLES) and one.whose for one in WAITS)
    named = {one.record for one in CALLED.values() if isinstance(one.record, str)}
    assert named <= set(PATHS)
