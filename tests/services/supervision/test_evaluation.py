"""Supervision itself evaluated: each link, group, unit and deputy, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Invalid
from services.supervision.service import SupervisionService

from ...harness import Harness
from .pictures import photos, picture, uploaded
from .year import DISTRICT, OWN, Year

AS_OF = {"year": "2023", "as_of": "2023-12-27"}


class Two(Year):
    """Two projects, one with a group and all that belongs to it, the other with nothing."""

    def __init__(self, service: Harness) -> None:
        super().__init__(service)
        self.kept, self.left = self.vote("(合成)甲", "(合成)乙")
        self.active, self.idle = self.deputy(OWN), self.deputy(OWN)
        members = [{"kind": "deputy", "deputy_id": id_} for id_ in (self.active, self.idle)]
        self.group = self.call(
            "form_group", project_id=self.kept, name="(合成)一组", members=members
        )["id"]
        visit = self.call(
            "record_visit", activity_id=self.week(), project_id=self.kept, kind="research"
        )
        for deputy in (self.active, self.deputy(DISTRICT)):
            self.call("attend_visit", visit["id"], deputy_id=deputy)
        said = {"project_id": self.kept, "deputy_id": self.active, "text": "(合成)"}
        self.opinion = self.call("raise_opinion", channel="online", **said)["id"]

    def evaluation(self, **asking: Any) -> dict[str, Any]:
        """The evaluation as somebody sees it."""
        found: dict[str, Any] = self.service.call("evaluate_supervision", AS_OF, **asking)
        return found

    def expectations(self) -> dict[str, dict[str, Any]]:
        """Every expectation of every link by its code."""
        links = self.evaluation()["links"]
        return {one["code"]: one for link in links for one in link["expectations"]}


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Two:
    """That year."""
    return Two(serve(SupervisionService))


def test_each_link_says_what_it_lacks(year: Two) -> None:
    """The unwatched project is named, wherever it is missing; what is there is counted."""
    links = year.evaluation()["links"]
    assert [link["code"] for link in links] == [
        "collection", "selection", "ballot", "concentrated", "tracking", "assessment", "look-back",
    ]  # fmt: skip
    found = year.expectations()
    for code in ("projects-visited", "projects-visited-in-week", "groups-formed"):
        assert (found[code]["of"], found[code]["met"]) == (2, 1)
        assert found[code]["missing"] == [year.left]
    assert found["projects-checked-online"]["missing"] == [year.left]
    assert len(found["progress-reported"]["missing"]) == 2
    assert found["opinions-answered"]["missing"] == [year.opinion]
    assert (found["result-certified"]["met"], found["week-arranged"]["met"]) == (1, 1)
    assert len(found["plans-published"]["missing"]) == 2
    assert len(found["tasks-listed"]["missing"]) == 2
    assert (found["tasks-checked"]["of"], found["calendar-kept"]["of"]) == (0, 0)
    for code in ("score-published", "look-back-made", "report-meeting-held"):
        assert (found[code]["of"], found[code]["met"], found[code]["missing"]) == (1, 0, [])
    (chosen,) = [f for f in links[2]["figures"] if f["key"] == "ballot.chosen"]
    assert chosen["value"] == 2


def test_what_is_done_is_no_longer_missing(year: Two) -> None:
    """A visit, a meeting, a look-back, an answer: each takes its gap away, and no other."""
    before = year.expectations()
    year.call("record_visit", project_id=year.left, kind="open-visit", happened_on="2023-07-01")
    year.call("record_meeting", kind="report-meeting", name="(合成)报告会")
    year.call(
        "record_look_back",
        project_name="(合成)旧",
        project_year=2021,
        finding="(合成)",
        effective=True,
    )
    said = {"unit_id": year.unit, "text": "(合成)"}
    year.call("handle_opinion", year.opinion, **said)
    year.call("reply_to_opinion", year.opinion, **said)
    after = year.expectations()
    changed = {code for code, one in after.items() if one != before[code]}
    done = {"projects-visited", "report-meeting-held", "look-back-made", "opinions-answered"}
    assert changed == done
    assert all(after[code]["met"] == after[code]["of"] for code in done)
    early = year.service.call("evaluate_supervision", AS_OF | {"as_of": "2023-03-01"})
    assert early["groups"] == []


def test_groups_units_and_deputies_are_counted(year: Two) -> None:
    """A group by its project and its active deputies; a unit by what it reported and answered."""
    found = year.evaluation()
    (group,) = found["groups"]
    assert (group["group_id"], group["deputies"], group["active_deputies"]) == (year.group, 2, 1)
    assert (group["attendances"], group["opinions"], group["online_checks"]) == (2, 1, 0)
    assert group["missing"] == [
        "online_checks", "tasks", "task_checks", "meetings", "questions", "snaps", "findings",
    ]  # fmt: skip
    (unit,) = found["units"]
    assert (unit["unit_id"], unit["projects"], unit["opinions"]) == (year.unit, 2, 1)
    assert {"progress", "answers"} <= set(unit["missing"])
    rows = {one["deputy_id"]: one for one in found["deputies"]}
    assert set(rows) == {year.active, year.idle}, "deputies of this congress only"
    assert rows[year.active]["attendances"] == 1
    assert rows[year.idle]["missing"] == ["attendances", "opinions", *group["missing"]]


def test_tasks_meetings_questions_snaps_and_findings_count(year: Two) -> None:
    """For the group of their project, and for the deputy who did them; by the day, not after."""
    task = {"kind": "link", "name": "(合成)招标", "due_on": "2023-06-30", "project_id": year.kept}
    item = year.call("list_task", **task, deputy_id=year.active)
    year.call("list_task", **task, group_id=year.group)
    year.call("check_task", item["id"], finding="(合成)", standing="better")
    year.call("list_task", **task | {"project_id": year.left}, deputy_id=year.idle)
    # The group's own meeting counts for its project once, also where it names the project.
    meeting = year.call(
        "record_meeting",
        kind="report-meeting",
        name="(合成)报告会",
        group_id=year.group,
        project_ids=[year.kept],
    )
    for deputy in (year.active, year.idle):
        seat = {"role": "deputy", "deputy_id": deputy}
        year.service.call("attend_meeting", meeting["id"], seat)
    question = {"project_id": year.kept, "unit_id": year.unit, "text": "(合成)"}
    asked = question | {"deputy_id": year.active}
    year.service.call("ask_question", meeting["id"], asked)
    visit = year.call("record_visit", project_id=year.kept, kind="open-visit")
    year.call("attend_visit", visit["id"], deputy_id=year.active)
    year.call("note_finding", visit["id"], deputy_id=year.active, text="(合成)")
    year.call(
        "take_snap",
        deputy_id=year.active,
        text="(合成)",
        project_id=year.kept,
        place={"longitude": 120.17, "latitude": 30.25},
        photos=photos(uploaded(year.service, picture(1))),
    )
    names = ("tasks", "task_checks", "meetings", "questions", "snaps", "findings")
    found = year.evaluation()
    (group,) = found["groups"]
    assert [group[name] for name in names] == [2, 1, 1, 1, 1, 1]
    assert group["active_deputies"] == 1
    rows = {one["deputy_id"]: one for one in found["deputies"]}
    assert [rows[year.active][name] for name in names] == [1, 1, 1, 1, 1, 1]
    assert [rows[year.idle][name] for name in names] == [1, 0, 1, 0, 0, 0]
    early = year.service.call("evaluate_supervision", AS_OF | {"as_of": "2023-05-15"})
    assert [one[name] for one in early["deputies"] for name in names] == [0] * 12


def test_a_deputy_sees_herself_alone(year: Two) -> None:
    """Staff of the congress see all; the government and units see no deputy."""
    own = year.evaluation(roles=("deputy",), subject=year.idle)
    assert [one["deputy_id"] for one in own["deputies"]] == [year.idle]
    for role in ("unit", "government"):
        assert year.evaluation(roles=(role,), subject=year.unit)["deputies"] == []
    assert len(year.evaluation(roles=("auditor",))["deputies"]) == 2


def test_the_chain_is_an_adopted_rule(year: Two) -> None:
    """Its links, figures and expectations are data; unknown ones cannot be adopted."""
    rule: dict[str, Any] = {
        "kind": "chain",
        "title": "(合成)评价办法",
        "text": "(合成)",
        "source": "(合成)",
        "adopted_by": "(合成)常委会",
    }
    link = {"code": "all", "name": "(合成)全程", "figures": [], "expects": ["groups-formed"]}
    for bad in ({"figures": ["no.such"]}, {"expects": ["no-such"]}, {"code": "A B"}):
        with pytest.raises(Invalid, match="body-invalid"):
            year.call("adopt_supervision_rule", **rule, content=[link | bad])
    adopted = year.call("adopt_supervision_rule", **rule, content=[link])
    found = year.evaluation()
    assert (found["rule_id"], found["rule_digest"]) == (adopted["id"], adopted["digest"])
    (only,) = found["links"]
    assert [one["code"] for one in only["expectations"]] == ["groups-formed"]


def test_a_year_without_anything_is_evaluated_too(year: Two) -> None:
    """Everything is missing, nothing fails."""
    found = year.service.call("evaluate_supervision", {"year": "2019", "as_of": "2019-12-31"})
    assert (found["groups"], found["units"], found["deputies"]) == ([], [], [])
    with pytest.raises(Invalid):
        year.service.call("evaluate_supervision", {"as_of": "2019-12-31"})
