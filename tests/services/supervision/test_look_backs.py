"""Look-backs on both databases: planned by the rule, visited, found, concluded, followed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.store import BoundStore
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from services.supervision import nightly
from services.supervision.service import SupervisionService
from services.supervision.tables.opinions import problems

from ...harness import Harness
from .year import OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def completed(year: Year, on: str = "2023-10-25") -> tuple[str, str]:
    """A project of 2023 that is complete, and its sub-item."""
    (project_id,) = year.vote("(合成)甲")
    item = str(year.service.call("get_project", project_id)["sub_items"][0]["id"])
    year.call(
        "report_progress",
        project_id,
        sub_item_id=item,
        month=on[:7],
        quantity=100,
        happened_on=on,
    )
    return project_id, item


def planned(year: Year, project_id: str, **changed: Any) -> dict[str, Any]:
    """A look-back planned for the next autumn."""
    body = {"project_id": project_id, "due_on": "2024-10-31", "happened_on": "2024-03-01"}
    return year.call("plan_look_back", **body | changed)


def visited(year: Year, id_: str, *deputies: str, **changed: Any) -> dict[str, Any]:
    """Somebody goes to see."""
    body = {"place": "(合成)食堂", "deputy_ids": list(deputies), "happened_on": "2024-09-02"}
    return year.call("visit_look_back", id_, **body | changed)


def found(year: Year, id_: str, **changed: Any) -> dict[str, Any]:
    """What was found at the whole project."""
    body = {"working": "partly", "text": "(合成)部分停用", "happened_on": "2024-09-02"}
    return year.call("find_at_look_back", id_, **body | changed)


def concluded(year: Year, id_: str, **changed: Any) -> dict[str, Any]:
    """Its conclusion."""
    body = {"finding": "(合成)总体有效", "effective": True, "happened_on": "2024-09-30"}
    return year.call("conclude_look_back", id_, **body | changed)


def overdue(year: Year, on: str, kind: str) -> list[dict[str, Any]]:
    """What of a kind was overdue on a day."""
    params = {"on": on, "kind": kind}
    listed: list[dict[str, Any]] = year.service.call("list_supervision_overdue", params)["items"]
    return listed


def plan_nightly(year: Year) -> None:
    """What the night does."""
    harness = year.service
    nightly.plan_look_backs(BoundStore(harness.engine, harness.metadata, harness.settings))


def test_a_look_back_goes_its_way_and_is_told_without_its_texts(year: Year) -> None:
    """Planned, visited, found, concluded: one id; the event says how each sub-item works."""
    project_id, item = completed(year)
    deputy = year.deputy(OWN)
    one = planned(year, project_id)
    assert (one["state"], one["project_name"], one["project_year"]) == ("planned", "(合成)甲", 2023)
    visited(year, one["id"], deputy, unit_ids=[year.unit], division="330106")
    seen = found(
        year,
        one["id"],
        sub_item_id=item,
        operator_unit_id=year.unit,
        running_yuan=120_000,
        running_source="(合成)区财政",
        mechanisms=[{"title": "(合成)管护办法"}],
        recommendations=["(合成)延长开放时间"],
    )
    assert (seen["state"], seen["version"]) == ("under-way", 3)
    done = concluded(year, one["id"])
    assert (done["id"], done["recommendations"]) == (one["id"], ["(合成)延长开放时间"])
    assert year.service.call("get_look_back", one["id"]) == done
    assert year.service.call("list_look_backs", {"project_id": project_id})["items"] == [done]
    (listed,) = year.service.call("list_look_back_findings", one["id"], {})["items"]
    assert (listed["running_yuan"], listed["defective"]) == (120_000, True)
    (event,) = year.service.events("look-back.recorded.v1")
    assert event.data == {
        "id": one["id"],
        "project_name": "(合成)甲",
        "project_year": 2023,
        "effective": True,
        "happened_on": "2024-09-30",
        "project_id": project_id,
        "lead_unit_id": year.unit,
        "aspect": event.data["aspect"],
        "sub_items": [{"sub_item_id": item, "working": "partly"}],
    }
    assert "(合成)部分停用" not in str(event.data)


def test_a_look_back_is_overdue_until_it_is_concluded_or_dropped(year: Year) -> None:
    """The agreed day is on the one list of what is overdue, and the end takes it off."""
    project_id, _ = completed(year)
    one = planned(year, project_id)
    other = planned(year, project_id, due_on="2024-11-30")
    assert overdue(year, "2024-10-31", "look-back") == []
    (late,) = overdue(year, "2024-11-01", "look-back")
    assert (late["subject_id"], late["project_id"]) == (one["id"], project_id)
    visited(year, one["id"])
    found(year, one["id"], working="fully")
    done = concluded(year, one["id"])
    assert done["settled_on"] == "2024-09-30"
    assert overdue(year, "2024-11-01", "look-back") == []
    year.call("drop_look_back", other["id"], reason="(合成)合并", happened_on="2024-10-01")
    assert overdue(year, "2025-01-01", "look-back") == []
    ended = year.service.call("list_planned_look_backs", {"open": "false"})["items"]
    assert {one["state"] for one in ended} == {"concluded", "dropped"}
    assert year.service.call("list_planned_look_backs", {"open": "true"})["items"] == []


def test_what_was_found_wrong_is_followed_up_until_somebody_else_confirms_it(year: Year) -> None:
    """The operator has a deadline; it reports, and a deputy or the office confirms."""
    project_id, item = completed(year)
    operator = year.hear("proposal.unit.registered.v1", id=new(), name="(合成)物业中心")["id"]
    one = planned(year, project_id)
    visited(year, one["id"])
    seen = found(year, one["id"], sub_item_id=item, operator_unit_id=operator)
    finding = seen["findings"][0]["id"]
    assert concluded(year, one["id"])["settled_on"] is None
    (late,) = overdue(year, "2025-01-15", "look-back-follow-up")
    assert (late["subject_id"], late["unit_id"]) == (finding, operator)

    def follow(roles: tuple[str, ...], subject: str, **body: Any) -> dict[str, Any]:
        given = {"finding_id": finding, "text": "(合成)", "solved": False, "unit_id": operator}
        answer: dict[str, Any] = year.service.call(
            "follow_up_look_back",
            one["id"],
            given | {"happened_on": "2024-11-05"} | body,
            roles=(*roles, "recorder"),
            subject=subject,
        )
        return answer

    with pytest.raises(Forbidden):
        follow(("unit",), new())
    with pytest.raises(Forbidden):
        follow(("unit",), operator, unit_id=None, solved=True)
    with pytest.raises(Invalid) as caught:
        follow(("unit",), operator, solved=True)
    assert caught.value.code == "confirms-itself"
    stranger = year.hear("proposal.unit.registered.v1", id=new(), name="(合成)另一单位")["id"]
    with pytest.raises(Forbidden, match="unit-not-concerned"):
        follow(("unit",), stranger, unit_id=stranger)
    follow(("unit",), operator)
    assert overdue(year, "2025-01-15", "look-back-follow-up")
    follow(("deputy",), new(), unit_id=None, solved=True)
    assert overdue(year, "2025-01-15", "look-back-follow-up") == []
    assert year.service.call("get_look_back", one["id"])["settled_on"] == "2024-11-05"
    told = year.service.call("list_look_back_follow_ups", one["id"], {})["items"]
    assert sorted(one["solved"] for one in told) == [False, True]


def test_a_finding_is_not_settled_before_its_problems_are(year: Year) -> None:
    """A problem that was found has its own way; until it is confirmed the finding stays open."""
    project_id, _ = completed(year)
    one = planned(year, project_id)
    visited(year, one["id"])
    problem = year.call(
        "record_problem", project_id=project_id, text="(合成)漏水", happened_on="2024-09-02"
    )
    seen = found(year, one["id"], working="fully", problem_ids=[problem["id"]])
    concluded(year, one["id"])
    body = {
        "finding_id": seen["findings"][0]["id"],
        "text": "(合成)已修",
        "solved": True,
        "happened_on": "2024-11-05",
    }
    with pytest.raises(Conflict) as caught:
        year.call("follow_up_look_back", one["id"], **body)
    assert caught.value.code == "problems-open"
    with year.service.engine.begin() as connection:
        confirmed = sa.update(problems).values(confirmed_on=dt.date(2024, 11, 4))
        connection.execute(confirmed.where(problems.c.id == problem["id"]))
    year.call("follow_up_look_back", one["id"], **body)
    assert year.service.call("get_look_back", one["id"])["settled_on"] == "2024-11-05"


def test_the_night_plans_what_the_rule_asks_for_once(year: Year) -> None:
    """Rounds after the completion by the rule; those that nobody could keep are left out."""
    today = dt.datetime.now(dt.UTC).date()
    recent = (today - dt.timedelta(days=3)).isoformat()
    project_id, _ = completed(year, on=recent)
    completed(year, on="2023-03-01")
    for _ in range(2):
        plan_nightly(year)
    listed = year.service.call("list_planned_look_backs", {"project_id": project_id})["items"]
    assert {one["round"] for one in listed} == {"first", "second", "third"}
    assert len(year.service.call("list_planned_look_backs", {})["items"]) == 3
    assert all(one["rule_digest"] and one["rule_id"] is None for one in listed)
    due = {one["round"]: one["due_on"] for one in listed}
    assert [due[r][:4] for r in ("first", "second", "third")] == [
        str(int(recent[:4]) + n) for n in (1, 2, 3)
    ]
    with pytest.raises(Conflict) as caught:
        planned(year, project_id, round="first", due_on=None)
    assert caught.value.code == "look-back-planned"


def test_a_rule_of_ones_own_decides_the_rounds(year: Year) -> None:
    """A body that adopts one round has one planned; an unknown round is refused."""
    year.call(
        "adopt_supervision_rule",
        kind="look-backs",
        title="(合成)",
        text="(合成)",
        source="(合成)",
        content=[{"code": "second", "name": "第二年"}],
        adopted_by="(合成)主任会议",
    )
    project_id, _ = completed(year)
    with pytest.raises(Invalid) as caught:
        planned(year, project_id, round="first", due_on=None)
    assert caught.value.errors[0]["pointer"] == "/round"
    one = planned(year, project_id, round="second", due_on=None)
    assert (one["due_on"], bool(one["rule_id"])) == ("2025-10-27", True)


def test_a_deputy_records_her_own_visits_and_what_she_saw(year: Year) -> None:
    """Who did not go is refused, for the visit and for the finding."""
    project_id, _ = completed(year)
    one = planned(year, project_id)
    hers, another = year.deputy(OWN), year.deputy(OWN)
    visit = {"place": "(合成)", "happened_on": "2024-09-02", "deputy_ids": [hers]}
    finding = {"working": "fully", "text": "(合成)", "happened_on": "2024-09-02"}
    calls = (("visit_look_back", visit), ("find_at_look_back", finding))
    for method, body in calls:
        for deputy, may in ((another, False), (hers, True)):
            how: dict[str, Any] = {"roles": ("deputy", "recorder"), "subject": deputy}
            if may:
                year.service.call(method, one["id"], body, **how)
            else:
                with pytest.raises(Forbidden):
                    year.service.call(method, one["id"], body, **how)


@pytest.mark.parametrize(
    ("method", "body", "pointer"),
    [
        ("plan_look_back", {"project_year": 2021}, "/project_name"),
        ("plan_look_back", {"project_name": "旧", "project_year": 2021, "due_on": "2022-01-01"},
         "/due_on"),
        ("plan_look_back", {"project_id": "own", "round": "first", "due_on": "2025-01-01"},
         "/due_on"),
        ("plan_look_back", {"project_id": "own", "project_year": 2021}, "/project_year"),
        ("plan_look_back", {"project_id": new()}, "/project_id"),
        ("record_look_back", {"finding": "好", "effective": True, "project_year": 2021},
         "/project_name"),
        ("visit_look_back", {"place": ""}, "/place"),
        ("visit_look_back", {"place": "x", "group_id": new()}, "/group_id"),
        ("visit_look_back", {"place": "x", "division": "33"}, "/division"),
        ("find_at_look_back", {"text": "x", "working": "well"}, "/working"),
        ("find_at_look_back", {"text": "x", "working": "not", "running_yuan": -1},
         "/running_yuan"),
        ("find_at_look_back", {"text": "x", "working": "not", "problem_ids": [new()]},
         "/problem_ids/0"),
        ("find_at_look_back", {"text": "x", "working": "not", "operator_unit_id": new(),
                               "operator_name": "x"}, "/operator_name"),
    ],
)  # fmt: skip
def test_bad_bodies_are_refused_at_their_place(
    year: Year, method: str, body: dict[str, Any], pointer: str
) -> None:
    """Each mistake is told with where it stands."""
    project_id, _ = completed(year)
    one = planned(year, project_id)
    visited(year, one["id"])
    if body.get("project_id") == "own":
        body = body | {"project_id": project_id}
    ids = () if method in ("plan_look_back", "record_look_back") else (one["id"],)
    with pytest.raises(Invalid) as caught:
        year.call(method, *ids, happened_on="2024-09-03", **body)
    assert [error["pointer"] for error in caught.value.errors] == [pointer]


def test_ends_are_final_and_versions_are_kept(year: Year) -> None:
    """Twice is a conflict; the same key is a repeat; a stale version is told; strangers too."""
    project_id, _ = completed(year)
    one = planned(year, project_id)
    with pytest.raises(Stale):
        year.service.call(
            "visit_look_back",
            one["id"],
            {"place": "x", "happened_on": "2024-09-02"},
            expected_version=9,
        )
    visited(year, one["id"])
    with pytest.raises(NotFound):
        found(year, one["id"], sub_item_id=new())
    found(year, one["id"])
    body = {"finding": "x", "effective": True, "happened_on": "2024-09-30"}
    answers = [
        year.service.call("conclude_look_back", one["id"], body, key="key-00001") for _ in range(2)
    ]
    assert answers[0] == answers[1]
    for again in (concluded, visited):
        with pytest.raises(Conflict):
            again(year, one["id"])
    with pytest.raises(Conflict):
        year.call("drop_look_back", one["id"], reason="x", happened_on="2024-10-01")
    assert len(year.service.events("look-back.recorded.v1")) == 1


def test_a_project_that_is_not_kept_here_is_named(year: Year) -> None:
    """By name and year, also planned; nothing is known of its sub-items."""
    one = year.call(
        "plan_look_back",
        project_name="(合成)旧项目",
        project_year=2019,
        happened_on="2024-03-01",
    )
    visited(year, one["id"])
    with pytest.raises(Invalid) as caught:
        found(year, one["id"], sub_item_id=new())
    assert caught.value.errors[0]["pointer"] == "/sub_item_id"
    found(year, one["id"], working="not")
    done = concluded(year, one["id"], effective=False)
    assert (done["project_id"], done["effective"]) == (None, False)


def test_a_project_that_is_kept_here_is_found_by_its_name_and_year(year: Year) -> None:
    """So that its unit answers for it, whoever records it; a name that is unknown stays a name."""
    project_id, _ = completed(year)
    named = {"project_name": "(合成)甲", "finding": "(合成)", "effective": False}
    body = {**named, "happened_on": "2024-10-20"}
    found = year.call("record_look_back", **body, project_year=2023)
    assert found["project_id"] == project_id
    assert year.service.events("look-back.recorded.v1")[0].data["lead_unit_id"] == year.unit
    assert year.call("record_look_back", **body, project_year=2022)["project_id"] is None
    assert (
        year.call(
            "plan_look_back", project_name="(合成)甲", project_year=2023, due_on="2024-12-01"
        )["project_id"]
        == project_id
    )
