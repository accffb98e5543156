"""Visits: who took part, in persons and person-times; what was found; check-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.supervision.service import SupervisionService

from ...harness import Harness
from .pictures import photos, picture, uploaded
from .plan_sample import content
from .year import OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def visited(year: Year, project_id: str, day: str = "2023-05-16") -> str:
    """An open visit to the project; its id."""
    made = year.call("record_visit", project_id=project_id, kind="open-visit", happened_on=day)
    return str(made["id"])


def joined(year: Year, visit_id: str, **body: Any) -> dict[str, Any]:
    """Somebody who is no deputy takes part."""
    made: dict[str, Any] = year.service.call("join_visit", visit_id, body)
    return made


def test_persons_are_counted_once_and_person_times_each_time(year: Year) -> None:
    """A deputy in two roles is one person; labels are told apart within a visit alone."""
    (project_id,) = year.vote("(合成)甲")
    first, second = year.deputy(OWN), year.deputy(OWN)
    one, two = visited(year, project_id), visited(year, project_id, "2023-05-17")
    year.call("attend_visit", one, deputy_id=first, role="group-leader")
    year.call("attend_visit", one, deputy_id=second)
    year.call("attend_visit", two, deputy_id=first, happened_on="2023-05-17")
    official = {"role": "official", "unit_id": year.unit, "office": "(示例)局长"}
    for visit_id in (one, two):
        joined(year, visit_id, **official)
        joined(year, visit_id, role="resident", label="居民代表一")
    found = year.service.call("get_turnout", {"year": "2023"})
    assert (found["persons"], found["person_times"]) == (5, 7)
    roles = {one["role"]: (one["persons"], one["person_times"]) for one in found["roles"]}
    assert roles == {
        "deputy": (2, 2),
        "group-leader": (1, 1),
        "official": (1, 2),
        "resident": (2, 2),
    }
    assert year.service.call("get_turnout", {"year": "2022"})["person_times"] == 0
    assert year.service.call("get_turnout", {"project_id": new()})["person_times"] == 0


def test_nobody_takes_part_in_a_visit_twice(year: Year) -> None:
    """Not in another role either; a deputy's part is an attendance."""
    (project_id,) = year.vote("(合成)甲")
    deputy, visit_id = year.deputy(OWN), visited(year, project_id)
    attended = year.call("attend_visit", visit_id, deputy_id=deputy, role="group-leader")
    assert attended["role"] == "group-leader"
    with pytest.raises(Conflict, match="attends-already"):
        year.call("attend_visit", visit_id, deputy_id=deputy)
    with pytest.raises(Invalid, match="attends-as-deputy"):
        joined(year, visit_id, role="deputy", deputy_id=deputy)
    official = {"unit_id": year.unit, "office": "(示例)局长"}
    joined(year, visit_id, role="official", **official)
    with pytest.raises(Conflict, match="attends-already"):
        joined(year, visit_id, role="district-official", **official)
    assert len(year.service.call("list_visit_participants", visit_id, {})["items"]) == 1


def test_an_attendance_of_before_roles_were_kept_is_a_deputys(year: Year) -> None:
    """It is shown and counted as one."""
    (project_id,) = year.vote("(合成)甲")
    visit_id = visited(year, project_id)
    year.call("attend_visit", visit_id, deputy_id=year.deputy(OWN))
    table = year.service.metadata.tables["attendances"]
    with year.service.engine.begin() as connection:
        connection.execute(sa.update(table).values(role=sa.null()))
    (shown,) = year.service.call("list_attendances", visit_id, {})["items"]
    assert shown["role"] == "deputy"
    (role,) = year.service.call("get_turnout", {})["roles"]
    assert (role["role"], role["person_times"]) == ("deputy", 1)


def test_who_was_there_notes_findings_with_photos(year: Year) -> None:
    """Another deputy is refused, and a photo that nobody sent; photos tell no place."""
    (project_id,) = year.vote("(合成)甲")
    deputy, visit_id = year.deputy(OWN), visited(year, project_id)
    year.call("attend_visit", visit_id, deputy_id=deputy)
    body = {"text": "(合成)缺扶手", "happened_on": "2023-05-16"}
    roles = ("deputy", "recorder")
    other = year.deputy(OWN)
    for subject, error in ((other, Forbidden), (deputy, None)):
        own = body | {"deputy_id": subject}
        if error:
            with pytest.raises(error):
                year.service.call("note_finding", visit_id, own, roles=roles, subject=subject)
            with pytest.raises(error):
                year.service.call("note_finding", visit_id, body, roles=roles, subject=subject)
        else:
            year.service.call("note_finding", visit_id, own, roles=roles, subject=subject)
    sha256 = uploaded(year.service, picture(1))
    made = year.call("note_finding", visit_id, **body, photos=photos(sha256))
    assert [(one["sha256"], one["role"]) for one in made["photos"]] == [(sha256, "site")]
    assert "longitude" not in str(made)
    with pytest.raises(Invalid, match="file-unknown"):
        year.call("note_finding", visit_id, **body, photos=photos("0" * 64))
    with pytest.raises(Invalid, match="day-before"):
        year.call("note_finding", visit_id, text="(合成)", happened_on="2023-05-15")
    found = year.service.call("list_findings", {"visit_id": visit_id})["items"]
    assert len(found) == 2
    assert year.service.call("get_finding", made["id"]) == made


