"""Progress as units report it on both databases: who, when, corrections, and months owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.store import BoundStore
from services.commons.errors import Forbidden, Invalid
from services.supervision import nightly
from services.supervision.commands import progress as commands
from services.supervision.service import SupervisionService

from ...harness import Harness, example
from .plan_sample import content
from .year import Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


class Reporting:
    """A project with one sub-item of 100, and a plan with a district's task."""

    def __init__(self, year: Year) -> None:
        self.year = year
        (self.id,) = year.vote("(合成)甲")
        self.item = year.service.call("get_project", self.id)["sub_items"][0]["id"]

    def plan(self) -> str:
        """Publish a plan with another implementing unit and a district's; the district's unit."""
        self.other, district = self.unit("(合成)实施单位"), self.unit("(合成)区民生局")
        units = [
            {"unit_id": self.year.unit, "role": "lead"},
            {"unit_id": self.other, "role": "implementing"},
            {"unit_id": district, "role": "district", "division": "330106"},
        ]
        task = {
            "code": "xihu",
            "division": "330106",
            "unit_id": district,
            "sub_item_id": self.item,
            "target": 30,
        }
        said = content(self.year.unit, self.item, units=units, tasks=[task])
        self.year.call("publish_plan", self.id, content=said, happened_on="2023-03-10")
        return district

    def unit(self, name: str) -> str:
        """Register a unit."""
        return str(self.year.hear("proposal.unit.registered.v1", id=new(), name=name)["id"])

    def report(self, month: str, quantity: float, by: str | None = None, **more: Any) -> Any:
        """Report as the offices do, or as a unit."""
        body = {
            "sub_item_id": self.item,
            "month": month,
            "quantity": quantity,
            "happened_on": f"{month}-20",
        } | more
        if by is None:
            return self.year.service.call("report_progress", self.id, body)
        return self.year.service.call(
            "report_progress", self.id, body, roles=("unit", "recorder"), subject=by
        )

    def entries(self, **asked: str) -> list[dict[str, Any]]:
        """The listed entries."""
        found: list[dict[str, Any]] = self.year.service.call(
            "list_progress_entries", self.id, asked
        )["items"]
        return found

    def overdue(self, on: str) -> list[tuple[str, str]]:
        """Kind and first day of what was overdue on a day."""
        found = self.year.service.call("list_supervision_overdue", {"on": on})["items"]
        return [(one["kind"], one["starts_on"]) for one in found]


@pytest.fixture
def project(year: Year) -> Reporting:
    """A project that can be reported on."""
    return Reporting(year)


def test_any_implementing_unit_of_the_plan_reports_in_its_own_name(project: Reporting) -> None:
    """A district's unit not without its task, and a stranger not at all."""
    with pytest.raises(Forbidden):
        project.report("2023-03", 5, by=new())
    district = project.plan()
    project.report("2023-04", 5, by=project.other, funds_paid_yuan=1000)
    (entry,) = project.entries()
    assert (entry["unit_id"], entry["funds_paid_yuan"]) == (project.other, 1000)
    with pytest.raises(Forbidden):
        project.report("2023-05", 6, by=district)
    with pytest.raises(Forbidden, match="unit-not-of-project"):
        project.report("2023-05", 6, by=district, unit_id=district)
    with pytest.raises(Forbidden):
        project.report("2023-05", 6, by=project.other, unit_id=project.year.unit)


def test_a_districts_part_is_never_counted_in_the_projects_figure(project: Reporting) -> None:
    """It is an entry of its own, in an event of its own, and completes nothing."""
    district = project.plan()
    project.report("2023-04", 10)
    shown = project.report("2023-04", 100, by=district, task_code="xihu")
    assert shown["sub_items"][0]["quantity"] == 10
    assert shown["completed_on"] is None
    assert len(shown["standing"]) == 2
    (event,) = project.year.service.events("project.task-progressed.v1")
    assert event.data["progress"]["task_code"] == "xihu"
    assert len(project.year.service.events("project.progressed.v1")) == 1
    assert [one["quantity"] for one in project.entries(task_code="xihu")] == [100]
    project.year.call("define_report", year=2023, title="(合成)", completed_by="2023-11-30")
    assert project.year.figures()["supervision.sub_items_completed_by_2023_11_30"] == 0
    with pytest.raises(Invalid, match="task-unknown"):
        project.report("2023-05", 1, task_code="yuhang")


