"""The supervision service on both databases: what its calls do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import DISTRICT, OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def test_the_chosen_candidates_become_projects_and_the_others_do_not(year: Year) -> None:
    """One event each, the candidate's id kept, and nothing is done yet."""
    one, two = year.vote("(合成)甲", "(合成)乙")
    listed = year.service.call("list_projects", {"year": "2023"})["items"]
    assert {project["id"] for project in listed} == {one, two}
    project = year.service.call("get_project", one)
    assert (project["adopted_on"], project["completed_on"]) == ("2023-02-22", None)
    (item,) = project["sub_items"]
    assert (item["target"], item["quantity"], item["completed_on"]) == (100, None, None)
    events = year.service.events("project.adopted.v1")
    assert {event.subject for event in events} == {one, two}


def test_progress_completes_a_project_and_a_correction_takes_it_back(year: Year) -> None:
    """Each entry is a version and an event; what stands decides, what it replaced is kept."""
    (project_id,) = year.vote("(合成)甲")
    item = year.service.call("get_project", project_id)["sub_items"][0]["id"]

    def report(quantity: float, month: str, on: str) -> dict[str, Any]:
        return year.call(
            "report_progress",
            project_id,
            sub_item_id=item,
            month=month,
            quantity=quantity,
            happened_on=on,
        )

    assert report(60, "2023-06", "2023-06-30")["completed_on"] is None
    done = report(100, "2023-10", "2023-10-25")
    assert (done["version"], done["completed_on"]) == (3, "2023-10-25")
    assert [e.version for e in year.service.events("project.progressed.v1")] == [2, 3]
    (completed,) = year.service.events("project.completed.v1")
    assert completed.data["completed_on"] == "2023-10-25"
    corrected = report(99, "2023-10", "2023-10-25")
    assert corrected["completed_on"] is None
    assert len(corrected["progress"]) == 3
    assert len(corrected["standing"]) == 2
    assert year.service.call("get_project", project_id) == corrected


def test_progress_with_a_stale_version_is_refused(year: Year) -> None:
    """If-Match names the project's version."""
    (project_id,) = year.vote("(合成)甲")
    item = year.service.call("get_project", project_id)["sub_items"][0]["id"]
    body = {
        "sub_item_id": item, "month": "2023-06", "quantity": 1, "happened_on": "2023-06-30",
    }  # fmt: skip
    year.service.call("report_progress", project_id, body, expected_version=1)
    with pytest.raises(Stale):
        year.service.call("report_progress", project_id, body, expected_version=1)


def test_a_project_has_one_group_of_heard_units_and_deputies(year: Year) -> None:
    """A second group and members nobody heard of are conflicts, the latter to be tried again."""
    (project_id,) = year.vote("(合成)甲")
    deputy = year.deputy(OWN)
    members = [
        {"kind": "city-organ", "unit_id": year.unit},
        {"kind": "deputy", "deputy_id": deputy},
    ]
    body: dict[str, Any] = {"project_id": project_id, "name": "一组", "liaison_officers": ["处长"]}
    with pytest.raises(Conflict, match="deputy-not-heard"):
        year.call("form_group", **body, members=[{"kind": "deputy", "deputy_id": new()}])
    with pytest.raises(Conflict, match="unit-not-heard"):
        year.call("form_group", **body, members=[{"kind": "city-organ", "unit_id": new()}])
    made = year.call("form_group", **body, members=members)
    assert made["members"] == members
    assert year.service.call("list_groups", {"project_id": project_id})["items"] == [made]
    with pytest.raises(Conflict, match="group-exists"):
        year.call("form_group", **body, members=members)
    with pytest.raises(Conflict, match="project-not-heard"):
        year.call("form_group", **body | {"project_id": new()}, members=members)


def test_a_deputy_attends_a_visit_once_and_on_its_day(year: Year) -> None:
    """Two rows of one deputy at one visit would be two person-times of one."""
    (project_id,) = year.vote("(合成)甲")
    deputy = year.deputy(OWN)
    visit = year.call("record_visit", project_id=project_id, kind="research")
    made = year.call("attend_visit", visit["id"], deputy_id=deputy)
    assert (made["visit_id"], made["version"]) == (visit["id"], 1)
    with pytest.raises(Conflict, match="attends-already"):
        year.call("attend_visit", visit["id"], deputy_id=deputy)
    with pytest.raises(Invalid, match="not-the-visits-day"):
        year.call("attend_visit", visit["id"], deputy_id=year.deputy(OWN), happened_on="2023-05-17")
    assert year.service.call("list_attendances", visit["id"], {})["items"] == [made]


def test_a_deputy_records_her_own_deeds_only(year: Year) -> None:
    """Attendance, opinions and checks in another's name need the office."""
    (project_id,) = year.vote("(合成)甲")
    deputy, other = year.deputy(OWN), year.deputy(OWN)
    visit = year.call("record_visit", project_id=project_id, kind="open-visit")
    day = {"happened_on": "2023-05-16"}
    opinion = {"project_id": project_id, "channel": "online", "text": "(合成)"}
    calls: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
        ("attend_visit", (visit["id"],), {}),
        ("raise_opinion", (), opinion),
        ("check_online", (), {"project_id": project_id}),
    ]
    for method, ids, body in calls:
        own = body | day | {"deputy_id": deputy}
        roles = ("deputy", "recorder")
        with pytest.raises(Forbidden):
            year.service.call(method, *ids, own, roles=roles, subject=other)
        year.service.call(method, *ids, own, roles=roles, subject=deputy)


