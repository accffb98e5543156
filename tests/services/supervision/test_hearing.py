"""What the service hears, on both databases: twice, in any order, and the right copy stays."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from services.chassis.store import load
from services.commons.errors import Invalid
from services.supervision.readers import UnitRegistered
from services.supervision.service import SupervisionService

from ...harness import Harness, example
from .year import DISTRICT, OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service with a report defined."""
    made = Year(serve(SupervisionService))
    made.call("define_report", year=2023, title="(合成)", completed_by="2023-11-30")
    return made


def steps(sub_item: str) -> list[tuple[str, dict[str, Any], int]]:
    """A suggestion of a deputy: submitted, accepted, matched to a sub-item, matched to none."""
    base = example("proposal", "suggestion.submitted.v1") | {
        "id": new(),
        "year": 2023,
        "author_kind": "deputy",
        "deputy_id": new(),
        "aspect": "elderly-care",
        "happened_on": "2022-11-01",
        "state": "submitted",
        "sorted_on": None,
        "matched": None,
    }
    accepted = base | {"state": "accepted", "sorted_on": "2022-12-01"}
    matched = accepted | {"matched": {"sub_item_id": sub_item, "matched_on": "2023-03-01"}}
    to_none = accepted | {"matched": {"sub_item_id": None, "matched_on": "2023-04-01"}}
    return [
        ("proposal.suggestion.submitted.v1", base, 1),
        ("proposal.suggestion.sorted.v1", accepted, 2),
        ("proposal.suggestion.matched.v1", matched, 3),
        ("proposal.suggestion.matched.v1", to_none, 4),
    ]


SHARE = "intake.suggestions_matching_voted_share"


def test_a_suggestions_steps_may_come_in_any_order_and_twice(year: Year) -> None:
    """Whatever the order, each day sees the suggestion as it stood then."""
    (project_id,) = year.vote("(合成)甲")
    item = year.service.call("get_project", project_id)["sub_items"][0]["id"]
    orders = list(itertools.permutations(range(4)))[::5]
    for order in orders:
        told = steps(item)
        for place in (*order, order[0]):
            type_, data, version = told[place]
            year.service.deliver(type_, data, version=version)

    def at(day: str) -> list[Any]:
        found = year.figures(day)
        return [found["intake.deputy_suggestions"], found[SHARE]]

    assert at("2022-11-30") == [0, None]
    assert at("2023-02-28") == [len(orders), 0]
    assert at("2023-03-31") == [len(orders), 1]
    assert at("2023-04-01") == [len(orders), 0]


def test_a_suggestion_that_was_withdrawn_counts_until_that_day(year: Year) -> None:
    """Its author took it back after it had been accepted."""
    year.vote("(合成)甲")
    for type_, data, version in steps(new())[:2]:
        year.service.deliver(type_, data, version=version)
        last = data
    gone = example("proposal", "suggestion.withdrawn.v1") | last
    gone |= {"state": "withdrawn", "withdrawn_on": "2023-01-05"}
    year.service.deliver("proposal.suggestion.withdrawn.v1", gone, version=3)
    found = [year.figures(day)["intake.deputy_suggestions"] for day in ("2023-01-04", "2023-01-05")]
    assert found == [1, 0]


def test_an_event_takes_effect_once(year: Year) -> None:
    """A second delivery of the same event does nothing."""
    data = example("ballot", "deputy.enrolled.v1")
    id_ = new()
    assert year.service.deliver("ballot.deputy.enrolled.v1", data, id_=id_)
    assert not year.service.deliver("ballot.deputy.enrolled.v1", data, id_=id_)


