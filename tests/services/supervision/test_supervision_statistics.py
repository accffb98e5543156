"""Statistics of a year's supervision: groups that add up, definitions, and the export."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Invalid
from services.supervision.model.view_figures import FIGURES, GROUPINGS
from services.supervision.service import SupervisionService

from ...benchmarks.supervision_data import City, fill
from ...harness import Harness
from .year import Year

COUNTS = ("opinions", "opinions_open", "problems", "problems_open")


@pytest.fixture
def service(serve: Callable[[Any], Harness]) -> Harness:
    """The service with a hundredth of a city's year."""
    service = serve(SupervisionService)
    fill(service.engine, City(1, service.settings.today, 0.01))
    return service


def counted(service: Harness, by: str, year: int | None = None) -> dict[str, Any]:
    """The statistics, by key of the figures."""
    asked = {"year": year or service.settings.today.year, "by": by}
    found: dict[str, Any] = service.call("count_supervision", asked, roles=())
    return found | {"figures": {one["key"]: one for one in found["figures"]}}


def test_every_grouping_adds_up_to_the_figures(service: Harness) -> None:
    """By whatever is asked, each opinion and problem is in one group."""
    for by in GROUPINGS:
        found = counted(service, by)
        assert list(found["figures"]) == list(FIGURES)
        for name in COUNTS:
            assert sum(one[name] for one in found["groups"]) == found["figures"][name]["value"]
        assert found["figures"]["opinions"]["value"] > 0
        keys = [one["key"] for one in found["groups"]]
        assert len(set(keys)) == len(keys)
    named = counted(service, "project")["groups"]
    assert all(one["name"].startswith("(合成)") for one in named)
    assert all(one["name"] for one in counted(service, "unit")["groups"])
    months = [one["key"] for one in counted(service, "month")["groups"]]
    assert months == sorted(months) and all(len(one) == 7 for one in months)


def test_persons_and_person_times_are_two_numbers(serve: Callable[[Any], Harness]) -> None:
    """The same deputy at two visits is one person and two person-times."""
    year = Year(serve(SupervisionService))
    (project,) = year.vote("(合成)甲")
    deputy = year.deputy("330100")
    for day in ("2023-05-16", "2023-05-17"):
        visit = year.call("record_visit", project_id=project, kind="open-visit", happened_on=day)
        year.call("attend_visit", visit["id"], deputy_id=deputy, happened_on=day)
    year.call("record_meeting", kind="regular", name="(合成)", text="(合成)", project_ids=[project])
    figures = counted(year.service, "project", 2023)["figures"]
    found = {name: figures[name]["value"] for name in ("visits", "persons", "person_times")}
    assert found == {"visits": 2, "persons": 1, "person_times": 2}
    assert figures["meetings"]["value"] == 1


def test_the_export_has_every_matter_once_with_its_days(service: Harness) -> None:
    """In pages, in the order of days, without words and without persons."""
    year = service.settings.today.year
    rows: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = service.call("list_matter_times", {"year": year, "limit": 7} | cursor)
        rows += page["items"]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    days = [one["raised_on"] for one in rows]
    assert days == sorted(days)
    figures = counted(service, "project")["figures"]
    assert len({one["id"] for one in rows}) == len(rows)
    assert len(rows) == figures["opinions"]["value"] + figures["problems"]["value"]
    assert not set(rows[0]) & {"text", "deputy_id", "longitude"}
    some = service.call("list_matter_times", {"year": year, "register": "problem"})["items"]
    assert {one["register"] for one in some} == {"problem"}
    assert len(some) == figures["problems"]["value"]


def test_what_it_does_not_count_by_is_told(service: Harness) -> None:
    """A clear problem with its place."""
    with pytest.raises(Invalid, match="by"):
        counted(service, "deputy")
