"""Task lists: key sites, links and problems, watched until they are done."""

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


def listed(year: Year, project_id: str, **watcher: Any) -> dict[str, Any]:
    """An item that is due at the end of June."""
    body = {"kind": "link", "name": "(合成)招标环节", "due_on": "2023-06-30"}
    return year.call("list_task", project_id=project_id, **body | watcher)


def overdue(year: Year, on: str) -> list[str]:
    """The items that were overdue on a day."""
    found = year.service.call("list_supervision_overdue", {"on": on, "kind": "task"})
    return [one["subject_id"] for one in found["items"]]


def test_an_item_is_checked_and_overdue_until_it_is_done(year: Year) -> None:
    """The latest check stands on it; all checks stay."""
    (project_id,) = year.vote("(合成)甲")
    deputy = year.deputy(OWN)
    item = listed(year, project_id, deputy_id=deputy)
    visit = year.call("record_visit", project_id=project_id, kind="open-visit")
    for day, standing in (("2023-05-20", "worse"), ("2023-06-20", "better")):
        check = {"finding": "(合成)", "standing": standing, "visit_id": visit["id"]}
        year.call("check_task", item["id"], **check, happened_on=day)
    shown = year.service.call("get_task_item", item["id"])
    assert (shown["checked_on"], shown["standing"]) == ("2023-06-20", "better")
    checks = year.service.call("list_task_checks", item["id"], {})["items"]
    assert [one["standing"] for one in checks] == ["worse", "better"]
    assert overdue(year, "2023-06-30") == []
    assert overdue(year, "2023-07-01") == [item["id"]]
    done = year.call("complete_task", item["id"], outcome="(合成)", happened_on="2023-07-03")
    assert done["state"] == "done"
    assert overdue(year, "2023-07-03") == []
    for method, body in (
        ("check_task", {"finding": "(合成)", "standing": "same"}),
        ("complete_task", {"outcome": "(合成)"}),
        ("drop_task", {"outcome": "(合成)"}),
    ):
        with pytest.raises(Conflict, match="task-ended"):
            year.call(method, item["id"], **body, happened_on="2023-07-04")


def test_one_group_one_deputy_or_one_unit_watches_an_item(year: Year) -> None:
    """Nobody and two are refused; only who watches it checks it."""
    (project_id,) = year.vote("(合成)甲")
    deputy, other = year.deputy(OWN), year.deputy(OWN)
    with pytest.raises(Invalid, match="task-whose"):
        listed(year, project_id)
    with pytest.raises(Invalid, match="task-whose"):
        listed(year, project_id, deputy_id=deputy, unit_id=year.unit)
    with pytest.raises(Conflict, match="deputy-not-heard"):
        listed(year, project_id, deputy_id=new())
    members = [{"kind": "deputy", "deputy_id": deputy}]
    group = year.call("form_group", project_id=project_id, name="(合成)一组", members=members)
    check = {"finding": "(合成)", "standing": "same", "happened_on": "2023-05-20"}
    roles = ("deputy", "recorder")
    for watcher in ({"deputy_id": deputy}, {"group_id": group["id"]}):
        item = listed(year, project_id, **watcher)
        with pytest.raises(Forbidden):
            year.service.call("check_task", item["id"], check, roles=roles, subject=other)
        year.service.call("check_task", item["id"], check, roles=roles, subject=deputy)
    item = listed(year, project_id, unit_id=year.unit)
    with pytest.raises(Forbidden):
        year.service.call(
            "check_task", item["id"], check, roles=("unit", "recorder"), subject=new()
        )
    mine = year.service.call("list_task_items", {"deputy_id": deputy})["items"]
    assert [one["group_id"] for one in mine] == [None]


def test_an_item_is_about_a_site_of_the_plan_or_a_problem_of_the_project(year: Year) -> None:
    """A site that no plan has, and another project's problem, are refused."""
    one, two = year.vote("(合成)甲", "(合成)乙")
    problem = year.call("record_problem", project_id=two, visit_id=None, text="(合成)")
    with pytest.raises(Invalid, match="other-project"):
        listed(year, one, unit_id=year.unit, kind="problem", problem_id=problem["id"])
    with pytest.raises(Invalid, match="site-unknown"):
        listed(year, one, unit_id=year.unit, kind="site", site_code="one")
    made = listed(year, two, unit_id=year.unit, kind="problem", problem_id=problem["id"])
    assert made["problem_id"] == problem["id"]
    with pytest.raises(Invalid, match="day-before"):
        listed(year, one, unit_id=year.unit, due_on="2023-05-15")
