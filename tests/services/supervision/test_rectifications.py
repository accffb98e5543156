"""What was assessed below the line: one task, reported by its unit, confirmed by another."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from services.chassis.contracts import Contracts
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.supervision.queries import archive
from services.supervision.rules import shipped
from services.supervision.service import SupervisionService

from ...harness import Harness, example
from .loop_sample import Loop
from .year import new

Json = dict[str, Any]
SCORE = "score.published.v1"
DECIDED, DAY = "2023-12-12", "2024-01-05"


@pytest.fixture
def loop(serve: Callable[[Any], Harness]) -> Loop:
    """A service with a project, its unit, another unit and a deputy."""
    return Loop(serve(SupervisionService))


def required(loop: Loop, **changes: Any) -> str:
    """The survey requires that the project be put right; the task's id."""
    base = {"id": new(), "project_id": loop.project, "item_id": loop.project}
    told = base | {"item_kind": "project", "decided_on": DECIDED, "due_in": None} | changes
    return str(loop.year.hear("survey.rectification.required.v1", **told)["id"])


def task(loop: Loop, id_: str) -> Json:
    """How it stands."""
    found: Json = loop.service.call("get_rectification", id_)
    return found


def report(loop: Loop, id_: str, by: str | None = None, on: str = DAY) -> Json:
    """The unit reports."""
    body = {"text": "(合成)秘密整改情况", "happened_on": on}
    return loop.as_unit(by or loop.unit, "report_rectification", id_, body)


def confirm(loop: Loop, id_: str, on: str = DAY) -> Json:
    """The deputy confirms."""
    body = {"text": "(合成)到现场看过", "deputy_id": loop.deputy, "happened_on": on}
    return loop.as_deputy(loop.deputy, "confirm_rectification", id_, body)


def give_back(loop: Loop, id_: str, on: str = DAY) -> Json:
    """The office returns the report."""
    return loop.year.call("return_rectification", id_, reason="(合成)仍未整改", happened_on=on)


def waits(loop: Loop, role: str, subject: str = "somebody") -> list[str]:
    """The tasks on somebody's desk."""
    asked = {"kind": "rectification"}
    found = loop.service.call("get_desk", asked, roles=(role,), subject=subject)
    return [one["id"] for one in found["items"]]


def test_a_requirement_makes_one_task_for_the_lead_unit(loop: Loop) -> None:
    """With what was measured, and a day by the rule; the same again, or told anew, changes none."""
    id_ = required(loop)
    made = task(loop, id_)
    assert (made["unit_id"], made["state"], made["project_id"]) == (loop.unit, "open", loop.project)
    assert (made["value"], made["line"], made["percent"]) == ("88/126", "4/5", "69.84")
    assert (made["decided_on"], made["due_on"]) == (DECIDED, "2024-03-12")
    assert waits(loop, "unit", loop.unit) == [id_]
    assert waits(loop, "unit", loop.other) == waits(loop, "clerk") == []
    required(loop, id=id_, item_name="(合成)另一名称")
    assert task(loop, id_) == made
    (listed,) = loop.service.call("list_rectifications", {"unit_id": loop.unit})["items"]
    assert listed == made
    assert loop.service.call("list_rectifications", {"state": "confirmed"})["items"] == []


@pytest.mark.parametrize(
    ("due_in", "due_on"),
    [({"days": 60}, "2024-02-18"), ({"workdays": 20}, "2024-01-10"), (None, "2024-03-12")],
)
def test_the_methods_own_term_goes_before_the_rules(
    loop: Loop, due_in: Json | None, due_on: str
) -> None:
    """Days run over a holiday to the next working day; 10 February 2024 is the New Year's."""
    assert task(loop, required(loop, due_in=due_in))["due_on"] == due_on


