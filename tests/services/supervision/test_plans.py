"""Implementation plans on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.supervision.service import SupervisionService

from ...harness import Harness
from .plan_sample import content
from .year import Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


@pytest.fixture
def project(year: Year) -> dict[str, Any]:
    """A project with one sub-item of 100."""
    (id_,) = year.vote("(合成)甲")
    found: dict[str, Any] = year.service.call("get_project", id_)
    return found


def publish(year: Year, project: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Publish a plan for the project; ``content`` are changes to the sample."""
    changed = said.pop("content", {})
    body = {"content": content(year.unit, project["sub_items"][0]["id"], **changed)}
    return year.call("publish_plan", project["id"], **{"happened_on": "2023-03-10"} | body | said)


def test_a_plan_is_published_and_is_the_one_in_force_from_its_day(
    year: Year, project: dict[str, Any]
) -> None:
    """Before it there is none; its places are kept in WGS-84 and as given."""
    made = publish(year, project, valid_from="2023-03-15")
    assert (made["number"], made["unit_id"], made["task_balances"]) == (1, year.unit, [])
    with pytest.raises(NotFound):
        year.service.call("get_plan_in_force", project["id"], {"on": "2023-03-14"})
    found = year.service.call("get_plan_in_force", project["id"], {"on": "2023-03-15"})
    # No ETag: every version of a plan is at version 1, and none is the other.
    assert found == {name: value for name, value in made.items() if name != "version"}
    (site,) = made["content"]["sites"]
    assert site["place"]["given_longitude"] == 120.13
    assert site["place"]["longitude"] != 120.13
    (event,) = year.service.events("plan.published.v1")
    assert event.data["sites"] == 1
    assert "120.13" not in str(event.data)
    assert "合成" not in str(event.data)


def test_each_version_is_kept_and_the_last_one_valid_on_a_day_holds(
    year: Year, project: dict[str, Any]
) -> None:
    """A later version needs its reason; one for later does not hold before."""
    publish(year, project)
    with pytest.raises(Invalid, match="reason-required"):
        publish(year, project, happened_on="2023-04-10")
    later = publish(
        year,
        project,
        happened_on="2023-04-10",
        valid_from="2023-05-01",
        reason="(合成)分工调整",
        content={"safeguards": "(合成)新"},
    )
    assert later["number"] == 2
    listed = year.service.call("list_plans", project["id"], {})["items"]
    assert [plan["number"] for plan in listed] == [1, 2]
    for on, number in (("2023-04-30", 1), ("2023-05-01", 2)):
        found = year.service.call("get_plan_in_force", project["id"], {"on": on})
        assert found["number"] == number


def test_only_the_lead_unit_and_the_offices_publish(year: Year, project: dict[str, Any]) -> None:
    """Another unit is refused."""
    body = {
        "content": content(year.unit, project["sub_items"][0]["id"]),
        "happened_on": "2023-03-10",
    }
    roles = ("unit", "recorder")
    with pytest.raises(Forbidden):
        year.service.call("publish_plan", project["id"], body, roles=roles, subject=new())
    year.service.call("publish_plan", project["id"], body, roles=roles, subject=year.unit)
    unknown = {"units": [{"unit_id": new(), "role": "lead"}]}
    with pytest.raises(Conflict, match="unit-not-heard"):
        publish(year, project, reason="(合成)", content=unknown)
    with pytest.raises(NotFound):
        publish(year, project | {"id": new()})
