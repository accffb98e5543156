"""Milestones, standards, acceptance, and where a project stands, on both databases."""

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


class Underway:
    """A project with its plan: 100 in all, 10 by April, 60 by August."""

    def __init__(self, year: Year) -> None:
        self.year, self.service = year, year.service
        (self.id,) = year.vote("(合成)甲")
        self.item = self.service.call("get_project", self.id)["sub_items"][0]["id"]

    def plan(self, on: str = "2023-03-10", reason: str = "", **changes: Any) -> dict[str, Any]:
        """Publish a version of the plan."""
        said = content(self.year.unit, self.item, **changes)
        return self.year.call("publish_plan", self.id, content=said, happened_on=on, reason=reason)

    def report(self, month: str, quantity: float) -> None:
        """Report progress on the 20th."""
        self.year.call(
            "report_progress",
            self.id,
            sub_item_id=self.item,
            month=month,
            quantity=quantity,
            happened_on=f"{month}-20",
        )

    def state(self, on: str) -> dict[str, Any]:
        """Where it stands on a day."""
        found: dict[str, Any] = self.service.call("get_project_state", self.id, {"on": on})
        return found

    def light(self, on: str) -> str:
        """The colour on a day, the same by both ways to ask."""
        shown = self.service.call("get_project_light", self.id, {"on": on})
        assert self.state(on)["light"] == shown
        return str(shown["code"])

    def accept(self, on: str, **said: Any) -> dict[str, Any]:
        """Record an acceptance."""
        body = {"sub_item_id": self.item, "unit_id": self.year.unit, "document": "(合成)1号"}
        return self.year.call("hold_acceptance", self.id, **body | said, happened_on=on)

    def overdue(self, on: str, kind: str) -> int:
        """How many of a kind were overdue on a day."""
        asked = {"on": on, "kind": kind}
        return len(self.service.call("list_supervision_overdue", asked)["items"])


@pytest.fixture
def project(year: Year) -> Underway:
    """A project without a plan yet."""
    return Underway(year)


def test_a_milestone_is_reached_once_and_late_ones_are_seen(project: Underway) -> None:
    """By a unit of the plan, with what shows it; it is overdue until then."""
    body = {"evidence": "(合成)选址意见书", "happened_on": "2023-06-05"}
    with pytest.raises(NotFound):
        project.service.call("reach_milestone", project.id, "sites", body)
    project.plan()
    with pytest.raises(NotFound):
        project.service.call("reach_milestone", project.id, "none", body)
    stranger: dict[str, Any] = {"roles": ("unit", "recorder"), "subject": new()}
    with pytest.raises(Forbidden):
        project.service.call("reach_milestone", project.id, "sites", body, **stranger)
    assert project.overdue("2023-06-01", "milestone") == 1
    assert project.state("2023-06-01")["milestones_late"] == 1
    late = {"late": "true"}
    assert len(project.service.call("list_milestones", project.id, late)["items"]) == 1
    made = project.service.call("reach_milestone", project.id, "sites", body)
    assert (made["reached_on"], made["reached_late"]) == ("2023-06-05", True)
    assert project.overdue("2023-06-05", "milestone") == 0
    assert project.state("2023-06-04")["milestones_late"] == 1
    assert project.state("2023-06-05")["milestones_late"] == 0
    assert project.service.call("list_milestones", project.id, late)["items"] == [made]
    with pytest.raises(Conflict, match="milestone-reached"):
        project.service.call("reach_milestone", project.id, "sites", body)
    (event,) = project.service.events("milestone.reached.v1")
    assert "合成" not in str(event.data)


