"""Evaluations and appraisals on both databases: computed, kept, superseded, compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import OWN, Year, new

Json = dict[str, Any]


class Appraised(Year):
    """A year with two projects of one unit."""

    def __init__(self, service: Harness) -> None:
        super().__init__(service)
        self.one, self.two = self.vote("(合成)甲", "(合成)乙")

    def reach(self, project: str, quantity: float, on: str) -> None:
        """Report progress of its only sub-item."""
        item = self.service.call("get_project", project)["sub_items"][0]["id"]
        self.call(
            "report_progress", project, sub_item_id=item, month=on[:7],
            quantity=quantity, happened_on=on,
        )  # fmt: skip

    def evaluate(self, **changes: Any) -> Json:
        """Evaluate the first project at the end of the year."""
        body = {
            "project_id": self.one, "as_of": "2023-12-20", "made_by": "(合成)人大常委会办公室",
            "happened_on": "2023-12-25",
        }  # fmt: skip
        return self.call("evaluate_project", **(body | changes))

    def appraise(self, **changes: Any) -> Json:
        """Appraise the unit at the end of the year."""
        body = {
            "unit_id": self.unit, "year": 2023, "as_of": "2023-12-20",
            "made_by": "(合成)政府办公室", "happened_on": "2023-12-25",
        }  # fmt: skip
        return self.call("appraise_unit", **(body | changes))

    def adopt(self, kind: str, *terms: tuple[str, int]) -> Json:
        """Adopt a rule of terms (measure, weight) from 0 to 1."""
        content = {
            "scale": 100, "decimals": 2, "missing": "leave-out", "grades": [],
            "terms": [
                {"code": m, "name": "(合成)", "measure": m, "weight": w, "best": 1, "worst": 0}
                for m, w in terms
            ],
        }  # fmt: skip
        return self.call(
            "adopt_supervision_rule", kind=kind, title="(合成)", text="(合成)", source="(合成)",
            adopted_by="(合成)主任会议", content=content, happened_on="2023-03-01",
        )  # fmt: skip


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Appraised:
    """The service with two projects."""
    return Appraised(serve(SupervisionService))


def values(result: Json) -> Json:
    """The value of each term."""
    return {one["code"]: one["value"] for one in result["terms"]}


def test_a_project_is_evaluated_on_its_records_up_to_a_day(year: Appraised) -> None:
    """The shipped rule, terms without records left out; another project's records do not count."""
    year.reach(year.one, 60, "2023-06-30")
    year.reach(year.one, 100, "2023-12-10")
    year.reach(year.two, 1, "2023-06-30")
    made = year.evaluate()
    assert (made["rule_id"], made["year"], made["subject"]) == (None, 2023, "project")
    # Complete, but after the candidate's day (30 November); no money was spent of its budget.
    assert values(made)["completion"] == "1"
    assert values(made)["in-time"] == "0"
    assert values(made)["funds"] == "0"
    assert values(made)["satisfied"] is None
    counted = [one for one in made["terms"] if one["points"] is not None]
    points = sum(one["weight"] * Fraction(one["points"]) for one in counted)
    assert Fraction(made["exact"]) == 100 * points / sum(one["weight"] for one in counted)
    assert made["grade"] == "failed"
    early = year.evaluate(as_of="2023-07-01", happened_on="2023-07-01")
    assert values(early)["completion"] == "3/5"
    assert values(early)["in-time"] is None
    events = year.service.events("evaluation.made.v1")
    assert [e.data["score"] for e in events] == [made["score"], early["score"]]
    assert year.service.call("get_evaluation", made["id"]) == made


def test_the_target_is_the_one_of_the_plan_in_force(year: Appraised) -> None:
    """And what the monthly plan foresaw gives the pace."""
    year.adopt("evaluation", ("completion", 1), ("pace", 1))
    item = year.service.call("get_project", year.one)["sub_items"][0]["id"]
    content = {
        "units": [{"unit_id": year.unit, "role": "lead"}],
        "targets": [{"sub_item_id": item, "target": 200}],
        "monthly": [{"sub_item_id": item, "month": "2023-06", "quantity": 100}],
        "funds": {"total_yuan": None, "years": []},
    }
    year.reach(year.one, 50, "2023-06-30")
    assert values(year.evaluate()) == {"completion": "1/2", "pace": None}
    year.call("publish_plan", year.one, content=content, reason="(合成)")
    assert values(year.evaluate()) == {"completion": "1/4", "pace": "1/2"}