def test_a_copy_takes_only_a_higher_version(year: Year) -> None:
    """An older state that comes late does not overwrite a newer one."""
    (project_id,) = year.vote("(合成)甲")
    visit = year.call(
        "record_visit", project_id=project_id, kind="research", activity_id=year.week()
    )
    deputy = year.deputy(OWN)
    year.call("attend_visit", visit["id"], deputy_id=deputy)

    def enrol(congress: str, version: int) -> None:
        mandate = {"congress": congress, "level": "district", "delegation": "(合成)"}
        year.hear(
            "ballot.deputy.enrolled.v1",
            version=version,
            id=deputy,
            mandates=[mandate],
            enrolled_on="2022-01-10",
        )

    def own_and_below() -> list[int]:
        found = year.figures()
        return [found[f"supervision.week.{level}_deputies"] for level in ("city", "district")]

    assert own_and_below() == [1, 0]
    enrol(DISTRICT, 3)
    assert own_and_below() == [0, 1]
    enrol(OWN, 2)
    assert own_and_below() == [0, 1]


def test_a_result_heard_again_makes_no_second_project(year: Year) -> None:
    """The same result in a new event, as after a replay of the stream, changes nothing."""
    (project_id,) = year.vote("(合成)甲")
    again = example("ballot", "result.certified.v1")
    again["candidates"][0] |= {"candidate_id": project_id, "chosen": True}
    year.hear("ballot.result.certified.v1", version=4, **again)
    assert len(year.service.events("project.adopted.v1")) == 1


def test_roll_and_present_are_counted_from_people_and_not_taken_from_the_result(
    year: Year,
) -> None:
    """Deputies enrolled by the session's first day, and their sign-ins on the day of the vote."""
    deputies = [year.deputy(OWN) for _ in range(3)]
    year.deputy(OWN, on="2023-02-21")
    year.deputy(DISTRICT)
    days = ("2023-02-20", "2023-02-20", "2023-02-22")
    for deputy, day in zip(deputies, days, strict=True):
        year.hear(
            "ballot.deputy.signed-in.v1",
            id=new(),
            session_id=year.session,
            deputy_id=deputy,
            happened_on=day,
        )
    year.vote("(合成)甲", "(合成)乙")
    found = year.figures()
    names = ("roll", "present", "candidates", "chosen")
    assert [found[f"ballot.{name}"] for name in names] == [3, 1, 3, 2]


def test_suggested_projects_count_by_aspect_when_deputies_asked_for_them(year: Year) -> None:
    """What came from residents alone does not count."""
    told = steps(new())[:2]
    for type_, data, version in told:
        year.service.deliver(type_, data, version=version)
    for aspect, source in (("schools", told[0][1]["id"]), ("parks", new())):
        year.hear(
            "proposal.suggested-project.distilled.v1",
            id=new(),
            year=2023,
            aspect=aspect,
            suggestion_ids=[source],
            happened_on="2022-12-05",
        )
    assert year.figures()["intake.proposed_project_aspects"] == 1


def test_the_report_tells_what_was_heard(year: Year) -> None:
    """Ballot counts, the score with its denominator and the unit's name stand in the text."""
    year.vote("(合成)甲")
    year.hear("survey.score.published.v1", version=3, id=new(), published_on="2023-12-20")
    report = year.service.call("get_report", 2023, {"as_of": "2023-12-27"})
    text = report["markdown"]
    assert text.startswith("# (合成)\n")
    assert "| (合成)甲 | 1 | 470 | 9 | 10 | 确定 | 达到要求 |" in text
    assert "| (合成)甲 | (合成)民生局 |" in text
    score = example("survey", "score.published.v1")
    assert f"应参加代表{score['eligible']}名,收回{score['returned']}份" in text
    asked = year.service.call("get_report_figures", 2023, {"as_of": "2023-12-27"})
    assert report["figures"] == asked["figures"]
    assert (report["as_of"], report["completed_by"]) == ("2023-12-27", "2023-11-30")


def test_figures_are_as_of_today_unless_a_day_is_asked_for(year: Year) -> None:
    """Without a day everything counts that has happened."""
    found = year.service.call("get_report_figures", 2023, {})
    assert found["as_of"] > "2023-12-31"
    with pytest.raises(Invalid):
        year.service.call("get_report_figures", 2023, {"as_of": "yesterday"})


def test_an_unreadable_event_is_refused() -> None:
    """What does not fit the reader is Invalid: the event goes to the dead letters at once."""
    data = example("proposal", "unit.registered.v1") | {"id": "no-uuid"}
    with pytest.raises(Invalid):
        load(UnitRegistered, data)