def test_a_later_plan_moves_drops_and_sets_milestones(project: Underway) -> None:
    """Their deadlines with them; what left the plan cannot be reached."""
    project.plan()
    moved = {"code": "sites", "name": "(合成)选址", "due_on": "2023-06-10"}
    project.plan("2023-04-01", "(合成)", milestones=[moved])
    assert project.overdue("2023-06-10", "milestone") == 0
    assert project.overdue("2023-06-11", "milestone") == 1
    other = {"code": "built", "name": "(合成)建成", "due_on": "2023-06-20"}
    project.plan("2023-04-02", "(合成)", milestones=[other])
    assert project.overdue("2023-06-15", "milestone") == 0
    assert project.overdue("2023-06-21", "milestone") == 1
    with pytest.raises(Conflict, match="milestone-dropped"):
        project.year.call("reach_milestone", project.id, "sites", evidence="(合成)")
    project.plan("2023-04-03", "(合成)", milestones=[moved, other])
    assert project.overdue("2023-06-21", "milestone") == 2
    listed = project.service.call("list_milestones", project.id, {})["items"]
    assert [one["code"] for one in listed] == ["sites", "built"]


def test_finished_is_not_accepted_and_a_failed_acceptance_is_repeated(project: Underway) -> None:
    """Passing needs the target reached and every standard met; once."""
    standard = {"code": "gb", "title": "(合成)标准", "number": "GB/T 00000"}
    project.year.call("set_standard", project.id, **standard)
    project.report("2023-09", 99)
    met = {"findings": [{"standard": "gb", "met": True}]}
    with pytest.raises(Conflict, match="not-finished"):
        project.accept("2023-10-25", passed=True, **met)
    project.report("2023-10", 120)
    state = project.state("2023-10-20")
    assert (state["finished_on"], state["accepted_on"]) == ("2023-10-20", None)
    assert state["completion"] == 1.2
    failed = project.accept("2023-10-25", passed=False, findings=[{"standard": "gb", "met": False}])
    assert failed["sequence"] == 1
    assert project.state("2023-10-25")["accepted_on"] is None
    with pytest.raises(Conflict, match="not-finished"):
        project.accept("2023-10-19", passed=True, **met)
    passed = project.accept("2023-11-01", passed=True, **met)
    assert (passed["sequence"], project.state("2023-11-01")["accepted_on"]) == (2, "2023-11-01")
    assert project.state("2023-10-31")["accepted_on"] is None
    with pytest.raises(Conflict, match="accepted-already"):
        project.accept("2023-11-02", passed=True, **met)
    asked = {"passed": "false"}
    assert project.service.call("list_acceptances", project.id, asked)["items"] == [failed]
    assert project.service.call("get_acceptance", passed["id"]) == passed
    assert len(project.service.events("acceptance.held.v1")) == 2


def test_every_standard_is_judged_and_only_those(project: Underway) -> None:
    """Of the sub-item or of the whole project; a standard's code is unique in it."""
    project.report("2023-10", 100)
    for code, sub_item in (("gb", project.item), ("db", None)):
        said = {"code": code, "title": "(合成)", "sub_item_id": sub_item}
        project.year.call("set_standard", project.id, **said)
    with pytest.raises(Conflict):
        project.year.call("set_standard", project.id, code="gb", title="(合成)又一")
    with pytest.raises(NotFound):
        project.year.call("set_standard", project.id, code="x", title="(合成)", sub_item_id=new())
    gb, db = ({"standard": code, "met": True} for code in ("gb", "db"))
    for findings, code in (
        ([gb], "standard-unjudged"),
        ([gb, db, gb], "standard-unknown"),
        ([gb, db, gb | {"standard": "qb"}], "standard-unknown"),
        ([gb, db | {"met": False}], "standard-not-met"),
    ):
        with pytest.raises(Invalid, match=code):
            project.accept("2023-11-01", passed=True, findings=findings)
    project.accept("2023-11-01", passed=True, findings=[gb, db])
    listed = project.service.call("list_standards", project.id, {})["items"]
    assert [one["code"] for one in listed] == ["db", "gb"]


def test_the_state_compares_plan_and_actual_as_of_a_day(project: Underway) -> None:
    """What came later does not count; a correction does from its own day."""
    project.plan()
    project.report("2023-08", 30)
    before = project.state("2023-08-19")
    assert (before["completion"], before["planned"], before["lag"]) == (0, 0.1, 0.1)
    state = project.state("2023-08-31")
    assert (state["completion"], state["planned"], state["lag"]) == (0.3, 0.6, 0.3)
    assert state["due_on"] == "2023-11-30"
    assert project.light("2023-08-31") == "far-behind"
    project.year.call(
        "report_progress",
        project.id,
        sub_item_id=project.item,
        month="2023-08",
        quantity=58,
        happened_on="2023-08-30",
    )
    assert project.state("2023-08-29")["completion"] == 0.3
    assert project.light("2023-08-31") == "milestones-late"
    assert project.light("2023-12-01") == "overdue"
    with pytest.raises(NotFound):
        project.service.call("get_project_state", new(), {})