def test_every_result_can_be_computed_again_from_what_is_shown(year: Appraised) -> None:
    """The hash of each term from its lines, that of the whole from the terms."""
    year.reach(year.one, 60, "2023-06-30")
    made = year.evaluate()
    shown = year.service.call("get_evaluation_records", made["id"])

    def digest(lines: list[str]) -> str:
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

    assert [one["hash"] for one in shown["records"]] == [
        digest(one["lines"]) for one in shown["records"]
    ]
    assert [one["hash"] for one in shown["records"]] == [one["hash"] for one in made["terms"]]
    assert shown["hash"] == made["hash"]
    assert made["hash"] == digest([f"{one['code']} {one['hash']}" for one in shown["records"]])
    assert shown["records"][0]["lines"][0].endswith(" 3/5")


def test_a_result_stays_as_it_was_when_records_change(year: Appraised) -> None:
    """A later one takes its place, names it and says why; the earlier one shows it."""
    year.reach(year.one, 60, "2023-06-30")
    first = year.evaluate()
    year.reach(year.one, 90, "2023-06-30")
    assert year.service.call("get_evaluation", first["id"]) == first
    second = year.evaluate(supersedes=first["id"], reason="(合成)进展更正")
    assert second["score"] != first["score"]
    after = year.service.call("get_evaluation", first["id"])
    assert (after["superseded_by"], after["version"]) == (second["id"], 1)

    def ids(**which: Any) -> list[str]:
        found = year.service.call("list_evaluations", which)["items"]
        return sorted(one["id"] for one in found)

    assert ids() == sorted([first["id"], second["id"]])
    assert ids(standing="true") == [second["id"]]
    assert ids(standing="false") == [first["id"]]
    with pytest.raises(Conflict) as caught:
        year.evaluate(supersedes=first["id"], reason="再")
    assert caught.value.code == "superseded-already"


def test_an_evaluation_that_cannot_be_is_refused(year: Appraised) -> None:
    """Records of later than the evaluation, before the vote, superseding nothing."""
    for changes, code in (
        ({"as_of": "2023-12-26"}, "as-of-later"),
        ({"as_of": "2023-02-01"}, "day-before"),
        ({"reason": "(合成)"}, "superseding-incomplete"),
        ({"supersedes": new(), "reason": "(合成)"}, "reference-unknown"),
        ({"happened_on": "2999-01-01"}, "day-in-future"),
    ):
        with pytest.raises(Invalid) as caught:
            year.evaluate(**changes)
        assert caught.value.code == code


def test_a_result_about_something_else_is_not_superseded(year: Appraised) -> None:
    """Nor without a reason."""
    first = year.evaluate()
    for changes in ({"project_id": year.two, "reason": "(合成)"}, {"reason": None}):
        with pytest.raises(Invalid):
            year.evaluate(supersedes=first["id"], **changes)
    with pytest.raises(Invalid) as caught:
        year.appraise(supersedes=first["id"], reason="(合成)")
    assert caught.value.code == "other-subject"
    with pytest.raises(Conflict):
        year.evaluate(project_id=new())
    with pytest.raises(Conflict):
        year.appraise(unit_id=new())


def test_a_unit_is_appraised_on_its_projects_and_what_it_had_to_do(year: Appraised) -> None:
    """Opinions, resources and coordination of its own; the other unit's are the other's."""
    year.adopt(
        "appraisal", ("completion", 1), ("opinions-responded", 1), ("resources-in-time", 1),
        ("coordination-in-time", 1), ("released-spent", 1), ("look-backs-effective", 1),
    )  # fmt: skip
    other = year.hear("proposal.unit.registered.v1", id=new(), name="(合成)资规局")["id"]
    year.reach(year.one, 50, "2023-06-30")
    deputy = year.deputy(OWN)
    said = {"deputy_id": deputy, "channel": "week", "text": "(合成)"}
    opinion = year.call("raise_opinion", project_id=year.one, **said)
    year.call("raise_opinion", project_id=year.two, **said)
    year.call("reply_to_opinion", opinion["id"], unit_id=year.unit, text="(合成)")
    owed = year.call(
        "owe_resource", year.one, kind="people", name="(合成)", quantity=1, unit_of_measure="人",
        unit_id=other, due_on="2023-06-30",
    )  # fmt: skip
    year.call("deliver_resource", owed["id"], quantity=1, unit_id=other, happened_on="2023-07-01")
    task = {"unit_id": year.unit, "text": "(合成)", "due_on": "2023-05-31"}
    made = year.call(
        "agree_coordination", year.one, subject="(合成)", text="(合成)", unit_ids=[year.unit],
        tasks=[task],
    )  # fmt: skip
    year.call("do_coordination_task", made["id"], made["tasks"][0]["id"], text="(合成)")
    pay = {"source": "own-budget", "unit_id": year.unit}
    year.call("enter_funds", year.one, kind="released", amount_yuan=400, **pay)
    year.call("enter_funds", year.one, kind="spent", amount_yuan=100, **pay)
    assert values(year.appraise()) == {
        "completion": "1/4",
        "opinions-responded": "1/2",
        "resources-in-time": None,
        "coordination-in-time": "1",
        "released-spent": "1/4",
        "look-backs-effective": None,
    }
    theirs = year.appraise(unit_id=other)
    assert values(theirs)["resources-in-time"] == "0"
    assert {v for k, v in values(theirs).items() if k != "resources-in-time"} == {None}
    assert theirs["unit_id"] == other
    assert values(year.appraise(year=2022))["completion"] is None