def test_a_finding_becomes_a_problem_and_an_opinion_of_its_project_once(year: Year) -> None:
    """Another project's are refused."""
    one, two = year.vote("(合成)甲", "(合成)乙")
    finding = year.call("note_finding", visited(year, one), text="(合成)")
    mine, other = (
        year.call("record_problem", project_id=id_, visit_id=None, text="(合成)")
        for id_ in (one, two)
    )
    link = year.service.call
    with pytest.raises(Invalid, match="link-empty"):
        link("link_finding", finding["id"], {})
    with pytest.raises(Invalid, match="other-project"):
        link("link_finding", finding["id"], {"problem_id": other["id"]})
    linked = link("link_finding", finding["id"], {"problem_id": mine["id"]})
    assert linked["problem_id"] == mine["id"]
    with pytest.raises(Conflict, match="linked-already"):
        link("link_finding", finding["id"], {"problem_id": mine["id"]})


def test_a_check_in_is_measured_to_the_site_and_seen_by_herself_and_the_office(
    year: Year,
) -> None:
    """The nearest site of the plan, or the one that she names; no event tells where."""
    (project_id,) = year.vote("(合成)甲")
    item = year.service.call("get_project", project_id)["sub_items"][0]["id"]
    deputy, other = year.deputy(OWN), year.deputy(OWN)
    place = {"longitude": 120.13, "latitude": 30.26, "datum": "GCJ-02"}
    body = {"deputy_id": deputy, "project_id": project_id, "place": place}
    without = year.call("check_in", **body)
    assert (without["site_code"], without["distance"]) == (None, None)
    sites = content(year.unit, item)["sites"]
    plan = {"content": content(year.unit, item), "happened_on": "2023-03-10"}
    year.call("publish_plan", project_id, **plan)
    there = sites[0]["place"]
    made = year.call("check_in", **body | {"place": there})
    assert (made["site_code"], made["distance"]) == (sites[0]["code"], 0)
    north = there | {"latitude": there["latitude"] + 0.01}
    far = year.call("check_in", **body | {"place": north, "site_code": sites[0]["code"]})
    assert 1080 < far["distance"] < 1140
    with pytest.raises(Invalid, match="site-unknown"):
        year.call("check_in", **body, site_code="none")
    roles = ("deputy", "recorder")
    with pytest.raises(Forbidden):
        year.service.call(
            "check_in", body | {"happened_on": "2023-05-16"}, roles=roles, subject=other
        )
    with pytest.raises(NotFound):
        year.service.call("get_check_in", made["id"], roles=roles, subject=other)
    shown = year.service.call("get_check_in", made["id"], roles=roles, subject=deputy)
    assert shown == made
    assert year.service.call("list_check_ins", {}, roles=roles, subject=other)["items"] == []
    assert len(year.service.call("list_check_ins", {"deputy_id": deputy})["items"]) == 3
    assert str(there["longitude"]) not in str([one.data for one in year.service.events()])


def test_a_check_ins_photos_are_for_the_office_and_with_it_for_herself(year: Year) -> None:
    """They may tell where she was; a finding's photos are for all who work on it."""
    (project_id,) = year.vote("(合成)甲")
    deputy = year.deputy(OWN)
    place = {"longitude": 120.13, "latitude": 30.26}
    one, two = (uploaded(year.service, picture(seed)) for seed in (1, 2))
    body = {"deputy_id": deputy, "project_id": project_id, "place": place}
    made = year.call("check_in", **body, photos=photos(one))
    assert [photo["sha256"] for photo in made["photos"]] == [one]
    year.call("note_finding", visited(year, project_id), text="(合成)", photos=photos(two))
    call = year.service.call
    for role, seen in (("clerk", [one, two]), ("deputy", [two]), ("unit", [two])):
        found = call("list_photos", {}, roles=(role,))["items"]
        assert sorted(photo["sha256"] for photo in found) == sorted(seen)
    id_ = made["photos"][0]["id"]
    assert call("get_photo", id_)["sha256"] == one
    with pytest.raises(NotFound):
        call("get_photo", id_, roles=("unit",))


def test_online_supervision_is_told_month_by_month(year: Year) -> None:
    """Distinct deputies and projects, and all checks; other years apart."""
    one, two = year.vote("(合成)甲", "(合成)乙")
    first, second = year.deputy(OWN), year.deputy(OWN)
    for deputy, project, day in (
        (first, one, "2023-05-01"),
        (first, two, "2023-05-31"),
        (second, one, "2023-05-31"),
        (first, one, "2023-06-01"),
        (first, one, "2024-01-01"),
    ):
        year.call("check_online", deputy_id=deputy, project_id=project, happened_on=day)
    found = year.service.call("get_online_participation", {"year": "2023"})
    assert found["months"] == [
        {"month": "2023-05", "deputies": 2, "checks": 3, "projects": 2},
        {"month": "2023-06", "deputies": 1, "checks": 1, "projects": 1},
    ]