def test_a_light_set_by_hand_holds_until_its_day_and_says_what_the_rule_says(
    project: Underway,
) -> None:
    """One at a time, of the rule's lights, with its reason; lifted, the rule decides again."""
    project.plan()
    said = {
        "code": "on-course",
        "reason": "(合成)汛期停工",
        "decided_by": "(合成)办公室",
        "until": "2023-09-30",
        "happened_on": "2023-09-01",
    }
    with pytest.raises(Invalid, match="light-unknown"):
        project.year.call("override_light", project.id, **said | {"code": "pink"})
    made = project.year.call("override_light", project.id, **said)
    with pytest.raises(Conflict, match="override-there"):
        project.year.call("override_light", project.id, **said | {"happened_on": "2023-09-02"})
    assert project.light("2023-08-31") == "far-behind"
    shown = project.service.call("get_project_light", project.id, {"on": "2023-09-10"})
    assert (shown["code"], shown["computed_code"]) == ("on-course", "far-behind")
    assert (shown["override_id"], "汛期停工" in shown["reason_zh"]) == (made["id"], True)
    assert project.light("2023-10-01") == "far-behind"
    lifted = project.year.call(
        "lift_light_override", made["id"], reason="(合成)复工", happened_on="2023-09-15"
    )
    assert lifted["lifted_on"] == "2023-09-15"
    assert project.light("2023-09-14") == "on-course"
    assert project.light("2023-09-15") == "far-behind"
    assert project.service.call("list_light_overrides", project.id, {})["items"] == [lifted]
    told = [*project.service.events("light.overridden.v1")]
    told += project.service.events("light.override-lifted.v1")
    assert len(told) == 2
    assert "汛期" not in str([event.data for event in told])


def test_acceptances_follow_one_another_and_are_of_the_projects_units(project: Underway) -> None:
    """Not before the last one, nor before the vote; a strange unit's is recorded by an office."""
    with pytest.raises(Invalid, match="day-before"):
        project.accept("2023-01-10", passed=False)
    project.report("2023-10", 100)
    project.accept("2023-11-10", passed=False)
    with pytest.raises(Invalid, match="day-before"):
        project.accept("2023-11-09", passed=True)
    stranger = project.year.hear("proposal.unit.registered.v1", id=new(), name="(合成)质监站")["id"]
    body = {"sub_item_id": project.item, "unit_id": stranger, "document": "(合成)2号"}
    said = body | {"passed": True, "happened_on": "2023-11-20"}
    with pytest.raises(Invalid, match="unit-of-another-project"):
        project.service.call(
            "hold_acceptance", project.id, said, roles=("unit", "recorder"), subject=stranger
        )
    assert project.accept("2023-11-20", unit_id=stranger, passed=True)["unit_id"] == stranger


def test_no_two_lights_set_by_hand_hold_on_one_day(project: Underway) -> None:
    """Nor one recorded later that begins before the other and ends after it."""
    said = {"code": "behind", "reason": "(合成)", "decided_by": "(合成)办公室"}
    first = project.year.call(
        "override_light", project.id, **said, until="2023-06-20", happened_on="2023-06-10"
    )
    for on, until in (("2023-06-01", "2023-06-30"), ("2023-06-20", "2023-06-30")):
        with pytest.raises(Conflict, match="override-there"):
            project.year.call("override_light", project.id, **said, until=until, happened_on=on)
    lift = {"reason": "(合成)", "happened_on": "2023-06-15"}
    project.service.call("lift_light_override", first["id"], lift)
    project.year.call(
        "override_light", project.id, **said, until="2023-06-30", happened_on="2023-06-15"
    )