def test_a_figure_that_falls_needs_a_reason_and_the_old_one_is_kept(project: Reporting) -> None:
    """From month to month, within a month from day to day, and in funds; a correction stands."""
    project.report("2023-04", 20, funds_paid_yuan=500)
    falling: list[dict[str, Any]] = [
        {"month": "2023-05", "quantity": 19},
        {"month": "2023-04", "quantity": 19, "happened_on": "2023-04-21"},
        {"month": "2023-05", "quantity": 20, "funds_paid_yuan": 499},
        {"month": "2023-03", "quantity": 21},
    ]
    for said in falling:
        with pytest.raises(Invalid, match="progress-backwards"):
            project.report(**said)
    project.report("2023-05", 19, reason="(合成)重复统计")
    project.report("2023-05", 25)
    found = [(one["quantity"], one["standing"], one["reason"]) for one in project.entries()]
    assert found == [(20, True, None), (19, False, "(合成)重复统计"), (25, True, None)]
    assert [one["quantity"] for one in project.entries(standing="true")] == [20, 25]


def test_bad_figures_are_refused_at_their_place(project: Reporting) -> None:
    """Negative sums, months to come or before the vote, a report before its figure."""
    bad: list[tuple[dict[str, Any], str]] = [
        ({"quantity": -1}, "/quantity"),
        ({"funds_paid_yuan": -1}, "/funds_paid_yuan"),
        ({"month": "2023-05", "happened_on": "2023-04-30"}, "/month"),
        ({"month": "2023-01", "happened_on": "2023-04-20"}, "/month"),
        ({"month": "0000-01"}, "/month"),
        ({"month": "9999-12", "happened_on": "2023-04-30"}, "/month"),
        ({"reported_on": "2023-04-19"}, "/reported_on"),
        ({"happened_on": "2199-04-01"}, "/happened_on"),
    ]
    good: dict[str, Any] = {"month": "2023-04", "quantity": 1}
    for more, pointer in bad:
        with pytest.raises(Invalid) as caught:
            project.report(**good | more)
        assert caught.value.errors[0]["pointer"] == pointer
    assert project.entries() == []


def test_completion_may_exceed_the_target(project: Reporting) -> None:
    """What is more than promised is counted as it is."""
    shown = project.report("2023-10", 130)
    assert (shown["sub_items"][0]["quantity"], shown["completed_on"]) == (130, "2023-10-20")


def test_the_first_entry_of_a_month_is_late_after_the_rules_term(project: Reporting) -> None:
    """A correction of what came in time is not late."""
    project.report("2023-04", 1, reported_on="2023-05-20")
    project.report("2023-05", 2, reported_on="2023-06-01")
    project.report("2023-05", 3, reported_on="2023-07-01")
    assert [one["late"] for one in project.entries()] == [True, False, False]


def test_a_month_without_progress_is_overdue_until_it_is_reported(project: Reporting) -> None:
    """Every month from the vote on, once, however often the night comes; none after the end."""
    service = project.year.service
    store = BoundStore(service.engine, service.metadata, service.settings)
    project.report("2023-03", 1, happened_on="2023-03-31")
    nightly.expect(store)
    nightly.expect(store)
    owed = [day for kind, day in project.overdue("2024-02-01") if kind == "progress"]
    months = [f"2023-{number:02}" for number in (2, 4, 5, 6, 7, 8, 9, 10, 11, 12)]
    assert [day[:7] for day in owed] == months
    assert ("progress", "2023-05-31") not in project.overdue("2023-06-05")
    project.report("2023-05", 5, reported_on="2023-06-12")
    assert ("progress", "2023-05-31") in project.overdue("2023-06-11")
    assert ("progress", "2023-05-31") not in project.overdue("2023-06-12")
    district = project.plan()
    said = {"task_code": "xihu", "reported_on": "2023-07-12"}
    project.report("2023-06", 3, by=district, **said)
    assert ("progress", "2023-06-30") in project.overdue("2023-07-12")


def test_nothing_is_owed_after_a_project_is_complete(project: Reporting) -> None:
    """Nor a deadline made twice when two nights meet."""
    project.report("2023-02", 100, happened_on="2023-02-25")
    service = project.year.service
    store = BoundStore(service.engine, service.metadata, service.settings)
    looked = partial(commands.expect_months, project_id=project.id)
    assert (store.apply(looked), store.apply(looked)) == (11, 0)
    assert [kind for kind, _ in project.overdue("2024-02-01")] == ["plan"]
    with service.engine.connect() as connection:
        table = service.metadata.tables["expected_months"]
        assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 11