def test_visits_and_problems_of_other_projects_are_not_linked(year: Year) -> None:
    """A problem found on a visit, and an opinion about it, speak of the visit's project."""
    one, two = year.vote("(合成)甲", "(合成)乙")
    deputy = year.deputy(OWN)
    visit = year.call("record_visit", project_id=one, kind="unannounced-visit")
    problem = year.call("record_problem", project_id=one, visit_id=visit["id"], text="(合成)")
    with pytest.raises(Invalid, match="other-project"):
        year.call("record_problem", project_id=two, visit_id=visit["id"], text="(合成)")
    with pytest.raises(Invalid, match="reference-unknown"):
        year.call("record_problem", project_id=one, visit_id=new(), text="(合成)")
    body = {"deputy_id": deputy, "channel": "week", "text": "(合成)", "problem_id": problem["id"]}
    with pytest.raises(Invalid, match="other-project"):
        year.call("raise_opinion", project_id=two, **body)
    made = year.call("raise_opinion", project_id=one, **body)
    assert made["problem_id"] == problem["id"]


def test_a_unit_speaks_for_itself_only(year: Year) -> None:
    """Its token's subject is its id; another unit's name is refused, the offices may use any."""
    (project_id,) = year.vote("(合成)甲")
    deputy = year.deputy(OWN)
    body = {"project_id": project_id, "deputy_id": deputy, "channel": "week", "text": "(合成)"}
    made = year.call("raise_opinion", **body)
    answer = {"unit_id": year.unit, "text": "(合成)", "happened_on": "2023-05-20"}
    unit = ("unit", "recorder")
    with pytest.raises(Forbidden):
        year.service.call("handle_opinion", made["id"], answer, roles=unit, subject=new())
    handled = year.service.call("handle_opinion", made["id"], answer, roles=unit, subject=year.unit)
    assert handled["handled_on"] == "2023-05-20"
    item = year.service.call("get_project", project_id)["sub_items"][0]["id"]
    entry = {
        "sub_item_id": item,
        "month": "2023-06",
        "quantity": 1,
        "text": "",
        "happened_on": "2023-06-30",
    }
    with pytest.raises(Forbidden):
        year.service.call("report_progress", project_id, entry, roles=unit, subject=new())
    year.service.call("report_progress", project_id, entry, roles=unit, subject=year.unit)


def test_handling_and_reply_are_separate_and_make_events_without_text(year: Year) -> None:
    """An opinion stays open until both are there; each happens once."""
    (project_id,) = year.vote("(合成)甲")
    made = year.call(
        "raise_opinion",
        project_id=project_id,
        deputy_id=year.deputy(OWN),
        channel="online",
        text="(合成)秘密",
    )
    answer = {"unit_id": year.unit, "text": "(合成)秘密"}
    replied = year.call("reply_to_opinion", made["id"], **answer)
    assert (replied["version"], replied["handled_on"]) == (2, None)
    assert len(year.service.call("list_opinions", {"open": "true"})["items"]) == 1
    handled = year.call("handle_opinion", made["id"], **answer, happened_on="2023-05-20")
    assert (handled["handled_on"], handled["replied_on"]) == ("2023-05-20", "2023-05-16")
    assert year.service.call("list_opinions", {"open": "true"})["items"] == []
    assert len(year.service.call("list_opinions", {"open": "false"})["items"]) == 1
    with pytest.raises(Conflict):
        year.call("handle_opinion", made["id"], **answer, happened_on="2023-05-21")
    told = year.service.events()
    assert [e.type.split(".")[2] for e in told if ".opinion." in e.type] == [
        "raised",
        "replied",
        "handled",
    ]
    assert "秘密" not in str([event.data for event in told])


def test_an_indicator_is_declared_month_by_month(year: Year) -> None:
    """Its key is unique within the year; a month again corrects."""
    body = {"year": 2023, "key": "warnings", "name": "预警", "unit_of_measure": "warning"}
    made = year.call("define_indicator", **body, declared_by=year.unit)
    for value in (500, 50):
        changed = year.call("declare_indicator", made["id"], month="2023-04", value=value)
    assert changed["version"] == 3
    assert [entry["value"] for entry in changed["entries"]] == [500, 50]
    with pytest.raises(Conflict, match="indicator-exists"):
        year.call("define_indicator", **body, declared_by=year.unit)
    with pytest.raises(Invalid):
        year.call("declare_indicator", made["id"], month="2022-04", value=1)


