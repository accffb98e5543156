"""The progress board and the matrix: what they show, to whom, and that they agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.supervision.service import SupervisionService

from ...harness import Harness
from .plan_sample import content
from .year import Year

PUBLIC: tuple[str, ...] = ()


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def item_of(year: Year, project: str) -> str:
    """The id of the project's only sub-item."""
    return str(year.service.call("get_project", project)["sub_items"][0]["id"])


def planned(year: Year, project: str, **changes: Any) -> str:
    """A plan for the project: 60 by August; the id of its sub-item."""
    item = item_of(year, project)
    said = content(year.unit, item, **changes)
    year.call("publish_plan", project, content=said, happened_on="2023-03-10")
    return item


def report(year: Year, project: str, item: str, month: str, quantity: float, **more: Any) -> None:
    """Report progress on the last day of a month."""
    day = f"{month}-28"
    said = {"sub_item_id": item, "month": month, "quantity": quantity, "happened_on": day}
    year.call("report_progress", project, **said | more)


def board(year: Year, roles: tuple[str, ...] = ("clerk",), **params: Any) -> list[dict[str, Any]]:
    """The rows of the board at the end of September."""
    found = year.service.call("get_board", {"year": 2023, "on": "2023-09-30"} | params, roles=roles)
    return list(found["items"])


def test_the_furthest_behind_stands_first_with_its_reason(year: Year) -> None:
    """Planned against reached; what changed since the end of the month before."""
    slow, fast = year.vote("(合成)慢", "(合成)快")
    for project, reached in ((slow, 20), (fast, 130)):
        item = planned(year, project)
        report(year, project, item, "2023-08", 10)
        report(year, project, item, "2023-09", reached)
    first, second = board(year)
    assert [first["name"], second["name"]] == ["(合成)慢", "(合成)快"]
    assert (first["planned"], first["completion"]) == (0.6, 0.2)
    assert first["lag"] == pytest.approx(0.4)
    assert first["light"]["reason_zh"] and first["light"]["reason_en"]
    assert first["since"] == {
        "completion": 0.1,
        "light": first["since"]["light"],
        "reports": 1,
    }
    assert (second["completion"], second["finished_on"]) == (1.3, "2023-09-28")
    assert second["accepted_on"] is None
    assert second["last_reported_on"] == "2023-09-28"
    by_name = board(year, sort="name")
    assert [one["name"] for one in by_name] == sorted(one["name"] for one in by_name)
    assert [one["name"] for one in board(year, sort="completion")] == ["(合成)慢", "(合成)快"]


def test_matters_and_money_are_not_for_the_public(year: Year) -> None:
    """Without a token the row is there, and what is inside is not."""
    (project,) = year.vote("(合成)甲")
    deputy = year.deputy("330100")
    year.call(
        "raise_opinion", project_id=project, deputy_id=deputy, channel="week", text="(合成)意见"
    )
    (row,) = board(year)
    assert row["inside"]["opinions"] == row["inside"]["opinions_open"] == 1
    assert row["inside"]["problems"] == 0
    assert row["inside"]["funds"]["spent_yuan"] == 0
    (public,) = board(year, PUBLIC)
    assert public == row | {"inside": None}


def test_the_matrix_has_the_districts_parts_and_agrees_with_the_board(year: Year) -> None:
    """A share of the sub-item's target is the district's target; totals are the board's."""
    (project,) = year.vote("(合成)甲")
    item = item_of(year, project)
    task = {"code": "t1", "division": "330106", "unit_id": year.unit, "sub_item_id": item}
    planned(year, project, tasks=[task | {"share": 0.25}])
    report(year, project, item, "2023-08", 40)
    report(year, project, item, "2023-08", 10, task_code="t1")
    deputy = year.deputy("330100")
    said = {"project_id": project, "deputy_id": deputy, "channel": "week", "text": "(合成)"}
    year.call("raise_opinion", **said)
    year.call("record_problem", project_id=project, text="(合成)问题")
    year.call("record_visit", project_id=project, kind="open-visit")
    found = year.service.call("get_matrix", {"year": 2023, "on": "2023-09-30"})
    assert found["divisions"] == ["330106"]
    cell = next(one for one in found["cells"] if one["division"] == "330106")
    (part,) = cell["tasks"]
    assert (part["target"], part["reported"], part["completion"]) == (25, 10, 0.4)
    assert cell["completion"] == 0.4
    (row,), (total,) = board(year), found["projects"]
    assert total["completion"] == row["completion"] == 0.4
    counts = ("opinions", "opinions_open", "problems", "problems_open")
    assert {name: total[name] for name in counts} == {name: row["inside"][name] for name in counts}
    assert (total["tasks"], total["visits"]) == (1, 1)


def test_a_year_without_projects_is_empty_and_no_error(year: Year) -> None:
    """Board and matrix of a year to come."""
    assert year.service.call("get_board", {"year": 2050})["items"] == []
    found = year.service.call("get_matrix", {"year": 2050})
    assert (found["projects"], found["cells"]) == ([], [])


def test_more_projects_need_no_more_statements(year: Year) -> None:
    """The board, the matrix and the map are read in bulk."""
    counted: list[str] = []
    engine = year.service.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *given: counted.append(given[2]))

    def statements(method: str) -> int:
        counted.clear()
        year.service.call(method, {"year": 2023})
        return len(counted)

    methods = ("get_board", "get_matrix", "get_map")
    (one,) = year.vote("(合成)甲")
    planned(year, one)
    few = {method: statements(method) for method in methods}
    for project in year.vote("(合成)乙", "(合成)丙", "(合成)丁"):
        planned(year, project)
    assert {method: statements(method) for method in methods} == few
    assert max(few.values()) <= 40
