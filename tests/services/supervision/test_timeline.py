"""The timeline of a project: everything in it, in order, and nothing for whom it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gateway.links import PATHS
from services.commons.errors import Invalid, NotFound
from services.supervision.queries.views.happenings import EXCUSED, HAPPENINGS
from services.supervision.service import SupervisionService
from services.supervision.tables import metadata

from ...harness import Harness
from .plan_sample import content
from .year import Year, new

STAFF = ("clerk", "recorder")


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


@pytest.fixture
def project(year: Year) -> dict[str, Any]:
    """A project with a plan, progress, a visit, and an opinion that was replied to."""
    (id_,) = year.vote("(合成)甲")
    found: dict[str, Any] = year.service.call("get_project", id_)
    item = found["sub_items"][0]["id"]
    year.call("publish_plan", id_, content=content(year.unit, item), happened_on="2023-03-10")
    year.call(
        "report_progress",
        id_,
        sub_item_id=item,
        month="2023-05",
        quantity=40,
        happened_on="2023-05-31",
    )
    year.call("record_visit", project_id=id_, kind="open-visit", happened_on="2023-05-16")
    deputy = year.deputy("330100")
    opinion = year.call(
        "raise_opinion", project_id=id_, deputy_id=deputy, channel="week", text="(合成)意见"
    )
    year.service.call(
        "reply_to_opinion",
        opinion["id"],
        {"unit_id": year.unit, "text": "(合成)答复", "happened_on": "2023-05-20"},
        roles=("unit", "recorder"),
        subject=year.unit,
    )
    return found


def timeline(
    year: Year, project_id: str, roles: tuple[str, ...] = STAFF, **params: Any
) -> list[dict[str, Any]]:
    """All pages, two entries each."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = year.service.call(
            "get_timeline", project_id, {"limit": 2} | params | cursor, roles=roles
        )
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


def test_everything_stands_there_in_order_of_day(year: Year, project: dict[str, Any]) -> None:
    """Each as one sentence in two languages, with what it is about; paged in either order."""
    found = timeline(year, project["id"])
    days = [one["happened_on"] for one in found]
    assert days == sorted(days)
    assert {"adopted", "plan", "visit", "opinion", "opinion-replied", "progress"} <= {
        one["kind"] for one in found
    }
    by_kind = {one["kind"]: one for one in found}
    measure = project["sub_items"][0]["unit_of_measure"]
    assert by_kind["progress"]["zh"] == f"报送2023-05进展:“(合成)甲子项”累计40{measure}"
    assert by_kind["plan"]["id"] == project["id"]
    assert by_kind["opinion-replied"]["zh"] == "(合成)民生局答复代表"
    assert by_kind["visit"]["en"] == "supervision: announced visit"
    back = timeline(year, project["id"], sort="-day")
    assert back == found[::-1]


def test_days_and_kinds_can_be_asked_for(year: Year, project: dict[str, Any]) -> None:
    """Both days count; a kind that there is not is told."""
    some = timeline(year, project["id"], STAFF, **{"from": "2023-05-16", "to": "2023-05-20"})
    assert {one["happened_on"] for one in some} <= {"2023-05-16", "2023-05-20"}
    assert [one["kind"] for one in timeline(year, project["id"], kind="plan")] == ["plan"]
    with pytest.raises(Invalid, match="kind"):
        timeline(year, project["id"], kind="no-such-kind")
    with pytest.raises(Invalid, match="cursor"):
        timeline(year, project["id"], cursor="bm8")
    with pytest.raises(NotFound):
        timeline(year, new())


def test_the_public_sees_the_public_kinds(year: Year, project: dict[str, Any]) -> None:
    """Not what deputies say, nor who went where."""
    kinds = {one["kind"] for one in timeline(year, project["id"], roles=())}
    assert kinds == {"adopted", "plan", "progress"}
    assert kinds <= {one.kind for one in HAPPENINGS if one.public}


def test_every_table_with_a_project_is_in_the_timeline_or_excused() -> None:
    """Whoever adds one must say how it is told, or why it is not."""
    told = {one.table.name for one in HAPPENINGS}
    of_projects = {name for name, table in metadata.tables.items() if "project_id" in table.c}
    assert of_projects - told == set(EXCUSED)


def test_every_kind_is_its_own_and_leads_somewhere() -> None:
    """A kind stands there once; the gateway knows the path of its record."""
    kinds = [one.kind for one in HAPPENINGS]
    assert len(set(kinds)) == len(kinds)
    assert {one.record for one in HAPPENINGS if isinstance(one.record, str)} <= set(PATHS)