def test_meetings_look_backs_and_texts_are_kept_and_listed(year: Year) -> None:
    """Each is read as it was answered; a look-back is also told to the others, without its text."""
    meeting = year.call("record_meeting", kind="regular", name="例会")
    back = year.call(
        "record_look_back",
        project_name="旧市场",
        project_year=2021,
        finding="(合成)良好",
        effective=True,
    )
    text = year.call(
        "write_report_text", year=2023, section="evaluation", heading="(合成)", text="(合成)"
    )
    for name, made in (("meeting", meeting), ("look_back", back), ("report_text", text)):
        assert year.service.call(f"get_{name}", made["id"]) == made
        assert year.service.call(f"list_{name}s", {})["items"] == [made]
    (event,) = year.service.events("look-back.recorded.v1")
    assert "finding" not in event.data


def test_the_past_is_recorded_by_who_may_and_the_future_by_nobody(year: Year) -> None:
    """Late days need the role recorder; a day to come is refused."""
    body = {"kind": "regular", "name": "例会", "happened_on": "2023-05-16"}
    with pytest.raises(Forbidden):
        year.service.call("record_meeting", body, roles=("clerk",))
    with pytest.raises(Invalid):
        year.service.call("record_meeting", body | {"happened_on": "2199-01-01"})


def test_a_repeated_command_does_nothing_twice(year: Year) -> None:
    """The same key gives the same answer, and one entry."""
    (project_id,) = year.vote("(合成)甲")
    item = year.service.call("get_project", project_id)["sub_items"][0]["id"]
    body = {
        "sub_item_id": item, "month": "2023-06", "quantity": 1, "happened_on": "2023-06-30",
    }  # fmt: skip
    first = year.service.call("report_progress", project_id, body, key="key-00001")
    assert year.service.call("report_progress", project_id, body, key="key-00001") == first
    assert len(year.service.call("get_project", project_id)["progress"]) == 1


def test_lists_come_in_pages_by_day(year: Year) -> None:
    """Every row once, in order, whatever the page's size."""
    for number in range(5):
        day = f"2023-05-0{5 - number}"
        year.call("record_meeting", kind="regular", name="例会", happened_on=day)
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = year.service.call("list_meetings", {"limit": "2", **cursor})
        seen += [one["happened_on"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == sorted(seen)
    assert len(seen) == 5


def test_a_report_is_defined_once_a_year_and_can_be_defined_anew(year: Year) -> None:
    """The second definition replaces the first; a year without one has no figures."""
    with pytest.raises(NotFound):
        year.figures()
    body = {"year": 2023, "title": "(合成)报告", "completed_by": "2023-11-30"}
    first = year.call("define_report", **body)
    second = year.call("define_report", **body | {"completed_by": "2023-12-20"})
    assert (second["id"], second["version"]) == (first["id"], 2)
    assert "supervision.sub_items_completed_by_2023_12_20" in year.figures()
    for unknown in (2022, 0, 10**12):
        with pytest.raises(NotFound):
            year.service.call("get_report", unknown, {})


def test_what_does_not_exist_is_not_found(year: Year) -> None:
    """Reading or changing an unknown thing says so."""
    for name in ("project", "group", "activity", "visit", "problem", "opinion", "indicator"):
        with pytest.raises(NotFound):
            year.service.call(f"get_{name}", new())
    with pytest.raises(NotFound):
        year.call("handle_opinion", new(), unit_id=year.unit, text="(合成)")


@pytest.mark.parametrize(
    ("method", "body", "pointer"),
    [
        ("record_meeting", {"kind": "party", "name": "会"}, "/kind"),
        ("record_meeting", {"kind": "regular", "name": " "}, "/name"),
        ("arrange_activity", {"year": 2023, "kind": "visit", "name": "周",
                              "starts_on": "2023-05-15", "ends_on": "2023-05-14"}, "/ends_on"),
        ("define_report", {"year": 2023, "title": "报告", "completed_by": "2023-11-31"},
         "/completed_by"),
        ("define_indicator", {"year": 2023, "key": "Bad Key", "name": "甲",
                              "unit_of_measure": "次", "declared_by": OWN}, "/key"),
        ("record_look_back", {"project_name": "旧", "project_year": 2024, "finding": "好",
                              "effective": True}, "/project_year"),
    ],
)  # fmt: skip
def test_a_bad_body_is_refused_at_its_place(
    year: Year, method: str, body: dict[str, Any], pointer: str
) -> None:
    """The error says where."""
    with pytest.raises(Invalid) as caught:
        year.call(method, **body)
    assert pointer in [error["pointer"] for error in caught.value.errors]


def test_people_of_both_levels_count_as_the_jurisdictions_own(year: Year) -> None:
    """The figures come out of the database as the model's tests have them."""
    (project_id,) = year.vote("(合成)甲")
    year.call("define_report", year=2023, title="(合成)", completed_by="2023-11-30")
    visit = year.call(
        "record_visit", project_id=project_id, kind="research", activity_id=year.week()
    )
    for congresses in ((OWN,), (OWN, DISTRICT), (DISTRICT,)):
        year.call("attend_visit", visit["id"], deputy_id=year.deputy(*congresses))
    found = year.figures()
    names = ("city_deputies", "district_deputies", "attendances")
    assert [found[f"supervision.week.{name}"] for name in names] == [2, 1, 3]