def test_it_is_reported_and_confirmed_by_somebody_else(loop: Loop) -> None:
    """The desk, the list of what is overdue and the board follow; the events name no person."""
    id_ = required(loop)
    assert loop.overdue("2024-03-13", kind="rectification") == [id_]
    with pytest.raises(Forbidden):
        report(loop, id_, by=loop.other)
    assert (report(loop, id_)["state"], waits(loop, "unit", loop.unit)) == ("reported", [])
    assert waits(loop, "clerk") == [id_]
    with pytest.raises(Conflict, match="rectification-reported"):
        report(loop, id_)
    with pytest.raises(Forbidden):
        loop.as_unit(loop.unit, "confirm_rectification", id_, {"text": "x", "happened_on": DAY})
    body = {"text": "(合成)", "happened_on": DAY}
    with pytest.raises(Forbidden, match="confirmed-by-handler"):
        loop.service.call("confirm_rectification", id_, body, subject=loop.unit)
    done = confirm(loop, id_, "2024-01-10")
    assert (done["state"], done["confirmed_on"], done["due_on"]) == (
        "confirmed",
        "2024-01-10",
        None,
    )
    assert [one["kind"] for one in done["steps"]] == ["report", "confirmation"]
    assert waits(loop, "clerk") == [] and loop.overdue("2030-01-01", kind="rectification") == []
    with pytest.raises(Conflict, match="rectification-confirmed"):
        give_back(loop, id_, "2024-01-11")
    reported, confirmed = (
        loop.service.events(f"rectification.{name}.v1") for name in ("reported", "confirmed")
    )
    assert [one.data["requirement_id"] for one in (*reported, *confirmed)] == [id_, id_]
    assert "秘密" not in str(reported) and loop.deputy not in str(confirmed)
    required(loop, id=id_)
    assert task(loop, id_) == done


def test_who_enters_a_units_report_does_not_confirm_it(loop: Loop) -> None:
    """The government's office reports in the unit's name; the same person is no other."""
    id_ = required(loop)
    body = {"text": "(合成)", "happened_on": DAY}
    roles = ("government", "clerk", "recorder")
    loop.service.call("report_rectification", id_, body, roles=roles, subject="both")
    with pytest.raises(Forbidden, match="confirmed-by-handler"):
        loop.service.call("confirm_rectification", id_, body, roles=roles, subject="both")


def test_a_report_may_be_returned_with_a_reason(loop: Loop) -> None:
    """The unit has another term, and all that was said stays."""
    id_ = required(loop)
    report(loop, id_)
    back = give_back(loop, id_)
    assert (back["state"], back["round"], back["due_on"]) == ("open", 2, "2024-02-05")
    assert waits(loop, "unit", loop.unit) == [id_]
    report(loop, id_, on="2024-02-01")
    kinds = [(one["kind"], one["round"]) for one in confirm(loop, id_, "2024-02-02")["steps"]]
    assert kinds == [("report", 1), ("return", 1), ("report", 2), ("confirmation", 2)]
    assert len(loop.service.events("rectification.returned.v1")) == 1


def test_there_may_be_more_time_once_before_it_has_run_out(loop: Loop) -> None:
    """With a reason, by the office, and by the rule."""
    id_ = required(loop)
    asked = {"reason": "(合成)汛期", "happened_on": DAY}
    more = loop.year.call("extend_rectification", id_, **asked)
    assert (more["due_on"], more["steps"][0]["text"]) == ("2024-06-12", "(合成)汛期")
    with pytest.raises(Conflict, match="deadline-extended"):
        loop.year.call("extend_rectification", id_, **asked)
    late = required(loop)
    with pytest.raises(Conflict, match="deadline-passed"):
        loop.year.call("extend_rectification", late, **(asked | {"happened_on": "2024-03-13"}))
    assert task(loop, late)["steps"] == []


def test_no_step_lies_before_the_last_one(loop: Loop) -> None:
    """Nor before the decision."""
    id_ = required(loop)
    with pytest.raises(Invalid, match="day-before"):
        report(loop, id_, on="2023-12-11")
    report(loop, id_)
    with pytest.raises(Invalid, match="day-before"):
        confirm(loop, id_, "2024-01-04")


def test_a_task_may_come_before_its_project(loop: Loop) -> None:
    """It waits for the office; once the project is heard of, it is its lead unit's."""
    voted = example("ballot", "result.certified.v1")["candidates"][0]["candidate_id"]
    candidate = loop.year._candidate("(合成)乙", 1.0, chosen=True) | {"candidate_id": voted}
    id_ = required(loop, project_id=voted, item_id=voted)
    assert task(loop, id_)["unit_id"] is None and waits(loop, "clerk") == [id_]
    with pytest.raises(Conflict, match="rectification-unassigned"):
        loop.service.call(
            "report_rectification",
            id_,
            {"text": "(合成)", "happened_on": DAY},
            roles=("government", "recorder"),
        )
    loop.year.hear(
        "ballot.result.certified.v1",
        id=new(),
        year=2023,
        session_id=loop.year.session,
        certified_on="2023-02-22",
        candidates=[candidate],
    )
    assert task(loop, id_)["unit_id"] == loop.unit
    assert waits(loop, "clerk") == [] and waits(loop, "unit", loop.unit) == [id_]


