"""Changes of voted projects on both databases: what is major waits, what is minor does not."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.chassis import migrations
from services.chassis import settings as service_settings
from services.chassis.store import BoundStore
from services.commons.errors import Conflict, Forbidden, Invalid, ServiceError
from services.supervision import nightly
from services.supervision.service import SupervisionService

from ...harness import Harness
from .plan_sample import content
from .year import Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


class Changing:
    """A project with its plan of 10 March, and its changes."""

    def __init__(self, year: Year) -> None:
        self.year, self.service = year, year.service
        (self.id,) = year.vote("(合成)甲")
        self.item = self.service.call("get_project", self.id)["sub_items"][0]["id"]
        self.publish("2023-03-10")

    def content(self, target: float = 100, **changes: Any) -> dict[str, Any]:
        """The sample plan with another target."""
        targets = [{"sub_item_id": self.item, "target": target}]
        return content(self.year.unit, self.item, targets=targets) | changes

    def publish(self, on: str, **changes: Any) -> dict[str, Any]:
        """Publish a version directly."""
        said = self.content(**changes)
        body = {"content": said, "happened_on": on, "reason": "(合成)"}
        return self.year.call("publish_plan", self.id, **body)

    def propose(self, on: str = "2023-07-01", **said: Any) -> dict[str, Any]:
        """Propose a change."""
        body = {"kind": "adjust", "ground": "policy", "reason": "(合成)理由"}
        return self.year.call("propose_change", self.id, **body | said, happened_on=on)

    def decide(self, change: dict[str, Any], on: str = "2023-07-20", **said: Any) -> dict[str, Any]:
        """Decide it."""
        body = {"approved": True, "body": "standing-committee", "document": "(合成)决定1号"}
        return self.year.call("decide_change", change["id"], **body | said, happened_on=on)

    def target(self, on: str = "2023-12-31") -> float:
        """The target of the plan in force."""
        plan = self.service.call("get_plan_in_force", self.id, {"on": on})
        return float(plan["content"]["targets"][0]["target"])

    def numbers(self) -> list[int]:
        """The numbers of all versions."""
        listed = self.service.call("list_plans", self.id, {})["items"]
        return [plan["number"] for plan in listed]

    def state(self, on: str) -> dict[str, Any]:
        """Where it stands on a day."""
        found: dict[str, Any] = self.service.call("get_project_state", self.id, {"on": on})
        return found

    def overdue(self, on: str) -> list[tuple[str, str]]:
        """Kind and code of what was overdue on a day."""
        found = self.service.call("list_supervision_overdue", {"on": on})["items"]
        return sorted((one["kind"], one["code"]) for one in found)


@pytest.fixture
def project(year: Year) -> Changing:
    """A project with a plan."""
    return Changing(year)


def test_a_minor_change_makes_the_next_plan_at_once(project: Changing) -> None:
    """Nobody decides it; the plan says which change made it."""
    made = project.propose(content=project.content(95))
    assert (made["state"], made["majors"], made["effective_on"]) == ("effective", [], "2023-07-01")
    assert (project.target("2023-06-30"), project.target("2023-07-01")) == (100, 95)
    plan = project.service.call("get_plan_in_force", project.id, {"on": "2023-07-01"})
    assert (plan["change_id"], plan["reason"]) == (made["id"], "(合成)理由")
    (event,) = project.service.events("project.changed.v1")
    assert (event.subject, event.data["change"]["id"]) == (project.id, made["id"])
    assert "理由" not in str([one.data for one in project.service.events()])


def test_a_major_change_changes_nothing_before_it_is_decided(project: Changing) -> None:
    """By the body that the rule names; then it must be announced and reported, each by its day."""
    made = project.propose(content=project.content(80))
    assert (made["state"], made["majors"]) == ("proposed", ["target-lowered"])
    assert made["decider"] == "standing-committee"
    assert (project.target(), project.numbers()) == (100, [1])
    with pytest.raises(Invalid, match="other-decider"):
        project.decide(made, body="congress")
    decided = project.decide(made)
    assert (decided["state"], decided["left"]) == ("effective", ["announced", "reported"])
    assert (project.target("2023-07-19"), project.target("2023-07-20")) == (100, 80)
    assert ("change", "announcement") not in project.overdue("2023-08-03")
    assert ("change", "announcement") in project.overdue("2023-08-04")
    paper = {"document": "(合成)公告1号", "happened_on": "2023-08-10"}
    report = {"meeting": "(合成)市十四届人大四次会议", **paper, "happened_on": "2024-01-20"}
    with pytest.raises(Conflict, match="announce-first"):
        project.service.call("report_change", made["id"], report)
    project.service.call("announce_change", made["id"], paper)
    assert ("change", "announcement") not in project.overdue("2023-08-10")
    assert ("change", "report") in project.overdue("2024-07-23")
    reported = project.service.call("report_change", made["id"], report)
    assert (reported["left"], reported["reported_to"]) == ([], "(合成)市十四届人大四次会议")
    assert ("change", "report") not in project.overdue("2024-07-23")


def test_a_refused_change_stays_on_record_and_changes_nothing(project: Changing) -> None:
    """And nothing of it must be announced."""
    made = project.propose(content=project.content(50))
    refused = project.decide(made, approved=False)
    assert (refused["state"], refused["left"], project.target()) == ("refused", [], 100)
    assert project.service.call("get_change", made["id"]) == refused
    listed = project.service.call("list_project_changes", project.id, {"state": "refused"})
    assert listed["items"] == [refused]
    assert project.service.call("list_changes", {"kind": "end"})["items"] == []
    with pytest.raises(Conflict, match="change-not-open"):
        project.decide(made)


def test_a_plan_that_is_a_major_change_cannot_be_published_by_itself(project: Changing) -> None:
    """Nor a first one that promises less than was voted."""
    with pytest.raises(Conflict, match="change-major"):
        project.publish("2023-04-01", target=50)
    project.publish("2023-04-01", target=95)
    (other,) = project.year.vote("(合成)乙")
    item = project.service.call("get_project", other)["sub_items"][0]["id"]
    less = content(project.year.unit, item, targets=[{"sub_item_id": item, "target": 10}])
    with pytest.raises(Conflict, match="change-major"):
        project.year.call("publish_plan", other, content=less, happened_on="2023-03-10")


def test_while_a_major_change_waits_the_plan_stays(project: Changing) -> None:
    """No second change and no new version; its unit may take it back."""
    made = project.propose(content=project.content(80))
    with pytest.raises(Conflict, match="change-pending"):
        project.propose(content=project.content(95))
    with pytest.raises(Conflict, match="change-pending"):
        project.publish("2023-07-02", target=95)
    stranger: dict[str, Any] = {"roles": ("unit", "recorder"), "subject": new()}
    body = {"happened_on": "2023-07-02"}
    with pytest.raises(Forbidden):
        project.service.call("withdraw_change", made["id"], body, **stranger)
    gone = project.service.call("withdraw_change", made["id"], body)
    assert (gone["state"], gone["withdrawn_on"]) == ("withdrawn", "2023-07-02")
    project.publish("2023-07-03", target=95)
    with pytest.raises(Conflict, match="change-not-open"):
        project.decide(made)


def test_nobody_owes_progress_on_what_is_deferred(project: Changing) -> None:
    """Neither months nor milestones, until it is taken up again."""
    project.decide(project.propose(kind="defer", deferred_until="2023-10-15"))
    store = BoundStore(project.service.engine, project.service.metadata, project.service.settings)
    state = project.state("2023-08-01")
    assert (state["deferred"], state["deferred_until"]) == (True, "2023-10-15")
    assert state["light"]["code"] == "deferred"
    assert project.state("2023-10-16")["deferred"] is False
    assert ("milestone", "milestone") in project.overdue("2023-07-19")
    assert ("milestone", "milestone") not in project.overdue("2023-07-20")
    nightly.expect(store)
    asked = {"on": "2024-06-01", "kind": "progress"}
    owed = project.service.call("list_supervision_overdue", asked)
    months = [one["starts_on"][:7] for one in owed["items"]]
    assert "2023-08" not in months
    assert "2023-11" in months
    resumed = project.propose("2023-09-01", kind="resume", reason="(合成)条件具备")
    assert resumed["state"] == "effective"
    assert ("milestone", "milestone") in project.overdue("2023-09-02")
    with pytest.raises(Conflict, match="not-deferred"):
        project.propose("2023-09-02", kind="resume")


def test_an_ended_project_is_changed_no_more(project: Changing) -> None:
    """Its light says so, and nothing is owed on it."""
    project.decide(project.propose(kind="end"))
    assert project.state("2023-07-20")["ended_on"] == "2023-07-20"
    assert project.state("2023-07-20")["light"]["code"] == "ended"
    assert project.state("2023-07-19")["ended_on"] is None
    with pytest.raises(Conflict, match="project-ended"):
        project.propose("2023-08-01", content=project.content(95))
    with pytest.raises(Conflict, match="project-ended"):
        project.publish("2023-08-01", target=95)


def test_a_bad_proposal_is_refused_at_its_place(project: Changing) -> None:
    """What an adjustment needs, grounds and levels of the rule, an unsound plan."""
    bad: list[tuple[dict[str, Any], str, str]] = [
        ({}, "content-unfit", "/content"),
        ({"kind": "end", "content": project.content(95)}, "content-unfit", "/content"),
        ({"kind": "defer", "ground": "mood"}, "ground-unknown", "/ground"),
        ({"kind": "defer", "level": "province"}, "level-unknown", "/level"),
        ({"kind": "defer", "deferred_until": "2023-06-01"}, "deferred-until-impossible",
         "/deferred_until"),
        ({"content": project.content(95, units=[])}, "body-invalid", "/content/units"),
        ({"content": project.content(95, due_on="2023-01-01")}, "due-before-vote",
         "/content/due_on"),
    ]  # fmt: skip
    for said, code, pointer in bad:
        with pytest.raises(Invalid) as caught:
            project.propose(**said)
        assert caught.value.errors[0]["pointer"] == pointer, said
        assert code in (caught.value.code, "body-invalid")
    assert project.service.call("list_changes", {})["items"] == []


def test_in_a_township_the_congress_decides(project: Changing) -> None:
    """The rule's table by level, not the software."""
    made = project.propose(kind="defer", level="township")
    assert made["decider"] == "congress"
    with pytest.raises(Invalid, match="other-decider"):
        project.decide(made)
    assert project.decide(made, body="congress")["state"] == "effective"