def test_a_year_compares_with_the_one_before(year: Appraised) -> None:
    """By the same rule, with the difference of the exact scores; superseded ones are left out."""
    year.vote("(合成)丙", year=2024)
    first = year.appraise()
    year.reach(year.one, 100, "2023-06-30")
    second = year.appraise(supersedes=first["id"], reason="(合成)")
    third = year.appraise(year=2024, as_of="2024-12-20", happened_on="2024-12-25")
    found = year.service.call("get_appraisal_series", {"unit_id": year.unit})["items"]
    assert [one["id"] for one in found] == [second["id"], third["id"]]
    assert (found[0]["difference"], found[0]["same_rule"]) == (None, None)
    expected = f"{float(third['score']) - float(second['score']):.2f}"
    assert (found[1]["difference"], found[1]["same_rule"]) == (expected, True)
    completion = found[1]["terms"][0]
    assert (completion["code"], completion["difference"]) == ("completion", "-50.00")
    year.adopt("appraisal", ("completion", 1))
    year.appraise(year=2024, as_of="2024-12-21", happened_on="2024-12-25")
    again = year.service.call("get_appraisal_series", {"unit_id": year.unit})["items"]
    assert again[2]["same_rule"] is False


def test_a_preview_is_what_an_evaluation_would_give_and_keeps_nothing(year: Appraised) -> None:
    """By the rule in force on the day."""
    year.reach(year.one, 60, "2023-06-30")
    asked = {"project_id": year.one, "on": "2023-12-20"}
    preview = year.service.call("preview_evaluation", asked)
    made = year.evaluate()
    assert {name: made[name] for name in preview} == preview
    asked = {"unit_id": year.unit, "year": "2023", "on": "2023-12-20"}
    preview = year.service.call("preview_appraisal", asked)
    assert year.service.call("list_appraisals", {})["items"] == []
    assert year.appraise()["hash"] == preview["hash"]
    with pytest.raises(NotFound):
        year.service.call("preview_evaluation", {"project_id": new()})


def test_measures_say_what_they_mean(year: Appraised) -> None:
    """In both languages, and of what they can be taken; and so does every kept result."""
    found = {one["code"]: one for one in year.service.call("list_measures")["items"]}
    assert found["released-spent"]["subjects"] == ["unit"]
    made = year.evaluate()
    assert all(one["zh"] == found[one["measure"]]["zh"] for one in made["terms"])


def test_look_backs_at_a_units_former_projects_count_for_it(year: Appraised) -> None:
    """In the year in which they were made, found by the project's name and year."""
    year.adopt("appraisal", ("look-backs-effective", 1))
    for effective in (True, False):
        year.call(
            "record_look_back", project_name="(合成)甲", project_year=2023, finding="(合成)",
            effective=effective, happened_on="2024-05-10",
        )  # fmt: skip
    found = year.appraise(year=2024, as_of="2024-12-20", happened_on="2024-12-25")
    assert values(found) == {"look-backs-effective": "1/2"}
    assert values(year.appraise()) == {"look-backs-effective": None}


def test_late_entry_needs_its_role(year: Appraised) -> None:
    """An evaluation long ago is recorded by who may record late."""
    body = {
        "project_id": year.one, "as_of": "2023-12-20", "made_by": "(合成)",
        "happened_on": "2023-12-25",
    }  # fmt: skip
    with pytest.raises(Forbidden):
        year.service.call("evaluate_project", body, roles=("clerk",))


def test_lights_reports_and_acceptances_count(year: Appraised) -> None:
    """Each month's last light, each month's first report, and what passed acceptance."""
    year.adopt(
        "evaluation", ("accepted", 1), ("months-without-red", 1), ("reports-in-time", 1),
    )  # fmt: skip
    year.reach(year.one, 40, "2023-06-30")
    made = values(year.evaluate())
    assert made["accepted"] is None
    assert made["reports-in-time"] == "1"
    # Not red until its day (30 November) had passed: nine months of ten.
    assert made["months-without-red"] == "1"
    late = year.evaluate(as_of="2023-12-31", happened_on="2023-12-31")
    assert values(late)["months-without-red"] == "10/11"
    year.reach(year.one, 100, "2023-12-10")
    assert values(year.evaluate())["accepted"] == "0"