def test_a_former_project_is_known_by_its_look_back(loop: Loop) -> None:
    """By the look-back's id, or by name and year; one that nobody knows the office assigns."""
    (led,) = loop.year.vote("(合成)旧", year=2021)
    back = loop.year.call(
        "record_look_back",
        project_name="(合成)旧",
        project_year=2021,
        finding="(合成)",
        effective=False,
        happened_on="2023-09-01",
    )
    former = {"item_kind": "former-project", "former_year": 2021, "item_name": "(合成)旧"}
    by_id = task(loop, required(loop, project_id=back["id"], item_id=back["id"], **former))
    assert (by_id["unit_id"], by_id["project_id"]) == (loop.unit, led)
    by_name = task(loop, required(loop, project_id=new(), **former))
    assert (by_name["unit_id"], by_name["project_id"]) == (loop.unit, led)
    unknown = required(loop, project_id=new(), **(former | {"item_name": "(合成)无人知道"}))
    assert task(loop, unknown)["unit_id"] is None
    told = {"unit_id": loop.other, "reason": "(合成)职责已划转", "happened_on": DAY}
    assert loop.year.call("assign_rectification", unknown, **told)["unit_id"] == loop.other
    assert waits(loop, "unit", loop.other) == [unknown]
    with pytest.raises(Conflict, match="unit-not-heard"):
        loop.year.call("assign_rectification", unknown, **(told | {"unit_id": new()}))


def test_an_assessment_as_a_whole_has_no_project(loop: Loop) -> None:
    """The office says who must act."""
    whole = {"project_id": None, "item_id": None, "item_kind": "overall", "measure": "grade"}
    said = {"value": None, "percent": None, "line": None, "inclusive": None}
    id_ = required(loop, **whole, **said, grade="dissatisfied")
    assert (task(loop, id_)["unit_id"], task(loop, id_)["grade"]) == (None, "dissatisfied")
    assert waits(loop, "clerk") == [id_]


def test_a_rule_adopted_before_there_were_such_tasks_leaves_none_off_the_list(loop: Loop) -> None:
    """Then the shipped term holds; a rule without it cannot be adopted any more."""

    def without(terms: list[Json]) -> list[Json]:
        return [one for one in terms if not one["code"].startswith("rectify")]

    with pytest.raises(Invalid, match="body-invalid"):
        loop.adopt("deadlines", without)
    loop.adopt("deadlines", lambda terms: terms)
    rules = loop.service.metadata.tables["rules"]
    kept = without(shipped("deadlines")["content"])
    with loop.service.engine.begin() as connection:
        connection.execute(rules.update().values(content=kept))
    assert task(loop, required(loop))["due_on"] == "2024-03-12"


def test_the_report_may_be_a_file_that_was_uploaded(loop: Loop) -> None:
    """One that nobody uploaded is refused."""
    id_ = required(loop)
    body = {"text": "(合成)", "sha256": "0" * 64, "happened_on": DAY}
    with pytest.raises(Invalid, match="file-unknown"):
        loop.as_unit(loop.unit, "report_rectification", id_, body)
    with pytest.raises(NotFound):
        task(loop, new())


def test_the_views_tell_it(loop: Loop) -> None:
    """The timeline, the statistics and the board."""
    id_ = required(loop)
    report(loop, id_)
    told = loop.service.call("get_timeline", loop.project, {"limit": 50})["items"]
    mine = [one for one in told if one["id"] == id_]
    assert [one["kind"] for one in mine] == ["rectification", "rectification-reported"]
    assert mine[1]["zh"] == "(合成)民生局报告整改情况:加装电梯(示例)"
    counted = loop.service.call("count_supervision", {"year": 2023, "by": "project"})
    values = {one["key"]: one["value"] for one in counted["figures"]}
    assert (values["rectifications"], values["rectifications_open"]) == (1, 1)
    asked = {"year": 2023, "on": "2024-05-01"}
    (row,) = loop.service.call("get_board", asked)["items"]
    assert row["inside"]["rectifications_open"] == 1
    confirm(loop, id_)
    (row,) = loop.service.call("get_board", asked)["items"]
    assert row["inside"]["rectifications_open"] == 0