class Plans(RuleBasedStateMachine):
    """Proposals, decisions and versions in any order: the plan is what was last let through."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name)
        url = f"sqlite:///{path}/{uuid.uuid4()}.sqlite"
        migrations.upgrade(service_settings.load("supervision", {"MINSHENG_DATABASE_URL": url}))
        self.project = Changing(Year(Harness(SupervisionService, url, path)))
        self.expected = 100.0
        self.waiting: list[tuple[dict[str, Any], float]] = []
        self.day = 1

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.project.service.close()
        self.folder.cleanup()

    @initialize()
    def begin(self) -> None:
        """The plan as voted."""
        assert self.project.target() == 100

    def _next(self) -> str:
        self.day += 1
        return f"2023-07-{self.day:02}"

    @rule(number=st.sampled_from((70, 85, 100, 105)))
    def propose(self, number: float) -> None:
        """A change by some part of the target."""
        with contextlib.suppress(ServiceError):
            made = self.project.propose(self._next(), content=self.project.content(number))
            assert not self.waiting
            if made["state"] == "effective":
                self.expected = number
            else:
                self.waiting = [(made, number)]

    @rule(approved=st.booleans())
    def decide(self, approved: bool) -> None:
        """The body decides what waits, if anything does."""
        for made, target in self.waiting:
            self.project.decide(made, self._next(), approved=approved)
            self.expected = target if approved else self.expected
        self.waiting = []

    @rule(number=st.sampled_from((70, 95, 105)))
    def publish(self, number: float) -> None:
        """The unit publishes a version."""
        with contextlib.suppress(ServiceError):
            self.project.publish(self._next(), target=number)
            assert not self.waiting
            assert number > self.expected * 0.9
            self.expected = number

    @invariant()
    def the_plan_is_what_was_let_through(self) -> None:
        """And its versions have no gap."""
        assert self.project.target() == self.expected
        numbers = self.project.numbers()
        assert numbers == list(range(1, len(numbers) + 1))


Plans.TestCase.settings = settings(max_examples=6, stateful_step_count=8)
TestPlansThroughChanges = Plans.TestCase


def test_milestones_are_waited_for_again_when_a_deferral_ends_by_itself(project: Changing) -> None:
    """Not while it lasts, also if a plan is published meanwhile; nobody kept or missed them."""
    store = BoundStore(project.service.engine, project.service.metadata, project.service.settings)
    project.decide(project.propose(kind="defer", deferred_until="2023-10-15"))
    project.publish("2023-08-01", target=99)
    project.propose("2023-08-02", content=project.content(98))
    asked = {"on": "2023-08-02", "kind": "milestone"}
    assert project.service.call("list_supervision_overdue", asked)["items"] == []
    with project.service.engine.connect() as connection:
        table = project.service.metadata.tables["deadlines"].c
        query = sa.select(table.fell_away).where(table.kind == "milestone")
        assert set(connection.scalars(query)) == {True}
    nightly.expect(store)
    nightly.expect(store)
    listed = project.service.call("list_supervision_overdue", {"kind": "milestone"})["items"]
    assert len(listed) == 1


def test_what_a_decided_change_lowered_is_owed_no_longer_than_to_its_target(
    project: Changing,
) -> None:
    """Months and look-backs follow the plan in force, and not the target that was voted."""
    project.decide(project.propose(content=project.content(60)))
    project.year.call(
        "report_progress", project.id, sub_item_id=project.item, month="2023-09", quantity=60,
        happened_on="2023-09-20",
    )  # fmt: skip
    store = BoundStore(project.service.engine, project.service.metadata, project.service.settings)
    nightly.expect(store)
    owed = project.service.call("list_supervision_overdue", {"kind": "progress"})["items"]
    assert max(one["starts_on"] for one in owed) == "2023-08-31"
    planned = {"project_id": project.id, "round": "third"}
    made = project.year.call("plan_look_back", **planned)
    assert made["due_on"] == "2026-09-20"


def test_a_target_is_not_lowered_bit_by_bit_without_a_decision(project: Changing) -> None:
    """Minor steps count together since the last decision, whichever way they are made."""
    project.publish("2023-04-01", target=95)
    made = project.propose("2023-04-02", content=project.content(91))
    assert made["state"] == "effective"
    with pytest.raises(Conflict, match="change-major"):
        project.publish("2023-04-03", target=90)
    # What goes no further that way is as minor as before.
    project.publish("2023-04-04", target=92)
    proposed = project.propose(content=project.content(90))
    assert (proposed["state"], proposed["majors"]) == ("proposed", ["target-lowered"])
    project.decide(proposed)
    assert project.propose("2023-08-01", content=project.content(86))["state"] == "effective"
    assert project.propose("2023-08-02", content=project.content(81))["state"] == "proposed"