def test_a_plan_is_due_after_the_vote_and_publishing_it_meets_that(project: Reporting) -> None:
    """Two months by the shipped rule."""
    assert project.overdue("2023-04-24") == [("plan", "2023-02-22")]
    assert project.overdue("2023-04-23") == []
    project.plan()
    assert project.overdue("2023-04-24") == []


def test_a_result_out_of_order_or_for_a_year_that_exists_adds_what_is_new(year: Year) -> None:
    """A second certified result of the year adds its projects; an older version changes nothing."""
    (first,) = year.vote("(合成)甲")
    year.vote("(合成)乙")
    assert len(year.service.call("list_projects", {"year": "2023"})["items"]) == 2
    data = example("ballot", "result.certified.v1")
    shape = data["candidates"][0]
    later = data | {"id": new(), "year": 2023, "session_id": year.session}
    told = shape | {"candidate_id": first, "chosen": True, "name": "(合成)另一名称"}
    year.service.deliver("ballot.result.certified.v1", later | {"candidates": [told]}, version=9)
    year.service.deliver(
        "ballot.result.certified.v1", later | {"candidates": [told | {"chosen": False}]}, version=3
    )
    found = year.service.call("get_project", first)
    assert (found["name"], found["version"]) == ("(合成)甲", 1)
    assert len(year.service.events("project.adopted.v1")) == 2
    assert len([e for e in year.service.events("deadline.set.v1") if e.data["kind"] == "plan"]) == 2


def test_a_districts_unit_owes_its_months_until_its_part_or_the_whole_is_complete(
    project: Reporting,
) -> None:
    """Each unit its own, apart from the lead's; met by its own entry, and due by the same term."""
    district = project.plan()
    service = project.year.service
    store = BoundStore(service.engine, service.metadata, service.settings)
    task: dict[str, Any] = {"by": district, "task_code": "xihu"}
    project.report("2023-03", 10)
    project.report("2023-05", 20, **task)
    project.report("2023-07", 30, **task)
    nightly.expect(store)

    def owed(on: str = "2024-02-01", unit: str = district) -> list[str]:
        asked = {"on": on, "unit_id": unit, "kind": "task-progress"}
        found = service.call("list_supervision_overdue", asked)["items"]
        return [one["starts_on"][:7] for one in found]

    assert owed() == ["2023-03", "2023-04", "2023-06"]
    assert owed(unit=project.year.unit) == []
    late = project.report("2023-04", 15, **task, reported_on="2023-06-12")
    assert [one["late"] for one in late["progress"] if one["month"] == "2023-04"] == [True]
    assert ("2023-04" in owed("2023-06-11"), "2023-04" in owed("2023-06-12")) == (True, False)
    # The light of the project looks at the project's own months alone.
    state = service.call("get_project_state", project.id, {"on": "2023-04-30"})
    assert state["overdue_reports"] == 1
    assert ("task-progress", "2023-03-31") in project.overdue("2023-04-30")


def test_what_fell_below_its_target_again_is_not_complete(project: Reporting) -> None:
    """Wherever completion is told: project, state, archive; until the target is reached anew."""

    def told() -> list[Any]:
        shown = project.year.service.call("get_project", project.id)
        state = project.year.service.call("get_project_state", project.id, {"on": "2023-12-31"})
        archive = project.year.service.call("get_project_archive")["years"][0]
        return [shown["completed_on"], state["finished_on"], archive["completed"]]

    project.report("2023-08", 100)
    assert told() == ["2023-08-20", "2023-08-20", 1]
    project.report("2023-09", 80, reason="(合成)核减重复计数")
    assert told() == [None, None, 0]
    project.report("2023-10", 101)
    assert told() == ["2023-10-20", "2023-10-20", 1]


def test_a_unit_cannot_say_that_it_told_it_earlier(project: Reporting) -> None:
    """Otherwise nobody late would be; an office, or who records the past, may."""
    unit = project.year.unit
    today = dt.datetime.now(project.year.service.settings.zone).date()
    body = {"sub_item_id": project.item, "month": f"{today:%Y-%m}", "quantity": 1}
    said = body | {"happened_on": str(today - dt.timedelta(days=1))}
    said["month"] = said["happened_on"][:7]
    told = said | {"reported_on": said["happened_on"]}
    as_unit: dict[str, Any] = {"roles": ("unit",), "subject": unit}
    with pytest.raises(Forbidden, match="reported-on-by-office"):
        project.year.service.call("report_progress", project.id, told, **as_unit)
    project.year.service.call("report_progress", project.id, said, **as_unit)
    project.year.service.call("report_progress", project.id, told, roles=("government",))
    assert [one["reported_on"] for one in project.entries()] == [str(today), told["reported_on"]]