def test_the_report_tells_the_groups_and_what_became_of_the_task(loop: Loop) -> None:
    """As the survey published it, with its figures' records; an older event changes nothing."""
    examples = Contracts.of_service("survey").schemas[SCORE]["examples"]
    told = json.loads(json.dumps(next(one for one in examples if "consequences" in one)))
    told["published_on"] = DECIDED
    loop.service.deliver(f"survey.{SCORE}", told, version=3)
    old = {name: told[name] for name in told.keys() - {"groups", "overall", "consequences"}}
    loop.service.deliver(f"survey.{SCORE}", old, version=2)
    fell = told["consequences"][0]["item_id"]
    id_ = required(loop, questionnaire_id=told["id"], item_id=fell, item_kind="sub-item")
    loop.year.call("define_report", year=2023, title="(合成)", completed_by="2023-11-30")
    asked = {"as_of": "2023-12-27"}
    text = loop.service.call("get_report", 2023, asked)["markdown"]
    assert "| 全体代表 | 全体(普查) | 130 | 130 | 126 | 96.9%(126/130) | 50.0% |" in text
    assert "总体满意率:95.9%" in text and "(合成)民生局:整改中 |" in text
    report(loop, id_)
    later = {"as_of": "2024-01-31"}
    text = loop.service.call("get_report", 2023, later)["markdown"]
    assert "(合成)民生局:2024年1月5日已报告,待确认 |" in text
    behind = loop.service.call(
        "list_report_figure_records", 2023, "assessment.rectifications", asked
    )
    assert [(one["kind"], one["id"]) for one in behind["items"]] == [("rectification", id_)]
    project = told["projects"][0]["project_id"]
    scores = archive.scores_of(Session(loop.service.engine))
    assert [(one["project_id"], one["composite"]) for one in scores] == [(project, "4831/5040")]


class Tasks(RuleBasedStateMachine):
    """A task, whatever is done with it; a plain note of how it stands."""

    loop: ClassVar[Loop]

    @initialize()
    def begin(self) -> None:
        """One is required."""
        self.id = required(self.loop)
        self.state, self.round, self.steps, self.extended = "open", 1, 0, False

    def does(self, state: str, then: str, act: Callable[[], Json]) -> bool:
        """A step that is possible in one state and else refused; whether it was."""
        if self.state != state:
            with pytest.raises(Conflict):
                act()
            return False
        act()
        self.state, self.steps = then, self.steps + 1
        return True

    @rule(own=st.booleans())
    def report(self, own: bool) -> None:
        """The unit reports, or another tries to."""
        if own:
            self.does("open", "reported", lambda: report(self.loop, self.id))
        else:
            with pytest.raises(Forbidden):
                report(self.loop, self.id, by=self.loop.other)

    @rule()
    def give_back(self) -> None:
        """The office returns the report; another term may be extended again."""
        if self.does("reported", "open", lambda: give_back(self.loop, self.id)):
            self.round, self.extended = self.round + 1, False

    @rule()
    def confirm(self) -> None:
        """The deputy confirms."""
        self.does("reported", "confirmed", lambda: confirm(self.loop, self.id))

    @rule()
    def extend(self) -> None:
        """More time, once a round."""
        body = {"reason": "(合成)", "happened_on": DAY}

        def act() -> Json:
            return self.loop.year.call("extend_rectification", self.id, **body)

        if self.extended and self.state == "open":
            with pytest.raises(Conflict):
                act()
        else:
            self.extended |= self.does("open", "open", act)

    @rule()
    def require_again(self) -> None:
        """The event comes once more."""
        required(self.loop, id=self.id)

    @invariant()
    def it_stands_as_noted(self) -> None:
        """Nothing that was said is lost, and each round adds its steps."""
        found = task(self.loop, self.id)
        assert (found["state"], found["round"]) == (self.state, self.round)
        assert len(found["steps"]) == self.steps
        assert (found["due_on"] is not None) == (self.state == "open")

    @invariant()
    def somebody_is_waited_for_until_it_is_confirmed(self) -> None:
        """The unit, then whoever confirms; one deadline at a time."""
        late = self.loop.overdue("2030-01-01", kind="rectification").count(self.id)
        assert late == (self.state != "confirmed")
        assert (self.id in waits(self.loop, "unit", self.loop.unit)) == (self.state == "open")
        assert (self.id in waits(self.loop, "clerk")) == (self.state == "reported")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_no_task_is_lost(serve: Callable[[Any], Harness]) -> None:
    """Some of some ten steps."""
    Tasks.loop = Loop(serve(SupervisionService))
    run_state_machine_as_test(
        Tasks,
        settings=settings(
            max_examples=15,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
